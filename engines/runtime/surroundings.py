"""What the doctor looks at and what it finds, as plain facts: so that each can be told without such a computer."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from engines.runtime.discovery import Found
from engines.runtime.hardware import Chip
from engines.runtime.proof import Interrupted, Quarantine, Verdict
from homespun.errors import HomespunError

if TYPE_CHECKING:
    pass


class Level(StrEnum):
    """How much a finding matters."""

    NOTE = "note"
    """Everything works; something could be better, or will mend itself."""

    MEND = "mend"
    """Something doesn't work until it is mended."""


@dataclass(frozen=True)
class Finding:
    """One thing that was found: `what` is so, `todo` mends it; both are whole sentences."""

    name: str
    level: Level
    what: str
    todo: str


@dataclass(frozen=True)
class Surroundings:
    """What the checks are about, looked up once."""

    python: tuple[int, int] = sys.version_info[:2]
    platform: str = sys.platform
    made_for: str = ""
    """The architecture of this Python, and in `native` that of the processor."""

    native: str = ""
    executable: str = sys.executable
    processor: str = ""
    owners: tuple[str, ...] = ()
    packages: Mapping[str, str] = field(default_factory=dict)
    chips: tuple[Chip, ...] = ()
    found: Found = field(default_factory=Found)
    use: str = "auto"
    settings_fault: HomespunError | None = None
    free_bytes: int | None = None
    damaged_contexts: tuple[str, ...] = ()
    damaged_models: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ledger_note: str = ""
    verdicts: tuple[Verdict, ...] = ()
    quarantines: tuple[Quarantine, ...] = ()
    interrupted: tuple[Interrupted, ...] = ()
    events: tuple[tuple[float, str, str, str, str], ...] = ()
