"""Word documents before 2007 (.doc): the text by its piece table, after Microsoft's [MS-DOC] 2.4.1."""

from __future__ import annotations

import re
import struct
from contextlib import suppress
from typing import BinaryIO

from indexer.document import Document, Limits, State, Unreadable
from indexer.kinds import Kind
from indexer.readers.clean import Full, Sink, first_line
from indexer.readers.families import VERSIONS
from indexer.readers.ole import Ole

_MAGIC = 0xA5EC
_WORD_97 = 0x00C1
_COMPRESSED = 0x40000000
# A field is 0x13 code 0x14 result 0x15: only the result is seen.
_FIELD = re.compile("\x13[^\x13\x14\x15]*\x14|\x13[^\x13\x14\x15]*\x15")
_MARKS = str.maketrans(
    {"\x07": "\t", "\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x14": "", "\x15": "", "\x1e": "-", "\x1f": "", "\xa0": " "}
)


class OldWord:
    """Reads body, notes and headers in the order they are stored."""

    kinds = frozenset({Kind.DOCUMENT})
    version = VERSIONS["doc"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The document in `source`; raises `Unreadable` where it is locked or damaged."""
        ole = Ole(source)
        main = ole.read("WordDocument")
        if len(main) < 0x1AA or struct.unpack_from("<H", main)[0] != _MAGIC:
            raise Unreadable("document: damaged")
        (flags,) = struct.unpack_from("<H", main, 0x0A)
        if flags & 0x0100:
            raise Unreadable("document: password", State.SKIPPED)
        if struct.unpack_from("<H", main, 2)[0] < _WORD_97:
            start, end = struct.unpack_from("<II", main, 0x18)
            text = main[start:end].decode("cp1252", "replace")
        else:
            text = "".join(_pieces(main, ole.read("1Table" if flags & 0x0200 else "0Table")))
        sink = Sink(limits)
        title, facts = ole.about()
        with suppress(Full):
            sink.add(_shown(text))
        return sink.document(Kind.DOCUMENT, title or first_line(sink.text), facts)


def _pieces(main: bytes, table: bytes) -> list[str]:
    """The pieces of text that the table lists, in order; raises `Unreadable` if it lists nonsense."""
    place, size = struct.unpack_from("<II", main, 0x1A2)
    clx = table[place : place + size]
    at = 0
    while at < len(clx) and clx[at] == 1:
        if at + 3 > len(clx):
            break
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        raise Unreadable("document: damaged")
    (length,) = struct.unpack_from("<I", clx, at + 1)
    plc = clx[at + 5 : at + 5 + length]
    count = (len(plc) - 4) // 12
    pieces = []
    room = len(main)
    for number in range(count):
        start, end = struct.unpack_from("<II", plc, number * 4)
        (where,) = struct.unpack_from("<I", plc, (count + 1) * 4 + number * 8 + 2)
        # Pieces may claim the same bytes again and again: together they get no more than the stream is long.
        characters = min(max(0, end - start), room)
        room -= characters
        if where & _COMPRESSED:
            begin = (where & ~_COMPRESSED) // 2
            pieces.append(main[begin : begin + characters].decode("cp1252", "replace"))
        else:
            pieces.append(main[where : where + 2 * characters].decode("utf-16-le", "replace"))
    return pieces


def _shown(text: str) -> str:
    """Text as it is seen: field codes out, cell and paragraph marks as tabs and lines."""
    for _ in range(8):  # fields nest a little
        text, count = _FIELD.subn("", text)
        if not count:
            break
    return text.translate(_MARKS)


READERS = {"doc": OldWord()}
