"""Times of every form, seen from different days."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.query import parse
from indexer.query.spans import back, easter, unit_span, weekend_before

TUESDAY = date(2026, 11, 24)


def period(sentence: str, today: date = TUESDAY, week_start: int = 0) -> tuple[str | None, str | None]:
    query = parse(sentence, today=today, week_start=week_start)
    return (query.after and query.after.isoformat(), query.before and query.before.isoformat())  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 1), ("2025-03-01", "2025-04-01")),
        (date(2026, 3, 31), ("2025-03-01", "2025-04-01")),
        (date(2026, 4, 1), ("2026-03-01", "2026-04-01")),
        (date(2026, 1, 1), ("2025-03-01", "2025-04-01")),
    ],
)
def test_last_march_is_the_latest_that_is_over(today: date, expected: tuple[str, str]) -> None:
    assert period("invoice from last march", today) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 2, 15), ("2025-12-01", "2026-03-01")),
        (date(2026, 3, 1), ("2025-12-01", "2026-03-01")),
        (date(2026, 12, 1), ("2026-12-01", "2027-03-01")),
    ],
)
def test_a_winter_runs_into_the_next_year(today: date, expected: tuple[str, str]) -> None:
    assert period("photos from the winter", today) == expected


def test_this_winter_in_february_began_last_year() -> None:
    assert period("photos from this winter", date(2026, 2, 15)) == ("2025-12-01", "2026-03-01")


def test_a_week_starts_where_the_person_lives() -> None:
    assert period("photos from this week") == ("2026-11-23", "2026-11-30")
    assert period("photos from this week", week_start=6) == ("2026-11-22", "2026-11-29")
    assert period("photos from this week", date(2026, 11, 22), week_start=6) == ("2026-11-22", "2026-11-29")


def test_a_weekday_is_the_latest_before_today() -> None:
    assert period("meeting on tuesday") == ("2026-11-17", "2026-11-18")
    assert period("meeting on monday") == ("2026-11-23", "2026-11-24")
    assert period("meeting on wednesday") == ("2026-11-18", "2026-11-19")


@pytest.mark.parametrize("day", range(16, 30))
def test_the_last_weekend_is_over(day: int) -> None:
    today = date(2026, 11, day)
    weekend = weekend_before(today)
    assert weekend.start.weekday() == 5
    assert weekend.end <= today
    assert (today - weekend.end).days < 7


def test_months_back_from_the_31st_stay_in_the_month() -> None:
    assert back(date(2026, 3, 31), 1, "month") == date(2026, 2, 28)
    assert period("photos from the last month", date(2026, 3, 31)) == ("2026-02-28", "2026-04-01")


def test_leap_days_exist_in_leap_years_alone() -> None:
    assert period("invoice from 29 february 2024") == ("2024-02-29", "2024-03-01")
    assert period("invoice from 29 february 2023") == (None, None)
    assert period("invoice from 29 february") == ("2024-02-29", "2024-03-01")


def test_easter_follows_the_moon() -> None:
    sundays = [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2000, 4, 23), date(2038, 4, 25)]
    assert [easter(day.year).start.toordinal() + 2 for day in sundays] == [day.toordinal() for day in sundays]


def test_nothing_before_the_calendar_of_files() -> None:
    assert back(date(2026, 11, 24), 999, "decade") is None
    assert back(date(2026, 11, 24), 200, "year") is None


def test_units_hold_their_day() -> None:
    for unit in ("day", "week", "fortnight", "month", "quarter", "year", "decade"):
        span = unit_span(TUESDAY, unit, 0)
        assert span.start <= TUESDAY < span.end or unit == "fortnight"


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Q3 2025", "third quarter of 2025"),
        ("2025 Q3", "q3/2025"),
        ("q3 2025", "2025-q3"),
        ("May 3, 2024", "3rd of May 2024"),
        ("3 May 2024", "12.05.2024".replace("12.05", "03.05")),
        ("2024-05-03", "3/5/2024".replace("3/5", "03.05").replace("/", ".")),
        ("march 2024", "2024-03"),
        ("summer 2019", "summer of 2019"),
        ("summer '19", "june to august 2019"),
        ("christmas 2023", "xmas 2023"),
    ],
)
def test_different_spellings_are_the_same_time(short: str, long: str) -> None:
    assert period(f"photos from {short}") == period(f"photos from {long}") != (None, None)


@pytest.mark.parametrize(
    "sentence",
    [
        "photos from 2031",
        "invoice before 2031",
        "reports since december 2026",
        "photos from tomorrow",
        "photos from next week",
        "europe since 1945",
        "invoice from 31.02.2024",
        "photos between may 2024 and march 2024",
    ],
)
def test_times_that_no_file_can_be_of_are_words(sentence: str) -> None:
    assert period(sentence) == (None, None)


def test_two_periods_that_exclude_each_other_leave_the_second_as_words() -> None:
    query = parse("photos from 2019 from 2021", today=TUESDAY)
    assert (query.after, query.before) == (date(2019, 1, 1), date(2020, 1, 1))
    assert "2021" in query.text


def test_two_periods_that_meet_narrow_each_other() -> None:
    assert period("photos since 2019 before june 2020") == ("2019-01-01", "2020-06-01")
