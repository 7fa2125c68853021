"""The boxes of the ISO base media format (ISO/IEC 14496-12, 4.2), in which phones keep pictures and films."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MOST_BOXES = 10_000
READ_BYTES = 4_000_000
"""Bytes of one box that are read: the tables of a long film are larger, and say nothing to a person."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its four letters, where its contents begin in the stream and how many bytes they are."""

    kind: bytes
    start: int
    size: int


def boxes(source: BinaryIO, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """The boxes one after the other between two offsets; stops where one leaves its parent or claims no length."""
    limit = source.seek(0, os.SEEK_END) if end is None else end
    place = start
    for _ in range(MOST_BOXES):
        if place + 8 > limit:
            return
        source.seek(place)
        size, kind = struct.unpack(">I4s", source.read(8))
        head = 8
        if size == 1:
            raw = source.read(8)
            if len(raw) < 8:
                return
            (size,) = struct.unpack(">Q", raw)
            head = 16
        elif size == 0:
            size = limit - place
        if size < head or place + size > limit:
            return
        yield Box(kind, place + head, size - head)
        place += size


def find(source: BinaryIO, *path: bytes) -> Box | None:
    """The first box at the end of `path`, as (b"moov", b"mvhd")."""
    start, end = 0, None
    found: Box | None = None
    for kind in path:
        found = next((box for box in boxes(source, start, end) if box.kind == kind), None)
        if found is None:
            return None
        # `meta` has four bytes of version before its boxes (QuickTime's has none, and is told by its first box).
        skip = 4 if kind == b"meta" and contents(source, found, 8)[4:8] != b"hdlr" else 0
        start, end = found.start + skip, found.start + found.size
    return found


def contents(source: BinaryIO, box: Box, at_most: int = READ_BYTES) -> bytes:
    """The contents of a box, at most so many bytes."""
    source.seek(box.start)
    return source.read(min(box.size, at_most))
