"""The editor's window: what comes in and goes out, what is asked at the end, and what can be reached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QCloseEvent, QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QMessageBox, QPushButton, QToolButton, QWidget

from desktop.state.editing.boxes import Box
from desktop.state.editing.snapshot import Button, Done, EditorSnapshot, Notice, Working
from desktop.window.editor.asking import SizeQuestion
from desktop.window.editor.dropping import brought
from desktop.window.editor.raised import AROUND
from desktop.window.editor.toolbar import WIDTH
from desktop.window.theme import Theme
from desktop.words import PSEUDO, speak
from tests.desktop.editor.conftest import Shown
from tests.desktop.editor.fake_editor import ready

Open = Callable[..., Shown]


def drop(shown: Shown, data: QMimeData) -> tuple[bool, Qt.DropAction]:
    """Drop it; whether it was taken, and how. (Qt's own way needs a drag under way.)"""
    event = QDropEvent(
        QPointF(300, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    shown.window.dropEvent(event)
    return bool(event.isAccepted()), event.dropAction()


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_a_dropped_file_is_opened_and_further_ones_in_windows_of_their_own(editor: Open, tmp_path: Path) -> None:
    shown = editor(EditorSnapshot())
    taken = drop(shown, files(tmp_path / "a.png", tmp_path / "b.png"))
    assert taken == (True, Qt.DropAction.CopyAction)
    assert shown.state.said == [("open", (tmp_path / "a.png",))]
    assert shown.doors.edited == [tmp_path / "b.png"]


def test_a_file_dropped_on_unsaved_work_opens_beside_it(editor: Open, tmp_path: Path) -> None:
    shown = editor(ready(unsaved=True, changes=1))
    drop(shown, files(tmp_path / "a.png"))
    assert shown.state.said == []
    assert shown.doors.edited == [tmp_path / "a.png"]


def test_dropped_pixels_are_a_new_picture(editor: Open) -> None:
    shown = editor(EditorSnapshot())
    image = QImage(7, 5, QImage.Format.Format_ARGB32)
    image.fill(QColor(10, 200, 30, 120))
    data = QMimeData()
    data.setImageData(image)
    data.setUrls([QUrl("https://example.org/cat")])
    drop(shown, data)
    ((name, (png, title)),) = shown.state.said
    assert (name, title) == ("open_pixels", "Pasted picture")
    again = QImage.fromData(png)
    assert (again.width(), again.height(), again.pixelColor(3, 3)) == (7, 5, QColor(10, 200, 30, 120))


def test_an_address_is_refused_with_words(editor: Open) -> None:
    shown = editor()
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/cat.jpg")])
    drop(shown, data)
    assert shown.state.said == []
    assert "Save the picture first" in shown.window.notices.words
    close = shown.window.notices.findChildren(QToolButton)[-1]
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert shown.window.notices.isHidden()


def test_copy_puts_the_picture_on_the_clipboard_and_paste_takes_it(editor: Open) -> None:
    shown = editor(ready(40, 30))
    QTest.keyClick(shown.canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (40, 30)
    assert image.pixelColor(5, 5) == QColor(128, 128, 128)
    QTest.keyClick(shown.canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert shown.state.names() == ["open_pixels"]


def test_pasting_nothing_says_so(editor: Open) -> None:
    shown = editor(EditorSnapshot())
    QGuiApplication.clipboard().setText("no picture")
    QTest.keyClick(shown.canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert shown.window.notices.words == "There is no picture on the clipboard."


def test_a_clipboard_that_can_t_be_read_brings_nothing() -> None:
    assert brought(None).nothing


def test_an_unchanged_picture_is_dragged_out_as_its_own_file(editor: Open, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"x")
    shown = editor(ready(path=str(path)))
    handle = shown.window._handle
    assert handle.file() == path
    assert handle.drag(path).mimeData().urls() == [QUrl.fromLocalFile(str(path))]
    assert not handle.drag(path).pixmap().isNull()


def test_an_edited_picture_is_written_for_the_drag_because_its_path_is_the_originals(
    editor: Open, tmp_path: Path
) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"x")
    shown = editor(ready(path=str(path), edited=True))
    made = shown.window._handle.file()
    assert shown.state.said == [("export", (made,))]
    assert made != path
    assert made.parent.is_dir()
    assert made.name == "breakfast.png"


# closing


def box(shown: Shown) -> QMessageBox:
    assert shown.window._asked is not None
    return shown.window._asked


def press(shown: Shown, words: str) -> None:
    found = next(one for one in box(shown).findChildren(QPushButton) if one.text() == words)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def closing(shown: Shown) -> bool:
    event = QCloseEvent()
    QApplication.sendEvent(shown.window, event)
    return event.isAccepted()


def test_without_changes_nothing_is_asked(editor: Open) -> None:
    shown = editor()
    with shown.bot.waitSignal(shown.window.closed):
        assert closing(shown)
    assert shown.state.names() == ["close"]


def test_unsaved_changes_are_asked_about_once_and_cancel_stays(editor: Open) -> None:
    shown = editor(ready(unsaved=True, changes=2))
    assert not closing(shown)
    assert not closing(shown)
    assert box(shown).text() == "Close without saving 2 changes?"
    assert {one.text() for one in box(shown).findChildren(QPushButton)} == {"Save a copy", "Don’t save", "Cancel"}
    press(shown, "Cancel")
    assert shown.window.isVisible()
    assert shown.state.said == []


def test_dont_save_closes(editor: Open) -> None:
    shown = editor(ready(unsaved=True, changes=2))
    closing(shown)
    with shown.bot.waitSignal(shown.window.closed):
        press(shown, "Don’t save")
    assert shown.state.names() == ["close"]


def test_save_a_copy_closes_once_it_is_saved(editor: Open) -> None:
    shown = editor(ready(unsaved=True, changes=1))
    closing(shown)
    press(shown, "Save a copy")
    assert shown.state.names() == ["save"]
    assert shown.window.isVisible()
    with shown.bot.waitSignal(shown.window.closed):
        shown.state.show(unsaved=False, changes=0)
    assert shown.state.names() == ["save", "close"]


def test_a_save_that_fails_keeps_the_window(editor: Open) -> None:
    shown = editor(ready(unsaved=True, changes=1))
    closing(shown)
    press(shown, "Save a copy")
    shown.show(notice=Notice("danger", "Couldn’t save: the disk is full."))
    shown.show(notice=None, unsaved=False)  # saved later, by hand: that closes nothing
    assert shown.window.isVisible()


def test_the_state_may_ask_where_to_save(editor: Open, tmp_path: Path) -> None:
    shown = editor(ready(unsaved=True, changes=1))
    shown.show(asking_where=str(tmp_path / "breakfast (erased).png"))
    dialog = shown.window.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == "breakfast (erased).png"
    dialog.reject()
    assert shown.state.names() == ["save_nowhere"]


# what is shown


def test_an_empty_window_invites_and_has_no_tools(editor: Open) -> None:
    shown = editor(EditorSnapshot())
    assert shown.window.empty.isVisible()
    assert not shown.window.tools.isVisible()
    assert not shown.window.badge.isVisible()
    shown.show(**{name: getattr(ready(), name) for name in ("stage", "title", "width", "height", "display", "mask")})
    assert not shown.window.empty.isVisible()
    assert shown.window.tools.isVisible()


def test_while_it_works_the_button_stops_and_a_line_shows_how_far(editor: Open, theme: Theme) -> None:
    shown = editor(ready(button=Button("Stop", True, "", stops=True), working=Working("", 0.5, Box(10, 10, 60, 60))))
    button = shown.window.tools._act.button
    assert (button.text(), button.property("accent")) == ("Stop", False)
    image = shown.window.line.grab().toImage()
    accent = QColor(theme.tokens.accent)
    assert image.pixelColor(10, 1) == accent
    assert image.pixelColor(image.width() - 10, 1) != accent
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown.state.names() == ["act"]


def test_a_result_offers_another_try_another_way_and_the_results_before(editor: Open) -> None:
    shown = editor(ready(edited=True))
    shown.show(
        done=Done("Done in 0.8 s.", Box(1, 1, 9, 9), True, ("1", "2"), 1, (("exemplar", "From the surroundings"),))
    )
    buttons = {one.accessibleName() or one.text(): one for one in shown.window.notices.findChildren(QAbstractButton)}
    assert set(buttons) == {"Previous result", "Next result", "Try again", "Other way", "Close"}
    assert not buttons["Next result"].isEnabled()
    QTest.mouseClick(buttons["Previous result"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(buttons["Try again"], Qt.MouseButton.LeftButton)
    other = buttons["Other way"]
    assert isinstance(other, QToolButton)
    other.menu().actions()[0].trigger()
    assert shown.state.said == [("previous_variant", ()), ("again", ()), ("other_way", ("exemplar",))]
    QTest.mouseClick(buttons["Close"], Qt.MouseButton.LeftButton)
    assert shown.window.notices.isHidden()


def test_a_result_is_not_hidden_by_the_bar_that_speaks_of_it(editor: Open) -> None:
    shown = editor(ready(600, 600, edited=True))
    window = shown.window
    shown.show(done=Done("Done in 0.8 s.", Box(200, 100, 300, 200), False, (), 0))
    assert window.notices.y() > window.canvas.height() / 2
    shown.show(done=Done("Done in 0.9 s.", Box(200, 560, 300, 590), False, (), 0))
    assert window.notices.y() < window.canvas.height() / 4
    shown.show(notice=Notice("good", "Saved as “a.png”."))
    assert window.notices.y() > window.canvas.height() / 2


def test_the_app_hears_whether_a_window_that_was_told_to_close_stays(editor: Open) -> None:
    stayed = []
    shown = editor(ready(unsaved=True, changes=2))
    shown.window.stays.connect(lambda: stayed.append(True))
    closing(shown)
    press(shown, "Save a copy")
    QApplication.processEvents()
    assert stayed == []
    shown.show(notice=Notice("danger", "The disk is full."))
    assert stayed == [True]
    closing(shown)
    press(shown, "Cancel")
    QApplication.processEvents()
    assert stayed == [True, True]


def test_a_notice_goes_before_a_result_and_its_actions_are_passed_on(editor: Open) -> None:
    shown = editor()
    shown.show(
        notice=Notice("warning", "Not enough memory for Best. Try Better.", (("lower", "Try Better"),)),
        done=Done("Done.", Box(0, 0, 1, 1), False, (), 0),
    )
    notices = shown.window.notices
    assert notices.words == "Not enough memory for Best. Try Better."
    (button,) = notices.findChildren(QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown.state.said == [("do_notice", ("lower",))]
    shown.show(notice=None)
    assert notices.words == "Done."


def test_what_a_bar_covers_can_be_scrolled_up_as_long_as_it_is_there(editor: Open) -> None:
    shown = editor()
    camera = shown.canvas.camera
    rest = camera.origin
    shown.canvas.pan(0, -500)
    assert camera.origin == rest
    shown.show(notice=Notice("info", "Saved."))
    shown.canvas.pan(0, -500)
    assert camera.origin == (rest[0], rest[1] - (shown.window.notices.height() - 2 * AROUND))
    close = shown.window.notices.findChildren(QToolButton)[-1]
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert shown.state.said == [("do_notice", ("dismiss",))]
    shown.show(notice=None)
    assert camera.origin == rest


def test_what_ended_is_announced(editor: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: told.append(event.message()))
    shown = editor()
    shown.show(done=Done("Done in 0.8 s.", Box(1, 1, 9, 9), False, (), 0))
    shown.show(estimate="about 2 s")
    assert told == ["Done in 0.8 s."]


def test_every_control_has_a_name_and_can_be_reached(editor: Open) -> None:
    shown = editor(ready(edited=True, can_undo=True, can_redo=True))
    for part in shown.window.findChildren(QWidget):
        if part.isVisible() and part.focusPolicy() != Qt.FocusPolicy.NoFocus:
            assert part.accessibleName() or (isinstance(part, QAbstractButton) and part.text()), part
    reached: set[QWidget] = set()
    at = shown.canvas.nextInFocusChain()
    while at is not None and at is not shown.canvas:
        reached.add(at)
        at = at.nextInFocusChain()
    buttons = [one for one in shown.window.findChildren(QAbstractButton) if one.isVisible()]
    assert all(one.focusPolicy() & Qt.FocusPolicy.TabFocus and one in reached for one in buttons)


def test_tab_goes_through_the_window_as_the_eye_does(editor: Open) -> None:
    shown = editor(ready(edited=True, can_undo=True, can_redo=True))
    names = []
    for _ in range(20):
        QTest.keyClick(QApplication.focusWidget() or shown.canvas, Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        if at is None or at is shown.canvas:
            break
        names.append(at.accessibleName() or (at.text() if isinstance(at, QAbstractButton) else ""))
    below = ["Erase", "Enlarge", "Select", "Brush", "Lasso", "Box", "Brush size", "Quality", "Erase it", "Zoom: 100 %"]
    assert names == [*below, "Undo", "Redo", "Original", "More", "Save a copy"]


def test_the_canvas_names_picture_size_and_tool(editor: Open) -> None:
    shown = editor()
    assert shown.canvas.accessibleName() == "breakfast.png, 600 × 400 pixels, Erase"
    told = QAccessible.queryAccessibleInterface(shown.canvas)
    assert told.role() == QAccessible.Role.Graphic
    assert told.text(QAccessible.Text.Name) == shown.canvas.accessibleName()
    shown.show(tool="enlarge")
    assert shown.canvas.accessibleName().endswith("Enlarge")


@pytest.mark.parametrize("language", ["en", "de", PSEUDO])
@pytest.mark.parametrize("tool", ["erase", "select", "enlarge"])
def test_the_tools_fit_the_narrowest_window_in_every_language(editor: Open, language: str, tool: str) -> None:
    speak(language)
    pointers = {
        "erase": ("brush", "click", "lasso", "box"),
        "select": ("click", "box", "lasso", "brush"),
        "enlarge": (),
    }[tool]
    shown = editor(ready(tool=tool, pointers=pointers, result_size="12000 × 8000, 96 MP"), size=(900, 600))
    tools = shown.window.tools
    assert WIDTH <= tools.width() <= 900 - 2 * 4
    assert shown.canvas.rect().contains(tools.geometry().adjusted(18, 18, -18, -18))
    for part in tools.findChildren(QAbstractButton):
        if part.isVisible():
            assert part.width() >= min(part.sizeHint().width(), part.maximumWidth()), part.text()
    assert not shown.window.badge.geometry().intersects(tools.geometry().adjusted(18, 18, -18, -18))


def test_the_tools_pass_on_what_is_chosen(editor: Open) -> None:
    shown = editor(ready(tool="select", pointer="click", pointers=("click", "box", "lasso", "brush"), mask_empty=False))
    select = shown.window.tools._select
    for made in (select._grow, select._shrink, select._invert, select._pointers._buttons["box"]):
        QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    assert shown.state.said == [
        ("grow_mask", (4,)),
        ("grow_mask", (-4,)),
        ("invert_mask", ()),
        ("set_pointer", ("box",)),
    ]


def test_the_menu_knows_what_can_be_done(editor: Open) -> None:
    shown = editor(ready(mask_empty=True))
    menu = shown.window.menu
    assert not menu.named("clear").isEnabled()
    assert not menu.named("compare").isEnabled()
    shown.show(mask_empty=False, edited=True)
    assert menu.named("clear").isEnabled()
    menu.named("clear").trigger()
    menu.named("invert").trigger()
    assert shown.state.names() == ["clear_mask", "invert_mask"]


def test_an_exported_size_keeps_its_proportion(editor: Open, theme: Theme) -> None:
    shown = editor()
    chosen: list[tuple[int, int]] = []
    question = SizeQuestion(theme, (4000, 3000), chosen.append, shown.window)
    question._width.setValue(1000)
    assert question.size_chosen == (1000, 750)
    question._height.setValue(300)
    assert question.size_chosen == (400, 300)
    question._shares._choose("50")
    assert question.size_chosen == (2000, 1500)
    question._chosen()
    assert chosen == [(2000, 1500)]
