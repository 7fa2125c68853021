"""TIFF's directories of tags, read whole and written again elsewhere; values stay in the file's own byte order."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
"""Bytes of a value by its type."""
NUMBERS = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q"}
BYTE, ASCII, SHORT, LONG, UNDEFINED = 1, 2, 3, 4, 7
INNER = {34665, 34853, 40965}
"""Tags whose value is the place of another directory: EXIF, GPS, interoperability."""
MOST_TAGS = 4000
MOST_BYTES = 256_000_000
DEEPEST = 3


@dataclass(frozen=True)
class Value:
    """A tag's type, how many values, and their bytes."""

    kind: int
    count: int
    data: bytes


@dataclass(frozen=True)
class Directory:
    """Tags by number, in a byte order ("<" or ">"); inner directories by the tag that leads to them."""

    order: str
    tags: dict[int, Value] = field(default_factory=dict)
    inner: dict[int, Directory] = field(default_factory=dict)

    def numbers(self, tag: int) -> tuple[int, ...]:
        """The whole numbers of a tag; none where it is absent or of another type."""
        value = self.tags.get(tag)
        if value is None or value.kind not in NUMBERS:
            return ()
        return struct.unpack(f"{self.order}{value.count}{NUMBERS[value.kind]}", value.data)

    def number(self, tag: int, default: int) -> int:
        """The first whole number of a tag."""
        return next(iter(self.numbers(tag)), default)

    def of(self, kind: int, *numbers: int) -> Value:
        """A value of whole numbers in this directory's byte order."""
        return Value(kind, len(numbers), struct.pack(f"{self.order}{len(numbers)}{NUMBERS[kind]}", *numbers))

    def swapped(self, order: str) -> Directory:
        """The same directory in another byte order."""
        if order == self.order:
            return self
        return Directory(
            order,
            {tag: Value(value.kind, value.count, _swapped(value)) for tag, value in self.tags.items()},
            {tag: inner.swapped(order) for tag, inner in self.inner.items()},
        )


def parsed(stream: BinaryIO) -> tuple[Directory, bool]:
    """The first directory of a TIFF (or EXIF) structure, and whether more pictures follow. ValueError for anything else."""
    length = stream.seek(0, io.SEEK_END)
    head = piece(stream, 0, 16)
    order = {b"II": "<", b"MM": ">"}.get(head[:2])
    if order is None or len(head) < 8:
        raise ValueError("it has no TIFF header")
    (version,) = struct.unpack_from(order + "H", head, 2)
    if version == 43 and len(head) == 16:
        (place,) = struct.unpack_from(order + "Q", head, 8)
        return _directory(stream, length, order, place, big=True, depth=0)
    if version != 42:
        raise ValueError("it has no TIFF header")
    (place,) = struct.unpack_from(order + "I", head, 4)
    return _directory(stream, length, order, place, big=False, depth=0)


def piece(stream: BinaryIO, start: int, size: int) -> bytes:
    """What the file holds there; less where it ends before."""
    stream.seek(start)
    return stream.read(size)


def _directory(
    stream: BinaryIO, length: int, order: str, place: int, *, big: bool, depth: int
) -> tuple[Directory, bool]:
    count_size, entry_size, offset = (8, 20, "Q") if big else (2, 12, "I")
    if place <= 0 or place + count_size > length:
        raise ValueError("a directory of it lies outside the file")
    (count,) = struct.unpack(order + ("Q" if big else "H"), piece(stream, place, count_size))
    end = place + count_size + entry_size * count
    if not 0 < count <= MOST_TAGS or end > length:
        raise ValueError("a directory of it is cut off")
    entries = piece(stream, place + count_size, entry_size * count)
    link = piece(stream, end, struct.calcsize(offset))
    found = Directory(order)
    total = 0
    inline = 8 if big else 4
    for at in range(0, len(entries), entry_size):
        tag, kind, values = struct.unpack_from(order + "HH" + offset, entries, at)
        size = SIZES.get(kind, 0) * values
        where = entries[at + entry_size - inline : at + entry_size]
        (start,) = struct.unpack(order + offset, where)
        total += size
        if not size or total > MOST_BYTES or (size > inline and start + size > length):
            continue  # a tag without bytes of its own: nothing that could be kept
        found.tags[tag] = Value(kind, values, where[:size] if size <= inline else piece(stream, start, size))
        if tag in INNER and depth < DEEPEST:
            inside = found.number(tag, 0)
            try:
                found.inner[tag] = _directory(stream, length, order, inside, big=big, depth=depth + 1)[0]
            except ValueError:
                del found.tags[tag]
    return found, bool(link.strip(b"\0"))


def written(stream: BinaryIO, directory: Directory) -> int:
    """Write a directory with its values at the stream's end, and give the place where it starts."""
    tags = dict(directory.tags)
    for tag, inner in directory.inner.items():
        tags[tag] = directory.of(LONG, written(stream, inner))
    entries = []
    for tag in sorted(tags):
        value = _narrow(directory, tags[tag])
        if len(value.data) <= 4:
            where = value.data.ljust(4, b"\0")
        else:
            where = struct.pack(directory.order + "I", _even(stream))
            stream.write(value.data)
        entries.append(struct.pack(directory.order + "HHI", tag, value.kind, value.count) + where)
    place = _even(stream)
    stream.write(struct.pack(directory.order + "H", len(entries)) + b"".join(entries) + bytes(4))
    return place


def block(directory: Directory, stream: BinaryIO) -> None:
    """Write a whole structure of one directory, as EXIF is kept in other formats."""
    stream.write(header(directory.order, 8))
    place = written(stream, directory)
    stream.seek(0)
    stream.write(header(directory.order, place))
    stream.seek(0, 2)


def header(order: str, place: int) -> bytes:
    """The first eight bytes of a TIFF whose directory is at `place`."""
    return {"<": b"II", ">": b"MM"}[order] + struct.pack(order + "HI", 42, place)


def without(tags: Mapping[int, Value], *dropped: int) -> dict[int, Value]:
    """The tags but those."""
    return {tag: value for tag, value in tags.items() if tag not in dropped}


def _even(stream: BinaryIO) -> int:
    place = stream.tell()
    if place % 2:
        stream.write(b"\0")
        place += 1
    return place


def _narrow(directory: Directory, value: Value) -> Value:
    """Numbers of eight bytes as LONG, which is what a TIFF of this size has."""
    if value.kind not in (16, 18):
        return value
    numbers = struct.unpack(f"{directory.order}{value.count}Q", value.data)
    return directory.of(LONG, *(min(number, 0xFFFFFFFF) for number in numbers))


def _swapped(value: Value) -> bytes:
    size = {5: 4, 10: 4}.get(value.kind, SIZES[value.kind])
    pieces = [value.data[at : at + size][::-1] for at in range(0, len(value.data), size)]
    return b"".join(pieces) if size > 1 else value.data
