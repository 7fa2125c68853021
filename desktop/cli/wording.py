"""Numbers, dates, kinds and sizes in the words that a person uses."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from homespun.files import size_text

KINDS: Mapping[str, tuple[str, str]] = {
    "archive": ("archive", "archives"),
    "audio": ("audio", "audio files"),
    "code": ("code", "code"),
    "csv": ("CSV table", "CSV tables"),
    "data": ("data", "data files"),
    "document": ("document", "documents"),
    "ebook": ("e-book", "e-books"),
    "mail": ("mail", "mails"),
    "note": ("note", "notes"),
    "notebook": ("notebook", "notebooks"),
    "other": ("file", "other files"),
    "pdf": ("PDF", "PDFs"),
    "picture": ("picture", "pictures"),
    "presentation": ("presentation", "presentations"),
    "screenshot": ("screenshot", "screenshots"),
    "spreadsheet": ("spreadsheet", "spreadsheets"),
    "text": ("text", "texts"),
    "video": ("video", "videos"),
    "web": ("web page", "web pages"),
}
"""What one file of a kind is called, and what many are."""

# Not strftime's: the command line speaks English whatever the locale, as its sentences do.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def count(number: int, one: str, many: str | None = None) -> str:
    """`number` with its noun: 1 file, 2,850 files."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """Words in a row: PDFs, documents and mails."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def seconds_text(seconds: float) -> str:
    """A duration: 0.4 s, 45 s, 3 min 20 s, 2 h 5 min."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def milliseconds_text(milliseconds: float) -> str:
    """The time of an answer: 0.8 ms, 18 ms, 1.2 s."""
    if milliseconds < 1:
        return f"{milliseconds:.1f} ms"
    return f"{milliseconds:.0f} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"


def kind_text(kind: str) -> str:
    """One file's kind: PDF, picture, e-book."""
    return KINDS.get(kind, (kind, kind))[0]


def kinds_text(kind: str) -> str:
    """Files of a kind: PDFs, pictures, e-books."""
    return KINDS.get(kind, (kind, kind))[1]


def day_text(day: date) -> str:
    """A day: 3 May 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_text(moment: str, *, now: datetime | None = None) -> str:
    """An ISO 8601 date or date and time as it is said: today 14:02, yesterday 09:30, 12 June 2019.

    What is not such a date comes back as it is.
    """
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    today = (now or datetime.now()).date()  # noqa: DTZ005 - local, as `moment` is
    clock = f" {then:%H:%M}" if len(moment) > len("2026-11-24") else ""
    if then.date() == today:
        return f"today{clock}"
    if then.date() == today - timedelta(days=1):
        return f"yesterday{clock}"
    return day_text(then.date())


def period_text(after: str | None, before: str | None) -> str:
    """The half-open period [`after`, `before`) of ISO dates: June – August 2019, 2023, since 3 May 2026, 12 May 2024."""
    start, end = _day(after), _day(before)
    if start is None and end is None:
        return ""
    if start is None:
        return f"before {day_text(end)}" if end else ""
    if end is None:
        return f"since {day_text(start)}"
    last = end - timedelta(days=1)
    if last <= start:
        return day_text(start)
    if start.day == 1 and end.day == 1:
        return _months_text(start, last)
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day} – {day_text(last)}"
    if start.year == last.year:
        return f"{start.day} {MONTHS[start.month - 1]} – {day_text(last)}"
    return f"{day_text(start)} – {day_text(last)}"


def _months_text(start: date, last: date) -> str:
    if (start.month, last.month) == (1, 12):
        return str(start.year) if start.year == last.year else f"{start.year} – {last.year}"
    closing = f"{MONTHS[last.month - 1]} {last.year}"
    if (start.year, start.month) == (last.year, last.month):
        return closing
    opening = MONTHS[start.month - 1] if start.year == last.year else f"{MONTHS[start.month - 1]} {start.year}"
    return f"{opening} – {closing}"


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def size_range_text(least: int | None, most: int | None) -> str:
    """A filter on sizes in bytes: over 1.0 GB, under 5.0 MB, 1.0 – 5.0 MB as "1.0 MB – 5.0 MB"."""
    if least and most:
        return f"{size_text(least)} – {size_text(most)}"
    if least:
        return f"over {size_text(least)}"
    return f"under {size_text(most)}" if most else ""


def from_home(shown: str) -> str:
    """`shown` with the person's own folder as `~`, where it is inside it."""
    home = str(Path.home())
    if shown == home:
        return "~"
    return f"~{shown[len(home) :]}" if shown.startswith(home.rstrip(os.sep) + os.sep) else shown
