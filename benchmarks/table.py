"""The table that a benchmark prints: what | ours | target | peer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

HEAD = ("what", "ours", "target", "peer, same run")


@dataclass(frozen=True)
class Row:
    """One figure. `notes` say how it came about; `figures` are the same numbers for a program."""

    what: str
    ours: str
    target: str = ""
    peer: str = ""
    notes: tuple[str, ...] = ()
    figures: dict[str, float | str] = field(default_factory=dict)


class Skipped(Exception):
    """A section can't be measured here; the text says why."""


def as_text(rows: Sequence[Row]) -> str:
    """The table for a terminal, the notes below it."""
    cells = [HEAD, *((row.what, row.ours, row.target, row.peer) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([*lines, *(f"\n{row.what}\n" + _indented(row.notes) for row in rows if row.notes)])


def _indented(notes: Sequence[str]) -> str:
    return "\n".join(f"  {note}" for note in notes)


def as_markdown(rows: Sequence[Row], foot: Sequence[str]) -> str:
    """The table as Markdown, without notes, with the lines of `foot` below it."""
    cells = [HEAD, ("---",) * 4, *((row.what, row.ours, row.target, row.peer) for row in rows)]
    lines = ["| " + " | ".join(cell.replace("|", "\\|") or "–" for cell in line) + " |" for line in cells]
    return "\n".join([*lines, "", *foot])


def as_json(rows: Sequence[Row], foot: Sequence[str]) -> str:
    """The table as one JSON object."""
    return json.dumps({"rows": [asdict(row) for row in rows], "machine": list(foot)}, indent=1, ensure_ascii=False)
