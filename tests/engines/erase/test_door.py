"""`erase`: masks, depths, growing, advice and stopping."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.erase import EXEMPLAR, Quality, erase, filler_for, fillers
from engines.erase.door import LARGE, PREPARING, STRAINED, _advice
from engines.erase.exemplar import Effort, Exemplar
from engines.pictures import Picture, WrongMask, find_regions
from homespun.errors import NotFound
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


@pytest.mark.parametrize("channels", [2, 4])
def test_the_colours_that_full_transparency_hides_play_no_part(channels: int) -> None:
    values = pixels("uint8", channels)
    values[..., -1] = 255
    values[:, 88:, -1] = 0  # right beside the hole
    done = []
    for hidden in (0, 255):
        values[:, 88:, :-1] = hidden
        done.append(erase(Picture.new(values.copy()), spot()).picture.pixels)
    visible = (done[0][..., -1] > 0) | (done[1][..., -1] > 0)
    assert visible[spot()].mean() > 0.9
    assert np.array_equal(done[0][visible], done[1][visible])


def test_what_lies_on_full_transparency_leaves_full_transparency() -> None:
    values = np.zeros((120, 150, 4), np.uint8)
    values[..., :3] = np.random.default_rng(3).integers(0, 256, (120, 150, 3))
    values[spot()] = (200, 30, 30, 255)
    assert not erase(Picture.new(values), spot()).picture.pixels[..., 3].any()


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


def test_it_tells_the_boxes_that_changed_and_how_much_was_filled() -> None:
    mask = np.zeros((120, 150), np.bool_)
    mask[5:9, 5:9] = mask[108:112, 138:142] = True
    picture = Picture.new(pixels("uint8", 3))
    done = erase(picture, mask, grow=2)
    assert len(done.boxes) == 2
    inside = np.zeros(mask.shape, np.bool_)
    for box in done.boxes:
        inside[box.slices] = True
    assert np.array_equal(done.picture.pixels[~inside], picture.pixels[~inside])
    assert np.count_nonzero(mask) < done.pixels <= np.count_nonzero(inside)
    assert (done.device, done.fell_back_from) == ("cpu", "")


def test_a_filler_can_be_named_and_one_that_is_not_here_is_refused() -> None:
    picture = Picture.new(pixels("uint8", 3))
    assert fillers() == (EXEMPLAR,)
    assert filler_for(Quality.BEST) == EXEMPLAR
    named = erase(picture, spot(), quality=Quality.BEST, filler=EXEMPLAR)
    assert named.fillers == (EXEMPLAR,)
    assert named.advice == (), "who names a filler is not advised to take another"
    with pytest.raises(NotFound, match="lama"):
        erase(picture, spot(), filler="lama")


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


def test_it_can_be_stopped_at_any_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("homespun.progress.REPORT_EVERY", 0.0)  # so small a hole is filled before a second one is due
    cancel = Cancel()

    def stop(report: Report) -> None:
        if report.note == "filling":
            cancel.cancel()

    with pytest.raises(Cancelled):
        erase(Picture.new(pixels("uint8", 3)), spot(), progress=Progress(stop, cancel))


def test_that_kernels_are_compiled_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import numba

    fill = Exemplar.fill
    seen: list[Report] = []

    def compiling(*given: Any, **more: Any) -> Any:
        numba.njit(lambda many: np.sort(np.ones(many)).sum())(3)
        return fill(*given, **more)

    monkeypatch.setattr(Exemplar, "fill", compiling)
    erase(Picture.new(pixels("uint8", 3)), spot(), progress=Progress(seen.append))
    assert PREPARING in [report.note for report in seen]
    seen.clear()
    monkeypatch.undo()
    erase(Picture.new(pixels("uint8", 3)), spot(), progress=Progress(seen.append))
    assert seen
    assert PREPARING not in [report.note for report in seen]


def test_a_cancel_of_twelve_megapixels_is_heard_within_a_quarter_of_a_second_of_work() -> None:
    class Watched(Progress):
        def report(self, done: int, total: int, note: str = "") -> None:
            worked.append(time.thread_time())  # waiting for the workers is no work, and is cut every 0.1 s
            super().report(done, total, note)

    tile = np.random.default_rng(8).integers(0, 256, (500, 500, 3), np.uint8)
    picture, mask = Picture.new(np.tile(tile, (6, 8, 1))), np.zeros((3000, 4000), np.bool_)
    mask[1300:1690, 1900:2290] = True
    longest: list[float] = []
    while len(longest) < 3 and min(longest, default=1) >= 0.25:  # the first one imports and touches new memory
        worked = [time.thread_time()]
        erase(picture, mask, progress=Watched())
        worked.append(time.thread_time())
        longest.append(max(later - earlier for earlier, later in pairwise(worked)))
    assert min(longest) < 0.25, longest


def test_the_door_is_opened_without_compiling_anything() -> None:
    code = "import sys, engines.erase; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=False).returncode == 0
