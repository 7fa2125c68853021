"""Every key of the design's page does what the page says, and is on the page of shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.state.editing.snapshot import Button, Working
from desktop.window.editor.keysheet import KeySheet
from desktop.window.editor.shortcuts import GROUPS, SHORTCUTS, key_words
from desktop.window.editor.topbar import CLICK
from desktop.window.theme import Theme
from desktop.words import speak
from tests.desktop.editor.conftest import Shown
from tests.desktop.editor.fake_editor import display_of, ready

Open = Callable[..., Shown]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier

PAGE = (
    "B F U S X [ ] 0 1 2 Return Esc Ctrl+Z Ctrl+Shift+Z Ctrl+Y \\ C M , . Ctrl+S Ctrl+Shift+S Ctrl+Return F11 Ctrl+W "
    "Left Right Up Down Shift+Left Shift+Right Shift+Up Shift+Down P"
)
"""The keys that the design's page lists (1.2)."""

GESTURES = {
    "editor.gesture.right",
    "editor.gesture.shift_wheel",
    "editor.gesture.ctrl_wheel",
    "editor.gesture.wheel",
    "editor.gesture.space",
    "editor.gesture.middle",
}


def test_the_table_has_every_key_and_gesture_of_the_page() -> None:
    keys = {key for one in SHORTCUTS for key in one.keys}
    assert set(PAGE.split()) <= keys
    assert {gesture for one in SHORTCUTS for gesture in one.gestures} == GESTURES


def test_no_key_means_two_things() -> None:
    keys = [key for one in SHORTCUTS for key in one.keys]
    assert len(keys) == len(set(keys))


def test_the_page_of_shortcuts_lists_the_whole_table(qtbot: Any, theme: Theme) -> None:
    sheet = KeySheet(theme)
    qtbot.addWidget(sheet)
    assert sorted(sheet.listed) == sorted(one.name for one in SHORTCUTS)
    assert {one.group for one in SHORTCUTS} <= set(GROUPS)


def test_keys_are_named_in_the_persons_language() -> None:
    speak("de")
    assert key_words("Ctrl+Shift+Z") == "Strg+Umschalt+Z"
    assert key_words("\\") == "\\"


@pytest.mark.parametrize(
    ("key", "modifiers", "intent"),
    [
        (Qt.Key.Key_B, NONE, ("set_tool", ("erase",))),
        (Qt.Key.Key_U, NONE, ("set_tool", ("enlarge",))),
        (Qt.Key.Key_S, NONE, ("set_tool", ("select",))),
        (Qt.Key.Key_Return, NONE, ("act", ())),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, ("act", ())),
        (Qt.Key.Key_Escape, NONE, ("clear_mask", ())),
        (Qt.Key.Key_Comma, NONE, ("previous_variant", ())),
        (Qt.Key.Key_Period, NONE, ("next_variant", ())),
        (Qt.Key.Key_BracketLeft, NONE, ("set_brush", (58,))),
        (Qt.Key.Key_BracketRight, NONE, ("set_brush", (70,))),
        (Qt.Key.Key_M, NONE, ("set_colour", ("b",))),
        (Qt.Key.Key_Z, CTRL, ("undo", ())),
        (Qt.Key.Key_Z, CTRL | SHIFT, ("redo", ())),
        (Qt.Key.Key_Y, CTRL, ("redo", ())),
        (Qt.Key.Key_C, NONE, ("compare_slider", (True,))),
        (Qt.Key.Key_S, CTRL, ("save", ())),
        (Qt.Key.Key_Return, CTRL, ("enqueue", ())),
    ],
)
def test_a_key_is_one_intent(
    editor: Open, key: Qt.Key, modifiers: Qt.KeyboardModifier, intent: tuple[str, tuple[object, ...]]
) -> None:
    shown = editor(ready(mask_empty=False, edited=True))
    QTest.keyClick(shown.canvas, key, modifiers)
    assert intent in shown.state.said


def test_a_key_works_wherever_the_focus_is(editor: Open) -> None:
    shown = editor(ready(mask_empty=False))
    QTest.keyClick(shown.window.tools._tools["enlarge"], Qt.Key.Key_B)
    QTest.keyClick(shown.window.badge, Qt.Key.Key_Z, CTRL)
    assert shown.state.said == [("set_tool", ("erase",)), ("undo", ())]


def test_signs_count_as_they_are_typed_on_a_german_keyboard(editor: Open) -> None:
    shown = editor()
    altgr = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QApplication.sendEvent(shown.canvas, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_8, altgr, "["))
    assert shown.state.said == [("set_brush", (58,))]


def test_zoom_keys(editor: Open) -> None:
    shown = editor(ready(6000, 4000, display=display_of(6000, 4000)))
    camera = shown.canvas.camera
    QTest.keyClick(shown.canvas, Qt.Key.Key_1)
    assert camera.zoom == 1
    assert shown.window.badge._text == "100 %"
    QTest.keyClick(shown.canvas, Qt.Key.Key_2)
    assert camera.zoom == 2
    QTest.keyClick(shown.canvas, Qt.Key.Key_Plus)
    assert camera.zoom == pytest.approx(2.5)
    QTest.keyClick(shown.canvas, Qt.Key.Key_0)
    assert camera.fitted


def test_the_original_is_shown_as_long_as_the_key_is_held(editor: Open) -> None:
    shown = editor(ready(edited=True))
    QTest.keyPress(shown.canvas, Qt.Key.Key_Backslash)
    assert shown.state.said[-1] == ("compare_hold", (True,))
    assert "want_original" in shown.state.names()
    QTest.keyRelease(shown.canvas, Qt.Key.Key_Backslash)
    assert shown.state.said[-1] == ("compare_hold", (False,))


