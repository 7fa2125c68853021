"""PNG: its chunks kept in their order; 8 bits decoded by Pillow, 16 bits here (Pillow has no 16-bit colour); written here."""

from __future__ import annotations

import io
import struct
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.pictures import exif, limits, through_pillow, xmp
from engines.pictures.kept import Kept
from engines.pictures.marks import Edit
from engines.pictures.palette import Palette
from engines.pictures.raw import Read, as_rgb, preview, to_16_bit

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, RGB, INDEXED, GREY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
CHANNELS = {GREY: 1, RGB: 3, INDEXED: 1, GREY_ALPHA: 2, RGB_ALPHA: 4}
DEPTHS = {GREY: (1, 2, 4, 8, 16), RGB: (8, 16), INDEXED: (1, 2, 4, 8), GREY_ALPHA: (8, 16), RGB_ALPHA: (8, 16)}
XMP = b"XML:com.adobe.xmp\0"
ANIMATION = (b"acTL", b"fcTL", b"fdAT")
BY_KIND = (b"bKGD", b"sBIT", b"hIST", b"tRNS", b"PLTE")
"""Chunks whose layout goes with the kind of pixels."""
LEVEL = 6
MOST_PROFILE = 16_000_000
BAND = 128
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Adam7: first column, first row, and the steps across and down."""

Pixels = NDArray[Any]
Chunk = tuple[bytes, bytes]


@dataclass(frozen=True)
class Origin:
    """The chunks around the pixels as they stand in the file, and what kind of pixels it has."""

    before: tuple[Chunk, ...]
    after: tuple[Chunk, ...]
    kind: int
    depth: int
    palette: Palette | None
    key: tuple[int, ...] | None
    """The one colour that is transparent, in the file's own numbers."""


