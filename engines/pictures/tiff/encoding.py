"""Pixels into a TIFF: strips of the original's depth, byte order and compression."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.pictures import directory as tags
from engines.pictures.directory import LONG, SHORT, Directory, Value
from engines.pictures.raw import Read
from engines.pictures.tiff.layout import (
    BITS,
    BLACK_IS_ZERO,
    CMYK,
    COMPRESSION,
    DEFLATE,
    EXTRA,
    FORMAT,
    HEIGHT,
    NONE,
    OLD_DEFLATE,
    PHOTOMETRIC,
    PLANES,
    PREDICTOR,
    RGB,
    ROWS,
    SAMPLES,
    STRIP_BYTES,
    STRIPS,
    THROUGH_PILLOW,
    WHITE_IS_ZERO,
    WIDTH,
    Origin,
    Pixels,
)

STRIP = 65_536
"""Bytes of a strip: Pillow cuts what it compresses at this size."""


@dataclass(frozen=True)
class Form:
    """How pixels are about to be stored."""

    size: tuple[int, int]
    dtype: np.dtype[Any]
    channels: int
    compression: int
    predictor: int
    photometric: int
    extra: tuple[int, ...]
    more: Pixels | None
    bilevel: bool

    @staticmethod
    def of(picture: Read, origin: Origin) -> Form:
        pixels = picture.pixels
        height, width, channels = pixels.shape
        more = origin.more if origin.more is not None and origin.more.shape[:2] == (height, width) else None
        dtype = origin.dtype
        if dtype.newbyteorder("=") != pixels.dtype and not (dtype.kind == "f" and pixels.dtype == np.float32):
            dtype = pixels.dtype.newbyteorder("<" if origin.directory.order == "<" else ">")
        compression = {OLD_DEFLATE: DEFLATE}.get(origin.compression, origin.compression)
        predictor = origin.predictor if compression != NONE else 1
        extra = (*origin.extra, 2)[: picture.alpha] + (origin.extra[1:] if more is not None else ())
        bilevel = origin.bilevel and all(not (pixels[top : top + 256] % 255).any() for top in range(0, height, 256))
        return Form(
            (width, height), dtype, channels + (0 if more is None else more.shape[2]), compression,
            1 if bilevel else predictor, origin.photometric, extra, more, bilevel,
        )  # fmt: skip

    @property
    def rows(self) -> int:
        """Rows of a strip."""
        return max(1, STRIP // (self.size[0] * self.channels * self.dtype.itemsize))

    def strips(self, pixels: Pixels) -> Iterator[bytes]:
        """The strips as they go into the file."""
        for top in range(0, self.size[1], self.rows):
            band = pixels[top : top + self.rows]
            if self.more is not None:
                band = np.concatenate([band, self.more[top : top + self.rows]], axis=2)
            bits = np.packbits(band[..., 0] > 0, axis=1) if self.bilevel else None
            lines = self._lines(np.ascontiguousarray(band)) if bits is None else bits
            yield _compressed(lines, self.compression)

    def _lines(self, band: Pixels) -> NDArray[np.uint8]:
        """The bytes of some rows (rows, N), differences taken."""
        if self.photometric == WHITE_IS_ZERO and band.dtype.kind == "u":
            band = band.copy()
            band[..., 0] = ~band[..., 0]
        samples = band.astype(self.dtype)
        if self.predictor == 2:
            whole = np.dtype(f"u{self.dtype.itemsize}")
            bits = samples.astype(self.dtype.newbyteorder("=")).view(whole)
            bits[:, 1:] = bits[:, 1:] - bits[:, :-1]
            samples = bits.astype(whole.newbyteorder(self.dtype.byteorder))
        elif self.predictor == 3:
            big = samples.astype(self.dtype.newbyteorder(">")).view(np.uint8)
            planes = (
                big.reshape(len(band), -1, self.dtype.itemsize).transpose(0, 2, 1).reshape(len(band), -1, self.channels)
            )
            summed = planes.copy()
            summed[:, 1:] = planes[:, 1:] - planes[:, :-1]
            return summed.reshape(len(band), -1)
        return np.ascontiguousarray(samples).view(np.uint8).reshape(len(band), -1)

    def tags(self, directory: Directory) -> dict[int, Value]:
        """The tags that say how the pixels are stored."""
        bits = 1 if self.bilevel else 8 * self.dtype.itemsize
        numbers = {
            WIDTH: (LONG, self.size[0]), HEIGHT: (LONG, self.size[1]), BITS: (SHORT, *[bits] * self.channels),
            COMPRESSION: (SHORT, self.compression), PHOTOMETRIC: (SHORT, self.photometric), SAMPLES: (SHORT, self.channels),
            ROWS: (LONG, self.rows), PLANES: (SHORT, 1), FORMAT: (SHORT, *[3 if self.dtype.kind == "f" else 1] * self.channels),
        }  # fmt: skip
        if self.predictor != 1:
            numbers[PREDICTOR] = (SHORT, self.predictor)
        if self.extra:
            numbers[EXTRA] = (SHORT, *self.extra)
        return {tag: directory.of(kind, *values) for tag, (kind, *values) in numbers.items()}


def _compressed(lines: NDArray[np.uint8], compression: int) -> bytes:
    if compression == NONE:
        return lines.tobytes()
    if compression == DEFLATE:
        return zlib.compress(lines.tobytes(), 6)
    stream = io.BytesIO()
    Image.fromarray(lines).save(stream, "TIFF", compression=THROUGH_PILLOW[compression])
    data = stream.getvalue()
    first, _several = tags.parsed(stream)
    places, sizes = first.numbers(STRIPS), first.numbers(STRIP_BYTES)
    if len(places) != 1:
        raise RuntimeError(f"Pillow cut {lines.shape} into {len(places)} strips")
    return data[places[0] : places[0] + sizes[0]]


def new_origin(picture: Read) -> Origin:
    """For a picture that was no TIFF before."""
    photometric = {"L": BLACK_IS_ZERO, "RGB": RGB, "CMYK": CMYK}[picture.space]
    dtype = picture.pixels.dtype.newbyteorder("<")
    predictor = 3 if dtype.kind == "f" else 2
    return Origin(Directory("<"), dtype, DEFLATE, predictor, photometric, False, (2,) * picture.alpha, None)
