"""The whole way of filling, in a real window with the real process: mark, say what, choose among two, save; the file tells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import models
from desktop.state.editor import EditorState
from desktop.window.bound import Poster, later
from desktop.window.editor import EditorWindow
from desktop.window.theme import Theme
from desktop.workers import WorkerProcess
from homespun.folders import folders
from homespun.settings import Settings
from tests.desktop.editor.fake_editor import FakeDoors
from tests.engines.diffusion.installed import install

SECONDS = 120_000
"""Milliseconds that anything may take on a busy machine."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer of its own, before the process starts."""
    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def window(home: Path, qtbot: QtBot, theme: Theme) -> Iterator[EditorWindow]:
    """An editor with a photo open, on a computer where nothing fills yet."""
    noise = np.random.default_rng(4).integers(90, 160, (160, 240, 3)).astype(np.uint8)
    Image.fromarray(noise).save(home / "garden.jpg", quality=95)
    poster = Poster()
    process = WorkerProcess("document", poster.post)
    state = EditorState(process, later, FakeDoors(), Settings, folders().data)
    made = EditorWindow(theme, state, FakeDoors())
    made.show()
    state.open(home / "garden.jpg")
    qtbot.waitUntil(lambda: state.snapshot().stage == "ready", timeout=SECONDS)
    yield made
    made._leaving = True
    made.close()
    qtbot.waitUntil(lambda: not process.running, timeout=SECONDS)


def drag(window: EditorWindow, *places: tuple[float, float]) -> None:
    """Paint from place to place of the picture."""
    canvas = window.canvas
    points = [QPoint(*(round(at) for at in canvas.camera.to_view(x, y))) for x, y in places]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(canvas, point)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=points[-1])


def pixels(path: Path) -> NDArray[np.int64]:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB")).astype(np.int64)


def test_from_a_mark_and_a_word_to_a_file_that_says_what_was_painted(
    window: EditorWindow, qtbot: QtBot, home: Path
) -> None:
    state, canvas, tools = window._state, window.canvas, window.tools
    assert isinstance(state, EditorState)
    qtbot.waitUntil(lambda: bool(state.choices.qualities), timeout=SECONDS)
    assert not tools._tools["fill"].isVisible()
    install()
    state.look_at_models()  # as the app does when a model came
    qtbot.waitUntil(tools._tools["fill"].isVisible, timeout=SECONDS)

    state.set_brush(24)
    drag(window, (90, 70), (110, 70), (130, 80))
    qtbot.waitUntil(lambda: not window.canvas.snapshot.mask_empty, timeout=SECONDS)
    QTest.keyClick(canvas, Qt.Key.Key_F)
    line = tools._words.field
    qtbot.waitUntil(line.hasFocus, timeout=SECONDS)
    QTest.keyClicks(line, "a nude statue of a bird")
    state.set_variants(2)
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(canvas.hasFocus, timeout=SECONDS)
    qtbot.waitUntil(lambda: state.snapshot().done is not None, timeout=SECONDS)
    qtbot.waitUntil(window.notices.isVisible, timeout=SECONDS)

    done = state.snapshot().done
    assert done is not None
    assert (done.variants, done.current) == (("1", "2"), 0)
    assert "The guard took “nude” out of the words (explicit content)." in window.notices._note.text()
    canvas._hover_at(None)
    first = canvas.grab().toImage()
    QTest.keyClick(canvas, Qt.Key.Key_Period)
    qtbot.waitUntil(lambda: canvas.snapshot.done is not None and canvas.snapshot.done.current == 1, timeout=SECONDS)
    assert canvas.grab().toImage() != first

    QTest.keyClick(canvas, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not state.snapshot().unsaved, timeout=SECONDS)
    saved = home / "garden (filled).jpg"
    with Image.open(saved) as image:
        told = bytes(image.info["xmp"]).decode()
    assert "compositeWithTrainedAlgorithmicMedia" in told
    assert "a nude statue of a bird; seed 1; tiny" in told
    changed = abs(pixels(saved) - pixels(home / "garden.jpg")).max(axis=2) > 60
    assert changed[60:85, 85:135].any()

    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not state.snapshot().edited and not state.snapshot().mask_empty, timeout=SECONDS)


def test_a_model_that_goes_takes_the_tool_with_it(window: EditorWindow, qtbot: QtBot) -> None:
    state, tools = window._state, window.tools
    assert isinstance(state, EditorState)
    install()
    state.look_at_models()
    qtbot.waitUntil(tools._tools["fill"].isVisible, timeout=SECONDS)
    state.set_tool("fill")
    models.remove("erase-best")
    state.look_at_models()
    qtbot.waitUntil(lambda: not tools._tools["fill"].isVisible(), timeout=SECONDS)
    assert state.snapshot().tool == "erase"
