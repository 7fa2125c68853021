"""Excel workbooks before 2007 (.xls): cells in the order of the records, after Microsoft's [MS-XLS] 2.4."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from indexer.document import Document, Limits, State, Unreadable
from indexer.kinds import Kind
from indexer.readers.clean import Full, Sink
from indexer.readers.families import VERSIONS
from indexer.readers.ole import Ole

_BOF, _FILEPASS, _BOUNDSHEET, _SST, _CONTINUE = 0x0809, 0x002F, 0x0085, 0x00FC, 0x003C
_LABEL, _RSTRING, _LABELSST, _NUMBER, _RK, _MULRK, _FORMULA, _STRING = (
    0x0204, 0x00D6, 0x00FD, 0x0203, 0x027E, 0x00BD, 0x0006, 0x0207,
)  # fmt: skip
_WORKSHEET = 0x0010


class OldSheets:
    """Reads every sheet, a row a line, cells apart by tabs."""

    kinds = frozenset({Kind.SPREADSHEET})
    version = VERSIONS["xls"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The workbook in `source`; raises `Unreadable` where it is locked or damaged."""
        ole = Ole(source)
        data = ole.read("Workbook") or ole.read("Book")
        if len(data) < 8 or struct.unpack_from("<H", data)[0] & 0xFF != 0x09:
            raise Unreadable("document: damaged")
        sink = Sink(limits)
        title, facts = ole.about()
        book = _Book(sink)
        try:
            with suppress(Full):
                for kind, body in _records(data):
                    book.take(kind, body)
                book.end_row()
        except (struct.error, IndexError):
            sink.mark("document: damaged, read in part")
        return sink.document(Kind.SPREADSHEET, title or (book.names[0] if len(book.names) == 1 else ""), facts)


class _Book:
    """Follows the records of a workbook."""

    def __init__(self, sink: Sink) -> None:
        self.names: list[str] = []
        self._sink = sink
        self._strings: list[str] = []
        self._sheet = 0
        self._row = -1
        self._cells: list[str] = []

    def take(self, kind: int, bodies: list[bytes]) -> None:
        """One record with its continuations; raises `struct.error` or `IndexError` where it is too short."""
        body = bodies[0]
        if kind == _FILEPASS:
            raise Unreadable("document: password", State.SKIPPED)
        if kind == _BOF:
            if struct.unpack_from("<H", body, 2)[0] == _WORKSHEET and self._sheet < len(self.names):
                self.end_row()
                self._sink.line(self.names[self._sheet])
                self._sheet += 1
        elif kind == _BOUNDSHEET:
            self.names.append(_short_string(body[6:]))
        elif kind == _SST:
            self._strings = list(_Strings(bodies, self._sink.limits.text_chars * 2))
        elif kind == _STRING:
            self._cells.append(_long_string(body))
        elif kind in (_LABEL, _RSTRING, _LABELSST, _NUMBER, _RK, _MULRK, _FORMULA):
            self._cell(kind, body)

    def _cell(self, kind: int, body: bytes) -> None:
        """One record of cells."""
        (row,) = struct.unpack_from("<H", body)
        if row != self._row:
            self.end_row()
            self._row = row
        if kind == _LABELSST:
            (number,) = struct.unpack_from("<I", body, 6)
            self._cells.append(self._strings[number] if number < len(self._strings) else "")
        elif kind in (_LABEL, _RSTRING):
            self._cells.append(_long_string(body[6:]))
        elif kind == _NUMBER or (kind == _FORMULA and body[12:14] != b"\xff\xff"):
            self._cells.append(_shown(struct.unpack_from("<d", body, 6)[0]))
        elif kind == _RK:
            self._cells.append(_shown(_rk(struct.unpack_from("<I", body, 6)[0])))
        elif kind == _MULRK:
            for place in range(6, len(body) - 5, 6):
                self._cells.append(_shown(_rk(struct.unpack_from("<I", body, place)[0])))

    def end_row(self) -> None:
        """Write the row that was collected."""
        cells = [cell for cell in self._cells if cell]
        if cells:
            self._sink.line("\t".join(cells))
        self._cells = []
        self._row = -1


