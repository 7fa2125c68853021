"""A membrane over a hole: the smoothest continuation of what stands around it (the Laplace equation).

Here it decides how alpha ends, which is seen. The exemplar filler's pull-push, ten times as quick, only makes first guesses:
where an edge of alpha runs through a round hole of 120 pixels it is off by up to 0.20, and this by up to 0.02.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engines.pictures.fillers import Floats, Mask

SWEEPS = 30
"""Smoothing steps per level of the pyramid: on a start that is already smooth, more changes less than half a level of 255."""


def membrane(values: Floats, known: Mask, hole: Mask) -> Floats:
    """The smoothest continuation of `values` (H, W, C) from the `known` pixels into the `hole`, by a pyramid of averages."""
    if min(hole.shape) <= 2 or not hole.any():
        return _relaxed(np.where(known[..., None], values, _mean(values, known)), hole)
    weight = known.astype(np.float32)
    small_weight = _halved(weight[..., None])[..., 0]
    small = _halved(values * weight[..., None]) / np.maximum(small_weight[..., None], np.float32(1e-6))
    small_known = small_weight > 0
    small_hole = (_halved(hole[..., None].astype(np.float32))[..., 0] > 0) & ~small_known
    coarse = membrane(small.astype(np.float32), small_known, small_hole)
    start = np.repeat(np.repeat(coarse, 2, axis=0), 2, axis=1)[: hole.shape[0], : hole.shape[1]]
    return _relaxed(np.where(known[..., None], values, start), hole)


def _mean(values: Floats, known: Mask) -> NDArray[np.float32]:
    return values[known].mean(axis=0) if known.any() else np.zeros(values.shape[2], np.float32)


def _halved(values: Floats) -> Floats:
    """Means of 2 × 2 pixels; an odd side is continued by its last line."""
    odd = [(0, values.shape[0] % 2), (0, values.shape[1] % 2), (0, 0)]
    even = np.pad(values, odd, mode="edge")
    halved: Floats = (even[0::2, 0::2] + even[1::2, 0::2] + even[0::2, 1::2] + even[1::2, 1::2]) / np.float32(4)
    return halved


def _relaxed(values: Floats, hole: Mask) -> Floats:
    """Jacobi steps of the Laplace equation inside the hole; the picture's edge reflects."""
    if not hole.any():
        return values.astype(np.float32)
    rows, columns = np.nonzero(hole)
    up, down = np.maximum(rows - 1, 0), np.minimum(rows + 1, hole.shape[0] - 1)
    left, right = np.maximum(columns - 1, 0), np.minimum(columns + 1, hole.shape[1] - 1)
    values = values.astype(np.float32)
    for _ in range(SWEEPS):
        values[rows, columns] = (
            values[up, columns] + values[down, columns] + values[rows, left] + values[rows, right]
        ) / np.float32(4)
    return values
