"""Memory: how much a part takes, and what happens when there is less."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.diffusion import memory
from engines.diffusion import parts as module
from engines.diffusion.memory import needed_memory
from engines.diffusion.parts import Parts
from engines.diffusion.pipeline import Wish, inpaint
from engines.runtime import open_model
from homespun.errors import HomespunError, NoSpace
from models.pipelines import DECODER, ENCODER, PARTS, TEXT, UNET, Pipeline, PipelineFile

Floats = NDArray[np.float32]
Hole = NDArray[np.bool_]


class Machine:
    """Memory of `room` bytes, of which each open part takes what it is said to need."""

    def __init__(self, parts: Parts, room: int) -> None:
        self.parts, self.room, self.most = parts, room, 0

    def free(self) -> int:
        taken = sum(needed_memory(self.parts.pipeline, part) for part in PARTS if self.parts.is_open(part))
        self.most = max(self.most, taken)
        return self.room - taken


def test_parts_stay_open_where_there_is_room(nine: Pipeline, pixels: Floats, mask: Hole) -> None:
    with Parts(nine) as parts:
        inpaint(parts, pixels, mask, Wish("a wall"))
        assert all(parts.is_open(part) for part in PARTS)
        opened = dict(parts.loads)
        again = inpaint(parts, pixels, mask, Wish("a wall"))
        assert parts.loads == opened
        assert again.opening == {}


def test_parts_are_closed_in_turn_where_memory_is_short(
    nine: Pipeline, pixels: Floats, mask: Hole, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = max(needed_memory(nine, part) for part in PARTS)
    with Parts(nine) as parts:
        reference = inpaint(parts, pixels, mask, Wish("a wall"))
    with Parts(nine) as parts:
        machine = Machine(parts, int(most * 1.5))
        monkeypatch.setattr(memory, "free_memory", machine.free)
        painted = inpaint(parts, pixels, mask, Wish("a wall"))
        assert [part for part in PARTS if parts.is_open(part)] == [DECODER]
    assert machine.most <= machine.room
    assert painted.pixels[0].tobytes() == reference.pixels[0].tobytes()


def test_the_part_that_was_used_last_is_closed_last(
    nine: Pipeline, pixels: Floats, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Parts(nine) as parts:
        parts.keys_values(parts.said(""))
        parts.said("")
        room = sum(needed_memory(nine, part) for part in (TEXT, ENCODER))
        monkeypatch.setattr(memory, "free_memory", Machine(parts, room).free)
        parts.encode(pixels)
        assert [part for part in PARTS if parts.is_open(part)] == [TEXT, ENCODER]


def test_a_part_that_never_fits_is_refused_with_figures(
    nine: Pipeline, pixels: Floats, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Parts(nine) as parts:
        parts.said("")
        monkeypatch.setattr(memory, "free_memory", lambda: 1_000_000)
        with pytest.raises(NoSpace, match=r"not enough memory for vae_encoder.onnx of Tiny: .*, and 1.0 MB are free"):
            parts.encode(pixels)
        assert not parts.is_open(TEXT)


class Failing:
    """`open_model`, but for the first opening of one part."""

    def __init__(self, part: str, error: Exception) -> None:
        self.part, self.error, self.calls = part, error, 0
        self.real = open_model

    def __call__(self, *args: Any, **named: Any) -> Any:
        if named["file"] == self.part:
            self.calls += 1
            if self.calls == 1:
                raise self.error
        return self.real(*args, **named)


SHORT = HomespunError("There is not enough memory free to run unet.onnx.", "Close other programs and try again.")


def test_the_first_step_s_network_is_tried_once_more_too(
    nine: Pipeline, pixels: Floats, mask: Hole, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = Failing(UNET, SHORT)
    monkeypatch.setattr(module, "open_model", failing)
    with Parts(nine) as parts:
        painted = inpaint(parts, pixels, mask, Wish("a wall"))
    assert failing.calls == 2
    assert len(painted.steps) == 4


@pytest.mark.parametrize("error", [SHORT, MemoryError()])
def test_where_memory_ran_out_the_part_is_tried_once_more_alone(
    nine: Pipeline, pixels: Floats, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    failing = Failing(ENCODER, error)
    monkeypatch.setattr(module, "open_model", failing)
    with Parts(nine) as parts:
        parts.said("")
        parts.encode(pixels)
        assert failing.calls == 2
        assert not parts.is_open(TEXT)


def test_where_memory_ran_out_for_a_part_alone_it_is_told(nine: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "open_model", Failing(TEXT, MemoryError()))
    with Parts(nine) as parts, pytest.raises(NoSpace, match="not enough memory for text_encoder"):
        parts.said("")
    monkeypatch.setattr(module, "open_model", Failing(TEXT, SHORT))
    with Parts(nine) as parts, pytest.raises(HomespunError, match="not enough memory free"):
        parts.said("")


def test_the_figures_for_stable_diffusion_are_those_that_were_measured(nine: Pipeline) -> None:
    sizes = {UNET: 4_000_000, ENCODER: 137_000_000, DECODER: 198_000_000}
    files = [replace(file, size=sizes.get(file.name, file.size)) for file in nine.files]
    data = PipelineFile(f"{UNET}.data", "", 3_440_000_000)
    sd = replace(nine, height=512, width=512, files=(*files, data), bias=(4096, 1024, 256, 64))
    # Peaks of the whole process, diffusion.md §3.5.
    for part, peak in {UNET: 5.15, ENCODER: 1.31, DECODER: 2.26}.items():
        assert needed_memory(sd, part) == pytest.approx(peak * 2**30, rel=0.15)
    quantised = replace(sd, precisions={UNET: "a16w8"})
    assert needed_memory(quantised, UNET) > 3 * needed_memory(sd, UNET)  # a byte becomes five
