"""The picture as QImages over the sheet's memory: nothing is copied, and only what is seen is drawn."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QTransform

from desktop.state.editing.snapshot import Display
from desktop.window.editor.camera import Camera
from desktop.workers.editing.contract import Level

NEAREST = 2.0
"""Above this zoom pixels are shown as squares."""


class Picture:
    """One display. A worker may write into its sheet at any time; the next frame shows it."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self._memory = memoryview(display.sheet.memory)
        self._format = QImage.Format.Format_ARGB32_Premultiplied if display.alpha else QImage.Format.Format_RGB32

    def draw(self, painter: QPainter, camera: Camera, exposed: QRect, *, smooth: bool) -> None:
        """Draw what lies in `exposed`, in device pixels; the display fills the camera's picture whatever its own size."""
        level = self.level_for(camera)
        scale_x = camera.picture[0] * camera.zoom / level.width
        scale_y = camera.picture[1] * camera.zoom / level.height
        left, top = camera.origin
        first_x, last_x = _span(exposed.left() - left, exposed.right() + 1 - left, scale_x, level.width)
        first_y, last_y = _span(exposed.top() - top, exposed.bottom() + 1 - top, scale_y, level.height)
        if last_x <= first_x or last_y <= first_y:
            return
        start = level.offset + first_y * level.stride + first_x * 4
        end = level.offset + (last_y - 1) * level.stride + last_x * 4
        part = self._memory[start:end]
        image = QImage(part, last_x - first_x, last_y - first_y, level.stride, self._format)
        painter.save()
        painter.setClipRect(exposed)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth and camera.zoom <= NEAREST)
        move = QTransform(scale_x, 0, 0, scale_y, left + first_x * scale_x, top + first_y * scale_y)
        painter.setTransform(move * painter.transform())
        painter.drawImage(QPoint(0, 0), image)
        painter.restore()

    def level_for(self, camera: Camera) -> Level:
        """The smallest level that need not be enlarged, or the largest there is."""
        wanted = camera.picture[0] * camera.zoom * 0.9999
        for level in reversed(self.display.levels):
            if level.width >= wanted:
                return level
        return self.display.levels[0]

    def whole(self) -> QImage:
        """A copy of the full size, for the clipboard."""
        level = self.display.levels[0]
        part = self._memory[level.offset : level.offset + level.stride * level.height]
        return QImage(part, level.width, level.height, level.stride, self._format).copy()

    def small(self, side: int, density: float) -> QImage:
        """The picture no larger than `side` logical pixels."""
        camera = Camera()
        camera.picture = (self.display.width, self.display.height)
        camera.zoom = min(1.0, side * density / max(camera.picture))
        place = camera.place()
        image = QImage(place[2], place[3], QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.draw(painter, camera, image.rect(), smooth=True)
        painter.end()
        image.setDevicePixelRatio(density)
        return image


def _span(start: float, end: float, scale: float, size: int) -> tuple[int, int]:
    """Pixels of the level from `start` to `end` of the screen, and one more for the smoothing on each side."""
    return max(0, math.floor(start / scale) - 1), min(size, math.ceil(end / scale) + 1)
