"""What the editor decides and says, without a process: every answer is given at once by a fake."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.state.editing.boxes import Box
from desktop.words import speak
from desktop.workers import Ended, Event
from homespun.settings import App, Settings
from tests.desktop.editor.fake_process import Stage, able, display, mark


def test_the_states_process_has_neither_arrays_nor_a_window() -> None:
    code = (
        "import sys, desktop.state.editor;"
        "print([one for one in ('numpy', 'PIL', 'PySide6', 'scipy', 'psutil') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_empty_editor_has_nothing_to_press(tmp_path: Path) -> None:
    shot = Stage(tmp_path).state.snapshot()
    assert (shot.stage, shot.subtitle, shot.estimate) == ("empty", "", "")
    assert not shot.button.enabled
    assert not shot.can_undo


def test_nothing_painted_switches_the_button_off_and_says_why(stage: Stage) -> None:
    button = stage.state.snapshot().button
    assert (button.words, button.enabled, button.tip) == ("Erase it", False, "Paint over what should go")
    mark(stage)
    assert stage.state.snapshot().button.enabled


def test_a_picture_that_is_still_opening_can_be_painted_but_not_changed(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.state.open(Path("/pictures/cat.jpg"))
    part = {"display": display(6, 5), "width": 12, "height": 9}
    stage.process.tell("open", Event(Ended.PART, part))
    shot = stage.state.snapshot()
    assert (shot.stage, shot.preview, shot.width) == ("opening", True, 12)
    mark(stage)
    stage.state.act()
    assert [do for do, _ in stage.process.asked] == ["open"]
    stage.process.pump()
    shot = stage.state.snapshot()
    assert (shot.stage, shot.preview) == ("ready", False)
    assert not shot.mask_empty


def test_while_it_works_the_button_stops_it(stage: Stage) -> None:
    mark(stage)
    stage.process.held.add("erase")
    stage.state.act()
    shot = stage.state.snapshot()
    assert (shot.button.words, shot.button.stops) == ("Stop", True)
    assert shot.working is not None
    stage.process.tell("erase", Event(Ended.PROGRESS, {"done": 40, "total": 100, "note": "filling"}))
    stage.process.tell("erase", Event(Ended.PROGRESS, {"done": 10, "total": 100, "note": "filling"}))
    working = stage.state.snapshot().working
    assert working is not None
    assert working.share == pytest.approx(0.4), "a bar doesn't run back"
    stage.state.act()
    stage.process.pump()
    assert stage.state.snapshot().working is None
    assert not stage.state.snapshot().mask_empty


def test_compiling_is_told_in_the_persons_language(stage: Stage) -> None:
    speak("de")
    mark(stage)
    stage.process.held.add("erase")
    stage.state.act()
    note = "preparing the eraser for this processor (once)"
    stage.process.tell("erase", Event(Ended.PROGRESS, {"done": 0, "total": 0, "note": note}))
    working = stage.state.snapshot().working
    assert working is not None
    assert working.note == "Vorbereitung für diesen Prozessor, einmalig"


def test_seconds_of_a_run_that_compiled_tell_nothing_of_the_next(stage: Stage) -> None:
    for note, known in (("preparing the eraser for this processor (once)", False), ("filling", True)):
        mark(stage)
        stage.process.held.add("erase")
        stage.state.act()
        stage.process.tell("erase", Event(Ended.PROGRESS, {"done": 0, "total": 0, "note": note}))
        stage.process.held.clear()
        stage.process.pump()
        assert (stage.state.paces.seconds("exemplar", "cpu", 9) is not None) == known


def test_opening_another_picture_stops_what_runs(stage: Stage) -> None:
    mark(stage)
    stage.process.held.add("erase")
    stage.state.act()
    number = len(stage.process.asked)
    stage.state.open(Path("/pictures/dog.jpg"))
    assert number in stage.process.cancelled


def test_closing_without_a_process_deletes_the_folder_itself(stage: Stage) -> None:
    folder = stage.state.place / "1"
    folder.mkdir(parents=True)
    stage.process.running = False
    stage.state.close()
    assert not folder.exists()


def test_a_second_picture_opened_at_once_is_the_one_that_stays(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.process.held.add("open")
    stage.state.open(Path("/pictures/dog.jpg"))
    stage.state.open(Path("/pictures/cat.jpg"))
    assert stage.process.cancelled == [1]
    stage.process.cancelled.clear()  # the first was quicker than its cancel
    stage.process.held.clear()
    stage.process.answers["open"] = {**stage.process.opened(), "path": "/pictures/dog.jpg", "display": display(12, 9)}
    stage.process.answer_one()
    assert stage.state.stage == "opening"
    del stage.process.answers["open"]
    stage.process.pump()
    assert (stage.state.stage, stage.state.path) == ("ready", "/pictures/cat.jpg")


def test_a_hole_over_most_of_the_picture_is_allowed_and_said(stage: Stage) -> None:
    mark(stage, Box(0, 0, 12, 8))
    stage.process.held.add("erase")
    stage.state.act()
    notice = stage.state.snapshot().notice
    assert notice is not None
    assert notice.words == "This is most of the picture; the result is a guess."
    assert stage.state.job is not None


def test_changes_are_counted_since_the_last_save(stage: Stage) -> None:
    stage.process.answers["save"] = {"path": "/pictures/cat (erased).jpg", "bytes": 1}
    for number in range(1, 3):
        mark(stage)
        stage.state.act()
        stage.process.pump()
        assert stage.state.changes == number
    assert stage.state.snapshot().subtitle == "2 changes, not saved"
    stage.state.save()
    stage.process.pump()
    assert stage.process.asked[-1][1]["what"] == "erased"
    assert stage.state.changes == 0
    assert stage.state.snapshot().edited
    stage.state.undo()
    stage.process.pump()
    assert stage.state.changes == 1
    stage.state.redo()
    stage.process.pump()
    assert stage.state.changes == 0


def test_strokes_alone_are_nothing_to_save(stage: Stage) -> None:
    mark(stage)
    assert not stage.state.unsaved


def test_undo_pressed_three_times_at_once_goes_back_three_steps(stage: Stage) -> None:
    for _ in range(3):
        mark(stage)
        stage.state.act()
        stage.process.pump()
    for _ in range(4):
        stage.state.undo()
    for _ in range(6):
        stage.process.pump()
        stage.tick()
    assert stage.state.history.position == 2  # a stroke and its erase remain of six steps
    assert stage.state.changes == 1


def test_qualities_that_would_give_the_same_are_off_and_say_why(stage: Stage) -> None:
    shot = stage.state.snapshot()
    assert (shot.quality, shot.qualities_off) == ("instant", frozenset({"balanced", "best"}))
    assert shot.quality_tips["best"] == "Needs a model that is not here yet. Get one under Models."
    stage.state._able(able(balanced="mi-gan", best="mi-gan"))
    stage.state.changed()
    shot = stage.state.snapshot()
    assert (shot.quality, shot.qualities_off) == ("balanced", frozenset({"best"}))
    assert "MI-GAN" in shot.quality_tips["balanced"] or "Fills with" in shot.quality_tips["balanced"]
    stage.state.paces.add("mi-gan", "qnn:npu", 5000, 0.9)
    stage.state.changed()
    assert stage.state.snapshot().quality_tips["balanced"].endswith("on the NPU")
    assert stage.state.snapshot().estimate == "On the NPU"
    mark(stage)
    assert stage.state.snapshot().estimate == "On the NPU, under a second"
    stage.state.set_quality("best")
    assert stage.state.snapshot().quality == "balanced"


def test_the_brush_fits_the_picture_until_the_person_sets_one(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.process.size = (6000, 4000)
    stage.process.answers["open"] = {**stage.process.opened(), "display": display(2, 2)}
    stage.open()
    assert stage.state.snapshot().brush == 150
    stage.state.set_brush(33)
    stage.process.answers["open"] = {**stage.process.opened(), "display": display(2, 2)}
    stage.open()
    assert stage.state.snapshot().brush == 33


def test_too_large_a_result_can_not_be_asked_for(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.process.size = (9000, 6000)
    stage.process.answers["open"] = {**stage.process.opened(), "display": display(2, 2)}
    stage.open()
    stage.state.set_tool("enlarge")
    assert stage.state.snapshot().button.enabled
    stage.state.set_factor(4)
    shot = stage.state.snapshot()
    assert shot.factors == (2,)
    assert not shot.button.enabled
    assert "300 megapixels" in shot.button.tip


def test_a_long_enlargement_offers_the_queue_and_starts(stage: Stage) -> None:
    stage.state.paces.add("faithful ×2", "cpu", 12 * 9, 40.0)
    stage.state.set_tool("enlarge")
    assert stage.state.snapshot().estimate == "On the processor, about 40 s"
    stage.process.held.add("enlarge")
    stage.state.act()
    notice = stage.state.snapshot().notice
    assert notice is not None
    assert notice.actions[0][0] == "enqueue"
    stage.state.do_notice("enqueue")
    assert stage.doors.enqueued == [Path("/pictures/cat.jpg")]
    assert stage.state.job is not None


def test_saving_asks_for_a_place_where_the_settings_say_so(tmp_path: Path) -> None:
    stage = Stage(tmp_path, replace(Settings(), app=App(save="ask")))
    stage.open()
    stage.state.save()
    assert stage.state.snapshot().asking_where
    assert stage.process.asked[-1][0] != "save"


def test_the_mask_is_kept_only_once_the_hand_rests(stage: Stage) -> None:
    def kept() -> int:
        return [do for do, _ in stage.process.asked].count("keep")

    stage.tick()
    mark(stage)
    mark(stage, Box(6, 6, 8, 8))
    stage.tick()
    assert kept() == 0, "it was painted on within those seconds"
    stage.tick()
    assert kept() == 1
    stage.tick()
    assert kept() == 1


def test_what_only_happens_when_idle_gives_way(stage: Stage) -> None:
    stage.process.held.add("warm")
    stage.tick()
    assert stage.process.asked[-1][0] == "warm"
    number = len(stage.process.asked)
    mark(stage)
    stage.state.act()
    assert stage.process.cancelled == [number]


def test_dirty_boxes_cover_what_changed_since_a_window_painted(stage: Stage) -> None:
    for left in (0, 3, 6):
        mark(stage, Box(left, 1, left + 2, 3))
    dirty = stage.state.snapshot().mask_dirty
    assert dirty is None or (dirty.left, dirty.right) == (0, 8)


def test_the_snapshot_is_the_same_until_something_changes(stage: Stage) -> None:
    assert stage.state.snapshot() is stage.state.snapshot()
    before = stage.state.snapshot()
    stage.state.set_brush(5)
    assert stage.state.snapshot() is not before


def test_the_languages_have_the_same_words(stage: Stage) -> None:
    speak("de")
    stage.state.changed()
    mark(stage)
    stage.state.act()
    stage.process.pump()
    shot = stage.state.snapshot()
    assert shot.subtitle == "1 Änderung, nicht gespeichert"
    assert shot.done is not None
    assert shot.done.words == "Fertig in 0,8 s auf dem Prozessor."


def test_what_was_done_with_one_tool_is_not_told_beside_another(stage: Stage) -> None:
    mark(stage)
    stage.state.act()
    stage.process.pump()
    assert stage.state.snapshot().done is not None
    stage.state.set_tool("enlarge")
    assert stage.state.snapshot().done is None
