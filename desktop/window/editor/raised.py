"""A ground that floats above the picture: round corners and a soft shadow, painted once for each size."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.window import tokens as t
from desktop.window.icons import clear_pixmap
from desktop.window.theme import Theme

AROUND = 18
"""Logical pixels that the shadow needs on each side."""
_DOWN = 4


class Raised(QWidget):
    """Its layout should keep `AROUND` free on each side."""

    def __init__(self, theme: Theme, *, radius: int = t.RADIUS_BAR, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._radius = theme, radius
        self._ground = QPixmap()
        self._ground_of: tuple[object, ...] = ()
        self.setCursor(Qt.CursorShape.ArrowCursor)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ground, from its pixmap."""
        wanted = (self.size(), self.devicePixelRatioF(), self._theme.tokens)
        if wanted != self._ground_of:
            self._ground, self._ground_of = self._drawn(), wanted
        QPainter(self).drawPixmap(0, 0, self._ground)

    def _drawn(self) -> QPixmap:
        pixmap = clear_pixmap(self.width(), self.height(), self.devicePixelRatioF())
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(AROUND, AROUND, -AROUND, -AROUND)
        painter.setPen(Qt.PenStyle.NoPen)
        dark = self._theme.tokens.dark
        for reach in range(AROUND - _DOWN, 0, -1):
            fade = 1 - reach / (AROUND - _DOWN)
            painter.setBrush(QColor(0, 0, 0, round((9 if dark else 4.2) * fade * fade) + 1))
            painter.drawRoundedRect(
                card.adjusted(-reach, -reach + _DOWN, reach, reach + _DOWN), self._radius + reach, self._radius + reach
            )
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), self._radius, self._radius)
        painter.end()
        return pixmap
