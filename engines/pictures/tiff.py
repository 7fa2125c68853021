"""TIFF of 8 and 16 bits and of floats: its tags kept, its strips decoded and encoded here (Pillow has no deep colour).

Compressions that Python has not (LZW and alike) go through Pillow's libtiff strip by strip, as grey bytes; what is none of
this (JPEG inside TIFF, palettes, fax) is read by Pillow whole, and written deflated.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.pictures import directory as tags
from engines.pictures import exif, limits, resources, through_pillow, xmp
from engines.pictures.boxes import Box
from engines.pictures.directory import BYTE, LONG, SHORT, UNDEFINED, Directory, Value
from engines.pictures.errors import UnknownPicture
from engines.pictures.kept import Kept
from engines.pictures.marks import Edit
from engines.pictures.raw import Read

WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, STRIPS, ORIENTATION, SAMPLES = 256, 257, 258, 259, 262, 273, 274, 277
ROWS, STRIP_BYTES, X_DOTS, Y_DOTS, PLANES, UNIT, PREDICTOR = 278, 279, 282, 283, 284, 296, 317
TILE_WIDTH, TILE_HEIGHT, TILES, TILE_BYTES, EXTRA, FORMAT = 322, 323, 324, 325, 338, 339
XMP, IPTC, PHOTOSHOP, EXIF, ICC = 700, 33723, 34377, 34665, 34675

LAYOUT = (
    WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, STRIPS, SAMPLES, ROWS, STRIP_BYTES, PLANES, PREDICTOR, TILE_WIDTH,
    TILE_HEIGHT, TILES, TILE_BYTES, EXTRA, FORMAT, 263, 264, 265, 266, 280, 281, 288, 289, 292, 293, 297, 320, 330, 332, 333,
    334, 336, 340, 341, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532,
)  # fmt: skip
"""Tags that say how the pixels are stored, or lead to smaller copies of them: written anew."""

NONE, LZW, DEFLATE, OLD_DEFLATE, PACKBITS, LZMA, ZSTD = 1, 5, 8, 32946, 32773, 34925, 50000
THROUGH_PILLOW = {LZW: "tiff_lzw", PACKBITS: "packbits", LZMA: "lzma", ZSTD: "zstd"}
WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, CMYK = 0, 1, 2, 5
SPACES = {WHITE_IS_ZERO: ("L", 1), BLACK_IS_ZERO: ("L", 1), RGB: ("RGB", 3), CMYK: ("CMYK", 4)}
STRIP = 65_536
"""Bytes of a strip: Pillow cuts what it compresses at this size."""
MOST_BLOCKS = 1_000_000

Pixels = NDArray[Any]


@dataclass(frozen=True)
class Origin:
    """The directory as it stands in the file, and how its pixels were stored."""

    directory: Directory
    dtype: np.dtype[Any]
    """Of a sample, in the file's byte order."""
    compression: int
    predictor: int
    photometric: int
    bilevel: bool
    extra: tuple[int, ...]
    """What the channels beyond the colours are."""
    more: Pixels | None
    """Channels beyond alpha, which nobody edits."""


def read(path: Path) -> Read:
    """The stored pixels of a TIFF's first picture, and all its tags. Raises as `Picture.open` says; the caller guards."""
    with path.open("rb") as stream:
        first, several = tags.parsed(stream)
        layout = _Layout.of(path, first)
        read = _own(stream, layout) if layout.ours else _pillows(path, layout)
    block = io.BytesIO()
    tags.block(Directory(first.order, tags.without(first.tags, *LAYOUT, XMP, IPTC, PHOTOSHOP, ICC), first.inner), block)
    kept = Kept(
        orientation=_orientation(first),
        exif=block.getvalue(),
        xmp=_bytes(first, XMP),
        icc=_bytes(first, ICC),
        iptc=_bytes(first, PHOTOSHOP),
        dots=_dots(first),
        origin=read.kept.origin,
    )
    notes = ("Only the first picture of this TIFF is read and saved.",) if several else ()
    return Read(read.pixels, read.space, read.alpha, "TIFF", notes, kept)


