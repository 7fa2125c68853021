"""What is made of a field of sources: the votes for each pixel, the field one size finer, and floats as features.

Arrays are as in `kernels`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.compiled import kernel_of
from engines.erase.exemplar.kernels import Bytes, Features, Floats, Ints


@kernel_of(
    "void(int16[:,::1],int64,int32[::1],int32[::1],int32[:,::1],int32[:,::1],float32[::1],int16[:,::1],int64,int64)"
)
def vote_mean(
    features: Features,
    step: int,
    rows: Ints,
    columns: Ints,
    order: Ints,
    field: Ints,
    weights: NDArray[np.float32],
    voted: Features,
    first: int,
    last: int,
) -> None:
    """Weighted mean of what all patches over a pixel propose, for the hole pixels `first` to `last` → `voted` (M, F)."""
    height, width = order.shape
    sums = np.zeros(step, np.float32)
    for at in range(first, last):
        row, column = rows[at], columns[at]
        sums[:] = 0
        whole = np.float32(0)
        for dy in range(max(-3, -row), min(3, height - 1 - row) + 1):
            for dx in range(max(-3, -column), min(3, width - 1 - column) + 1):
                patch = order[row + dy, column + dx]
                if patch >= 0:
                    weight = weights[patch]
                    whole += weight
                    y = field[patch, 0] - dy
                    x = (field[patch, 1] - dx) * step
                    for n in range(step):
                        sums[n] += weight * features[y, x + n]
        for n in range(step):
            voted[at, n] = np.int16(sums[n] / whole + np.float32(0.5))


@kernel_of("void(int32[::1],int32[::1],int32[:,::1],int32[:,::1],float32[::1],float32[:,::1],int32[:,::1],int64,int64)")
def vote_best(
    rows: Ints,
    columns: Ints,
    order: Ints,
    field: Ints,
    weights: NDArray[np.float32],
    near: NDArray[np.float32],
    taken: Ints,
    first: int,
    last: int,
) -> None:
    """The source pixel of the heaviest patch over each hole pixel (weight · `near` (7, 7)) → `taken` (M, 2): keeps the grain."""
    height, width = order.shape
    for at in range(first, last):
        row, column = rows[at], columns[at]
        best = np.float32(-1)
        for dy in range(max(-3, -row), min(3, height - 1 - row) + 1):
            for dx in range(max(-3, -column), min(3, width - 1 - column) + 1):
                patch = order[row + dy, column + dx]
                if patch >= 0:
                    weight = weights[patch] * near[dy + 3, dx + 3]
                    if weight > best:
                        best = weight
                        taken[at, 0] = field[patch, 0] - dy
                        taken[at, 1] = field[patch, 1] - dx


@kernel_of("void(int32[::1],int32[::1],int32[:,::1],int32[:,::1],uint8[:,::1],int32[:,::1])")
def inherit(rows: Ints, columns: Ints, order: Ints, coarse: Ints, allowed: Bytes, field: Ints) -> None:
    """Sources one level finer: twice the coarse source plus the pixel's parity; where that may not be taken, the nearest
    allowed one by rings, up to 12 pixels away, else the last one given out. `order` is the coarse level's."""
    height, width = allowed.shape
    ky: Any = np.int64(-1)
    kx: Any = np.int64(-1)
    for y in range(height):
        for x in range(width):
            if ky < 0 and allowed[y, x]:
                ky, kx = y, x
    for at in range(rows.shape[0]):
        row, column = rows[at], columns[at]
        patch = order[min(row // 2, order.shape[0] - 1), min(column // 2, order.shape[1] - 1)]
        if patch < 0:
            field[at, 0], field[at, 1] = ky, kx
            continue
        y = 2 * coarse[patch, 0] + row % 2
        x = 2 * coarse[patch, 1] + column % 2
        found = False
        for ring in range(13):
            for dy in range(-ring, ring + 1):
                reach = 1 if abs(dy) == ring else max(1, 2 * ring)
                for dx in range(-ring, ring + 1, reach):
                    v, u = y + dy, x + dx
                    if 0 <= v < height and 0 <= u < width and allowed[v, u]:
                        ky, kx = v, u
                        found = True
                        break
                if found:
                    break
            if found:
                break
        field[at, 0], field[at, 1] = ky, kx


@kernel_of("void(float32[::1],float32,float32,int16[::1],int64,int64)")
def quantise(values: Floats, scale: float, most: float, found: Features, first: int, last: int) -> None:
    """`found` = `values` · `scale`, rounded and held within ±`most`, from place `first` to `last`."""
    for at in range(first, last):
        value = values[at] * scale
        value = min(max(value, -most), most)
        found[at] = np.int16(np.floor(value + np.float32(0.5)))
