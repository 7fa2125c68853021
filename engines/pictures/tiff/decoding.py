"""The pixels of a TIFF: strips and tiles decoded here, rare kinds by Pillow as a whole."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image

from engines.pictures import directory as tags
from engines.pictures import through_pillow
from engines.pictures.boxes import Box
from engines.pictures.directory import LONG, SHORT, Directory
from engines.pictures.errors import UnknownPicture
from engines.pictures.kept import Kept
from engines.pictures.raw import Read
from engines.pictures.tiff.layout import (
    BITS,
    BLACK_IS_ZERO,
    CMYK,
    COMPRESSION,
    DEFLATE,
    EXTRA,
    HEIGHT,
    NONE,
    OLD_DEFLATE,
    PHOTOMETRIC,
    RGB,
    ROWS,
    SAMPLES,
    SPACES,
    STRIP_BYTES,
    STRIPS,
    WHITE_IS_ZERO,
    WIDTH,
    Layout,
    Origin,
    Pixels,
)


def own(stream: BinaryIO, layout: Layout) -> Read:
    """Pixels decoded strip by strip."""
    width, height = layout.size
    space, colours = SPACES[layout.photometric]
    native = np.dtype(np.float32) if layout.form == 3 else layout.dtype.newbyteorder("=")
    pixels = np.empty((height, width, layout.samples), native)
    each = 1 if layout.planar else layout.samples
    per_plane = 0
    boxes: set[Box] = set()
    for box, place, size in layout.blocks():
        if box in boxes:
            boxes.clear()
            per_plane += 1
        boxes.add(box)
        samples = _samples(tags.piece(stream, place, min(size, _largest(layout, box, each))), layout, box, each)
        inside = box.within(width, height)
        channels = slice(per_plane, per_plane + 1) if layout.planar else slice(None)
        pixels[(*inside.slices, channels)] = samples[: inside.height, : inside.width]
    if layout.photometric == WHITE_IS_ZERO and layout.form == 1:
        np.invert(pixels[..., :1], out=pixels[..., :1])
    extra = layout.directory.numbers(EXTRA) or (0,) * (layout.samples - colours)
    more = np.ascontiguousarray(pixels[..., colours + 1 :]) if layout.samples > colours + 1 else None
    alpha = layout.samples > colours
    if more is not None:
        pixels = np.ascontiguousarray(pixels[..., : colours + 1])
    origin = Origin(
        layout.directory, layout.dtype, layout.compression, layout.predictor, layout.photometric, False, extra, more
    )  # fmt: skip
    return Read(pixels, space, alpha, "TIFF", (), Kept(origin=origin))


def _samples(data: bytes, layout: Layout, box: Box, channels: int) -> Pixels:
    """The samples (rows, columns, channels) of one strip or tile, in the machine's byte order."""
    length = box.width * channels * layout.dtype.itemsize
    raw = _decompressed(data, layout.compression, length, box.height)
    if len(raw) < length * box.height:
        raise ValueError("it is cut off")
    rows = np.frombuffer(raw, np.uint8, length * box.height).reshape(box.height, length)
    if layout.predictor == 3:
        summed = np.cumsum(rows.reshape(box.height, -1, channels), axis=1, dtype=np.uint8)
        planes = summed.reshape(box.height, layout.dtype.itemsize, -1)
        big = np.ascontiguousarray(planes.transpose(0, 2, 1)).view(layout.dtype.newbyteorder(">"))
        return big.reshape(box.height, box.width, channels).astype(np.float32)
    samples = rows.view(layout.dtype).reshape(box.height, box.width, channels)
    if layout.predictor == 2:
        whole = np.dtype(f"u{layout.dtype.itemsize}")
        bits = samples.view(whole.newbyteorder(layout.dtype.byteorder)).astype(whole)
        samples = np.cumsum(bits, axis=1, dtype=whole).view(layout.dtype.newbyteorder("="))
    return samples.astype(np.float32) if layout.form == 3 else samples


def _largest(layout: Layout, box: Box, channels: int) -> int:
    """More bytes than any strip of this size takes when it is compressed: a lie about its length reads no more."""
    return 2 * box.width * box.height * channels * layout.dtype.itemsize + 65_536


def _decompressed(data: bytes, compression: int, length: int, rows: int) -> bytes:
    if compression == NONE:
        return data
    if compression in (DEFLATE, OLD_DEFLATE):
        return zlib.decompressobj().decompress(data, length * rows)
    small = io.BytesIO()
    small.write(tags.header("<", 8))
    place = small.tell()
    small.write(data)
    one = Directory("<")
    numbers = {WIDTH: length, HEIGHT: rows, BITS: 8, COMPRESSION: compression, PHOTOMETRIC: 1, STRIPS: place, SAMPLES: 1,
               ROWS: rows, STRIP_BYTES: len(data)}  # fmt: skip
    one.tags.update({tag: one.of(LONG if number > 0xFFFF else SHORT, number) for tag, number in numbers.items()})
    start = tags.written(small, one)
    small.seek(0)
    small.write(tags.header("<", start))
    small.seek(0)
    with Image.open(small, formats=["TIFF"]) as image:
        return image.tobytes()


def pillows(path: Path, layout: Layout) -> Read:
    """Pixels of a kind that Pillow reads whole, as 8 bits."""
    if max(layout.bits) > 8:
        raise UnknownPicture(
            f"{path} is a TIFF of a rare kind ({max(layout.bits)} bits, compression {layout.compression}), which isn't read.",
            "Save it as a TIFF of 8 or 16 bits or of 32-bit floats, without compression.",
        )
    with Image.open(path, formats=["TIFF"]) as image:
        bilevel = image.mode == "1"
        plain = {"1": "L", "YCbCr": "RGB", "RGBX": "RGB", "P": "RGBA" if image.has_transparency_data else "RGB"}
        mode = plain.get(image.mode, image.mode)
        if mode not in through_pillow.CHANNELS:
            raise UnknownPicture(f"{path} is a TIFF of {mode} pixels, which isn't read.", "Save it as RGB first.")
        pixels = through_pillow.pixels_of(image if mode == image.mode else image.convert(mode))
    space, alpha = {"L": "L", "LA": "L", "CMYK": "CMYK"}.get(mode, "RGB"), mode in ("LA", "RGBA")
    photometric = {"L": BLACK_IS_ZERO, "RGB": RGB, "CMYK": CMYK}[space]
    origin = Origin(layout.directory, np.dtype(np.uint8), DEFLATE, 2, photometric, bilevel, (2,) * alpha, None)
    return Read(pixels, space, alpha, "TIFF", (), Kept(origin=origin))
