"""Marching ants: the outline of what is painted, traced at the screen's resolution."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QBitmap, QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF, QRegion, QTransform

from desktop.state.editing.boxes import Box
from desktop.state.editing.mask import Mask
from desktop.window.editor.areas import between, rectangles
from desktop.window.editor.camera import Camera
from desktop.window.editor.tint import draw_mask

Point = tuple[float, float]
PIXELS = 250_000
"""The outline is looked for in at most so many pixels: coarser when more of the view is painted."""
RECTANGLES = 1_500
"""And followed along at most so many rectangles, which keeps it to a few milliseconds however ragged the mask is."""
BEYOND = 6
"""Device pixels past the view's edge, so that no ants run along it."""
DASH = 5.0
STEPS = 8
"""Steps until the dashes stand as before; one is made each 125 ms."""


class Ants:
    """The outline in the picture's pixels, so that it moves and grows with it."""

    def __init__(self) -> None:
        self._path = QPainterPath()
        self.step = 0
        self._black = QPen(QColor(0, 0, 0, 220), 1.0)
        self._white = QPen(QColor(255, 255, 255), 1.0)
        for pen in (self._black, self._white):
            pen.setCosmetic(True)
        self._white.setDashPattern([DASH, DASH])

    @property
    def there(self) -> bool:
        """Whether any are seen."""
        return not self._path.isEmpty()

    def clear(self) -> None:
        """None."""
        self._path = QPainterPath()

    def trace(self, camera: Camera, mask: Mask, bounds: Box | None) -> None:
        """Find the outline of what is painted in the view."""
        self._path = QPainterPath()
        if bounds is None:
            return
        part = between(camera.rect_of(*bounds), 1) & between((0, 0, *camera.view), BEYOND)
        if part.isEmpty():
            return
        scale = min(1.0, math.sqrt(PIXELS / (part.width() * part.height())))
        region = _region(camera, mask, part, scale)
        while region.rectCount() > RECTANGLES and scale > 0.02:
            scale /= 2
            region = _region(camera, mask, part, scale)
        spans = [(rect.x(), rect.y(), rect.x() + rect.width(), rect.y() + rect.height()) for rect in rectangles(region)]
        for loop in outlines(spans):
            self._path.addPolygon(QPolygonF([QPointF(x, y) for x, y in smoothed(loop)]))
            self._path.closeSubpath()
        left, top = camera.origin
        back = QTransform(1 / scale, 0, 0, 1 / scale, part.left() - left, part.top() - top)
        self._path = (back * QTransform.fromScale(1 / camera.zoom, 1 / camera.zoom)).map(self._path)

    def where(self, camera: Camera) -> QRect:
        """The device pixels that they run through."""
        box = self._path.boundingRect()
        return between(camera.rect_of(box.left(), box.top(), box.right(), box.bottom()), 1).adjusted(0, 0, 1, 1)

    def draw(self, painter: QPainter, camera: Camera) -> None:
        """A dark line with light dashes on it; `painter` counts device pixels."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, top = camera.origin
        painter.setTransform(QTransform(camera.zoom, 0, 0, camera.zoom, left, top) * painter.transform())
        self._white.setDashOffset(-self.step * 2 * DASH / STEPS)
        for pen in (self._black, self._white):
            painter.strokePath(self._path, pen)
        painter.restore()


def outlines(rectangles: Iterable[tuple[int, int, int, int]]) -> list[list[Point]]:
    """The closed outlines of a region that is given in bands (as QRegion's rectangles are), corner by corner."""
    leads: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    starting: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    ending: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for x0, y0, x1, y1 in rectangles:
        leads[(x0, y1)].append((x0, y0))
        leads[(x1, y0)].append((x1, y1))
        starting[y0].append((x0, x1))
        ending[y1].append((x0, x1))
    for y in starting.keys() | ending.keys():
        for x0, x1, below in _edges(ending.get(y, ()), starting.get(y, ())):
            if below:
                leads[(x0, y)].append((x1, y))
            else:
                leads[(x1, y)].append((x0, y))
    loops = []
    while leads:
        at = start = next(iter(leads))
        loop: list[Point] = []
        while True:
            loop.append(at)
            onward = leads[at]
            then = onward.pop()
            if not onward:
                del leads[at]
            at = then
            if at == start:
                break
        loops.append(_corners(loop))
    return loops


def smoothed(loop: Sequence[Point]) -> list[Point]:
    """A staircase as the line that it stands for: short steps give their middles, long sides keep their corners."""
    points: list[Point] = []
    for (x0, y0), (x1, y1) in zip(loop, [*loop[1:], loop[0]], strict=True):
        length = abs(x1 - x0) + abs(y1 - y0)
        if length <= 8:
            points.append(((x0 + x1) / 2, (y0 + y1) / 2))
        else:
            cut = 1.5 / length
            points.append((x0 + (x1 - x0) * cut, y0 + (y1 - y0) * cut))
            points.append((x1 - (x1 - x0) * cut, y1 - (y1 - y0) * cut))
    return points


def _edges(above: Sequence[tuple[int, int]], below: Sequence[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    """Between two bands: where only one of them is filled, and whether that is the lower one."""
    events = sorted([(x, 1) for span in above for x in span] + [(x, 2) for span in below for x in span])
    found, inside, last = [], 0, 0
    for x, which in events:
        if inside in (1, 2) and x > last:
            found.append((last, x, inside == 2))
        inside ^= which
        last = x
    return found


def _corners(loop: list[Point]) -> list[Point]:
    """The loop without points on straight lines."""
    before = [loop[-1], *loop[:-1]]
    after = [*loop[1:], loop[0]]
    return [
        at
        for one, at, other in zip(before, loop, after, strict=True)
        if not (one[0] == at[0] == other[0] or one[1] == at[1] == other[1])
    ]


def _region(camera: Camera, mask: Mask, part: QRect, scale: float) -> QRegion:
    """What is painted in `part` of the view, on a grid of `scale` for each device pixel."""
    width, height = max(1, math.ceil(part.width() * scale)), max(1, math.ceil(part.height() * scale))
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(-part.left(), -part.top())
    draw_mask(painter, camera, mask, part, smooth=True, scale=scale)
    painter.end()
    return QRegion(QBitmap.fromImage(image.createAlphaMask()))
