"""`homespun search`: sentences in, calm words or exact JSON out."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from homespun.errors import Damaged
from tests.desktop.known_index import HOUSE, LEASE, KnownIndex, Said

Homespun = Callable[..., Said]


def typed(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    """Put `text` on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text), encoding="utf-8"))


def test_the_sentence_needs_no_quotes(known: KnownIndex, homespun: Homespun) -> None:
    homespun("search", "the", "lease", "of", "the", "flat")

    assert known.asked == [("the lease of the flat", 20, None)]


def test_without_a_limit_the_setting_decides(known: KnownIndex, homespun: Homespun) -> None:
    homespun("settings", "set", "search.limit", "7")

    homespun("search", "lease")

    assert known.asked == [("lease", 7, None)]


def test_a_word_with_a_minus_is_left_out_without_quotes(known: KnownIndex, homespun: Homespun) -> None:
    homespun("search", "lease", "-draft", "--limit", "3")

    assert known.asked == [("lease -draft", 3, None)]


def test_a_quoted_sentence_may_begin_with_dashes(known: KnownIndex, homespun: Homespun) -> None:
    said = homespun("search", "--help option")

    assert said.code == 0
    assert known.asked == [("--help option", 20, None)]


def test_a_mistyped_option_is_not_searched_for(known: KnownIndex, homespun: Homespun) -> None:
    said = homespun("search", "lease", "--limt", "3")

    assert said.code == 2
    assert "Did you mean --limit?" in said.err
    assert known.asked == []


def test_relative_dates_count_from_the_day_given(known: KnownIndex, homespun: Homespun) -> None:
    homespun("search", "photos from yesterday", "--today", "2026-11-24")

    assert known.asked == [("photos from yesterday", 20, date(2026, 11, 24))]


def test_a_day_that_is_none_is_refused(known: KnownIndex, homespun: Homespun) -> None:
    said = homespun("search", "lease", "--today", "24.11.2026")

    assert said.code == 2
    assert "--today 2026-11-24" in said.err


def test_an_empty_sentence_is_refused_with_an_example(known: KnownIndex, homespun: Homespun) -> None:
    for arguments in (["search"], ["search", " "]):
        said = homespun(*arguments)

        assert said.code == 2
        assert "nothing to search for" in said.err


def test_hits_in_a_pipe_have_number_title_path_kind_date_snippet_and_reasons(
    known: KnownIndex, homespun: Homespun
) -> None:
    said = homespun("search", "lease")

    assert said.out.splitlines() == [
        "  1 Lease of the flat in Mill Road",
        "    /home/ann/Documents/lease-2019.pdf",
        "    PDF · 12 June 2019",
        "    The tenant pays the rent of the flat in advance; this lease ends in May.",
        "    words: lease, flat · means the same",
        "",
        "  2 house.jpg",
        "    /home/ann/Pictures/2019/house.jpg",
        "    picture · 1 July 2019",
        "    name: house",
        "",
        "2 results in 18 ms, on this computer",
    ]


@pytest.mark.parametrize("title", ["", "house", "house.jpg"])
def test_a_file_without_a_title_of_its_own_is_called_by_its_name(
    known: KnownIndex, homespun: Homespun, title: str
) -> None:
    known.hits = (replace(HOUSE, title=title),)

    assert homespun("search", "house").out.splitlines()[0] == "  1 house.jpg"


def test_a_note_that_is_only_its_title_is_not_shown_twice(known: KnownIndex, homespun: Homespun) -> None:
    known.hits = (replace(LEASE, snippet=replace(LEASE.snippet, text=LEASE.title)),)

    assert homespun("search", "lease").out.count(LEASE.title) == 1


def test_quiet_leaves_the_hits_alone(known: KnownIndex, homespun: Homespun) -> None:
    known.understood = {"kinds": ["pdf"]}
    known.partial = True
    known.waiting_text = 5

    said = homespun("search", "lease", "--quiet")

    assert said.out.startswith("  1 Lease")
    assert said.out.endswith("name: house\n")


def test_filters_that_were_understood_are_shown(known: KnownIndex, homespun: Homespun) -> None:
    known.understood = {
        "text": "lease",
        "kinds": ["pdf", "picture"],
        "after": "2019-06-01",
        "before": "2019-09-01",
        "folder": "Downloads",
        "phrases": ["heat pump"],
        "not": ["draft", "old"],
        "size_min": 1_000_000_000,
        "name": "*.docx",
        "ambiguous": ["04/05/06"],
    }

    first, second, *_ = homespun("search", "lease").out.splitlines()

    assert first == (
        "Only PDFs and pictures · June – August 2019 · in Downloads · named *.docx · over 1.0 GB · with “heat pump” · "
        "without “draft” · without “old”"
    )
    assert second.startswith("“04/05/06” was searched as words.")


def test_a_repair_is_said_and_how_to_undo_it(known: KnownIndex, homespun: Homespun) -> None:
    known.repaired = {"laese": "lease"}

    assert homespun("search", "laese").out.splitlines()[0] == (
        'Showing results for “lease” · as you typed it: "laese", in quotes'
    )


def test_hits_outside_the_filters_stand_below_a_line(known: KnownIndex, homespun: Homespun) -> None:
    known.hits = (LEASE, replace(HOUSE, outside=True))

    rows = homespun("search", "lease").out.splitlines()

    assert rows.index("── Without your filters ──") == rows.index("  2 house.jpg") - 2


