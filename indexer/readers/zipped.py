"""ZIP archives that may lie about themselves: every byte is counted while it is inflated."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import IO, BinaryIO

from indexer.document import Limits, State, Unreadable

TOO_MUCH = "archive: expands too much"
DAMAGED = "archive: damaged"
PASSWORD = "archive: password"  # noqa: S105  a reason, not a secret
DIRECTORY_BYTES = 16_000_000
"""A directory larger than this, some 200,000 members, is not read: it would cost more than it tells."""

ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,  # UnicodeDecodeError among them
    NotImplementedError,
    OverflowError,
    IndexError,
    KeyError,
)
"""What the standard library raises for a damaged archive."""


class Overflow(Unreadable):
    """More came out of an archive than a reader may take."""

    def __init__(self) -> None:
        super().__init__(TOO_MUCH, State.SKIPPED)


class Zip:
    """One archive and what may still be inflated from it; raises `Unreadable` if it is damaged."""

    def __init__(self, source: BinaryIO, limits: Limits) -> None:
        self.limits = limits
        self._left = limits.total_bytes
        if directory_size(source) > DIRECTORY_BYTES:
            raise Unreadable("archive: too many members", State.PARTIAL)
        try:
            self._zip = zipfile.ZipFile(source)
        except ZIP_ERRORS as error:
            raise Unreadable(DAMAGED) from error
        self.members = self._zip.infolist()
        self.names = {member.filename: member for member in self.members}

    def has(self, name: str) -> bool:
        """Whether there is a member of exactly that name."""
        return name in self.names

    def open(self, name: str | zipfile.ZipInfo) -> Inflating:
        """A stream of a member's contents that raises `Overflow` beyond the limits, `Unreadable` if it can't be read."""
        member = self.names.get(name) if isinstance(name, str) else name
        if member is None:
            raise Unreadable(DAMAGED)
        if member.flag_bits & 0x1:
            raise Unreadable(PASSWORD, State.SKIPPED)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # The others inflate whole blocks at a time, which no count can stop in time.
            raise Unreadable("archive: unknown compression", State.PARTIAL)
        try:
            return Inflating(self, self._zip.open(member))
        except RuntimeError as error:
            raise Unreadable(PASSWORD, State.SKIPPED) from error
        except ZIP_ERRORS as error:
            raise Unreadable(DAMAGED) from error

    def read(self, name: str | zipfile.ZipInfo, at_most: int | None = None) -> bytes:
        """The contents of a member, at most `at_most` bytes (then no more are inflated)."""
        with self.open(name) as stream:
            return stream.read(self.limits.member_bytes + 1 if at_most is None else at_most)

    def take(self, count: int) -> None:
        """Note that `count` bytes were inflated; raises `Overflow` when that was too much."""
        self._left -= count
        if self._left < 0:
            raise Overflow


class Inflating(io.RawIOBase):
    """A member being inflated; counts what comes out against its own limit and the archive's."""

    def __init__(self, archive: Zip, stream: IO[bytes]) -> None:
        super().__init__()
        self._archive = archive
        self._stream = stream
        self._left = archive.limits.member_bytes

    def readable(self) -> bool:
        """True: it is for reading."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """At most `size` bytes; all up to the limit if negative. Raises `Overflow`, or `Unreadable` if damaged."""
        wanted = self._left + 1 if size is None or size < 0 else size
        parts = []
        while wanted > 0:
            try:
                data = self._stream.read(min(wanted, 262_144))
            except ZIP_ERRORS as error:
                raise Unreadable(DAMAGED) from error
            if not data:
                break
            wanted -= len(data)
            self._left -= len(data)
            self._archive.take(len(data))
            if self._left < 0:
                raise Overflow
            parts.append(data)
        return b"".join(parts)

    def close(self) -> None:
        """Let go of the member."""
        if not self.closed:
            self._stream.close()
        super().close()


def members(source: BinaryIO, at_most: int) -> frozenset[str]:
    """The names of the first `at_most` members; raises what `zipfile` raises for a damaged archive."""
    if directory_size(source) > DIRECTORY_BYTES:
        return frozenset()
    return frozenset(zipfile.ZipFile(source).namelist()[:at_most])


def directory_size(source: BinaryIO) -> int:
    """The size in bytes of an archive's directory, as its end record states it; 0 if there is no such record."""
    size = source.seek(0, io.SEEK_END)
    source.seek(max(0, size - 66_000))
    tail = source.read(66_000)
    source.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 20:
        return 0
    (stated,) = struct.unpack_from("<I", tail, at + 12)
    return int(min(stated, size))