def read(path: Path, data: bytes) -> Read:
    """The stored pixels of a PNG, and all its chunks. Raises as `Picture.open` says; the caller guards the decoder."""
    header, before, parts, after = _chunks(data)
    width, height, depth, kind, compression, filtering, interlaced = struct.unpack(">IIBBBBB", header)
    if depth not in DEPTHS.get(kind, ()) or compression or filtering or interlaced > 1:
        raise ValueError("its header makes no sense")
    limits.check_size(path, width, height, max(4, CHANNELS[kind] * depth // 8))
    named = dict(before)
    palette = Palette.of(named.get(b"PLTE", b""), named.get(b"tRNS", b"")) if kind == INDEXED else None
    key = _key(kind, named.get(b"tRNS"))
    if depth == 16:
        pixels = _deep(parts, (width, height), CHANNELS[kind], bool(interlaced))
    else:
        pixels = _shallow(header, named.get(b"PLTE"), parts)
    if palette is not None:
        pixels = palette.colours(pixels[..., 0])
    elif key is not None:
        pixels = _with_key(pixels, key, depth)
    animated = any(name in ANIMATION for name, _body in (*before, *after))
    packet = next((packet for chunk in (*before, *after) if (packet := _packet(chunk)) is not None), None)
    around = dict((*after, *before))
    kept = Kept(
        orientation=exif.orientation(around.get(b"eXIf")),
        exif=around.get(b"eXIf"),
        xmp=packet,
        icc=_profile(around.get(b"iCCP")),
        dots=_dots(around.get(b"pHYs")),
        origin=Origin(tuple(before), tuple(after), kind, depth, palette, key),
    )
    notes = ("Only the first frame of this animated PNG is read and saved.",) if animated else ()
    channels = pixels.shape[2]
    return Read(pixels, "L" if channels <= 2 else "RGB", channels in (2, 4), "PNG", notes, kept)


def write(stream: BinaryIO, picture: Read, mark: Edit | None) -> None:
    """Write stored pixels as a PNG, with the original's palette, depth and transparent colour where the pixels allow it."""
    picture = to_16_bit(as_rgb(picture))
    kept = picture.kept
    origin = kept.origin if isinstance(kept.origin, Origin) else None
    rows, kind, depth, extra = _layout(picture.pixels, origin)
    height, width = picture.pixels.shape[:2]
    small = preview(picture)
    new_exif = exif.refreshed(kept.exif, small, (width, height)) if kept.exif else None
    packet = xmp.without_thumbnails(kept.xmp) if kept.xmp else None
    if mark is not None:
        packet = xmp.marked(packet, mark)
    before, after = _around(origin, kept, same=origin is not None and (kind, depth) == (origin.kind, origin.depth))
    stream.write(SIGNATURE)
    _put(stream, b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    written: set[bytes] = set()
    for chunk in [*_in_place(before, extra), None, *after]:
        if chunk is None:
            if new_exif is not None and not any(name == b"eXIf" for name, _body in (*before, *after)):
                _put(stream, b"eXIf", new_exif)
            if packet is not None and not any(_packet(one) is not None for one in (*before, *after)):
                _put(stream, b"iTXt", XMP + b"\0\0\0\0" + packet)
            _put_pixels(stream, rows, max(1, CHANNELS[kind] * depth // 8), filtered=kind != INDEXED and depth >= 8)
            continue
        name, body = chunk
        if name == b"eXIf":
            body = new_exif or body
        elif name == b"tIME":
            body = struct.pack(">HBBBBB", *time.gmtime()[:6])
        elif _packet(chunk) is not None:
            if name in written:
                continue
            written.add(name)
            body = XMP + b"\0\0\0\0" + (packet or b"")
        _put(stream, name, body)
    _put(stream, b"IEND", b"")


def _in_place(before: list[Chunk], extra: list[Chunk]) -> Iterator[Chunk]:
    """The chunks before the pixels; the palette and transparent colour where the file had its own, else at the end."""
    left = dict(extra)
    for name, body in before:
        if name not in (b"PLTE", b"tRNS"):
            yield name, body
        elif name in left:
            yield name, left.pop(name)
    yield from ((name, left[name]) for name, _body in extra if name in left)


def _chunks(data: bytes) -> tuple[bytes, list[Chunk], list[memoryview], list[Chunk]]:
    """The header, the chunks before the pixels, the pixels' own parts, and the chunks after them."""
    view = memoryview(data)
    place, header = len(SIGNATURE), b""
    before: list[Chunk] = []
    after: list[Chunk] = []
    parts: list[memoryview] = []
    while place + 8 <= len(data):
        (length,), name = struct.unpack_from(">I", data, place), data[place + 4 : place + 8]
        end = place + 8 + length
        if name == b"IEND":
            break
        if end + 4 > len(data):
            raise ValueError("it is cut off")
        body = view[place + 8 : end]
        critical = not name[0] & 0x20
        if critical and zlib.crc32(view[place + 4 : end]) != struct.unpack_from(">I", data, end)[0]:
            raise ValueError(f"the checksum of its {name.decode('latin-1')} part is wrong")
        if name == b"IHDR":
            header = bytes(body)
        elif name == b"IDAT":
            parts.append(body)
        elif critical and name != b"PLTE":
            raise ValueError(f"it has an unknown part {name.decode('latin-1')!r}")
        else:
            (after if parts else before).append((name, bytes(body)))
        place = end + 4
    if len(header) != 13 or not parts:
        raise ValueError("it is cut off")
    return header, before, parts, after


def _shallow(header: bytes, palette: bytes | None, parts: list[memoryview]) -> Pixels:
    """Pixels of 1 to 8 bits a sample: levels spread to 0…255, or the indices of a palette."""
    bare = io.BytesIO()
    bare.write(SIGNATURE)
    _put(bare, b"IHDR", header)
    if palette is not None and header[9] == INDEXED:
        _put(bare, b"PLTE", palette)
    for part in parts:
        _put(bare, b"IDAT", part)
    _put(bare, b"IEND", b"")
    bare.seek(0)
    with Image.open(bare, formats=["PNG"]) as image:
        image.load()
        if image.mode == "1":
            return through_pillow.pixels_of(image.convert("L"))
        if image.mode == "P":
            return np.frombuffer(image.tobytes(), np.uint8).reshape(image.height, image.width, 1)
        return through_pillow.pixels_of(image)


def _deep(parts: list[memoryview], size: tuple[int, int], channels: int, interlaced: bool) -> Pixels:
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


def _key(kind: int, transparent: bytes | None) -> tuple[int, ...] | None:
    """The transparent colour of a picture without alpha."""
    channels = {GREY: 1, RGB: 3}.get(kind)
    if channels is None or transparent is None or len(transparent) < 2 * channels:
        return None
    return struct.unpack_from(f">{channels}H", transparent)


def _levels(key: tuple[int, ...], depth: int) -> tuple[int, ...]:
    """The colour as its pixels are in memory, where fewer than 8 bits are spread over 0…255."""
    return key if depth >= 8 else tuple((value & ((1 << depth) - 1)) * 255 // ((1 << depth) - 1) for value in key)


def _with_key(pixels: Pixels, key: tuple[int, ...], depth: int) -> Pixels:
    """The pixels with an alpha channel: none where the colour is the transparent one."""
    result = np.empty((*pixels.shape[:2], pixels.shape[2] + 1), pixels.dtype)
    result[..., :-1] = pixels
    clear = (pixels == np.array(_levels(key, depth))).all(axis=2)
    result[..., -1] = np.where(clear, 0, np.iinfo(pixels.dtype).max)
    return result


def _layout(pixels: Pixels, origin: Origin | None) -> tuple[Pixels, int, int, list[Chunk]]:
    """What is written: rows of samples (H, …), the kind and depth of the file, and a palette or transparent colour."""
    if origin is not None and origin.palette is not None and pixels.dtype == np.uint8:
        indices = origin.palette.indices(pixels)
        if indices is not None:
            table, opacity = origin.palette.as_chunks()
            chunks = [(b"PLTE", table)] + ([(b"tRNS", opacity)] if opacity else [])
            return _packed(indices, origin.depth), INDEXED, origin.depth, chunks
    if origin is not None and origin.key is not None:
        plain = _without_alpha(pixels, _levels(origin.key, origin.depth))
        if plain is not None:
            chunk = (b"tRNS", struct.pack(f">{len(origin.key)}H", *origin.key))
            rows, kind, depth, _none = _layout(plain, _plain(origin))
            return rows, kind, depth, [chunk] if depth == origin.depth else []
    kind = {1: GREY, 2: GREY_ALPHA, 3: RGB, 4: RGB_ALPHA}[pixels.shape[2]]
    if pixels.dtype == np.uint16:
        return pixels, kind, 16, []
    if kind == GREY and origin is not None and origin.kind == GREY and origin.depth < 8:
        step = 255 // ((1 << origin.depth) - 1)
        if not (pixels % step).any():
            return _packed(pixels[..., 0] // step, origin.depth), GREY, origin.depth, []
    return pixels, kind, 8, []


def _plain(origin: Origin) -> Origin:
    return Origin(origin.before, origin.after, origin.kind, origin.depth, None, None)


def _without_alpha(pixels: Pixels, key: tuple[int, ...]) -> Pixels | None:
    """The colours alone, where alpha says no more than that one colour is transparent; None where it does."""
    if pixels.shape[2] not in (2, 4):
        return None
    colours, alpha = pixels[..., :-1], pixels[..., -1]
    clear = (colours == np.array(key)).all(axis=2)
    same = (alpha == np.where(clear, 0, np.iinfo(pixels.dtype).max)).all()
    return np.ascontiguousarray(colours) if same else None


def _packed(values: Pixels, depth: int) -> Pixels:
    """Values (H, W) below 2 ** depth as rows of bytes, the first pixel in the highest bits."""
    values = values.astype(np.uint8)
    if depth == 8:
        return values
    each = 8 // depth
    padded = np.pad(values, ((0, 0), (0, -values.shape[1] % each))).reshape(len(values), -1, each)
    shifts = np.arange(8 - depth, -1, -depth)
    packed: Pixels = (padded << shifts.astype(np.uint8)).sum(axis=2).astype(np.uint8)
    return packed


def _around(origin: Origin | None, kept: Kept, *, same: bool) -> tuple[list[Chunk], list[Chunk]]:
    """The chunks that stay, before and after the pixels."""
    if origin is None:
        chunks: list[Chunk] = []
        if kept.icc:
            chunks.append((b"iCCP", b"ICC profile\0\0" + zlib.compress(kept.icc, 9)))
        if kept.dots:
            chunks.append((b"pHYs", struct.pack(">IIB", *(round(dots / 0.0254) for dots in kept.dots), 1)))
        return chunks, []
    dropped = ANIMATION if same else (*ANIMATION, *BY_KIND)
    before, after = ([chunk for chunk in part if chunk[0] not in dropped] for part in (origin.before, origin.after))
    return before, after


def _put(stream: BinaryIO, name: bytes, body: bytes | memoryview) -> None:
    checksum = zlib.crc32(body, zlib.crc32(name))
    stream.write(struct.pack(">I", len(body)) + name)
    stream.write(body)
    stream.write(struct.pack(">I", checksum))


def _put_pixels(stream: BinaryIO, rows: Pixels, step: int, *, filtered: bool) -> None:
    """Filter and deflate the rows in bands, each band a chunk or more."""
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, 15, 9, zlib.Z_FILTERED if filtered else zlib.Z_DEFAULT_STRATEGY)
    previous: NDArray[np.uint8] | None = None
    for top in range(0, len(rows), BAND):
        band = rows[top : top + BAND].astype(">u2" if rows.dtype == np.uint16 else np.uint8, order="C")
        data = band.reshape(len(band), -1).view(np.uint8)
        lines = _filtered(data, previous, step) if filtered else np.pad(data, ((0, 0), (1, 0)))
        previous = data[-1].copy()
        if piece := deflate.compress(lines.tobytes()):
            _put(stream, b"IDAT", piece)
    _put(stream, b"IDAT", deflate.flush())


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


def _packet(chunk: Chunk) -> bytes | None:
    """The XMP of an international text chunk; None for every other chunk, and for a compressed one."""
    name, body = chunk
    if name != b"iTXt" or not body.startswith(XMP) or body[len(XMP) : len(XMP) + 1] != b"\0":
        return None
    languages = body[len(XMP) + 2 :].split(b"\0", 2)
    return languages[2] if len(languages) == 3 else None


def _profile(chunk: bytes | None) -> bytes | None:
    """The colour profile, if it inflates to a sane size."""
    if chunk is None or b"\0" not in chunk[:80]:
        return None
    try:
        profile = zlib.decompressobj().decompress(chunk[chunk.index(b"\0") + 2 :], MOST_PROFILE)
    except zlib.error:
        return None
    return profile if len(profile) < MOST_PROFILE else None


def _dots(chunk: bytes | None) -> tuple[float, float] | None:
    if chunk is None or len(chunk) != 9 or chunk[8] != 1:
        return None
    across, down = struct.unpack_from(">II", chunk)
    return across * 0.0254, down * 0.0254
