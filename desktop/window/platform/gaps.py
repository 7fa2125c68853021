"""How long the window's thread does not come to its events: a timer that should fire every 2 ms, and a thread that looks
what it does instead."""

from __future__ import annotations

import faulthandler
import tempfile
import threading
import time
from dataclasses import dataclass
from typing import IO

from PySide6.QtCore import QObject, Qt, QTimer

STALL = 0.05
"""Seconds after which the stack is taken."""
_BEAT = 2
_MOST = 1000


@dataclass(frozen=True)
class Gap:
    """`seconds` without events; `stack`: what ran in the middle of it, "" when it was over before anybody looked."""

    seconds: float
    stack: str = ""


class GapMeter(QObject):
    """Measures from `start` to `stop`, in the thread that it lives in."""

    def __init__(self, parent: QObject | None = None, *, stall: float = STALL) -> None:
        super().__init__(parent)
        self._stall = stall
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT)
        self._timer.timeout.connect(self._beat)
        self._last = 0.0
        self._stack = ""
        self._over = threading.Event()
        self._watch: threading.Thread | None = None
        self._lengths: list[float] = []
        self.stalls: list[Gap] = []
        """Gaps longer than `stall` seconds, the first thousand."""
        self.longest = Gap(0.0)

    def start(self) -> None:
        """Begin to measure, from nothing."""
        self.stop()
        self._lengths, self.stalls, self.longest = [], [], Gap(0.0)
        self._stack = ""
        self._last = time.perf_counter()
        self._over = threading.Event()
        self._watch = threading.Thread(
            target=self._look, args=(threading.get_ident(), self._over), name="gaps", daemon=True
        )
        self._watch.start()
        self._timer.start()

    def stop(self) -> None:
        """End; what was measured stays."""
        if self._timer.isActive():
            self._beat()
            self._timer.stop()
        self._over.set()
        if self._watch is not None:
            self._watch.join()
            self._watch = None

    def percentile(self, share: float) -> float:
        """The gap in seconds that `share` (0 to 1) of all gaps do not exceed; 0 before any."""
        ordered = sorted(self._lengths)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0

    def _beat(self) -> None:
        now = time.perf_counter()
        seconds = now - self._last
        stack, self._stack = self._stack, ""
        self._last = now
        if len(self._lengths) < 1_000_000:
            self._lengths.append(seconds)
        gap = Gap(seconds, stack)
        if seconds > self.longest.seconds:
            self.longest = gap
        if seconds > self._stall and len(self.stalls) < _MOST:
            self.stalls.append(gap)

    def _look(self, thread: int, over: threading.Event) -> None:
        """In a thread of its own: take the stack once a gap has become a stall."""
        with tempfile.TemporaryFile() as written:
            while not over.wait(self._stall / 5):
                if time.perf_counter() - self._last > self._stall and not self._stack:
                    self._stack = _stack_of(thread, written)


def _stack_of(thread: int, written: IO[bytes]) -> str:
    """What that thread does now, innermost call first.

    Through faulthandler, which reads the stack and holds nothing: a frame from `sys._current_frames` keeps what it has
    alive, and a painter that outlives its paint event brings Qt down. It tells of a hundred threads, the oldest last: with
    more of them the answer is "".
    """
    written.seek(0)
    written.truncate()
    faulthandler.dump_traceback(written, all_threads=True)
    written.seek(0)
    for part in written.read().decode("utf-8", "replace").split("\n\n"):
        if part.lstrip().startswith((f"Thread 0x{thread:016x}", f"Current thread 0x{thread:016x}")):
            return part.strip() + "\n"
    return ""
