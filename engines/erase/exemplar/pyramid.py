"""Features of a photo with a hole, from full size to the smallest size at which the hole is a few pixels wide."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from engines.erase.exemplar import shrinking
from engines.erase.exemplar.workers import Workers

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

COLOUR = 1000.0
"""Steps of a colour from 0 to 1 in the int16 features; 6 features of 49 pixels then fit into int32 when squared and summed."""

TEXTURE = 7.0
"""Weight of a texture feature beside a colour (49 in squared distance): `erase.md` §3.2, as Newson et al., IPOL 2017."""

MOST = 2700
"""The largest feature: 294 · 2700² is just below 2³¹."""

SMALLEST = 42
"""Pixels of the short side below which no further level is made."""


@dataclass(frozen=True)
class Level:
    """One size of the photo: `features` float32 (H, W, F), zero in the hole; `hole` bool (H, W)."""

    features: Floats
    hole: Mask

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return self.hole.shape[0], self.hole.shape[1]

    @cached_property
    def depths(self) -> Floats:
        """Distance of each hole pixel to the nearest known one (H, W), 0 outside; the photo's border is no edge of the hole."""
        found = np.zeros(self.hole.shape, np.float32)
        part = window(self.hole, 1)
        found[part] = ndimage.distance_transform_edt(self.hole[part])
        return found

    @cached_property
    def smooth(self) -> Floats:
        """The features, and the hole filled smoothly."""
        return pull_push(self.features, ~self.hole)


def described(photo: Floats, hole: Mask, weight: float, workers: Workers) -> Floats:
    """Colours and two features of texture, zero in the hole (H, W, C + 2).

    Texture is how rough each known place is: `weight` times the mean of |d/dx| and |d/dy| of luma over the known of 9 × 9 pixels.
    """
    known = ~hole
    luma = photo @ np.array([0.299, 0.587, 0.114], np.float32) if photo.shape[2] == 3 else photo.mean(2)
    part = window(hole, 2)
    solid = known.copy()
    solid[part] = ndimage.minimum_filter(known[part], 3, mode="nearest")  # an edge against the hole is no texture
    if not solid.any():
        solid = known
    rough = np.empty((2, *hole.shape), np.float32)
    workers.spread(partial(shrinking.slopes, luma, solid, rough), hole.shape[0], pixels=hole.size)
    found = np.empty((*hole.shape, photo.shape[2] + 2), np.float32)
    kernel = partial(shrinking.described, photo, known, solid, rough, weight, found)
    workers.spread(kernel, hole.shape[0], pixels=hole.size)
    return found


def build(photo: Floats, hole: Mask, workers: Workers, *, weight: float = TEXTURE) -> list[Level]:
    """Levels from full size down to where the hole is a few pixels deep; `photo` float32 (H, W, C) in [0, 1]."""
    photo, hole = np.ascontiguousarray(photo, np.float32), np.ascontiguousarray(hole)
    levels = [Level(described(photo, hole, weight, workers), hole)]
    wanted = int(np.clip(1 + math.ceil(math.log2(max(float(levels[0].depths.max()), 1.0) / 3)), 1, 7))
    while len(levels) < wanted and min(hole.shape) // 2 >= SMALLEST:
        level = _halved(levels[-1], workers)
        hole = level.hole
        if hole.all():
            break
        levels.append(level)
    return levels


def _halved(level: Level, workers: Workers) -> Level:
    """Half the size by area average over known pixels; a pixel is hole when under three quarters of it are known."""
    height, width = ((side + 1) // 2 for side in level.size)
    features = np.empty((height, width, level.features.shape[2]), np.float32)
    hole = np.empty((height, width), np.bool_)
    workers.spread(partial(shrinking.halved, level.features, level.hole, features, hole), height, pixels=hole.size)
    return Level(features, hole)


def quantised(features: Floats, workers: Workers) -> NDArray[np.int16]:
    """Features as the kernels read them: int16 (H, W · F), with room behind the last row (`distance.patch_of_5` reads on)."""
    height, width, many = features.shape
    room = np.empty((height + 1, width * many), np.int16)
    room[height:] = 0
    flat = np.ascontiguousarray(features).reshape(-1)
    kernel = partial(shrinking.quantise, flat, COLOUR, float(MOST), room.reshape(-1))
    workers.spread(kernel, flat.size, pixels=flat.size // 10)
    return room[:height]


def pull_push(values: Floats, known: Mask) -> Floats:
    """`values` (H, W, F) with all that is not `known` filled smoothly: averages pulled down, then pushed back up bilinearly."""
    if known.all() or min(known.shape) <= 1:
        if not known.any():
            return values
        mean = values[known].mean(0)
        return np.where(known[..., None], values, mean).astype(np.float32)
    values, known = np.ascontiguousarray(values, np.float32), np.ascontiguousarray(known)
    height, width, many = values.shape
    small = np.empty(((height + 1) // 2, (width + 1) // 2, many), np.float32)
    some = np.empty(small.shape[:2], np.bool_)
    shrinking.pulled(values, known, small, some)
    found = np.empty_like(values)
    shrinking.pushed(values, known, pull_push(small, some), found)
    return found


def window(hole: Mask, margin: int) -> tuple[slice, slice]:
    """The part of the photo that reaches `margin` pixels around the hole."""
    rows, columns = np.flatnonzero(hole.any(1)), np.flatnonzero(hole.any(0))
    return (
        slice(max(0, int(rows[0]) - margin), min(hole.shape[0], int(rows[-1]) + margin + 1)),
        slice(max(0, int(columns[0]) - margin), min(hole.shape[1], int(columns[-1]) + margin + 1)),
    )
