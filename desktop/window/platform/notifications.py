"""The system's notifications, for what ends while no window of ours is looked at."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from desktop.window.platform.bus import Bus, Failed, Heard, session_bus
from desktop.window.platform.chrome import DESKTOP_FILE
from desktop.window.platform.messages import Variant
from desktop.window.platform.summon import permitted
from desktop.words import say

_SERVICE = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_SHOWN = 10_000


class Notifications(QObject):
    """`clicked` is called when the person follows one. `tray` shows them on Windows and macOS."""

    def __init__(
        self,
        tray: QSystemTrayIcon | None,
        clicked: Callable[[], None],
        *,
        bus: Bus | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tray = tray
        self._clicked = clicked
        self._bus = bus or (session_bus() if sys.platform.startswith("linux") else None)
        self._last = 0
        """The number of the one that is shown; the next takes its place, so that a queue's end doesn't pile up."""
        if self._bus is not None:
            self._bus.hear(_PATH, f"{_SERVICE}.ActionInvoked", self._invoked)
            self._bus.hear(_PATH, f"{_SERVICE}.NotificationClosed", self._closed)
            self._bus.hear(_PATH, f"{_SERVICE}.ActivationToken", self._permitted)
        if tray is not None:
            tray.messageClicked.connect(self._clicked)

    def show(self, title: str, words: str) -> bool:
        """Show it, unless a window of ours is active; whether it was given to the system."""
        if _looked_at():
            return False
        if self._bus is not None:
            self._notify(self._bus, title, words)
            return True
        return self._by_tray(title, words)

    def _notify(self, bus: Bus, title: str, words: str) -> None:
        def answered(answer: tuple[Any, ...] | Failed) -> None:
            if isinstance(answer, Failed):
                self._by_tray(title, words)
            elif answer:
                self._last = int(answer[0])

        hints = {"desktop-entry": Variant("s", DESKTOP_FILE), "category": Variant("s", "transfer.complete")}
        # Some services read the words as markup; none of ours is meant so.
        plain = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        bus.ask(
            _SERVICE,
            _PATH,
            f"{_SERVICE}.Notify",
            "susssasa{sv}i",
            say("common.app"),
            self._last,
            DESKTOP_FILE,
            title,
            plain,
            ["default", say("platform.notification_show")],
            hints,
            _SHOWN,
            then=answered,
        )

    def _by_tray(self, title: str, words: str) -> bool:
        if self._tray is None or not self._tray.isVisible():
            return False
        self._tray.showMessage(title, words, self._tray.icon(), _SHOWN)
        return True

    def _invoked(self, heard: Heard) -> None:
        if self._last and heard.values[:1] == (self._last,):
            self._clicked()

    def _permitted(self, heard: Heard) -> None:
        """Wayland's permission to come forward, which is told just before the click."""
        if heard.values[:1] == (self._last,):
            permitted(str(heard.values[1]))

    def _closed(self, heard: Heard) -> None:
        if heard.values[:1] == (self._last,):
            self._last = 0


def _looked_at() -> bool:
    """Whether a window of ours is active."""
    return QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
