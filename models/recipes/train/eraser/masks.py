"""Shapes of things and of what people paint over them, drawn at random on a small square grid.

All masks are bool [side, side].
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Grid = NDArray[np.float32]
Random = np.random.Generator

SMALLEST, LARGEST = 0.05, 0.4
"""Shares of the square that a hole covers."""

GROWN = (1, 5)
"""Pixels that a hole reaches over the thing, of 64: as 3 to 15 in a photo of which the square is a part."""


def silhouette(random: Random, side: int) -> Mask:
    """The outline of a thing, filled: a blob, a figure of a few limbs, or a thing with corners."""
    draw = (blob, figure, corners)[int(random.integers(3))]
    middle = random.uniform(0.25, 0.75, 2) * side
    size = side * random.uniform(0.12, 0.32)
    return draw(random, side, middle, size)


def hole_over(random: Random, thing: Mask) -> Mask:
    """What a person paints to be rid of `thing`: its outline grown, now and then a box, or with strokes beside it."""
    kind = random.random()
    if kind < 0.15:
        rows, columns = np.flatnonzero(thing.any(1)), np.flatnonzero(thing.any(0))
        boxed = np.zeros_like(thing)
        boxed[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] = True
        return grown(boxed, 1)
    hole = grown(thing, int(random.integers(GROWN[0], GROWN[1] + 1)))
    return hole | stroke(random, len(thing)) if kind > 0.85 else hole


def blob(random: Random, side: int, middle: NDArray[np.float64], size: float) -> Mask:
    """A round thing whose edge waves."""
    waves = np.arange(2, 6)
    heights, shifts = random.normal(0, 0.35, 4) / waves, random.uniform(0, 2 * np.pi, 4)
    wide = random.uniform(0.6, 1.6)

    def edge(angle: Grid) -> Grid:
        return np.asarray(1 + (heights * np.cos(angle[..., None] * waves + shifts)).sum(-1), np.float32)

    return _inside(side, middle, size, wide, edge)


def corners(random: Random, side: int, middle: NDArray[np.float64], size: float) -> Mask:
    """A thing of 3 to 8 corners."""
    many = int(random.integers(3, 9))
    angles = np.sort(random.uniform(-np.pi, np.pi, many))
    far = random.uniform(0.5, 1.5, many)

    def edge(angle: Grid) -> Grid:
        return np.asarray(np.interp(angle, angles, far, period=2 * np.pi), np.float32)

    return _inside(side, middle, size, random.uniform(0.6, 1.6), edge)


def figure(random: Random, side: int, middle: NDArray[np.float64], size: float) -> Mask:
    """A body with a few limbs, each a thick line from it."""
    body = blob(random, side, middle, 0.6 * size)
    for _ in range(int(random.integers(1, 5))):
        angle, far = random.uniform(0, 2 * np.pi), random.uniform(0.8, 1.8) * size
        end = middle + far * np.array([np.sin(angle), np.cos(angle)])
        body |= thick_line(side, middle, end, random.uniform(0.08, 0.3) * size)
    return body


def stroke(random: Random, side: int) -> Mask:
    """A brush's way over the square: two to four straight pieces."""
    drawn = np.zeros((side, side), np.bool_)
    at = random.uniform(0, side, 2)
    wide = random.uniform(0.02, 0.06) * side
    for _ in range(int(random.integers(2, 5))):
        to = np.clip(at + random.normal(0, 0.25, 2) * side, 0, side)
        drawn |= thick_line(side, at, to, wide)
        at = to
    return drawn


def thick_line(side: int, first: NDArray[np.float64], last: NDArray[np.float64], wide: float) -> Mask:
    """All that is at most `wide` from the line between two places (row, column)."""
    rows, columns = np.mgrid[:side, :side].astype(np.float32)
    way = last - first
    along = ((rows - first[0]) * way[0] + (columns - first[1]) * way[1]) / max(float(way @ way), 1e-6)
    share = np.clip(along, 0, 1)
    off = (rows - first[0] - share * way[0]) ** 2 + (columns - first[1] - share * way[1]) ** 2
    return np.asarray(off <= wide**2)


def grown(mask: Mask, pixels: int) -> Mask:
    """`mask` and all within about `pixels` of it (an octagon, by crosses and squares in turn)."""
    for turn in range(pixels):
        padded = np.pad(mask, 1)
        down = padded[:-2] | padded[1:-1] | padded[2:]
        if turn % 2:
            mask = down[:, :-2] | down[:, 1:-1] | down[:, 2:]
        else:
            mask = down[:, 1:-1] | padded[1:-1, :-2] | padded[1:-1, 2:]
    return mask


def soft(values: Grid) -> Grid:
    """`values` [h, w] blurred a little (1 2 1 each way)."""
    padded = np.pad(values, 1, mode="edge")
    down = (padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4
    return np.asarray((down[:, :-2] + 2 * down[:, 1:-1] + down[:, 2:]) / 4, np.float32)


def _inside(side: int, middle: NDArray[np.float64], size: float, wide: float, edge: Callable[[Grid], Grid]) -> Mask:
    """What is nearer to `middle` than `size` times the `edge` in that direction, `wide` times as far sideways."""
    rows, columns = np.mgrid[:side, :side].astype(np.float32)
    y, x = rows - np.float32(middle[0]), (columns - np.float32(middle[1])) / np.float32(wide)
    return np.asarray(np.hypot(y, x) <= size * edge(np.arctan2(y, x)))
