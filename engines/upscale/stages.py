"""The stages that enlarge: a network over exact tiles, and the exact resize at the end."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.upscale.rows import Floats, Rows

TILE = 256
"""Side of the largest window that a network gets, halo included (`enlarge.md` §4: on a CPU 128 to 512 hardly differ)."""

BAND_BYTES = 96_000_000
"""Size of the finished rows that a stage keeps at a time; two such bands are kept."""

SUPPORT = 3
"""Pixels that Lanczos reaches to each side, of the coarser of the two grids."""

STRIP = 128
"""Rows of the result that are resized at a time."""

Run = Callable[[Floats], Floats]
"""Float32 [1, 3, h, w] → [1, 3, scale*h, scale*w]."""


def reflected(first: int, last: int, length: int) -> NDArray[np.intp]:
    """Places `first` to `last` - 1 of a line of `length`, those outside mirrored at the border pixel, however far out."""
    if length == 1:
        return np.zeros(last - first, np.intp)
    round_trip = 2 * (length - 1)
    places = np.arange(first, last) % round_trip
    return np.asarray(np.where(places < length, places, round_trip - places), np.intp)


class Tiled:
    """`source` enlarged by a network, tile by tile: the same pixels as in one run over the whole (mirrored) picture.

    Each tile is run with `halo` pixels around it, which is at least as far as an output pixel sees, and only what lies
    inside is kept. All windows of a picture have one size. The picture's own border is mirrored: the network has
    learned without a border and never sees an invented one.
    """

    def __init__(
        self,
        source: Rows,
        scale: int,
        halo: int,
        run: Run,
        done: Callable[[], None],
        workers: ThreadPoolExecutor | None = None,
    ) -> None:
        self._source = source
        self._scale = scale
        self._halo = halo
        self._run = run
        self._done = done
        self._workers = workers
        self.width, self.height = source.width * scale, source.height * scale
        row_bytes = self.width * scale * 3 * 4
        self._core_x = even(source.width, TILE - 2 * halo)
        self._core_y = even(source.height, max(1, min(TILE - 2 * halo, BAND_BYTES // row_bytes)))
        self._bands: OrderedDict[int, Floats] = OrderedDict()

    @property
    def tiles(self) -> int:
        """How many runs the whole picture takes."""
        return math.ceil(self._source.width / self._core_x) * math.ceil(self._source.height / self._core_y)

    def rows(self, top: int, bottom: int) -> Floats:
        """As `Rows` says; rows that were asked for long ago are made again."""
        high = self._core_y * self._scale
        parts = []
        for number in range(top // high, (bottom - 1) // high + 1):
            band = self._band(number)
            parts.append(band[max(0, top - number * high) : bottom - number * high])
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _band(self, number: int) -> Floats:
        if number not in self._bands:
            while len(self._bands) > 1:
                self._bands.popitem(last=False)
            self._bands[number] = self._made(number)
        self._bands.move_to_end(number)
        return self._bands[number]

    def _made(self, number: int) -> Floats:
        halo, scale = self._halo, self._scale
        top = number * self._core_y
        lines = reflected(top - halo, top + self._core_y + halo, self._source.height)
        first, last = int(lines.min()), int(lines.max()) + 1
        strip = self._source.rows(first, last)[lines - first].transpose(2, 0, 1)[None]
        rows = min(self._core_y, self._source.height - top) * scale
        band = np.empty((rows, self.width, 3), np.float32)

        def one(left: int) -> None:
            columns = reflected(left - halo, left + self._core_x + halo, self._source.width)
            found = self._run(np.ascontiguousarray(strip[..., columns]))[0]
            wide = min(self._core_x * scale, self.width - left * scale)
            inside = found[:, halo * scale : halo * scale + rows, halo * scale : halo * scale + wide]
            band[:, left * scale : left * scale + wide] = inside.transpose(1, 2, 0)

        starts = range(0, self._source.width, self._core_x)
        for _ in self._workers.map(one, starts) if self._workers else map(one, starts):
            self._done()
        return band


def even(length: int, most: int) -> int:
    """The size of equal parts of `length`, as few as `most` allows."""
    return math.ceil(length / math.ceil(length / most))


class Resized:
    """`source` brought to exactly `width` x `height` with Lanczos, smoothed first where it gets smaller."""

    def __init__(self, source: Rows, width: int, height: int) -> None:
        self._source = source
        self.width, self.height = width, height

    def rows(self, top: int, bottom: int) -> Floats:
        """As `Rows` says. Lanczos may go a little below 0 and above 1."""
        if (self.width, self.height) == (self._source.width, self._source.height):
            return self._source.rows(top, bottom)
        step = self._source.height / self.height
        reach = math.ceil(SUPPORT * max(1.0, step)) + 1
        first = max(0, math.floor(top * step) - reach)
        last = min(self._source.height, math.ceil(bottom * step) + reach)
        strip = self._source.rows(first, last)
        box = (0.0, top * step - first, float(self._source.width), min(bottom * step - first, float(last - first)))
        size = (self.width, bottom - top)
        planes = [
            np.asarray(Image.fromarray(np.ascontiguousarray(strip[..., c])).resize(size, Image.Resampling.LANCZOS, box))
            for c in range(strip.shape[2])
        ]
        return np.stack(planes, axis=-1)


def strips(height: int) -> Iterator[tuple[int, int]]:
    """First and last row (exclusive) of each strip of a picture of `height` rows."""
    for top in range(0, height, STRIP):
        yield top, min(height, top + STRIP)
