"""A window on no screen, and an editor's state that only notes what it is asked."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.state.editing.snapshot import EditorSnapshot
from desktop.window.editor.canvas import CanvasView
from desktop.window.editor.window import EditorWindow
from desktop.window.theme import Theme
from desktop.window.tokens import LIGHT
from desktop.words import speak
from tests.desktop.editor.fake_editor import FakeDoors, FakeEditor, ready


@pytest.fixture(scope="session")
def editor_theme(qapp: QApplication) -> Theme:
    """The light look, without motion."""
    return Theme(qapp, LIGHT, motion=False)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    speak("en")
    yield
    speak("en")


class Shown:
    """An editor's window with its fake state."""

    def __init__(self, window: EditorWindow, state: FakeEditor, doors: FakeDoors, bot: QtBot) -> None:
        self.window, self.state, self.doors, self.bot = window, state, doors, bot
        self.canvas = window.canvas

    def show(self, **changes: object) -> None:
        """Change what the state shows, and wait until the window shows it."""
        with self.bot.waitSignal(self.window._bound.changed):
            self.state.show(**changes)


@pytest.fixture
def editor(qtbot: QtBot, editor_theme: Theme) -> Iterator[Callable[..., Shown]]:
    """Open an editor's window on a snapshot (a small picture otherwise)."""
    made: list[EditorWindow] = []

    def open_(snapshot: EditorSnapshot | None = None, size: tuple[int, int] = (1080, 700)) -> Shown:
        state, doors = FakeEditor(snapshot or ready()), FakeDoors()
        window = EditorWindow(editor_theme, state, doors)
        window.resize(*size)
        with qtbot.waitExposed(window):
            window.show()
        window.canvas.setFocus()
        made.append(window)
        return Shown(window, state, doors, qtbot)

    yield open_
    for window in made:
        window._leaving = True
        window.close()
        window.deleteLater()


@pytest.fixture
def canvas(qtbot: QtBot, editor_theme: Theme) -> Callable[..., tuple[CanvasView, FakeEditor]]:
    """A canvas alone; `density` as on a screen with larger pixels."""

    def make(
        snapshot: EditorSnapshot, size: tuple[int, int] = (640, 480), density: float = 1.0
    ) -> tuple[CanvasView, FakeEditor]:
        class Dense(CanvasView):
            @property
            def density(self) -> float:
                return density

        state = FakeEditor(snapshot)
        made = Dense(editor_theme, state)
        qtbot.addWidget(made)
        made.resize(*size)
        made.show()
        made.show_snapshot(snapshot)
        state.subscribe(lambda: made.show_snapshot(state.snapshot()))
        return made, state

    return make
