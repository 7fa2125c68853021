"""The inner loops: patch distance and search sweeps, over int16 features and flat lists of pixels.

Shapes, for a photo of H × W pixels with F features each (colours first, then two of texture):
`features` int16 (H, W · F), C-contiguous, with at least 8 more numbers behind the last; `order` int32 (H, W), the place of a pixel in the list of targets, −1 elsewhere;
`rows`, `columns` int32 (N,), the targets in raster order; `field` int32 (N, 2), row and column of each target's source;
`costs` int32 (N,); `allowed` uint8 (H, W), 1 where a patch may be taken; `lean` float32 (5,), what a
source costs for where it lies: unit normal (y, x) of the direction to keep to, cost of each pixel off that direction, the
most that this may cost, and what a pixel along the direction weighs beside one off it, squared.
Distances are exact integers, so they are the same on every machine.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.compiled import inlined, kernel_of
from engines.erase.exemplar.distance import patch_of_5, patch_of_6

HALF = 3
"""Pixels from the middle of a patch to its side: patches are 7 × 7 (Newson et al., IPOL 2017 use the same)."""

FAR = np.int32(2**31 - 1)

Ints = NDArray[np.int32]
Features = NDArray[np.int16]
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

FREE = 1.0
"""Pixels off the direction of `lean` that cost nothing."""


@inlined
def clipped(features: Features, step: int, row: int, column: int, y: int, x: int, limit: int) -> Any:
    """As `distance`, where the photo ends inside the patch, or for any number of features: pixels outside don't count."""
    height = features.shape[0]
    width = features.shape[1] // step
    top = -min(3, row)
    bottom = min(3, height - 1 - row)
    first = -min(3, column)
    last = min(3, width - 1 - column)
    total: Any = np.int32(0)
    left = (column + first) * step
    right = (x + first) * step
    many = (last - first + 1) * step
    for down in range(top, bottom + 1):
        a = features[row + down, left : left + many]
        b = features[y + down, right : right + many]
        for at in range(many):
            gap = np.int32(a[at]) - np.int32(b[at])
            total = np.int32(total + gap * gap)
        if total >= limit:
            return total
    return total


@inlined
def distance(features: Features, step: int, row: int, column: int, y: int, x: int, limit: int) -> Any:
    """Squared distance of the patches around two places, or anything ≥ `limit` once it has got there."""
    height = features.shape[0]
    line = features.shape[1]
    width = line // step
    if row >= 3 and column >= 3 and row < height - 3 and column < width - 3:
        here, there = (row - 3) * line + (column - 3) * step, (y - 3) * line + (x - 3) * step
        if step == 5:
            return patch_of_5(features, here, there, line, np.int32(limit))
        if step == 6:
            return patch_of_6(features, here, there, line, np.int32(limit))
    return clipped(features, step, row, column, y, x, limit)


@inlined
def aside(row: int, column: int, y: int, x: int, lean: Floats) -> Any:
    """What a source costs before it is even looked at."""
    extra: Any = np.int32(0)
    if lean[2] > 0:
        dy, dx = y - row, x - column
        off: Any = max(abs(dy * lean[0] + dx * lean[1]) - np.float32(FREE), np.float32(0))
        if lean[4] > 0:
            off = np.sqrt(off * off + lean[4] * (dx * lean[0] - dy * lean[1]) ** 2)
        if off > 0:
            extra = np.int32(min(off * lean[2], lean[3]))
    return extra


@kernel_of("void(int16[:,::1],int64,int32[::1],int32[::1],int32[:,::1],int32[::1],float32[::1],int64,int64)")
def measure(
    features: Features,
    step: int,
    rows: Ints,
    columns: Ints,
    field: Ints,
    costs: Ints,
    lean: Floats,
    first: int,
    last: int,
) -> None:
    """Costs of the targets `first` to `last` anew, after the hole's content changed."""
    line = features.shape[1]
    height, width = features.shape[0], line // step
    for at in range(first, last):
        row, column, y, x = rows[at], columns[at], field[at, 0], field[at, 1]
        if step == 5 and row >= 3 and column >= 3 and row < height - 3 and column < width - 3:
            here, there = (row - 3) * line + (column - 3) * step, (y - 3) * line + (x - 3) * step
            cost: Any = np.int64(patch_of_5(features, here, there, line, FAR))
        else:
            cost = np.int64(distance(features, step, row, column, y, x, 2147483647))
        costs[at] = np.int32(min(cost, 2000000000) + (aside(row, column, y, x, lean) if lean[2] > 0 else 0))


@kernel_of(
    "void(int16[:,::1],int64,int32[::1],int32[::1],int32[:,::1],int32[::1],int32[::1],int32[::1],uint8[:,::1],"
    "float32[::1],int64,int64,uint8[::1])"
)
def exhaust(
    features: Features,
    step: int,
    rows: Ints,
    columns: Ints,
    field: Ints,
    costs: Ints,
    ys: Ints,
    xs: Ints,
    allowed: Bytes,
    lean: Floats,
    first: int,
    last: int,
    halt: Bytes,
) -> None:
    """The best of all sources (`ys`, `xs`) for the targets `first` to `last`."""
    for at in range(first, last):
        if halt[0]:
            return
        best = costs[at]
        if at > first and columns[at - 1] + 1 == columns[at]:  # a good start lets most sources be given up at once
            y, x = field[at - 1, 0], field[at - 1, 1] + 1
            if allowed[y, x]:
                best = distance(features, step, rows[at], columns[at], y, x, 2147483647)
                best = np.int32(min(best, 2000000000) + aside(rows[at], columns[at], y, x, lean))
                field[at, 0], field[at, 1] = y, x
        for source in range(ys.shape[0]):
            y, x = ys[source], xs[source]
            extra = aside(rows[at], columns[at], y, x, lean)
            if extra >= best:
                continue
            cost = distance(features, step, rows[at], columns[at], y, x, best - extra) + extra
            if cost < best:
                best = np.int32(cost)
                field[at, 0] = y
                field[at, 1] = x
        costs[at] = best
