"""Tiles give what one run over the whole picture gives; rows come out the same whatever the order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from engines.runtime import open_model
from engines.upscale import stages
from engines.upscale.plan import HALO, Network, Style, network
from engines.upscale.rows import SPREAD, Bled, Floats, Stored, run_out
from engines.upscale.stages import Resized, Run, Tiled, even, reflected
from tests.engines.upscale.conftest import noise

SIZE = stages.TILE - 2 * HALO

NETWORKS = [network(style, scale, int8=int8) for style in Style for scale in (2, 4) for int8 in (False, True)]
FLOAT = [one for one in NETWORKS if "int8" not in one.file]


def opened(one: Network) -> Run:
    """The network on one thread."""
    session = open_model(one.model, threads=1, file=one.file)

    def run(window: Floats) -> Floats:
        found: Floats = session.run({"picture": window}).outputs["large"]
        return found

    return run


@pytest.fixture(scope="module", params=FLOAT, ids=lambda one: f"{one.model} {one.file}")
def floats(request: pytest.FixtureRequest) -> tuple[Network, Run]:
    """Each float32 network."""
    return request.param, opened(request.param)


def whole(pixels: np.ndarray, one: Network, run: Run) -> Floats:
    """The picture in a single run, mirrored at its border."""
    halo, edge = one.halo, one.halo * one.scale
    lines, columns = (reflected(-halo, length + halo, length) for length in pixels.shape[:2])
    window = np.asarray(pixels[lines][:, columns], np.float32).transpose(2, 0, 1)[None] / np.float32(255)
    inside = run(np.ascontiguousarray(window))[0, :, edge:-edge, edge:-edge]
    return np.asarray(inside.transpose(1, 2, 0))


@pytest.mark.parametrize(
    ("height", "width"), [(SIZE - 1, SIZE), (SIZE + 1, 40), (40, 2 * SIZE + 3), (5, 9), (1, 1), (2, 300)]
)
def test_tiles_equal_the_whole_picture_to_the_bit(floats: tuple[Network, Run], height: int, width: int) -> None:
    one, run = floats
    pixels = noise(height, width)
    tiled = Tiled(Stored(pixels, slice(0, 3)), one.scale, one.halo, run, lambda: None)
    assert np.array_equal(tiled.rows(0, tiled.height), whole(pixels, one, run))


def test_a_real_photo_in_small_tiles_equals_the_whole_to_the_bit(
    photo: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = network(Style.FAITHFUL, 2, int8=False)
    run = opened(one)
    monkeypatch.setattr(stages, "TILE", 64)
    tiled = Tiled(Stored(photo, slice(0, 3)), 2, HALO, run, lambda: None)
    assert tiled.tiles > 4
    assert np.array_equal(tiled.rows(0, tiled.height), whole(photo, one, run))


def test_half_the_halo_is_seen_so_the_network_uses_what_is_around(floats: tuple[Network, Run]) -> None:
    one, run = floats
    pixels = noise(40, SIZE + 60)
    tiled = Tiled(Stored(pixels, slice(0, 3)), one.scale, one.halo // 2, run, lambda: None)
    assert np.abs(tiled.rows(0, tiled.height) - whole(pixels, one, run)).max() > 1e-4


def test_a_pixel_reaches_no_further_than_the_halo(floats: tuple[Network, Run]) -> None:
    one, run = floats
    window = np.full((1, 3, 41, 41), 0.5, np.float32)
    other = window.copy()
    other[..., 20, 20] = 1.0
    changed = np.abs(run(other) - run(window)).max(axis=(0, 1)) > 0
    rows = np.flatnonzero(changed.any(axis=1)) // one.scale
    assert rows.min() >= 20 - HALO
    assert rows.max() <= 20 + HALO


@pytest.mark.parametrize("one", NETWORKS, ids=lambda one: f"{one.model} {one.file}")
def test_int8_and_float32_keep_flat_colours_within_two_levels(one: Network) -> None:
    run = opened(one)
    for level in (0, 30, 128, 200, 255):
        window = np.full((1, 3, 40, 40), level / 255, np.float32)
        edge = HALO * one.scale
        assert abs(run(window)[..., edge:-edge, edge:-edge].mean() * 255 - level) < 2


@pytest.mark.parametrize(("style", "scale"), [(style, scale) for style in Style for scale in (2, 4)])
def test_int8_stays_near_float32_on_a_photo(photo: np.ndarray, style: Style, scale: int) -> None:
    exact, quick = (
        whole(photo, one, opened(one)) for one in (network(style, scale, int8=False), network(style, scale))
    )
    difference = np.abs(np.clip(exact, 0, 1) - np.clip(quick, 0, 1)) * 255
    assert difference.mean() < 1.0
    assert np.quantile(difference, 0.999) < 8


@given(st.integers(1, 40), st.integers(-90, 90), st.integers(0, 90))
def test_mirroring_is_what_numpy_calls_reflect(length: int, first: int, count: int) -> None:
    places = reflected(first, first + count, length)
    far = 200
    padded = np.pad(np.arange(length), far, mode="reflect")
    assert np.array_equal(places, padded[far + first : far + first + count])


@given(st.integers(1, 9000), st.integers(1, 300))
def test_equal_parts_cover_the_length_and_are_as_few_as_can_be(length: int, most: int) -> None:
    part = even(length, most)
    assert part <= most
    assert -(-length // part) == -(-length // most)


@settings(max_examples=25, deadline=None)
@given(st.integers(20, 90), st.integers(20, 90), st.floats(0.3, 1.7), st.integers(3, 30))
def test_the_resize_in_strips_is_the_resize_of_the_whole(width: int, height: int, factor: float, step: int) -> None:
    plane = np.random.default_rng(1).random((height, width, 1), np.float32)
    wide, high = max(1, round(width * factor)), max(1, round(height * factor))
    resized = Resized(Stored(plane, slice(0, 1)), wide, high)
    strips = np.concatenate([resized.rows(top, min(high, top + step)) for top in range(0, high, step)])
    expected = np.asarray(Image.fromarray(plane[..., 0]).resize((wide, high), Image.Resampling.LANCZOS))
    assert np.abs(strips[..., 0] - expected).max() < 1e-4


def test_colour_runs_out_into_transparent_pixels_and_leaves_the_others() -> None:
    colour = np.zeros((30, 30, 3), np.float32)
    colour[10:20, 10:20] = (1.0, 0.5, 0.25)
    known = np.zeros((30, 30), bool)
    known[10:20, 10:20] = True
    found = run_out(colour, known)
    assert np.array_equal(found[10:20, 10:20], colour[10:20, 10:20])
    assert np.allclose(found[12, 9], (1.0, 0.5, 0.25))
    assert np.allclose(found[0, 15], (1.0, 0.5, 0.25))


def test_colour_runs_out_alike_whatever_rows_are_asked_for() -> None:
    random = np.random.default_rng(3)
    pixels = random.integers(0, 256, (3 * SPREAD, 25, 4), dtype=np.uint8)
    pixels[..., 3] = random.random((3 * SPREAD, 25)) > 0.97
    bled = Bled(Stored(pixels, slice(0, 3)), pixels[..., 3])
    whole_rows = bled.rows(0, bled.height)
    for top in range(bled.height):
        assert np.array_equal(bled.rows(top, top + 1)[0], whole_rows[top])
