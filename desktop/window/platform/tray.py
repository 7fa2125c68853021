"""The icon in the tray, and its menu."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop.state.doors import Doors
from desktop.state.tray import TrayState
from desktop.window.bound import Bound
from desktop.window.icons import Icons
from desktop.window.theme import Theme
from desktop.window.tokens import DARK, LIGHT

_SIZES = (16, 20, 22, 24, 32, 44, 48, 64)


class Tray(QObject):
    """Shows as soon as the desktop has a tray, and works without one: then `available` is False."""

    def __init__(self, theme: Theme, state: TrayState, doors: Doors, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = state
        self._doors = doors
        self.menu = QMenu()
        theme.dress(self.menu)
        self._actions: dict[str, QAction] = {}
        self._busy: bool | None = None
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self._bound = Bound(state, self)
        self._bound.changed.connect(self._show)
        self._show()
        self.icon.show()

    @property
    def available(self) -> bool:
        """Whether the person can see it; GNOME has no tray unless an extension makes one."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def close(self) -> None:
        """Take it away."""
        self._bound.release()
        self.icon.hide()
        self.menu.deleteLater()

    def _show(self) -> None:
        """Put the state's words into the menu. Entries stay, because a menu may be open while they change."""
        shown = self._state.snapshot()
        self.icon.setToolTip(shown.tip)
        self._draw(shown.busy)
        for entry in shown.entries:
            if not entry.name:
                if not self._complete:
                    self.menu.addSeparator()
                continue
            action = self._actions.get(entry.name)
            if action is None:
                action = self._actions[entry.name] = self.menu.addAction("")
                action.setObjectName(entry.name)
                action.triggered.connect(self._triggered)
            action.setText(entry.words)
        if "quit" in self._actions and sys.platform == "darwin":
            self._actions["quit"].setShortcut(QKeySequence(QKeySequence.StandardKey.Quit))

    @property
    def _complete(self) -> bool:
        return "quit" in self._actions

    def _triggered(self) -> None:
        action = self.sender()
        if action is not None:
            self._state.do(action.objectName())

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        # On macOS a click opens the menu by itself.
        if reason == QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":
            self._state.do("search")

    def _draw(self, busy: bool) -> None:
        if self._busy != busy:
            self._busy = busy
            self.icon.setIcon(tray_icon(self._theme.icons, busy=busy))


def tray_icon(icons: Icons, *, busy: bool) -> QIcon:
    """Our sign, white on its own ground: a panel may be dark while windows are light. With a dot while work is done.

    On macOS bare, as a mask: the menu bar draws it in its own colour.
    """
    icon = QIcon()
    for size in _SIZES:
        icon.addPixmap(_bare(icons, size) if sys.platform == "darwin" else _badge(icons, size, busy))
    icon.setIsMask(sys.platform == "darwin")
    return icon


def _bare(icons: Icons, size: int) -> QPixmap:
    return icons.pixmap("homespun", "#000000", size, 1.0)


def _badge(icons: Icons, size: int, busy: bool) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.accent))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.24, size * 0.24)
    inner = round(size * 0.82)
    place = (size - inner) // 2
    painter.drawPixmap(place, place, icons.pixmap("homespun", LIGHT.on_accent, inner, 1.0))
    if busy:
        dot = size * 0.36
        at = QRectF(size - dot, size - dot, dot, dot)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        ring = max(1.0, size / 16)
        painter.drawEllipse(at.adjusted(-ring, -ring, ring, ring))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setBrush(QColor(DARK.warn))
        painter.drawEllipse(at)
    painter.end()
    return pixmap
