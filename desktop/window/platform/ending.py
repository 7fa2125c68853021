"""Ctrl-C and a polite kill: the app leaves as if the person had chosen Quit."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Ending(QObject):
    """Calls `leave` in the event loop after the first such signal; the second ends the process as it always did."""

    def __init__(self, leave: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._leave = leave
        self._before: dict[int, Any] = {one: signal.signal(one, self._noted) for one in _SIGNALS}
        self._reader, self._writer = os.pipe()
        self._wakeup = -1
        if sys.platform == "win32":  # no descriptor of a pipe can be watched there: Python looks when it runs
            self._timer = QTimer(self)
            self._timer.timeout.connect(lambda: None)
            self._timer.start(200)
        else:
            for end in (self._reader, self._writer):
                os.set_blocking(end, False)
            self._wakeup = signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
            self._notifier = QSocketNotifier(self._reader, QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._woken)

    def close(self) -> None:
        """Give the signals back."""
        for one, before in self._before.items():
            signal.signal(one, before)
        if sys.platform != "win32":
            signal.set_wakeup_fd(self._wakeup)
            self._notifier.setEnabled(False)
        os.close(self._reader)
        os.close(self._writer)

    def _woken(self) -> None:
        with suppress(BlockingIOError):
            os.read(self._reader, 64)  # Python calls `_noted` before this returns

    def _noted(self, number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        QTimer.singleShot(0, self, self._leave)
