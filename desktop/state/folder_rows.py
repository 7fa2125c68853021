"""The rows of the folders page: what the index tells, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.state.notices import Notice
from desktop.state.sizes import place_words, screen_text
from desktop.words import say
from desktop.words.reasons import reason


@dataclass(frozen=True)
class FolderRow:
    """One folder; `tone` is that of `detail`."""

    path: str
    name: str
    place: str
    detail: str
    tone: str


@dataclass(frozen=True)
class ProblemRow:
    """A file that was not wholly read."""

    path: str
    name: str
    place: str
    reason: str


@dataclass(frozen=True)
class WhyRow:
    """Why a file is found or not; `action` is what helps."""

    found: bool
    head: str
    words: str
    action: tuple[str, str] | None


@dataclass(frozen=True)
class ReadingLine:
    """What goes on: `share` None = no bar; `button` = (id, words)."""

    phase: str
    words: str
    note: str
    share: float | None
    busy: bool
    button: tuple[str, str] | None


@dataclass(frozen=True)
class FoldersSnapshot:
    """All of the page. `known` is False until the index was looked at, `all_read` while files wait to be read."""

    known: bool
    rows: tuple[FolderRow, ...]
    line: ReadingLine
    facts: str
    notice: Notice | None
    problem_count: int
    all_read: bool
    problems: tuple[ProblemRow, ...]
    problems_open: bool
    problems_more: str
    why: WhyRow | None


def name_of(path: str) -> str:
    """The last part of a path, for a screen."""
    return screen_text(Path(path).name or path)


def folder_row(root: Mapping[str, Any]) -> FolderRow:
    """A folder, from what `overview` tells of it."""
    path = str(root["path"])
    detail, tone = say("common.files", count=int(root["files"])), "text2"
    if root["state"] != "here":
        detail, tone = _TROUBLES.get(str(root["state"]), _away)(), "warn"
    elif not root["looked"]:
        detail = say("folders.waits")
    elif root["waiting"]:
        read = int(root["files"]) - int(root["waiting"])
        detail = say("folders.of_files", done=read, total=int(root["files"]))
    return FolderRow(path, name_of(path), screen_text(place_words(path)), detail, tone)


def _away() -> str:
    return say("folders.away")


_TROUBLES: Mapping[str, Callable[[], str]] = {
    "unreadable": lambda: say("folders.unreadable"),
    "not a folder": lambda: say("folders.no_folder"),
}


def problem_row(told: Mapping[str, Any]) -> ProblemRow:
    """A file that was not wholly read, from what `problems` tells of it."""
    path, why = str(told["path"]), reason(str(told["reason"]))
    words = {
        "partial": say("folders.partial", reason=why),
        "skipped": say("folders.skipped", reason=why),
        "error": say("folders.error", reason=why),
    }[str(told["state"])]
    return ProblemRow(path, name_of(path), screen_text(place_words(str(Path(path).parent))), words)


def why_row(told: Mapping[str, Any]) -> WhyRow:
    """Why a file is found or not, from what `why` tells."""
    todo = str(told["todo"])
    action: tuple[str, str] | None = None
    if "homespun index run" in todo:
        action, todo = ("run", say("folders.read_now")), ""
    elif "homespun index add" in todo:
        action, todo = ("add_why", say("folders.search_folder")), ""
    found = bool(told["found"])
    head = say("folders.found") if found else say("folders.not_found")
    return WhyRow(found, head, " ".join(part for part in (reason(str(told["sentence"])), reason(todo)) if part), action)
