"""PNG: its chunks kept in their order; 8 bits decoded by Pillow, 16 bits here (Pillow has no 16-bit colour); written here."""

from __future__ import annotations

import struct
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from engines.pictures import exif, limits, xmp
from engines.pictures.kept import Kept
from engines.pictures.marks import Mark
from engines.pictures.palette import Palette
from engines.pictures.png.chunks import (
    CHANNELS,
    GREY,
    GREY_ALPHA,
    INDEXED,
    RGB,
    RGB_ALPHA,
    SIGNATURE,
    XMP,
    Chunk,
    dots_of,
    packet_of,
    parsed,
    profile_of,
    put,
)
from engines.pictures.png.decoding import deep, levels, shallow, transparent_colour, with_transparent_colour
from engines.pictures.png.encoding import packed, put_pixels
from engines.pictures.raw import Read, as_rgb, preview, to_16_bit

__all__ = ["SIGNATURE", "Origin", "read", "write"]

DEPTHS = {GREY: (1, 2, 4, 8, 16), RGB: (8, 16), INDEXED: (1, 2, 4, 8), GREY_ALPHA: (8, 16), RGB_ALPHA: (8, 16)}
ANIMATION = (b"acTL", b"fcTL", b"fdAT")
BY_KIND = (b"bKGD", b"sBIT", b"hIST", b"tRNS", b"PLTE")
"""Chunks whose layout goes with the kind of pixels."""
Pixels = NDArray[Any]


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
    header, before, parts, after = parsed(data)
    width, height, depth, kind, compression, filtering, interlaced = struct.unpack(">IIBBBBB", header)
    if depth not in DEPTHS.get(kind, ()) or compression or filtering or interlaced > 1:
        raise ValueError("its header makes no sense")
    limits.check_size(path, width, height, max(4, CHANNELS[kind] * depth // 8))
    named = dict(before)
    palette = Palette.of(named.get(b"PLTE", b""), named.get(b"tRNS", b"")) if kind == INDEXED else None
    key = transparent_colour(kind, named.get(b"tRNS"))
    if depth == 16:
        pixels = deep(parts, (width, height), CHANNELS[kind], bool(interlaced))
    else:
        pixels = shallow(header, named.get(b"PLTE"), parts)
    if palette is not None:
        pixels = palette.colours(pixels[..., 0])
    elif key is not None:
        pixels = with_transparent_colour(pixels, key, depth)
    animated = any(name in ANIMATION for name, _body in (*before, *after))
    packet = next((packet for chunk in (*before, *after) if (packet := packet_of(chunk)) is not None), None)
    around = dict((*after, *before))
    kept = Kept(
        orientation=exif.orientation(around.get(b"eXIf")),
        exif=around.get(b"eXIf"),
        xmp=packet,
        icc=profile_of(around.get(b"iCCP")),
        dots=dots_of(around.get(b"pHYs")),
        origin=Origin(tuple(before), tuple(after), kind, depth, palette, key),
    )
    notes = ("Only the first frame of this animated PNG is read and saved.",) if animated else ()
    channels = pixels.shape[2]
    return Read(pixels, "L" if channels <= 2 else "RGB", channels in (2, 4), "PNG", notes, kept)


def write(stream: BinaryIO, picture: Read, mark: Mark | None) -> None:
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
    put(stream, b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    written: set[bytes] = set()
    for chunk in [*_in_place(before, extra), None, *after]:
        if chunk is None:
            if new_exif is not None and not any(name == b"eXIf" for name, _body in (*before, *after)):
                put(stream, b"eXIf", new_exif)
            if packet is not None and not any(packet_of(one) is not None for one in (*before, *after)):
                put(stream, b"iTXt", XMP + b"\0\0\0\0" + packet)
            put_pixels(stream, rows, max(1, CHANNELS[kind] * depth // 8), filtered=kind != INDEXED and depth >= 8)
            continue
        name, body = chunk
        if name == b"eXIf":
            body = new_exif or body
        elif name == b"tIME":
            body = struct.pack(">HBBBBB", *time.gmtime()[:6])
        elif packet_of(chunk) is not None:
            if name in written:
                continue
            written.add(name)
            body = XMP + b"\0\0\0\0" + (packet or b"")
        put(stream, name, body)
    put(stream, b"IEND", b"")


def _in_place(before: list[Chunk], extra: list[Chunk]) -> Iterator[Chunk]:
    """The chunks before the pixels; the palette and transparent colour where the file had its own, else at the end."""
    left = dict(extra)
    for name, body in before:
        if name not in (b"PLTE", b"tRNS"):
            yield name, body
        elif name in left:
            yield name, left.pop(name)
    yield from ((name, left[name]) for name, _body in extra if name in left)


def _layout(pixels: Pixels, origin: Origin | None) -> tuple[Pixels, int, int, list[Chunk]]:
    """What is written: rows of samples (H, …), the kind and depth of the file, and a palette or transparent colour."""
    if origin is not None and origin.palette is not None and pixels.dtype == np.uint8:
        indices = origin.palette.indices(pixels)
        if indices is not None:
            table, opacity = origin.palette.as_chunks()
            chunks = [(b"PLTE", table)] + ([(b"tRNS", opacity)] if opacity else [])
            return packed(indices, origin.depth), INDEXED, origin.depth, chunks
    if origin is not None and origin.key is not None:
        plain = _without_alpha(pixels, levels(origin.key, origin.depth))
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
            return packed(pixels[..., 0] // step, origin.depth), GREY, origin.depth, []
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
