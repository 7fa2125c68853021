"""Strokes into the mask: exactly the pixels whose middle the ring has passed over."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPolygonF

from desktop.state.editing.boxes import Box
from desktop.state.editing.mask import Mask

_ON, _OFF = QColor(0, 0, 0, 255), QColor(0, 0, 0, 0)
LEAST_PRESSURE = 0.35
"""What the lightest touch of a pen leaves of the diameter."""


class Stroke:
    """From press to release. Every position is stamped at once; the screen follows once a frame."""

    def __init__(self, mask: Mask, *, unpaint: bool) -> None:
        self._mask = mask
        self._colour = _OFF if unpaint else _ON
        self._image = mask_image(mask)
        self._last: tuple[float, float, float] | None = None
        self.box: Box | None = None
        """All that the stroke touched so far."""

    def to(self, x: float, y: float, radius: float) -> Box:
        """Go on to a point of the picture; gives what was touched by this step."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addEllipse(QPointF(x, y), radius, radius)
        reach = [(x, y, radius)]
        if self._last is not None:
            reach.append(self._last)
            _add_hull(path, self._last, (x, y, radius))
        painter = QPainter(self._image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillPath(path, self._colour)
        painter.fillRect(
            math.floor(x), math.floor(y), 1, 1, self._colour
        )  # the thinnest brush paints what it points at
        painter.end()
        self._last = (x, y, radius)
        touched = _around(reach, self._mask)
        self.box = touched if self.box is None else self.box.joined(touched)
        return touched


def mask_image(mask: Mask) -> QImage:
    """The mask's own memory as an image; keep the mask as long as it lives."""
    return QImage(mask.memory, mask.width, mask.height, mask.stride, QImage.Format.Format_Alpha8)


def pressed(diameter: float, pressure: float) -> float:
    """The diameter under a pen's pressure of 0 to 1."""
    return diameter * (LEAST_PRESSURE + (1 - LEAST_PRESSURE) * min(1.0, max(0.0, pressure)))


def resized(brush: int, notches: float) -> int:
    """A brush so many steps of a tenth larger; at least a pixel larger or smaller, and never none."""
    wanted = round(brush * 1.1**notches)
    return wanted if wanted != brush else max(1, brush + (1 if notches > 0 else -1))


def _add_hull(path: QPainterPath, one: tuple[float, float, float], other: tuple[float, float, float]) -> None:
    """The quadrilateral between two circles, along their outer tangents."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = math.hypot(dx, dy)
    if length <= abs(one[2] - other[2]):
        return  # one circle lies in the other
    lean = (one[2] - other[2]) / length
    across = math.sqrt(1 - lean * lean)
    along = (dx / length, dy / length)
    points = []
    for side in (1.0, -1.0):
        normal = (along[0] * lean - along[1] * across * side, along[1] * lean + along[0] * across * side)
        ends = [QPointF(c[0] + normal[0] * c[2], c[1] + normal[1] * c[2]) for c in (one, other)]
        points += ends if side > 0 else ends[::-1]
    # the same way round as the ellipse: with opposite ways the winding rule would leave holes
    path.addPolygon(QPolygonF(points if _clockwise(points) else points[::-1]))
    path.closeSubpath()


def _clockwise(points: list[QPointF]) -> bool:
    """As Qt's ellipses run (y grows downwards), by the sign of the area."""
    ends = [*points[1:], points[0]]
    return sum(a.x() * b.y() - b.x() * a.y() for a, b in zip(points, ends, strict=True)) > 0


def _around(circles: list[tuple[float, float, float]], mask: Mask) -> Box:
    return Box(
        max(0, min(math.floor(x - r) for x, _, r in circles) - 1),
        max(0, min(math.floor(y - r) for _, y, r in circles) - 1),
        min(mask.width, max(math.ceil(x + r) for x, _, r in circles) + 1),
        min(mask.height, max(math.ceil(y + r) for _, y, r in circles) + 1),
    )
