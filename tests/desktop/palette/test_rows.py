"""What a hit's facts say to a person, and what becomes of ranges that were taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.state.asking import joined
from desktop.state.rows import Row, row_of, short_date
from desktop.state.understood import chip_of, kept, period
from desktop.words import speak
from tests.desktop.palette.fakes import TODAY, hit


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-07-20T14:02:00", "14:02"),
        ("2026-07-19T09:00:00", "Yesterday"),
        ("2026-07-12T09:00:00", "12 Jul"),
        ("2019-05-03T09:00:00", "3 May 2019"),
        ("no date", ""),
    ],
)
def test_a_date_is_as_short_as_it_can_be(moment: str, words: str) -> None:
    assert short_date(moment, TODAY) == words


def test_dates_and_sizes_are_german_in_german() -> None:
    speak("de")
    assert short_date("2026-07-12T09:00:00", TODAY) == "12. Juli"
    assert period("2026-06-01", "2026-09-01") == "Juni – August 2026"


def test_a_long_snippet_begins_shortly_before_the_words_that_were_found() -> None:
    text = "word " * 20 + "the cat sat on the mat"
    at = text.index("cat")
    row = row_of(hit("a.txt", snippet=text, snippet_marks=[[at, at + 3]]), TODAY)
    assert row.detail.startswith("“… word the cat sat")
    [(start, stop)] = row.detail_marks
    assert row.detail[start:stop] == "cat"


@given(st.text(max_size=80), st.integers(0, 80), st.integers(1, 10))
def test_marks_stay_on_their_words_wherever_the_snippet_is_cut(text: str, at: int, length: int) -> None:
    snippet = text + "MARK" + text
    place = snippet.index("MARK")
    row = row_of(hit("a.txt", snippet=snippet, snippet_marks=[[place, place + 4]]), TODAY)
    assert [row.detail[start:stop] for start, stop in row.detail_marks] == ["MARK"]


def test_a_screen_reader_hears_name_kind_date_reason_and_folder() -> None:
    row = row_of(hit("cat.pdf", kind="pdf", why=[["date", ""]], folder=["Documents", "Bills"]), TODAY)
    assert row.spoken == "cat.pdf, PDF, 12 Jul, Date fits, Documents › Bills"


@pytest.mark.parametrize(
    ("after", "before", "words"),
    [
        ("2026-06-01", "2026-09-01", "June – August 2026"),
        ("2023-01-01", "2024-01-01", "2023"),
        ("2024-05-12", "2024-05-13", "12 May 2024"),
        ("2025-12-01", "2026-02-01", "December 2025 – January 2026"),
        (None, "2024-05-13", "Before 13 May 2024"),
        ("2024-05-13", None, "Since 13 May 2024"),
    ],
)
def test_a_period_is_said_as_people_say_it(after: str | None, before: str | None, words: str) -> None:
    assert period(after, before) == words


def test_chips_say_what_they_do() -> None:
    told = {"label": "pdf or document", "start": 0, "end": 5}
    assert chip_of({**told, "part": "kind", "kinds": ["pdf", "document"]}).words == "PDFs, Documents"
    assert chip_of({**told, "part": "size", "size_min": 5_000_000}).words == "Over 5.0 MB"
    assert chip_of({**told, "part": "exclusion", "label": "without draft"}).words == "Without “draft”"
    assert chip_of({**told, "part": "folder", "label": "in Downloads"}).words == "In Downloads"


@given(
    st.text("ab ", max_size=12),
    st.text("ab ", min_size=1, max_size=6),
    st.text("ab ", max_size=12),
    st.text("ab ", max_size=12),
)
def test_a_range_taken_back_keeps_its_own_words_or_goes(head: str, words: str, tail: str, other: str) -> None:
    before = head + words + tail
    place = (len(head), len(head) + len(words))
    for after in (other + before, before + other, head + other + words + tail, other):
        for start, end in kept((place,), before, after):
            assert after[start:end] == words


def _rows(names: list[int]) -> list[Row]:
    return [Row(str(name), do=str(name)) for name in names]


@given(st.lists(st.integers(0, 30), unique=True), st.lists(st.integers(0, 30), unique=True), st.integers(0, 30))
def test_no_row_above_the_chosen_one_moves_and_none_comes_twice(old: list[int], new: list[int], selected: int) -> None:
    selected = min(selected, max(0, len(old) - 1))
    made = joined(_rows(old), selected, _rows(new), anchored=True)
    keys = [row.key for row in made]
    assert keys[: selected + 1] == [row.key for row in _rows(old)[: selected + 1]] or not old
    assert len(set(keys)) == len(keys)
    assert {row.key for row in _rows(new)} <= set(keys)
