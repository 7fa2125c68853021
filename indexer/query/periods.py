"""Times with their prepositions: "since Monday", "between March and May 2023", "from 2019 to 2021", "older than a year"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indexer.query import vocabulary as v
from indexer.query.relative import Times
from indexer.query.spans import DAY, Span, back, day_span
from indexer.query.when import Need, When


@dataclass(frozen=True, slots=True)
class Period:
    """The words from `start` until before `end` say: after (or on) `after`, before `before`; either may be open.

    `preposition` is the word that stands before the time, "" for none. `need`, `weak` and `files_too` are those of the
    time inside (see `When`).
    """

    start: int
    end: int
    after: date | None
    before: date | None
    preposition: str
    need: Need
    weak: bool = False
    files_too: bool = False


class Periods:
    """Reads periods out of the keys of a sentence."""

    def __init__(self, times: Times) -> None:
        self.times = times
        self.keys = times.keys

    def at(self, i: int) -> Period | None:
        """The longest period that begins with the word `i`, or None."""
        key = self.keys[i]
        if not key:
            return None
        if key == "between":
            return self._between(i, i + 1, v.AND)
        if key in ("older", "newer", "younger"):
            return self._age(i)
        if key in ("more", "less", "over"):
            compared = self._long_ago(i)
            if compared:
                return compared
        if key in v.RANGE_FROM:
            reached = self._between(i, i + 1, v.RANGE_TO)
            if reached:
                return reached
        relation, j = self._relation(i)
        when = self.times.at(j)
        if when is None:
            return None
        if not relation:
            return self._between(i, i, v.RANGE_TO, bare=True) or _period(i, when, when.span.start, when.span.end, "")
        if relation == "within" and not _fits(key, when):
            return None
        if relation == "within":
            when = self._joined(when)
        return self._related(i, key, relation, when)

    def _relation(self, i: int) -> tuple[str, int]:
        """What the preposition at `i` does to a time, and where the time begins; "" where there is no preposition."""
        key, following = self.keys[i], self.keys[i + 1]
        for words, relation in _RELATIONS:
            if key in words:
                return relation, i + 1
        if following == "to" and key in ("prior", "up"):
            return ("before" if key == "prior" else "until"), i + 2
        if key == "starting":
            return "since", i + 1 + (following in ("from", "in", "on"))
        return "", i

    def _related(self, i: int, key: str, relation: str, when: When) -> Period | None:
        span = when.span
        match relation:
            case "since":
                return _period(i, when, span.start, None, key)
            case "after":
                return _period(i, when, span.end, None, key)
            case "before":
                return _period(i, when, None, span.start, key)
            case "until":
                return _period(i, when, None, span.end, key)
            case "around":
                wide = span.widened()
                return _period(i, when, wide.start, wide.end, key)
        onwards = self.keys[when.end]
        if key in v.RANGE_FROM and onwards in v.ONWARDS and (onwards != "on" or not self.keys[when.end + 1]):
            made = _period(i, when, span.start, None, key)
            return Period(i, when.end + 1, made.after, None, key, made.need, when.weak, when.files_too)
        return _period(i, when, span.start, span.end, key)

    def _joined(self, when: When) -> When:
        """2019 and 2020: two stretches that touch are one."""
        if self.keys[when.end] not in v.AND:
            return when
        other = self.times.at(when.end + 1)
        if other is None:
            return when
        first = self._same_years(when, other)
        if first and first[0].end == first[1].start:
            return When(other.end, Span(first[0].start, first[1].end), max(when.need, other.need), weak=other.weak)
        return when

    def _between(self, i: int, j: int, joins: frozenset[str], *, bare: bool = False) -> Period | None:
        """A and B, A to B, from word `j` on; a day alone takes its month from the other ("between 3 and 5 May")."""
        first = self.times.at(j)
        end = first.end if first else j + 1
        if self.keys[end] not in joins:
            return None
        last = self.times.at(end + 1)
        if last is None:
            return None
        spans = self._same_years(first, last) if first else _day_before(self.keys[j], last)
        if spans is None or spans[0].start >= spans[1].end:
            return None
        weekdays = self.keys[j] in v.WEEKDAYS and self.keys[end + 1] in v.WEEKDAYS
        if weekdays:  # "from Monday to Friday" is opening hours
            return None
        need = Need.MARKED if bare else Need.PREPOSITION
        weak = last.weak and (first is None or first.weak)
        return Period(i, last.end, spans[0].start, spans[1].end, "" if bare else self.keys[i], need, weak)

    def _same_years(self, first: When, last: When) -> tuple[Span, Span] | None:
        """Both stretches, the one without a year in the year of the other, the first before the last."""
        a, b = first.span, last.span
        if first.in_year and a.start != b.start:
            for year in (b.start.year, b.start.year - 1):
                moved = first.in_year(year)
                if moved and moved.start <= b.start:
                    return moved, b
            return None
        if last.in_year:
            for year in (a.start.year, a.start.year + 1):
                moved = last.in_year(year)
                if moved and moved.start >= a.start:
                    return a, moved
            return None
        return (a, b) if a.start <= b.start else None

    def _age(self, i: int) -> Period | None:
        """Older than two years, newer than a week."""
        counted = self.times.counted_unit(i + 2) if self.keys[i + 1] == v.THAN else None
        if counted is None:
            return None
        moved = back(self.times.today, counted[0], counted[1])
        if moved is None:
            return None
        old = self.keys[i] == "older"
        after, before = (None, moved) if old else (moved, None)
        return Period(i, counted[2], after, before, "than", Need.MARKED, files_too=True)

    def _long_ago(self, i: int) -> Period | None:
        """More than a year ago, less than a week ago, over a year ago."""
        j = i + 1 + (self.keys[i + 1] == v.THAN)
        counted = self.times.counted_unit(j)
        if counted is None or self.keys[counted[2]] != v.AGO:
            return None
        moved = back(self.times.today, counted[0], counted[1])
        if moved is None:
            return None
        after, before = (moved, None) if self.keys[i] == "less" else (None, moved)
        return Period(i, counted[2] + 1, after, before, "ago", Need.MARKED)


_RELATIONS: tuple[tuple[frozenset[str], str], ...] = (
    (v.WITHIN, "within"),
    (v.SINCE, "since"),
    (v.AFTER, "after"),
    (v.BEFORE, "before"),
    (v.UNTIL, "until"),
    (v.AROUND, "around"),
)


def _period(i: int, when: When, after: date | None, before: date | None, preposition: str) -> Period:
    return Period(i, when.end, after, before, preposition, when.need, when.weak, when.files_too)


def _fits(preposition: str, when: When) -> bool:
    """Whether the preposition goes with the time: on a day, in a month, at the weekend, over Christmas."""
    days = (when.span.end - when.span.start).days
    match preposition:
        case "on":
            return when.day or (when.weak and days <= 3)
        case "in" | "within":
            return not when.day or days > 2
        case "at" | "over":
            return 1 < days <= 4 or (preposition == "over" and when.article and days > 1)
    return True


def _day_before(key: str, last: When) -> tuple[Span, Span] | None:
    """The days from the number `key` to the day `last` in the same month."""
    if not (key.isdecimal() and len(key) <= 2 and last.day):
        return None
    first = day_span(last.span.start.year, last.span.start.month, int(key))
    return (
        (first, last.span)
        if first and first.start < last.span.start and last.span.end - last.span.start == DAY
        else None
    )
