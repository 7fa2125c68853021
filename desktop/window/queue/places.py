"""Where pictures are dropped: the empty queue, and the veil over a full one while something is dragged."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.window import tokens as t
from desktop.window.kit import Sign, button, column, label, row
from desktop.window.theme import Theme
from desktop.words import say


class EmptyPlace(QWidget):
    """A dashed ground with what to do, for the hand and for the keyboard."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.over = False
        self._icon = Sign(theme, "drop", colour="text3", size=40)
        title = label(theme, say("queue.empty.title"), size=t.HEAD, weight=t.SEMIBOLD, wrap=True)
        self._note = label(theme, say("queue.empty.note"), size=t.BUTTON, colour="text2", wrap=True)
        for one in (title, self._note):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pictures = button(say("queue.add"), accent=True)
        self.folder = button(say("queue.add.folder"))
        buttons = row(None, self.pictures, self.folder, None, space=8)
        self.setLayout(
            column(None, self._icon, 8, title, self._note, 12, buttons, None, space=4, margins=(40, 24, 40, 24))
        )
        theme.changed.connect(self.update)

    def set_asking(self, asking: bool) -> None:
        """While the card asks, only the ground stays: the next step is on the card."""
        for one in (self._note, self.pictures, self.folder):
            one.setVisible(not asking)

    def set_over(self, over: bool) -> None:
        """Whether something is held over it."""
        if over != self.over:
            self.over = over
            self._icon.show_icon("drop", "accent" if over else "text3")
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The dashed ground."""
        painter = QPainter(self)
        paint_target(painter, self._theme, QRectF(self.rect()).adjusted(24, 24, -24, -24), over=self.over)


class DropVeil(QWidget):
    """Lies over the list while pictures are held over it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A frame, and one word."""
        painter = QPainter(self)
        painter.setOpacity(0.92)
        painter.fillRect(self.rect(), self._theme.colour("window"))
        painter.setOpacity(1.0)
        paint_target(painter, self._theme, QRectF(self.rect()).adjusted(24, 24, -24, -24), over=True)
        painter.setFont(self._theme.font(t.HEAD, t.SEMIBOLD))
        painter.setPen(self._theme.colour("accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, say("queue.drop"))


def paint_target(painter: QPainter, theme: Theme, where: QRectF, *, over: bool) -> None:
    """The ground on which things are dropped."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.colour("accent" if over else "edge"), 2 if over else 1.5)
    pen.setDashPattern([4, 4])
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(theme.colour("accent_bg") if over else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(where, t.RADIUS_BAR, t.RADIUS_BAR)
