"""What a screen may ask of the app around it, of its processes, and of time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from desktop.workers import Event

Later = Callable[[float, Callable[[], None]], None]
"""Runs a function after so many seconds, in the same thread: a timer of the window, a test's own clock."""


class Asked(Protocol):
    """A call that can be taken back."""

    def cancel(self) -> None:
        """See `Ticket.cancel`."""


class Worker(Protocol):
    """A worker process, as a screen needs it."""

    def ask(self, do: str, told: Mapping[str, Any], then: Callable[[Event], None], /) -> Asked:
        """See `WorkerProcess.ask`."""


class Doors(Protocol):
    """The app, as its screens see it. What can fail raises a `HomespunError`, which the screen says in its own place."""

    def open_file(self, path: Path) -> None:
        """Open it as a double click would."""

    def open_with(self, path: Path) -> None:
        """Let the person choose the program."""

    def show_in_folder(self, path: Path) -> None:
        """Show the file manager with the file chosen."""

    def copy_files(self, paths: Sequence[Path]) -> None:
        """Put the files themselves on the clipboard."""

    def copy_text(self, text: str) -> None:
        """Put text on the clipboard."""

    def edit(self, paths: Sequence[Path], tool: str = "erase") -> None:
        """Open an editor for each picture; `tool` is erase, enlarge, select or fill."""

    def enqueue(self, paths: Sequence[Path]) -> None:
        """Show the queue with these pictures and folders in it, and ask there what should be done."""

    def show(self, place: str) -> None:
        """Show the palette, queue, search, pictures, folders, devices, models, settings or welcome."""

    def notify(self, title: str, words: str) -> None:
        """Tell by the system's notifications, if no window of ours is active."""
