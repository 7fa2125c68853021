"""The exemplar filler: what it never does, what it must get right, and that chance plays no part."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from engines.erase.exemplar import Exemplar, peeling, pyramid, synthesis, synthesise
from engines.erase.exemplar.workers import Workers
from engines.pictures import Box
from homespun.progress import Cancel, Cancelled, Progress, Report

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]


def noise(height: int, width: int, channels: int, seed: int = 1) -> Floats:
    random = np.random.default_rng(seed)
    return random.random((height, width, channels), dtype=np.float32)


def box_hole(height: int, width: int, box: tuple[int, int, int, int]) -> Mask:
    hole = np.zeros((height, width), np.bool_)
    hole[Box(*box).slices] = True
    return hole


def fill(photo: Floats, hole: Mask) -> Floats:
    return Exemplar().fill(photo, hole, seed=0, progress=Progress())


@settings(max_examples=25, deadline=None)
@given(
    height=st.integers(1, 70),
    width=st.integers(1, 70),
    channels=st.integers(1, 4),
    corners=st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)),
)
def test_nothing_outside_the_hole_changes_whatever_its_size_and_place(
    height: int, width: int, channels: int, corners: tuple[float, float, float, float]
) -> None:
    photo = noise(height, width, channels)
    top, bottom = sorted(int(part * height) for part in corners[:2])
    left, right = sorted(int(part * width) for part in corners[2:])
    hole = np.zeros((height, width), np.bool_)
    hole[top : bottom + 1, left : right + 1] = True
    filled = fill(photo, hole)
    assert filled.shape == photo.shape
    assert filled.dtype == np.float32
    assert np.array_equal(filled[~hole], photo[~hole])
    assert np.isfinite(filled).all()
    assert filled.min() >= 0
    assert filled.max() <= 1


def test_what_stands_in_the_hole_plays_no_part() -> None:
    photo, hole = noise(80, 90, 3), box_hole(80, 90, (30, 25, 24, 20))
    other = photo.copy()
    other[hole] = 1
    assert np.array_equal(fill(photo, hole)[hole], fill(other, hole)[hole])


def test_an_empty_hole_changes_nothing() -> None:
    photo = noise(50, 50, 3)
    assert np.array_equal(fill(photo, np.zeros((50, 50), np.bool_)), photo)


def test_every_pixel_is_copied_from_a_known_one() -> None:
    photo, hole = noise(90, 90, 3), box_hole(90, 90, (35, 30, 25, 30))
    done = synthesise(photo, hole, Progress())
    assert done.patches
    assert len(done.sources) == hole.sum()
    assert not hole[done.sources[:, 0], done.sources[:, 1]].any()


@pytest.mark.parametrize("size", [1, 2])
def test_a_hole_of_a_pixel_or_two_on_a_ramp_takes_the_colour_around_it(size: int) -> None:
    ramp = np.broadcast_to(np.linspace(0.2, 0.8, 80, dtype=np.float32)[None, :, None], (60, 80, 3)).copy()
    hole = box_hole(60, 80, (40, 30, size, size))
    assert np.abs(fill(ramp, hole) - ramp).max() < 0.02


def test_a_hole_that_leaves_a_thin_strip_is_filled_smoothly_and_says_so() -> None:
    photo = np.full((60, 60, 3), 0.4, np.float32)
    hole = np.ones((60, 60), np.bool_)
    hole[:, :4] = False
    exemplar = Exemplar()
    filled = exemplar.fill(photo, hole, seed=0, progress=Progress())
    assert np.abs(filled - 0.4).max() < 0.01
    assert [effort.patches for effort in exemplar.efforts] == [False]


def test_a_hole_at_the_border_is_filled_from_inside() -> None:
    photo = np.full((80, 80, 3), 0.3, np.float32) + noise(80, 80, 3) * np.float32(0.02)
    hole = box_hole(80, 80, (50, 0, 30, 40))
    assert np.abs(fill(photo, hole)[hole] - 0.31).max() < 0.03


@pytest.mark.parametrize("slope", [0.0, 0.12, -0.2])
def test_an_edge_runs_straight_through_the_hole(slope: float) -> None:
    rows, columns = np.mgrid[:160, :240].astype(np.float32)
    share = np.clip(rows - (80 + slope * (columns - 120)) + 0.5, 0, 1)[..., None]
    photo = (share * np.float32(0.25) + (1 - share) * np.float32(0.8) + noise(160, 240, 3) * np.float32(0.03)).clip(
        0, 1
    )
    photo = photo.astype(np.float32)
    hole = box_hole(160, 240, (80, 50, 80, 60))
    filled = fill(photo, hole)
    wrong = (np.abs(filled - photo).mean(2) > 0.2)[hole]
    assert wrong.sum() <= 80  # a pixel a column: no step, no kink


def blocks(height: int, width: int, side: int) -> Floats:
    """Squares of random colours: surroundings in which hardly anything is like anything else."""
    return np.ascontiguousarray(
        noise(-(-height // side), -(-width // side), 3).repeat(side, 0).repeat(side, 1)[:height, :width]
    )


def test_a_pattern_grows_into_the_hole_as_it_was() -> None:
    tile = noise(6, 5, 5)
    level = pyramid.Level(np.tile(tile, (8, 10, 1)), box_hole(48, 50, (18, 16, 13, 14)))
    with Workers(Progress()) as workers:
        art = synthesis.canvas(pyramid.Level(level.features * ~level.hole[..., None], level.hole), workers)
        grown = peeling.peeled(art.level, art.allowed, synthesis.FREELY, workers)
    assert np.abs(grown - level.features[level.hole]).max() < 0.001


def test_amid_many_things_sources_lie_near_the_hole_and_above_all_level_with_it() -> None:
    hole = box_hole(720, 480, (200, 320, 80, 80))
    done = synthesise(blocks(720, 480, 12), hole, Progress())
    assert done.layout == "peeled"
    off = np.abs(done.sources - np.argwhere(hole))
    assert np.mean(off[:, 0] < 80) > 0.9
    assert off[:, 0].mean() < off[:, 1].mean()


def test_a_shallow_hole_is_left_to_its_edges_whatever_lies_around() -> None:
    done = synthesise(blocks(300, 300, 6), box_hole(300, 300, (140, 140, 20, 90)), Progress())
    assert done.layout != "peeled"


def test_texture_stays_as_rough_as_it_was() -> None:
    photo, hole = noise(120, 120, 3), box_hole(120, 120, (40, 40, 36, 36))
    filled = fill(photo, hole)
    assert 0.85 < filled[hole].std() / photo[~hole].std() < 1.15


def test_a_gradient_goes_on_without_a_step() -> None:
    rows, columns = np.mgrid[:150, :200].astype(np.float32)
    photo = np.repeat((0.3 + 0.3 * columns / 200 + 0.2 * rows / 150)[..., None], 3, axis=2).astype(np.float32)
    hole = box_hole(150, 200, (70, 50, 60, 50))
    assert np.abs(fill(photo, hole) - photo)[hole].max() < 0.05


def test_grey_is_filled_like_the_same_picture_in_colour() -> None:
    grey, hole = noise(70, 70, 1), box_hole(70, 70, (25, 25, 20, 20))
    assert np.allclose(fill(grey, hole)[..., 0], fill(grey.repeat(3, axis=2), hole)[..., 0], atol=1e-5)


def test_the_seed_plays_no_part() -> None:
    photo, hole = noise(60, 60, 3), box_hole(60, 60, (20, 20, 18, 18))
    one, other = (Exemplar().fill(photo, hole, seed=seed, progress=Progress()) for seed in (0, 99))
    assert np.array_equal(one, other)


SCRIPT = """
import hashlib, numpy as np
from engines.erase.exemplar import Exemplar
from homespun.progress import Progress
rows, columns = np.mgrid[:260, :300]
photo = np.random.default_rng(3).random((260, 300, 3), dtype=np.float32) * np.float32(0.3)
photo += (np.sin(rows / 9) * np.cos(columns / 7))[..., None].astype(np.float32) * np.float32(0.3) + np.float32(0.35)
hole = np.zeros((260, 300), bool); hole[80:190, 90:200] = True
print(hashlib.sha256(Exemplar().fill(photo, hole, seed=0, progress=Progress()).tobytes()).hexdigest())
"""


def test_the_bytes_are_the_same_whatever_the_number_of_threads() -> None:
    found = set()
    for threads in ("1", "2", "5"):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True,
            env={**os.environ, "NUMBA_NUM_THREADS": threads, "NUMBA_CACHE_DIR": os.environ["NUMBA_CACHE_DIR"]},
            cwd=Path(__file__).parents[3],
        )  # fmt: skip
        found.add(done.stdout.strip())
    assert len(found) == 1
    assert len(found.pop()) == 64


def test_it_stops_within_a_quarter_of_a_second_after_it_was_asked_to() -> None:
    photo, hole = noise(900, 900, 3), box_hole(900, 900, (200, 200, 500, 500))
    took: list[float] = []
    while len(took) < 3 and min(took, default=1) >= 0.25:  # tests run beside others: the best of three
        cancel, asked = Cancel(), [0.0]

        def ask(cancel: Cancel = cancel, asked: list[float] = asked) -> None:
            time.sleep(0.2)
            asked[0] = time.monotonic()
            cancel.cancel()

        threading.Thread(target=ask).start()
        with pytest.raises(Cancelled):
            Exemplar().fill(photo, hole, seed=0, progress=Progress(cancel=cancel))
        took.append(time.monotonic() - asked[0])
    assert min(took) < 0.25, took


def test_progress_goes_forward_and_stays_below_the_whole() -> None:
    reports: list[Report] = []

    class Every(Progress):
        def report(self, done: int, total: int, note: str = "") -> None:
            reports.append(Report(done, total, note))

    Exemplar().fill(noise(200, 200, 3), box_hole(200, 200, (60, 60, 80, 80)), seed=0, progress=Every())
    shares = [report.done / report.total for report in reports if report.total]
    assert len(shares) > 10
    assert shares == sorted(shares)
    assert 0.5 < shares[-1] < 1


def test_the_crop_holds_the_hole_and_stays_in_the_picture() -> None:
    exemplar = Exemplar()
    for box, size in [
        ((10, 10, 30, 20), (800, 600)),
        ((0, 0, 790, 500), (800, 600)),
        ((700, 500, 100, 100), (800, 600)),
    ]:
        crop = exemplar.crop(Box(*box), size)
        assert crop.joined(Box(*box)) == crop
        assert crop == crop.within(*size)
    assert exemplar.crop(Box(3000, 2000, 1000, 800), (6000, 4000)).width < 2400  # memory stays bounded


GOLDEN = ("race-car", "lamp-post", "bystanders-0")


@pytest.mark.parametrize("name", GOLDEN)
def test_the_photos_look_right_by_numbers(name: str, shared: Path) -> None:
    from engines.erase.measures import measure

    data = shared / "data"
    case = next(one for one in json.loads((data / "masks" / "cases.json").read_text()) if one["id"] == name)
    with Image.open(data / "photos" / case["photo"]) as opened:
        photo = np.asarray(opened.convert("RGB"), np.float32) / np.float32(255)
    with Image.open(data / "masks" / case["mask"]) as opened:
        hole = np.asarray(opened.convert("L")) >= 128
    filled = fill(photo, hole)
    assert np.array_equal(filled[~hole], photo[~hole])
    told = measure(filled, hole)
    assert 0.7 < told.grain < 1.4
    assert told.seam < 2.5
    assert told.plant < 2


def test_a_second_run_gives_the_same_bytes() -> None:
    photo, hole = noise(100, 140, 4), box_hole(100, 140, (40, 30, 60, 40))
    one, other = (hashlib.sha256(fill(photo, hole).tobytes()).hexdigest() for _ in range(2))
    assert one == other
