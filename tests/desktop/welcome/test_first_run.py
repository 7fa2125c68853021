"""The first run in a real window with real processes: from the launch to the first thing erased."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.state.folders import FoldersState
from desktop.state.welcome import WelcomeState
from desktop.window.bound import Poster
from desktop.window.theme import Theme
from desktop.window.welcome import HEIGHT, WIDTH, WelcomeWindow
from desktop.workers import WorkerProcess
from tests.desktop.main.fakes import KnownDoors
from tests.desktop.turns import end
from tests.desktop.welcome.test_welcome_state import Keeping


class Running:
    def __init__(self, theme: Theme, places: list[tuple[str, str]]) -> None:
        poster = Poster(theme)
        self.chores, self.index = (WorkerProcess(name, poster.post) for name in ("chores", "index"))
        self.doors, self.kept = KnownDoors(), Keeping()

        def later(seconds: float, then: object) -> None:
            QTimer.singleShot(int(seconds * 1000), then)  # type: ignore[call-overload]

        self.folders = FoldersState(self.chores, self.index, later, self.doors)
        self.state = WelcomeState(
            self.chores,
            self.folders,
            self.kept,
            later,
            self.doors,
            hotkey=lambda key: "It belongs to another program." if key == "Ctrl+Alt+K" else None,
            places=lambda: places,
        )
        self.window = WelcomeWindow(theme, self.state)

    def close(self) -> None:
        self.window.hide()
        end(self.chores, self.index)


@pytest.fixture
def running(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Running]:
    letters = tmp_path / "Letters"
    letters.mkdir()
    for number in range(5):
        (letters / f"{number}.txt").write_text(f"Letter {number} about the lake.")
    made = Running(theme, [(str(letters), "Letters"), (str(tmp_path / "gone"), "Gone")])
    qtbot.addWidget(made.window)
    yield made
    made.close()


def test_from_the_launch_to_the_first_thing_erased_in_under_a_minute(running: Running, qtbot: QtBot) -> None:
    started = time.monotonic()
    window = running.window
    window.show()
    assert (window.width(), window.height()) == (WIDTH, HEIGHT)
    state = running.state
    qtbot.waitUntil(lambda: [one.count for one in state.snapshot().choices] == ["5 files"], timeout=20_000)
    qtbot.waitUntil(lambda: len(window.folders._lines) == 1)
    [line] = window.folders._lines.values()
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)  # the whole line is the box
    qtbot.waitUntil(window.next.isEnabled)
    qtbot.mouseClick(window.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window._step == 1)
    qtbot.keyClick(window, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: state.snapshot().key_words == "That works.")
    qtbot.mouseClick(window.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.next.text() == "Erase it" and window.next.isEnabled(), timeout=60_000)
    before = window.trying.photo.grab().toImage()
    qtbot.mouseClick(window.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: state.snapshot().stage == "done", timeout=120_000)
    took = time.monotonic() - started
    qtbot.waitUntil(lambda: window.next.text() == "Open the search")
    after = window.trying.photo.grab().toImage()
    assert _brown(before) > 20 * max(1, _brown(after))  # the sign is gone, in the window itself
    assert took < 60, f"{took:.0f} s"
    qtbot.waitUntil(lambda: running.folders.any_folder, timeout=20_000)  # and the folder is read meanwhile
    qtbot.mouseClick(window.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.isVisible())
    assert ("show", "palette") in running.doors.asked
    assert state.seen


def _brown(image) -> int:  # type: ignore[no-untyped-def]
    """Pixels of the sign's dark wood where the sky should be, with or without the mask's blue over it."""
    dark = 0
    for y in range(int(image.height() * 0.40), int(image.height() * 0.60), 2):
        for x in range(int(image.width() * 0.15), int(image.width() * 0.42), 2):
            dark += QColor(image.pixel(x, y)).lightness() < 90
    return dark


def test_it_can_be_skipped_with_the_keyboard_alone(running: Running, qtbot: QtBot) -> None:
    window = running.window
    window.show()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window._step == 1)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window._step == 2)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.isVisible())
    assert running.state.seen
    assert running.doors.asked == [("show", "search")]


def test_closing_the_window_counts_as_seen(running: Running, qtbot: QtBot) -> None:
    running.window.show()
    running.window.close()
    QApplication.processEvents()
    assert running.state.seen
