"""What a frameless window stands on: a card with round corners and its shadow, where the system can show them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen, QPixmap

from desktop.window import tokens as t
from desktop.window.icons import clear_pixmap
from desktop.window.platform.chrome import composed
from desktop.window.theme import Theme

MARGIN = 28
"""Pixels round the card that the shadow may use."""

DROP = 8.0
"""Pixels that the shadow lies lower than the card."""


def has_compositor() -> bool:
    """Whether a window may be see-through at its edges."""
    platform = QGuiApplication.platformName()
    if platform == "xcb":
        return composed()
    return platform != "windows"  # there the system rounds the corners and makes the shadow itself


class Ground:
    """Paints a card; the shadow is painted once for each size, density and scheme."""

    def __init__(self, theme: Theme, *, radius: float = t.RADIUS_WINDOW, margin: int = MARGIN) -> None:
        self._theme, self._radius, self._margin = theme, radius, margin
        self._kept: tuple[tuple[float, float, float, bool], QPixmap] | None = None

    def paint(self, painter: QPainter, card: QRectF, *, shadow: bool, density: float) -> None:
        """Paint the card, and its shadow round it."""
        if shadow:
            pixmap = self._shadow(card.size(), density)
            painter.drawPixmap(card.topLeft() - QPointF(self._margin, self._margin), pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(self._theme.colour("surface"))
        half = 0.5
        radius = self._radius if shadow else 0.0
        painter.drawRoundedRect(card.adjusted(half, half, -half, -half), radius, radius)

    def _shadow(self, size: QSizeF, density: float) -> QPixmap:
        key = (size.width(), size.height(), density, self._theme.tokens.dark)
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, self._painted(size, density))
        return self._kept[1]

    def _painted(self, size: QSizeF, density: float) -> QPixmap:
        margin = self._margin
        pixmap = clear_pixmap(size.width() + 2 * margin, size.height() + 2 * margin, density)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        drop = DROP * margin / MARGIN
        reach = margin - drop
        strength = 5.0 if self._theme.tokens.dark else 2.6
        card = QRectF(margin, margin + drop, size.width(), size.height())
        steps = int(reach)
        for step in range(steps, -steps // 2, -1):
            near = 1 - step / reach
            painter.setBrush(QColor(0, 0, 0, round(min(255.0, strength * near * near * near * 4 / 3 + 0.5))))
            radius = max(2.0, self._radius + step)
            painter.drawRoundedRect(card.adjusted(-step, -step, step, step), radius, radius)
        painter.end()
        return pixmap
