"""How long painting takes, as it is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.diffusion.forecast import expected, seconds_of, shown, work
from engines.diffusion.parts import Parts
from engines.diffusion.pipeline import Wish, estimate, inpaint
from models.pipelines import DECODER, ENCODER, TEXT, UNET, Pipeline

Floats = NDArray[np.float32]
Hole = NDArray[np.bool_]


def test_the_arithmetic_of_stable_diffusion_is_what_torch_counted(nine: Pipeline) -> None:
    sizes = {UNET: 3_438_000_000, ENCODER: 136_800_000, DECODER: 198_000_000}
    files = tuple(replace(file, size=sizes.get(file.name, file.size)) for file in nine.files)
    sd = replace(nine, height=512, width=512, files=files)
    for part, giga in {UNET: 803, ENCODER: 1117, DECODER: 2515}.items():
        assert work(sd, part) / 1e9 == pytest.approx(giga, rel=0.02)
    halved = replace(sd, files=tuple(replace(file, size=file.size // 2) for file in files), precisions={UNET: "fp16"})
    assert work(halved, UNET) == pytest.approx(work(sd, UNET), rel=0.01)


def test_what_was_measured_is_expected_again_and_the_rest_by_its_arithmetic(nine: Pipeline) -> None:
    with Parts(nine) as parts:
        assert seconds_of(parts, UNET) == 0
        parts.runs = {TEXT: [1.0]}
        assert seconds_of(parts, UNET) == pytest.approx(work(nine, UNET) / work(nine, TEXT))
        parts.runs[ENCODER] = [9.0, 2.0, 2.0]
        assert seconds_of(parts, ENCODER) == 2.0
        assert seconds_of(parts, DECODER) == pytest.approx(2.0 * work(nine, DECODER) / work(nine, ENCODER))
        parts.runs[UNET] = [5.0]
        parts.loads = {UNET: 7.0}
        assert expected(parts, {UNET: 3, TEXT: 0}) == pytest.approx(7.0 + 15.0)


def test_the_time_is_told_before_it_starts(nine: Pipeline, pixels: Floats, mask: Hole) -> None:
    with Parts(nine) as parts:
        assert estimate(parts, Wish("a wall")) > 0
        assert list(parts.runs) == [TEXT]  # the quickest part was asked how quick the machine is
        inpaint(parts, pixels, mask, Wish("a wall"))
        one, many = (estimate(parts, Wish("a wall", candidates=count)) for count in (1, 10))
        runs = {part: np.median(took) for part, took in parts.runs.items()}
    each = 8 * runs[UNET] + runs[DECODER]
    assert many - one == pytest.approx(9 * each)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.0, "1 s"), (3.4, "3 s"), (41.0, "40 s"), (89.0, "90 s"), (100.0, "2 min"), (290.0, "5 min")],
)
def test_times_are_told_roughly(seconds: float, told: str) -> None:
    assert shown(seconds) == told
