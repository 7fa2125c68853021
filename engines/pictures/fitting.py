"""What a network sees of a photo: windows around a hole, other sizes, and colours where the hole was."""

from __future__ import annotations

import numpy as np
from PIL import Image
from scipy import ndimage

from engines.pictures.fillers import Floats, Mask


def slid(start: int, length: int, side: int, limit: int) -> tuple[int, int]:
    """Start and length of a window of `side` pixels around `start`..`start + length`, slid and cut to lie in 0..`limit`."""
    side = min(max(side, length), limit)
    return min(max(0, start + length // 2 - side // 2), limit - side), side


def nearest_known(photo: Floats, hole: Mask) -> Floats:
    """`photo` with each pixel of the hole as the nearest pixel outside it; grey where everything is hole."""
    if hole.all():
        return np.full_like(photo, 0.5)
    nearest = ndimage.distance_transform_edt(hole, return_distances=False, return_indices=True)
    known: Floats = photo[tuple(nearest)]
    return known


def resized(photo: Floats, rows: int, columns: int, how: Image.Resampling) -> Floats:
    """Floats (H, W, channels) as (rows, columns, channels); the same array where they are of that size."""
    if photo.shape[:2] == (rows, columns):
        return photo
    planes = (
        Image.fromarray(np.ascontiguousarray(photo[..., c])).resize((columns, rows), how) for c in range(photo.shape[2])
    )
    return np.stack([np.asarray(plane) for plane in planes], axis=2)