class _Strings:
    """The shared strings, which run over the ends of records; a new record repeats the width of the characters."""

    def __init__(self, bodies: list[bytes], room: int) -> None:
        self._bodies = bodies
        self._record = 0
        self._place = 8
        self._room = room

    def __iter__(self) -> Iterator[str]:
        (count,) = struct.unpack_from("<I", self._bodies[0], 4)
        for _ in range(count):
            try:
                text = self._one()
            except (IndexError, struct.error):
                return
            self._room -= len(text) + 1
            if self._room < 0:
                return
            yield text

    def _one(self) -> str:
        """The next string, without its formatting."""
        characters, flags = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if flags & 0x08 else 0
        extra = struct.unpack("<I", self._take(4))[0] if flags & 0x04 else 0
        parts = []
        wide = flags & 0x01
        while characters > 0:
            body = self._bodies[self._record]
            if self._place >= len(body):
                self._record += 1
                self._place = 1
                body = self._bodies[self._record]
                wide = body[0] & 0x01
            width = 2 if wide else 1
            here = min(characters, (len(body) - self._place) // width)
            if here <= 0:
                raise IndexError
            piece = body[self._place : self._place + here * width]
            parts.append(piece.decode("utf-16-le" if wide else "latin-1", "replace"))
            self._place += here * width
            characters -= here
        self._skip(runs * 4 + extra)
        return "".join(parts)

    def _take(self, count: int) -> bytes:
        """The next `count` bytes, which may not be split; raises `IndexError` at the end."""
        if self._place >= len(self._bodies[self._record]):
            self._record += 1
            self._place = 0
        body = self._bodies[self._record]
        piece = body[self._place : self._place + count]
        if len(piece) < count:
            raise IndexError
        self._place += count
        return piece

    def _skip(self, count: int) -> None:
        """Go over `count` bytes, across records."""
        while count > 0:
            left = len(self._bodies[self._record]) - self._place
            if count <= left:
                self._place += count
                return
            count -= left
            self._record += 1
            self._place = 0
            if self._record >= len(self._bodies):
                raise IndexError


def _records(data: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """(kind, bodies) of every record; continuations are joined to the one they continue."""
    place = 0
    kind = -1
    bodies: list[bytes] = []
    while place + 4 <= len(data):
        following, length = struct.unpack_from("<HH", data, place)
        body = data[place + 4 : place + 4 + length]
        place += 4 + length
        if following == _CONTINUE and bodies:
            bodies.append(body)
            continue
        if bodies:
            yield kind, bodies
        kind, bodies = following, [body]
    if bodies:
        yield kind, bodies


def _short_string(body: bytes) -> str:
    """A string with a length of one byte: a sheet's name."""
    count, flags = body[0], body[1]
    return (
        body[2 : 2 + 2 * count].decode("utf-16-le", "replace") if flags & 1 else body[2 : 2 + count].decode("latin-1")
    )


def _long_string(body: bytes) -> str:
    """A string with a length of two bytes; files before 1997 have no byte of flags."""
    (count,) = struct.unpack_from("<H", body)
    if len(body) >= 3 + count and body[2] in (0, 1):
        return (
            body[3 : 3 + 2 * count].decode("utf-16-le", "replace") if body[2] else body[3 : 3 + count].decode("latin-1")
        )
    return body[2 : 2 + count].decode("cp1252", "replace")


def _rk(value: int) -> float:
    """A number in the short form: an integer or the upper half of a double, perhaps in hundredths."""
    if value & 2:
        signed = struct.unpack("<i", struct.pack("<I", value))[0] >> 2
        number = float(signed)
    else:
        number = struct.unpack("<d", struct.pack("<II", 0, value & 0xFFFFFFFC))[0]
    return number / 100 if value & 1 else number


def _shown(number: float) -> str:
    """A number as a cell shows it."""
    return f"{number:.15g}"


READERS = {"xls": OldSheets()}
