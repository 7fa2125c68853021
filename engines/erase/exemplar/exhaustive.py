"""The best of all sources for every target, by sliding windows: what two neighbouring patches share is summed up once.

At one offset between target and source, the squared differences of all pixels are added up over columns of seven, and those
over seven columns: some three vector operations a pair of patches where `kernels.exhaust` compares up to 245 numbers.
Exact integers, as there; and the same winners, also where several are alike.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.compiled import kernel_of
from engines.erase.exemplar.kernels import FAR, HALF, Bytes, Features, Floats, Ints, aside, distance
from engines.erase.exemplar.sliding import LANES, column_sums, keep_better
from engines.erase.exemplar.workers import BANDS, Workers

PAIRS = 3
"""Planes that features are laid out in, two each: a multiplication takes two, and there are five or six."""

ROOM = 2 * LANES
"""Pixels behind each row: whole vectors are read."""


def nearest(
    features: Features, step: int, rows: Ints, columns: Ints, allowed: Bytes, lean: Floats, workers: Workers
) -> tuple[Ints, Ints]:
    """Field (N, 2) and costs (N,) of the best `allowed` sources; arrays as in `kernels`. Raises `Cancelled`."""
    height, width = allowed.shape
    top, left = int(rows.min()), int(columns.min())
    tall, wide = int(rows.max()) - top + 1, int(columns.max()) - left + 1
    planes = np.zeros((PAIRS, height, width + HALF + ROOM, 2), np.int16)
    by_pixel = features.reshape(height, width, step)
    for n in range(step):
        planes[n // 2, :, HALF : HALF + width, n % 2] = by_pixel[..., n]
    free = np.zeros((height, width + ROOM), np.uint8)
    free[:, :width] = allowed
    lowest, beyond = HALF - (top + tall - 1), height - HALF - top
    edges = [lowest + (beyond - lowest) * part // BANDS for part in range(BANDS + 1)]
    best = np.full((BANDS, tall, wide + ROOM), FAR, np.int32)
    ways = np.zeros(best.shape, np.int32)

    def band(first: int, _last: int) -> None:
        box = np.array([top, left, tall, wide, edges[first], edges[first + 1]], np.int64)
        _slide(planes, free, lean, box, best[first], ways[first], workers.halt)

    workers.run(band, BANDS, parts=BANDS)
    winner = best.argmin(0)[None]  # of equal ones the first: bands are in raster order of the sources
    there = (rows - top, columns - left)
    costs = np.ascontiguousarray(np.take_along_axis(best, winner, 0)[0][there])
    way = np.take_along_axis(ways, winner, 0)[0][there]
    field = np.stack([rows + way // (2 * width) - height, columns + way % (2 * width) - width], 1).astype(np.int32)
    field[costs == FAR] = np.unravel_index(int(np.argmax(allowed)), allowed.shape)  # all too dear: any will do
    field = np.ascontiguousarray(field)
    _continued(features, step, rows, columns, field, costs, allowed, lean)
    return field, costs


@kernel_of("void(int16[:,:,:,::1],uint8[:,::1],float32[::1],int64[::1],int32[:,::1],int32[:,::1],uint8[::1])")
def _slide(
    planes: Features, free: Bytes, lean: Floats, box: NDArray[np.int64], best: Ints, ways: Ints, halt: Bytes
) -> None:
    """`best` costs and the offsets (`ways`, coded) they are at, of the targets in `box` (its first four: top, left, height, width)
    for the offsets from its fifth row down to its sixth. `planes` int16 (3, H, 3 + W + room, 2), `free` uint8 (H, W + room)."""
    top, left, tall, wide = box[0], box[1], box[2], box[3]
    height = planes.shape[1]
    width = planes.shape[2] - HALF - ROOM
    line = planes.shape[2] * 2
    plane = height * line
    flat = planes.reshape(-1)
    open_ = free.reshape(-1)
    costs = best.reshape(-1)
    found = ways.reshape(-1)
    long: Any = (wide + 2 * HALF + LANES - 1) // LANES * LANES
    inside = np.zeros(2 * planes.shape[2] * 2, np.int16)  # all ones where a pixel counts; the second half: rows outside
    inside[2 * HALF : 2 * (HALF + width)] = -1
    nowhere: Any = line
    ring = np.zeros(7 * long, np.int32)
    sums = np.zeros(long + LANES, np.int32)
    for dy in range(box[4], box[5]):
        if halt[0]:
            return
        y0 = max(top, HALF - dy)
        y1 = min(top + tall, height - HALF - dy)
        if y0 >= y1:
            continue
        for dx in range(HALF - (left + wide - 1), width - HALF - left):
            extra = aside(0, 0, dy, dx, lean)
            x0 = max(left, HALF - dx)
            x1 = min(left + wide, width - HALF - dx)
            code = (dy + height) * 2 * width + dx + width
            ring[:] = 0
            sums[:] = 0
            for y in range(y0 - HALF, y1 + HALF):
                there = 0 <= y < height
                a = (y * line + 2 * x0) if there else 0
                b = ((y + dy) * line + 2 * (x0 + dx)) if there else 0
                live = 2 * x0 if there else nowhere
                slot = (y + 7) % 7 * long
                for at in range(0, x1 - x0 + 2 * HALF, LANES):
                    column_sums(flat, a + 2 * at, b + 2 * at, plane, inside, live + 2 * at, ring, slot + at, sums, at)
                middle = y - HALF
                if middle >= y0:
                    source = (middle + dy) * free.shape[1] + x0 + dx
                    target = (middle - top) * best.shape[1] + x0 - left
                    for at in range(0, x1 - x0, LANES):
                        keep_better(
                            sums, at, np.int32(extra), open_, source + at, costs, found, target + at, np.int32(code)
                        )


@kernel_of("void(int16[:,::1],int64,int32[::1],int32[::1],int32[:,::1],int32[::1],uint8[:,::1],float32[::1])")
def _continued(
    features: Features, step: int, rows: Ints, columns: Ints, field: Ints, costs: Ints, allowed: Bytes, lean: Floats
) -> None:
    """Of equally good sources the one that goes on from the left neighbour's: flat ground is copied in one piece."""
    for at in range(1, rows.shape[0]):
        if columns[at - 1] + 1 == columns[at]:
            y, x = field[at - 1, 0], field[at - 1, 1] + 1
            if allowed[y, x]:
                extra = aside(rows[at], columns[at], y, x, lean)
                if distance(features, step, rows[at], columns[at], y, x, 2147483647) + extra == costs[at]:
                    field[at, 0], field[at, 1] = y, x
