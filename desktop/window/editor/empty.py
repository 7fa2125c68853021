"""Before there is a picture, and while one is dragged over the window."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from desktop.window import tokens as t
from desktop.window.editor.shortcuts import shown
from desktop.window.icons import clear_pixmap
from desktop.window.kit import KeyCap, button, column, label, row
from desktop.window.theme import Theme
from desktop.words import say

WIDTH, HEIGHT = 520, 344
_ROUND, _ICON = 88, 44


class Empty(QWidget):
    """A place to drop a picture on, and the two other ways in."""

    wants_open = Signal()
    wants_paste = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._over = theme, False
        self.setFixedSize(WIDTH, HEIGHT)
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        head = label(theme, say("editor.empty.drop"), size=t.QUERY, weight=t.SEMIBOLD)
        head.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        keys = row(
            None,
            label(theme, say("editor.empty.press"), colour="text2"),
            *(KeyCap(theme, part) for part in shown("open").split("+")),
            None,
            space=6,
        )
        self._open = button(say("editor.empty.open"), accent=True)
        self._paste = button(say("editor.empty.paste"), quiet=True)
        for one in (self._open, self._paste):
            one.setMinimumHeight(36)
        self._open.clicked.connect(self.wants_open)
        self._paste.clicked.connect(self.wants_paste)
        buttons = row(None, self._open, self._paste, None, space=8)
        promise = label(theme, say("editor.empty.promise"), size=t.NOTE, colour="text3")
        promise.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(
            column(
                None, self._icon, 16, head, 8, keys, 24, buttons, 24, promise, None, space=0, margins=(24, 16, 24, 16)
            )
        )
        self.setAccessibleName(say("editor.empty.drop"))
        theme.changed.connect(self._dress)
        self._dress()

    def set_over(self, over: bool) -> None:
        """Something that we can take is held above it."""
        if over != self._over:
            self._over = over
            self._dress()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A dashed frame; the accent's colour while something is held above it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.colour("accent" if self._over else "edge"), 2.0 if self._over else 1.4)
        pen.setDashPattern([5, 4])
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(self._theme.colour("accent_bg" if self._over else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 16, 16)

    def _dress(self) -> None:
        self._icon.setPixmap(self._drawn_icon())
        self.update()

    def _drawn_icon(self) -> QPixmap:
        """A picture on a round ground."""
        density = self.devicePixelRatioF()
        pixmap = clear_pixmap(_ROUND, _ROUND, density)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("surface" if self._over else "accent_bg"))
        painter.drawEllipse(QRectF(0, 0, _ROUND, _ROUND))
        icon = self._theme.pixmap("picture", "accent", _ICON, density)
        painter.drawPixmap((_ROUND - _ICON) // 2, (_ROUND - _ICON) // 2, icon)
        painter.end()
        return pixmap


class DropFrame(QWidget):
    """Lies over the picture while a file is held above the window."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A frame and what will happen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("accent"), 3))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(8, 8, -8, -8), t.RADIUS_WINDOW, t.RADIUS_WINDOW)
        painter.setFont(self._theme.font(t.BODY, t.SEMIBOLD))
        words = say("editor.drop_here")
        width = painter.fontMetrics().horizontalAdvance(words) + 40
        box = QRectF((self.width() - width) / 2, 28, width, 40)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRoundedRect(box, 20, 20)
        painter.setPen(self._theme.colour("on_accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


class Opening(QWidget):
    """The moment until the first pixels are there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label(theme, size=t.HEAD, colour="text2")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(column(self._words))
        self.setFixedSize(WIDTH, 60)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_title(self, title: str) -> None:
        """Which picture."""
        shown_title = title if len(title) < 48 else f"{title[:22]}…{title[-22:]}"
        self._words.setText(say("editor.opening", title=shown_title))
