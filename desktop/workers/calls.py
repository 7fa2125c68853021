"""One call as its handler sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from homespun.progress import Progress

Told = Mapping[str, Any]


@dataclass
class Call:
    """What was asked: `arguments` as they were sent, `progress` with the cancel of this call.

    `tell` sends a part of the answer before the rest.
    """

    arguments: Told
    progress: Progress
    tell: Callable[[Told], None] = field(default=lambda _told: None)


Handler = Callable[[Call], Told | None]
"""Does one thing for the window and returns the answer. A `HomespunError` goes back as words, `Cancelled` as such."""
