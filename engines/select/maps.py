"""Hints drawn onto the working pixels: what is on the object, what is off it, and the region that it lies in."""

from __future__ import annotations

import copy

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engines.select.hints import Hints, Point

Mask = NDArray[np.bool_]
Pixel = tuple[int, int]


class Maps:
    """`on` and `off` are certain, bool (H, W); `region` is what a box or lasso encloses, or None.

    `include` and `exclude` are the clicks (and the points of a scribble) as x, y. `tight` says that the region is a box,
    whose sides the object reaches.
    """

    def __init__(self, hints: Hints, size: tuple[int, int], shape: tuple[int, int]) -> None:
        """`size` is width and height of the photo that the hints are for, `shape` height and width of what is drawn."""
        self._down = shape[1] / size[0], shape[0] / size[1]
        self._shape = shape
        self.include = [self._at(point) for point in (*hints.include, *hints.scribble)]
        self.exclude = [self._at(point) for point in hints.exclude]
        self.on = np.zeros(shape, bool)
        self.off = np.zeros(shape, bool)
        for kind, points in ((self.on, hints.include), (self.off, hints.exclude)):
            for x, y in map(self._at, points):
                kind[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2] = True
        if hints.scribble:
            self.on |= self._drawn(hints.scribble, closed=False)
        self.on &= ~self.off
        self.tight = hints.box is not None
        self.region = self._region(hints)
        if self.region is not None:
            self.off |= ~self.region & ~self.on

    def within(self, part: tuple[slice, slice]) -> Maps:
        """The same for a part of the pixels."""
        close = copy.copy(self)
        close.on, close.off = self.on[part], self.off[part]
        close.region = None if self.region is None else self.region[part]
        top, left = part[0].start, part[1].start
        close.include = [(x - left, y - top) for x, y in self.include]
        close.exclude = [(x - left, y - top) for x, y in self.exclude]
        return close

    def _region(self, hints: Hints) -> Mask | None:
        region = self._drawn(hints.lasso, closed=True) if hints.lasso else None
        if hints.box is None:
            return region
        x, y, wide, high = hints.box
        left, top = max(0, round(x * self._down[0])), max(0, round(y * self._down[1]))
        right, bottom = round((x + wide) * self._down[0]), round((y + high) * self._down[1])
        box = np.zeros(self._shape, bool)
        box[top : max(bottom, top + 1), left : max(right, left + 1)] = True
        return box if region is None else region & box

    def _at(self, point: Point) -> Pixel:
        return (
            min(int(point[0] * self._down[0]), self._shape[1] - 1),
            min(int(point[1] * self._down[1]), self._shape[0] - 1),
        )

    def _drawn(self, points: tuple[Point, ...], *, closed: bool) -> Mask:
        """A filled polygon, or a stroke of 3 pixels."""
        at = [self._at(point) for point in points]
        image = Image.new("1", (self._shape[1], self._shape[0]))
        draw = ImageDraw.Draw(image)
        if closed:
            draw.polygon(at, fill=1, outline=1)
        elif len(at) == 1:
            draw.point(at, fill=1)
        else:
            draw.line(at, fill=1, width=3)
        return np.array(image, bool)


def bounds(mask: Mask) -> tuple[int, int, int, int]:
    """Top, bottom, left, right of what is set (bottom and right are one further). Something must be set."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def cut_out(mask: Mask, margin: int) -> tuple[slice, slice]:
    """Rows and columns of what is set, with `margin` pixels more on each side."""
    top, bottom, left, right = bounds(mask)
    return slice(max(0, top - margin), bottom + margin), slice(max(0, left - margin), right + margin)
