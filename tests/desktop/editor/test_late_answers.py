"""Answers that come after the person has gone on: to another picture, or away."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QMessageBox

from desktop.state.editing.snapshot import Notice
from desktop.state.sizes import screen_text
from desktop.window.platform.reveal import file_uri
from desktop.window.urls import data_of, files_in, path_of, url_of
from desktop.workers import Ended, Event
from desktop.workers.editing.contract import levels_of
from tests.desktop.editor.desk import Desk, documents
from tests.desktop.editor.fake_process import Stage, display, failed, mark

DIED = Event(Ended.DIED, {"what": "", "todo": "", "code": 1, "error": "Died"})


def test_a_picture_that_came_although_cancelled_is_not_taken_for_the_one_on_the_screen(stage: Stage) -> None:
    stage.process.held.add("open")
    stage.state.open(Path("/pictures/second.jpg"))
    [(_, _, late)] = [one for one in stage.process._waiting if one[1] == "open"]
    stage.process._waiting.clear()
    stage.state.open(Path("/pictures/broken.jpg"))
    [(_, _, broken)] = [one for one in stage.process._waiting if one[1] == "open"]
    stage.process._waiting.clear()

    late(Event(Ended.DONE, {**stage.process.opened(), "number": "2", "display": display(12, 9)}))
    broken(failed("broken.jpg is damaged.", code=5))

    shot = stage.state.snapshot()
    assert (shot.stage, shot.display) == ("empty", None)  # the process no longer has the first one


def test_undone_steps_that_a_crash_has_cost_can_not_be_done_again(stage: Stage) -> None:
    mark(stage)
    stage.state.act()
    stage.process.pump()
    stage.state.undo()
    stage.process.pump()
    assert stage.state.can_redo
    stage.process.running = False
    stage.state.look_at_models()  # finds it dead, and brings the document back, of which the undone step is gone
    stage.process.running = True
    stage.process.pump()
    assert not stage.state.can_redo


def test_an_undo_that_waits_starts_no_process_for_a_window_that_is_gone(stage: Stage) -> None:
    for _ in range(2):
        mark(stage)
        stage.state.act()
        stage.process.pump()
    stage.state.undo()
    stage.state.undo()
    stage.process.pump()  # the first is done, the second waits for a turn of the loop
    stage.state.close()
    stage.process.pump()
    before = len(stage.process.asked)
    stage.tick()
    assert [do for do, _ in stage.process.asked[before:]] == []


def test_who_looks_for_unsaved_work_hears_of_the_end_though_the_process_dies(tmp_path: Path) -> None:
    stage, heard = Stage(tmp_path), []
    stage.process.answers["left"] = DIED
    stage.state.look_back(None, lambda: heard.append(1))
    stage.process.pump()
    stage.tick()
    assert heard == [1]


def test_a_name_that_is_taken_offers_another_place(stage: Stage) -> None:
    stage.process.answers["save"] = failed("x.png is there already.", code=2, error="NameTaken")
    stage.state.save()
    stage.process.pump()
    notice = stage.state.snapshot().notice
    assert notice is not None
    assert [name for name, _ in notice.actions] == ["save_as"]


def test_as_long_as_a_file_is_written_it_is_said(stage: Stage) -> None:
    stage.process.held.add("export")
    stage.state.export(Path("/pictures/x.png"))
    assert stage.state.snapshot().writing
    stage.process.held.clear()
    stage.process.answers["export"] = {"path": "/pictures/x.png", "bytes": 3}
    stage.process.pump()
    assert not stage.state.snapshot().writing
    stage.process.answers["save"] = DIED
    stage.state.save()
    stage.process.pump()
    assert not stage.state.snapshot().writing


# the window


def test_a_window_that_is_closed_while_it_writes_goes_when_the_file_is_there(editor: Callable[..., object]) -> None:
    shown = editor()
    window, gone = shown.window, []  # type: ignore[attr-defined]
    window.closed.connect(lambda: gone.append(1))
    shown.show(writing=True)  # type: ignore[attr-defined]
    window.close()
    assert gone == []
    shown.show(writing=False)  # type: ignore[attr-defined]
    assert gone == [1]


def test_a_window_whose_writing_failed_stays(editor: Callable[..., object]) -> None:
    shown = editor()
    window, gone = shown.window, []  # type: ignore[attr-defined]
    window.closed.connect(lambda: gone.append(1))
    shown.show(writing=True, unsaved=True, changes=1)  # type: ignore[attr-defined]
    window.close()
    shown.show(writing=False, notice=Notice("danger", "The disk is full."))  # type: ignore[attr-defined]
    assert gone == []
    window.close()
    box = window.findChild(QMessageBox)
    assert box is not None  # now it asks
    box.close()


def test_what_is_unsaved_since_a_moment_ago_is_asked_about(editor: Callable[..., object]) -> None:
    shown = editor()
    shown.state.show(unsaved=True, changes=1)  # type: ignore[attr-defined]
    shown.window.close()  # type: ignore[attr-defined]
    assert shown.window.isVisible()  # type: ignore[attr-defined]


# names


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
@pytest.mark.parametrize(
    "name", [b"p\xe9che.jpg", b"a%20b#c?d.jpg", b"two\nlines.jpg", b"\xe2\x80\xaegpj.exe", b"a;b&c=d+e .jpg"]
)
def test_every_name_survives_a_drag_and_the_clipboard(name: bytes) -> None:
    path = Path("/tmp") / os.fsdecode(name)
    assert path_of(url_of(path)) == path
    assert files_in(data_of([path])) == [path]
    assert path_of(QUrl.fromEncoded(file_uri(path).encode())) == path


# with the real process


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / os.fsdecode(b"p\xe9che.jpg" if sys.platform == "linux" else b"peche.jpg")
    Image.linear_gradient("L").resize((4004, 3004)).convert("RGB").save(path, quality=80)
    return path


def sheets() -> set[Path]:
    """Those of a picture of this size, and of a first look at one; other tests make sheets at the same time."""
    sizes = set()
    for half in (1, 2):
        last = levels_of(-(-4004 // half), -(-3004 // half))[-1]
        sizes.add(last.offset + last.stride * last.height)
    found = set()
    for path in Path(f"/dev/shm/homespun-{os.getuid()}").glob("sheet-*"):
        with suppress(OSError):
            if path.stat().st_size in sizes:
                found.add(path)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /dev/shm")
@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.15, 0.3, 0.6])
def test_a_window_closed_while_its_picture_opens_leaves_no_memory_behind(
    tmp_path: Path, photo: Path, seconds: float
) -> None:
    before = sheets()
    desk = Desk(tmp_path / "data")
    desk.until(lambda: desk.worker.running)
    desk.state.open(photo)
    over: list[int] = []
    desk.later(seconds, lambda: over.append(1))
    desk.until(lambda: bool(over))
    desk.close()
    assert sheets() - before == set()


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_a_name_that_is_no_text_is_edited_saved_and_brought_back_by_the_real_process(
    tmp_path: Path, photo: Path
) -> None:
    desk = Desk(tmp_path / "data")
    desk.open(photo)
    desk.mark((100, 100, 160, 150))
    desk.act()
    desk.kill()
    desk.state.save()
    desk.until(lambda: bool(desk.state.saved_as))
    assert desk.state.saved_as == screen_text(f"{photo.stem} (erased).jpg")
    assert photo.with_name(f"{photo.stem} (erased).jpg").exists()
    desk.turned(desk.state.undo)
    desk.close()
    assert documents(tmp_path / "data") == []
