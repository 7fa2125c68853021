"""The palette's window among fakes: keys, rows, what is shown, what a screen reader hears."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QImage, QKeySequence, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.state.rows import Row
from desktop.window.palette import HitList, PaletteWindow
from desktop.window.palette.painting import runs
from desktop.window.theme import Theme
from desktop.window.tokens import DARK, LIGHT, Tokens
from desktop.words import speak
from tests.desktop.palette.fakes import Desk, answer, hit

CATS = (hit("cat one.txt"), hit("cat two.txt"), hit("cat three.txt"), hit("cat.png", kind="picture"))
DATE = {"part": "date", "label": "x", "start": 4, "end": 20, "after": "2026-06-01", "before": "2026-09-01"}


class Pictures(QObject):
    """One red picture for every file."""

    arrived = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[Path, int]] = []

    def pixmap(self, path: Path, size: int, density: float = 1.0) -> QPixmap | None:
        self.asked.append((path, size))
        pixmap = QPixmap(round(size * density), round(size * density))
        pixmap.fill(QColor("#FF0000"))
        pixmap.setDevicePixelRatio(density)
        return pixmap


@pytest.fixture
def window(theme: Theme, desk: Desk, qtbot: QtBot) -> Iterator[PaletteWindow]:
    """A shown palette."""
    pictures = Pictures()
    made = PaletteWindow(theme, desk.state, pictures)
    made.pictures = pictures  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    made.summon()
    yield made
    made.hide()


def settle(qtbot: QtBot) -> None:
    """Let the state's change be shown."""
    qtbot.wait(1)
    QApplication.processEvents()


def typed(window: PaletteWindow, desk: Desk, qtbot: QtBot, text: str, *hits: dict[str, Any], **more: Any) -> None:
    """Type as a person does, and have the search answer."""
    qtbot.keyClicks(window.query, text)
    desk.worker.last("ask").done(answer(*hits, **more))
    settle(qtbot)


def test_it_can_be_typed_into_at_once(window: PaletteWindow, desk: Desk, qtbot: QtBot) -> None:
    assert window.query.hasFocus()
    typed(window, desk, qtbot, "cat", *CATS)
    assert [row.title for row in window.list.rows] == ["cat one.txt", "cat two.txt", "cat three.txt", "cat.png"]


