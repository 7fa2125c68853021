"""Numbers, dates and kinds read as a person would say them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.cli import wording
from indexer.kinds import Kind


@pytest.mark.parametrize(
    ("after", "before", "said"),
    [
        ("2019-06-01", "2019-09-01", "June – August 2019"),
        ("2022-01-01", "2023-01-01", "2022"),
        ("2022-01-01", "2024-01-01", "2022 – 2023"),
        ("2026-03-01", "2026-04-01", "March 2026"),
        ("2025-12-01", "2026-03-01", "December 2025 – February 2026"),
        ("2024-05-12", "2024-05-13", "12 May 2024"),
        ("2026-11-16", "2026-11-23", "16 – 22 November 2026"),
        ("2026-10-26", "2026-11-02", "26 October – 1 November 2026"),
        ("2025-12-29", "2026-01-05", "29 December 2025 – 4 January 2026"),
        ("2026-11-23", None, "since 23 November 2026"),
        (None, "2026-05-03", "before 3 May 2026"),
        ("2026-11-23T00:00:00", "2026-11-24T00:00:00", "23 November 2026"),
        (None, None, ""),
        ("nonsense", None, ""),
    ],
)
def test_a_half_open_period_is_said_by_its_days_months_or_years(
    after: str | None, before: str | None, said: str
) -> None:
    assert wording.period_text(after, before) == said


@given(st.dates(date(1900, 1, 1), date(2999, 1, 1)), st.integers(1, 2000))
def test_every_period_names_the_year_it_ends_in(start: date, days: int) -> None:
    last = start + timedelta(days=days - 1)

    said = wording.period_text(start.isoformat(), (last + timedelta(days=1)).isoformat())

    assert said.endswith(str(last.year))


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-24T14:02:10", "today 14:02"),
        ("2026-11-23T09:30:00", "yesterday 09:30"),
        ("2026-11-24", "today"),
        ("2019-06-12T09:30:00", "12 June 2019"),
        ("2026-11-25T00:00:00", "25 November 2026"),
        ("", ""),
        ("before records began", "before records began"),
    ],
)
def test_a_moment_is_said_from_where_now_is(moment: str, said: str) -> None:
    assert wording.moment_text(moment, now=datetime.fromisoformat("2026-11-24T18:00")) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.44, "0.4 s"), (45.2, "45 s"), (59.7, "1 min 0 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")],
)
def test_durations_grow_in_unit_with_length(seconds: float, said: str) -> None:
    assert wording.seconds_text(seconds) == said


def test_counts_have_their_noun_and_thousands() -> None:
    assert wording.count(1, "file") == "1 file"
    assert wording.count(2850, "file") == "2,850 files"
    assert wording.count(0, "entry", "entries") == "0 entries"


def test_words_in_a_row_end_in_and() -> None:
    assert [wording.listed(words) for words in ([], ["PDFs"], ["PDFs", "mails"], ["a", "b", "c"])] == [
        "",
        "PDFs",
        "PDFs and mails",
        "a, b and c",
    ]


def test_every_kind_of_the_indexer_has_its_words() -> None:
    assert set(wording.KINDS) == {str(kind) for kind in Kind}


def test_size_filters_say_their_bounds() -> None:
    assert wording.size_range_text(1_000_000_000, None) == "over 1.0 GB"
    assert wording.size_range_text(None, 5_000_000) == "under 5.0 MB"
    assert wording.size_range_text(1_000_000, 5_000_000) == "1.0 MB – 5.0 MB"


def test_a_path_in_the_home_folder_starts_with_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/ann"))

    assert wording.from_home("/home/ann/Documents") == "~/Documents"
    assert wording.from_home("/home/ann") == "~"
    assert wording.from_home("/home/anna/Documents") == "/home/anna/Documents"
