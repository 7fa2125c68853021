"""The line that is typed in. Keys that move, do or leave are passed on; typing never leaves it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.window import tokens as t
from desktop.window.theme import Theme
from desktop.words import say

PAGE = 5
"""Rows that Page Up and Page Down move by."""

_NONE = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -PAGE, Qt.Key.Key_PageDown: PAGE}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QueryField(QLineEdit):
    """A plain line of large text."""

    moved = Signal(int)
    wanted = Signal(str)
    """What a key asks for: enter, show, erase, actions, copy, copy_path, last_chip, escape."""
    numbered = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("plain", True)
        self.setPlaceholderText(say("palette.placeholder"))
        self.setAccessibleName(say("palette.placeholder"))
        self.setMaxLength(2000)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # a menu would take the focus, and the palette go
        theme.changed.connect(self._dress)
        self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Pass on what isn't typing."""
        pressed = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if pressed == _NONE and key in _MOVES:
            self.moved.emit(_MOVES[key])
        elif pressed == _ALT and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.numbered.emit(key - Qt.Key.Key_1)
        elif (wanted := self._wanted(key, pressed)) is not None:
            self.wanted.emit(wanted)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _wanted(self, key: Qt.Key, pressed: Qt.KeyboardModifier) -> str | None:
        if key in _ENTER and pressed in (_NONE, _CTRL):
            return "show" if pressed == _CTRL else "enter"
        if key == Qt.Key.Key_Escape:
            return "escape"
        if pressed == _CTRL:
            found = {Qt.Key.Key_E: "erase", Qt.Key.Key_K: "actions"}.get(key)
            if key == Qt.Key.Key_C and not self.hasSelectedText():
                found = "copy"
            return found
        if pressed == _CTRL | _SHIFT and key == Qt.Key.Key_C:
            return "copy_path"
        at_start = self.cursorPosition() == 0 and not self.hasSelectedText()
        return "last_chip" if key == Qt.Key.Key_Backspace and pressed == _NONE and at_start else None

    def _dress(self) -> None:
        self.setFont(self._theme.font(t.QUERY))
        self.setStyleSheet(f"font-size: {self._theme.font(t.QUERY).pixelSize()}px;")
