"""Filling a place of a whole picture: what is outside stays, candidates can be had again, pictures grow."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.concepts import Guard, read_policy
from engines.diffusion import Wish, extended, fill, pipeline_here
from engines.pictures import Picture, WrongMask, find_regions
from engines.runtime import CPU
from homespun.errors import NotFound, UsageError
from homespun.progress import Cancelled, Progress, Report
from models.pipelines import Pipeline


def picture_of(dtype: str = "uint8", channels: int = 3, size: tuple[int, int] = (90, 120)) -> Picture:
    values = np.random.default_rng(5).random((*size, channels))
    top = 1 if dtype == "float32" else np.iinfo(dtype).max
    return Picture.new((values * top).astype(dtype), format="TIFF")


def holes(size: tuple[int, int] = (90, 120)) -> NDArray[np.bool_]:
    mask = np.zeros(size, np.bool_)
    mask[20:35, 30:50] = mask[70:80, 100:115] = True
    return mask


def grown(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    wide = np.zeros_like(mask)
    for region in find_regions(mask):
        wide[region.box.slices] |= region.hole
    return wide


def fast(**more: object) -> Wish:
    return Wish("ab", **({"steps": 2, "guidance": 1.0} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float32"])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_outside_the_grown_mask_every_bit_stays(nine: Pipeline, dtype: str, channels: int) -> None:
    picture, mask = picture_of(dtype, channels), holes()
    done = fill(picture, mask, fast(), pipeline=nine)
    (made,) = done.pictures
    wide = grown(mask)
    assert np.array_equal(made.pixels[~wide], picture.pixels[~wide])
    assert (made.pixels[mask] != picture.pixels[mask]).any(axis=1).mean() > 0.9
    assert (done.seeds, done.device) == ((0,), CPU)


def test_candidates_differ_and_each_can_be_had_again_by_its_seed(four: Pipeline) -> None:
    picture, mask = picture_of(), holes()
    three = fill(picture, mask, fast(seed=4, candidates=3), pipeline=four)
    assert three.seeds == (4, 5, 6)
    first, second, third = (one.pixels for one in three.pictures)
    assert not np.array_equal(first, second)
    assert not np.array_equal(second, third)
    (again,) = fill(picture, mask, fast(seed=5), pipeline=four).pictures
    assert np.array_equal(again.pixels, second)


def test_the_guard_is_asked_and_tells(nine: Pipeline) -> None:
    picture, mask = picture_of(), holes()
    done = fill(picture, mask, Wish("nude", steps=2, guidance=1.0), pipeline=nine, guard=Guard(read_policy()))
    assert next(finding.concept for finding in done.findings if finding.acted) == "explicit content"
    plain = fill(picture, mask, Wish("", steps=2, guidance=1.0), pipeline=nine)
    assert np.array_equal(done.pictures[0].pixels, plain.pictures[0].pixels), "nothing is left of such a prompt"


def test_masks_that_cannot_be_are_refused(nine: Pipeline) -> None:
    picture = picture_of()
    with pytest.raises(UsageError, match="mask is empty"):
        fill(picture, np.zeros((90, 120), np.bool_), fast(), pipeline=nine)
    for mask in (np.ones((90, 120), np.bool_), np.zeros((90, 121), np.bool_)):
        with pytest.raises(WrongMask):
            fill(picture, mask, fast(), pipeline=nine)


@pytest.mark.parametrize("candidates", [1, 3])
def test_progress_goes_up_to_the_end_and_every_step_is_told(
    nine: Pipeline, monkeypatch: pytest.MonkeyPatch, candidates: int
) -> None:
    monkeypatch.setattr("homespun.progress.REPORT_EVERY", 0.0)  # every one is shown
    told: list[Report] = []
    fill(picture_of(), holes(), fast(candidates=candidates), pipeline=nine, progress=Progress(told.append))
    shares = [report.done / report.total for report in told if report.total]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert any("step 1 of 2" in report.note for report in told)
    assert any("step 2 of 2" in report.note for report in told)


def test_a_cancel_between_steps_ends_it(nine: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("homespun.progress.REPORT_EVERY", 0.0)  # every one is shown
    progress = Progress(lambda report: progress.cancel.cancel() if "step 2 of" in report.note else None)
    with pytest.raises(Cancelled):
        fill(picture_of(), holes(), fast(), pipeline=nine, progress=progress)


@pytest.mark.parametrize("channels", [3, 4])
def test_an_extended_picture_holds_the_old_one_bit_by_bit(nine: Pipeline, channels: int) -> None:
    picture = picture_of(channels=channels)
    wider, mask = extended(picture, left=30, bottom=10)
    assert (wider.width, wider.height) == (150, 100)
    assert np.array_equal(wider.pixels[:90, 30:], picture.pixels)
    assert np.array_equal(~mask, np.pad(np.ones((90, 120), np.bool_), ((0, 10), (30, 0))))
    (made,) = fill(wider, mask, fast(), pipeline=nine).pictures
    inner = ~grown(mask)
    assert np.array_equal(made.pixels[inner], wider.pixels[inner])
    assert inner.sum() > 0.9 * 90 * 120
    if channels == 4:
        assert (wider.pixels[..., 3][mask] == 255).all()


def test_what_is_painted_can_be_seen_where_the_picture_was_transparent(nine: Pipeline) -> None:
    pixels = picture_of(channels=4).pixels.copy()
    pixels[..., 3] = 0
    pixels[30:60, 40:80, 3] = 255
    wider, mask = extended(Picture.new(pixels), left=30)
    (made,) = fill(wider, mask, fast(), pipeline=nine).pictures
    assert (made.pixels[..., 3][mask] == 255).all()
    assert np.array_equal(made.pixels[..., 3][~grown(mask)], wider.pixels[..., 3][~grown(mask)])


def test_further_holes_at_the_end_of_all_seeds_are_painted_too(nine: Pipeline) -> None:
    done = fill(picture_of(), holes(), fast(seed=2**63 - 1), pipeline=nine)
    assert done.seeds == (2**63 - 1,)


@pytest.mark.parametrize("more", [{}, {"left": -1, "right": 5}, {"left": 2_000_000}])
def test_what_can_not_be_added_is_said(more: dict[str, int]) -> None:
    with pytest.raises(UsageError):
        extended(picture_of(), **more)


def test_without_a_pipeline_it_says_how_to_get_one(
    nine: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path))
    with pytest.raises(NotFound, match="fills by words") as error:
        pipeline_here()
    assert "models get erase-best" in error.value.todo
    assert pipeline_here(nine.folder) == nine
