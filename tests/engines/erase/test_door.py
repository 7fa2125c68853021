"""`erase`: masks, depths, growing, advice and stopping."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.erase import Quality, erase
from engines.erase.door import LARGE, STRAINED, _advice
from engines.erase.exemplar import Effort
from engines.pictures import Picture, WrongMask, find_regions
from homespun.progress import Cancel, Cancelled, Progress, Report


def pixels(dtype: str, channels: int) -> NDArray[np.generic]:
    values = np.random.default_rng(8).random((120, 150, channels))
    if dtype == "float32":
        return values.astype(np.float32)
    return (values * np.iinfo(dtype).max).astype(dtype)


def spot() -> NDArray[np.bool_]:
    mask = np.zeros((120, 150), np.bool_)
    mask[50:70, 60:85] = True
    return mask


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float32"])
def test_outside_the_grown_mask_every_bit_stays(dtype: str, channels: int) -> None:
    picture = Picture.new(pixels(dtype, channels))
    done = erase(picture, spot(), grow=4)
    grown = np.zeros((120, 150), np.bool_)
    for region in find_regions(spot(), grow=4):
        grown[region.box.slices] |= region.hole
    assert done.picture.pixels.dtype == picture.pixels.dtype
    assert np.array_equal(done.picture.pixels[~grown], picture.pixels[~grown])
    assert not np.array_equal(done.picture.pixels[spot()], picture.pixels[spot()])
    assert done.fillers == ("exemplar",)
    assert done.advice == ()


def test_an_empty_mask_gives_the_same_picture() -> None:
    picture = Picture.new(pixels("uint8", 3))
    done = erase(picture, np.zeros((120, 150), np.bool_))
    assert np.array_equal(done.picture.pixels, picture.pixels)
    assert done.fillers == ()


def test_masks_that_cannot_be_are_refused() -> None:
    picture = Picture.new(pixels("uint8", 3))
    with pytest.raises(WrongMask):
        erase(picture, np.zeros((120, 151), np.bool_))
    with pytest.raises(WrongMask):
        erase(picture, np.ones((120, 150), np.bool_))


def test_two_things_far_apart_are_two_regions() -> None:
    picture = Picture.new(np.tile(pixels("uint8", 3), (3, 3, 1)))
    mask = np.zeros((360, 450), np.bool_)
    mask[40:60, 40:60] = mask[280:300, 380:400] = True
    assert erase(picture, mask).fillers == ("exemplar", "exemplar")


def test_without_a_model_better_quality_falls_back_and_says_so() -> None:
    done = erase(Picture.new(pixels("uint8", 3)), spot(), quality=Quality.BEST)
    assert done.fillers == ("exemplar",)
    assert "mi-gan" in done.advice[0]


def test_large_holes_across_different_things_bring_the_advice_to_take_a_model() -> None:
    hard, small = Effort(LARGE + 1, STRAINED + 1, True), Effort(LARGE - 1, STRAINED + 1, True)
    easy = Effort(LARGE + 1, STRAINED - 0.1, True)
    assert "model" in _advice(Quality.INSTANT, "exemplar", [easy, hard])[0]
    assert _advice(Quality.INSTANT, "exemplar", [small, easy]) == ()
    assert "Mark less" in _advice(Quality.INSTANT, "exemplar", [Effort(5, 0.0, False)])[0]


def test_a_hard_photo_brings_the_advice_and_an_easy_one_does_not(shared: Path) -> None:
    from engines.pictures import read_mask

    for name, photo, hard in (("tv-1", "waiting-room", True), ("race-car", "street-3742352153", False)):
        picture = Picture.open(shared / "data" / "photos" / f"{photo}.jpg")
        mask = read_mask(shared / "data" / "masks" / f"{name}.png", (picture.width, picture.height))
        assert bool(erase(picture, mask).advice) is hard


def test_it_can_be_stopped_at_any_report() -> None:
    cancel = Cancel()

    def stop(report: Report) -> None:
        if report.note == "filling":
            cancel.cancel()

    with pytest.raises(Cancelled):
        erase(Picture.new(pixels("uint8", 3)), spot(), progress=Progress(stop, cancel))


def test_the_door_is_opened_without_compiling_anything() -> None:
    code = "import sys, engines.erase; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=False).returncode == 0
