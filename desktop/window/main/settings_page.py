"""The page Settings: everything of the settings file, in groups, with the control that fits."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.state.preference_parts import LinkRow, PreferenceRow, PreferencesSnapshot, Row, Section
from desktop.state.preferences import PreferencesState
from desktop.window.bound import Bound
from desktop.window.kit import button, empty
from desktop.window.main.page_parts import Hairline, LivePage, card, heading
from desktop.window.main.setting_rows import LinkLine, SettingRow, SwitchLine
from desktop.window.theme import Theme

FIRST = 3
"""Sections that are there at once: what fits into a window."""


class SettingsPage(LivePage):
    """Rows in cards; every decision is `PreferencesState`'s."""

    def __init__(self, theme: Theme, state: PreferencesState, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._state = state
        self._shape: tuple[object, ...] = ()
        self._shapes: dict[str, tuple[type, ...]] = {}
        self._cards: dict[str, QVBoxLayout] = {}
        self._settings: dict[str, SettingRow] = {}
        self._lines: dict[tuple[str, int], LinkLine | SwitchLine] = {}
        self._built = 0
        self._focused = ""
        self._growing = QTimer(self)
        self._growing.setInterval(0)
        self._growing.timeout.connect(self._grow)
        self._file = button("")
        self._file.clicked.connect(lambda: state.do("open"))
        self.aside.addWidget(self._file)
        self.asked.connect(state.do)
        self._bound = Bound(state, self)
        self._bound.changed.connect(self._show)
        self._show()

    @property
    def whole(self) -> bool:
        """Whether every section is there."""
        return not self._growing.isActive()

    @property
    def settings(self) -> dict[str, SettingRow]:
        """The rows by key."""
        return self._settings

    @property
    def lines(self) -> dict[tuple[str, int], LinkLine | SwitchLine]:
        """The other rows by section and place."""
        return self._lines

    def shown(self) -> None:
        """The file may have been changed elsewhere."""
        self._state.refresh()

    def _show(self) -> None:
        page = self._state.snapshot()
        self.show_head(page.heading, page.lead)
        self._file.setText(page.file.words)
        self.show_notice(page.fault or page.notice, page.fault_actions)
        shape = (page.language, tuple(one.name for one in page.sections))
        if shape != self._shape:
            self._shape = shape
            self._begin(page)
        self._update(page)

    def _update(self, page: PreferencesSnapshot) -> None:
        """Bring the rows that are there up to date."""
        for section in page.sections[: self._built]:
            if _shape_of(section) != self._shapes[section.name]:
                self._fill(page, section)
            for place, one in enumerate(section.rows):
                if isinstance(one, PreferenceRow):
                    self._settings[one.key].show_row(one, enabled=page.fault is None)
                else:
                    self._lines[section.name, place].show_row(one)  # type: ignore[arg-type] # its shape says which
        self.order_focus()

    def _begin(self, page: PreferencesSnapshot) -> None:
        """All rows anew: at the start, and in another language. What is seen first is there at once."""
        focused = self.focusWidget()
        self._focused = (
            next((key for key, row in self._settings.items() if row.isAncestorOf(focused)), "") if focused else ""
        )
        if self._focused:
            self._file.setFocus()  # else it would hop from row to row as they go, and the page with it
        empty(self.body)
        self._settings, self._lines, self._built = {}, {}, 0
        for _ in range(FIRST):
            self._build(page)
        self._growing.start()

    def _grow(self) -> None:
        """One section more in each turn of the event loop, so that the window answers meanwhile."""
        page = self._state.snapshot()
        if self._built < len(page.sections):
            self._build(page)
            self._update(page)
        else:
            self._growing.stop()
            self._state.prepare()

    def _build(self, page: PreferencesSnapshot) -> None:
        section = page.sections[self._built]
        self._built += 1
        self.body.addLayout(heading(self.theme, section.heading))
        made, inside = card(self.theme, margins=(0, 4, 0, 4), space=0)
        made.setAccessibleName(section.heading)
        self._cards[section.name] = inside
        self._fill(page, section)
        self.body.addWidget(made)
        made.show()  # at once: what isn't seen yet takes no focus
        if self._focused in self._settings:
            self._settings[self._focused].target.setFocus()  # where the other language was chosen
            self._focused = ""

    def _fill(self, page: PreferencesSnapshot, section: Section) -> None:
        """The rows of one section: at the start, and when others came or went."""
        inside = self._cards[section.name]
        empty(inside)
        self._lines = {key: line for key, line in self._lines.items() if key[0] != section.name}
        self._shapes[section.name] = _shape_of(section)
        for place, one in enumerate(section.rows):
            if place:
                inside.addWidget(Hairline(self.theme, left=16, right=16))
            inside.addWidget(self._made(page, section.name, place, one))

    def _made(self, page: PreferencesSnapshot, section: str, place: int, one: Row) -> QWidget:
        if isinstance(one, PreferenceRow):
            made = self._settings[one.key] = SettingRow(self.theme, self._state, one, page.words)
            return made
        if isinstance(one, LinkRow):
            line: LinkLine | SwitchLine = LinkLine(self.theme, self._state)
        else:
            line = SwitchLine(self.theme, self._state, one)
        self._lines[section, place] = line
        return line


def _shape_of(section: Section) -> tuple[type, ...]:
    """What its widgets depend on."""
    return tuple(type(one) for one in section.rows)
