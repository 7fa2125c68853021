"""Times by the calendar, from single words: "March 2024", "3rd of May", "winter 2023/24", "third quarter of 2025"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from indexer.query import vocabulary as v
from indexer.query.spans import FIRST_YEAR, LAST_YEAR, Span, day_span, season_span, shift_months
from indexer.query.when import Need, When, full_year, half_of, month_of, quarter_of, stretch, year_of

_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT_YEAR = re.compile(r"'(\d\d)")
_TWO_YEARS = re.compile(r"((?:19|20)\d\d)[/–-](\d\d)")
_DAY = re.compile(r"(\d{1,2})(st|nd|rd|th)?")
_DAYS = re.compile(r"(\d{1,2})[-–](\d{1,2})")
_QUARTER = re.compile(r"q([1-4])")
_HALF = re.compile(r"h([12])")


class Dates:
    """Reads calendar times out of the keys of a sentence; those without a year are the latest before `today`."""

    def __init__(self, keys: Sequence[str], today: date, week_start: int) -> None:
        self.keys = (*keys, "", "", "", "")
        self.today = today
        self.week_start = week_start

    def year(self, i: int) -> When | None:
        """2024, 2024 Q3, 2024 March."""
        key, following = self.keys[i], self.keys[i + 1]
        if not _YEAR.fullmatch(key):
            return None
        year = int(key)
        if quarter := _QUARTER.fullmatch(following):
            return stretch(i + 2, quarter_of(year, int(quarter[1])), Need.NOTHING)
        if following in v.MONTHS:
            return stretch(i + 2, month_of(year, v.MONTHS[following]), Need.PREPOSITION)
        return stretch(i + 1, year_of(year), Need.PREPOSITION)

    def day_of_month(self, i: int) -> When | None:
        """3 May 2024, 3rd of May, 3-5 May."""
        first = self._day_number(self.keys[i])
        days = _DAYS.fullmatch(self.keys[i])
        if first is None and days is None:
            return None
        j = i + 1 + (self.keys[i + 1] == "of" and days is None)
        month = self._month_number(self.keys[j])
        if month is None:
            return None
        if days:
            return self._dated(j + 1, month, int(days[1]), int(days[2]))
        assert first is not None
        return self._dated(j + 1, month, first, first)

    def _dated(self, j: int, month: int, first: int, last: int) -> When | None:
        """The days `first` to `last` of a month, with the year after them if there is one."""

        def in_year(year: int) -> Span | None:
            start, end = day_span(year, month, first), day_span(year, month, last)
            return Span(start.start, end.end) if start and end and first <= last else None

        year = self.year_at(j)
        if year:
            span = in_year(year[0])
            return span and When(year[1], span, Need.CONTENT, day=True, article=True)
        span = self.latest(in_year)
        return span and When(j, span, Need.MARKED, in_year, day=True, article=True)

    def short_year(self, i: int) -> When | None:
        """'99."""
        short = _SHORT_YEAR.fullmatch(self.keys[i])
        span = short and year_of(full_year(int(short[1])))
        return When(i + 1, span, Need.PREPOSITION, files_too=True) if span else None

    def year_at(self, j: int) -> tuple[int, int] | None:
        """The year that the words from `j` name ("2024", "of 2024", "'24", "last year"), and where they end."""
        if self.keys[j] in v.OF:
            j += 1
        key = self.keys[j]
        if _YEAR.fullmatch(key):
            return int(key), j + 1
        if short := _SHORT_YEAR.fullmatch(key):
            return full_year(int(short[1])), j + 1
        if self.keys[j + 1] == "year" and (key == "last" or key in v.THIS):
            return self.today.year - (key == "last"), j + 2
        return None

    def _month_number(self, key: str) -> int | None:
        return v.MONTHS.get(key) or v.MONTHS_SHORT.get(key)

    def _day_number(self, key: str) -> int | None:
        found = _DAY.fullmatch(key)
        return int(found[1]) if found and 1 <= int(found[1]) <= 31 else None

    def month(self, i: int) -> When | None:
        month = self._month_number(self.keys[i])
        assert month is not None
        year = self.year_at(i + 1)
        if year:
            return stretch(year[1], month_of(year[0], month), Need.MARKED, article=True)
        day = self._day_number(self.keys[i + 1])
        if day:
            return self._dated(i + 2, month, day, day)
        if self.keys[i] not in v.MONTHS:
            return None

        def in_year(year: int) -> Span | None:
            return month_of(year, month)

        span = self.latest(in_year)
        return span and When(i + 1, span, Need.PREPOSITION, in_year, weak=True)

    def month_range(self, i: int) -> When | None:
        """March-May 2023."""
        first, dash, last = self.keys[i].replace("–", "-").partition("-")
        start, end = self._month_number(first), self._month_number(last)
        if not dash or start is None or end is None:
            return None

        def in_year(year: int) -> Span | None:
            span = month_of(year, start)
            return span and Span(span.start, shift_months(span.start, (end - start) % 12 + 1))

        year = self.year_at(i + 1)
        span = in_year(year[0]) if year else self.latest(in_year)
        return span and When(year[1] if year else i + 1, span, Need.MARKED, weak=not year)

    def season(self, i: int) -> When | None:
        month = v.SEASONS[self.keys[i]]

        def in_year(year: int) -> Span | None:
            return season_span(year, month) if FIRST_YEAR <= year <= LAST_YEAR else None

        two = _TWO_YEARS.fullmatch(self.keys[i + 1])
        if two and month == 12 and (int(two[1]) + 1) % 100 == int(two[2]):
            return stretch(i + 2, in_year(int(two[1])), Need.MARKED, article=True)
        year = self.year_at(i + 1)
        if year:
            return stretch(year[1], in_year(year[0]), Need.MARKED, article=True)
        span = self.latest(in_year)
        return span and When(i + 1, span, Need.PREPOSITION, in_year, weak=True, article=True, files_too=True)

    def lettered(self, i: int) -> When | None:
        """Q3 2025, H1 2024."""
        key = self.keys[i]
        quarter, half, year = _QUARTER.fullmatch(key), _HALF.fullmatch(key), self.year_at(i + 1)
        if quarter:
            return self.quarter_at(i + 1, int(quarter[1]), Need.NOTHING)
        if half and year:
            return stretch(year[1], half_of(year[0], int(half[1])), Need.MARKED)
        return None

    def quarter_at(self, j: int, quarter: int, need: Need) -> When | None:
        year = self.year_at(j)
        if year:
            return stretch(year[1], quarter_of(year[0], quarter), need, article=True)

        def in_year(year: int) -> Span | None:
            return quarter_of(year, quarter)

        span = self.latest(in_year)
        return span and When(j, span, Need.PREPOSITION, in_year, weak=True, article=True)

    def latest(self, in_year: Callable[[int], Span | None], *, over: bool = False) -> Span | None:
        """The latest such span that has begun; with `over`, that has ended."""
        for year in range(self.today.year + 1, self.today.year - 9, -1):
            span = in_year(year)
            if span and (span.end <= self.today if over else span.start <= self.today):
                return span
        return None
