"""The rows of the tool Fill: what is marked with what, what should be there, and what should not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.state.editing.choices import LONGEST, VARIANTS
from desktop.state.editing.snapshot import EditorSnapshot
from desktop.window import tokens as t
from desktop.window.editor.intents import EditorIntents
from desktop.window.editor.pointers import Brush, Pointers
from desktop.window.kit import Segmented, label, row, tool_button
from desktop.window.theme import Theme
from desktop.words import say


class Words(QLineEdit):
    """One line of words. `entered` is Enter, `left` Esc; Up and Down are not the picture's here."""

    entered = Signal()
    left = Signal()

    def __init__(self, theme: Theme, placeholder: str, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setMaxLength(LONGEST)
        self.setFixedHeight(theme.target)
        self.setMinimumWidth(160)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Letters are the line's own; what does something elsewhere with Ctrl still does it."""
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return
            if key == Qt.Key.Key_Escape:
                self.left.emit()
                return
        if key not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)

    def show_text(self, text: str) -> None:
        """Show this, unless it stands there already: the cursor stays."""
        if text != self.text():
            self.setText(text)


class _FieldRow(QWidget):
    """One line; Enter begins, Esc stops what runs. `over`: the keys are the picture's again."""

    over = Signal()

    def __init__(self, theme: Theme, state: EditorIntents, words: str) -> None:
        super().__init__()
        self._state = state
        self.field = Words(theme, words, words)
        self.field.entered.connect(self._entered)
        self.field.left.connect(self._left)
        self.setLayout(row(self.field))

    def take_focus(self) -> None:
        """Have the person write, over what was written before."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    @property
    def _runs(self) -> bool:
        return self._state.snapshot().button.stops

    def _entered(self) -> None:
        if not self._runs:
            self._state.act()
        if self._runs:
            self.over.emit()

    def _left(self) -> None:
        if self._runs:
            self._state.act()
        self.over.emit()


class WordsRow(_FieldRow):
    """What should be there."""

    def __init__(self, theme: Theme, state: EditorIntents) -> None:
        super().__init__(theme, state, say("editor.fill.prompt"))
        self.field.textEdited.connect(state.set_prompt)

    def show_snapshot(self, snapshot: EditorSnapshot) -> None:
        """Show this."""
        self.field.show_text(snapshot.prompt)


class MarkRow(QWidget):
    """What is marked with what, how many results, and a way to say what should not be there."""

    def __init__(self, theme: Theme, state: EditorIntents) -> None:
        super().__init__()
        self._pointers = Pointers(theme, state, ("brush", "click", "lasso", "box"))
        self._brush = Brush(theme, state)
        words = label(theme, say("editor.fill.variants"), size=t.BUTTON, colour="text2")
        counts = tuple((str(count), str(count)) for count in VARIANTS)
        self._variants = Segmented(theme, counts, name=say("editor.fill.variants"))
        self._variants.setToolTip(say("editor.fill.variants_tip"))
        self._variants.chosen.connect(lambda value: state.set_variants(int(value)))
        tip = say("editor.fill.more")
        self._more = tool_button(
            theme, "chevron-down", say("editor.more"), words=True, checkable=True, tip=tip, parent=self
        )
        self._more.clicked.connect(lambda: state.show_negative(self._more.isChecked()))
        self.setLayout(row(self._pointers, 8, self._brush, None, words, 8, self._variants, 8, self._more, space=0))

    def show_snapshot(self, snapshot: EditorSnapshot) -> None:
        """Show this."""
        self._pointers.show_snapshot(snapshot)
        self._brush.show_snapshot(snapshot)
        self._variants.set_value(str(snapshot.variants))
        self._more.setChecked(snapshot.negative_shown)


class MoreRow(_FieldRow):
    """What should not be there."""

    def __init__(self, theme: Theme, state: EditorIntents) -> None:
        super().__init__(theme, state, say("editor.fill.negative"))
        self.field.textEdited.connect(state.set_negative)

    def show_snapshot(self, snapshot: EditorSnapshot) -> None:
        """Show this."""
        self.field.show_text(snapshot.negative)
