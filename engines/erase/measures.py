"""How good a fill is, by numbers: grain, seam, planted things. None of them replaces looking."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

VISIBLE = 2.3
"""Difference in CIE Lab that is just seen."""

BLOCK = 24
"""Side of the blocks whose grain is compared."""


@dataclass(frozen=True)
class Measures:
    """`grain`: HF ratio by blocks; `grain_whole`: of the whole hole; `seam`; `plant`: striking things
    that nothing at the edge leads to; `striking`: all striking things (`docs/erase.md` defines them)."""

    grain: float
    grain_whole: float
    seam: float
    plant: float
    striking: float

    @property
    def rank(self) -> float:
        """The smaller the better."""
        return (
            abs(math.log2(max(self.grain, 1e-3)))
            + 0.5 * max(0.0, math.log2(max(self.seam, 1e-3)) - 1)
            + 0.3 * max(0.0, math.log2(max(self.plant, 1e-3)) - 1)
        )


def measure(filled: Floats, hole: Mask) -> Measures:
    """Measures of what stands in `hole` of `filled` (H, W, 3, in [0, 1]) beside what surrounds it."""
    far = ndimage.distance_transform_edt(~hole)
    ring = (far > 3) & (far <= 20)
    luma = (filled @ np.array([0.299, 0.587, 0.114], np.float32)).astype(np.float32)
    fine = luma - _known_blur(luma, np.ones_like(hole), 1.2)
    known_fine = luma - _known_blur(luma, ~hole, 1.2)
    inner = ndimage.binary_erosion(hole, iterations=2)
    if not inner.any():
        inner = hole
    whole = _rms(fine[inner]) / max(_rms(known_fine[ring]), 1e-4)
    plant, striking = _plant(filled, hole, ring)
    return Measures(_grain_by_blocks(fine, known_fine, inner, ring), whole, _seam(filled, hole, ring), plant, striking)


def _rms(values: Floats) -> float:
    return float(np.sqrt(np.mean(np.square(values, dtype=np.float64)))) if values.size else 0.0


def _known_blur(values: Floats, known: Mask, sigma: float) -> Floats:
    share = ndimage.gaussian_filter(known.astype(np.float32), sigma)
    blurred: Floats = ndimage.gaussian_filter(np.where(known, values, 0), sigma) / np.maximum(share, 1e-6)
    return blurred


def _grain_by_blocks(fine: Floats, known_fine: Floats, inner: Mask, ring: Mask) -> float:
    """Median over 24-pixel blocks in the hole of their grain over that of the nearest block in the ring."""
    height, width = inner.shape
    mine: list[tuple[float, float, float]] = []
    theirs: list[tuple[float, float, float]] = []
    for y in range(0, height, BLOCK):
        for x in range(0, width, BLOCK):
            cut = np.s_[y : y + BLOCK, x : x + BLOCK]
            if int(inner[cut].sum()) >= BLOCK * BLOCK // 3:
                mine.append((y, x, _rms(fine[cut][inner[cut]])))
            if int(ring[cut].sum()) >= BLOCK * BLOCK // 3:
                theirs.append((y, x, _rms(known_fine[cut][ring[cut]])))
    if not mine or not theirs:
        return _rms(fine[inner]) / max(_rms(known_fine[ring]), 1e-4)
    a, b = np.array(mine), np.array(theirs)
    nearest = np.argmin((a[:, None, 0] - b[None, :, 0]) ** 2 + (a[:, None, 1] - b[None, :, 1]) ** 2, axis=1)
    floor = 0.002  # half a level of 8 bits: what quantisation alone leaves
    return float(np.exp(np.median(np.log((a[:, 2] + floor) / (b[nearest, 2] + floor)))))


def _seam(filled: Floats, hole: Mask, ring: Mask) -> float:
    """Mean step across the hole's edge over the mean step between neighbours in the ring."""
    edge: list[Floats] = []
    ordinary: list[Floats] = []
    for axis in (0, 1):
        step = np.abs(np.diff(filled, axis=axis)).mean(2)
        a, b = (hole[:-1], hole[1:]) if axis == 0 else (hole[:, :-1], hole[:, 1:])
        c, d = (ring[:-1], ring[1:]) if axis == 0 else (ring[:, :-1], ring[:, 1:])
        edge.append(step[a ^ b])
        ordinary.append(step[c & d])
    across, along = np.concatenate(edge), np.concatenate(ordinary)
    return float(across.mean() / max(along.mean(), 1e-4)) if across.size and along.size else 0.0


def _plant(filled: Floats, hole: Mask, ring: Mask) -> tuple[float, float]:
    """Share of the hole that strikes the eye, over 0.03: what nothing at the edge leads to, and all of it.

    A pixel strikes when its Lab distance to the blurred surroundings is over the ring's 97th percentile; to be planted it
    must be so by `VISIBLE` more, in a patch that doesn't go on from a striking place outside the hole.
    """
    lab = lab_of(filled)
    mean = np.stack([_known_blur(lab[..., n], ~hole, 25) for n in range(3)], axis=2)
    salience = np.sqrt(((lab - mean) ** 2).sum(2))
    if not ring.any():
        return 0.0, 0.0
    usual = np.percentile(salience[ring], 97)
    near = ndimage.binary_dilation(hole, iterations=4)
    labels, _ = ndimage.label((salience > usual) & near, structure=np.ones((3, 3)))
    led = np.isin(labels, np.unique(labels[near & ~hole]))
    planted = (salience > usual + VISIBLE) & hole & ~led
    return float(planted[hole].mean() / 0.03), float((salience[hole] > usual).mean() / 0.03)


def lab_of(photo: Floats) -> Floats:
    """CIE Lab (D65) of sRGB values in [0, 1]."""
    linear = np.where(photo <= 0.04045, photo / 12.92, ((photo + 0.055) / 1.055) ** 2.4)
    xyz = linear @ np.array([[0.4124, 0.2126, 0.0193], [0.3576, 0.7152, 0.1192], [0.1805, 0.0722, 0.9505]], np.float32)
    xyz = xyz / np.array([0.9505, 1.0, 1.089], np.float32)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    lab: Floats = np.stack(
        [116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=2
    ).astype(np.float32)
    return lab
