"""Features of a photo with a hole, from full size to the smallest size at which the hole is a few pixels wide."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from engines.erase.exemplar import votes

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


def texture(photo: Floats, known: Mask) -> Floats:
    """How rough each known place is: mean of |d/dx| and |d/dy| of luma over the known of 9 × 9 pixels → (H, W, 2)."""
    luma = photo @ np.array([0.299, 0.587, 0.114], np.float32) if photo.shape[2] == 3 else photo.mean(2)
    solid = ndimage.minimum_filter(known, 3, mode="nearest")  # an edge against the hole is no texture
    if not solid.any():
        solid = known
    weight = ndimage.uniform_filter(solid.astype(np.float32), 9, mode="constant")
    rough = np.empty((*known.shape, 2), np.float32)
    for axis in (0, 1):
        slope = ndimage.correlate1d(luma, np.array([-1, 0, 1], np.float32), axis=1 - axis, mode="nearest")
        slope = ndimage.correlate1d(slope, np.array([1, 2, 1], np.float32) / 4, axis=axis, mode="nearest")
        slope = ndimage.uniform_filter(np.abs(slope) * solid, 9, mode="constant")
        rough[..., axis] = slope / np.maximum(weight, 1e-6)
    bare = (weight < 1e-3) & known  # known, but with nothing solid near: islands and lines
    rough[bare] = 0
    return rough


def build(photo: Floats, hole: Mask, *, weight: float = TEXTURE, depth: float) -> list[Level]:
    """Levels from full size down; `photo` float32 (H, W, C) in [0, 1], `depth` the hole's largest distance to its edge."""
    known = ~hole
    features = np.concatenate([photo, weight * texture(photo, known)], axis=2, dtype=np.float32)
    features *= known[..., None]
    levels = [Level(features, hole)]
    wanted = int(np.clip(1 + math.ceil(math.log2(max(depth, 1.0) / 3)), 1, 7))
    while len(levels) < wanted and min(hole.shape) // 2 >= SMALLEST:
        features, hole = _halved(features, hole)
        if hole.all():
            break
        levels.append(Level(features, hole))
    return levels


def _halved(features: Floats, hole: Mask) -> tuple[Floats, Mask]:
    """Half the size by area average over known pixels; a pixel is hole when under three quarters of it are known."""
    height, width = hole.shape
    odd = ((0, height % 2), (0, width % 2))
    known = (~hole).astype(np.float32)
    inside = np.ones_like(known)
    values = features
    if height % 2 or width % 2:
        known, inside, values = np.pad(known, odd), np.pad(inside, odd), np.pad(features, (*odd, (0, 0)))
    many = known[::2, ::2] + known[1::2, ::2] + known[::2, 1::2] + known[1::2, 1::2]
    of = inside[::2, ::2] + inside[1::2, ::2] + inside[::2, 1::2] + inside[1::2, 1::2]
    total = values[::2, ::2] + values[1::2, ::2]
    total += values[::2, 1::2]
    total += values[1::2, 1::2]
    small = many < 0.75 * of
    total *= np.where(small, 0, 1 / np.maximum(many, 1))[..., None]
    return total, small


def quantised(features: Floats) -> NDArray[np.int16]:
    """Features as the kernels read them: int16 (H, W · F), with room behind the last row (`distance.row_of_5` reads on)."""
    height, width, many = features.shape
    room = np.zeros((height + 1, width * many), np.int16)
    flat = np.ascontiguousarray(features).reshape(-1)
    votes.quantise(flat, COLOUR, float(MOST), room.reshape(-1), 0, flat.size)
    return room[:height]


def pull_push(values: Floats, known: Mask) -> Floats:
    """`values` (H, W, F) with all that is not `known` filled smoothly: averages pulled down, then pushed back up bilinearly."""
    if known.all() or min(known.shape) <= 1:
        if not known.any():
            return values
        mean = values[known].mean(0)
        return np.where(known[..., None], values, mean).astype(np.float32)
    height, width = known.shape
    odd = ((0, height % 2), (0, width % 2))
    weight = np.pad(known.astype(np.float32), odd)[..., None]
    full = np.pad(values, (*odd, (0, 0))) * weight
    many = weight[::2, ::2] + weight[1::2, ::2] + weight[::2, 1::2] + weight[1::2, 1::2]
    small = full[::2, ::2] + full[1::2, ::2] + full[::2, 1::2] + full[1::2, 1::2]
    small /= np.maximum(many, 1)
    coarse = pull_push(small, many[..., 0] > 0)
    return np.where(known[..., None], values, doubled(coarse, height, width)).astype(np.float32)


def doubled(coarse: Floats, height: int, width: int) -> Floats:
    """Twice the size, bilinearly, pixel areas aligned: (h, w, F) → (height, width, F)."""
    tall = _doubled_rows(coarse)[:height]
    return np.ascontiguousarray(_doubled_rows(tall.swapaxes(0, 1))[:width].swapaxes(0, 1))


def _doubled_rows(coarse: Floats) -> Floats:
    above = np.concatenate([coarse[:1], coarse[:-1]])
    below = np.concatenate([coarse[1:], coarse[-1:]])
    fine = np.empty((coarse.shape[0] * 2, *coarse.shape[1:]), np.float32)
    fine[::2] = 0.75 * coarse + 0.25 * above
    fine[1::2] = 0.75 * coarse + 0.25 * below
    return fine


def window(hole: Mask, margin: int) -> tuple[slice, slice]:
    """The part of the photo that reaches `margin` pixels around the hole."""
    rows, columns = np.flatnonzero(hole.any(1)), np.flatnonzero(hole.any(0))
    return (
        slice(max(0, int(rows[0]) - margin), min(hole.shape[0], int(rows[-1]) + margin + 1)),
        slice(max(0, int(columns[0]) - margin), min(hole.shape[1], int(columns[-1]) + margin + 1)),
    )


def depths(hole: Mask) -> Floats:
    """Distance of each hole pixel to the nearest known one, 0 outside; the photo's border is no edge of the hole."""
    found = np.zeros(hole.shape, np.float32)
    part = window(hole, 1)
    found[part] = ndimage.distance_transform_edt(hole[part])
    return found
