"""PowerPoint presentations before 2007 (.ppt): the text atoms of the record tree, after Microsoft's [MS-PPT] 2.9."""

from __future__ import annotations

import struct
from contextlib import suppress
from typing import BinaryIO

from indexer.document import Document, Limits, State, Unreadable
from indexer.kinds import Kind
from indexer.readers.clean import Full, Sink, first_line
from indexer.readers.families import VERSIONS
from indexer.readers.ole import Ole

_CHARS, _BYTES = 0x0FA0, 0x0FA8
_ENCRYPTED = 0x2F14
_MASTERS = frozenset({0x03F8})
"""Master slides hold only "Click to edit"."""


class OldSlides:
    """Reads the text of slides and notes."""

    kinds = frozenset({Kind.PRESENTATION})
    version = VERSIONS["ppt"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The presentation in `source`; raises `Unreadable` where it is locked or damaged."""
        ole = Ole(source)
        data = ole.read("PowerPoint Document")
        if not data:
            raise Unreadable("document: damaged")
        sink = Sink(limits)
        title, facts = ole.about()
        with suppress(Full):
            _add_records(data, sink)
        if not sink.text.strip():
            sink.mark("document: no text found")
        return sink.document(Kind.PRESENTATION, title or first_line(sink.text), facts)


def _add_records(data: bytes, sink: Sink) -> None:
    """Put the text atoms of all records into `sink`. Containers are entered by going on after their header."""
    place = 0
    seen: set[str] = set()
    while place + 8 <= len(data):
        version, kind, length = struct.unpack_from("<HHI", data, place)
        place += 8
        if kind == _ENCRYPTED:
            raise Unreadable("document: password", State.SKIPPED)
        if version & 0x0F == 0x0F and kind not in _MASTERS:
            continue
        body = data[place : place + length]
        place += length
        text = (
            body.decode("utf-16-le", "replace") if kind == _CHARS else body.decode("latin-1") if kind == _BYTES else ""
        )
        text = text.replace("\r", "\n").replace("\x0b", "\n").strip()
        # A slide's text is kept in the outline and again in its shape.
        if text and text not in seen:
            seen.add(text)
            sink.line(text)


READERS = {"ppt": OldSlides()}
