"""Music and recordings: their tags, through TinyTag."""

from __future__ import annotations

import os
import struct
from typing import BinaryIO

from tinytag import TinyTag, TinyTagException

from indexer.document import Document, Limits
from indexer.kinds import Kind
from indexer.readers.clean import document, short
from indexer.readers.families import VERSIONS

_SHOWN = ("title", "artist", "album", "albumartist", "composer", "genre", "year", "comment")
# TinyTag checks what it reads, but not everywhere.
_TAG_ERRORS = (
    TinyTagException,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    OSError,
    EOFError,
    struct.error,
    OverflowError,
    AttributeError,
)


class Sound:
    """Reads title, artist, album and their kin."""

    kinds = frozenset({Kind.AUDIO})
    version = VERSIONS["sound"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The tags in `source`; partial where they are damaged."""
        reason = _damage(source)
        source.seek(0)
        try:
            tag = TinyTag.get(file_obj=source, image=False)
        except _TAG_ERRORS:
            return document(Kind.AUDIO, "", limits, reason=reason or "sound: the tags can't be read")
        values = {name: short(str(value), 2_000) for name in _SHOWN if (value := getattr(tag, name))}
        for more in ("lyrics", "performer", "publisher"):
            others = tag.other.get(more) or []
            values[more] = "\n".join(str(other) for other in others)[:20_000]
        facts = {
            "artist": values.get("artist") or values.get("albumartist", ""),
            "album": values.get("album", ""),
            "year": values.get("year", "")[:4],
        }
        if tag.duration and tag.duration > 0:
            facts["seconds"] = str(round(tag.duration))
        text = "\n".join(value for value in values.values() if value)
        return document(Kind.AUDIO, text, limits, title=values.get("title", ""), facts=facts, reason=reason)


def _damage(source: BinaryIO) -> str:
    """Why an ID3 tag can't be all there: it claims more bytes than the file has; "" if it can."""
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    head = source.read(10)
    if head[:3] != b"ID3" or len(head) < 10:
        return ""
    claimed = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    return "sound: damaged, by name only" if claimed + 10 > size else ""


READERS = {"sound": Sound()}
