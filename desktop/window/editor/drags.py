"""What happens between a press and its release on the canvas; one class for each kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop.state.editing.boxes import Box
from desktop.state.editing.mask import Mask
from desktop.window.editor.camera import Camera
from desktop.window.editor.intents import CanvasIntents
from desktop.window.editor.painting import Stroke, pressed

LEAST = 4
"""Device pixels that a box or a lasso must span; less was a slip of the hand."""


class Drag(Protocol):
    """Positions are device pixels of the view."""

    def move(self, at: QPointF, pressure: float) -> None:
        """The pointer is there now."""

    def end(self) -> None:
        """It was released."""

    def cancel(self) -> None:
        """It never happened, where that can be."""

    def draw(self, painter: QPainter, density: float) -> None:
        """What is drawn while it lasts."""


class Pan:
    """Moves the picture."""

    def __init__(self, start: QPointF, moved: Callable[[float, float], None]) -> None:
        self._last, self._moved = start, moved

    def move(self, at: QPointF, _pressure: float) -> None:
        """By as much as the pointer."""
        self._moved(at.x() - self._last.x(), at.y() - self._last.y())
        self._last = at

    def end(self) -> None:
        """Stay."""

    def cancel(self) -> None:
        """Stay, too."""

    def draw(self, _painter: QPainter, _density: float) -> None:
        """Nothing."""


class Slide:
    """Moves the compare slider."""

    def __init__(self, moved: Callable[[float], None]) -> None:
        self._moved = moved

    def move(self, at: QPointF, _pressure: float) -> None:
        """To the pointer."""
        self._moved(at.x())

    def end(self) -> None:
        """Stay."""

    def cancel(self) -> None:
        """Stay, too."""

    def draw(self, _painter: QPainter, _density: float) -> None:
        """The canvas draws the slider."""


class Paint:
    """A stroke into the mask, or out of it."""

    def __init__(
        self,
        mask: Mask,
        camera: Camera,
        diameter: float,
        *,
        unpaint: bool,
        touched: Callable[[Box], None],
        done: Callable[[Box], None],
    ) -> None:
        self._stroke = Stroke(mask, unpaint=unpaint)
        self._camera, self._diameter = camera, diameter
        self._touched, self._done = touched, done

    def move(self, at: QPointF, pressure: float) -> None:
        """Paint up to there."""
        x, y = self._camera.to_picture(at.x(), at.y())
        self._touched(self._stroke.to(x, y, pressed(self._diameter, pressure) / 2))

    def end(self) -> None:
        """Tell the state; a stroke beside the picture was none."""
        if self._stroke.box is not None and not self._stroke.box.empty:
            self._done(self._stroke.box)

    def cancel(self) -> None:
        """What is painted is painted; undo takes it back."""
        self.end()

    def draw(self, _painter: QPainter, _density: float) -> None:
        """The mask shows it."""


class Lasso:
    """A line around something."""

    def __init__(self, camera: Camera, state: CanvasIntents, changed: Callable[[], None]) -> None:
        self._camera, self._state, self._changed = camera, state, changed
        self._points: list[QPointF] = []

    def move(self, at: QPointF, _pressure: float) -> None:
        """One point more, if it is another."""
        x, y = self._camera.to_picture(at.x(), at.y())
        self._points.append(QPointF(x, y))
        self._changed()

    def end(self) -> None:
        """Hand it over; the last point is joined to the first."""
        box = QPolygonF(self._points).boundingRect()
        if len(self._points) > 2 and max(box.width(), box.height()) * self._camera.zoom > LEAST:
            self._state.select_lasso([(point.x(), point.y()) for point in self._points])
        self.cancel()

    def cancel(self) -> None:
        """Forget it."""
        self._points = []
        self._changed()

    def draw(self, painter: QPainter, density: float) -> None:
        """The line so far and how it would close."""
        seen = [QPointF(*self._camera.to_view(point.x(), point.y())) for point in self._points]
        if len(seen) < 2:
            return
        painter.setBrush(QColor(255, 255, 255, 36))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF(seen))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in two_pens(density):
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF(seen))
        painter.setPen(QPen(QColor(255, 255, 255, 150), density, Qt.PenStyle.DotLine))
        painter.drawLine(seen[-1], seen[0])


class Frame:
    """A box around something."""

    def __init__(self, start: QPointF, camera: Camera, state: CanvasIntents, changed: Callable[[], None]) -> None:
        self._camera, self._state, self._changed = camera, state, changed
        self._start = self._camera.to_picture(start.x(), start.y())
        self._end: tuple[float, float] | None = None

    def move(self, at: QPointF, _pressure: float) -> None:
        """The other corner."""
        self._end = self._camera.to_picture(at.x(), at.y())
        self._changed()

    def end(self) -> None:
        """Hand it over, cut to the picture."""
        if self._end is not None:
            (x0, y0), (x1, y1) = self._start, self._end
            width, height = self._camera.picture
            box = Box(
                max(0, round(min(x0, x1))),
                max(0, round(min(y0, y1))),
                min(width, round(max(x0, x1))),
                min(height, round(max(y0, y1))),
            )
            if not box.empty and max(box.width, box.height) * self._camera.zoom > LEAST:
                self._state.select_box(box)
        self.cancel()

    def cancel(self) -> None:
        """Forget it."""
        self._end = None
        self._changed()

    def draw(self, painter: QPainter, density: float) -> None:
        """The box."""
        if self._end is None:
            return
        one, other = QPointF(*self._camera.to_view(*self._start)), QPointF(*self._camera.to_view(*self._end))
        box = QRectF(one, other).normalized()
        painter.fillRect(box, QColor(255, 255, 255, 36))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in two_pens(density):
            painter.setPen(pen)
            painter.drawRect(box)


def two_pens(density: float) -> tuple[QPen, QPen]:
    """Dark, then light dashes on it: seen on every picture."""
    dark = QPen(QColor(0, 0, 0, 170), 2.2 * density, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    light = QPen(QColor(255, 255, 255), 1.2 * density, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    light.setDashPattern([4, 3])
    return dark, light