def test_a_key_that_nobody_knows_is_let_go_wherever_the_focus_is(
    window: PaletteWindow, desk: Desk, qtbot: QtBot
) -> None:
    typed(window, desk, qtbot, "cat", *CATS)
    window.list.view.setFocus()
    with qtbot.captureExceptions() as raised:
        qtbot.keyClick(window.list.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert raised == []
    assert window.query.text() == "cat"


def test_arrows_move_the_list_while_the_query_keeps_the_focus(window: PaletteWindow, desk: Desk, qtbot: QtBot) -> None:
    typed(window, desk, qtbot, "cat", *CATS)
    qtbot.keyClick(window.query, Qt.Key.Key_Down)
    qtbot.keyClick(window.query, Qt.Key.Key_Down)
    qtbot.keyClick(window.query, Qt.Key.Key_Up)
    settle(qtbot)
    assert window.list.view.currentIndex().row() == 1
    assert window.query.hasFocus()
    assert window.query.text() == "cat"


@pytest.mark.parametrize(
    ("keys", "done"),
    [
        ("Return", ("open",)),
        ("Ctrl+Return", ("show_in_folder",)),
        ("Ctrl+E", ("edit", "erase")),
        ("Ctrl+C", ("copy",)),
        ("Ctrl+Shift+C", ("copy_text",)),
    ],
)
def test_each_key_does_what_it_says(
    window: PaletteWindow, desk: Desk, qtbot: QtBot, keys: str, done: tuple[str, ...]
) -> None:
    typed(window, desk, qtbot, "cat", CATS[3])
    pressed = QKeySequence(keys)[0]  # type: ignore[index]  # the stubs don't know that it can be indexed
    qtbot.keyClick(window.query, pressed.key(), pressed.keyboardModifiers())
    assert desk.doors.done[-1][: len(done)] == done


def test_ctrl_c_copies_chosen_text_and_no_file(window: PaletteWindow, desk: Desk, qtbot: QtBot) -> None:
    typed(window, desk, qtbot, "cat", *CATS)
    window.query.selectAll()
    qtbot.keyClick(window.query, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert desk.doors.done == []


def test_alt_and_a_number_opens_that_row(window: PaletteWindow, desk: Desk, qtbot: QtBot) -> None:
    typed(window, desk, qtbot, "cat", *CATS)
    qtbot.keyClick(window.query, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert desk.doors.done == [("open", Path("/home/clara/Documents/cat three.txt"))]


def test_backspace_at_the_start_takes_the_last_chip_back(window: PaletteWindow, desk: Desk, qtbot: QtBot) -> None:
    typed(window, desk, qtbot, "cat from last summer", *CATS, chips=[DATE])
    qtbot.keyClick(window.query, Qt.Key.Key_Home)
    qtbot.keyClick(window.query, Qt.Key.Key_Backspace)
    assert desk.worker.last("ask").told["plain"] == [[4, 20]]
    assert window.query.text() == "cat from last summer"


def test_escape_clears_and_then_hides_and_says_so(window: PaletteWindow, desk: Desk, qtbot: QtBot) -> None:
    typed(window, desk, qtbot, "cat", *CATS)
    qtbot.keyClick(window.query, Qt.Key.Key_Escape)
    settle(qtbot)
    assert (window.query.text(), window.isVisible()) == ("", True)
    with qtbot.waitSignal(window.dismissed, timeout=1000):
        qtbot.keyClick(window.query, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_shown_again_the_query_is_chosen_to_be_typed_over(window: PaletteWindow, desk: Desk, qtbot: QtBot) -> None:
    typed(window, desk, qtbot, "cat", *CATS)
    window.dismiss()
    window.summon()
    assert window.query.selectedText() == "cat"
    assert len(window.list.rows) == 4


def test_tab_goes_from_the_query_to_the_chips_and_the_list_and_typing_comes_back(
    window: PaletteWindow, desk: Desk, qtbot: QtBot
) -> None:
    typed(window, desk, qtbot, "cat from last summer", *CATS, chips=[DATE])
    qtbot.keyClick(window.query, Qt.Key.Key_Tab)
    chip = QApplication.focusWidget()
    assert chip is not None
    assert "June – August 2026" in chip.accessibleName()
    qtbot.keyClick(chip, Qt.Key.Key_Tab)
    assert window.list.view.hasFocus()
    qtbot.keyClick(window.list.view, Qt.Key.Key_Space)
    settle(qtbot)
    assert desk.state.snapshot().large
    qtbot.keyClick(window.list.view, Qt.Key.Key_Escape)
    settle(qtbot)
    assert not desk.state.snapshot().large
    qtbot.keyClick(window.list.view, Qt.Key.Key_X)
    assert window.query.text() == "cat from last summerx"
    assert window.query.hasFocus()


def test_a_double_click_opens_and_a_click_only_chooses(window: PaletteWindow, desk: Desk, qtbot: QtBot) -> None:
    typed(window, desk, qtbot, "cat", *CATS)
    view = window.list.view
    place = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.state.snapshot().selected == 1
    assert desk.doors.done == []
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.doors.done == [("open", Path("/home/clara/Documents/cat two.txt"))]


def test_the_list_of_actions_lies_inside_the_window_and_the_keyboard_stays(
    window: PaletteWindow, desk: Desk, qtbot: QtBot
) -> None:
    typed(window, desk, qtbot, "cat", CATS[3])
    qtbot.keyClick(window.query, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot)
    assert window.panel.isVisible()
    assert window.rect().contains(window.panel.geometry())
    assert window.query.hasFocus()
    qtbot.keyClick(window.query, Qt.Key.Key_Down)
    qtbot.keyClick(window.query, Qt.Key.Key_Down)
    qtbot.keyClick(window.query, Qt.Key.Key_Return)
    assert desk.doors.done == [("show_in_folder", Path("/home/clara/Documents/cat.png"))]


def test_a_longer_answer_does_not_scroll_the_list_away(window: PaletteWindow, desk: Desk, qtbot: QtBot) -> None:
    many = [hit(f"cat {number}.txt") for number in range(60)]
    qtbot.keyClicks(window.query, "cat")
    desk.worker.last("ask").part(answer(*many[:40], complete=False))
    desk.state.move(20)
    settle(qtbot)
    view = window.list.view
    before = view.visualRect(view.currentIndex()).top()
    desk.worker.last("ask").done(answer(hit("kitten.txt"), *many))
    settle(qtbot)
    assert view.visualRect(view.currentIndex()).top() == before
    assert view.currentIndex().row() == 20


def test_the_chosen_row_is_always_wholly_seen(window: PaletteWindow, desk: Desk, qtbot: QtBot) -> None:
    typed(window, desk, qtbot, "cat", *(hit(f"cat {number}.txt") for number in range(200)))
    view = window.list.view
    for _ in range(40):
        qtbot.keyClick(window.query, Qt.Key.Key_Down)
    settle(qtbot)
    place = view.visualRect(view.currentIndex())
    assert place.top() >= 0
    assert place.bottom() <= view.viewport().height()


def test_a_screen_reader_hears_rows_and_controls(window: PaletteWindow, desk: Desk, qtbot: QtBot) -> None:
    typed(window, desk, qtbot, "cat", hit("cat.pdf", kind="pdf", why=[["date", ""]]))
    rows = QAccessible.queryAccessibleInterface(window.list.view)
    row = rows.child(0)
    assert row.text(QAccessible.Text.Name) == "cat.pdf, PDF, 12 Jul, Date fits, Documents"
    for control in (window.query, window.list.view, window.preview.text):
        assert control.accessibleName()


def test_files_can_be_dragged_out_and_things_to_do_can_not(theme: Theme, qtbot: QtBot) -> None:
    made = HitList(theme, Pictures())
    qtbot.addWidget(made)
    made.show_rows([Row("a.txt", Path("/x/a.txt")), Row("Do it", do="it")], 0)
    model = made.view.model()
    assert model.mimeData([model.index(0, 0)]).urls()[0].toLocalFile() == "/x/a.txt"
    assert not model.flags(model.index(1, 0)) & Qt.ItemFlag.ItemIsDragEnabled


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_a_file_whose_name_is_no_text_is_shown_and_dragged_without_an_error(theme: Theme, qtbot: QtBot) -> None:
    made = HitList(theme, Pictures())
    qtbot.addWidget(made)
    made.resize(400, 200)
    path = Path(os.fsdecode(b"/x/caf\xe9.txt"))
    made.show_rows([Row("caf\\xe9.txt", path, place="x")], 0)
    model = made.view.model()
    assert len(model.mimeData([model.index(0, 0)]).urls()) == 1
    assert not made.grab().isNull()


def test_the_list_alone_tells_what_is_chosen_opened_and_asked_for(theme: Theme, qtbot: QtBot) -> None:
    made = HitList(theme, Pictures())
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.show()
    told: list[tuple[str, int]] = []
    made.selected.connect(lambda row: told.append(("selected", row)))
    made.activated.connect(lambda row: told.append(("activated", row)))
    made.asked_for_menu.connect(lambda row, _where: told.append(("menu", row)))
    made.show_rows([Row(f"{n}.txt", Path(f"/x/{n}.txt")) for n in range(3)], 0)
    assert told == []
    made.view.setFocus()
    qtbot.keyClick(made.view, Qt.Key.Key_Down)
    qtbot.keyClick(made.view, Qt.Key.Key_Return)
    made.view.customContextMenuRequested.emit(made.view.visualRect(made.view.model().index(2, 0)).center())
    assert told == [("selected", 1), ("activated", 1), ("menu", 2)]


def test_pictures_are_asked_for_only_where_rows_are_seen(window: PaletteWindow, desk: Desk, qtbot: QtBot) -> None:
    many = [hit(f"{number}.png", kind="picture", path=f"/x/{number}.png") for number in range(200)]
    typed(window, desk, qtbot, "cat", *many)
    window.grab()
    asked = {path for path, size in window.pictures.asked if size == 40}  # type: ignore[attr-defined]
    assert 5 <= len(asked) <= 9


def test_a_picture_is_never_cropped_in_the_preview(theme: Theme, qtbot: QtBot) -> None:
    from desktop.state.previews import Preview
    from desktop.window.palette.preview import STAGE, Stage

    stage = Stage(theme, Pictures())
    qtbot.addWidget(stage)
    stage.resize(STAGE)
    stage.show_preview(Preview("picture", path=Path("/x.png")))
    image = stage.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    middle = image.height() // 2
    red = [x for x in range(image.width()) if image.pixelColor(x, middle) == QColor("#FF0000")]
    assert abs(len(red) - STAGE.height()) <= 2  # a square as high as the stage, whole, in its middle
    assert image.pixelColor(2, middle) == QColor(LIGHT.sunken)


@pytest.mark.parametrize("language", ["en", "de", "xx"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_no_hint_lies_over_the_words_of_the_footer(
    theme: Theme, desk: Desk, qtbot: QtBot, language: str, tokens: Tokens
) -> None:
    speak(language)
    theme.use(tokens)
    window = PaletteWindow(theme, desk.state, Pictures())
    qtbot.addWidget(window)
    window.summon()
    typed(window, desk, qtbot, "cat", CATS[3], partial=True, read=12_480, files=48_000)
    footer = window.footer
    hints = [hint.geometry() for hint in footer._hints.values() if hint.isVisible()]
    assert hints
    for number, place in enumerate(hints):
        assert footer.rect().contains(place)
        assert not place.intersects(footer._words.geometry())
        assert not any(place.intersects(other) for other in hints[number + 1 :])
    window.hide()


def test_changing_the_theme_paints_all_anew(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    window = PaletteWindow(theme, desk.state, Pictures())
    qtbot.addWidget(window)
    window.summon()
    typed(window, desk, qtbot, "cat", *CATS)
    theme.use(DARK)
    image = window.grab().toImage()
    middle = QPoint(window.width() // 2, int(window._card.top()) + 6) * image.devicePixelRatio()
    assert image.pixelColor(middle) == QColor(DARK.surface)
    window.hide()


def test_text_falls_into_marked_and_plain_pieces() -> None:
    assert runs("the cat sat", ((4, 7), (6, 9), (20, 30))) == [
        ("the ", False),
        ("cat", True),
        (" s", True),
        ("at", False),
    ]
