"""Progress of long work, and the way to stop it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

REPORT_EVERY = 0.2
"""Seconds between two reports: at least four a second, as `docs/architecture.md` promises."""


class Cancelled(Exception):
    """The person stopped the work. Nothing was left half-done."""


class Cancel:
    """A flag that anybody may raise and long work looks at."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.RLock()  # a signal may ask in the middle of `calling`
        self._calls: list[Callable[[], None]] = []

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        with self._lock:
            self._event.set()
            calls = list(self._calls)
        for call in calls:
            call()

    @contextmanager
    def calling(self, stop: Callable[[], None]) -> Iterator[None]:
        """A block during which `stop` is called as soon as somebody asks: for work that can't look at the flag itself.

        `stop` runs in the thread that asks, at most once, and must be quick. Raises `Cancelled` if somebody asked before.
        """
        with self._lock:
            self.check()
            self._calls.append(stop)
        try:
            yield
        finally:
            with self._lock:
                self._calls.remove(stop)

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if somebody asked."""
        if self._event.is_set():
            raise Cancelled


@dataclass(frozen=True)
class Report:
    """One reading: `done` of `total` (0 = unknown), in whatever unit `note` names."""

    done: int
    total: int
    note: str


@dataclass
class Progress:
    """Goes down with the work, carries reports up, and stops the work when `cancel` is raised."""

    show: Callable[[Report], None] = lambda _report: None
    cancel: Cancel = field(default_factory=Cancel)
    _last: float = 0.0

    def report(self, done: int, total: int, note: str = "") -> None:
        """Tell how far the work is; raises `Cancelled` if somebody asked to stop.

        Cheap enough to be called for every item: only every `REPORT_EVERY` seconds, and the last, are shown.
        """
        self.cancel.check()
        now = time.monotonic()
        if now - self._last >= REPORT_EVERY or (total and done >= total):
            self._last = now
            self.show(Report(done, total, note))
