"""Before and after, side by side: a line to drag, its handle, and where it snaps."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop.window import tokens as t
from desktop.window.theme import Theme
from desktop.words import say

HANDLE = 44
SNAPS = (0.0, 0.5, 1.0)
NEAR = 0.02


class Divide:
    """Left of it the original, right of it the result. `share` is 0 to 1 of the picture's width."""

    def __init__(self) -> None:
        self.share = 0.5

    def to(self, x: float, place: QRect, *, snap: bool = True) -> None:
        """Go to a place in the view, in device pixels."""
        share = (x - place.left()) / max(1, place.width())
        self.share = min(1.0, max(0.0, share))
        if snap:
            self.share = next((at for at in SNAPS if abs(at - self.share) < NEAR), self.share)

    def step(self, steps: int) -> None:
        """By so many hundredths."""
        self.share = min(1.0, max(0.0, round(self.share + steps / 100, 4)))

    def line(self, place: QRect) -> int:
        """Where the line stands in the view."""
        return place.left() + round(place.width() * self.share)

    def handle(self, place: QRect, view: QRect, density: float) -> QRectF:
        """The handle: in the middle of what is seen of the picture."""
        size = HANDLE * density
        seen = place & view
        middle = QPointF(self.line(place), seen.center().y() + 0.5)
        return QRectF(middle.x() - size / 2, middle.y() - size / 2, size, size)

    def draw(self, painter: QPainter, theme: Theme, place: QRect, view: QRect, density: float) -> None:
        """The line, the handle, and what is on which side; `painter` counts device pixels."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, seen = self.line(place), place & view
        painter.fillRect(QRectF(x - 1.5 * density, seen.top(), 3 * density, seen.height()), QColor(0, 0, 0, 70))
        painter.fillRect(QRectF(x - 0.75 * density, seen.top(), 1.5 * density, seen.height()), QColor(255, 255, 255))
        handle = self.handle(place, view, density)
        painter.setPen(QPen(QColor(0, 0, 0, 60), density))
        painter.setBrush(QColor(255, 255, 255))
        painter.drawEllipse(handle)
        painter.setPen(QPen(QColor(27, 27, 25), 1.8 * density, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for side in (-1, 1):
            middle = handle.center()
            arrow = QPainterPath(QPointF(middle.x() + side * 6 * density, middle.y() - 5 * density))
            arrow.lineTo(middle.x() + side * 11 * density, middle.y())
            arrow.lineTo(middle.x() + side * 6 * density, middle.y() + 5 * density)
            painter.drawPath(arrow)
        self._name(painter, theme, say("editor.before"), seen, x, density, before=True)
        self._name(painter, theme, say("editor.after"), seen, x, density, before=False)
        painter.restore()

    def _name(
        self, painter: QPainter, theme: Theme, words: str, seen: QRect, x: int, density: float, *, before: bool
    ) -> None:
        """A word in the upper corner of its side, while that side has room for it."""
        painter.save()
        painter.scale(density, density)
        painter.setFont(theme.font(t.NOTE, t.SEMIBOLD))
        width = painter.fontMetrics().horizontalAdvance(words) + 20
        left, right, top = seen.left() / density, (seen.right() + 1) / density, seen.top() / density
        at = x / density
        room = at - left if before else right - at
        if room > width + 24:
            box = QRectF(left + 12 if before else right - 12 - width, top + 12, width, 26)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(20, 20, 20, 170))
            painter.drawRoundedRect(box, 13, 13)
            painter.setPen(QColor(255, 255, 255))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()
