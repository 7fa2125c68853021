"""Sizes, moments and places as a person reads them, in the language spoken."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

from desktop.words import language, number, say
from indexer.paths import shown


def size_words(size: int) -> str:
    """Bytes: 950 B, 12.3 MB, 4.0 GB."""
    amount = float(size)
    for unit in ("B", "KB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            return f"{number(size)} B" if unit == "B" else f"{number(amount)} {unit}"
        amount /= 1000
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
    stop = "." if language() == "de" else ""
    return f"{day.day}{stop} {month_name(day.month)}" + (f" {day.year}" if year else "")


def month_words(day: date) -> str:
    """A month: July 2026."""
    return f"{month_name(day.month)} {day.year}"


def month_name(month: int) -> str:
    """The name of a month, 1 to 12."""
    return say("main.months").split()[month - 1]
