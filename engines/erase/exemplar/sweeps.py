"""A pass of the search over the targets: sources of neighbours, frequent offsets, fixed probes. No chance, no recursion.

All candidates of a target go through one place in the code, where the comparison of patches is compiled in: as functions that
are called with a dozen arrays each, calling took longer than comparing. Arrays are as in `kernels`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from engines.compiled import inlined, kernel_of
from engines.erase.exemplar.distance import patch_of_5, patch_of_6
from engines.erase.exemplar.kernels import Bytes, Features, Floats, Ints, aside, clipped

WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
"""Where probes lie: on the axes, on the diagonals."""


@inlined
def _stirred(order: Ints, was: Bytes, now: Bytes, row: int, column: int, first: int, last: int) -> bool:
    """Whether one of the four neighbours found a better source in the last pass, or in this one in the own band."""
    for n in range(4):
        y = row + (n - 1 if n % 2 == 0 else 0)
        x = column + (n - 2 if n % 2 == 1 else 0)
        if 0 <= y < order.shape[0] and 0 <= x < order.shape[1]:
            near = order[y, x]
            if near >= 0 and (was[near] != 0 or (first <= near < last and now[near] != 0)):
                return True
    return False


@kernel_of(
    "void(int16[:,::1],int64,int32[::1],int32[::1],int32[:,::1],int32[:,::1],int32[:,::1],int32[::1],uint8[:,::1],"
    "float32[::1],int32[:,::1],uint8[::1],uint8[::1],int64,int64,int64,int64,uint8[::1])"
)
def sweep(  # noqa: C901 - cut into functions, it takes a fifth longer (measured)
    features: Features,
    step: int,
    rows: Ints,
    columns: Ints,
    order: Ints,
    field: Ints,
    before: Ints,
    costs: Ints,
    allowed: Bytes,
    lean: Floats,
    offsets: Ints,
    was: Bytes,
    now: Bytes,
    radius: int,
    turn: int,
    first: int,
    last: int,
    halt: Bytes,
) -> None:
    """One pass over the targets `first` to `last`, downwards when `turn` is even, upwards when odd.

    Each target tries its visited neighbours' sources shifted by one, `offsets` (rows of dy, dx), and fixed probes around its
    best at `radius`, half of it and so on: four axis or four diagonal neighbours by parity, two of them beyond 2 pixels. A neighbour of another band is
    read from `before`, the field as it was before the pass: so the result doesn't depend on which band runs first.
    Passed over are targets that, like their four neighbours, found nothing new in the last pass (`was`) nor in this one
    (`now`, uint8 (N,), zeros when it begins).
    """
    height, width = order.shape
    line = features.shape[1]
    offered = 2 + offsets.shape[0]
    held = lean[2] > 0
    back = turn % 2
    shift: Any = np.int64(1 if back else -1)
    for count in range(last - first):
        if count % 64 == 0 and halt[0]:
            return
        at = last - 1 - count if back else first + count
        row: Any = np.int64(rows[at])
        column: Any = np.int64(columns[at])
        if was[at] == 0 and not _stirred(order, was, now, row, column, first, last):
            continue
        best: Any = np.int64(costs[at])
        by: Any = np.int64(field[at, 0])
        bx: Any = np.int64(field[at, 1])
        whole = (step == 5 or step == 6) and row >= 3 and column >= 3 and row < height - 3 and column < width - 3
        here = (row - 3) * line + (column - 3) * step
        number: Any = np.int64(-1)
        while True:
            number += 1
            if number < 2:  # the visited neighbour beside, then the one above or below: its source, moved back
                v = row if number == 0 else row + shift
                u = column + shift if number == 0 else column
                if v < 0 or u < 0 or v >= height or u >= width:
                    continue
                near = order[v, u]
                if near < 0:
                    continue
                if first <= near < last:
                    y, x = np.int64(field[near, 0]), np.int64(field[near, 1])
                else:
                    y, x = np.int64(before[near, 0]), np.int64(before[near, 1])
                y += row - v
                x += column - u
            elif number < offered:
                y = row + offsets[number - 2, 0]
                x = column + offsets[number - 2, 1]
            else:
                reach = radius >> ((number - offered) >> 2)
                if reach < 1:
                    break
                way = (number - offered) & 3
                if reach > 2 and (way + row + turn // 2) % 2 == 1:
                    continue
                way += 4 * ((row + column + turn + reach) & 1)
                y, x = by + reach * WAYS[way][0], bx + reach * WAYS[way][1]
            if y < 3 or x < 3 or y >= height - 3 or x >= width - 3 or (y == by and x == bx) or allowed[y, x] == 0:
                continue
            extra: Any = np.int64(0)
            if held:
                extra = np.int64(aside(row, column, y, x, lean))
                if extra >= best:
                    continue
            there = (y - 3) * line + (x - 3) * step
            if not whole:
                cost = extra + clipped(features, step, row, column, y, x, best - extra)
            elif step == 5:
                cost = extra + patch_of_5(features, here, there, line, np.int32(best - extra))
            else:
                cost = extra + patch_of_6(features, here, there, line, np.int32(best - extra))
            if cost < best:
                best, by, bx = cost, y, x
        if by != field[at, 0] or bx != field[at, 1]:
            now[at] = 1
            costs[at] = np.int32(best)
            field[at, 0] = by
            field[at, 1] = bx
