"""How a row of a list stands out."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from desktop.window import tokens as t
from desktop.window.theme import Theme


def paint_row_ground(painter: QPainter, theme: Theme, where: QRectF, *, chosen: bool, over: bool) -> None:
    """The ground of a row that is chosen or under the pointer; a chosen one has a bar too: not by colour alone."""
    if not (chosen or over):
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("select" if chosen else "hover"))
    painter.drawRoundedRect(where, t.RADIUS, t.RADIUS)
    if chosen:
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(where.left(), where.center().y() - 12, 3, 24), 1.5, 1.5)
