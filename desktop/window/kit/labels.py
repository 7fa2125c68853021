"""Words on a screen."""

from __future__ import annotations

import html

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.window import tokens as t
from desktop.window.theme import Theme, shows_focus

CAP = 20
"""Pixels of a key cap's height."""


def label(
    theme: Theme,  # noqa: ARG001 - every control gets it; a label's look is in the stylesheet that it makes
    text: str = "",
    *,
    size: int = t.BODY,
    weight: int = t.REGULAR,
    colour: str = "text",
    wrap: bool = False,
    parent: QWidget | None = None,
) -> QLabel:
    """A label of plain text in a token's colour; it follows the theme."""
    made = QLabel(text, parent)
    # The app's one stylesheet has a rule for each: a sheet of its own for each label would make a change of theme slow.
    for name, value in (("ink", colour), ("letters", size), ("weight", weight)):
        made.setProperty(name, str(value))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    return made


def plain_tip(text: str) -> str:
    """A tool tip that shows `text` as it is: Qt would take a name with angle brackets for a page of the web."""
    return f"<qt>{'<br>'.join(map(html.escape, text.splitlines()))}</qt>" if "<" in text else text


class Sign(QLabel):
    """An icon that stands alone, in a token's colour; it follows the theme. Without an icon there is nothing yet."""

    def __init__(
        self, theme: Theme, icon: str = "", *, colour: str = "text2", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._colour, self._size = theme, icon, colour, size
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.changed.connect(self._dress)
        self._dress()

    def show_icon(self, icon: str, colour: str) -> None:
        """Another icon, another colour."""
        if (icon, colour) != (self._icon, self._colour):
            self._icon, self._colour = icon, colour
            self._dress()

    def _dress(self) -> None:
        if self._icon:
            self.setPixmap(self._theme.pixmap(self._icon, self._colour, self._size))


class Elided(QWidget):
    """One line that gives up its end (`right`) or its middle where there is no room; the whole is in the tool tip."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        size: int = t.BODY,
        weight: int = t.REGULAR,
        colour: str = "text",
        middle: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._text, self._size, self._weight, self.colour = theme, text, size, weight, colour
        self._mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        theme.changed.connect(self.update)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The whole line."""
        metrics = self._theme.metrics(self._size, self._weight)
        return QSize(metrics.horizontalAdvance(self._text) + 1, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A few letters."""
        return QSize(24, self._theme.metrics(self._size, self._weight).height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """One line of text."""
        painter = QPainter(self)
        painter.setFont(self._theme.font(self._size, self._weight))
        painter.setPen(self._theme.colour(self.colour))
        shown = painter.fontMetrics().elidedText(self._text, self._mode, self.width())
        self.setToolTip(plain_tip(self._text) if shown != self._text else "")
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)


class KeyCap(QWidget):
    """A key as it looks on a keyboard: "Ctrl E"."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._text = theme, text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A key's."""
        return QSize(keycap_width(self._theme, self._text), CAP)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A cap with the word on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_keycap(painter, self._theme, self.rect(), self._text)


def keycap_width(theme: Theme, text: str) -> int:
    """As wide as its word, and never narrower than a key."""
    return max(CAP, theme.metrics(t.KEYCAP, t.SEMIBOLD).horizontalAdvance(text) + 12)


def paint_keycap(painter: QPainter, theme: Theme, where: QRect, text: str) -> None:
    """Paint a key cap into a rectangle, for widgets and delegates."""
    painter.setPen(QPen(theme.colour("line"), 1))
    painter.setBrush(theme.colour("sunken"))
    painter.drawRoundedRect(QRectF(where).adjusted(0.5, 0.5, -0.5, -0.5), t.RADIUS_KEY, t.RADIUS_KEY)
    painter.setFont(theme.font(t.KEYCAP, t.SEMIBOLD))
    painter.setPen(theme.colour("text2"))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, text)


class Chip(QWidget):
    """A rounded word that can be taken away: what was understood of a sentence."""

    removed = Signal()

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._text = theme, text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The word, and room for the cross."""
        width = self._theme.metrics(t.NOTE, t.SEMIBOLD).horizontalAdvance(self._text)
        return QSize(width + 38, 26)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click takes it away."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.removed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """So do these keys."""
        keys = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The word on the accent's ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("accent"), 2) if shows_focus(self) else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent_bg"))
        inset = 1.0 if shows_focus(self) else 0.0
        half = self.height() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), half, half)
        painter.setFont(self._theme.font(t.NOTE, t.SEMIBOLD))
        painter.setPen(self._theme.colour("accent"))
        text = self.rect().adjusted(10, 0, -28, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, self._text)
        x = self.width() - 16.0
        painter.setPen(QPen(self._theme.colour("accent"), 1.4))
        painter.drawLine(int(x - 3), int(half - 3), int(x + 4), int(half + 4))
        painter.drawLine(int(x - 3), int(half + 3), int(x + 4), int(half - 4))
