"""Sizes, moments and places as a person reads them, in the language spoken."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

from desktop.words import number, say
from indexer.paths import shown


def size_words(size: float) -> str:
    """Bytes with three figures at most, in the language's signs: 950 bytes, 12.3 MB, 208 MB, 1.0 GB.

    The place after the point stays where it is nought, so that a growing number does not jump about.
    """
    if size < 1000:
        return say("common.bytes", count=int(size))
    for unit in ("KB", "MB", "GB"):
        size /= 1000
        if size < 999.5 or unit == "GB":
            return f"{number(round(size) if size >= 99.95 else float(size))} {unit}"
    raise AssertionError


def place_words(path: str) -> str:
    """A folder's path for a screen, from the home folder if it lies there."""
    home = str(Path.home())
    if path == home:
        return "~"
    return "~" + path[len(home) :] if path.startswith(home + os.sep) else path


def screen_text(path: str) -> str:
    """A path or name on one line, whatever it is made of: nothing that turns the writing around; never to be opened."""
    return shown(os.fsencode(path))


def moment_words(moment: datetime, today: date) -> str:
    """When: the time today, else the day and, in another year, the year."""
    if moment.date() == today:
        return f"{moment:%H:%M}"
    day = day_words(moment.date(), year=moment.year != today.year)
    return f"{day}, {moment:%H:%M}"


def day_words(day: date, *, year: bool = True) -> str:
    """A day: 12 July 2026, or 12. Juli 2026."""
    month = month_name(day.month)
    if not year:
        return say("palette.day", day=str(day.day), month=month)
    return say("palette.day_year", day=str(day.day), month=month, year=str(day.year))


def month_words(day: date) -> str:
    """A month: July 2026."""
    return f"{month_name(day.month)} {day.year}"


def month_name(month: int) -> str:
    """The name of a month, 1 to 12."""
    return say("main.months").split()[month - 1]
