"""Stretches of the local calendar, half-open: a month, a season, the week two weeks ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import final

DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1900, 2999
_LEAST_AROUND = 7


@final
@dataclass(frozen=True, slots=True)
class Span:
    """All days from `start` until before `end`; `start` is before `end`."""

    start: date
    end: date

    def widened(self) -> Span:
        """The span with half its length, at least a week, on both sides: what "around" means."""
        more = timedelta(days=max(_LEAST_AROUND, (self.end - self.start).days // 2))
        return Span(self.start - more, self.end + more)

    def third(self, which: int) -> Span:
        """The first, middle or last third (0, 1, 2), in whole months where the span is a year or longer."""
        months = _months_between(self.start, self.end)
        if self.start.day == 1 and self.end.day == 1 and months >= 3:
            cuts = [shift_months(self.start, round(months * part / 3)) for part in range(4)]
        else:
            days = (self.end - self.start).days
            cuts = [self.start + timedelta(days=round(days * part / 3)) for part in range(4)]
        return Span(cuts[which], cuts[which + 1]) if cuts[which] < cuts[which + 1] else self


def _months_between(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month


def shift_months(day: date, months: int) -> date:
    """`day` moved by whole months; the 31st becomes the month's last day where there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first = date(year, month + 1, 1)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - DAY)


def day_span(year: int, month: int, day: int) -> Span | None:
    """One day; None where the calendar has no such day."""
    try:
        found = date(year, month, day)
        return Span(found, found + DAY)
    except (ValueError, OverflowError):
        return None


def months_span(year: int, month: int, count: int = 1) -> Span:
    """`count` months from the given one."""
    start = date(year, month, 1)
    return Span(start, shift_months(start, count))


def year_span(year: int, count: int = 1) -> Span:
    """`count` calendar years from the given one."""
    return Span(date(year, 1, 1), date(year + count, 1, 1))


def unit_span(day: date, unit: str, week_start: int) -> Span:
    """The calendar day, week, month, quarter, year or decade that `day` lies in."""
    match unit:
        case "day":
            return Span(day, day + DAY)
        case "week":
            start = day - timedelta(days=(day.weekday() - week_start) % 7)
            return Span(start, start + 7 * DAY)
        case "fortnight":
            start = day - timedelta(days=(day.weekday() - week_start) % 7)
            return Span(start - 7 * DAY, start + 7 * DAY)
        case "month":
            return months_span(day.year, day.month)
        case "quarter":
            return months_span(day.year, (day.month - 1) // 3 * 3 + 1, 3)
        case "year":
            return year_span(day.year)
        case "decade":
            return year_span(day.year // 10 * 10, 10)
    raise ValueError(unit)


def back(day: date, count: int, unit: str) -> date | None:
    """`day` moved back by `count` units; None beyond the calendar."""
    days = {"day": 1, "week": 7, "fortnight": 14}
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
    try:
        moved = day - timedelta(days=count * days[unit]) if unit in days else shift_months(day, -count * months[unit])
    except (OverflowError, ValueError):
        return None
    return moved if moved.year >= FIRST_YEAR else None


def season_span(year: int, first_month: int) -> Span:
    """Three months that begin in `year` with `first_month`: winter 2023 ends in 2024."""
    return months_span(year, first_month, 3)


def weekday_before(today: date, weekday: int) -> Span:
    """The latest such weekday before today (Monday is 0)."""
    start = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    return Span(start, start + DAY)


def weekend_before(today: date) -> Span:
    """The Saturday and Sunday that ended last; on a Sunday or Saturday the one before."""
    sunday = today - timedelta(days=today.weekday() + 1)
    if today.weekday() == 6:
        sunday = today - 7 * DAY
    return Span(sunday - DAY, sunday + DAY)


def easter(year: int) -> Span:
    """Good Friday to Easter Monday (Meeus/Jones/Butcher, the anonymous Gregorian algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    sunday = date(year, f // 31, f % 31 + 1)
    return Span(sunday - 2 * DAY, sunday + 2 * DAY)
