"""A picture that is made row by row: each stage asks the one below for the rows that it needs, and keeps few of them.

So the float copy of a large picture, which would need four times its memory, never exists as a whole.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8] | NDArray[np.uint16] | NDArray[np.float32]

SPREAD = 12
"""How far, in pixels, colour runs out into transparent ones: a network's halo and what Lanczos spreads the alpha."""


class Rows(Protocol):
    """A source of rows."""

    @property
    def width(self) -> int:
        """Pixels per row."""

    @property
    def height(self) -> int:
        """Rows in all."""

    def rows(self, top: int, bottom: int) -> Floats:
        """Rows `top` to `bottom` - 1, float32 [rows, width, channels], 0..1; rows inside the picture only."""


def peak(dtype: np.dtype[np.generic]) -> float:
    """The value of white."""
    return {"uint8": 255.0, "uint16": 65535.0}.get(dtype.name, 1.0)


class Stored:
    """The rows of `pixels` [height, width, channels], of which `channels` are given."""

    def __init__(self, pixels: Pixels, channels: slice) -> None:
        self._pixels = pixels[..., channels]
        self._white = np.float32(peak(pixels.dtype))
        self._floats = pixels.dtype.kind == "f"
        self.height, self.width = pixels.shape[:2]

    def rows(self, top: int, bottom: int) -> Floats:
        """As `Rows` says."""
        rows = np.asarray(self._pixels[top:bottom], np.float32) / self._white
        # One NaN of a float picture would spread over 17 pixels, and an infinity over its row.
        return np.nan_to_num(rows, nan=0.0, posinf=1.0, neginf=0.0) if self._floats else rows


class Bled:
    """The rows of `colour`, with the colour of visible pixels run out into those that `alpha` makes invisible.

    What stands in a transparent pixel is arbitrary, and a network would draw it into the edge of what is seen.
    """

    def __init__(self, colour: Rows, alpha: Pixels) -> None:
        self._colour = colour
        self._alpha = alpha
        self.height, self.width = colour.height, colour.width

    def rows(self, top: int, bottom: int) -> Floats:
        """As `Rows` says."""
        hidden = self._alpha[top:bottom] == 0
        if not hidden.any():
            return self._colour.rows(top, bottom)
        first, last = max(0, top - SPREAD), min(self.height, bottom + SPREAD)
        found = run_out(self._colour.rows(first, last), self._alpha[first:last] > 0)
        return found[top - first : bottom - first]


def run_out(colour: Floats, known: NDArray[np.bool_]) -> Floats:
    """`colour` [h, w, c], where pixels that aren't `known` get the mean of their known neighbours, `SPREAD` times."""
    colour = np.where(known[..., None], colour, 0)
    for _ in range(SPREAD):
        count = _sum3(known[..., None].astype(np.float32))
        new = ~known & (count[..., 0] > 0)
        if not new.any():
            break
        colour[new] = (_sum3(colour)[new] / count[new]).astype(np.float32)
        known = known | new
    return colour


def _sum3(values: Floats) -> Floats:
    """The sum over 3x3 pixels, nothing beyond the border."""
    down = values.copy()
    down[1:] += values[:-1]
    down[:-1] += values[1:]
    across = down.copy()
    across[:, 1:] += down[:, :-1]
    across[:, :-1] += down[:, 1:]
    return across
