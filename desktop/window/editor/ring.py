"""The brush as a pointer: a ring of exactly its size, light with a dark edge so that it is seen on everything."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRegion

_DARK, _LIGHT = QColor(0, 0, 0, 150), QColor(255, 255, 255)
_SMALL = 5.0
"""A ring of a smaller radius (in logical pixels) gets cross hairs, or it would be lost."""


def draw_ring(painter: QPainter, at: QPointF, radius: float, density: float, *, minus: bool) -> None:
    """Draw it around `at`; with `minus` it takes away."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((_DARK, 3.4), (_LIGHT, 1.6)):
        painter.setPen(QPen(colour, width * density, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawEllipse(at, radius, radius)
        for line in _lines(at, radius, density, minus=minus):
            painter.drawLine(line)


def ring_region(at: QPointF, radius: float, density: float) -> QRegion:
    """The device pixels that it covers; a large ring leaves its middle out."""
    reach = radius + 12 * density if radius < _SMALL * density else radius + 3 * density
    outer = _square(at, reach)
    if radius < 48 * density:
        return QRegion(outer)
    hole = _square(at, radius * 0.7 - 3 * density)
    return (QRegion(outer) - QRegion(hole)) + QRegion(_square(at, 9 * density))


def _lines(at: QPointF, radius: float, density: float, *, minus: bool) -> list[QLineF]:
    x, y = at.x(), at.y()
    lines = []
    if radius < _SMALL * density:
        near, far = radius + 3 * density, radius + 8 * density
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            lines.append(QLineF(x + dx * near, y + dy * near, x + dx * far, y + dy * far))
    elif minus:
        half = 5 * density
        lines.append(QLineF(x - half, y, x + half, y))
    return lines


def _square(at: QPointF, half: float) -> QRect:
    left, top = int(at.x() - half) - 1, int(at.y() - half) - 1
    return QRect(left, top, int(2 * half) + 3, int(2 * half) + 3)
