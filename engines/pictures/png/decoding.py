"""The pixels of a PNG: up to 8 bits a sample by Pillow, 16 bits here."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.pictures import through_pillow
from engines.pictures.png.chunks import GREY, INDEXED, RGB, SIGNATURE, put

BAND = 128
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Adam7: first column, first row, and the steps across and down."""
Pixels = NDArray[Any]


def shallow(header: bytes, palette: bytes | None, parts: list[memoryview]) -> Pixels:
    """Pixels of 1 to 8 bits a sample: levels spread to 0…255, or the indices of a palette."""
    bare = io.BytesIO()
    bare.write(SIGNATURE)
    put(bare, b"IHDR", header)
    if palette is not None and header[9] == INDEXED:
        put(bare, b"PLTE", palette)
    for part in parts:
        put(bare, b"IDAT", part)
    put(bare, b"IEND", b"")
    bare.seek(0)
    with Image.open(bare, formats=["PNG"]) as image:
        image.load()
        if image.mode == "1":
            return through_pillow.pixels_of(image.convert("L"))
        if image.mode == "P":
            return np.frombuffer(image.tobytes(), np.uint8).reshape(image.height, image.width, 1)
        return through_pillow.pixels_of(image)


def deep(parts: list[memoryview], size: tuple[int, int], channels: int, interlaced: bool) -> Pixels:
    """uint16 (H, W, C), inflated and unfiltered in bands."""
    width, height = size
    pixels = np.empty((height, width, channels), np.uint16)
    inflate = _Inflated(parts)
    for x, y, across, down in PASSES if interlaced else ((0, 0, 1, 1),):
        target = pixels[y::down, x::across]
        if not target.size:
            continue
        stride = 2 * channels * target.shape[1]
        previous = np.zeros(stride, np.uint8)
        for top in range(0, len(target), BAND):
            count = min(BAND, len(target) - top)
            rows = np.frombuffer(inflate.take(count * (stride + 1)), np.uint8).reshape(count, stride + 1).copy()
            if rows[:, 0].max() > 4:
                raise ValueError("its rows are filtered in an unknown way")
            previous = _unfiltered(rows, previous, 2 * channels)
            target[top : top + count] = rows[:, 1:].copy().view(">u2").reshape(count, -1, channels)
    return pixels


def _unfiltered(rows: NDArray[np.uint8], previous: NDArray[np.uint8], step: int) -> NDArray[np.uint8]:
    from engines.pictures.unfilter import unfilter  # Numba takes half a second to import

    unfilter(rows, previous, step)
    return rows[-1, 1:].copy()


class _Inflated:
    """The inflated stream, taken in pieces of the wanted length."""

    def __init__(self, parts: list[memoryview]) -> None:
        self._parts, self._zlib, self._left, self._at = parts, zlib.decompressobj(), b"", 0

    def take(self, length: int) -> bytes:
        """The next `length` bytes; ValueError where the stream ends before."""
        pieces, missing = [], length
        while missing:
            if not self._left and self._at < len(self._parts):
                self._left = bytes(self._parts[self._at])
                self._at += 1
            elif not self._left:
                raise ValueError("it is cut off")
            piece = self._zlib.decompress(self._left, missing)
            self._left = self._zlib.unconsumed_tail
            if self._zlib.eof and len(piece) < missing:
                raise ValueError("it is cut off")
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)


def transparent_colour(kind: int, transparent: bytes | None) -> tuple[int, ...] | None:
    """The transparent colour of a picture without alpha."""
    channels = {GREY: 1, RGB: 3}.get(kind)
    if channels is None or transparent is None or len(transparent) < 2 * channels:
        return None
    return struct.unpack_from(f">{channels}H", transparent)


def levels(key: tuple[int, ...], depth: int) -> tuple[int, ...]:
    """The colour as its pixels are in memory, where fewer than 8 bits are spread over 0…255."""
    return key if depth >= 8 else tuple((value & ((1 << depth) - 1)) * 255 // ((1 << depth) - 1) for value in key)


def with_transparent_colour(pixels: Pixels, key: tuple[int, ...], depth: int) -> Pixels:
    """The pixels with an alpha channel: none where the colour is the transparent one."""
    result = np.empty((*pixels.shape[:2], pixels.shape[2] + 1), pixels.dtype)
    result[..., :-1] = pixels
    clear = (pixels == np.array(levels(key, depth))).all(axis=2)
    result[..., -1] = np.where(clear, 0, np.iinfo(pixels.dtype).max)
    return result
