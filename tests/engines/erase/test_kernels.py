"""The exemplar filler's quick loops beside slow ones that are plainly right."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import ndimage

from engines.erase.exemplar import exhaustive, kernels, pyramid, rings, synthesis
from engines.erase.exemplar.workers import Workers
from homespun.progress import Cancel, Cancelled, Progress

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

LEANS = (
    synthesis.FREELY,
    np.array([1, 0, 900, 60_000, 0.4], np.float32),
    np.array([0.8, -0.6, 5e4, 1e6, 0], np.float32),
)


@settings(max_examples=40, deadline=None)
@given(
    size=st.tuples(st.integers(16, 40), st.integers(16, 60)),
    place=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    tones=st.sampled_from((1, 2, 1000)),  # flat ground has nothing but sources that are equally good
    features=st.sampled_from((5, 6)),
    lean=st.sampled_from(range(len(LEANS))),
)
def test_sliding_windows_find_the_same_sources_as_looking_at_one_after_another(
    size: tuple[int, int], place: tuple[float, float], tones: int, features: int, lean: int
) -> None:
    photo = np.random.default_rng(1).integers(0, tones, (*size, features)).astype(np.float32) / np.float32(tones)
    hole = np.zeros(size, np.bool_)
    y, x = (int(part * side) for part, side in zip(place, size, strict=True))
    hole[max(0, y - 3) : y + 3, max(0, x - 4) : x + 4] = True
    if not synthesis.allowed_in(hole).any():
        return
    with Workers(Progress()) as workers:
        art = synthesis.canvas(pyramid.Level(photo, hole), workers)
        field, costs = exhaustive.nearest(
            art.features, art.step, art.rows, art.columns, art.allowed, LEANS[lean], workers
        )
        ys, xs = (axis.astype(np.int32) for axis in np.nonzero(art.allowed))
        kernels.exhaust(
            art.features, art.step, art.rows, art.columns, art.field, art.costs, np.ascontiguousarray(ys),
            np.ascontiguousarray(xs), art.allowed, LEANS[lean], 0, art.targets, workers.halt,
        )  # fmt: skip
    assert np.array_equal(costs, art.costs)
    assert np.array_equal(field, art.field)


@given(hole=st.integers(0, 2**32 - 1), share=st.sampled_from((0.003, 0.05, 0.5)))
@settings(max_examples=20, deadline=None)
def test_distances_from_the_hole_are_exact_as_far_as_they_are_asked_for(hole: int, share: float) -> None:
    mask = np.random.default_rng(hole).random((37, 51)) < share
    mask[20, 20] = True
    squares = rings.squares(mask, 8)
    right = np.rint(ndimage.distance_transform_edt(~mask) ** 2)
    assert np.array_equal(squares[right <= 64], right[right <= 64])
    assert (squares[right > 64] > 64).all()


def test_smoothing_along_a_ring_is_the_mean_of_what_is_in_it_by_nearness() -> None:
    ring = np.zeros((40, 50), np.bool_)
    ring[10:13, 5:45] = ring[10:30, 5:8] = True
    values = np.random.default_rng(1).random((int(ring.sum()), 3), dtype=np.float32)
    with Workers(Progress()) as workers:
        found = rings.smoothed(values, ring, 2.0, workers)
    full = np.zeros((*ring.shape, 3))
    full[ring] = values
    share = ndimage.gaussian_filter(ring.astype(float), 2.0, mode="constant")
    for channel in range(3):
        right = ndimage.gaussian_filter(full[..., channel], 2.0, mode="constant")[ring] / share[ring]
        assert np.abs(found[:, channel] - right).max() < 1e-5


def test_texture_is_the_mean_slope_of_what_is_known_in_a_box() -> None:
    photo = np.random.default_rng(1).random((300, 260, 3), dtype=np.float32)  # several bands of rows
    hole = np.zeros((300, 260), np.bool_)
    hole[100:180, 90:150] = True
    with Workers(Progress()) as workers:
        found = pyramid.described(photo, hole, 2.0, workers)
    luma = photo @ np.array([0.299, 0.587, 0.114], np.float32)
    solid = ndimage.minimum_filter(~hole, 3, mode="nearest")
    weight = np.maximum(ndimage.uniform_filter(solid.astype(float), 9, mode="constant"), 1e-6)
    for axis in (0, 1):
        slope = ndimage.correlate1d(luma, np.array([-1.0, 0, 1]), axis=1 - axis, mode="nearest")
        slope = np.abs(ndimage.correlate1d(slope, np.array([1.0, 2, 1]) / 4, axis=axis, mode="nearest")) * solid
        right = 2 * ndimage.uniform_filter(slope, 9, mode="constant") / weight
        assert np.abs(found[..., 3 + axis] - right)[~hole].max() < 1e-5
    assert np.array_equal(found[~hole][:, :3], photo[~hole])
    assert not found[hole].any()


def test_tasks_side_by_side_stop_together_when_asked_to() -> None:
    cancel = Cancel()
    heard = threading.Event()

    def task() -> None:
        try:
            while True:
                time.sleep(0.01)
                workers.did(1)
        except Cancelled:
            heard.set()
            raise

    with Workers(Progress(cancel=cancel)) as workers:
        threading.Timer(0.1, cancel.cancel).start()
        with pytest.raises(Cancelled):
            workers.side_by_side([task, task, task])
    assert heard.is_set()


def test_tasks_side_by_side_give_what_they_give_in_order() -> None:
    with Workers(Progress()) as workers:
        assert workers.side_by_side([lambda n=n: n * n for n in range(5)]) == [0, 1, 4, 9, 16]  # type: ignore[misc]


def test_sources_that_are_dear_beyond_all_numbers_still_leave_one() -> None:
    photo = np.random.default_rng(1).random((40, 40, 5), dtype=np.float32)
    hole = np.zeros((40, 40), np.bool_)
    hole[16:24, 16:24] = True
    with Workers(Progress()) as workers:
        art = synthesis.canvas(pyramid.Level(photo, hole), workers)
        lean = np.array([1, 0, 2.1e9, 2.147e9, 1], np.float32)
        field, _ = exhaustive.nearest(art.features, art.step, art.rows, art.columns, art.allowed, lean, workers)
    assert art.allowed[field[:, 0], field[:, 1]].all()
