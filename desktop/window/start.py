"""What must be set before and after the QApplication exists."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImageReader
from PySide6.QtWidgets import QApplication

from desktop.window.platform.chrome import name_app
from homespun import __version__

COLLECT = 10_000
"""Milliseconds between two looks for garbage: Python would look in the middle of a stroke."""


TURN = 0.001
"""Seconds for which Python keeps one thread at work while another waits: what is asked of a worker process, and its answer,
go through threads, and a letter would wait five milliseconds there and back."""


class Application(QApplication):
    """Ours asks `quit_wanted` when the system wants an end (Cmd+Q): Qt would ask the windows, and those that only hide
    refuse for all.
    """

    quit_wanted: Callable[[], None] | None = None

    def event(self, event: QEvent) -> bool:
        """Leave as by our own Quit."""
        if event.type() == QEvent.Type.Quit and self.quit_wanted is not None:
            event.ignore()
            self.quit_wanted()
            return True
        return super().event(event)


def make_application() -> Application:
    """The QApplication with our name; windows come and go without ending it."""
    sys.setswitchinterval(TURN)
    QCoreApplication.setApplicationName("Homespun")
    QCoreApplication.setApplicationVersion(__version__)
    name_app()
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    if sys.platform == "linux" and _in_a_sandbox():
        os.environ.setdefault("QT_QPA_PLATFORMTHEME", "xdgdesktopportal")
    qt = Application([sys.argv[0] or "homespun"])
    qt.setQuitOnLastWindowClosed(False)
    QImageReader.setAllocationLimit(512)
    return qt


def speak_qt(language: str) -> None:
    """Qt's own words and numbers in the language of ours."""
    QLocale.setDefault(QLocale(language))


def collect_when_idle(qt: QApplication) -> QTimer:
    """From now on garbage is looked for by a timer, and what was made so far is never looked at again."""
    gc.collect()
    gc.freeze()
    gc.disable()
    timer = QTimer(qt)
    timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
    timer.timeout.connect(_collect)
    timer.start(COLLECT)
    return timer


def _collect() -> None:
    away = QGuiApplication.focusWindow() is None  # nobody would notice a long look
    gc.collect(2 if away else 1)


def _in_a_sandbox() -> bool:
    return Path("/.flatpak-info").exists() or "SNAP" in os.environ
