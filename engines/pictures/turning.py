"""EXIF's eight orientations, applied to pixels and taken back."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[Any]

_QUARTERS = {
    1: (False, 0),
    2: (True, 0),
    3: (False, 2),
    4: (True, 2),
    5: (True, 1),
    6: (False, 3),
    7: (True, 3),
    8: (False, 1),
}
"""Orientation → mirrored left to right first, then quarter turns to the left."""


def upright(stored: Pixels, orientation: int) -> Pixels:
    """Stored pixels (H, W, …) as they are to be looked at."""
    mirrored, quarters = _QUARTERS[orientation]
    return np.rot90(stored[:, ::-1] if mirrored else stored, quarters)


def as_stored(pixels: Pixels, orientation: int) -> Pixels:
    """Upright pixels (H, W, …) as the file stores them: undoes `upright`."""
    mirrored, quarters = _QUARTERS[orientation]
    turned = np.rot90(pixels, -quarters)
    return turned[:, ::-1] if mirrored else turned
