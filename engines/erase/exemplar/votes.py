"""What is made of a field of sources: the votes for each pixel, and the field one size finer.

Arrays are as in `kernels`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.compiled import kernel_of
from engines.erase.exemplar.kernels import Bytes, Features, Ints


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
    """Weighted mean of what all patches over a pixel propose, for the hole pixels `first` to `last` → `voted` (M, F), F 5 or 6.

    One name a feature, so that the sums stay in registers: a list of them took twice as long.
    """
    height, width = order.shape
    six = step > 5
    for at in range(first, last):
        row, column = rows[at], columns[at]
        whole = a = b = c = d = e = f = np.float32(0)
        for dy in range(max(-3, -row), min(3, height - 1 - row) + 1):
            for dx in range(max(-3, -column), min(3, width - 1 - column) + 1):
                patch = order[row + dy, column + dx]
                if patch >= 0:
                    weight = weights[patch]
                    whole += weight
                    y = np.uint64(field[patch, 0] - dy)
                    x = np.uint64((field[patch, 1] - dx) * step)
                    a += weight * features[y, x]
                    b += weight * features[y, x + np.uint64(1)]
                    c += weight * features[y, x + np.uint64(2)]
                    d += weight * features[y, x + np.uint64(3)]
                    e += weight * features[y, x + np.uint64(4)]
                    if six:
                        f += weight * features[y, x + np.uint64(5)]
        voted[at, 0] = np.int16(a / whole + np.float32(0.5))
        voted[at, 1] = np.int16(b / whole + np.float32(0.5))
        voted[at, 2] = np.int16(c / whole + np.float32(0.5))
        voted[at, 3] = np.int16(d / whole + np.float32(0.5))
        voted[at, 4] = np.int16(e / whole + np.float32(0.5))
        if six:
            voted[at, 5] = np.int16(f / whole + np.float32(0.5))


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


@kernel_of("void(int32[::1],int32[::1],int32[:,::1],int32[:,::1],uint8[:,::1],int32[:,::1],int64,int64,int64)")
def inherit(
    rows: Ints, columns: Ints, order: Ints, coarse: Ints, allowed: Bytes, field: Ints, start: int, first: int, last: int
) -> None:
    """Sources one level finer: twice the coarse source plus the pixel's parity; where that may not be taken, the nearest
    allowed one by rings, up to 12 pixels away, else the last one given out, at first the flat place `start`.

    For the targets `first` to `last`; `order` is the coarse level's.
    """
    height, width = allowed.shape
    ky: Any = np.int64(start // width)
    kx: Any = np.int64(start % width)
    for at in range(first, last):
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


@kernel_of("void(int16[:,::1],int64,int32[::1],int32[::1],int16[:,::1],int64,int64)")
def doubled(coarse: Features, step: int, rows: Ints, columns: Ints, found: Features, first: int, last: int) -> None:
    """Features at twice the size of `coarse` (H, W · F), bilinearly, pixel areas aligned, of pixels `first` to `last` → (M, F)."""
    height, width = coarse.shape[0], coarse.shape[1] // step
    for at in range(first, last):
        y, x = rows[at] // 2, columns[at] // 2
        v = min(max(y + 2 * (rows[at] % 2) - 1, 0), height - 1)
        u = min(max(x + 2 * (columns[at] % 2) - 1, 0), width - 1)
        for n in range(step):
            near = 9 * coarse[y, x * step + n] + 3 * coarse[v, x * step + n] + 3 * coarse[y, u * step + n]
            found[at, n] = np.int16(np.rint(np.float32(near + coarse[v, u * step + n]) / np.float32(16)))
