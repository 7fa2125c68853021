"""What is drawn for the eye alone: the glow around a result, the shimmer of what is worked on, the ground below glass."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

SHIMMER = 2.0
GLOW = 1.2
"""Seconds of one shimmer, and of the glow."""
_CHECK = 8
_WHITE = QColor(255, 255, 255)


def shimmer(seconds: float) -> float:
    """How opaque the tint is, so long after the work began: from 1 down to 0.35 and back."""
    return 0.675 + 0.325 * math.cos(seconds * math.tau / SHIMMER)


def draw_glow(painter: QPainter, box: QRectF, age: float, accent: QColor, density: float) -> None:
    """A border around what was just made, which fades."""
    if not 0 <= age < GLOW:
        return
    strength = 1 - (age / GLOW) ** 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, share, plain in ((7.0, 0.16, accent), (4.0, 0.3, accent), (1.6, 1.0, _WHITE)):
        colour = QColor(plain)
        colour.setAlphaF(strength * share)
        painter.setPen(QPen(colour, width * density))
        painter.drawRoundedRect(box, 8 * density, 8 * density)
    painter.restore()


def chequered() -> QBrush:
    """Light squares, as everybody draws what lies below a transparent picture."""
    image = QImage(2 * _CHECK, 2 * _CHECK, QImage.Format.Format_RGB32)
    image.fill(_WHITE)
    painter = QPainter(image)
    for x, y in ((0, 0), (_CHECK, _CHECK)):
        painter.fillRect(x, y, _CHECK, _CHECK, QColor(222, 222, 218))
    painter.end()
    return QBrush(image)
