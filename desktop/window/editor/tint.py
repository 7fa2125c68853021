"""The mask as it lies on the picture: a buffer as large as the view, tinted anew only where something changed."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRegion, QTransform

from desktop.state.editing.boxes import Box
from desktop.state.editing.mask import Mask
from desktop.window.editor.areas import between, rectangles
from desktop.window.editor.camera import Camera
from desktop.window.editor.levels import NEAREST


class Tint:
    """`bounds` holds all that may be painted; None = nothing is."""

    def __init__(self) -> None:
        self.bounds: Box | None = None
        self._image = QImage()
        self._spare = QImage()
        self._shown: tuple[float, tuple[int, int], tuple[int, int]] | None = None
        self._look: tuple[int, bool] | None = None
        self._dirty = QRegion()

    def forget(self) -> None:
        """Nothing of what was tinted holds any more."""
        self._shown = None

    def mark(self, camera: Camera, box: Box) -> QRect:
        """The mask changed in `box`; gives where on the screen."""
        self.bounds = box if self.bounds is None else self.bounds.joined(box)
        where = between(camera.rect_of(*box), 1)
        self._dirty += where
        return where

    def draw(
        self, painter: QPainter, camera: Camera, mask: Mask, colour: QColor, exposed: QRect, *, smooth: bool
    ) -> None:
        """Bring the buffer up to date and draw it; `painter` counts device pixels."""
        seen = self._seen(camera)
        if seen.isEmpty():
            return
        self._follow(camera, colour, smooth=smooth)
        for rect in rectangles(self._dirty & self._image.rect()):
            self._tint(rect, seen, camera, mask, colour, smooth=smooth)
        self._dirty = QRegion()
        part = exposed & seen
        painter.drawImage(part.topLeft(), self._image, part)

    def _follow(self, camera: Camera, colour: QColor, *, smooth: bool) -> None:
        """What the buffer held stays where the picture was only moved."""
        now = (camera.zoom, camera.origin, camera.view)
        look = (colour.rgba(), smooth)
        if self._image.isNull() or (self._image.width(), self._image.height()) != camera.view:
            self._image = QImage(*camera.view, QImage.Format.Format_ARGB32_Premultiplied)
            self._spare = QImage(*camera.view, QImage.Format.Format_ARGB32_Premultiplied)
            self._shown = None
        whole = self._image.rect()
        recoloured = self._look is None or look[0] != self._look[0]
        sharper = smooth and self._look is not None and not self._look[1] and camera.zoom <= NEAREST
        if self._shown is None or self._shown[0] != camera.zoom or recoloured or sharper:
            self._dirty = QRegion(whole)
            self._look = look
        elif self._shown[1] != now[1]:
            dx, dy = now[1][0] - self._shown[1][0], now[1][1] - self._shown[1][1]
            painter = QPainter(self._spare)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.drawImage(QPoint(dx, dy), self._image)
            painter.end()
            self._image, self._spare = self._spare, self._image
            self._dirty = self._dirty.translated(dx, dy) + (QRegion(whole) - QRegion(whole.translated(dx, dy)))
        self._shown = now

    def _tint(self, rect: QRect, seen: QRect, camera: Camera, mask: Mask, colour: QColor, *, smooth: bool) -> None:
        painter = QPainter(self._image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(rect, Qt.GlobalColor.transparent)
        part = rect & seen
        if not part.isEmpty():
            painter.setClipRect(part)
            draw_mask(painter, camera, mask, part, smooth=smooth)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            painter.fillRect(part, colour)
        painter.end()

    def _seen(self, camera: Camera) -> QRect:
        """The part of the view in which something may be painted."""
        if self.bounds is None:
            return QRect()
        return between(camera.rect_of(*self.bounds)) & QRect(0, 0, *camera.view)


def draw_mask(painter: QPainter, camera: Camera, mask: Mask, part: QRect, *, smooth: bool, scale: float = 1.0) -> None:
    """Draw the mask's part that lies in `part` of the view; `scale` is for a painter coarser than the view."""
    zoom, (left, top) = camera.zoom, camera.origin
    first_x = max(0, math.floor((part.left() - left) / zoom) - 1)
    first_y = max(0, math.floor((part.top() - top) / zoom) - 1)
    last_x = min(mask.width, math.ceil((part.right() + 1 - left) / zoom) + 1)
    last_y = min(mask.height, math.ceil((part.bottom() + 1 - top) / zoom) + 1)
    if last_x <= first_x or last_y <= first_y:
        return
    memory = memoryview(mask.memory)[first_y * mask.stride + first_x : (last_y - 1) * mask.stride + last_x]
    image = QImage(memory, last_x - first_x, last_y - first_y, mask.stride, QImage.Format.Format_Alpha8)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth and zoom * scale <= NEAREST)
    move = QTransform(zoom, 0, 0, zoom, left + first_x * zoom, top + first_y * zoom)
    painter.setTransform(move * painter.transform())
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.drawImage(QPoint(0, 0), image)
    painter.resetTransform()
