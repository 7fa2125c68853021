"""What an index says about itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.document import State


class Stage(StrEnum):
    """The stages of an index run, in order. Each reads what the one before it left in the store."""

    NAMES = "names"
    TEXT = "text"
    MEANING = "meaning"
    PASSAGES = "passages"


@dataclass(frozen=True)
class RunReport:
    """What one run did. Counts are files, but `embedded`, which counts passages; `seconds` by stage."""

    new: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    problems: int = 0
    embedded: int = 0
    away: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class RootStatus:
    """One root: `state` is "here" or "away" (unplugged, its files are kept)."""

    path: str
    state: str
    files: int


@dataclass(frozen=True)
class Status:
    """The index at a glance. `states` counts files by `State`, `kinds` by kind; sizes in bytes.

    `waiting_text` files are still to be read, `waiting_vectors` passages still to be embedded. `writer` is the process id
    of whoever is indexing now, or None. `last_run` is an ISO 8601 local date and time, or "".
    """

    roots: tuple[RootStatus, ...]
    files: int
    states: dict[str, int]
    kinds: dict[str, int]
    passages: int
    vectors: int
    waiting_text: int
    waiting_vectors: int
    index_bytes: int
    cache_bytes: int
    text_bytes: int
    writer: int | None
    last_run: str


@dataclass(frozen=True)
class Problem:
    """A file that is not, or not wholly, in the index by its contents."""

    path: bytes
    shown: str
    state: State
    reason: str
    reader: str
    version: int


@dataclass(frozen=True)
class Why:
    """Why a path is, or is not, found. `found` is True when a search can return it; `sentence` says why, `todo` what to do."""

    shown: str
    found: bool
    sentence: str
    todo: str


class Reach(StrEnum):
    """How much of a folder the index reads. `COMING`: it lies in a chosen folder into which nobody has looked yet;
    `LEFT_OUT`: a rule or a reason keeps it out.
    """

    WHOLE = "whole"
    COMING = "coming"
    PART = "part"
    LEFT_OUT = "left out"
    NONE = "none"


@dataclass(frozen=True)
class Forgotten:
    """What `forget` took out."""

    files: int
    passages: int
