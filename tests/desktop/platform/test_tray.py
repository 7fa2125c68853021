"""The tray: what its menu says, what it does, and what closing means without one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from desktop.state.tray import TrayState
from desktop.window import tokens
from desktop.window.icons import Icons
from desktop.window.platform.tray import Tray, tray_icon
from desktop.window.theme import Theme
from desktop.words import speak
from tests.desktop.platform.conftest import wait_for


class Doors:
    """The app, as it hears of what was chosen."""

    def __init__(self) -> None:
        self.did: list[str] = []

    def open_file(self, path: Path) -> None: ...
    def open_with(self, path: Path) -> None: ...
    def show_in_folder(self, path: Path) -> None: ...
    def copy_files(self, paths: Sequence[Path]) -> None: ...
    def copy_text(self, text: str) -> None: ...
    def edit(self, paths: Sequence[Path], tool: str = "erase") -> None: ...
    def enqueue(self, paths: Sequence[Path]) -> None: ...
    def notify(self, title: str, words: str) -> None: ...

    def show(self, place: str) -> None:
        """Note it."""
        self.did.append(f"show {place}")


@pytest.fixture
def doors() -> Doors:
    """The app."""
    return Doors()


@pytest.fixture
def state(doors: Doors) -> TrayState:
    """The menu's state."""

    def note(name: str) -> Callable[..., None]:
        return lambda *told: doors.did.append(" ".join([name, *map(str, told)]))

    return TrayState(doors, open_picture=note("open"), pause=note("pause"), leave=note("leave"))


def words(state: TrayState) -> list[str]:
    """The menu, a line each."""
    return [entry.words for entry in state.snapshot().entries]


def test_the_menu_says_what_runs_now(state: TrayState) -> None:
    assert words(state) == ["Search…", "Open a picture…", "", "Queue", "Pause reading files", "", "Settings", "Quit"]
    assert state.snapshot().tip == "Homespun"

    state.jobs(3)
    state.reading(True)

    assert words(state)[3:5] == ["Queue (3 running)", "Go on reading files"]
    assert state.snapshot().tip == "Homespun: 3 pictures to do"
    speak("de")
    assert words(state)[3:5] == ["Warteschlange (3 in Arbeit)", "Dateien weiterlesen"]


def test_every_entry_does_what_it_says(state: TrayState, doors: Doors) -> None:
    for entry in state.snapshot().entries:
        state.do(entry.name)
    state.do("pause")

    assert doors.did == [
        "show palette", "open", "show queue", "pause True", "show settings", "leave", "pause False",
    ]  # fmt: skip


def test_only_a_change_is_told(state: TrayState) -> None:
    changes: list[int] = []
    state.subscribe(lambda: changes.append(1))
    state.jobs(0)
    state.reading(False)
    assert changes == []
    state.jobs(2)
    assert changes == [1]


def test_without_a_tray_closing_leaves_unless_something_runs(state: TrayState) -> None:
    assert state.closing_leaves(tray=False)
    assert not state.closing_leaves(tray=True)
    state.jobs(1)
    assert not state.closing_leaves(tray=False)


def test_the_menu_changes_while_it_may_be_open_and_clicks_reach_the_state(
    theme: Theme, state: TrayState, doors: Doors
) -> None:
    tray = Tray(theme, state, doors)
    actions = list(tray.menu.actions())

    state.jobs(4)
    assert wait_for(lambda: "4" in tray.icon.toolTip())
    assert tray.menu.actions() == actions
    assert [action.text() for action in actions if not action.isSeparator()][2] == "Queue (4 running)"
    for action in actions:
        if action.objectName() in ("queue", "quit"):
            action.trigger()
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert doors.did == ["show queue", "leave", "show palette"]
    tray.close()


def test_the_icon_can_be_seen_on_every_panel_and_has_a_dot_while_work_is_done() -> None:
    quiet = tray_icon(Icons(), busy=False).pixmap(22, 22).toImage()
    busy = tray_icon(Icons(), busy=True).pixmap(22, 22).toImage()

    ground = quiet.pixelColor(11, 1).name().upper()
    assert ground == tokens.LIGHT.accent
    assert min(tokens.contrast(ground, panel) for panel in ("#FFFFFF", "#101010")) > 2.5
    assert busy.pixelColor(18, 18).name().upper() == tokens.DARK.warn
    assert quiet.pixelColor(18, 18).name().upper() == tokens.LIGHT.accent
