"""The whole way, with the real process and the real filler: open, paint, erase, look at both, save; nothing is lost."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import desktop
from desktop.state.editor import EditorState
from desktop.window.bound import Poster, later
from desktop.window.editor import EditorWindow
from desktop.window.editor.dropping import Brought
from desktop.window.theme import Theme
from desktop.workers import WorkerProcess
from homespun.folders import folders
from homespun.settings import Settings
from tests.desktop.editor.fake_editor import FakeDoors

SECONDS = 120_000
"""Milliseconds; the filler is compiled the first time."""


@pytest.fixture
def opened(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Callable[[Path], EditorWindow]]:
    """Open a window with a document process of its own."""
    poster = Poster()
    made: list[EditorWindow] = []
    process = WorkerProcess("document", poster.post)

    def open_(path: Path) -> EditorWindow:
        state = EditorState(process, later, FakeDoors(), Settings, folders().data)
        window = EditorWindow(theme, state, FakeDoors())
        made.append(window)
        window.show()
        window.deeds.take(Brought(files=(path,)))
        qtbot.waitUntil(lambda: state.snapshot().stage == "ready", timeout=SECONDS)
        return window

    yield open_
    for window in made:
        window._leaving = True
        window.close()
    qtbot.waitUntil(lambda: not process.running, timeout=SECONDS)


def test_from_a_file_to_a_copy_without_the_thing_in_it(
    opened: Callable[[Path], EditorWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    source = tmp_path / "sign.jpg"
    shutil.copy(Path(desktop.__file__).parent / "samples" / "welcome-sign.jpg", source)
    before = hashlib.sha256(source.read_bytes()).digest()
    window = opened(source)
    state, canvas = window._state, window.canvas
    width, height = state.snapshot().width, state.snapshot().height
    state.set_brush(max(12, width // 40))
    points = [
        QPoint(*(round(at) for at in canvas.camera.to_view(width * (0.4 + 0.02 * step), height * 0.3)))
        for step in range(6)
    ]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(canvas, point)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=points[-1])
    qtbot.waitUntil(window.tools._act.button.isEnabled, timeout=SECONDS)
    middle = canvas.camera.to_view(width * 0.45, height * 0.3)
    where = QPoint(round(middle[0]), round(middle[1]))

    QTest.keyClick(canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state.snapshot().done is not None, timeout=SECONDS)
    qtbot.waitUntil(window.notices.isVisible, timeout=SECONDS)
    assert window.notices.words == state.snapshot().done.words  # type: ignore[union-attr]
    assert window.windowTitle().startswith("[*]")
    assert not canvas._ants.there
    canvas._hover_at(None)
    after = canvas.grab().toImage().pixelColor(where)

    QTest.keyPress(canvas, Qt.Key.Key_Backslash)
    qtbot.waitUntil(
        lambda: state.snapshot().original is not None and canvas.snapshot.compare == "hold", timeout=SECONDS
    )
    original = state.snapshot().original
    assert original is not None
    assert (original.width, original.height) == (width, height)
    QTest.keyRelease(canvas, Qt.Key.Key_Backslash)
    qtbot.waitUntil(lambda: canvas.snapshot.compare == "off", timeout=SECONDS)
    assert canvas.grab().toImage().pixelColor(where) == after

    QTest.keyClick(canvas, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not state.snapshot().unsaved, timeout=SECONDS)
    copies = [path for path in tmp_path.glob("sign*.jpg") if path != source]
    assert len(copies) == 1
    assert hashlib.sha256(source.read_bytes()).digest() == before
