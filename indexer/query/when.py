"""What a time in words is, and dates in figures, which one word says: 2024-03-15, 12.05.2024, Q3/2025, 1990s."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from indexer.query.spans import FIRST_YEAR, LAST_YEAR, Span, day_span, months_span, year_span


class Need(IntEnum):
    """What must stand to the left of a time before it is believed; each also takes what those below it ask."""

    NOTHING = 0
    CONTENT = 1  # a word that says something, a noun for files or a preposition of time
    MARKED = 2  # a noun for files or a preposition of time
    PREPOSITION = 3


@dataclass(frozen=True, slots=True)
class When:
    """A time read from the words until before `end`.

    `in_year` gives the same time in another year, where the words name none. `day`: it is days ("on"), not a stretch
    ("in"). `weak`: it is also a common word, a person or a title. `article`: "the" may stand before it. `files_too`: a
    noun for files must stand before it as well.
    """

    end: int
    span: Span
    need: Need
    in_year: Callable[[int], Span | None] | None = None
    day: bool = False
    weak: bool = False
    article: bool = False
    files_too: bool = False


_ISO_DAY = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_NUMERIC = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})")
_MONTH_OF_YEAR = re.compile(r"(\d{1,2})/(\d{4})")
_YEARS = re.compile(r"(\d{4})[-–](\d{4})")
_DECADE = re.compile(r"'?(\d0)s|((?:19|20)\d0)'?s")
_QUARTER_YEAR = re.compile(r"q([1-4])[/-]?((?:19|20)\d\d)|((?:19|20)\d\d)[/-]?q([1-4])")


def figures(key: str, end: int) -> When | None:
    """The date that the one word `key` writes in figures, as a time that ends at `end`; None if it is none."""
    for pattern, reader in _READERS:
        found = pattern.fullmatch(key)
        if found:
            return reader(found, end)
    return None


def ambiguous_date(key: str) -> bool:
    """Whether `key` is a date in figures that could be read in more than one way (04/05/06, 3/4/2024)."""
    found = _NUMERIC.fullmatch(key)
    if found is None or _either_order(found) is not None:
        return False
    a, b, c = int(found[1]), int(found[3]), int(found[4])
    year = c if c > 99 else 2000 + c
    return any(day_span(*one) for one in ((year, a, b), (year, b, a), (2000 + a, b, min(c, 99))))


def _either_order(found: re.Match[str]) -> Span | None:
    """The day of dd/mm/yyyy or mm/dd/yyyy if only one of the two is possible."""
    if len(found[4]) == 2:
        return None
    a, b, year = int(found[1]), int(found[3]), int(found[4])
    both = [span for span in (day_span(year, b, a), day_span(year, a, b)) if span]
    return both[0] if both and (len(both) == 1 or a == b) else None


def _iso_day(found: re.Match[str], end: int) -> When | None:
    span = day_span(int(found[1]), int(found[3]), int(found[4]))
    return span and When(end, span, Need.NOTHING, day=True)


def _iso_month(found: re.Match[str], end: int) -> When | None:
    if not 1 <= int(found[2]) <= 12:
        return None
    school_year = int(found[2]) == (int(found[1]) + 1) % 100  # 2010-11
    return stretch(end, month_of(int(found[1]), int(found[2])), Need.MARKED if school_year else Need.NOTHING)


def _dotted(found: re.Match[str], end: int) -> When | None:
    short = len(found[3]) == 2
    span = day_span(int(found[3]) + 2000 * short, int(found[2]), int(found[1]))
    return span and When(end, span, Need.PREPOSITION if short else Need.NOTHING, day=True)


def _numeric(found: re.Match[str], end: int) -> When | None:
    span = _either_order(found)
    return span and When(end, span, Need.NOTHING, day=True)


def _month_of_year(found: re.Match[str], end: int) -> When | None:
    return stretch(end, month_of(int(found[2]), int(found[1])), Need.MARKED) if 1 <= int(found[1]) <= 12 else None


def _quarter_year(found: re.Match[str], end: int) -> When | None:
    return stretch(end, quarter_of(int(found[2] or found[3]), int(found[1] or found[4])), Need.NOTHING)


def _years(found: re.Match[str], end: int) -> When | None:
    first, last = int(found[1]), int(found[2])
    return stretch(end, year_of(first, last - first + 1), Need.MARKED) if first < last else None


def _decade(found: re.Match[str], end: int) -> When:
    return decade_of(end, int(found[2]) if found[2] else full_year(int(found[1])))


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], When | None]], ...] = (
    (_ISO_DAY, _iso_day),
    (_ISO_MONTH, _iso_month),
    (_DOTTED, _dotted),
    (_NUMERIC, _numeric),
    (_MONTH_OF_YEAR, _month_of_year),
    (_QUARTER_YEAR, _quarter_year),
    (_YEARS, _years),
    (_DECADE, _decade),
)


def full_year(short: int) -> int:
    """The year of two figures: 69 is 1969, 24 is 2024."""
    return short + (1900 if short >= 50 else 2000)


def _known(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def year_of(year: int, count: int = 1) -> Span | None:
    """`count` years; None beyond the calendar that files live in."""
    return year_span(year, count) if _known(year) and _known(year + count) else None


def month_of(year: int, month: int) -> Span | None:
    """A month; None beyond the calendar that files live in."""
    return months_span(year, month) if _known(year) else None


def quarter_of(year: int, quarter: int) -> Span | None:
    """A quarter (1 to 4); None beyond the calendar that files live in."""
    return months_span(year, quarter * 3 - 2, 3) if _known(year) else None


def half_of(year: int, half: int) -> Span | None:
    """A half of a year (1 or 2); None beyond the calendar that files live in."""
    return months_span(year, 6 * half - 5, 6) if _known(year) else None


def stretch(end: int, span: Span | None, need: Need, *, article: bool = False) -> When | None:
    """A stretch of time that needs no more than `need`; None for none."""
    return span and When(end, span, need, article=article)


def decade_of(end: int, year: int) -> When:
    """Ten years."""
    return When(end, year_span(year, 10), Need.PREPOSITION, article=True, files_too=True)
