"""What the palette shows, and what it says above, below and instead of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.state.actions import Action
from desktop.state.notices import Notice
from desktop.state.previews import Preview
from desktop.state.rows import Row
from desktop.state.understood import Chip, results
from desktop.words import say

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Palette:
    """All that the window shows. `acting` is the chosen one of the actions while their list is open, else -1.

    `everything` says that nothing of the query limits the search, `nothing` what to say and to try where there are no rows.
    """

    text: str
    chips: tuple[Chip, ...]
    everything: bool
    heading: str
    rows: tuple[Row, ...]
    selected: int
    dimmed: bool
    nothing: tuple[str, str]
    footer: str
    notice: Notice | None
    preview: Preview
    actions: tuple[Action, ...]
    acting: int
    large: bool
    left: int


@dataclass(frozen=True)
class Topic:
    """What is asked: a sentence, or the name of a file that others should be `like`; whether the whole answer is there.

    `folder` is the name of the one that alone is searched, "" else.
    """

    text: str
    like: str
    complete: bool
    folder: str = ""


def heading(told: Told, topic: Topic, rows: Sequence[Row]) -> str:
    """What stands above the rows; "" where they need no word."""
    if told.get("index") != "ready" or topic.like or not any(row.path for row in rows):
        return ""
    if not topic.text:
        return say("palette.recent_in", name=topic.folder) if topic.folder else say("palette.recent")
    if not topic.complete:
        return ""
    if told.get("none_inside"):
        return say("palette.outside")
    if not told.get("sure", True):
        return say("palette.only_near", text=topic.text)
    if repaired := told.get("repaired"):
        return say("palette.repaired", words=", ".join(map(str, repaired.values())))
    return ""


def nothing(told: Told, topic: Topic) -> tuple[str, str]:
    """What happened and what to try where there are no rows; empty while nobody knows."""
    if not topic.complete or told.get("index") != "ready":
        return ("", "")
    if topic.like:
        return say("palette.nothing_like", name=topic.like), say("palette.nothing_like_todo")
    if not topic.text:
        return say("palette.no_files"), say("palette.no_files_todo")
    return say("palette.nothing", text=topic.text), say("palette.nothing_todo")


def footer(told: Told, topic: Topic, rows: Sequence[Row]) -> str:
    """How many, how long and where; or why files may be missing."""
    if told.get("index") != "ready":
        return say("palette.here")
    if told.get("complete") is False:
        return say("palette.words_only")
    if told.get("partial") and told.get("read", 0) < told.get("files", 0):
        return say("palette.reading", read=told["read"], files=told["files"])
    if not topic.text and not topic.like:
        return say("palette.here")
    total, count = int(told.get("total", 0)), sum(row.path is not None for row in rows)
    took = str(max(1, round(float(told.get("took_ms", 0)))))
    if total > count:
        return say("palette.first_of", shown=count, total=total, ms=took)
    return say("palette.found", results=results(count), ms=took)
