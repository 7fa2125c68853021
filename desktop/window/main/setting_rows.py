"""One row of the page Settings: words at the left, the control at the right, a way back to the default."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.state.preference_parts import LinkRow, PreferenceRow, SwitchRow
from desktop.state.preference_rows import Control
from desktop.state.preferences import PreferencesState
from desktop.window import tokens as t
from desktop.window.kit import Segmented, Switch, button, column, row, tool_button
from desktop.window.main.page_parts import Actions, Glyph, flowing, tint
from desktop.window.main.setting_controls import FolderField, KeyField, ListField, Menu, NumberField, TextField
from desktop.window.theme import Theme

MARGINS = (16, 10, 16, 10)


class SettingRow(QWidget):
    """A setting; `show_row` brings it up to date without losing what is being typed."""

    def __init__(
        self,
        theme: Theme,
        state: PreferencesState,
        one: PreferenceRow,
        words: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = flowing(theme, one.words)
        self._note = flowing(theme, one.note, size=t.NOTE, colour="text2")
        self.control = _control(theme, state, one, words)
        self.back = tool_button(theme, "undo", one.words)
        self.back.clicked.connect(lambda: state.reset(one.key))
        self._glyph = Glyph(theme, "warn", "danger")
        self._error = flowing(theme, size=t.BUTTON, colour="danger")
        self.take_back = button(words["undo"], quiet=True)
        self.take_back.setAccessibleName(f"{one.words}: {words['undo']}")
        self.take_back.clicked.connect(lambda: state.undo(one.key))
        self._wrong = QWidget()
        wrong = row(self._glyph, self._error, self.take_back, space=8)
        wrong.setStretch(1, 1)
        self._wrong.setLayout(wrong)
        texts = column(self._name, self._note, space=2)
        if isinstance(self.control, FolderField):
            texts.addWidget(self.control.path)
        below = one.control in (Control.LIST, Control.FILES, Control.TEXT)
        top = row(texts, self.back, *(() if below else (self.control,)), space=8)
        top.setStretch(0, 1)
        whole = column(top, self._wrong, space=8, margins=MARGINS)
        if below:
            whole.insertWidget(1, self.control)
        self.setLayout(whole)
        self.show_row(one, enabled=True)

    @property
    def target(self) -> QWidget:
        """What has the keyboard when the setting has it."""
        inner = {NumberField: "edit", TextField: "edit", KeyField: "button", FolderField: "choose", ListField: "edit"}
        name = inner.get(type(self.control), "")
        found = getattr(self.control, name) if name else self.control
        assert isinstance(found, QWidget)
        return found

    @property
    def error(self) -> str:
        """What is said of a value that was refused; "" where none was."""
        return "" if self._wrong.isHidden() else self._error.text()

    def show_row(self, one: PreferenceRow, *, enabled: bool) -> None:
        """The setting as it is now."""
        self.control.setEnabled(enabled)
        had_focus = self.back.hasFocus()
        self.back.setVisible(one.reset is not None)
        if one.reset is not None:
            self.back.setToolTip(one.reset.words)
            self.back.setAccessibleName(one.reset.name)
        elif had_focus:
            self.target.setFocus()
        self._wrong.setVisible(bool(one.error))
        self._error.setText(one.error)
        _show(self.control, one)


def _control(theme: Theme, state: PreferencesState, one: PreferenceRow, words: Mapping[str, str]) -> QWidget:
    """The control of a setting, tied to the state."""
    key = one.key
    if one.control is Control.SWITCH:
        switch = Switch(theme, one.words)
        switch.setAccessibleDescription(one.note)
        switch.clicked.connect(lambda on: state.choose(key, bool(on)))
        return switch
    if one.control is Control.CHOICE:
        choice = Segmented(theme, one.options, name=one.words)
        choice.chosen.connect(lambda value: state.choose(key, value))
        return choice
    if one.control is Control.MENU:
        return _menu(theme, state, one)
    if one.control is Control.NUMBER:
        number = NumberField(theme, one.words, one.unit)
        number.typed.connect(lambda text: state.type(key, text))
        return number
    if one.control is Control.TEXT:
        text = TextField(one.words)
        text.typed.connect(lambda typed: state.type(key, typed))
        return text
    if one.control is Control.KEY:
        field = KeyField(theme, one.words, words)
        field.recorded.connect(state.record)
        return field
    if one.control is Control.FOLDER:
        folder = FolderField(theme, one.words, words)
        folder.chosen.connect(lambda path: state.choose(key, path))
        return folder
    lines = ListField(theme, one.words, words, files=one.control is Control.FILES)
    lines.added.connect(lambda text: state.add(key, text))
    lines.dropped.connect(lambda text: state.drop(key, text))
    return lines


def _menu(theme: Theme, state: PreferencesState, one: PreferenceRow) -> Menu:
    made = Menu(theme)
    made.setAccessibleName(one.words)
    for value, words in one.options:
        made.addItem(words, value)
    made.activated.connect(lambda place: state.choose(one.key, str(made.itemData(place))))
    return made


def _show(control: QWidget, one: PreferenceRow) -> None:
    """Bring a control up to date without telling the state."""
    if isinstance(control, Switch):
        control.setChecked(bool(one.value))
    elif isinstance(control, Segmented):
        control.set_value(str(one.value))
    elif isinstance(control, Menu):
        control.setCurrentIndex(control.findData(one.value))
    elif isinstance(control, NumberField | TextField):
        control.show_value(one.shown)
    elif isinstance(control, KeyField | FolderField):
        control.show_value(str(one.value))
    elif isinstance(control, ListField):
        assert isinstance(one.value, tuple)
        control.show_value(one.value)


class LinkLine(QWidget):
    """A row that leads elsewhere, or does something once."""

    def __init__(self, theme: Theme, state: PreferencesState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = flowing(theme)
        self._note = flowing(theme, size=t.NOTE, colour="text2")
        self._note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons = Actions(theme)
        self.buttons.done.connect(state.do)
        whole = row(column(self._name, self._note, space=2), self.buttons, space=12, margins=(16, 10, 16, 10))
        whole.setStretch(0, 1)
        self.setLayout(whole)

    @property
    def note(self) -> str:
        """What stands below its name."""
        return self._note.text()

    def show_row(self, one: LinkRow) -> None:
        """As it is now."""
        self._name.setText(one.words)
        self._note.setText(one.note)
        self._note.setVisible(bool(one.note))
        tint(self._note, one.tone)
        self.buttons.show_actions(one.actions)


class SwitchLine(QWidget):
    """Something that is on or off and stands in no file of settings."""

    def __init__(self, theme: Theme, state: PreferencesState, one: SwitchRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = flowing(theme, one.words)
        self._note = flowing(theme, size=t.NOTE, colour="text2")
        self.switch = Switch(theme, one.words)
        self.switch.clicked.connect(lambda _on: state.do(one.act))
        whole = row(column(self._name, self._note, space=2), self.switch, space=12, margins=MARGINS)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def show_row(self, one: SwitchRow) -> None:
        """As it is now."""
        self._note.setText(one.note)
        self.switch.setAccessibleDescription(one.note)
        tint(self._note, one.tone)
        self.switch.setChecked(one.on)
