"""A first guess that grows inwards from the hole's edge, one copied piece after another, edges before plain ground.

Texture grown pixel by pixel after Efros and Leung (1999); the order, what is known times contrast, after Criminisi, Pérez and
Toyama (2004). A smooth guess asks for whatever is plain and fits anywhere; real pieces carry on what stands at the edge. Whole
numbers only: the order hangs on ties, and a float that is rounded otherwise would give another picture.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.compiled import inlined, kernel_of
from engines.erase.exemplar.kernels import Bytes, Floats, Ints, aside
from engines.erase.exemplar.pyramid import COLOUR, MOST, Level, window
from engines.erase.exemplar.workers import Workers

SURE = 1024
"""How much a known pixel counts; what was copied counts less, the further in, the less."""

PLAIN = 22_500
"""Variance of luma (0 to 3,000) that plain ground is taken to have: without it nothing but edges would ever be next."""

Values = NDArray[np.int32]


def peeled(level: Level, allowed: Bytes, lean: Floats, workers: Workers) -> Floats:
    """Features (M, F) for the hole's pixels, from sources that `allowed` and `lean` (`kernels`) hold; raises `Cancelled`."""
    features = np.clip(np.rint(level.features * COLOUR), -MOST, MOST).astype(np.int32)
    sure = (~level.hole).astype(np.int32) * np.int32(SURE)
    ys, xs = (np.ascontiguousarray(axis, np.int32) for axis in np.nonzero(allowed))
    rows, columns = window(level.hole, 0)
    box = np.array([rows.start, columns.start, rows.stop, columns.stop], np.int64)
    workers.run(lambda _first, _last: _peel(features, sure, ys, xs, lean, box, workers.halt), 1, parts=1)
    found: Floats = features[level.hole].astype(np.float32) / np.float32(COLOUR)
    return found


@inlined
def _worth(features: Values, sure: Ints, y: int, x: int) -> Any:
    """How soon it is the pixel's turn, −1 where it touches nothing known: known neighbours squared, times contrast."""
    edge = False
    count: Any = np.int64(0)
    trust: Any = np.int64(0)
    light: Any = np.int64(0)
    square: Any = np.int64(0)
    for v in range(max(0, y - 3), min(sure.shape[0], y + 4)):
        for u in range(max(0, x - 3), min(sure.shape[1], x + 4)):
            if sure[v, u]:
                edge = edge or abs(v - y) + abs(u - x) == 1
                luma = np.int64(features[v, u, 0] + features[v, u, 1] + features[v, u, 2])
                count += 1
                trust += sure[v, u]
                light += luma
                square += luma * luma
    if not edge:
        return np.int64(-1)
    return trust * trust * (PLAIN + (square * count - light * light) // (count * count))


@inlined
def _weigh(
    features: Values, sure: Ints, worth: NDArray[np.int64], top: int, left: int, bottom: int, right: int
) -> None:
    """`worth` anew in a box: −1 for what is known, or touches nothing that is."""
    for y in range(max(0, top), min(sure.shape[0], bottom)):
        for x in range(max(0, left), min(sure.shape[1], right)):
            worth[y, x] = np.int64(-1) if sure[y, x] else _worth(features, sure, y, x)


@inlined
def _next(worth: NDArray[np.int64], box: tuple[int, int, int, int]) -> tuple[Any, Any]:
    """The pixel of the box whose turn it is; −1 when there is none left."""
    most: Any = np.int64(-1)
    row: Any = np.int64(-1)
    column: Any = np.int64(-1)
    for y in range(box[0], box[2]):
        for x in range(box[1], box[3]):
            if worth[y, x] > most:
                most = worth[y, x]
                row, column = y, x
    return row, column


@inlined
def _unlike(features: Values, sure: Ints, row: int, column: int, dy: int, dx: int, start: int, limit: int) -> Any:
    """`start` and the squared distance of what is known around a pixel to what is `dy`, `dx` from it; ≥ `limit` is enough."""
    total: Any = np.int64(start)
    for v in range(max(0, row - 3), min(sure.shape[0], row + 4)):
        if total >= limit:
            return total
        for u in range(max(0, column - 3), min(sure.shape[1], column + 4)):
            if sure[v, u]:
                for n in range(features.shape[2]):
                    gap = np.int64(features[v, u, n] - features[v + dy, u + dx, n])
                    total += gap * gap
    return total


@kernel_of("void(int32[:,:,::1],int32[:,::1],int32[::1],int32[::1],float32[::1],int64[::1],uint8[::1])")
def _peel(features: Values, sure: Ints, ys: Ints, xs: Ints, lean: Floats, box: NDArray[np.int64], halt: Bytes) -> None:
    """Within `box` (top, left, bottom, right) fill `features` (H, W, F) where `sure` (H, W) is 0, by pieces of 3 × 3 around the pixel whose turn it is."""
    height, width = sure.shape
    worth = np.full((height, width), -1, np.int64)
    _weigh(features, sure, worth, box[0], box[1], box[2], box[3])
    while halt[0] == 0:
        row, column = _next(worth, (box[0], box[1], box[2], box[3]))
        if row < 0:
            return
        seen: Any = np.int64(0)
        trust: Any = np.int64(0)
        for v in range(max(0, row - 3), min(height, row + 4)):
            for u in range(max(0, column - 3), min(width, column + 4)):
                seen += sure[v, u] > 0
                trust += sure[v, u]
        least: Any = np.int64(1) << 60
        down: Any = np.int64(0)
        right: Any = np.int64(0)
        for at in range(ys.shape[0]):
            start = np.int64(aside(row, column, ys[at], xs[at], lean)) * seen // 49
            if start >= least:
                continue
            total = _unlike(features, sure, row, column, ys[at] - row, xs[at] - column, start, least)
            if total < least:
                least = total
                down, right = ys[at] - row, xs[at] - column
        for v in range(max(0, row - 1), min(height, row + 2)):
            for u in range(max(0, column - 1), min(width, column + 2)):
                if sure[v, u] == 0:
                    for n in range(features.shape[2]):
                        features[v, u, n] = features[v + down, u + right, n]
                    sure[v, u] = max(1, trust // 49)
        _weigh(features, sure, worth, row - 4, column - 4, row + 5, column + 5)
