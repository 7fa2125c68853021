"""What lies in a thin ring around a hole: how far from the hole, and values smoothed along it.

SciPy's distances know no farthest and its blur no mask; for a ring they do a hundred times what is asked.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engines.compiled import kernel_of
from engines.erase.exemplar.workers import Workers

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]


def squares(hole: Mask, most: int) -> Ints:
    """Squared distance of each pixel to the nearest of the hole, 0 inside: (H, W), exact up to `most` pixels, more beyond."""
    found = np.empty(hole.shape, np.int32)
    _squares(np.ascontiguousarray(hole), most, found)
    return found


@kernel_of("void(boolean[:,::1],int64,int32[:,::1])")
def _squares(hole: Mask, most: int, found: Ints) -> None:
    """Nearest in the column, down and up; then of those in the row, each so far aside (Saito and Toriwaki 1994)."""
    height, width = hole.shape
    far = np.int32(most + 1)
    column = np.full((height, width + 2 * most), far * far, np.int32)
    run = np.full(width, far, np.int32)
    for y in range(height):
        for x in range(width):
            run[x] = 0 if hole[y, x] else min(run[x] + 1, far)
            column[y, x + most] = run[x] * run[x]
    run[:] = far
    for y in range(height - 1, -1, -1):
        for x in range(width):
            run[x] = 0 if hole[y, x] else min(run[x] + 1, far)
            column[y, x + most] = min(column[y, x + most], run[x] * run[x])
    for y in range(height):
        for x in range(width):
            found[y, x] = far * far
        for off in range(2 * most + 1):
            aside = np.int32((off - most) * (off - most))
            for x in range(width):
                found[y, x] = min(found[y, x], column[y, x + off] + aside)


def smoothed(values: Floats, ring: Mask, sigma: float, workers: Workers) -> Floats:
    """`values` (N, C) of the pixels of the ring (raster order), Gaussian means of all that are in it within four sigmas."""
    reach = int(4 * sigma + 0.5)
    order = np.full((ring.shape[0] + 2 * reach, ring.shape[1] + 2 * reach), -1, np.int32)
    rows, columns = (axis.astype(np.int32) + np.int32(reach) for axis in np.nonzero(ring))
    order[rows, columns] = np.arange(len(rows), dtype=np.int32)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    found = np.empty_like(values)
    workers.run(lambda first, last: _smoothed(values, order, rows, columns, bell, found, first, last), len(rows))
    return found


@kernel_of("void(float32[:,::1],int32[:,::1],int32[::1],int32[::1],float64[::1],float32[:,::1],int64,int64)")
def _smoothed(
    values: Floats,
    order: Ints,
    rows: Ints,
    columns: Ints,
    bell: NDArray[np.float64],
    found: Floats,
    first: int,
    last: int,
) -> None:
    reach = bell.shape[0] // 2
    total = np.zeros(values.shape[1], np.float64)
    for at in range(first, last):
        total[:] = 0
        share = 0.0
        for down in range(2 * reach + 1):
            y = rows[at] + down - reach
            for right in range(2 * reach + 1):
                near = order[y, columns[at] + right - reach]
                if near >= 0:
                    weight = bell[down] * bell[right]
                    share += weight
                    for n in range(values.shape[1]):
                        total[n] += weight * values[near, n]
        for n in range(values.shape[1]):
            found[at, n] = total[n] / share
