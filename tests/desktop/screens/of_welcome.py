"""The first run in every state that it has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.window.theme import Theme
from desktop.window.welcome import WelcomeWindow
from desktop.words import say
from desktop.workers import Ended, Event
from tests.desktop.preferences.parts import MENUS
from tests.desktop.screens.registry import Made, screen
from tests.desktop.welcome.test_welcome_state import Run


def _welcome(theme: Theme, folder: Path, act: Callable[[Run], None]) -> Made:
    run = Run()
    window = WelcomeWindow(theme, run.state)
    window.show()
    act(run)
    return window, [run, folder]


@screen("welcome-folders")
def _welcome_folders(theme: Theme, folder: Path) -> Made:
    return _welcome(theme, folder, lambda run: run.state.tick("/home/ann/Documents", on=True))


@screen("welcome-key")
def _welcome_key(theme: Theme, folder: Path) -> Made:
    def act(run: Run) -> None:
        run.taken["Ctrl+Alt+K"] = say("platform.key_unsupported", command="homespun palette")
        run.state.skip()
        run.state.record("Ctrl+Alt+K")

    return _welcome(theme, folder, act)


@screen("welcome-menus")
def _welcome_menus(theme: Theme, folder: Path) -> Made:
    def act(run: Run) -> None:
        run.state.tick("/home/ann/Documents", on=True)
        run.asked("menus").then(Event(Ended.DONE, MENUS))
        run.state.next()
        run.state.tick_menus(on=True)

    return _welcome(theme, folder, act)


@screen("welcome-error")
def _welcome_error(theme: Theme, folder: Path) -> Made:
    def act(run: Run) -> None:
        run.state.skip()
        run.state.skip()
        run.asked("sample").then(Event(Ended.DIED, {"what": "", "todo": "", "code": 1, "error": "Died"}))

    return _welcome(theme, folder, act)
