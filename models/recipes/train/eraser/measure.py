"""How much of the thing is left, and how near the fill is to what was behind it. Pictures float32 [n, s, s, 3] in -1..1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.recipes.train.eraser.data import Floats, Scenes

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Found:
    """What was measured of each scene: `left` of the thing, and `psnr` in the hole in decibels."""

    left: Numbers
    psnr: Numbers

    def __str__(self) -> str:
        """The mean of what is left, of its size whatever its sign, and of the PSNR, for a table."""
        return f"{self.left.mean():+.3f} {np.abs(self.left).mean():.3f} {self.psnr.mean():5.2f}"


def measured(filled: Floats, scenes: Scenes) -> Found:
    """What is left of the things of `scenes` in `filled`, and the PSNR in the holes."""
    return Found(object_left(filled, scenes), hole_psnr(filled, scenes))


def object_left(filled: Floats, scenes: Scenes) -> Numbers:
    """<filled - photo, D> / <D, D> in each hole, D being the thing: 1 = all there, 0 = gone, under 0 = its negative."""
    inside = scenes.hole[..., None]
    thing = np.where(inside, scenes.shown - scenes.photo, 0).astype(np.float64)
    along = ((filled - scenes.photo) * thing).sum((1, 2, 3))
    return np.asarray(along / (thing**2).sum((1, 2, 3)))


def hole_psnr(filled: Floats, scenes: Scenes) -> Numbers:
    """PSNR of each hole to what was behind the thing, 2 being the range."""
    inside = np.broadcast_to(scenes.hole[..., None], filled.shape)
    error = (((filled - scenes.photo) ** 2) * inside).sum((1, 2, 3)) / inside.sum((1, 2, 3))
    return np.asarray(10 * np.log10(4 / np.maximum(error, 1e-12)))
