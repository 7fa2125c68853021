"""Times as people tell them: "last March", "two weeks ago", "the day before yesterday", "early 2023", "Christmas"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from indexer.query import vocabulary as v
from indexer.query.dates import Dates
from indexer.query.spans import (
    DAY,
    FIRST_YEAR,
    LAST_YEAR,
    Span,
    back,
    easter,
    unit_span,
    weekday_before,
    weekend_before,
)
from indexer.query.when import Need, When, decade_of, figures, half_of, stretch

_COUNT = re.compile(r"\d{1,3}")
_LONG = 20  # days: shorter stretches have no early and late


class Times(Dates):
    """Reads all times out of the keys of a sentence, relative to `today`."""

    def at(self, i: int) -> When | None:
        """The longest time that begins with the word `i`, or None."""
        key = self.keys[i]
        if key == "the":
            inner = self.at(i + 1)
            return inner if inner and inner.article else None
        reader = _STARTS.get(key)
        if reader is not None:
            return reader(self, i)
        if key[:1].isdigit() or key[:1] == "'":
            return figures(key, i + 1) or self.year(i) or self.short_year(i) or self.ago(i) or self.day_of_month(i)
        if key[:1] in ("q", "h"):
            return figures(key, i + 1) or self.lettered(i)
        return self.month_range(i)

    def ordinal(self, i: int) -> When | None:
        """Third quarter of 2025, second half of 2024, first week of May; 1st of May is a day."""
        which, unit = v.ORDINALS[self.keys[i]], self.keys[i + 1]
        if unit == "quarter":
            return self.quarter_at(i + 2, which, Need.NOTHING)
        year = self.year_at(i + 2)
        if unit == "half" and which <= 2 and year:
            return stretch(year[1], half_of(year[0], which), Need.MARKED, article=True)
        if unit == "week" and self.keys[i + 2] == "of":
            month = self.at(i + 3)
            if month and month.span.start.day == 1 and 28 <= (month.span.end - month.span.start).days <= 31:
                start = month.span.start + 7 * (which - 1) * DAY
                return replace(month, span=Span(start, start + 7 * DAY), in_year=None, weak=False, article=True)
        return self.day_of_month(i) if self.keys[i][0].isdigit() else None

    def today_or(self, i: int) -> When:
        return When(i + 1, unit_span(self.today, "day", 0), Need.MARKED, day=True)

    def yesterday(self, i: int) -> When:
        part = self.keys[i + 1] in v.DAY_PARTS or self.keys[i + 1] == "night"
        return When(i + 1 + part, unit_span(self.today - DAY, "day", 0), Need.MARKED, day=True)

    def day_before(self, i: int) -> When | None:
        if self.keys[i + 1 : i + 3] == ("before", v.YESTERDAY):
            return When(i + 3, unit_span(self.today - 2 * DAY, "day", 0), Need.MARKED, day=True, article=True)
        return None

    def last(self, i: int) -> When | None:
        """Last week, last March, the last three days, past month."""
        j = i + 1
        counted = self._count(j)
        if counted and counted[1] in v.UNITS and counted[1].endswith("s"):
            return self._rolling(counted[2], counted[0], v.UNITS[counted[1]], Need.CONTENT)
        key = self.keys[j]
        if key in v.UNITS and key != "day":
            unit = v.UNITS[key]
            if self.keys[i] == "past" or self.keys[max(i - 1, 0)] == "the" or unit in ("decade", "fortnight"):
                return self._rolling(j + 1, 1, unit, Need.MARKED)
            moved = back(unit_span(self.today, unit, self.week_start).start, 1, unit)
            span = moved and unit_span(moved, unit, self.week_start)
            return stretch(j + 1, span or None, Need.CONTENT)
        if self.keys[i] == "past":
            return None
        return self._last_named(i, j)

    def _last_named(self, i: int, j: int) -> When | None:
        key = self.keys[j]
        if key == "night":
            start = self.today - DAY
            return When(j + 1, Span(start, self.today + DAY), Need.MARKED, day=True)
        if key == "weekend":
            return When(j + 1, weekend_before(self.today), Need.CONTENT, day=True)
        if key in v.WEEKDAYS:
            return When(j + 1, weekday_before(self.today, v.WEEKDAYS[key]), Need.CONTENT, day=True)
        named = self.at(j)
        if named is None or named.in_year is None or named.end != j + 1 or self.keys[max(i - 1, 0)] == "the":
            return None
        span = self.latest(named.in_year, over=True)
        return span and When(j + 1, span, Need.MARKED if key in _FEAST_STARTS else Need.CONTENT)

    def _rolling(self, end: int, count: int, unit: str, need: Need) -> When | None:
        start = back(self.today, count, unit)
        if not count or start is None:
            return None
        return When(end, Span(start, self.today + DAY), need, article=True)

    def this(self, i: int) -> When | None:
        """This week, this March, this morning; nothing that is still to come."""
        key, j = self.keys[i + 1], i + 2
        if key in v.DAY_PARTS and self.keys[i] == "this":
            return When(j, unit_span(self.today, "day", 0), Need.MARKED, day=True)
        if key in v.UNITS and key == v.UNITS[key] and key not in ("day", "fortnight", "decade"):
            return When(j, unit_span(self.today, key, self.week_start), Need.CONTENT, article=self.keys[i] != "this")
        if self.keys[i] != "this":
            return None
        if key == "weekend" and self.today.weekday() >= 5:
            saturday = self.today - (self.today.weekday() - 5) * DAY
            return When(j, Span(saturday, saturday + 2 * DAY), Need.CONTENT, day=True)
        if key in v.WEEKDAYS and v.WEEKDAYS[key] <= self.today.weekday():
            day = self.today - (self.today.weekday() - v.WEEKDAYS[key]) * DAY
            return When(j, Span(day, day + DAY), Need.CONTENT, day=True)
        named = self.at(i + 1)
        if named is None or named.in_year is None or named.end != j:
            return None
        now = named.span.end > self.today or named.span.start.year == self.today.year
        return When(j, named.span, Need.CONTENT) if now else None

    def earlier(self, i: int) -> When | None:
        """Earlier this year: from its first day until now."""
        inner = self.this(i + 1) if self.keys[i + 1] == "this" else None
        return inner and replace(inner, span=Span(inner.span.start, self.today + DAY))

    def _count(self, i: int) -> tuple[int, str, int] | None:
        """A count ("3", "two", "a couple of"), the word after it, and where that ends."""
        j = i + (self.keys[i] == "a" and self.keys[i + 1] in ("couple", "few"))
        key = self.keys[j]
        count = int(key) if _COUNT.fullmatch(key) else v.NUMBERS.get(key)
        if count is None:
            return None
        j += 1 + (key == "couple" and self.keys[j + 1] == "of")
        return count, self.keys[j], j + 1

    def counted_unit(self, i: int) -> tuple[int, str, int] | None:
        """How many of which unit of time the words from `i` name, and where they end."""
        counted = self._count(i)
        if counted is None or counted[1] not in v.UNITS:
            return None
        return counted[0], v.UNITS[counted[1]], counted[2]

    def ago(self, i: int) -> When | None:
        counted = self.counted_unit(i)
        if counted is None or self.keys[counted[2]] != v.AGO:
            return None
        moved = back(self.today, counted[0], counted[1])
        if moved is None:
            return None
        span = unit_span(moved, counted[1], self.week_start)
        vague = any(key in ("couple", "few") for key in self.keys[i : i + 2])
        return When(counted[2] + 1, span.widened() if vague else span, Need.CONTENT, day=counted[1] == "day")

    def weekday(self, i: int) -> When | None:
        """Monday, Friday 3 May 2024, Monday last week."""
        weekday = v.WEEKDAYS[self.keys[i]]
        following = self.at(i + 1)
        if following and following.day and following.in_year is None and following.need is Need.CONTENT:
            return following
        if following and self.keys[i + 1] in ("last", "this") and self.keys[i + 2] == "week":
            day = following.span.start + ((weekday - self.week_start) % 7) * DAY
            return When(following.end, Span(day, day + DAY), Need.MARKED, day=True)
        part = self.keys[i + 1] in v.DAY_PARTS
        return When(i + 1 + part, weekday_before(self.today, weekday), Need.PREPOSITION, day=True, weak=True)

    def weekend(self, i: int) -> When:
        return When(i + 1, weekend_before(self.today), Need.PREPOSITION, day=True, weak=True, article=True)

    def feast(self, i: int) -> When | None:
        for count in (3, 2, 1):
            rule = v.FEASTS.get(" ".join(self.keys[i : i + count]))
            if rule is None:
                continue

            def in_year(year: int, rule: tuple[int, int, int] | str = rule) -> Span | None:
                if not FIRST_YEAR <= year <= LAST_YEAR:
                    return None
                if isinstance(rule, str):
                    return easter(year)
                # "new year 2024" begins on the last day of 2023
                early = rule[0] == 12 and rule[2] == 2
                start = date(year - early, rule[0], rule[1])
                return Span(start, start + rule[2] * DAY)

            j = i + count
            year = self.year_at(j)
            if year:
                return stretch(year[1], in_year(year[0]), Need.MARKED)
            span = self.latest(in_year)
            return span and When(j, span, Need.PREPOSITION, in_year, weak=True, files_too=True)
        return None

    def decade(self, i: int) -> When:
        return decade_of(i + 1, v.DECADES[self.keys[i]])

    def third(self, i: int) -> When | None:
        """Early March, mid 2023, the end of last year."""
        j = i + 1
        if self.keys[i] in v.THIRDS_WITH_OF:
            if self.keys[j] != "of":
                return None
            j += 1
        inner = self.at(j)
        if inner is None or (inner.span.end - inner.span.start).days < _LONG:
            return None
        which = v.THIRDS[self.keys[i]]
        again = inner.in_year

        def in_year(year: int) -> Span | None:
            span = again(year) if again else None
            return span and span.third(which)

        return replace(
            inner, span=inner.span.third(which), need=Need.PREPOSITION if inner.weak else Need.MARKED, article=True, day=False,
            in_year=in_year if again else None,
        )  # fmt: skip


_FEAST_STARTS = frozenset(name.split()[0] for name in v.FEASTS)

_STARTS: dict[str, Callable[[Times, int], When | None]] = {
    **dict.fromkeys((*v.MONTHS, *v.MONTHS_SHORT), Times.month),
    **dict.fromkeys(v.SEASONS, Times.season),
    **dict.fromkeys(v.NUMBERS, Times.ago),
    **dict.fromkeys(v.ORDINALS, Times.ordinal),
    **dict.fromkeys(v.TODAY, Times.today_or),
    v.YESTERDAY: Times.yesterday,
    "day": Times.day_before,
    **dict.fromkeys(v.LAST, Times.last),
    **dict.fromkeys(v.THIS, Times.this),
    "earlier": Times.earlier,
    **dict.fromkeys(v.WEEKDAYS, Times.weekday),
    "weekend": Times.weekend,
    **dict.fromkeys(_FEAST_STARTS, Times.feast),
    **dict.fromkeys(v.DECADES, Times.decade),
    **dict.fromkeys(v.THIRDS, Times.third),
}