def write(stream: BinaryIO, picture: Read, mark: Edit | None) -> None:
    """Write stored pixels as a TIFF with the original's tags, depth and compression; strips, whatever it had."""
    origin = picture.kept.origin if isinstance(picture.kept.origin, Origin) else _new(picture)
    order = origin.directory.order
    stream.write(tags.header(order, 8))
    form = _Form.of(picture, origin)
    places, sizes = [], []
    for strip in form.strips(picture.pixels):
        places.append(stream.tell())
        sizes.append(stream.write(strip))
        if stream.tell() % 2:
            stream.write(b"\0")
    final = Directory(
        order, {**_kept_tags(picture, origin, mark), **form.tags(origin.directory)}, _inner(picture, origin)
    )
    final.tags[STRIPS] = final.of(LONG, *places)
    final.tags[STRIP_BYTES] = final.of(LONG, *sizes)
    place = tags.written(stream, final)
    stream.seek(0)
    stream.write(tags.header(order, place))
    stream.seek(0, io.SEEK_END)


@dataclass(frozen=True)
class _Layout:
    """How the pixels of a file are stored."""

    directory: Directory
    size: tuple[int, int]
    bits: tuple[int, ...]
    form: int
    samples: int
    photometric: int
    compression: int
    planar: bool
    predictor: int

    @staticmethod
    def of(path: Path, first: Directory) -> _Layout:
        size = first.number(WIDTH, 0), first.number(HEIGHT, 0)
        samples = first.number(SAMPLES, 1)
        bits = first.numbers(BITS) or (1,)
        limits.check_size(path, *size, max(1, samples) * max(1, max(bits) // 8))
        forms = set(first.numbers(FORMAT) or (1,))
        return _Layout(
            first, size, bits, forms.pop() if len(forms) == 1 else 0, samples, first.number(PHOTOMETRIC, BLACK_IS_ZERO),
            first.number(COMPRESSION, NONE), first.number(PLANES, 1) == 2, first.number(PREDICTOR, 1),
        )  # fmt: skip

    @property
    def ours(self) -> bool:
        """Whether the strips are decoded here."""
        return (
            len(set(self.bits)) == 1
            and (self.bits[0], self.form) in ((8, 1), (16, 1), (32, 3), (16, 3))
            and self.compression in (NONE, DEFLATE, OLD_DEFLATE, *THROUGH_PILLOW)
            and self.photometric in SPACES
            and SPACES[self.photometric][1] <= self.samples <= 32
            and self.predictor in (1, 2, 3)
            and not (self.predictor == 3 and self.form != 3)
            and self.directory.number(266, 1) == 1
        )

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of a sample in the file."""
        return np.dtype(self.directory.order + {1: "u", 3: "f"}[self.form] + str(self.bits[0] // 8))

    def blocks(self) -> Iterator[tuple[Box, int, int]]:
        """Where each strip or tile lies in the picture (tiles may stick out), and its place and size in the file."""
        first, (width, height) = self.directory, self.size
        if TILES in first.tags:
            across, down = first.number(TILE_WIDTH, 0), first.number(TILE_HEIGHT, 0)
            places, sizes = first.numbers(TILES), first.numbers(TILE_BYTES)
        else:
            across, down = width, min(first.number(ROWS, height) or height, height)
            places, sizes = first.numbers(STRIPS), first.numbers(STRIP_BYTES)
        if across <= 0 or down <= 0 or across * down > 4 * limits.MAX_PIXELS or len(places) > MOST_BLOCKS:
            raise ValueError("its strips make no sense")
        boxes = [Box(x, y, across, down) for y in range(0, height, down) for x in range(0, width, across)]
        planes = self.samples if self.planar else 1
        if len(places) < len(boxes) * planes:
            raise ValueError("it lacks some of its strips")
        if len(sizes) < len(places) and self.compression == NONE:
            sizes = (2**62,) * len(places)
        if len(sizes) < len(boxes) * planes:
            raise ValueError("it lacks the sizes of its strips")
        for box, place, size in zip(boxes * planes, places, sizes, strict=False):
            yield (box if TILES in first.tags else box.within(width, height)), place, size


def _own(stream: BinaryIO, layout: _Layout) -> Read:
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
        samples = _block(tags.piece(stream, place, min(size, _largest(layout, box, each))), layout, box, each)
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


def _block(data: bytes, layout: _Layout, box: Box, channels: int) -> Pixels:
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


def _largest(layout: _Layout, box: Box, channels: int) -> int:
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


def _pillows(path: Path, layout: _Layout) -> Read:
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


@dataclass(frozen=True)
class _Form:
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
    def of(picture: Read, origin: Origin) -> _Form:
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
        return _Form(
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


def _new(picture: Read) -> Origin:
    """For a picture that was no TIFF before."""
    photometric = {"L": BLACK_IS_ZERO, "RGB": RGB, "CMYK": CMYK}[picture.space]
    dtype = picture.pixels.dtype.newbyteorder("<")
    predictor = 3 if dtype.kind == "f" else 2
    return Origin(Directory("<"), dtype, DEFLATE, predictor, photometric, False, (2,) * picture.alpha, None)


def _kept_tags(picture: Read, origin: Origin, mark: Edit | None) -> dict[int, Value]:
    """The original's tags, or what another format's metadata say, less the pixels' own."""
    kept, order = picture.kept, origin.directory.order
    source = origin.directory if kept.origin is origin else _from_exif(kept.exif, order)
    found = tags.without(source.tags, *LAYOUT, EXIF, 34853)
    packet = xmp.without_thumbnails(kept.xmp) if kept.xmp else None
    if mark is not None:
        packet = xmp.marked(packet, mark)
    for tag, kind, data in (
        (XMP, BYTE, packet),
        (ICC, UNDEFINED, kept.icc),
        (PHOTOSHOP, BYTE, resources.without_thumbnails(kept.iptc) if kept.iptc else None),
    ):
        if data:
            found[tag] = Value(
                found[tag].kind if tag in found and found[tag].kind in (BYTE, UNDEFINED) else kind, len(data), data
            )
    if kept.dots and X_DOTS not in found:
        for tag, dots in ((X_DOTS, kept.dots[0]), (Y_DOTS, kept.dots[1])):
            found[tag] = Value(5, 1, struct.pack(order + "II", round(dots * 1000), 1000))
        found[UNIT] = origin.directory.of(SHORT, 2)
    return found


def _inner(picture: Read, origin: Origin) -> dict[int, Directory]:
    """EXIF's and GPS's directories, with the picture's size in them."""
    source = (
        origin.directory if picture.kept.origin is origin else _from_exif(picture.kept.exif, origin.directory.order)
    )
    inner = dict(source.inner)
    if EXIF in inner:
        height, width = picture.pixels.shape[:2]
        changed = {
            tag: source.of(LONG, number)
            for tag, number in ((exif.PIXELS_ACROSS, width), (exif.PIXELS_DOWN, height))
            if tag in inner[EXIF].tags
        }
        inner[EXIF] = Directory(source.order, {**inner[EXIF].tags, **changed}, inner[EXIF].inner)
    return inner


def _from_exif(block: bytes | None, order: str) -> Directory:
    if block is None:
        return Directory(order)
    try:
        return tags.parsed(io.BytesIO(block))[0].swapped(order)
    except ValueError:
        return Directory(order)


def _orientation(first: Directory) -> int:
    value = first.number(ORIENTATION, 1)
    return value if 1 <= value <= 8 else 1


def _bytes(first: Directory, tag: int) -> bytes | None:
    value = first.tags.get(tag)
    return value.data if value is not None and value.data else None


def _dots(first: Directory) -> tuple[float, float] | None:
    found = [first.tags.get(tag) for tag in (X_DOTS, Y_DOTS)]
    scale = {2: 1.0, 3: 2.54}.get(first.number(UNIT, 2))
    if scale is None or not all(value is not None and value.kind == 5 and value.count == 1 for value in found):
        return None
    ratios = [struct.unpack(first.order + "II", value.data) for value in found if value is not None]
    if not all(above and below for above, below in ratios):
        return None
    across, down = (scale * above / below for above, below in ratios)
    return across, down
