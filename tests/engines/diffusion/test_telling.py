"""Painting as a person meets it: stopping, progress, notes, and wishes that can't be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.diffusion.parts import Parts
from engines.diffusion.pipeline import Wish, inpaint
from homespun.errors import UsageError
from homespun.progress import Cancelled, Progress, Report
from models.pipelines import Pipeline
from tests.engines.diffusion.spied import Spied

Floats = NDArray[np.float32]
Hole = NDArray[np.bool_]


@pytest.mark.parametrize("at", range(8))
def test_it_stops_at_the_step_at_which_somebody_asks(nine: Pipeline, pixels: Floats, mask: Hole, at: int) -> None:
    progress = Progress()
    with Parts(nine) as parts:
        spied = Spied(parts)

        def ask(number: int) -> None:
            if number == at:
                progress.cancel.cancel()

        spied.before = ask
        with pytest.raises(Cancelled):
            inpaint(parts, pixels, mask, Wish("a wall"), progress=progress)
        assert len(spied.calls) == at
        spied.before = lambda number: None
        inpaint(parts, pixels, mask, Wish("a wall"))  # the parts are as good as before


def test_who_asked_before_it_began_gets_nothing(nine: Pipeline, pixels: Floats, mask: Hole) -> None:
    progress = Progress()
    progress.cancel.cancel()
    with Parts(nine) as parts:
        with pytest.raises(Cancelled):
            inpaint(parts, pixels, mask, Wish("a wall"), progress=progress)
        assert not parts.runs


class Everything(Progress):
    """Shows each report, however soon after the last."""

    def report(self, done: int, total: int, note: str = "") -> None:
        self.show(Report(done, total, note))
        self.cancel.check()


def test_progress_never_goes_back_tells_each_step_and_how_long_it_takes(
    nine: Pipeline, pixels: Floats, mask: Hole
) -> None:
    reports: list[Report] = []
    with Parts(nine) as parts:
        inpaint(parts, pixels, mask, Wish("a wall", candidates=2, steps=2), progress=Everything(show=reports.append))
    done = [report.done for report in reports]
    assert done == sorted(done)
    assert done[-1] == reports[-1].total
    assert done[-2] < done[-1]
    notes = [report.note.partition(", about ")[0] for report in reports]
    told = list(dict.fromkeys(notes))
    assert told == [
        "reading the prompt",
        "looking at the picture",
        "opening the network",
        "step 1 of 2 of picture 1",
        "step 2 of 2 of picture 1",
        "step 1 of 2 of picture 2",
        "step 2 of 2 of picture 2",
        "finishing the picture",
    ]
    assert reports[0].note == "reading the prompt"  # nothing is measured yet
    assert all(report.note.endswith(" left") for report in reports[1:-1])


def test_what_is_too_long_is_told(nine: Pipeline, pixels: Floats, mask: Hole) -> None:
    with Parts(nine) as parts:
        painted = inpaint(parts, pixels, mask, Wish("a wall of bricks", negative="abcdefghijklmnop", steps=1))
    assert painted.notes == (
        "The prompt is longer than the network reads: it ends before “cks”.",
        "The negative prompt is longer than the network reads: it ends before “klmnop”.",
    )


def test_an_empty_prompt_paints(nine: Pipeline, pixels: Floats, mask: Hole) -> None:
    with Parts(nine) as parts:
        painted = inpaint(parts, pixels, mask, Wish(""))
    assert painted.notes == ()
    assert np.isfinite(painted.pixels[0]).all()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"steps": 0}, "steps is 0"),
        ({"steps": 1001}, "steps is 1001"),
        ({"guidance": -1.0}, "guidance is -1.0"),
        ({"guidance": float("nan")}, "guidance is nan"),
        ({"strength": 0.0}, "strength is 0.0"),
        ({"strength": 1.5}, "strength is 1.5"),
        ({"seed": -1}, "seed is -1"),
        ({"candidates": 0}, "candidates is 0"),
    ],
)
def test_a_wish_that_can_t_be_is_told(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        Wish("a wall", **wrong)


def test_a_wish_that_leaves_no_step_runs_nothing(nine: Pipeline, pixels: Floats, mask: Hole) -> None:
    with Parts(nine) as parts:
        with pytest.raises(UsageError, match="none of 4 steps is left"):
            inpaint(parts, pixels, mask, Wish("a wall", strength=0.2))
        with pytest.raises(UsageError, match="no scheduler 'heun'"):
            inpaint(parts, pixels, mask, Wish("a wall", scheduler="heun"))
        assert not parts.runs


def test_a_picture_or_mask_of_another_size_is_the_caller_s_fault(nine: Pipeline, pixels: Floats, mask: Hole) -> None:
    with Parts(nine) as parts:
        with pytest.raises(ValueError, match="the picture is"):
            inpaint(parts, pixels[:16], mask, Wish(""))
        with pytest.raises(ValueError, match="the picture is"):
            inpaint(parts, pixels.astype(np.float64), mask, Wish(""))
        with pytest.raises(ValueError, match="the mask is"):
            inpaint(parts, pixels, mask.T, Wish(""))
