"""Filling by words as the state decides it: when there is the tool, what it needs, what it asks for, and what comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop.state.editing.boxes import Box
from desktop.state.editing.wording import painting_words
from desktop.words import speak
from desktop.workers import Ended, Event
from homespun.errors import ExitCode
from tests.desktop.editor.fake_process import Stage, able, failed, mark

PAINTER = {"name": "erase-best", "pixels": 512 * 512}


@pytest.fixture
def fills(tmp_path: Path) -> Any:
    """A state with a picture open, where something fills by words."""
    one = Stage(tmp_path)
    one.process.answers["able"] = able(PAINTER)
    one.open()
    yield one
    one.process.sweep()


def begin(stage: Stage, words: str = "a bench") -> None:
    """Choose the tool, mark a place and say what should be there."""
    stage.state.set_tool("fill")
    mark(stage)
    stage.state.set_prompt(words)


def filled(stage: Stage, words: str = "a bench") -> None:
    begin(stage, words)
    stage.state.act()
    stage.process.pump()


def asked(stage: Stage) -> Any:
    """The last fill that was asked for."""
    return [told for do, told in stage.process.asked if do == "fill"][-1]


def test_without_anything_that_fills_there_is_no_such_tool(stage: Stage) -> None:
    assert stage.state.snapshot().tools == ("erase", "enlarge", "select")
    stage.state.set_tool("fill")
    assert stage.state.snapshot().tool == "erase"


def test_the_tool_comes_and_goes_with_the_model(stage: Stage) -> None:
    stage.process.answers["able"] = able(PAINTER)
    stage.state.look_at_models()
    stage.process.pump()
    assert stage.state.snapshot().tools == ("erase", "fill", "enlarge", "select")
    assert stage.state.snapshot().tool == "erase"
    begin(stage)
    assert stage.state.snapshot().tool == "fill"
    stage.process.answers["able"] = able(None)
    stage.state.look_at_models()
    stage.process.pump()
    shown = stage.state.snapshot()
    assert (shown.tool, shown.tools) == ("erase", ("erase", "enlarge", "select"))
    assert not shown.mask_empty


@pytest.mark.parametrize("there", [True, False])
def test_the_tool_that_was_asked_for_before_anything_is_known_is_chosen_if_it_can_be(
    tmp_path: Path, there: bool
) -> None:
    stage = Stage(tmp_path)
    stage.process.answers["able"] = able(PAINTER if there else None)
    stage.state.set_tool("fill")
    assert stage.state.snapshot().tool == "erase"
    stage.open()
    assert stage.state.snapshot().tool == ("fill" if there else "erase")
    stage.process.sweep()


def test_another_tool_chosen_meanwhile_stays(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.process.answers["able"] = able(PAINTER)
    stage.state.set_tool("fill")
    stage.state.set_tool("select")
    stage.open()
    assert stage.state.snapshot().tool == "select"
    stage.process.sweep()


def test_it_says_what_is_missing(fills: Stage) -> None:
    fills.state.set_tool("fill")
    button = fills.state.snapshot().button
    assert (button.words, button.enabled) == ("Fill it", False)
    assert button.tip.startswith("Mark the place")
    fills.state.act()
    notice = fills.state.snapshot().notice
    assert notice is not None
    assert notice.words == button.tip
    mark(fills)
    assert fills.state.snapshot().button.tip == "Say what should be there."
    fills.state.set_prompt("  ")
    assert not fills.state.snapshot().button.enabled
    fills.state.set_prompt("a bench")
    assert fills.state.snapshot().button.enabled
    assert [do for do, _ in fills.process.asked if do == "fill"] == []


def test_what_is_asked_is_what_was_said(fills: Stage) -> None:
    begin(fills, "  a wooden bench ")
    fills.state.set_negative("people")
    fills.state.set_variants(2)
    fills.state.act()
    told = asked(fills)
    assert (told["prompt"], told["negative"], told["candidates"], told["more"]) == ("a wooden bench", "", 2, False)
    assert Box(*told["box"]) == Box(2, 2, 5, 5)
    fills.process.pump()
    fills.state.show_negative(True)
    fills.state.again()
    assert asked(fills)["negative"] == "people"
    fills.process.pump()


def test_a_count_that_nobody_offers_is_not_taken(fills: Stage) -> None:
    fills.state.set_variants(3)
    fills.state.set_variants(100)
    assert fills.state.snapshot().variants == 1


def test_several_results_are_chosen_from_and_undone_as_one(fills: Stage) -> None:
    begin(fills)
    fills.state.set_variants(2)
    fills.state.act()
    fills.process.pump()
    shown = fills.state.snapshot()
    assert shown.done is not None
    assert (shown.done.variants, shown.done.current, shown.done.again) == (("1", "2"), 0, True)
    assert shown.done.other_ways == ()
    assert shown.mask_empty
    assert (shown.changes, shown.edited) == (1, True)
    fills.state.next_variant()
    fills.process.pump()
    done = fills.state.snapshot().done
    assert done is not None
    assert done.current == 1
    fills.state.undo()
    fills.process.pump()
    shown = fills.state.snapshot()
    assert not shown.edited
    assert not shown.mask_empty


def test_more_results_join_the_ones_before_and_no_seed_comes_twice(fills: Stage) -> None:
    filled(fills)
    seeds = [asked(fills)["seed"]]
    fills.state.set_variants(2)
    fills.state.again()
    told = asked(fills)
    assert (told["more"], told["candidates"]) == (True, 2)
    seeds += [told["seed"], told["seed"] + 1]
    fills.process.pump()
    done = fills.state.snapshot().done
    assert done is not None
    assert (len(done.variants), done.current) == (3, 1)
    fills.state.set_prompt("a table")
    assert fills.state.snapshot().button.enabled  # the same place, with other words
    fills.state.act()
    assert (asked(fills)["prompt"], asked(fills)["more"]) == ("a table", True)
    seeds += [asked(fills)["seed"], asked(fills)["seed"] + 1]
    fills.process.pump()
    assert len(set(seeds)) == len(seeds)


def test_more_than_eight_results_are_not_kept(fills: Stage) -> None:
    begin(fills)
    fills.state.set_variants(4)
    fills.state.act()
    fills.process.pump()
    fills.state.set_variants(2)
    fills.state.again()
    fills.process.pump()
    fills.state.set_variants(4)
    fills.state.again()
    assert asked(fills)["candidates"] == 2
    fills.process.pump()
    done = fills.state.snapshot().done
    assert done is not None
    assert (len(done.variants), done.again) == (8, False)
    assert not fills.state.snapshot().button.enabled


def test_once_more_needs_words_too(fills: Stage) -> None:
    filled(fills)
    fills.state.set_prompt("")
    before = len(fills.process.asked)
    fills.state.again()
    assert len(fills.process.asked) == before
    assert fills.state.job is None


def test_what_the_guard_did_and_what_was_not_read_stands_quietly_below(fills: Stage) -> None:
    speak("de")
    told = {
        "box": [1, 1, 4, 4], "width": 12, "height": 9, "seconds": 4.2, "device": "cpu", "results": 2, "current": 0,
        "guard": [
            {"concept": "explicit content", "stage": "words", "removed": ["nude"]},
            {"concept": "real people", "stage": "surgery", "removed": []},
        ],
        "notes": ["The prompt is longer than the network reads: it ends before “bench”."],
        "places": 1, "safe": True, "steps": 1,
    }  # fmt: skip
    fills.process.answers["fill"] = told
    filled(fills)
    shown = fills.state.snapshot()
    assert shown.notice is None  # a bar over the results would hide them
    assert shown.done is not None
    assert shown.done.note == (
        "Der Wächter hat „nude“ aus dem Text genommen (sexuelle Inhalte). "
        "Der Wächter hat abgeschwächt, was der Text zu „echte Personen“ sagt. "
        "Der Text ist länger, als das Netz liest: Es hört vor „bench“ auf."
    )
    note = shown.done.note
    fills.state.next_variant()
    fills.process.pump()
    done = fills.state.snapshot().done
    assert done is not None
    assert (done.current, done.note) == (1, note)


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("step 2 of 4, about 40 s left", "Step 2 of 4, about 40 s left"),
        ("step 1 of 4", "Step 1 of 4"),
        ("step 3 of 4 of picture 2, about 5 min left", "Result 2, about 5 min left"),
        ("reading the prompt, about 3 s left", "Reading the words, about 3 s left"),
        ("looking at the picture", "Looking at the picture"),
        ("opening the network, about 12 s left", "Loading the model, about 10 s left"),
        ("finishing the picture, about 12 s left", "Finishing, about 10 s left"),
        ("erase-best", ""),
        ("step by step", ""),
    ],
)
def test_how_far_the_painting_is_is_said_in_the_persons_words(note: str, words: str) -> None:
    assert painting_words(note) == words


def test_while_it_paints_the_time_left_is_told_and_it_can_be_stopped(fills: Stage) -> None:
    fills.process.held.add("fill")
    begin(fills)
    fills.state.act()
    fills.process.tell("fill", Event(Ended.PROGRESS, {"done": 3, "total": 4, "note": "step 4 of 4, about 20 s left"}))
    shown = fills.state.snapshot()
    assert shown.working is not None
    assert (shown.working.note, shown.working.share) == ("Step 4 of 4, about 20 s left", 0.75)
    assert shown.button.stops
    fills.state.act()
    fills.process.pump()
    shown = fills.state.snapshot()
    assert (shown.working, shown.edited, shown.mask_empty) == (None, False, False)
    assert shown.prompt == "a bench"


def test_a_failure_leaves_everything_as_it_was_and_looks_again_at_what_is_here(fills: Stage) -> None:
    told = ("There is not enough memory for a of b: it takes about c, and d are free.", "Close other programs.")
    fills.process.answers["fill"] = failed(*told, code=ExitCode.NO_SPACE, error="NoSpace")
    fills.process.answers["able"] = able(PAINTER)
    filled(fills)
    shown = fills.state.snapshot()
    assert shown.notice is not None
    assert shown.notice.tone == "danger"
    assert shown.notice.words == " ".join(told)
    assert not shown.mask_empty
    assert fills.process.asked[-1][0] == "able"
    del fills.process.answers["fill"]
    fills.state.do_notice("retry")
    fills.process.pump()
    assert fills.state.snapshot().edited


def test_the_second_time_it_is_known_how_long_it_takes(fills: Stage) -> None:
    begin(fills)
    assert fills.state.snapshot().estimate == ""
    fills.state.act()
    fills.process.pump()
    fills.state.set_variants(2)
    mark(fills)
    assert fills.state.snapshot().estimate == "On the graphics card, about 8 s"
    fills.state.set_tool("erase")
    assert "graphics" not in fills.state.snapshot().estimate


def test_a_filled_picture_is_named_so(fills: Stage) -> None:
    filled(fills)
    fills.state.save()
    assert next(told["what"] for do, told in fills.process.asked if do == "save") == "filled"


def test_the_eraser_that_could_not_says_why_another_did_it(stage: Stage) -> None:
    stage.process.answers["erase"] = {
        "box": [1, 1, 4, 4], "width": 12, "height": 9, "seconds": 0.8, "filler": "exemplar", "device": "cpu",
        "failed": "", "pixels": 9, "results": 1, "current": 0, "safe": True, "steps": 1,
        "notes": ["The best eraser could not be used, so exemplar did it. Nobody knows."],
    }  # fmt: skip
    mark(stage)
    stage.state.act()
    stage.process.pump()
    done = stage.state.snapshot().done
    assert done is not None
    assert done.note == "The best eraser could not be used, so exemplar did it. Nobody knows."
