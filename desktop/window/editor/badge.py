"""How large the picture is shown, and a menu for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.window import tokens as t
from desktop.window.editor.shortcuts import shown
from desktop.window.kit import entry_words
from desktop.window.theme import Theme, shows_focus
from desktop.words import say


class ZoomBadge(QToolButton):
    """`wanted`: fit, whole or double."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(say("editor.zoom"))
        menu = QMenu(self)
        for name, words in (
            ("fit", say("editor.key.fit")),
            ("whole", say("editor.key.whole")),
            ("double", say("editor.key.double")),
        ):
            action = menu.addAction(entry_words(words, shown(name)))
            action.triggered.connect(lambda _on=False, name=name: self.wanted.emit(name))
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        theme.changed.connect(self.update)
        self.show_zoom(1.0)

    def show_zoom(self, zoom: float) -> None:
        """1 = 100 %."""
        percent = zoom * 100
        shown_percent = f"{percent:.0f}" if percent >= 2 else f"{percent:.1f}"
        self._text = f"{shown_percent} %"
        self.setAccessibleName(say("editor.zoom.name", zoom=self._text))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough for 3200 %."""
        return QSize(64, self._theme.target)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A raised word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        focus = shows_focus(self)
        painter.setPen(QPen(theme.colour("accent"), 2) if focus else QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("hover" if self.underMouse() else "surface"))
        inset = 1.0 if focus else 0.5
        box = self.rect().toRectF().adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, t.RADIUS, t.RADIUS)
        painter.setFont(theme.font(t.NOTE, t.SEMIBOLD))
        painter.setPen(theme.colour("text2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
