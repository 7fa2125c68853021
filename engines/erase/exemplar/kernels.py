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
from engines.erase.exemplar.distance import row_of_5, row_of_6

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
def _inner(features: Features, step: int, row: int, column: int, y: int, x: int, limit: int) -> Any:
    """Squared distance of two whole 7 × 7 patches of 5 or 6 features, or anything ≥ `limit` once it has got there."""
    width = features.shape[1]
    a = (row - 3) * width + (column - 3) * step
    b = (y - 3) * width + (x - 3) * step
    total: Any = np.int32(0)
    if step == 5:
        for _ in range(7):
            total = np.int32(total + row_of_5(features, a, b))
            if total >= limit:
                return total
            a += width
            b += width
    else:
        for _ in range(7):
            total = np.int32(total + row_of_6(features, a, b))
            if total >= limit:
                return total
            a += width
            b += width
    return total


@inlined
def _clipped(features: Features, step: int, row: int, column: int, y: int, x: int, limit: int) -> Any:
    """The same where the photo ends inside the patch, or for any number of features: pixels outside don't count."""
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
def _distance(features: Features, step: int, row: int, column: int, y: int, x: int, limit: int) -> Any:
    height = features.shape[0]
    width = features.shape[1] // step
    if (step == 5 or step == 6) and row >= 3 and column >= 3 and row < height - 3 and column < width - 3:
        return _inner(features, step, row, column, y, x, limit)
    return _clipped(features, step, row, column, y, x, limit)


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
    for at in range(first, last):
        y, x = field[at, 0], field[at, 1]
        cost = _distance(features, step, rows[at], columns[at], y, x, 2147483647)
        costs[at] = np.int32(min(cost, 2000000000) + aside(rows[at], columns[at], y, x, lean))


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
                best = _distance(features, step, rows[at], columns[at], y, x, 2147483647)
                best = np.int32(min(best, 2000000000) + aside(rows[at], columns[at], y, x, lean))
                field[at, 0], field[at, 1] = y, x
        for source in range(ys.shape[0]):
            y, x = ys[source], xs[source]
            extra = aside(rows[at], columns[at], y, x, lean)
            if extra >= best:
                continue
            cost = _distance(features, step, rows[at], columns[at], y, x, best - extra) + extra
            if cost < best:
                best = np.int32(cost)
                field[at, 0] = y
                field[at, 1] = x
        costs[at] = best


@inlined
def _try(
    features: Features,
    step: int,
    row: int,
    column: int,
    y: int,
    x: int,
    best: int,
    by: int,
    bx: int,
    allowed: Bytes,
    lean: Floats,
) -> tuple[int, int, int]:
    """The better of what is known and of one more source."""
    if y < 3 or x < 3 or y >= allowed.shape[0] - 3 or x >= allowed.shape[1] - 3:
        return best, by, bx
    if (y == by and x == bx) or allowed[y, x] == 0:
        return best, by, bx
    extra = aside(row, column, y, x, lean)
    if extra >= best:
        return best, by, bx
    cost = _distance(features, step, row, column, y, x, best - extra) + extra
    if cost < best:
        return cost, y, x
    return best, by, bx


@inlined
def _neighbour(order: Ints, field: Ints, before: Ints, row: int, column: int, first: int, last: int) -> tuple[int, int]:
    """The source of the target at (row, column): as it is now in the own band, as it was before in others; −1 if none."""
    if row < 0 or column < 0 or row >= order.shape[0] or column >= order.shape[1]:
        return -1, -1
    near = order[row, column]
    y: Any = np.int64(-1)
    x: Any = np.int64(-1)
    if near < 0:
        return y, x
    if first <= near < last:
        y, x = field[near, 0], field[near, 1]
    else:
        y, x = before[near, 0], before[near, 1]
    return y, x


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


@inlined
def _probe(
    features: Features,
    step: int,
    row: int,
    column: int,
    best: int,
    by: int,
    bx: int,
    allowed: Bytes,
    lean: Floats,
    turn: int,
    reach: int,
) -> tuple[int, int, int]:
    """Four fixed places `reach` from the best, on the axes or the diagonals by parity; two of them where `reach` > 2."""
    diagonal = (row + column + turn + reach) % 2 == 1
    for n in range(4):
        if reach > 2 and (n + row + turn // 2) % 2 == 1:
            continue
        if diagonal:
            y = by + (reach if n < 2 else -reach)
            x = bx + (reach if n % 2 == 0 else -reach)
        elif n < 2:
            y, x = by + (reach if n == 0 else -reach), bx
        else:
            y, x = by, bx + (reach if n == 2 else -reach)
        best, by, bx = _try(features, step, row, column, y, x, best, by, bx, allowed, lean)
    return best, by, bx


@kernel_of(
    "void(int16[:,::1],int64,int32[::1],int32[::1],int32[:,::1],int32[:,::1],int32[:,::1],int32[::1],uint8[:,::1],"
    "float32[::1],int32[:,::1],uint8[::1],uint8[::1],int64,int64,int64,int64,uint8[::1])"
)
def sweep(
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
    best at `radius`, half of it and so on: four axis or four diagonal neighbours by parity. A neighbour of another band is
    read from `before`, the field as it was before the pass: so the result doesn't depend on which band runs first.
    Passed over are targets that, like their four neighbours, found nothing new in the last pass (`was`) nor in this one
    (`now`, uint8 (N,), zeros when it begins).
    """
    back = turn % 2
    shift = 1 if back else -1
    for count in range(last - first):
        if count % 64 == 0 and halt[0]:
            return
        at = last - 1 - count if back else first + count
        row, column = rows[at], columns[at]
        if was[at] == 0 and not _stirred(order, was, now, row, column, first, last):
            continue
        best, by, bx = costs[at], field[at, 0], field[at, 1]
        y, x = _neighbour(order, field, before, row, column + shift, first, last)
        if y >= 0:
            best, by, bx = _try(features, step, row, column, y, x - shift, best, by, bx, allowed, lean)
        y, x = _neighbour(order, field, before, row + shift, column, first, last)
        if y >= 0:
            best, by, bx = _try(features, step, row, column, y - shift, x, best, by, bx, allowed, lean)
        for n in range(offsets.shape[0]):
            best, by, bx = _try(
                features,
                step,
                row,
                column,
                row + offsets[n, 0],
                column + offsets[n, 1],
                best,
                by,
                bx,
                allowed,
                lean,
            )
        reach = radius
        while reach >= 1:
            best, by, bx = _probe(features, step, row, column, best, by, bx, allowed, lean, turn, reach)
            reach //= 2
        if by != field[at, 0] or bx != field[at, 1]:
            now[at] = 1
            costs[at] = np.int32(best)
            field[at, 0] = by
            field[at, 1] = bx
