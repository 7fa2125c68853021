"""What was seen of the server before, so that it can't show us an older day: `update.json` in the data folder.

A file that is gone or damaged is an empty one. That makes nothing unsafe: no version older than the running one is ever
installed, whatever is remembered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from homespun.files import atomic_write
from homespun.folders import make_private

SCHEMA = 1
_MOST = 65_536


@dataclass(frozen=True)
class Memory:
    """The highest `serials` by key, the newest day that was `seen` (of an announcement, or of a check), the last check.

    `newest` is the version that the last good check found, or "".
    """

    serials: Mapping[str, int] = field(default_factory=dict)
    seen: datetime | None = None
    checked: datetime | None = None
    newest: str = ""


def recall(path: Path) -> Memory:
    """What `path` remembers."""
    try:
        with path.open("rb") as stream:
            data = json.loads(stream.read(_MOST))
        if data["schema"] != SCHEMA:
            return Memory()
        serials = {str(key): int(one) for key, one in data["serials"].items()}
        return Memory(serials, _moment(data["seen"]), _moment(data["checked"]), str(data["newest"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Memory()


def remember(path: Path, memory: Memory) -> None:
    """Keep `memory`, all or nothing. Raises `NoSpace`, `NoPermission`."""
    make_private(path.parent)
    data = {
        "schema": SCHEMA,
        "serials": dict(memory.serials),
        "seen": memory.seen.isoformat() if memory.seen else None,
        "checked": memory.checked.isoformat() if memory.checked else None,
        "newest": memory.newest,
    }
    with atomic_write(path) as stream:
        stream.write(json.dumps(data).encode() + b"\n")


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None
