"""The page Settings: everything of the settings file, in groups, with the control that fits."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.state.preferences import PreferenceRow, PreferencesSnapshot, PreferencesState
from desktop.window.bound import Bound
from desktop.window.kit import button, empty
from desktop.window.main.page_parts import Hairline, LivePage, card, heading
from desktop.window.main.setting_rows import LinkLine, SettingRow
from desktop.window.theme import Theme

FIRST = 3
"""Sections that are there at once: what fits into a window."""


class SettingsPage(LivePage):
    """Rows in cards; every decision is `PreferencesState`'s."""

    def __init__(self, theme: Theme, state: PreferencesState, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._state = state
        self._shape: tuple[object, ...] = ()
        self._settings: dict[str, SettingRow] = {}
        self._links: dict[tuple[str, int], LinkLine] = {}
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

    def shown(self) -> None:
        """The file may have been changed elsewhere."""
        self._state.refresh()

    def _show(self) -> None:
        page = self._state.snapshot()
        self.show_head(page.heading, page.lead)
        self._file.setText(page.file.words)
        self.show_notice(page.fault or page.notice, page.fault_actions)
        shape = (page.language, tuple((one.name, len(one.rows)) for one in page.sections))
        if shape != self._shape:
            self._shape = shape
            self._begin(page)
        self._update(page)

    def _update(self, page: PreferencesSnapshot) -> None:
        """Bring the rows that are there up to date."""
        for section in page.sections[: self._built]:
            for place, one in enumerate(section.rows):
                if isinstance(one, PreferenceRow):
                    self._settings[one.key].show_row(one, enabled=page.fault is None)
                else:
                    self._links[section.name, place].show_row(one)
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
        self._settings, self._links, self._built = {}, {}, 0
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
        for place, one in enumerate(section.rows):
            if place:
                inside.addWidget(Hairline(self.theme, left=16, right=16))
            if isinstance(one, PreferenceRow):
                row = self._settings[one.key] = SettingRow(self.theme, self._state, one, page.words)
                inside.addWidget(row)
            else:
                line = self._links[section.name, place] = LinkLine(self.theme, self._state)
                inside.addWidget(line)
        self.body.addWidget(made)
        made.show()  # at once: what isn't seen yet takes no focus
        if self._focused in self._settings:
            self._settings[self._focused].target.setFocus()  # where the other language was chosen
            self._focused = ""
