"""EXIF read and changed in place, byte by byte, so that maker notes with offsets of their own stay right.

The block is a TIFF structure: a header, then directories of 12-byte entries. Only the first directory, its EXIF directory and
the thumbnail's are looked at, each once, so a directory that points at itself does no harm.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

ORIENTATION, WIDTH, HEIGHT, EXIF, X_DOTS, Y_DOTS, UNIT = 0x0112, 0x0100, 0x0101, 0x8769, 0x011A, 0x011B, 0x0128
PIXELS_ACROSS, PIXELS_DOWN = 0xA002, 0xA003
THUMBNAIL, THUMBNAIL_LENGTH = 0x0201, 0x0202
STRIP, STRIP_BYTES = 0x0111, 0x0117
SHORT, LONG = 3, 4

MOST_ENTRIES = 1000
QUALITIES = (85, 70, 50, 30)


@dataclass(frozen=True)
class Entry:
    """One tag of a directory: its type, how many values, and where its 12 bytes start."""

    tag: int
    kind: int
    count: int
    place: int


@dataclass(frozen=True)
class Directory:
    """The tags of one directory, and where the offset of the next one stands."""

    entries: dict[int, Entry]
    link: int


def orientation(exif: bytes | None) -> int:
    """1 to 8; 1 for a block without the tag, and for one that can't be read."""
    block = _Block.of(exif)
    value = block.value(block.first(), ORIENTATION) if block else None
    return value if value is not None and 1 <= value <= 8 else 1


def thumbnail_size(exif: bytes | None) -> tuple[int, int] | None:
    """(width, height) of the thumbnail inside the block, or None."""
    block = _Block.of(exif)
    found = block.thumbnail() if block else None
    if block is None or found is None:
        return None
    start, length = found
    try:
        with Image.open(io.BytesIO(bytes(block.bytes[start : start + length])), formats=["JPEG"]) as image:
            return image.size
    except (OSError, ValueError, SyntaxError, struct.error):
        return None


def refreshed(exif: bytes, stored: Image.Image | None, size: tuple[int, int], *, limit: int | None = None) -> bytes:
    """The block for a picture of `size` = (width, height) as stored, its thumbnail made anew.

    `stored` is a small copy of the picture in mode L or RGB, of which the thumbnail is made; a thumbnail that can't be made
    anew, or would make the block longer than `limit` bytes, is unlinked rather than left to show what was removed.
    """
    block = _Block.of(exif)
    if block is None:
        return exif
    first = block.first()
    for directory, across, down in ((first, WIDTH, HEIGHT), (block.inner(first), PIXELS_ACROSS, PIXELS_DOWN)):
        block.set(directory, across, size[0])
        block.set(directory, down, size[1])
    _with_thumbnail(block, first, stored, limit)
    return bytes(block.bytes)


def with_orientation(exif: bytes, value: int) -> bytes:
    """The block with another orientation, where it has the tag."""
    block = _Block.of(exif)
    if block is None:
        return exif
    block.set(block.first(), ORIENTATION, value)
    return bytes(block.bytes)


def _with_thumbnail(block: _Block, first: Directory | None, stored: Image.Image | None, limit: int | None) -> None:
    second = block.directory(block.number(first.link)) if first else None
    if first is None or second is None:
        return
    found = block.thumbnail()
    plain = block.value(second, STRIP), block.value(second, STRIP_BYTES)
    size = thumbnail_size(bytes(block.bytes)) if found else None
    if found and size and stored is not None and _put_jpeg(block, second, found, stored, max(size), limit):
        return
    for start, length in (found or (0, 0), plain):
        if start and length and start + length <= len(block.bytes):
            block.bytes[start : start + length] = bytes(length)
            block.put_number(first.link, 0)


