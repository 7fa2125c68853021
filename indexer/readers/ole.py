"""OLE containers, in which Office kept its files until 2007 and Outlook keeps its mails."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import suppress
from typing import Any, BinaryIO

import olefile

from indexer.document import Document, Limits, State, Unreadable
from indexer.kinds import Kind
from indexer.readers.families import VERSIONS

STREAM_BYTES = 100_000_000

_DAMAGED = (OSError, ValueError, IndexError, TypeError, AttributeError, KeyError, RecursionError, OverflowError)
"""What olefile raises, or runs into, for a damaged container."""


class Ole:
    """One open container; raises `Unreadable` if it is damaged."""

    def __init__(self, source: BinaryIO, what: str = "document") -> None:
        self._what = what
        self._size = source.seek(0, os.SEEK_END)
        source.seek(0)
        try:
            self._container = olefile.OleFileIO(source)
        except _DAMAGED as error:
            raise Unreadable(f"{what}: damaged") from error

    def read(self, *path: str) -> bytes:
        """The contents of a stream; b"" if there is none. Raises `Unreadable` if it is damaged."""
        name = "/".join(path)
        try:
            if not self._container.exists(name):
                return b""
            self._check_size(name)
            with self._container.openstream(name) as stream:
                return bytes(stream.read(STREAM_BYTES))
        except _DAMAGED as error:
            raise Unreadable(f"{self._what}: damaged") from error

    def _check_size(self, name: str) -> None:
        """Raise `ValueError` for a stream larger than the file: olefile would go round a loop of sectors for hours."""
        if max(self._container.get_size(name), self._container.root.size) > self._size:
            raise ValueError

    def folders(self) -> list[str]:
        """The names of the folders at the top."""
        with suppress(*_DAMAGED):
            return sorted({path[0] for path in self._container.listdir(streams=True, storages=False) if len(path) > 1})
        return []

    def about(self) -> tuple[str, dict[str, str]]:
        """Title and facts from the summary that Office writes."""
        facts: dict[str, str] = {}
        title = ""
        with suppress(*_DAMAGED):
            if not self._container.exists("\x05SummaryInformation"):
                return title, facts
            self._check_size("\x05SummaryInformation")
            found: Any = self._container.get_metadata()
            codepage = _codec(found.codepage)
            title = _text(found.title, codepage)
            for fact, value in (("author", found.author), ("subject", found.subject), ("keywords", found.keywords)):
                if text := _text(value, codepage):
                    facts[fact] = text
            if isinstance(found.create_time, dt.datetime) and found.create_time.year > 1980:
                facts["created"] = found.create_time.replace(microsecond=0, tzinfo=None).isoformat()
        return title, facts


class Locked:
    """Office files behind a password: a container with one encrypted package."""

    kinds = frozenset({Kind.DOCUMENT, Kind.SPREADSHEET, Kind.PRESENTATION})
    version = VERSIONS["locked"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  there is nothing to read
        """Nothing but the reason."""
        raise Unreadable("document: password", State.SKIPPED)


def _text(value: object, codepage: str) -> str:
    """A property as text."""
    return value.decode(codepage, "replace").strip("\0 ") if isinstance(value, bytes) else ""


def _codec(codepage: object) -> str:
    """The encoding of a container's properties."""
    name = "utf-8" if codepage == 65001 else f"cp{codepage}"
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


READERS = {"locked": Locked()}
