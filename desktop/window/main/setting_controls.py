"""The controls of the page Settings that the kit doesn't have: a key to record, a list to edit, a folder, a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QPushButton, QWidget

from desktop.state.chords import key_words
from desktop.window import tokens as t
from desktop.window.kit import Elided, KeyCap, button, column, empty, label, row, tool_button
from desktop.window.theme import Theme

_ALONE = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr})
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class KeyField(QWidget):
    """A key as caps, and a button that records another; `recorded` has it as "Ctrl+Alt+Space", "" = none."""

    recorded = Signal(str)

    def __init__(self, theme: Theme, name: str, words: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self._caps = row(space=4)
        self.button = _Recorder(words["record"], words["recording"], self)
        self.button.setAccessibleName(f"{name}: {words['record']}")
        self.button.recorded.connect(self.recorded)
        self.clear = tool_button(theme, "close", words["clear"])
        self.clear.setAccessibleName(f"{name}: {words['clear']}")
        self.clear.clicked.connect(lambda: self.recorded.emit(""))
        self.setLayout(row(self.clear, self._caps, 8, self.button, space=4))
        self._shown: str | None = None

    def show_value(self, key: str) -> None:
        """Show another key."""
        if key == self._shown:
            return
        self._shown = key
        empty(self._caps)
        self.button.setAccessibleDescription(key or self._words["no_key"])
        for part in native_parts(key):
            self._caps.addWidget(KeyCap(self._theme, part))
        if not key:
            self._caps.addWidget(label(self._theme, self._words["no_key"], size=t.BUTTON, colour="text2"))
        self.clear.setVisible(bool(key))


class _Recorder(QPushButton):
    """Listens to the keyboard once it was pressed, until a key with Ctrl, Alt or the system's key, or Esc."""

    recorded = Signal(str)

    def __init__(self, words: str, listening: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self._words, self._listening = words, listening
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(lambda on: self.setText(self._listening if on else self._words))

    def event(self, event: QEvent) -> bool:
        """While it listens, no key is a shortcut or moves the focus."""
        if self.isChecked() and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                self._pressed(event)
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """It listens only while it has the keyboard."""
        self.setChecked(False)
        super().focusOutEvent(event)

    def _pressed(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.setChecked(False)
            return
        if event.isAutoRepeat() or event.key() in _ALONE or event.key() == Qt.Key.Key_unknown:
            return
        alone = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        if alone or event.modifiers() & _HELD:
            self.setChecked(False)
            text = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
            self.recorded.emit(text)


def native_parts(key: str) -> list[str]:
    """The caps of a key, as this system and language write them: ["Strg", "Alt", "Leertaste"]."""
    if not key:
        return []
    native = key_words(key)
    return [part for part in native.split("+") if part] if "+" in native else [native]


class ListField(QWidget):
    """Lines that can be taken away one by one, and a field for the next."""

    added = Signal(str)
    dropped = Signal(str)

    def __init__(
        self, theme: Theme, name: str, words: Mapping[str, str], *, files: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._words, self._shown = theme, words, tuple[str, ...]()
        self._lines = column(space=4)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText("" if files else words["add_hint"])
        self.edit.returnPressed.connect(self._add)
        self.add = button(words["choose"] if files else words["add"])
        self.add.setAccessibleName(f"{name}: {self.add.text()}")
        self.add.clicked.connect(self._choose if files else self._add)
        if files:
            self.edit.hide()  # never shown before it has a parent: it would be a window of its own
        below = row(self.edit, self.add, None, space=8)
        below.setStretch(0, 0 if files else 1)
        if not files:
            below.setStretch(2, 0)
        self.setLayout(column(self._lines, below, space=8))

    def show_value(self, lines: Sequence[str]) -> None:
        """Show these lines; the focus goes to the field when the line that had it is gone."""
        if tuple(lines) == self._shown:
            return
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self._shown = tuple(lines)
        empty(self._lines)
        for one in self._shown:
            drop = tool_button(self._theme, "close", self._words["remove"].format(name=one))
            drop.clicked.connect(lambda _checked=False, one=one: self.dropped.emit(one))
            line = row(Elided(self._theme, one, size=t.BUTTON, middle=True), drop, space=8, margins=(10, 0, 0, 0))
            line.setStretch(0, 1)
            self._lines.addLayout(line)
        if had_focus:
            (self.add if self.edit.isHidden() else self.edit).setFocus()

    def _add(self) -> None:
        text = self.edit.text().strip()
        if text:
            self.edit.clear()
            self.added.emit(text)

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self._words["choose_program"])
        if path:
            self.added.emit(path)


class FolderField(QWidget):
    """A folder, chosen in the system's own dialog; "" = none. `path` shows it, wherever the row has room."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, words: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._words = name, words
        self.path = Elided(theme, size=t.BUTTON, middle=True)
        self.choose = button(words["choose"])
        self.choose.setAccessibleName(f"{name}: {words['choose']}")
        self.choose.clicked.connect(self._ask)
        self.clear = tool_button(theme, "close", words["clear"])
        self.clear.setAccessibleName(f"{name}: {words['clear']}")
        self.clear.clicked.connect(lambda: self.chosen.emit(""))
        self.setLayout(row(self.clear, self.choose, space=4))

    def show_value(self, path: str) -> None:
        """Show another folder."""
        self.path.set_text(path)
        self.choose.setAccessibleDescription(path or self._words["none"])
        self.path.setVisible(bool(path))
        self.clear.setVisible(bool(path))

    def _ask(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self._name)
        if path:
            self.chosen.emit(path)


class Menu(QComboBox):
    """A combo box with our own chevron: the stylesheet takes Fusion's away."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The box, and the chevron on it."""
        super().paintEvent(event)
        colour = "text2" if self.isEnabled() else "edge"
        pixmap = self._theme.pixmap("chevron-down", colour, 16, self.devicePixelRatioF())
        QPainter(self).drawPixmap(self.width() - 26, (self.height() - 16) // 2, pixmap)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """The wheel scrolls the page; it doesn't change what it happens to pass over."""
        event.ignore()


class TextField(QWidget):
    """A line of text; `typed` has it once it is finished."""

    typed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.editingFinished.connect(lambda: self.typed.emit(self.edit.text().strip()))
        self.setLayout(row(self.edit, space=0))

    def show_value(self, text: str) -> None:
        """Show another text, unless one is being typed."""
        if self.edit.text() != text and not (self.edit.hasFocus() and self.edit.isModified()):
            self.edit.setText(text)


class NumberField(QWidget):
    """A whole number with its unit; `typed` has the text once it is finished."""

    typed = Signal(str)

    def __init__(self, theme: Theme, name: str, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.edit.setFixedWidth(88)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edit.setAccessibleName(f"{name} ({unit})")
        self.edit.editingFinished.connect(lambda: self.typed.emit(self.edit.text()))
        words = label(theme, unit, size=t.BUTTON, colour="text2")
        self.setLayout(row(self.edit, words, space=8))

    def show_value(self, text: str) -> None:
        """Show another number, unless one is being typed."""
        if self.edit.text() != text and not (self.edit.hasFocus() and self.edit.isModified()):
            self.edit.setText(text)
