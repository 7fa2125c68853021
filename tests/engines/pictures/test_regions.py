"""Regions: found, joined, grown, filled; and nothing else touched, to the bit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy import ndimage

from engines.pictures import Box, Filler, Picture, WrongMask, check_mask, fill_regions, find_regions, grow_for, shown
from homespun.progress import Cancelled, Progress, Report
from tests.engines.pictures.conftest import Noise

KINDS = [("L", False), ("L", True), ("RGB", False), ("RGB", True), ("CMYK", False), ("CMYK", True)]
DEPTHS = [np.uint8, np.uint16, np.float32]


def picture_of(kind: tuple[str, bool], depth: type, height: int, width: int, seed: int) -> Picture:
    """Random bits; floats of any size, some of them not even numbers."""
    space, alpha = kind
    channels = {"L": 1, "RGB": 3, "CMYK": 4}[space] + alpha
    random = np.random.default_rng(seed)
    if depth is np.float32:
        pixels = random.normal(0.5, 3, (height, width, channels)).astype(np.float32)
        pixels[random.random(pixels.shape) < 0.01] = np.nan
    else:
        pixels = random.integers(0, np.iinfo(depth).max + 1, (height, width, channels)).astype(depth)
    return Picture(pixels, space, alpha, "TIFF")


def filled_in(
    picture: Picture,
    mask: NDArray[np.bool_],
    filler: Filler,
    *,
    grow: int | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> Picture:
    """The picture with the regions of the mask filled."""
    check_mask(mask, picture)
    return fill_regions(picture, find_regions(mask, grow=grow), filler, seed=seed, progress=progress)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(KINDS),
    st.sampled_from(DEPTHS),
    st.sampled_from([(1, 2, 3, 4, 5), (3,)]),
    st.integers(0, 9),
    st.data(),
)
def test_pixels_outside_the_grown_mask_keep_their_bits(
    kind: tuple[str, bool], depth: type, channels: tuple[int, ...], grow: int, data: st.DataObject
) -> None:
    height, width = data.draw(st.integers(1, 60)), data.draw(st.integers(1, 60))
    sparse = data.draw(st.booleans())
    mask = data.draw(arrays(np.bool_, (height, width), elements=st.booleans(), fill=st.just(not sparse)))
    picture = picture_of(kind, depth, height, width, seed=grow)
    before = picture.pixels.tobytes()
    if mask.all():
        with pytest.raises(WrongMask):
            filled_in(picture, mask, Noise(*channels), grow=grow)
        return
    filled = filled_in(picture, mask, Noise(*channels, margin=3), grow=grow)
    grown = ndimage.distance_transform_edt(~mask) <= grow if mask.any() else mask
    assert picture.pixels.tobytes() == before
    assert filled.pixels.dtype == picture.pixels.dtype
    assert filled.pixels[~grown].tobytes() == picture.pixels[~grown].tobytes()


def test_an_empty_mask_gives_the_same_picture_back() -> None:
    picture = picture_of(("RGB", False), np.uint8, 20, 30, 1)
    assert filled_in(picture, np.zeros((20, 30), bool), Noise()) is picture


def test_a_mask_of_another_size_is_refused_with_both_sizes() -> None:
    picture = picture_of(("RGB", False), np.uint8, 20, 30, 1)
    with pytest.raises(WrongMask, match="30 × 21 pixels, and the picture is 30 × 20"):
        filled_in(picture, np.ones((21, 30), bool), Noise())


def test_parts_that_are_close_are_one_region_and_far_ones_are_two() -> None:
    mask = np.zeros((200, 400), bool)
    mask[50:60, 50:60] = True
    mask[50:60, 60 + 60 : 130] = True
    assert len(find_regions(mask, grow=0)) == 1
    mask[50:60, 300:310] = True
    regions = find_regions(mask, grow=0)
    assert [region.box for region in regions] == [Box(300, 50, 10, 10), Box(50, 50, 80, 10)]
    assert sum(region.pixels for region in regions) == mask.sum()


@settings(deadline=None, max_examples=40)
@given(arrays(np.bool_, (97, 131), elements=st.booleans(), fill=st.just(False)), st.integers(0, 5))
def test_regions_hold_every_pixel_of_the_mask_once(mask: NDArray[np.bool_], grow: int) -> None:
    asked, seen = np.zeros(mask.shape, bool), np.zeros(mask.shape, int)
    for region in find_regions(mask, grow=grow):
        asked[region.box.slices] |= region.asked
        seen[region.box.slices] += region.hole
    assert (asked == mask).all()
    assert (seen[mask] == 1).all()
    assert seen.max(initial=0) <= 1


def test_growing_is_a_disc_and_goes_with_the_size_of_the_picture() -> None:
    assert [grow_for(1500, 1000), grow_for(4000, 3000), grow_for(6000, 4000)] == [3, 8, 11]
    mask = np.zeros((31, 31), bool)
    mask[15, 15] = True
    (region,) = find_regions(mask, grow=5)
    y, x = np.mgrid[-5:6, -5:6]
    assert (region.hole == (x * x + y * y <= 25)).all()


def test_the_fill_fades_in_only_inside_the_ring_that_growing_added() -> None:
    picture = Picture.new(np.zeros((60, 60, 1), np.uint8))

    class White(Noise):
        def fill(self, photo: NDArray[np.float32], *_: object, **__: object) -> NDArray[np.float32]:
            return np.ones_like(photo)

    mask = np.zeros((60, 60), bool)
    mask[20:40, 20:40] = True
    filled = filled_in(picture, mask, White(), grow=4).pixels[..., 0]
    assert (filled[mask] == 255).all()
    assert filled[30, 14:21].tolist() == [0, 0, 85, 170, 255, 255, 255]


def test_later_regions_are_holes_and_earlier_ones_are_filled_for_a_filler_that_sees_both() -> None:
    picture = picture_of(("RGB", False), np.uint8, 60, 300, 1)
    mask = np.zeros((60, 300), bool)
    mask[20:30, 20:30] = mask[20:40, 200:240] = True
    filler = Noise(margin=400)
    filled_in(picture, mask, filler, grow=0, seed=7)
    assert filler.seeds == [7, 8]
    assert [int(hole.sum()) for hole in filler.holes] == [100 + 800, 800]


def test_a_filler_sees_the_floats_of_high_dynamic_range_between_0_and_1() -> None:
    pixels = np.random.default_rng(1).random((40, 40, 3)).astype(np.float32) * 50 - 2
    filled = filled_in(Picture(pixels, "RGB", False, "TIFF"), _spot(40), Noise(), grow=0)
    assert filled.pixels[_spot(40)].max() > 10
    assert filled.pixels.max() <= 48.1


def test_alpha_goes_on_smoothly_where_the_filler_knows_only_colour() -> None:
    pixels = np.full((40, 40, 4), 200, np.uint8)
    filled = filled_in(Picture(pixels, "RGB", True, "PNG"), _spot(40), Noise(3))
    assert (filled.pixels[..., 3] == 200).all()


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("channels", [(1, 2, 3, 4, 5), (3,)])
def test_what_a_filler_sees_of_full_transparency_is_the_nearest_visible_colour(
    channels: tuple[int, ...], depth: type
) -> None:
    full = 1 if depth is np.float32 else np.iinfo(depth).max
    pixels: NDArray[Any] = np.full((40, 40, 4), full, depth)
    pixels[..., 1] = 0
    pixels[:, 25:] = 0  # black and clear, right beside the hole
    filler = Noise(*channels, margin=40)
    filled_in(Picture(pixels, "RGB", True, "TIFF"), _spot(40), filler, grow=0)
    (seen,) = filler.photos
    assert (seen[..., :3][~_spot(40)] == (1, 0, 1)).all()


def test_the_colour_of_a_clear_pixel_does_not_fade_into_a_fill_that_can_be_seen() -> None:
    class Opaque(Noise):
        def fill(self, photo: NDArray[np.float32], *_: object, **__: object) -> NDArray[np.float32]:
            return np.ones_like(photo)

    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[..., 0] = 77
    ring = filled_in(Picture.new(pixels), _spot(40), Opaque(1, 2, 3, 4), grow=4).pixels[20]
    assert ring[:, 3].tolist()[10:16] == [0, 85, 170, 255, 255, 255]
    assert (ring[11:30, :3][ring[11:30, 3] > 0] == 255).all()
    assert ring[:11].tolist() == pixels[20, :11].tolist()


def test_where_nothing_can_be_seen_there_is_no_colour() -> None:
    pixels = np.zeros((4, 4, 4), np.uint8)
    pixels[..., 0] = 9
    assert not shown(pixels).any()
    opaque = np.full((4, 4, 4), 9, np.uint8)
    assert shown(opaque) is opaque


def test_grey_stays_grey_for_a_filler_that_knows_only_colour() -> None:
    pixels = np.full((40, 40, 1), 200, np.uint8)
    filled = filled_in(Picture.new(pixels), _spot(40), Noise(3), grow=0)
    assert filled.pixels.shape == (40, 40, 1)
    assert (filled.pixels[_spot(40)] != 200).any()


def test_progress_rises_to_the_end_over_all_regions_and_a_cancel_stops() -> None:
    picture = picture_of(("RGB", False), np.uint8, 60, 300, 1)
    mask = np.zeros((60, 300), bool)
    mask[20:30, 20:30] = mask[20:40, 200:240] = True
    seen: list[Report] = []
    filled_in(picture, mask, Noise(), progress=Progress(show=seen.append))
    assert seen[-1].done == seen[-1].total
    assert [report.done for report in seen] == sorted(report.done for report in seen)
    stopped = Progress()
    stopped.cancel.cancel()
    with pytest.raises(Cancelled):
        filled_in(picture, mask, Noise(), progress=stopped)


@pytest.mark.parametrize("form", ["jpg", "png", "webp", "tif", "bmp", "gif", "avif"])
def test_what_is_outside_survives_on_the_picture_of_every_format(form: str, tmp_path: Path, shared: Path) -> None:
    from PIL import Image

    with Image.open(shared / "data" / "photos" / "fig-bowl.jpg") as image:
        image.resize((160, 120)).save(tmp_path / f"photo.{form}")
    picture = Picture.open(tmp_path / f"photo.{form}")
    mask = np.zeros((120, 160), bool)
    mask[40:70, 50:90] = True
    filled = filled_in(picture, mask, Noise(), grow=2)
    grown = ndimage.distance_transform_edt(~mask) <= 2
    assert filled.pixels[~grown].tobytes() == picture.pixels[~grown].tobytes()
    written = filled.save(tmp_path / f"out.{form}")
    again = Picture.open(written)
    assert (again.width, again.height, again.alpha) == (160, 120, picture.alpha)
    if form in ("png", "tif", "bmp"):
        assert (again.pixels == filled.pixels).all()


def test_the_notes_and_the_rest_go_along() -> None:
    picture = replace(picture_of(("RGB", False), np.uint8, 40, 40, 1), notes=("Only the first frame.",))
    assert filled_in(picture, _spot(40), Noise()).notes == picture.notes


def _spot(side: int) -> NDArray[np.bool_]:
    mask = np.zeros((side, side), bool)
    mask[15:25, 15:25] = True
    return mask
