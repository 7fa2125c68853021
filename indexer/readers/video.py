"""Films: date, length, title and place from the container; nothing is decoded."""

from __future__ import annotations

import datetime as dt
import re
import struct
from contextlib import suppress
from typing import BinaryIO

from indexer.document import Document, Limits
from indexer.kinds import Kind
from indexer.readers.boxes import boxes, contents, find
from indexer.readers.clean import document
from indexer.readers.families import VERSIONS

_EPOCH = dt.datetime(1904, 1, 1)  # noqa: DTZ001  the format counts from here, in UTC
_PLACE = re.compile(rb"([+-]\d{2}\.\d{2,8})([+-]\d{3}\.\d{2,8})(?:[+-][\d.]{1,12})?/")
_TEXTS = {b"\xa9nam": "title", b"\xa9cmt": "comment", b"desc": "comment", b"\xa9ART": "artist"}


class Video:
    """Reads the header of MP4 and QuickTime films; others are found by name."""

    kinds = frozenset({Kind.VIDEO})
    version = VERSIONS["video"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """What the film in `source` says of itself; partial where its boxes are damaged."""
        if source.read(8)[4:8] != b"ftyp":
            return document(Kind.VIDEO, "", limits)
        header = find(source, b"moov", b"mvhd")
        if header is None:
            return document(Kind.VIDEO, "", limits, reason="video: damaged, by name only")
        facts = _times(contents(source, header, 32))
        words = _words(source)
        user = find(source, b"moov", b"udta")
        meta = find(source, b"moov", b"meta")
        for box in (user, meta):
            place = _PLACE.search(contents(source, box, 200_000)) if box is not None else None
            if place:
                facts["gps"] = f"{float(place[1]):.6f}, {float(place[2]):.6f}"
                break
        if artist := words.get("artist"):
            facts["artist"] = artist
        lines = [words[name] for name in ("title", "artist", "comment") if words.get(name)]
        lines += [
            f"{label}: {facts[fact]}" for label, fact in (("Taken", "created"), ("Place", "gps")) if facts.get(fact)
        ]
        return document(Kind.VIDEO, "\n".join(lines), limits, title=words.get("title", ""), facts=facts)


def _times(header: bytes) -> dict[str, str]:
    """Date (ISO, UTC) and length (whole seconds) from a movie header."""
    facts: dict[str, str] = {}
    with suppress(struct.error, OverflowError, IndexError):
        if header[0] == 1:
            created, _, scale, duration = struct.unpack_from(">QQIQ", header, 4)
        else:
            created, _, scale, duration = struct.unpack_from(">IIII", header, 4)
        if scale and duration and duration < 0xFFFFFFFF:
            facts["seconds"] = str(round(duration / scale))
        moment = _EPOCH + dt.timedelta(seconds=created)
        # Cameras without a clock write 0, and 1970 in the other epoch.
        if moment.year > 1971:
            facts["created"] = moment.isoformat()
    return facts


def _words(source: BinaryIO) -> dict[str, str]:
    """Title, artist and comment from iTunes' list of tags."""
    words: dict[str, str] = {}
    tags = find(source, b"moov", b"udta", b"meta", b"ilst")
    if tags is None:
        return words
    for tag in boxes(source, tags.start, tags.start + tags.size):
        if tag.kind not in _TEXTS:
            continue
        for data in boxes(source, tag.start, tag.start + tag.size):
            if data.kind == b"data" and data.size > 8:
                words.setdefault(_TEXTS[tag.kind], contents(source, data, 4_000)[8:].decode("utf-8", "replace"))
    return words


READERS = {"video": Video()}