def _put_jpeg(
    block: _Block, second: Directory, found: tuple[int, int], stored: Image.Image, side: int, limit: int | None
) -> bool:
    """Put a thumbnail of `side` pixels in the place of the old one, or at the end; False where it would be too long."""
    start, length = found
    small = stored.copy()
    small.thumbnail((side, side))
    for quality in QUALITIES:
        jpeg = io.BytesIO()
        small.save(jpeg, "JPEG", quality=quality)
        new = jpeg.getvalue()
        if len(new) <= length:
            block.bytes[start : start + length] = new + bytes(length - len(new))
        elif limit is None or len(block.bytes) + len(new) <= limit:
            block.bytes[start : start + length] = bytes(length)
            block.set(second, THUMBNAIL, len(block.bytes))
            block.bytes += new
        else:
            continue
        block.set(second, THUMBNAIL_LENGTH, len(new))
        return True
    return False


class _Block:
    """The bytes of an EXIF block, and reading and writing inside their bounds."""

    def __init__(self, data: bytearray, order: str) -> None:
        self.bytes, self._order = data, order

    @staticmethod
    def of(exif: bytes | None) -> _Block | None:
        """The block, or None for one that has no proper header."""
        order = {b"II*\0": "<", b"MM\0*": ">"}.get(bytes(exif[:4])) if exif else None
        return _Block(bytearray(exif or b""), order) if order else None

    def number(self, place: int, size: int = 4) -> int | None:
        """The unsigned number of 2 or 4 bytes at `place`, or None outside the block."""
        if place < 0 or place + size > len(self.bytes):
            return None
        return int(struct.unpack_from(self._order + {2: "H", 4: "I"}[size], self.bytes, place)[0])

    def put_number(self, place: int, value: int, size: int = 4) -> None:
        """Write an unsigned number."""
        struct.pack_into(self._order + {2: "H", 4: "I"}[size], self.bytes, place, value)

    def first(self) -> Directory | None:
        """The directory of the picture."""
        return self.directory(self.number(4))

    def inner(self, first: Directory | None) -> Directory | None:
        """The EXIF directory."""
        return self.directory(self.value(first, EXIF))

    def directory(self, place: int | None) -> Directory | None:
        """The directory at `place`, or None where there is none that lies inside the block."""
        count = self.number(place, 2) if place else None
        if not place or not count or count > MOST_ENTRIES:
            return None
        link = place + 2 + 12 * count
        if self.number(link - 4) is None:
            return None
        if self.number(link) is None:  # some writers leave the last link out
            self.bytes += bytes(link + 4 - len(self.bytes))
        return Directory({entry.tag: entry for entry in self._entries(place + 2, count)}, link)

    def _entries(self, place: int, count: int) -> Iterator[Entry]:
        for at in range(place, place + 12 * count, 12):
            tag, kind, values = struct.unpack_from(self._order + "HHI", self.bytes, at)
            yield Entry(tag, kind, values, at)

    def value(self, directory: Directory | None, tag: int) -> int | None:
        """The single SHORT or LONG of a tag."""
        entry = directory.entries.get(tag) if directory else None
        if entry is None or entry.count != 1 or entry.kind not in (SHORT, LONG):
            return None
        return self.number(entry.place + 8, 2 if entry.kind == SHORT else 4)

    def set(self, directory: Directory | None, tag: int, value: int) -> None:
        """Put another value where the directory has the tag as a single SHORT or LONG."""
        entry = directory.entries.get(tag) if directory else None
        if entry is None or entry.count != 1 or entry.kind not in (SHORT, LONG):
            return
        if entry.kind == SHORT and value > 0xFFFF:  # a SHORT and a LONG take the same four bytes
            self.put_number(entry.place + 2, LONG, 2)
            entry = Entry(tag, LONG, 1, entry.place)
        if entry.kind == SHORT:
            self.put_number(entry.place + 8, value, 2)
        else:
            self.put_number(entry.place + 8, value)

    def thumbnail(self) -> tuple[int, int] | None:
        """Where the thumbnail starts and how long it is."""
        first = self.first()
        second = self.directory(self.number(first.link)) if first else None
        start, length = self.value(second, THUMBNAIL), self.value(second, THUMBNAIL_LENGTH)
        if not start or not length or start + length > len(self.bytes):
            return None
        return start, length
