"""What was found of one part of Homespun, and what was done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from homespun.progress import Progress

Agree = Callable[[str], bool]
"""Whether the person says yes to a question; no when nobody is there."""


class Part(StrEnum):
    """The parts, in the order in which they are looked at: what is mended first may mend what comes after."""

    PROGRAM = "program"
    UPDATES = "updates"
    FOLDERS = "folders"
    SETTINGS = "settings"
    MENUS = "menus"
    MODELS = "models"
    INDEX = "index"


class State(StrEnum):
    """How it stands with a part now."""

    FINE = "fine"
    NOTE = "note"
    """Nothing is wrong, but the person may want to know."""
    MENDED = "mended"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """One part: `what` was found and done, `todo` what is left for the person (empty when nothing is), both in sentences.

    `details` are names of files and alike, for those who look closer.
    """

    part: Part
    state: State
    what: str
    todo: str = ""
    details: tuple[str, ...] = ()

    def mended(self, done: str) -> Finding:
        """The same, after it was mended."""
        return replace(self, state=State.MENDED, what=f"{self.what} {done}", todo="")


@dataclass(frozen=True)
class Ask:
    """What a look may do: `mend` what it finds, and ask for what needs a yes."""

    mend: bool = False
    agree: Agree = lambda _question: False
    progress: Progress = field(default_factory=Progress)
