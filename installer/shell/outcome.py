"""What is told of a menu: whether it is there, and what was done to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class State(StrEnum):
    """How it stands with our entries in one file manager."""

    PRESENT = "present"
    ABSENT = "absent"
    BROKEN = "broken"
    UNSUPPORTED = "unsupported"


class Did(StrEnum):
    """What installing or removing did in one file manager."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    ABSENT = "absent"
    KEPT = "kept"
    """Something there is not ours, or was changed since we wrote it, and was left alone."""
    FAILED = "failed"


@dataclass(frozen=True)
class Target:
    """One file manager, or one other place of the desktop: `name` is typed, `title` is read, `here` is it installed."""

    name: str
    title: str
    here: bool


@dataclass(frozen=True)
class Status:
    """How it stands with one target. `words` are whole sentences: what is wrong and what mends it."""

    target: str
    state: State
    words: str


@dataclass(frozen=True)
class Outcome:
    """What was done for one target: `paths` it concerned, `why` not more (sentences), and what to do next (`todo`)."""

    target: str
    did: Did
    paths: tuple[Path, ...] = ()
    why: str = ""
    todo: str = ""