def test_a_click_on_original_compares_and_holding_it_shows_the_original(editor: Open) -> None:
    shown = editor(ready(edited=True))
    button = shown.window.top._original
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert shown.state.shown.compare == "slider"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert shown.state.shown.compare == "off"
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert shown.state.shown.compare == "hold"
    shown.window.top._pressed -= CLICK
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert shown.state.shown.compare == "off"


def test_x_is_held_and_let_go(editor: Open) -> None:
    shown = editor()
    QTest.keyPress(shown.canvas, Qt.Key.Key_X)
    assert shown.canvas.unpainting
    QTest.keyRelease(shown.canvas, Qt.Key.Key_X)
    assert not shown.canvas.unpainting


def test_enter_does_nothing_while_the_button_is_off_and_esc_stops_first(editor: Open) -> None:
    shown = editor(ready(button=Button("Erase it", False, "Paint over what should go")))
    QTest.keyClick(shown.canvas, Qt.Key.Key_Return)
    assert shown.state.said == []
    shown.show(button=Button("Stop", True, "", stops=True), working=Working("", None, None), mask_empty=False)
    QTest.keyClick(shown.canvas, Qt.Key.Key_Return)
    assert shown.state.said == []
    QTest.keyClick(shown.canvas, Qt.Key.Key_Escape)
    assert shown.state.said == [("act", ())]


def test_arrows_move_the_ring_and_p_paints(editor: Open) -> None:
    shown = editor(ready(600, 400, brush=8))
    canvas = shown.canvas
    canvas._hover_at(None)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    start = QPointF(canvas._hover or QPointF())
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Down, SHIFT)
    now = canvas._hover
    assert now is not None
    assert (now.x() - start.x(), now.y() - start.y()) == (10, 1)
    QTest.keyPress(canvas, Qt.Key.Key_P)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyRelease(canvas, Qt.Key.Key_P)
    mask = shown.state.shown.mask
    assert mask is not None
    x, y = (int(at) for at in canvas.camera.to_picture(now.x(), now.y()))
    marked = [mask.memory[y * mask.stride + x + step] for step in range(21)]
    assert marked == [255] * 21
    assert shown.state.names().count("painted") == 1


def test_the_ring_takes_the_picture_along_at_the_edge(editor: Open) -> None:
    shown = editor(ready(6000, 4000, display=display_of(6000, 4000)))
    QTest.keyClick(shown.canvas, Qt.Key.Key_1)
    QTest.keyClick(shown.canvas, Qt.Key.Key_Right)
    before = shown.canvas.camera.origin
    for _ in range(80):
        QTest.keyClick(shown.canvas, Qt.Key.Key_Right)
    assert shown.canvas.camera.origin[0] < before[0]


def test_space_and_a_drag_move_the_picture_and_so_does_the_middle_button(editor: Open) -> None:
    shown = editor(ready(6000, 4000, display=display_of(6000, 4000)))
    canvas = shown.canvas
    QTest.keyClick(canvas, Qt.Key.Key_1)
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
        before = canvas.camera.origin
        QTest.mousePress(canvas, button, pos=QPoint(500, 300))
        QTest.mouseMove(canvas, QPoint(470, 320))
        QTest.mouseRelease(canvas, button, pos=QPoint(470, 320))
        assert (canvas.camera.origin[0] - before[0], canvas.camera.origin[1] - before[1]) == (-30, 20)
        QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert shown.state.said == []
    assert canvas.ring_shown  # the brush is back after a pan


def wheel(canvas: Any, dy: int, modifiers: Qt.KeyboardModifier, pixels: QPoint | None = None) -> None:
    at = QPointF(400, 300)
    event = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        pixels or QPoint(),
        QPoint(0, dy),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
        Qt.MouseEventSource.MouseEventNotSynthesized,
        QPointingDevice.primaryPointingDevice(),
    )
    QApplication.sendEvent(canvas, event)


def test_the_wheel_scrolls_zooms_and_sizes_the_brush(editor: Open) -> None:
    shown = editor(ready(6000, 4000, display=display_of(6000, 4000)))
    canvas = shown.canvas
    QTest.keyClick(canvas, Qt.Key.Key_1)
    before = canvas.camera.origin
    wheel(canvas, -120, NONE)
    assert canvas.camera.origin == (before[0], before[1] - 64)
    wheel(canvas, 0, NONE, QPoint(5, -7))
    assert canvas.camera.origin == (before[0] + 5, before[1] - 71)
    under = canvas.camera.to_picture(400, 300)
    wheel(canvas, 120, CTRL)
    assert canvas.camera.zoom == pytest.approx(1.25)
    assert canvas.camera.to_picture(400, 300) == pytest.approx(under, abs=1)
    wheel(canvas, 240, SHIFT)
    assert shown.state.said == [("set_brush", (77,))]


def test_full_screen_and_back(editor: Open) -> None:
    shown = editor()
    QTest.keyClick(shown.canvas, Qt.Key.Key_F11)
    assert shown.window.isFullScreen()
    QTest.keyClick(shown.canvas, Qt.Key.Key_Escape)
    assert not shown.window.isFullScreen()


def test_everything_in_the_table_can_be_done(editor: Open) -> None:
    shown = editor()
    by_canvas = {"unpaint", "ring", "ring_fine", "paint", "pan", "scroll", "original"}
    assert {one.name for one in SHORTCUTS} - by_canvas <= shown.window.deeds.names
    assert set(shown.window.menu._made) <= shown.window.deeds.names