def test_filters_that_leave_nothing_are_said_to(known: KnownIndex, homespun: Homespun) -> None:
    known.hits = (replace(LEASE, outside=True),)

    assert homespun("search", "lease").out.splitlines()[:3] == [
        "── Nothing within your filters; without them ──",
        "",
        "  1 Lease of the flat in Mill Road",
    ]


def test_nothing_found_says_what_to_try(known: KnownIndex, homespun: Homespun) -> None:
    known.hits = ()

    said = homespun("search", "zebra crossing")

    assert said.code == 0
    assert "Nothing found for “zebra crossing”." in said.out
    assert "other words" in said.out


def test_nothing_found_under_a_filter_names_the_filter_first(known: KnownIndex, homespun: Homespun) -> None:
    known.hits = ()
    known.understood = {"after": "2019-01-01"}

    assert "without the date" in homespun("search", "zebras since 2019").out


@pytest.mark.parametrize(
    ("text", "vectors", "said"),
    [
        (35_520, 0, "12,480 of 48,000 files read; results may be missing. Read the rest: homespun index run"),
        (0, 900, "Found by words so far; meaning is known of a part of your files only. Catch up: homespun index run"),
    ],
)
def test_files_still_waiting_are_mentioned(
    known: KnownIndex, homespun: Homespun, text: int, vectors: int, said: str
) -> None:
    known.partial, known.waiting_text, known.waiting_vectors = True, text, vectors

    assert homespun("search", "lease").out.splitlines()[-1] == said


def test_an_index_without_folders_says_how_to_add_one(known: KnownIndex, homespun: Homespun) -> None:
    known.hits, known.folders = (), ()

    assert "homespun index add FOLDER" in homespun("search", "lease").out


def check_shape(answer: dict[str, Any]) -> None:
    """The JSON that docs/commands.md promises."""
    assert {"query", "understood", "took_ms", "hits", "repaired", "partial"} == set(answer)
    assert isinstance(answer["query"], str)
    assert isinstance(answer["understood"], dict)
    assert isinstance(answer["took_ms"], float)
    for hit in answer["hits"]:
        assert {"path", "title", "kind", "modified", "score", "why", "snippet", "marks", "outside"} == set(hit)
        assert all(isinstance(hit[key], str) for key in ("path", "title", "kind", "modified", "snippet"))
        assert isinstance(hit["score"], float)
        assert all(isinstance(reason, str) for reason in hit["why"])
        assert all(0 <= start < end <= len(hit["snippet"]) for start, end in hit["marks"])


@pytest.mark.parametrize("place", ["before", "after"])
def test_json_has_the_promised_shape_wherever_the_option_stands(
    known: KnownIndex, homespun: Homespun, place: str
) -> None:
    said = homespun(*(["--json", "search", "lease"] if place == "before" else ["search", "lease", "--json"]))

    answer = json.loads(said.out)
    check_shape(answer)
    assert answer["query"] == "lease"
    assert [hit["path"] for hit in answer["hits"]] == [os.fsdecode(LEASE.path), os.fsdecode(HOUSE.path)]
    assert answer["hits"][0]["why"] == ["words: lease, flat", "means the same"]


def test_a_path_that_is_no_text_survives_json(known: KnownIndex, homespun: Homespun) -> None:
    raw = b"/home/ann/caf\xe9 \xff.txt"
    known.hits = (replace(LEASE, path=raw, shown="/home/ann/caf\\xe9 \\xff.txt"),)

    said = homespun("search", "cafe", "--json")

    assert said.out.isascii()
    assert os.fsencode(json.loads(said.out)["hits"][0]["path"]) == raw


def test_each_line_of_standard_input_gets_one_line_of_json(
    known: KnownIndex, homespun: Homespun, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "\ufefflease\n\nKündigung der Wohnung\r\n-\nlast without end".encode())

    said = homespun("search", "-", "--json", "--limit", "1")

    answers = [json.loads(row) for row in said.out.splitlines()]
    for answer in answers:
        check_shape(answer)
    assert [answer["query"] for answer in answers] == ["lease", "", "Kündigung der Wohnung", "-", "last without end"]


def test_a_line_that_is_not_utf8_is_still_answered(
    known: KnownIndex, homespun: Homespun, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, b"caf\xe9\nlease\n")

    said = homespun("search", "-", "--json")

    assert len(said.out.splitlines()) == 2


def test_a_fault_in_the_middle_of_standard_input_is_said_for_that_line_and_ends_with_its_code(
    known: KnownIndex, homespun: Homespun, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, b"lease\nflat\n")
    known.fault = Damaged("The index can't be read.", "Rebuild it.")

    said = homespun("search", "-", "--json")

    assert said.code == 5
    assert json.loads(said.out) == {
        "query": "lease",
        "error": "The index can't be read.",
        "todo": "Rebuild it.",
        "code": 5,
    }
    assert len(known.asked) == 1


def test_standard_input_without_json_prints_each_question_above_its_hits(
    known: KnownIndex, homespun: Homespun, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, b"lease\nhouse\n")

    rows = homespun("search", "-").out.splitlines()

    assert rows[0] == "› lease"
    assert "› house" in rows


def test_a_limit_out_of_range_is_refused(known: KnownIndex, homespun: Homespun) -> None:
    for limit in ("0", "1001", "many"):
        assert homespun("search", "lease", "--limit", limit).code == 2
