"""The tool Fill in the editor's window: there or not, its line of words, its keys, and what it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from desktop.state.editing.boxes import Box
from desktop.state.editing.choices import TOOLS
from desktop.state.editing.snapshot import Button, Done, EditorSnapshot, Working
from desktop.window.editor.fillrow import Words
from desktop.window.editor.keysheet import KeySheet
from desktop.window.kit import Segmented
from tests.desktop.editor.conftest import Shown
from tests.desktop.editor.fake_editor import ready

Open = Callable[..., Shown]
POINTERS = ("brush", "click", "lasso", "box")


def filling(**changes: Any) -> EditorSnapshot:
    """A picture with something marked, and the tool chosen."""
    told: dict[str, Any] = {
        "tool": "fill",
        "tools": TOOLS,
        "pointers": POINTERS,
        "mask_empty": False,
        "button": Button("Fill it", True, ""),
    }
    return ready(**(told | changes))


def tools(shown: Shown) -> list[str]:
    """The words of the tools that are seen."""
    return [made.accessibleName() for made in shown.window.tools._tools.values() if made.isVisible()]


def words(shown: Shown) -> Words:
    """The line in which a person says what should be there."""
    return shown.window.tools._words.field


def test_the_tool_its_key_and_its_row_on_the_page_of_shortcuts_come_and_go(editor: Open) -> None:
    shown = editor(ready())
    assert tools(shown) == ["Erase", "Enlarge", "Select"]
    QTest.keyClick(shown.canvas, Qt.Key.Key_F)
    assert shown.state.names() == []
    shown.window.do("shortcuts")
    sheet = shown.window.deeds._sheet
    assert isinstance(sheet, KeySheet)
    assert "fill" not in sheet.listed
    shown.show(tools=TOOLS)
    assert tools(shown) == ["Erase", "Fill", "Enlarge", "Select"]
    QTest.keyClick(shown.canvas, Qt.Key.Key_F)
    assert shown.state.said[-1] == ("set_tool", ("fill",))
    shown.window.do("shortcuts")
    again = shown.window.deeds._sheet
    assert again is not None
    assert "fill" in again.listed
    again.close()
    shown.show(tools=("erase", "enlarge", "select"))
    assert tools(shown) == ["Erase", "Enlarge", "Select"]


def test_choosing_it_over_a_mark_goes_on_in_the_line_and_without_one_on_the_picture(editor: Open) -> None:
    shown = editor(filling(tool="erase", mask_empty=True))
    QTest.keyClick(shown.canvas, Qt.Key.Key_F)
    shown.show(tool="fill")
    assert shown.canvas.hasFocus()
    QTest.keyClick(shown.canvas, Qt.Key.Key_F)  # once more: it is the words that are wanted
    assert words(shown).hasFocus()
    shown.canvas.setFocus()
    shown.show(tool="erase", mask_empty=False)
    fill = shown.window.tools._tools["fill"]
    QTest.mouseClick(fill, Qt.MouseButton.LeftButton)
    shown.show(tool="fill")
    assert words(shown).hasFocus()


def test_letters_in_the_line_are_no_keys_of_the_window(editor: Open) -> None:
    shown = editor(filling())
    line = words(shown)
    line.setFocus()
    QTest.keyClicks(line, "big, sunny xbus.")
    assert {name for name, _ in shown.state.said} == {"set_prompt"}
    assert shown.state.said[-1] == ("set_prompt", ("big, sunny xbus.",))
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(line, key)
    assert shown.canvas._hover is None
    QTest.keyClick(line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert shown.state.names()[-1] == "save"


def test_enter_begins_and_gives_the_keys_back_to_the_picture(editor: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = editor(filling(prompt="a bench"))
    line = words(shown)
    line.setFocus()
    begun = Button("Stop", True, "", stops=True)
    monkeypatch.setattr(shown.state, "act", lambda: shown.state.show(button=begun), raising=False)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert shown.canvas.hasFocus()


def test_enter_stays_in_the_line_where_something_is_missing(editor: Open) -> None:
    shown = editor(filling(button=Button("Fill it", False, "Mark the place first.")))
    line = words(shown)
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert shown.state.names() == ["act"]  # the state says what is missing
    assert line.hasFocus()


def test_esc_in_the_line_never_clears_the_mask_but_stops_what_runs(editor: Open) -> None:
    shown = editor(filling())
    line = words(shown)
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert shown.state.names() == []
    assert shown.canvas.hasFocus()
    shown.show(button=Button("Stop", True, "", stops=True), working=Working("", None, None))
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert shown.state.names() == ["act"]


def test_the_line_keeps_its_cursor_while_the_state_answers(editor: Open) -> None:
    shown = editor(filling(prompt="a bench"))
    line = words(shown)
    line.setCursorPosition(2)
    shown.show(prompt="a bench", estimate="About 3 s")
    assert line.cursorPosition() == 2
    shown.show(prompt="another")
    assert line.text() == "another"


def test_what_should_not_be_there_and_how_many_results_are_asked_in_their_rows(editor: Open) -> None:
    shown = editor(filling())
    card = shown.window.tools
    low = card.height()
    more = next(one for one in card._marks.findChildren(QToolButton) if one.accessibleName() == "More")
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert shown.state.said == [("show_negative", (True,))]
    shown.show(negative_shown=True)
    field = card._more.field
    assert field.hasFocus()
    assert card.height() > low
    QTest.keyClicks(field, "x")
    assert ("set_negative", ("x",)) in shown.state.said
    counts = card._marks.findChild(Segmented)
    assert counts is not None
    counts.setFocus()
    QTest.keyClick(counts, Qt.Key.Key_Right)
    assert ("set_variants", (2,)) in shown.state.said
    shown.show(tool="erase")
    assert not field.isVisible()
    assert card.height() < low


def test_the_card_keeps_its_width_from_the_first_look_to_the_end_of_the_work(editor: Open) -> None:
    shown = editor(filling())
    width = shown.window.tools.width()
    shown.show(working=Working("Step 40 of 40, about 40 s left", 0.5, None))
    assert shown.window.tools.width() == width


def test_what_the_guard_did_stands_below_the_results(editor: Open) -> None:
    shown = editor(filling())
    done = Done("Done in 4 s on the processor.", Box(10, 10, 60, 60), True, ("1", "2"), 0, note="The guard took “x”.")
    shown.show(done=done, mask_empty=True)
    bar = shown.window.notices
    assert bar._note.isVisible()
    assert bar._note.text() == "The guard took “x”."
    assert "The guard took" in bar.accessibleName()
    assert {"Previous result", "Next result"} <= {one.accessibleName() for one in bar.findChildren(QToolButton)}
    shown.show(done=Done("Done.", Box(10, 10, 60, 60), True, (), 0))
    assert not bar._note.isVisible()


def test_tab_comes_to_everything_of_it(editor: Open) -> None:
    shown = editor(filling(negative_shown=True))
    shown.canvas.setFocus()
    seen = set()
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget() or shown.canvas, Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    assert {words(shown), shown.window.tools._more.field, shown.window.tools._act.button} <= seen
