from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.window.main.folders_page import FoldersPage
from desktop.window.theme import Theme
from desktop.words import speak
from desktop.workers import Ended
from tests.desktop.folders.test_folders_state import Page, overview, root


@pytest.fixture
def show(theme: Theme, qtbot: QtBot) -> Callable[[Page], FoldersPage]:
    def shown(page: Page) -> FoldersPage:
        made = FoldersPage(theme, page.state)
        qtbot.addWidget(made)
        made.resize(800, 900)
        made.show()
        QApplication.processEvents()
        return made

    return shown


def button(page: QWidget, words: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.text() == words and one.isVisible())


def words(page: QWidget) -> list[str]:
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible() and one.text()]


def test_without_folders_there_is_one_thing_to_do(
    show: Callable[[Page], FoldersPage], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page({"there": False, "roots": []})
    shown = show(page)
    assert "Nothing is searched yet" in words(shown)
    accents = [one for one in shown.findChildren(QPushButton) if one.isVisible() and one.property("accent")]
    assert [one.text() for one in accents] == ["Add a folder…"]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/home/ann/Documents")
    qtbot.mouseClick(accents[0], Qt.MouseButton.LeftButton)
    assert page.chores.last.told == {"paths": ["/home/ann/Documents"]}
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")  # the person thought better of it
    asked = len(page.chores.calls)
    qtbot.mouseClick(accents[0], Qt.MouseButton.LeftButton)
    assert len(page.chores.calls) == asked


def test_progress_is_shown_and_can_be_paused(show: Callable[[Page], FoldersPage], qtbot: QtBot) -> None:
    page = Page(overview(root("/home/ann/Documents", 48_000, waiting=35_520)))
    shown = show(page)
    page.index.say(Ended.PROGRESS, done=12_480, total=48_000, note="text")
    qtbot.waitUntil(lambda: "Reading your files: 12,480 of 48,000" in words(shown))
    assert "12,480 of 48,000 files read" in words(shown)
    qtbot.mouseClick(button(shown, "Pause"), Qt.MouseButton.LeftButton)
    page.index.say(Ended.CANCELLED)
    qtbot.waitUntil(lambda: "Paused" in words(shown))
    qtbot.mouseClick(button(shown, "Resume"), Qt.MouseButton.LeftButton)
    assert len(page.index.calls) == 2


def test_a_notice_has_its_buttons(show: Callable[[Page], FoldersPage], qtbot: QtBot) -> None:
    page = Page(overview(root("/home/ann/Documents")))
    shown = show(page)
    page.state.ask_to_remove("/home/ann/Documents")
    qtbot.waitUntil(shown._bar.isVisible)
    qtbot.mouseClick(button(shown, "Keep it"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not shown._bar.isVisible())
    assert not page.index.last.cancelled


def test_folders_can_be_dropped(show: Callable[[Page], FoldersPage]) -> None:
    page = Page(overview(root("/home/ann/Documents")))
    shown = show(page)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/home/ann/Music"), QUrl("https://example.org/")])
    event = QDropEvent(
        QPointF(40, 40),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    shown.dropEvent(event)
    assert page.chores.last.told == {"paths": ["/home/ann/Music"]}


def test_why_a_file_is_not_found_is_asked_with_enter(show: Callable[[Page], FoldersPage], qtbot: QtBot) -> None:
    page = Page(overview(root("/home/ann/Documents")))
    shown = show(page)
    field = shown._why.field
    qtbot.keyClicks(field, "~/a.txt")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (page.chores.last.do, page.chores.last.told) == ("index_why", {"path": "~/a.txt"})
    page.chores.say(Ended.DONE, path="/a.txt", shown="/a.txt", found=True, sentence="It can be found.", todo="")
    qtbot.waitUntil(lambda: "It can be found." in words(shown))
    field.clear()
    qtbot.waitUntil(lambda: "It can be found." not in words(shown))


def test_problems_open_and_close_and_have_their_actions(show: Callable[[Page], FoldersPage], qtbot: QtBot) -> None:
    page = Page(overview(root("/home/ann/Documents"), problems=1))
    shown = show(page)
    qtbot.mouseClick(button(shown, "Show"), Qt.MouseButton.LeftButton)
    one = {"path": "/home/ann/Documents/a.pdf", "shown": "", "state": "error", "reason": "it needs a password"}
    page.chores.say(Ended.DONE, problems=[one], total=1)
    qtbot.waitUntil(lambda: "Can't be read: it needs a password" in words(shown))
    named = {one.accessibleName(): one for one in shown.findChildren(QAbstractButton)}
    qtbot.mouseClick(named["Show in folder: a.pdf"], Qt.MouseButton.LeftButton)
    assert page.doors.asked == [("show_in_folder", Path("/home/ann/Documents/a.pdf"))]
    qtbot.mouseClick(named["Leave out: a.pdf"], Qt.MouseButton.LeftButton)
    page.index.say(Ended.CANCELLED)
    assert (page.chores.last.do, page.chores.last.told) == ("index_exclude", {"path": "/home/ann/Documents/a.pdf"})


@pytest.mark.parametrize("language", ["en", "de", "xx"])
@pytest.mark.parametrize("width", [576, 700, 1080])
def test_nothing_is_cut_off_in_any_language(theme: Theme, qtbot: QtBot, language: str, width: int) -> None:
    speak(language)
    page = Page(overview(root("/home/ann/Documents", 1_234_567), root("/media/x/Disk", 7, state="away"), problems=3))
    page.index.say(Ended.PART, held=4711, by="homespun index run --stage passages")
    page.state.ask_to_remove("/home/ann/Documents")
    shown = FoldersPage(theme, page.state)
    qtbot.addWidget(shown)
    shown.resize(width, 900)
    shown.show()
    QApplication.processEvents()
    for one in shown.findChildren(QLabel):
        if one.isVisible() and one.text():
            needed = one.heightForWidth(one.width()) if one.wordWrap() else one.sizeHint().height()
            assert one.height() >= needed, one.text()
            if not one.wordWrap():
                assert one.width() >= one.sizeHint().width(), one.text()
    for made in shown.findChildren(QPushButton):
        if made.isVisible():
            assert made.width() >= made.sizeHint().width(), made.text()
            right = made.mapTo(shown, QPoint(made.width(), 0)).x()
            assert right <= width, made.text()


def test_every_control_has_a_name(show: Callable[[Page], FoldersPage]) -> None:
    shown = show(Page(overview(root("/home/ann/Documents"), problems=2)))
    controls = [one for one in shown.findChildren(QAbstractButton) if one.isVisible()]
    assert len(controls) > 4
    for one in controls:
        assert one.accessibleName() or one.text(), one
