"""Nothing is lost: not when the document process is killed, not when the whole app is."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from desktop.workers.editing import keeping
from tests.desktop.editor.desk import HOLE, Desk, documents, ownerless

OTHER = (150, 90, 170, 110)


def gone(lost: Desk) -> None:
    """The app of this editor was killed, and so was the process."""
    lost.abandon()
    for number in documents(lost.folder):
        ownerless(lost.folder / "editing" / number)


def brought_back(desk: Desk) -> None:
    """What was not saved is offered, and taken."""
    desk.until(lambda: desk.state.recovered != "")
    desk.state.recover()
    desk.until(lambda: desk.state.stage == "ready")


def test_a_process_killed_amid_an_erase_is_started_again_with_everything(desk: Desk, photo: Path) -> None:
    desk.open(photo)
    first = desk.pixels()
    desk.mark(HOLE)
    desk.act()
    after = desk.pixels()
    desk.mark((20, 20, 200, 140))
    marked = desk.mask()
    desk.state.act()
    desk.until(lambda: desk.state.working is not None and desk.state.working.share is not None)
    desk.kill()
    desk.until(lambda: desk.state.rebuilding)
    desk.until(lambda: not desk.state.rebuilding)
    notice = desk.state.notice
    assert notice is not None
    assert notice.words == "The part that edits pictures stopped and was started again. Nothing was lost."
    assert (desk.pixels() == after).all()
    assert desk.mask() == marked
    desk.act()
    assert (desk.pixels() != after).any()
    desk.turned(desk.state.undo)
    assert (desk.pixels() == after).all()
    desk.turned(desk.state.undo)
    desk.turned(desk.state.undo)
    assert (desk.pixels() == first).all()


def test_a_process_killed_while_idle_is_back_at_the_next_step(desk: Desk, photo: Path) -> None:
    desk.open(photo)
    first = desk.pixels()
    desk.mark(HOLE)
    desk.act()
    after = desk.pixels()
    desk.turned(desk.state.undo)
    desk.kill()
    desk.turned(desk.state.redo)
    assert (desk.pixels() == after).all()
    desk.kill()
    desk.turned(desk.state.undo)
    assert (desk.pixels() == first).all()


def test_a_process_that_keeps_dying_is_not_started_for_ever(desk: Desk, photo: Path) -> None:
    desk.open(photo)
    for _ in range(3):
        desk.kill()
        desk.state.want_original()
        desk.until(lambda: not desk.state.rebuilding and not desk.worker.busy)
        desk.state.original, desk.state.original_asked = None, False
    desk.state.want_original()
    desk.kill()
    desk.until(lambda: desk.state.notice is not None and desk.state.notice.actions != ())
    notice = desk.state.notice
    assert notice is not None
    assert notice.actions[0][0] == "reopen"
    desk.state.do_notice("reopen")
    desk.until(lambda: not desk.state.rebuilding)
    desk.mark(HOLE)
    desk.act()


def test_unsaved_work_comes_back_after_the_app_was_killed(data: Path, photo: Path) -> None:
    lost = Desk(data)
    lost.open(photo)
    first = lost.pixels()
    lost.mark(HOLE)
    lost.act()
    one = lost.pixels()
    lost.mark(OTHER)
    lost.act()
    two = lost.pixels()
    lost.state.again()
    lost.until(lambda: lost.state.job is None)
    three = lost.pixels()
    lost.mark((10, 10, 40, 30))
    marked = lost.mask()
    number = lost.state.number
    kept = data / "editing" / number / keeping.NAME
    lost.until(lambda: json.loads(kept.read_text())["mask"] is not None, 20)
    gone(lost)
    photo.unlink()  # even the file itself may be gone

    desk = Desk(data)
    desk.state.look_back()
    desk.until(lambda: desk.state.recovered != "")
    assert desk.state.recovered == str(photo)
    notice = desk.state.notice
    assert notice is not None
    assert notice.words == "sign.jpg wasn’t saved last time. Go on with it?"
    desk.state.do_notice("recover")
    desk.until(lambda: desk.state.stage == "ready")
    assert (desk.pixels() == three).all()
    assert desk.mask() == marked
    assert desk.state.changes == 2
    desk.turned(desk.state.undo)
    assert (desk.pixels() == one).all()
    desk.turned(desk.state.undo)
    assert (desk.pixels() == first).all()
    desk.turned(desk.state.redo)
    desk.turned(desk.state.redo)
    assert (desk.pixels() == three).all()
    assert (two != three).any()
    desk.close()
    assert documents(data) == []


def test_discarded_work_leaves_nothing_behind(data: Path, photo: Path) -> None:
    lost = Desk(data)
    lost.open(photo)
    lost.mark(HOLE)
    lost.act()
    gone(lost)
    desk = Desk(data)
    desk.state.look_back()
    desk.until(lambda: desk.state.recovered != "")
    desk.state.do_notice("discard")
    desk.until(lambda: not desk.worker.busy)
    assert documents(data) == []
    assert desk.state.recovered == ""
    desk.close()


def test_work_of_an_app_that_runs_is_left_alone(data: Path, photo: Path, desk: Desk) -> None:
    desk.open(photo)
    desk.mark(HOLE)
    desk.act()
    other = Desk(data)
    other.state.look_back()
    other.until(lambda: not other.worker.busy)
    assert other.state.recovered == ""
    assert documents(data)
    other.close()


def test_opening_the_same_file_again_offers_what_was_not_saved(data: Path, photo: Path) -> None:
    lost = Desk(data)
    lost.open(photo)
    lost.mark(HOLE)
    lost.act()
    after = lost.pixels()
    gone(lost)
    desk = Desk(data)
    desk.open(photo)
    brought_back(desk)
    assert (desk.pixels() == after).all()
    desk.close()


def test_what_was_saved_is_not_offered_again(data: Path, photo: Path) -> None:
    done = Desk(data)
    done.open(photo)
    done.mark(HOLE)
    done.act()
    done.saved()
    gone(done)
    desk = Desk(data)
    desk.state.look_back()
    desk.until(lambda: not desk.worker.busy)
    assert desk.state.recovered == ""
    assert documents(data) == []
    desk.close()


def test_what_is_done_in_the_place_of_something_saved_and_undone_is_not_saved(data: Path, photo: Path) -> None:
    lost = Desk(data)
    lost.open(photo)
    lost.mark(HOLE)
    lost.act()
    lost.saved()
    lost.state.undo()
    lost.until(lambda: not lost.state.history.edits and not lost.worker.busy)
    lost.state.clear_mask()
    lost.mark(OTHER)
    lost.act()
    after = lost.pixels()
    assert lost.state.changes == 1
    assert lost.state.snapshot().unsaved
    gone(lost)
    desk = Desk(data)
    desk.open(photo)
    brought_back(desk)
    assert (desk.pixels() == after).all()
    assert desk.state.snapshot().unsaved
    desk.close()


def test_a_damaged_step_costs_that_step_and_is_said(data: Path, photo: Path) -> None:
    lost = Desk(data)
    lost.open(photo)
    lost.mark(HOLE)
    lost.act()
    one = lost.pixels()
    lost.mark(OTHER)
    lost.act()
    number = lost.state.number
    gone(lost)
    step = data / "editing" / number / "00001.0.npy"
    rows = np.load(step)
    rows[3] ^= 1
    np.save(step, rows)
    desk = Desk(data)
    desk.state.look_back()
    brought_back(desk)
    assert (desk.pixels() == one).all()
    assert desk.state.notice is not None
    assert desk.state.notice.words == "1 change could not be brought back."
    assert desk.state.history.position == 1
    desk.close()


def test_a_document_that_was_only_looked_at_has_no_folder(desk: Desk, data: Path, photo: Path) -> None:
    desk.open(photo)
    assert documents(data) == []
