"""What the editor says when something goes wrong, and that nothing is lost by it."""

from __future__ import annotations

import os
from pathlib import Path

from desktop.state.editing.boxes import Box
from desktop.words import speak
from desktop.workers import Ended, Event
from tests.desktop.editor.fake_process import Stage, able, display, failed, mark


def test_a_picture_that_can_not_be_opened_leaves_the_one_before(stage: Stage) -> None:
    mark(stage)
    stage.process.answers["open"] = failed("x.jpg is damaged: it is cut off.", "Take another copy of the file.", code=5)
    stage.state.open(Path("/pictures/x.jpg"))
    stage.process.pump()
    shot = stage.state.snapshot()
    assert (shot.stage, shot.title) == ("ready", "cat.jpg")
    assert not shot.mask_empty
    assert shot.notice is not None
    assert shot.notice.words == "x.jpg is damaged: it is cut off. Take another copy of the file."


def test_a_first_picture_that_can_not_be_opened_leaves_an_empty_editor(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.process.answers["open"] = failed("x.jpg is not there.", "Check the path.", code=3)
    stage.open()
    shot = stage.state.snapshot()
    assert (shot.stage, shot.title, shot.display) == ("empty", "", None)
    assert shot.notice is not None


def test_too_little_memory_names_the_next_lower_quality(stage: Stage) -> None:
    stage.state._able(able(balanced="mi-gan", best="lama"))
    stage.state.set_quality("best")
    mark(stage)
    stage.process.answers["erase"] = failed("There is not enough memory for this.", code=6, error="NoSpace")
    stage.state.act()
    stage.process.pump()
    notice = stage.state.snapshot().notice
    assert notice is not None
    assert notice.words == "Not enough memory for Best. Try Better."
    assert not stage.state.snapshot().mask_empty
    del stage.process.answers["erase"]
    stage.state.do_notice("lower")
    stage.process.pump()
    assert stage.process.asked[-1][1].get("quality") == "balanced" or any(
        told.get("quality") == "balanced" for do, told in stage.process.asked if do == "erase"
    )
    assert stage.state.snapshot().mask_empty


def test_a_device_that_failed_is_named_with_what_was_done_instead(stage: Stage) -> None:
    mark(stage)
    answer = dict(stage.process._answer("erase"))
    stage.process.answers["erase"] = {**answer, "failed": "qnn:npu", "seconds": 6.0}
    stage.state.act()
    stage.process.pump()
    notice = stage.state.snapshot().notice
    assert notice is not None
    assert notice.words == "The work stopped on the NPU. It was done on the processor instead, in 6.0 s."


def test_a_bug_is_told_as_one_and_its_details_can_be_copied(stage: Stage) -> None:
    mark(stage)
    stage.process.answers["erase"] = failed("KeyError: 'x'")
    stage.state.act()
    stage.process.pump()
    notice = stage.state.snapshot().notice
    assert notice is not None
    assert notice.words == "Something went wrong here. Homespun noted it."
    stage.state.do_notice("copy_details")
    assert "KeyError" in stage.doors.copied[0]


def test_a_full_disk_says_how_much_is_needed_and_asks_for_another_place(stage: Stage) -> None:
    stage.process.answers["save"] = {"full": 14_000_000}
    stage.state.save()
    stage.process.pump()
    notice = stage.state.snapshot().notice
    assert notice is not None
    assert notice.words.startswith("Couldn’t save: the disk is full (needs about 14.0 MB). Nothing was lost;")
    stage.state.do_notice("save_as")
    assert stage.state.snapshot().asking_where == "/pictures/cat (edited).jpg"
    stage.state.save_nowhere()
    assert stage.state.snapshot().asking_where == ""


def test_a_process_that_dies_opening_a_file_says_which(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.process.answers["open"] = Event(Ended.DIED, {"what": "", "todo": "", "code": 1, "error": "Died"})
    stage.open()
    shot = stage.state.snapshot()
    assert shot.stage == "empty"
    assert shot.notice is not None
    assert shot.notice.words == "cat.jpg can’t be opened: the part that reads pictures stopped at it."


def test_a_bar_can_be_dismissed(stage: Stage) -> None:
    stage.state.bar("info", "x")
    stage.state.do_notice("dismiss")
    assert stage.state.snapshot().notice is None


def test_a_process_that_dies_at_a_second_picture_brings_the_first_back(stage: Stage) -> None:
    mark(stage)
    stage.process.answers["open"] = Event(Ended.DIED, {"what": "", "todo": "", "code": 1, "error": "Died"})
    stage.state.open(Path("/pictures/bomb.png"))
    stage.process.pump()
    del stage.process.answers["open"]
    stage.tick()
    shot = stage.state.snapshot()
    assert (shot.stage, shot.title, shot.mask_empty) == ("ready", "cat.jpg", False)
    assert shot.notice is not None
    assert shot.notice.words.startswith("bomb.png can’t be opened")
    assert stage.process.asked[-1][0] in ("open", "warm")
    assert not stage.state.rebuilding


def test_clicks_that_find_nothing_say_so(stage: Stage) -> None:
    stage.state.set_tool("select")
    stage.state.select_at(3, 3, True)
    stage.process.pump()
    notice = stage.state.snapshot().notice
    assert notice is not None
    assert notice.words.startswith("Nothing was found there.")


def test_a_mask_that_can_not_be_kept_is_said_once_and_tried_again(stage: Stage) -> None:
    def kept() -> int:
        return [do for do, _ in stage.process.asked].count("keep")

    stage.tick()
    stage.process.answers["keep"] = {"safe": False}
    for turn in (1, 2):
        mark(stage, Box(turn, turn, turn + 2, turn + 2))
        stage.tick()
        stage.tick()
        notice = stage.state.notice
        if turn == 1:
            assert notice is not None
            assert (notice.tone, notice.words) == (
                "warning",
                "The disk is full: this change would not survive a crash. Save soon.",
            )
            stage.state.do_notice("dismiss")
        else:
            assert notice is None, "it was said already"
    before = kept()
    stage.process.answers["keep"] = {"safe": True}
    stage.tick()
    stage.tick()
    assert kept() > before, "there may be room now"
    before = kept()
    for _ in range(3):
        stage.tick()
    assert kept() == before, "it is safe"
    stage.process.answers["keep"] = {"safe": False}
    mark(stage, Box(0, 0, 9, 2))
    stage.tick()
    stage.tick()
    assert stage.state.notice is not None, "it is said again where it was safe in between"


def test_what_the_reader_notes_of_a_picture_is_shown_in_the_language_spoken(stage: Stage) -> None:
    speak("de")
    note = "Only the first frame of this GIF is read and saved."
    answer = {**stage.process.opened(), "notes": [note], "display": display(*stage.process.size)}
    stage.process.answers["open"] = answer
    stage.state.open(Path("/pictures/cat.gif"))
    stage.process.pump()
    notice = stage.state.snapshot().notice
    assert notice is not None
    assert (notice.tone, notice.words) == ("info", "Von diesem GIF wird nur das erste Bild gelesen und gespeichert.")
    assert notice.actions == ()


def test_the_name_of_unsaved_work_is_fit_for_the_screen(stage: Stage) -> None:
    name = os.fsdecode(b"p\xe9che\n\xe2\x80\xaegpj.jpg")
    stage.process.answers["left"] = {"left": [{"number": "7", "path": f"/pictures/{name}", "title": name}]}
    stage.state.look_back()
    stage.process.pump()
    notice = stage.state.snapshot().notice
    assert notice is not None
    assert notice.words == "p\\xe9che\\x0a\\u202egpj.jpg wasn’t saved last time. Go on with it?"
