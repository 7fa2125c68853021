from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.state.pictures import PicturesState
from desktop.window.main.pictures_page import PicturesPage
from desktop.window.theme import Theme
from desktop.window.thumbnails import Pixmaps
from desktop.workers import Ended, Event, WorkerProcess
from tests.desktop.main.fakes import KnownDoors, KnownTime, KnownWorker
from tests.desktop.main.test_pictures_state import hit


class Red(QObject):
    """One red picture for every file but those that are called missing."""

    arrived = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[Path] = set()
        self._pixmap = QPixmap(256, 171)
        self._pixmap.fill(QColor("#FF0000"))

    def pixmap(self, path: Path, _size: int, _density: float = 1.0) -> QPixmap | None:
        self.asked.add(path)
        return self._pixmap

    def missing(self, _path: Path) -> bool:
        return False


class Chores:
    """Answers at once with as many pictures as there are, a month for each thousand."""

    def __init__(self, total: int) -> None:
        self.total, self.folders, self.first = total, True, 0

    def ask(self, _do: str, told: dict[str, Any], then: Any) -> None:
        dated = int(datetime(2026, 11, 15, 12).astimezone().timestamp())
        numbers = range(told["offset"], min(self.total, told["offset"] + told["limit"]))
        counts = [min(1_000, self.total - start) for start in range(0, self.total, 1_000)]
        months = [[2026 - place // 12, 12 - place % 12, count] for place, count in enumerate(counts)]
        pictures = [[f"/p/{self.first + n}.jpg", f"{self.first + n}.jpg", dated] for n in numbers]
        answer = {"stamp": f"{self.total} {self.first}", "total": self.total, "folders": self.folders}
        then(Event(Ended.DONE, {**answer, "pictures": pictures, "months": months}))


class Shown:
    def __init__(self, theme: Theme, qtbot: QtBot, total: int) -> None:
        self.chores, self.search = Chores(total), KnownWorker()
        self.doors, self.clock, self.pixmaps = KnownDoors(), KnownTime(), Red()
        worker = cast(WorkerProcess, self.search)
        self.state = PicturesState(cast(KnownWorker, self.chores), worker, self.clock.later, self.doors)
        self.page = PicturesPage(theme, self.state, self.doors, cast(Pixmaps, self.pixmaps))
        qtbot.addWidget(self.page)
        self.page.resize(900, 700)
        self.page.show()
        self.page.shown()
        qtbot.waitUntil(lambda: self.state.snapshot().total == self.grid._layout.firsts[-1])
        QApplication.processEvents()

    @property
    def grid(self):  # type: ignore[no-untyped-def]
        return self.page.grid

    def middle(self, row: int) -> QPoint:
        place: QPoint = self.grid._where(row).center()
        return place

    def click(self, qtbot: QtBot, row: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.mouseClick(self.grid.viewport(), Qt.MouseButton.LeftButton, keys, self.middle(row))


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Shown:
    return Shown(theme, qtbot, 50)


def test_clicks_choose_as_everywhere(shown: Shown, qtbot: QtBot) -> None:
    shown.click(qtbot, 2)
    assert shown.grid.rows() == [2]
    shown.click(qtbot, 5, Qt.KeyboardModifier.ShiftModifier)
    assert shown.grid.rows() == [2, 3, 4, 5]
    shown.click(qtbot, 3, Qt.KeyboardModifier.ControlModifier)
    assert shown.grid.rows() == [2, 4, 5]
    shown.click(qtbot, 4)
    assert shown.grid.rows() == [4]
    qtbot.mouseClick(shown.grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert shown.grid.rows() == []


def test_the_keyboard_moves_chooses_and_opens(shown: Shown, qtbot: QtBot) -> None:
    grid = shown.grid
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert grid.rows() == [1]
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert grid.rows() == [1 + grid.columns]
    qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert grid.count() == 2
    qtbot.keyClick(grid, Qt.Key.Key_End)
    assert grid.rows() == [49]
    assert shown.grid.viewport().rect().contains(grid._where(49))
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert shown.doors.asked == [("edit", (Path("/p/49.jpg"),), "erase")]
    qtbot.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert grid.count() == 50
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    assert grid.count() == 0


def test_several_that_are_chosen_go_to_the_queue_by_the_tray(shown: Shown, qtbot: QtBot) -> None:
    tray = shown.page._tray
    assert not tray.isVisible()
    shown.click(qtbot, 0)
    shown.click(qtbot, 1, Qt.KeyboardModifier.ControlModifier)
    assert tray.isVisible()
    assert tray._words.text() == "2 pictures chosen"
    qtbot.mouseClick(tray.enlarge, Qt.MouseButton.LeftButton)
    assert shown.doors.asked == [("enqueue", (Path("/p/0.jpg"), Path("/p/1.jpg")))]
    qtbot.mouseClick(tray.clear, Qt.MouseButton.LeftButton)
    assert not tray.isVisible()


def test_a_double_click_edits(shown: Shown, qtbot: QtBot) -> None:
    qtbot.mouseDClick(shown.grid.viewport(), Qt.MouseButton.LeftButton, pos=shown.middle(4))
    assert shown.doors.asked == [("edit", (Path("/p/4.jpg"),), "erase")]


def test_what_was_chosen_stays_chosen_when_a_new_picture_comes(shown: Shown, qtbot: QtBot) -> None:
    shown.click(qtbot, 4)
    shown.chores.first, shown.chores.total = -1, 51
    shown.state.look()
    qtbot.waitUntil(lambda: shown.grid._layout.firsts[-1] == 51)
    assert shown.grid.rows() == [5]
    chosen = shown.state.at(5)
    assert chosen is not None
    assert chosen.name == "4.jpg"


def test_words_are_searched_when_the_person_stops_typing(shown: Shown, qtbot: QtBot) -> None:
    qtbot.keyClicks(shown.page.field, "cat")
    qtbot.waitUntil(lambda: bool(shown.search.calls))
    assert [call.told["sentence"] for call in shown.search.calls] == ["kind:photo cat"]
    shown.search.say(Ended.DONE, index="ready", hits=[hit("cat.jpg")])
    qtbot.waitUntil(lambda: shown.grid._layout.firsts[-1] == 1)
    qtbot.keyClick(shown.page.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shown.grid._layout.firsts[-1] == 50)


def test_an_empty_page_offers_what_to_do(theme: Theme, qtbot: QtBot) -> None:
    shown = Shown(theme, qtbot, 0)
    blank = shown.page._blank
    qtbot.waitUntil(blank.isVisible)
    assert blank._head.text() == "No pictures in your folders yet"
    qtbot.mouseClick(blank._folders, Qt.MouseButton.LeftButton)
    assert shown.doors.asked == [("show", "folders")]


def test_a_hundred_thousand_pictures_scroll_resize_and_are_chosen_without_a_stall(theme: Theme, qtbot: QtBot) -> None:
    shown = Shown(theme, qtbot, 100_000)
    grid, bar = shown.grid, shown.grid.verticalScrollBar()
    slowest = 0.0

    def timed(what: Any) -> None:
        nonlocal slowest
        started = time.process_time()
        what()
        QApplication.processEvents()
        slowest = max(slowest, time.process_time() - started)

    for place in (0.1, 0.5, 0.9, 1.0):
        timed(lambda place=place: bar.setValue(int(bar.maximum() * place)))
        timed(grid.viewport().repaint)
    assert Path("/p/99999.jpg") in shown.pixmaps.asked
    assert len(shown.pixmaps.asked) < 400  # what is not seen is not asked for
    for width in (700, 1100, 900):
        timed(lambda width=width: shown.page.resize(width, 700))
    timed(lambda: grid._select(0, 99_999))
    assert grid.count() == 100_000
    assert slowest < 0.25


def test_the_month_is_said_while_one_scrolls(theme: Theme, qtbot: QtBot) -> None:
    shown = Shown(theme, qtbot, 3_500)
    assert shown.page._month.text() == ""
    bar = shown.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert shown.page._month.text() == "September 2026"
    bar.setValue(0)
    assert shown.page._month.text() == ""
