"""How many pictures wait for an editor, in the bar of each one that is open."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.state.editor_line import EditorLine
from desktop.window import tokens as t
from desktop.window.bound import Bound
from desktop.window.kit import label, row, tool_button
from desktop.window.theme import Theme
from desktop.words import say


class Waiting(QWidget):
    """ "32 more wait", and a cross that sends them away. Without a line, or with nobody in it, it isn't there."""

    def __init__(self, theme: Theme, line: EditorLine | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self.words = label(theme, size=t.NOTE, weight=t.SEMIBOLD, colour="accent")
        self.stop = tool_button(theme, "close", say("editor.waiting.stop"))
        self.setToolTip(say("editor.waiting.tip"))
        self.setLayout(row(self.words, self.stop, space=2))
        if line is not None:
            self.stop.clicked.connect(line.stop)
            Bound(line, self).changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        words = self._line.words if self._line is not None else ""
        self.words.setText(words)
        if words and self.parent() is not None:  # without one it would be a window of its own
            self.show()
        elif not words:
            self.hide()
