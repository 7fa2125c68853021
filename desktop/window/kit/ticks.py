"""A box to tick, with its words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.window import tokens as t
from desktop.window.theme import Theme

BOX = 18


class Tick(QAbstractButton):
    """Off or on; the words are its accessible name."""

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setText(words)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The box, a gap, the words."""
        width = self._theme.metrics(t.BODY).horizontalAdvance(self.text())
        return QSize(BOX + 12 + width + 8, self._theme.target)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A rounded box; ticked, it is filled."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, on, off = self._theme, self.isChecked(), not self.isEnabled()
        box = QRectF(2, (self.height() - BOX) / 2, BOX, BOX)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 7, 7)
        painter.setPen(QPen(theme.colour("edge" if off or not on else "accent"), 1.2))
        painter.setBrush(theme.colour("edge" if off and on else "accent" if on else "surface"))
        painter.drawRoundedRect(box.adjusted(0.6, 0.6, -0.6, -0.6), 5, 5)
        if on:
            pen = QPen(theme.colour("on_accent"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            left, top = box.left(), box.top()
            painter.drawPolyline(
                [QPointF(left + 4.5, top + 9.5), QPointF(left + 7.8, top + 12.6), QPointF(left + 13.5, top + 5.6)]
            )
        painter.setFont(theme.font(t.BODY))
        painter.setPen(theme.colour("text2" if off else "text"))
        room = self.rect().adjusted(BOX + 14, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, self.text())
