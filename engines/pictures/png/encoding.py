"""Pixels into a PNG: rows packed, filtered and deflated."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from engines.pictures.png.chunks import put

LEVEL = 6
BAND = 128
Pixels = NDArray[Any]


def packed(values: Pixels, depth: int) -> Pixels:
    """Values (H, W) below 2 ** depth as rows of bytes, the first pixel in the highest bits."""
    values = values.astype(np.uint8)
    if depth == 8:
        return values
    each = 8 // depth
    padded = np.pad(values, ((0, 0), (0, -values.shape[1] % each))).reshape(len(values), -1, each)
    shifts = np.arange(8 - depth, -1, -depth)
    rows: Pixels = (padded << shifts.astype(np.uint8)).sum(axis=2).astype(np.uint8)
    return rows


def put_pixels(stream: BinaryIO, rows: Pixels, step: int, *, filtered: bool) -> None:
    """Filter and deflate the rows in bands, each band a chunk or more."""
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, 15, 9, zlib.Z_FILTERED if filtered else zlib.Z_DEFAULT_STRATEGY)
    previous: NDArray[np.uint8] | None = None
    for top in range(0, len(rows), BAND):
        band = rows[top : top + BAND].astype(">u2" if rows.dtype == np.uint16 else np.uint8, order="C")
        data = band.reshape(len(band), -1).view(np.uint8)
        lines = _filtered(data, previous, step) if filtered else np.pad(data, ((0, 0), (1, 0)))
        previous = data[-1].copy()
        if piece := deflate.compress(lines.tobytes()):
            put(stream, b"IDAT", piece)
    put(stream, b"IDAT", deflate.flush())


def _filtered(data: NDArray[np.uint8], previous: NDArray[np.uint8] | None, step: int) -> NDArray[np.uint8]:
    """Each row under the filter that leaves the smallest differences (PNG specification, section 12.8), its number first."""
    above = np.empty_like(data)
    above[1:] = data[:-1]
    above[0] = 0 if previous is None else previous
    left, corner = np.zeros_like(data), np.zeros_like(data)
    left[:, step:], corner[:, step:] = data[:, :-step], above[:, :-step]
    best = np.empty((len(data), data.shape[1] + 1), np.uint8)
    least = np.full(len(data), np.iinfo(np.int64).max)
    for number, line in enumerate(_candidates(data, left, above, corner)):
        cost = np.abs(line.view(np.int8).astype(np.int16)).sum(axis=1, dtype=np.int64)
        better = cost < least
        best[better, 0], best[better, 1:], least[better] = number, line[better], cost[better]
    return best


def _candidates(
    data: NDArray[np.uint8], left: NDArray[np.uint8], above: NDArray[np.uint8], corner: NDArray[np.uint8]
) -> Iterator[NDArray[np.uint8]]:
    """The rows under filters 0 to 4."""
    yield data
    yield data - left
    yield data - above
    wide_left, wide_above = left.astype(np.int16), above.astype(np.int16)
    yield data - ((wide_left + wide_above) >> 1).astype(np.uint8)
    wide_corner = corner.astype(np.int16)
    to_left, to_above = np.abs(wide_above - wide_corner), np.abs(wide_left - wide_corner)
    to_corner = np.abs(wide_left + wide_above - 2 * wide_corner)
    nearest = np.where(
        (to_left <= to_above) & (to_left <= to_corner), left, np.where(to_above <= to_corner, above, corner)
    )
    yield data - nearest
