"""The loops of the pyramid over whole photos: texture, the next size, what is filled smoothly, features as the search reads them.

Bands of rows may run at once: each writes rows of its own. The sums of a box are running ones in doubles, as SciPy has them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.compiled import inlined, kernel_of

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]

BOX = 4
"""Pixels from the middle of a box of texture to its side."""


@inlined
def _smooth(before: Any, here: Any, after: Any) -> Any:
    return np.float32(0.5 * np.float64(here) + 0.25 * (np.float64(before) + np.float64(after)))


@kernel_of("void(float32[:,::1],boolean[:,::1],float32[:,:,::1],int64,int64)")
def slopes(luma: Floats, solid: Mask, found: Floats, first: int, last: int) -> None:
    """|d/dx| and |d/dy| of `luma` (H, W), smoothed across by 1 2 1, of the rows `first` to `last` → `found` (2, H, W); 0 where
    not `solid`."""
    height, width = luma.shape
    for y in range(first, last):
        above, below = luma[max(y - 1, 0)], luma[min(y + 1, height - 1)]
        here = luma[y]
        for x in range(width):
            left, right = max(x - 1, 0), min(x + 1, width - 1)
            if solid[y, x]:
                found[0, y, x] = abs(
                    _smooth(above[right] - above[left], here[right] - here[left], below[right] - below[left])
                )
                found[1, y, x] = abs(
                    _smooth(below[left] - above[left], below[x] - above[x], below[right] - above[right])
                )
            else:
                found[0, y, x] = 0
                found[1, y, x] = 0


@inlined
def _add(columns: Doubles, rough: Floats, solid: Mask, y: int, sign: float) -> None:
    """One more row, or one less, in the sums of columns; rows outside the photo hold nothing."""
    if 0 <= y < solid.shape[0]:
        for x in range(solid.shape[1]):
            columns[0, x + BOX] += sign * rough[0, y, x]
            columns[1, x + BOX] += sign * rough[1, y, x]
            columns[2, x + BOX] += sign * solid[y, x]


@inlined
def _mean_texture(shares: Doubles, known: Mask, weight: float, found: Floats, y: int) -> None:
    """Texture of row `y` from the ninths of its columns: sums that run along it."""
    many = found.shape[2] - 2
    across, down, firm = 0.0, 0.0, 0.0
    for x in range(2 * BOX):
        across += shares[0, x]
        down += shares[1, x]
        firm += shares[2, x]
    for x in range(known.shape[1]):
        across += shares[0, x + 2 * BOX]
        down += shares[1, x + 2 * BOX]
        firm += shares[2, x + 2 * BOX]
        share = np.float32(firm / 9)
        if known[y, x] and share >= np.float32(
            1e-3
        ):  # less: known, but with nothing solid near, as islands and lines are
            found[y, x, many] = weight * (np.float32(across / 9) / share)
            found[y, x, many + 1] = weight * (np.float32(down / 9) / share)
        else:
            found[y, x, many] = 0
            found[y, x, many + 1] = 0
        across -= shares[0, x]
        down -= shares[1, x]
        firm -= shares[2, x]


@kernel_of("void(float32[:,:,::1],boolean[:,::1],boolean[:,::1],float32[:,:,::1],float32,float32[:,:,::1],int64,int64)")
def described(
    photo: Floats, known: Mask, solid: Mask, rough: Floats, weight: float, found: Floats, first: int, last: int
) -> None:
    """The colours of `photo` (H, W, C) and `weight` times the mean of `rough` (2, H, W) over what is `solid` of 9 × 9 pixels, of
    the rows `first` to `last` → `found` (H, W, C + 2); 0 where not `known`."""
    width, many = photo.shape[1], photo.shape[2]
    columns = np.zeros((3, width + 2 * BOX), np.float64)
    shares = np.zeros((3, width + 2 * BOX), np.float64)
    for y in range(first - BOX, first + BOX):
        _add(columns, rough, solid, y, 1.0)
    for y in range(first, last):
        _add(columns, rough, solid, y + BOX, 1.0)
        for n in range(3):
            for x in range(width):
                shares[n, x + BOX] = np.float32(columns[n, x + BOX] / 9)
        for x in range(width):
            for n in range(many):
                found[y, x, n] = photo[y, x, n] if known[y, x] else np.float32(0)
        _mean_texture(shares, known, weight, found, y)
        _add(columns, rough, solid, y - BOX, -1.0)


@kernel_of("void(float32[:,:,::1],boolean[:,::1],float32[:,:,::1],boolean[:,::1],int64,int64)")
def halved(features: Floats, hole: Mask, found: Floats, gone: Mask, first: int, last: int) -> None:
    """Means of the known of 2 × 2 pixels, of the rows `first` to `last` of half the size → `found` (h, w, F), and `gone` (h, w),
    where under three quarters of those that there are (at the photo's edge: fewer) are known."""
    height, width, many = features.shape
    total = np.zeros(many, np.float32)
    for v in range(first, last):
        for u in range(gone.shape[1]):
            count: Any = np.int64(0)
            of: Any = np.int64(0)
            total[:] = 0
            for x in range(2 * u, min(2 * u + 2, width)):
                for y in range(2 * v, min(2 * v + 2, height)):
                    of += 1
                    count += not hole[y, x]
                    for n in range(many):
                        total[n] += features[y, x, n]
            gone[v, u] = 4 * count < 3 * of
            scale = np.float32(0 if gone[v, u] else 1 / max(count, 1))
            for n in range(many):
                found[v, u, n] = total[n] * scale


@kernel_of("void(float32[:,:,::1],boolean[:,::1],float32[:,:,::1],boolean[:,::1])")
def pulled(values: Floats, known: Mask, found: Floats, some: Mask) -> None:
    """Means of the known of 2 × 2 pixels → `found` (h, w, F), 0 where there is none; `some` (h, w) where there is one."""
    height, width, many = values.shape
    total = np.zeros(many, np.float32)
    for v in range(found.shape[0]):
        for u in range(found.shape[1]):
            count = 0
            total[:] = 0
            for x in range(2 * u, min(2 * u + 2, width)):
                for y in range(2 * v, min(2 * v + 2, height)):
                    if known[y, x]:
                        count += 1
                        for n in range(many):
                            total[n] += values[y, x, n]
            some[v, u] = count > 0
            for n in range(many):
                found[v, u, n] = total[n] / np.float32(max(count, 1))


@kernel_of("void(float32[:,:,::1],boolean[:,::1],float32[:,:,::1],float32[:,:,::1])")
def pushed(values: Floats, known: Mask, coarse: Floats, found: Floats) -> None:
    """`values` (H, W, F) where they are `known`, else twice the size of `coarse`, bilinearly, pixel areas aligned → `found`."""
    height, width, many = values.shape
    for row in range(height):
        y = row // 2
        v = min(max(y + 2 * (row % 2) - 1, 0), coarse.shape[0] - 1)
        for column in range(width):
            if known[row, column]:
                for n in range(many):
                    found[row, column, n] = values[row, column, n]
                continue
            x = column // 2
            u = min(max(x + 2 * (column % 2) - 1, 0), coarse.shape[1] - 1)
            for n in range(many):
                near = np.float32(0.75) * coarse[y, x, n] + np.float32(0.25) * coarse[v, x, n]
                far = np.float32(0.75) * coarse[y, u, n] + np.float32(0.25) * coarse[v, u, n]
                found[row, column, n] = np.float32(0.75) * near + np.float32(0.25) * far


@kernel_of("void(float32[::1],float32,float32,int16[::1],int64,int64)")
def quantise(values: Floats, scale: float, most: float, found: NDArray[np.int16], first: int, last: int) -> None:
    """`found` = `values` · `scale`, rounded and held within ±`most`, from place `first` to `last`."""
    for at in range(first, last):
        value = values[at] * scale
        value = min(max(value, -most), most)
        found[at] = np.int16(np.floor(value + np.float32(0.5)))
