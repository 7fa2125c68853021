"""What can be done with a found file, with its words, icon and keys."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.state.rows import WORDED, Row, todo
from desktop.state.understood import without
from desktop.words import say


@dataclass(frozen=True)
class Action:
    """One thing to do; `keys` as they are written on key caps, "" where there are none."""

    name: str
    words: str
    icon: str
    keys: str = ""


def keys(*names: str) -> str:
    """Keys as people read them: Ctrl E, Strg E, ⌘E."""
    if sys.platform == "darwin":
        return "".join({"Ctrl": "⌘", "Shift": "⇧", "Alt": "⌥"}.get(name, name) for name in names)
    said = {"Ctrl": "platform.key_ctrl", "Shift": "platform.key_shift"}
    return " ".join(say(said[name]) if name in said else name for name in names)


def actions_of(row: Row | None, *, fills: bool = False) -> tuple[Action, ...]:
    """What can be done with this row, the likeliest first; `fills` where something here fills pictures by words."""
    if row is None:
        return ()
    if row.path is None:
        return (Action("open", say("palette.do_this"), row.icon, "↵"),)
    if row.gone:
        return (
            Action("look_for", say("palette.look_for"), "search", "↵"),
            Action("copy_path", say("palette.copy_path"), "link", keys("Ctrl", "Shift", "C")),
        )
    made = [
        Action("open", say("palette.open"), "open", "↵"),
        Action("open_with", say("palette.open_with"), "more"),
        Action("show", say("palette.show"), "folder-open", keys("Ctrl", "↵")),
    ]
    if row.picture:
        made.append(Action("erase", say("palette.erase"), "erase", keys("Ctrl", "E")))
        if fills:
            made.append(Action("fill", say("palette.fill"), "fill"))
        made.append(Action("enlarge", say("palette.enlarge"), "enlarge"))
    made.append(Action("copy", say("palette.copy"), "copy", keys("Ctrl", "C")))
    made.append(Action("copy_path", say("palette.copy_path"), "link", keys("Ctrl", "Shift", "C")))
    if row.kind in WORDED:
        made.append(Action("similar", say("palette.similar"), "similar"))
    made.append(Action("leave_out", say("palette.leave_out"), "hide"))
    return tuple(made)


def things_to_do(told: Mapping[str, Any], *, blank: bool) -> list[Row]:
    """Rows for what can be done without a file: after an empty query, or where there is nothing to search yet."""
    choose = todo("folders", say("palette.choose"), "folder", say("palette.choose_more"))
    if told.get("index") == "none":
        return [choose]
    if told.get("index") != "ready" or not blank:
        return []
    fill = [todo("fill", say("palette.fill_into"), "fill", say("palette.fill_more"))] if told.get("fills") else []
    return [
        todo("erase", say("palette.erase_from"), "erase", say("palette.erase_more")),
        *fill,
        todo("enlarge", say("palette.enlarge_from"), "enlarge", say("palette.enlarge_more")),
        choose,
    ]


def nearly(found: Iterable[Sequence[Any]]) -> tuple[Row, ...]:
    """Rows that take back one filter each, with how many files there would be."""
    return tuple(
        todo(f"without {start} {end}", without(str(part), int(count)), "filter", say("palette.without_more"))
        for part, start, end, count in found
    )
