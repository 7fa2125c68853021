"""Superpixels: a photo as some thousand patches of one colour each, with who borders on whom (SLIC, Achanta et al., 2012)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from engines.compiled import kernel

ROUNDS = 4
"""Rounds of assigning pixels to the nearest centre; after four the centres move by less than a pixel."""

COMPACTNESS = 8.0
"""Lab units that a distance of one grid step weighs as much as. Low, so that superpixels follow edges."""

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Superpixels:
    """`labels` int32 (H, W) in 0..n - 1; per superpixel its pixels, middle and mean features.

    `sizes` float32 (n,); `middles` float32 (n, 2) as x, y; `means` float32 (n, C) of the channels that were given;
    `pairs` int32 (m, 2) of neighbours; `borders` float32 (m,), the pixels of their common border; `steps` float32 (m,),
    the mean colour difference across it, in Lab units.
    """

    labels: Ints
    sizes: Floats
    middles: Floats
    means: Floats
    pairs: Ints
    borders: Floats
    steps: Floats

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.sizes)


def superpixels(features: Floats, count: int) -> Superpixels:
    """About `count` superpixels of `features`, float32 (H, W, C), whose first three channels are L, a, b.

    Each is one connected patch. Colour decides where a pixel belongs; all channels are averaged.
    """
    height, width = features.shape[:2]
    step = max(2.0, float(np.sqrt(height * width / max(1, count))))
    lab = np.ascontiguousarray(features[..., :3])
    soft = np.ascontiguousarray(ndimage.gaussian_filter(lab, (0.7, 0.7, 0)))
    rows = _grid(height, step)
    columns = _grid(width, step)
    centres = np.zeros((len(rows) * len(columns), 5), np.float32)
    _place(soft, rows, columns, centres)
    labels = np.zeros((height, width), np.int32)
    nearest = np.empty((height, width), np.float32)
    weight = np.float32((COMPACTNESS / step) ** 2)
    for _ in range(ROUNDS):
        _assign(soft, centres, np.float32(step), weight, labels, nearest)
        _move(soft, labels, centres)
    count = _connected(labels, int(step * step / 4))
    return described(labels, count, features, soft)


def described(labels: Ints, count: int, features: Floats, soft: Floats) -> Superpixels:
    """The averages and neighbours of `labels`."""
    sizes, middles, means = _averages(labels, count, features)
    keys, differences = _borders(labels, soft, count)
    order = np.argsort(keys, kind="stable")
    keys, differences = keys[order], differences[order]
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    lengths = np.diff(starts, append=len(keys))
    pairs = np.stack([keys[starts] // count, keys[starts] % count], axis=1).astype(np.int32)
    sums = np.add.reduceat(differences, starts) if len(starts) else np.zeros(0, np.float32)
    return Superpixels(
        labels, sizes, middles, means, pairs, lengths.astype(np.float32), (sums / lengths).astype(np.float32)
    )


def _grid(length: int, step: float) -> Floats:
    number = max(1, round(length / step))
    return ((np.arange(number) + 0.5) * length / number).astype(np.float32)


@kernel
def _place(lab: Floats, rows: Floats, columns: Floats, centres: Floats) -> None:
    """Centres on the grid, moved to the flattest pixel of their 3 × 3 neighbours."""
    height, width, _ = lab.shape
    k = 0
    for row in rows:
        for column in columns:
            best = np.inf
            by, bx = int(row), int(column)
            for y in range(max(1, int(row) - 1), min(height - 1, int(row) + 2)):
                for x in range(max(1, int(column) - 1), min(width - 1, int(column) + 2)):
                    slope = 0.0
                    for c in range(3):
                        slope += (lab[y, x + 1, c] - lab[y, x - 1, c]) ** 2 + (lab[y + 1, x, c] - lab[y - 1, x, c]) ** 2
                    if slope < best:
                        best, by, bx = slope, y, x
            for c in range(3):
                centres[k, c] = lab[by, bx, c]
            centres[k, 3] = bx
            centres[k, 4] = by
            k += 1


@kernel
def _assign(lab: Floats, centres: Floats, step: np.float32, weight: np.float32, labels: Ints, nearest: Floats) -> None:
    """Each pixel to the nearest centre within one grid step, by colour and `weight` times the squared distance."""
    height, width, _ = lab.shape
    nearest[:] = np.inf
    reach = int(step) + 1
    for k in range(len(centres)):
        cl, ca, cb, cx, cy = centres[k, 0], centres[k, 1], centres[k, 2], centres[k, 3], centres[k, 4]
        for y in range(max(0, int(cy) - reach), min(height, int(cy) + reach + 1)):
            dy = (y - cy) * (y - cy) * weight
            for x in range(max(0, int(cx) - reach), min(width, int(cx) + reach + 1)):
                dl, da, db, dx = lab[y, x, 0] - cl, lab[y, x, 1] - ca, lab[y, x, 2] - cb, x - cx
                distance = dl * dl + da * da + db * db + dx * dx * weight + dy
                if distance < nearest[y, x]:
                    nearest[y, x] = distance
                    labels[y, x] = k


@kernel
def _move(lab: Floats, labels: Ints, centres: Floats) -> None:
    """Centres to the mean of their pixels; one without pixels stays."""
    height, width, _ = lab.shape
    sums = np.zeros((len(centres), 6))
    for y in range(height):
        for x in range(width):
            k = labels[y, x]
            for c in range(3):
                sums[k, c] += lab[y, x, c]
            sums[k, 3] += x
            sums[k, 4] += y
            sums[k, 5] += 1
    for k in range(len(centres)):
        if sums[k, 5] > 0:
            for c in range(5):
                centres[k, c] = sums[k, c] / sums[k, 5]


@kernel
def _connected(labels: Ints, smallest: int) -> int:
    """Number the connected patches anew; one below `smallest` pixels joins the patch before it. Returns how many there are."""
    height, width = labels.shape
    fresh = np.full((height, width), -1, np.int32)
    queue = np.empty(height * width, np.int64)
    count = 0
    for start_y in range(height):
        for start_x in range(width):
            if fresh[start_y, start_x] >= 0:
                continue
            old = labels[start_y, start_x]
            beside = -1
            if start_x > 0:
                beside = fresh[start_y, start_x - 1]
            elif start_y > 0:
                beside = fresh[start_y - 1, start_x]
            fresh[start_y, start_x] = count
            queue[0] = start_y * width + start_x
            head, tail = 0, 1
            while head < tail:
                y, x = queue[head] // width, queue[head] % width
                head += 1
                for dy, dx in ((0, 1), (0, -1), (1, 0), (-1, 0)):
                    ny, nx = y + dy, x + dx
                    if 0 <= ny < height and 0 <= nx < width and fresh[ny, nx] < 0 and labels[ny, nx] == old:
                        fresh[ny, nx] = count
                        queue[tail] = ny * width + nx
                        tail += 1
            if tail < smallest and beside >= 0:
                for i in range(tail):
                    fresh[queue[i] // width, queue[i] % width] = beside
            else:
                count += 1
    _put(fresh, labels)
    return count


@kernel
def _put(fresh: Ints, labels: Ints) -> None:
    """`labels[:] = fresh`, which takes Numba five seconds to compile when it is written so."""
    for y in range(labels.shape[0]):
        for x in range(labels.shape[1]):
            labels[y, x] = fresh[y, x]


@kernel
def _averages(labels: Ints, count: int, features: Floats) -> tuple[Floats, Floats, Floats]:
    """Pixels, middle (x, y) and mean features of each patch."""
    height, width, channels = features.shape
    sizes = np.zeros(count, np.float32)
    middles = np.zeros((count, 2))
    sums = np.zeros((count, channels))
    for y in range(height):
        for x in range(width):
            k = labels[y, x]
            sizes[k] += 1
            middles[k, 0] += x
            middles[k, 1] += y
            for c in range(channels):
                sums[k, c] += features[y, x, c]
    for k in range(count):
        for c in range(channels):
            sums[k, c] /= sizes[k]
        middles[k, 0] /= sizes[k]
        middles[k, 1] /= sizes[k]
    return sizes, middles.astype(np.float32), sums.astype(np.float32)


@kernel
def _borders(labels: Ints, lab: Floats, count: int) -> tuple[NDArray[np.int64], Floats]:
    """For each pair of neighbouring pixels of two patches: which patches (lower · count + higher), and the Lab distance.

    The distance is taken from one pixel further on each side where that is the same patch: an edge in a photo is two
    pixels wide.
    """
    height, width, _ = lab.shape
    found = 0
    for y in range(height):
        for x in range(width):
            found += int(x + 1 < width and labels[y, x] != labels[y, x + 1])
            found += int(y + 1 < height and labels[y, x] != labels[y + 1, x])
    keys = np.empty(found, np.int64)
    steps = np.empty(found, np.float32)
    k = 0
    for y in range(height):
        for x in range(width):
            for dy, dx in ((0, 1), (1, 0)):
                ny, nx = y + dy, x + dx
                if ny >= height or nx >= width or labels[y, x] == labels[ny, nx]:
                    continue
                a, b = np.int64(labels[y, x]), np.int64(labels[ny, nx])
                keys[k] = min(a, b) * count + max(a, b)
                ay, ax, by, bx = y, x, ny, nx
                if y - dy >= 0 and x - dx >= 0 and labels[y - dy, x - dx] == a:
                    ay, ax = y - dy, x - dx
                if ny + dy < height and nx + dx < width and labels[ny + dy, nx + dx] == b:
                    by, bx = ny + dy, nx + dx
                total = 0.0
                for c in range(3):
                    total += (lab[ay, ax, c] - lab[by, bx, c]) ** 2
                steps[k] = np.sqrt(total)
                k += 1
    return keys, steps
