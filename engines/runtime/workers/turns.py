"""One at a time, in the order of arrival, and whoever waits may leave."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from homespun.progress import Cancel

LOOK_EVERY = 0.02
"""Seconds between two looks at a cancel flag, which can only be looked at."""


class Turns:
    """A lock that is fair and heeds a cancel flag."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: deque[object] = deque()

    @contextmanager
    def turn(self, cancel: Cancel | None = None) -> Iterator[None]:
        """Wait for one's turn, and have it for the block; raises `Cancelled` while waiting."""
        ticket = object()
        with self._changed:
            self._waiting.append(ticket)
        try:
            with self._changed:
                while self._waiting[0] is not ticket:
                    if cancel is not None:
                        cancel.check()
                    self._changed.wait(LOOK_EVERY if cancel is not None else None)
            if cancel is not None:
                cancel.check()
            yield
        finally:
            with self._changed:
                self._waiting.remove(ticket)
                self._changed.notify_all()
