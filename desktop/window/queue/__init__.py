"""The queue's window."""

from desktop.window.queue.window import QueueWindow

__all__ = ["QueueWindow"]
