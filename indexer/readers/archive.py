"""ZIP archives: the names of their members, and the text of those that can be read, one level deep."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from typing import BinaryIO

from indexer.document import Document, Limits, State, Unreadable
from indexer.kinds import Kind, kind_of
from indexer.readers.clean import Full, Sink
from indexer.readers.families import VERSIONS
from indexer.readers.nested import TOO_DEEP, add_member
from indexer.readers.zipped import PASSWORD, TOO_MUCH, Overflow, Zip

RATIO_FROM = 1_000_000
"""Bytes from which a member's ratio counts: a small file of one letter is no bomb."""

_WORDLESS = frozenset({Kind.PICTURE, Kind.SCREENSHOT, Kind.AUDIO, Kind.VIDEO})


class Archive:
    """Lists an archive, then reads its members in memory; nothing is ever unpacked to a path."""

    kinds = frozenset({Kind.ARCHIVE})
    version = VERSIONS["archive"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """Names and texts in the archive; raises `Unreadable` for a bomb, a locked or a damaged one."""
        archive = Zip(source, limits)
        files = [member for member in archive.members if not member.filename.endswith("/")]
        if any(_is_bomb(member, limits) for member in files):
            raise Unreadable(TOO_MUCH, State.SKIPPED)
        if files and all(member.flag_bits & 0x1 for member in files):
            raise Unreadable(PASSWORD, State.SKIPPED)
        sink = Sink(limits)
        with suppress(Full):
            if len(files) > limits.members:
                sink.mark("archive: too many members")
            for member in files[: limits.members]:
                sink.line(member.filename)
            for member in files[: limits.members]:
                _add(archive, member, sink)
        return sink.document(Kind.ARCHIVE)


def _is_bomb(member: zipfile.ZipInfo, limits: Limits) -> bool:
    """Whether a member says of itself that it expands beyond reason (one that lies is stopped while it inflates)."""
    return member.file_size > RATIO_FROM and member.file_size > limits.ratio * max(1, member.compress_size)


def _add(archive: Zip, member: zipfile.ZipInfo, sink: Sink) -> None:
    """Put the text of one member into `sink`; what can't be read is noted there."""
    name = member.filename.rpartition("/")[2]
    kind = kind_of(name)
    if kind is Kind.ARCHIVE:
        sink.mark(TOO_DEEP)
        return
    if kind in _WORDLESS or member.file_size == 0:
        return
    if member.file_size > archive.limits.member_bytes:
        sink.mark("archive: some members are too large")
        return
    try:
        data = archive.read(member)
    except Overflow:
        raise
    except Unreadable as error:
        sink.mark(error.reason)
        return
    add_member(data, name, sink)


READERS = {"archive": Archive()}
