"""One picture of the grid."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from desktop.window import tokens as t
from desktop.window.theme import Theme
from desktop.window.thumbnails import paint_cover


@dataclass(frozen=True)
class Cell:
    """`name` stands where the file has no picture to show; `here` is where the keyboard is."""

    where: QRectF
    pixmap: QPixmap | None
    name: str
    chosen: bool
    here: bool


def paint_cell(painter: QPainter, theme: Theme, cell: Cell) -> None:
    """The picture, smaller and ringed while it is chosen; a sunken place until it comes."""
    inner = cell.where.adjusted(5, 5, -5, -5) if cell.chosen else cell.where
    if cell.pixmap is not None:
        paint_cover(painter, inner, cell.pixmap, t.RADIUS_THUMB)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(inner, t.RADIUS_THUMB, t.RADIUS_THUMB)
        if cell.name:
            _paint_name(painter, theme, inner, cell.name)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if cell.chosen:
        painter.setPen(QPen(theme.colour("accent"), 3))
        painter.drawRoundedRect(cell.where.adjusted(1.5, 1.5, -1.5, -1.5), t.RADIUS, t.RADIUS)
    elif cell.here:
        painter.setPen(QPen(theme.colour("text"), 2))
        painter.drawRoundedRect(cell.where.adjusted(1, 1, -1, -1), t.RADIUS_THUMB, t.RADIUS_THUMB)


def _paint_name(painter: QPainter, theme: Theme, inner: QRectF, name: str) -> None:
    middle = inner.center()
    icon = theme.pixmap("picture", "text3", 24, painter.device().devicePixelRatioF())
    painter.drawPixmap(QRectF(middle.x() - 12, middle.y() - 22, 24, 24), icon, QRectF(icon.rect()))
    painter.setFont(theme.font(t.NOTE))
    painter.setPen(theme.colour("text2"))
    room = QRectF(inner.left() + 8, middle.y() + 8, inner.width() - 16, 20)
    shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, int(room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)
