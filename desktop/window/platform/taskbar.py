"""Progress and a number on our entry in the task bar or dock."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from desktop.window.platform.bus import Bus, session_bus
from desktop.window.platform.chrome import DESKTOP_FILE
from desktop.window.platform.messages import Variant

_LAUNCHER = "com.canonical.Unity.LauncherEntry"


class TaskBar:
    """On Windows the entry of `window` shows it, without one that of any of ours; other systems have one entry for all."""

    def __init__(self, window: QWidget | None = None, *, bus: Bus | None = None) -> None:
        self._window = window
        self._bus = bus
        self._shown: tuple[float | None, int] = (None, 0)

    def show(self, share: float | None, count: int = 0) -> None:
        """Show that `share` (0 to 1; None = nothing runs) is done, and `count` are left (0 = no number)."""
        rounded = None if share is None else round(min(1.0, max(0.0, share)), 2)
        if (rounded, count) == self._shown:
            return
        self._shown = (rounded, count)
        if sys.platform == "win32":
            self._on_windows(rounded)
        elif sys.platform == "darwin":
            app = QGuiApplication.instance()
            assert isinstance(app, QGuiApplication)
            app.setBadgeNumber(count)
        else:
            self._on_linux(rounded, count)

    def _on_linux(self, share: float | None, count: int) -> None:
        """The signal that Unity began and that KDE's task manager, Dash to Dock and Plank listen to."""
        bus = self._bus or session_bus()
        if bus is None:
            return
        app = f"application://{DESKTOP_FILE}.desktop"
        told = {
            "progress": Variant("d", share or 0.0),
            "progress-visible": Variant("b", share is not None),
            "count": Variant("x", count),
            "count-visible": Variant("b", count > 0),
        }
        place = f"/com/canonical/unity/launcherentry/{_hash(app)}"
        bus.say(place, f"{_LAUNCHER}.Update", "sa{sv}", app, told)

    def _on_windows(self, share: float | None) -> None:
        from desktop.window.platform.taskbar_windows import set_progress

        window = self._window or next(filter(_has_entry, QApplication.topLevelWidgets()), None)
        if window is not None:
            set_progress(int(window.winId()), share)


def _has_entry(window: QWidget) -> bool:
    """Whether Windows shows it in the task bar."""
    return window.isVisible() and window.windowType() == Qt.WindowType.Window


def _hash(text: str) -> int:
    """djb2, as libunity names the object; listeners read the address from the signal, not from here."""
    found = 5381
    for byte in text.encode():
        found = (found * 33 + byte) & 0xFFFFFFFF
    return found
