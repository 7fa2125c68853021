"""Thumbnails as Qt paints them."""

from __future__ import annotations

import math
from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from desktop.state.thumbnails import Thumbnail, Thumbnails
from desktop.window.bound import Bound

STEPS = (128, 256, 512, 1024)
"""Sizes that are asked for: few, so that screens share them and the system's own cache has them."""

ROOM = 24_000_000
"""Bytes of pixmaps that are kept."""


class Pixmaps(QObject):
    """The pixmaps of the app's thumbnails; `arrived` says that asking again may give some more."""

    arrived = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._kept: OrderedDict[tuple[Path, int, float], tuple[Thumbnail, QPixmap]] = OrderedDict()
        self._bytes = 0
        self._bound = Bound(thumbnails, self)
        self._bound.changed.connect(self.arrived)

    def pixmap(self, path: Path, size: int, density: float = 1.0) -> QPixmap | None:
        """The whole picture for a square of `size` logical pixels; None = not there yet, or there is none (`missing`)."""
        pixels = math.ceil(size * density)
        step = next((one for one in STEPS if one >= pixels), STEPS[-1])
        thumbnail = self._thumbnails.get(path, step)
        if thumbnail is None:
            return None
        key = (path, step, density)
        kept = self._kept.get(key)
        if kept is not None and kept[0] is thumbnail:
            self._kept.move_to_end(key)
            return kept[1]
        pixmap = _pixmap(thumbnail)
        pixmap.setDevicePixelRatio(density)
        if kept is not None:
            self._bytes -= _size(kept[0])
        self._kept[key] = (thumbnail, pixmap)
        self._kept.move_to_end(key)
        self._bytes += _size(thumbnail)
        while self._bytes > ROOM and len(self._kept) > 1:
            self._bytes -= _size(self._kept.popitem(last=False)[1][0])
        return pixmap

    def clear(self) -> None:
        """Let go of all pixmaps, and of the pictures that they were made of."""
        self._kept.clear()
        self._bytes = 0
        self._thumbnails.clear()

    def missing(self, path: Path) -> bool:
        """Whether the file is known to have no picture."""
        return self._thumbnails.missing(path)


def paint_cover(painter: QPainter, where: QRectF, pixmap: QPixmap, radius: float, *, middle: bool = True) -> None:
    """Paint the middle of a picture, or its upper left part, so that it fills `where`, with round corners."""
    width, height = float(pixmap.width()), float(pixmap.height())
    share = min(width / max(1.0, where.width()), height / max(1.0, where.height()))
    source = QRectF(0, 0, where.width() * share, where.height() * share)
    if middle:
        source.moveCenter(QRectF(0, 0, width, height).center())
    _paint(painter, where, pixmap, source, radius)


def paint_whole(painter: QPainter, where: QRectF, pixmap: QPixmap, radius: float) -> QRectF:
    """Paint the whole picture into the middle of `where`, never above its own size; gives the place it took."""
    width, height = pixmap.deviceIndependentSize().width(), pixmap.deviceIndependentSize().height()
    share = min(1.0, where.width() / max(1.0, width), where.height() / max(1.0, height))
    place = QRectF(0, 0, width * share, height * share)
    place.moveCenter(where.center())
    _paint(painter, place, pixmap, QRectF(pixmap.rect()), radius)
    return place


def _paint(painter: QPainter, where: QRectF, pixmap: QPixmap, source: QRectF, radius: float) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if radius > 0:
        outline = QPainterPath()
        outline.addRoundedRect(where, radius, radius)
        painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    painter.drawPixmap(where, pixmap, source)
    painter.restore()


def _pixmap(thumbnail: Thumbnail) -> QPixmap:
    """A copy: the pixmap does not depend on the thumbnail's memory."""
    # A read-only view: QImage would otherwise hold the map's buffer and keep it from ever being closed.
    view = bytes(thumbnail.sheet.memory[: thumbnail.stride * thumbnail.height])
    image = QImage(view, thumbnail.width, thumbnail.height, thumbnail.stride, QImage.Format.Format_ARGB32_Premultiplied)
    return QPixmap.fromImage(image.copy())


def _size(thumbnail: Thumbnail) -> int:
    return thumbnail.stride * thumbnail.height
