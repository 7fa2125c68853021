"""A window on no screen, an editor's state that only notes what it is asked, and real ones with their process or without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop.state.editing.snapshot import EditorSnapshot
from desktop.window.editor.canvas import CanvasView
from desktop.window.editor.window import EditorWindow
from desktop.window.theme import Theme
from tests.desktop.editor.desk import SAMPLES, Desk
from tests.desktop.editor.fake_editor import FakeDoors, FakeEditor, ready
from tests.desktop.editor.fake_process import Stage
from tests.desktop.editor.service import Service


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A state with a fake process, and a picture open."""
    one = Stage(tmp_path)
    one.open()
    yield one
    one.process.sweep()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """`folders().data` of the desks."""
    return tmp_path / "data"


@pytest.fixture
def desk(data: Path, tmp_path: Path) -> Iterator[Desk]:
    """A state with the real document process."""
    one = Desk(data, log=tmp_path / "worker.log")
    yield one
    one.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A small photo in a folder of its own."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    with Image.open(SAMPLES / "welcome-sign.jpg") as image:
        image.convert("RGB").resize((240, 160)).save(folder / "sign.jpg", quality=92)
    return folder / "sign.jpg"


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """The document service inside this process."""
    return Service(tmp_path)


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
def editor(qtbot: QtBot, theme: Theme) -> Iterator[Callable[..., Shown]]:
    """Open an editor's window on a snapshot (a small picture otherwise)."""
    made: list[EditorWindow] = []

    def open_(snapshot: EditorSnapshot | None = None, size: tuple[int, int] = (1080, 700)) -> Shown:
        state, doors = FakeEditor(snapshot or ready()), FakeDoors()
        window = EditorWindow(theme, state, doors)
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
def canvas(qtbot: QtBot, theme: Theme) -> Callable[..., tuple[CanvasView, FakeEditor]]:
    """A canvas alone; `density` as on a screen with larger pixels."""

    def make(
        snapshot: EditorSnapshot, size: tuple[int, int] = (640, 480), density: float = 1.0
    ) -> tuple[CanvasView, FakeEditor]:
        class Dense(CanvasView):
            @property
            def density(self) -> float:
                return density

        state = FakeEditor(snapshot)
        made = Dense(theme, state)
        qtbot.addWidget(made)
        made.resize(*size)
        made.show()
        made.show_snapshot(snapshot)
        state.subscribe(lambda: made.show_snapshot(state.snapshot()))
        return made, state

    return make
