"""Tiles cover a picture exactly, and a run by tiles is a run on the whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from engines.pictures import Box, tiles


@given(st.integers(1, 90), st.integers(1, 90), st.integers(3, 40), st.integers(0, 9))
def test_cores_cover_every_pixel_once_and_windows_stay_inside(width: int, height: int, tile: int, halo: int) -> None:
    if tile <= 2 * halo:
        with pytest.raises(ValueError, match="halo"):
            list(tiles(width, height, tile, halo))
        return
    seen = np.zeros((height, width), int)
    for step in tiles(width, height, tile, halo):
        seen[step.core.slices] += 1
        assert step.window == step.window.within(width, height)
        assert (step.window.width, step.window.height) == (min(tile, width), min(tile, height))
        assert step.core == step.core.within(width, height)
    assert (seen == 1).all()


@given(st.integers(5, 70), st.integers(5, 70), st.integers(9, 30))
def test_a_filter_by_tiles_is_the_filter_on_the_whole_when_the_halo_is_its_radius(
    width: int, height: int, tile: int
) -> None:
    photo = np.random.default_rng(width * 100 + height).random((height, width))
    whole = ndimage.uniform_filter(photo, 5, mode="constant")
    tiled = np.zeros_like(whole)
    for step in tiles(width, height, tile, 2):
        part = ndimage.uniform_filter(photo[step.window.slices], 5, mode="constant")
        tiled[step.core.slices] = part[step.inside.slices]
    np.testing.assert_allclose(tiled, whole, atol=1e-12)


def test_boxes_touch_where_they_share_an_edge_or_a_corner() -> None:
    box = Box(10, 10, 5, 5)
    assert box.touches(Box(15, 15, 2, 2))
    assert not box.touches(Box(16, 10, 2, 2))
    assert box.joined(Box(20, 3, 2, 2)) == Box(10, 3, 12, 12)
    assert Box(-5, 90, 10, 20).within(100, 95) == Box(0, 90, 5, 5)
