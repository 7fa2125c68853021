"""A field for words, with the glass at its left and a cross while there is something in it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.window import tokens as t
from desktop.window.kit import tool_button
from desktop.window.theme import Theme
from desktop.words import say

HEIGHT = 36


class SearchField(QLineEdit):
    """`Esc` and the cross empty it, which `emptied` tells."""

    emptied = Signal()

    def __init__(
        self, theme: Theme, words: str, *, size: int = t.BODY, height: int = HEIGHT, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        if size != t.BODY:
            self.setStyleSheet(f"font-size: {theme.font(size).pixelSize()}px;")
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setFixedHeight(height)
        self.setTextMargins(26, 0, 28, 0)
        self._cross = tool_button(theme, "close", say("main.clear_field"), parent=self)
        self._cross.setCursor(Qt.CursorShape.ArrowCursor)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.setStyleSheet("padding: 0; min-height: 0; border: none;")
        self._cross.clicked.connect(self._empty)
        self._cross.hide()
        self.textChanged.connect(lambda text: self._cross.setVisible(bool(text)))
        theme.changed.connect(self.update)

    def take(self) -> None:
        """Have the keyboard, and what is in it ready to be typed over."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc takes the words away first."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self._empty()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The cross stays at the end."""
        super().resizeEvent(event)
        self._cross.setGeometry(self.width() - 32, (self.height() - 28) // 2, 28, 28)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The glass."""
        super().paintEvent(event)
        painter = QPainter(self)
        pixmap = self._theme.pixmap("search", "text2", 18, self.devicePixelRatioF())
        painter.drawPixmap(QRectF(11, (self.height() - 18) / 2, 18, 18), pixmap, QRectF(pixmap.rect()))

    def _empty(self) -> None:
        self.clear()
        self.emptied.emit()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
