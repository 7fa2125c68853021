"""What a reader makes of a file, and the limits that it works under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO, Protocol

from indexer.kinds import Kind


class State(StrEnum):
    """How much of a file is in the index."""

    INDEXED = "indexed"
    PARTIAL = "partial"
    SKIPPED = "skipped"
    ERROR = "error"


@dataclass(frozen=True)
class Limits:
    """What one file may cost. Sizes in bytes unless said.

    `seconds` is a reader's own: one that works through many parts stops there and keeps what it has. The process that
    runs it has a harder limit (see `indexer.readers`).
    """

    text_chars: int = 2_000_000
    token_chars: int = 64
    pages: int = 2_000
    members: int = 2_000
    member_bytes: int = 50_000_000
    total_bytes: int = 100_000_000
    ratio: int = 200
    depth: int = 256
    pixels: int = 1_000_000_000
    file_bytes: int = 200_000_000
    memory_bytes: int = 1_000_000_000
    seconds: float = 6.0


@dataclass(frozen=True)
class Document:
    """The readable side of one file.

    `text` is plain text with neither NULs nor lone surrogates. `facts` are short named things beside it: `created` (ISO
    date or date and time), `author`, `camera`, `gps` ("lat, lon" in degrees), `width`, `height` (pixels), `artist`,
    `album`, `year`, `from`, `to`, `subject`, `language`, `pages`.
    """

    kind: Kind
    title: str = ""
    text: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    state: State = State.INDEXED
    reason: str = ""


class Unreadable(Exception):
    """A reader could not, or would not, read a file: name only, with `reason` (short, as `pdf: password`)."""

    def __init__(self, reason: str, state: State = State.ERROR) -> None:
        super().__init__(reason)
        self.reason = reason
        self.state = state


class Reader(Protocol):
    """Bytes and limits in, `Document` out: pure, no network, no other file."""

    kinds: frozenset[Kind]
    version: int

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:
        """The document in `source`, a seekable stream; `name` is the file's name without its folder.

        Raises `Unreadable`.
        """
        ...
