"""What a pipeline sees of a photo, and how its paint comes back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from engines.diffusion.crops import MOST, Floats, Mask, brought_back, fitted, window
from engines.pictures import Box

SEEN = (64, 64)


def photo_of(height: int, width: int, seed: int = 0) -> Floats:
    noise = np.random.default_rng(seed).random((height, width, 3))
    soft: Floats = np.clip(ndimage.gaussian_filter(noise, (3, 3, 0)) * 3 - 1, 0, 1).astype(np.float32)
    return soft


def hole_of(height: int, width: int, box: Box) -> Mask:
    hole = np.zeros((height, width), np.bool_)
    hole[box.slices] = True
    return hole


sizes = st.integers(9, 400)


@given(width=sizes, height=sizes, data=st.data())
def test_a_window_holds_the_hole_lies_in_the_photo_and_is_as_large_as_it_can_be(
    width: int, height: int, data: st.DataObject
) -> None:
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    box = Box(x, y, data.draw(st.integers(1, width - x)), data.draw(st.integers(1, height - y)))
    found = window(box, (width, height), SEEN)
    assert found.joined(box) == found
    assert found.within(width, height) == found
    assert found.width >= min(width, max(SEEN[1], 3 * box.width))
    assert found.height >= min(height, max(SEEN[0], 3 * box.height))


def test_a_window_has_the_proportions_of_the_pipeline_where_the_photo_allows() -> None:
    found = window(Box(500, 480, 100, 20), (1000, 1000), (64, 128))
    assert (found.width, found.height) == (300, 150)


@settings(max_examples=40, deadline=None)
@given(height=st.integers(5, 200), width=st.integers(5, 200), data=st.data())
def test_what_is_seen_has_the_size_and_a_hole_wherever_the_photo_has_one(
    height: int, width: int, data: st.DataObject
) -> None:
    x, y = data.draw(st.integers(0, width - 2)), data.draw(st.integers(0, height - 2))
    hole = hole_of(
        height, width, Box(x, y, data.draw(st.integers(1, width - x - 1)), data.draw(st.integers(1, height - y)))
    )
    found = fitted(photo_of(height, width), hole, SEEN)
    assert found.pixels.dtype == np.float32
    assert (found.pixels.shape, found.hole.shape) == ((*SEEN, 3), SEEN)
    assert found.pixels.min() >= 0
    assert found.pixels.max() <= 1
    assert found.rows / height <= MOST + 1 / height
    rows, columns = np.nonzero(hole)
    at = ((2 * rows + 1) * found.rows // (2 * height), (2 * columns + 1) * found.columns // (2 * width))  # its middle
    assert found.hole[at].all()


@pytest.mark.parametrize("size", [(64, 64), (200, 180), (40, 30), (100, 300)])
def test_nothing_of_what_stands_in_the_hole_is_seen_outside_it(size: tuple[int, int]) -> None:
    photo, hole = photo_of(*size), hole_of(*size, Box(10, 8, 15, 12))
    other = photo.copy()
    other[hole] = 1 - other[hole]
    one, two = fitted(photo, hole, SEEN), fitted(other, hole, SEEN)
    assert np.array_equal(one.pixels[~one.hole], two.pixels[~two.hole])
    kept = fitted(other, hole, SEEN, keep=True)
    assert not np.array_equal(kept.pixels[kept.hole], fitted(photo, hole, SEEN, keep=True).pixels[kept.hole])


def test_a_crop_of_the_right_size_is_seen_as_it_is() -> None:
    photo, hole = photo_of(*SEEN), hole_of(*SEEN, Box(20, 20, 10, 10))
    found = fitted(photo, hole, SEEN, keep=True)
    assert np.array_equal(found.pixels, photo)
    assert np.array_equal(found.hole, hole)


def test_a_small_photo_is_mirrored_and_not_blown_up() -> None:
    photo, hole = photo_of(20, 24), hole_of(20, 24, Box(5, 5, 4, 4))
    found = fitted(photo, hole, SEEN)
    assert (found.rows, found.columns) == (40, 48)
    assert np.array_equal(found.pixels[40:60, :48], found.pixels[20:40, :48][::-1])
    assert np.array_equal(found.hole[40:60, :48], found.hole[20:40, :48][::-1])


@pytest.mark.parametrize("size", [(64, 64), (200, 180), (40, 30)])
def test_perfect_paint_comes_back_as_the_photo_and_the_rest_untouched(size: tuple[int, int]) -> None:
    photo, hole = photo_of(*size), hole_of(*size, Box(8, 8, 12, 12))
    seen = fitted(photo, hole, SEEN, keep=True)
    back = brought_back(seen.pixels, seen, photo, hole, seed=0)
    assert np.array_equal(back[~hole], photo[~hole])
    assert np.abs(back[hole] - photo[hole]).mean() < 0.03


def test_a_shift_of_the_autoencoders_colours_is_taken_back() -> None:
    photo, hole = photo_of(*SEEN), hole_of(*SEEN, Box(20, 20, 20, 20))
    seen = fitted(photo, hole, SEEN, keep=True)
    shifted = np.clip(seen.pixels * np.float32(0.9) + np.array([0.0, 0.05, 0.08], np.float32), 0, 1)
    before, after = (
        np.abs(shifted - photo)[hole].mean(),
        np.abs(brought_back(shifted, seen, photo, hole, seed=0) - photo)[hole].mean(),
    )
    assert after < 0.35 * before


@pytest.mark.parametrize("seed", range(3))
def test_grain_is_the_photos_own(seed: int) -> None:
    rng = np.random.default_rng(seed)
    photo = np.clip(0.5 + rng.normal(0, 0.03, (96, 96, 3)), 0, 1).astype(np.float32)
    hole = hole_of(96, 96, Box(30, 30, 36, 36))
    seen = fitted(photo, hole, (96, 96))
    smooth = np.full_like(seen.pixels, 0.5)
    back = brought_back(smooth, seen, photo, hole, seed=seed)
    assert back[hole].std() > 0.5 * photo[~hole].std()
