"""TIFF of 8 and 16 bits and of floats: its tags kept, its strips decoded and encoded here (Pillow has no deep colour).

Compressions that Python has not (LZW and alike) go through Pillow's libtiff strip by strip, as grey bytes; what is none of
this (JPEG inside TIFF, palettes, fax) is read by Pillow whole, and written deflated.
"""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import BinaryIO

from engines.pictures import directory as tags
from engines.pictures import exif, resources, xmp
from engines.pictures.directory import BYTE, LONG, SHORT, UNDEFINED, Directory, Value
from engines.pictures.kept import Kept
from engines.pictures.marks import Mark
from engines.pictures.raw import Read
from engines.pictures.tiff.decoding import own, pillows
from engines.pictures.tiff.encoding import Form, new_origin
from engines.pictures.tiff.layout import (
    EXIF,
    ICC,
    IPTC,
    LAYOUT,
    ORIENTATION,
    PHOTOSHOP,
    STRIP_BYTES,
    STRIPS,
    UNIT,
    X_DOTS,
    XMP,
    Y_DOTS,
    Layout,
    Origin,
)

__all__ = ["Origin", "read", "write"]


def read(path: Path) -> Read:
    """The stored pixels of a TIFF's first picture, and all its tags. Raises as `Picture.open` says; the caller guards."""
    with path.open("rb") as stream:
        first, several = tags.parsed(stream)
        layout = Layout.of(path, first)
        read = own(stream, layout) if layout.ours else pillows(path, layout)
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


def write(stream: BinaryIO, picture: Read, mark: Mark | None) -> None:
    """Write stored pixels as a TIFF with the original's tags, depth and compression; strips, whatever it had."""
    origin = picture.kept.origin if isinstance(picture.kept.origin, Origin) else new_origin(picture)
    order = origin.directory.order
    stream.write(tags.header(order, 8))
    form = Form.of(picture, origin)
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


def _kept_tags(picture: Read, origin: Origin, mark: Mark | None) -> dict[int, Value]:
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
