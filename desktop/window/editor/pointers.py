"""How an area is marked: with what, and how thick."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton, QWidget

from desktop.state.editing.choices import BRUSH
from desktop.state.editing.snapshot import EditorSnapshot
from desktop.window import tokens as t
from desktop.window.editor.intents import EditorIntents
from desktop.window.kit import Slider, label, row, tool_button
from desktop.window.theme import Theme
from desktop.words import say


class Pointers(QWidget):
    """How an area is pointed at: small icons, one of them chosen."""

    def __init__(self, theme: Theme, state: EditorIntents, names: tuple[str, ...]) -> None:
        super().__init__()
        words = {
            "brush": say("editor.pointer.brush"),
            "lasso": say("editor.pointer.lasso"),
            "box": say("editor.pointer.box"),
            "click": say("editor.pointer.click"),
        }
        self._state = state
        self._buttons: dict[str, QToolButton] = {}
        for name in names:
            made = tool_button(theme, name, words[name], checkable=True, parent=self)
            made.setFixedSize(theme.target + 2, theme.target)
            made.setStyleSheet("padding: 4px 5px;")  # the icon keeps its 20 pixels
            made.clicked.connect(lambda _on=False, name=name: self._choose(name))
            self._buttons[name] = made
        self.setLayout(row(*self._buttons.values(), space=2))

    def show_snapshot(self, snapshot: EditorSnapshot) -> None:
        """Show this."""
        for name, made in self._buttons.items():
            made.setVisible(name in snapshot.pointers)
            made.setChecked(name == snapshot.pointer)

    def _choose(self, name: str) -> None:
        self._buttons[name].setChecked(True)  # a click on the chosen one must not take it back
        self._state.set_pointer(name)


class Brush(QWidget):
    """The brush's size."""

    def __init__(self, theme: Theme, state: EditorIntents) -> None:
        super().__init__()
        self._slider = Slider(theme, *BRUSH, curve=3.0, name=say("editor.brush"))
        self._slider.setFixedWidth(112)
        self._slider.moved.connect(state.set_brush)
        self._size = label(theme, size=t.NOTE, colour="text2")
        self._size.setFixedWidth(theme.metrics(t.NOTE).horizontalAdvance(say("editor.pixels", size=BRUSH[1])) + 6)
        self.setLayout(row(self._slider, self._size, None, space=2))

    def show_snapshot(self, snapshot: EditorSnapshot) -> None:
        """Show this."""
        self._slider.set_value(snapshot.brush)
        self._size.setText(say("editor.pixels", size=snapshot.brush))
        self.setVisible(snapshot.pointer == "brush")
