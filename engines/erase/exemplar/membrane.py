"""The seam: how far copied colours miss at the hole's edge, spread smoothly into the hole."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engines.erase.exemplar import rings
from engines.erase.exemplar.pyramid import Level, pull_push, window
from engines.erase.exemplar.synthesis import Canvas
from engines.erase.exemplar.workers import Workers

Floats = NDArray[np.float32]

RING = 3
"""Pixels outside the hole on which real and copied colours are compared."""

ALONG = 4.0
"""Sigma in pixels by which the difference is smoothed along the ring."""

REACH = 24.0
"""Depth in pixels at which the correction has fallen to a third."""


CALM = 0.01
"""Roughness of the ring (mean slope of luma a pixel) from which on the surroundings are a wall or a sky."""


def reach(level: Level, weight: float) -> float:
    """How deep a correction goes, in pixels: `REACH`, and ever deeper the calmer the hole's ring is.

    On a wall the difference is light, which belongs everywhere; amid structure it is chance, and would spread as a stain.
    """
    part = window(level.hole, 20)
    away = rings.squares(level.hole[part], 20)
    ring = (away > 4 * 4) & (away <= 20 * 20)
    if not ring.any():
        return REACH
    rough = float(np.median(level.features[part][ring][:, -2:].sum(1))) / max(weight, 1e-6)
    return REACH * float(np.clip((CALM / max(rough, 1e-6)) ** 2, 1, 100))


def correction(
    photo: Floats, art: Canvas, workers: Workers, *, reach: float = REACH
) -> tuple[tuple[slice, slice], Floats]:
    """What to add inside the hole so that it meets its edge: a window of the photo, and float32 (h, w, C) for it.

    Membrane interpolation of a difference (as Farbman et al. 2009 use it), not of gradients. The
    ring's pixels are targets of `art` too, so each has a source of its own to be compared with.
    """
    hole, order = art.level.hole, art.order
    part = window(hole, RING + round(3 * ALONG) + 1)
    inside = hole[part]
    ring = (rings.squares(inside, RING) <= RING * RING) & ~inside & (order[part] >= 0)
    if not ring.any():
        return part, np.zeros((*inside.shape, photo.shape[2]), np.float32)
    sources = art.field[order[part][ring]]
    missed = np.zeros((*inside.shape, photo.shape[2]), np.float32)
    missed[ring] = rings.smoothed(photo[part][ring] - photo[sources[:, 0], sources[:, 1]], ring, ALONG, workers)
    smooth = pull_push(missed, ring)
    smooth *= (np.exp(-art.level.depths[part] / np.float32(reach)) * inside)[..., None]
    return part, smooth
