"""What was understood of a sentence, in words on chips, and which parts of it a person took back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from desktop.state.rows import kind_words
from desktop.state.sizes import day_words, month_name, month_words, size_words
from desktop.words import say

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Chip:
    """One thing that was understood: its words, and the characters of the sentence that say it."""

    words: str
    part: str
    start: int = 0
    end: int = 0


_WITHOUT = {
    "kind": "palette.without_kind",
    "date": "palette.without_date",
    "folder": "palette.without_folder",
    "name": "palette.without_name",
    "size": "palette.without_size",
    "phrase": "palette.without_phrase",
    "exclusion": "palette.without_exclusion",
}


def chip_of(told: Mapping[str, Any]) -> Chip:
    """The chip of what the search worker tells."""
    part, label = str(told["part"]), str(told["label"])
    return Chip(_words(part, label, told), part, int(told["start"]), int(told["end"]))


def without(part: str, count: int) -> str:
    """ "Without the date: 14 results"."""
    return say("palette.without", what=say(_WITHOUT.get(part, "palette.without_name")), results=results(count))


def results(count: int) -> str:
    """ "14 results"."""
    return say("palette.results", count=count)


def kept(refused: Ranges, before: str, after: str) -> Ranges:
    """The ranges that a person took back, after the sentence changed: those whose words were not touched, moved along."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    tail = 0
    while tail < min(len(before), len(after)) - same and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    moved = len(after) - len(before)
    stay = [(start, end) for start, end in refused if end <= same]
    along = [(start + moved, end + moved) for start, end in refused if end > same and start >= len(before) - tail]
    return (*stay, *along)


def _words(part: str, label: str, told: Mapping[str, Any]) -> str:
    match part:
        case "kind":
            return (
                str(told.get("extension") or "")
                or ", ".join(kind_words(kind, 2) for kind in told.get("kinds", ()))
                or label
            )
        case "date":
            return period(told.get("after"), told.get("before")) or label
        case "folder":
            return say("palette.chip_folder", name=label.removeprefix("in "))
        case "size":
            return _size(told.get("size_min"), told.get("size_max")) or label
        case "phrase":
            return say("palette.quote", text=label.strip('"'))
        case "exclusion":
            return say("palette.chip_exclusion", word=label.removeprefix("without "))
    return label


def period(after: str | None, before: str | None) -> str:
    """The half-open period of ISO dates: June – August 2026, 2023, Since 3 May 2026, 12 May 2024."""
    start, end = _day(after), _day(before)
    if start is None:
        return say("palette.period_before", day=day_words(end)) if end else ""
    if end is None:
        return say("palette.period_since", day=day_words(start))
    last = end - timedelta(days=1)
    if last <= start:
        return day_words(start)
    if start.day == 1 and end.day == 1:
        return _months(start, last)
    return f"{day_words(start)} – {day_words(last)}"


def _months(start: date, last: date) -> str:
    if (start.month, last.month) == (1, 12):
        return str(start.year) if start.year == last.year else f"{start.year} – {last.year}"
    if (start.year, start.month) == (last.year, last.month):
        return month_words(last)
    opening = month_name(start.month) if start.year == last.year else month_words(start)
    return f"{opening} – {month_words(last)}"


def _size(least: int | None, most: int | None) -> str:
    if least and most:
        return f"{size_words(least)} – {size_words(most)}"
    if least:
        return say("palette.chip_over", size=size_words(least))
    return say("palette.chip_under", size=size_words(most)) if most else ""


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
