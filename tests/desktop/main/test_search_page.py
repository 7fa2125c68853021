from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.window.main.search_page import WITH_PREVIEW, SearchPage
from desktop.window.theme import Theme
from desktop.window.thumbnails import Pixmaps
from tests.desktop.main.test_pictures_page import Red
from tests.desktop.palette.fakes import Desk, answer, desk, hit

FOUND = (hit("b.txt", size=30), hit("A.txt", size=10), hit("c.png", kind="picture", size=20))


class Shown:
    def __init__(self, theme: Theme, qtbot: QtBot) -> None:
        self.desk: Desk = desk()
        self.page = SearchPage(theme, self.desk.state, cast(Pixmaps, Red()), folders=lambda: ["Documents"])
        self.qtbot = qtbot
        qtbot.addWidget(self.page)
        self.page.resize(1000, 700)
        self.page.show()
        self.page.shown()
        self.page.activateWindow()

    def search(self, text: str) -> None:
        self.page.field.setFocus()
        self.qtbot.keyClicks(self.page.field, text)
        self.desk.worker.last("ask").done(answer(*FOUND))
        self.settle()

    def settle(self) -> None:
        self.qtbot.wait(1)
        QApplication.processEvents()


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Iterator[Shown]:
    made = Shown(theme, qtbot)
    yield made
    made.page.hide()


def test_the_newest_files_are_there_before_anything_was_typed(shown: Shown) -> None:
    shown.desk.worker.last("recent").done(answer(*FOUND))
    shown.settle()
    assert [row.title for row in shown.page.list.rows][:3] == ["b.txt", "A.txt", "c.png"]


def test_typing_searches_and_arrows_in_the_field_move_in_the_list(shown: Shown, qtbot: QtBot) -> None:
    shown.search("letter")
    assert shown.desk.worker.last("ask").told["sentence"] == "letter"
    qtbot.keyClick(shown.page.field, Qt.Key.Key_Down)
    shown.settle()
    assert shown.desk.state.snapshot().selected == 1
    qtbot.keyClick(shown.page.field, Qt.Key.Key_Return)
    assert [what[0] for what in shown.desk.doors.done] == ["open"]


def test_a_filter_writes_into_the_field(shown: Shown) -> None:
    shown.search("letter")
    shown.page.filters["kind"].chosen.emit("kind", "kind:pdf")
    shown.settle()
    assert shown.page.field.text() == "letter kind:pdf"
    assert shown.page.filters["kind"].accessibleName() == "Kind of file: PDFs"


def test_the_table_shows_the_same_files_sorts_and_opens(shown: Shown, qtbot: QtBot) -> None:
    shown.search("letter")
    shown.page.view.chosen.emit("table")
    shown.settle()
    table = shown.page.table
    model = table.model()
    assert table.isVisible()
    assert [model.index(row, 0).data() for row in range(3)] == ["b.txt", "A.txt", "c.png"]
    table.sort_wanted.emit("size")
    shown.settle()
    assert [model.index(row, 0).data() for row in range(3)] == ["b.txt", "c.png", "A.txt"]
    assert model.headerData(3, Qt.Orientation.Horizontal, int(Qt.ItemDataRole.DisplayRole)) == "Size ↓"
    table.setFocus()
    table.selectRow(2)
    shown.settle()
    row = shown.desk.state.row
    assert row is not None
    assert row.title == "A.txt"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert shown.desk.doors.done[-1][0] == "open"


def test_letters_over_the_list_go_to_the_field(shown: Shown, qtbot: QtBot) -> None:
    shown.search("let")
    shown.page.list.setFocus()
    qtbot.keyClick(shown.page.list.view, "t")
    shown.settle()
    assert shown.page.field.text() == "lett"
    assert shown.page.field.hasFocus()


def test_escape_empties_the_field(shown: Shown, qtbot: QtBot) -> None:
    shown.search("letter")
    qtbot.keyClick(shown.page.field, Qt.Key.Key_Escape)
    assert shown.desk.state.snapshot().text == ""
    assert shown.page.field.text() == ""


def test_without_a_file_there_is_nothing_to_preview(shown: Shown) -> None:
    shown.search("letter")
    assert shown.page._side.isVisible()
    shown.desk.search("zebra")
    shown.settle()
    assert not shown.page._side.isVisible()


def test_a_narrow_page_is_for_the_list_alone(shown: Shown) -> None:
    shown.search("letter")
    assert shown.page._side.isVisible()
    shown.page.resize(WITH_PREVIEW - 1, 700)
    shown.settle()
    assert not shown.page._side.isVisible()


def test_the_actions_are_those_of_the_palette(shown: Shown, qtbot: QtBot) -> None:
    shown.search("letter")
    shown.desk.state.select(2)
    qtbot.keyClick(shown.page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    shown.settle()
    assert shown.desk.doors.done[-1][0] == "edit"


def test_the_table_gives_names_the_most_room(shown: Shown) -> None:
    shown.search("letter")
    shown.page.view.chosen.emit("table")
    shown.settle()
    widths = [shown.page.table.columnWidth(column) for column in range(4)]
    assert sum(widths) == shown.page.table.viewport().width()
    assert widths[0] == max(widths)
