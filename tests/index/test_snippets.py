"""Snippets of any text: short, on one line, harmless, with marks that lie inside."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.snippets import WIDTH, densest, matched, one_line, plain, root_of, snippet, words_to_find

ANY_TEXT = st.text(alphabet=st.characters(), max_size=600)
WORDS = st.lists(st.text(alphabet="abcdeé日1İ", min_size=1, max_size=8), max_size=4)
MOVERS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@settings(deadline=None)
@given(ANY_TEXT, WORDS, st.lists(ANY_TEXT.filter(bool), max_size=2))
@example("", [], [])
@example("\u0301" * 20_000, ["abc"], [])
@example("\u202eevil\u202c", ["evil"], [])
@example("\ud800 word \udfff", ["word"], ["\ud800"])
@example("İstanbul'da", ["istanbul"], [])
@example("a b", ["a"], [" "])
def test_a_snippet_of_any_text_is_harmless_and_its_marks_lie_inside(
    text: str, words: list[str], phrases: list[str]
) -> None:
    made = snippet(words_to_find(words, phrases), text)
    assert len(made.text) <= WIDTH + 4
    for character in made.text:
        assert unicodedata.category(character) not in ("Cc", "Zl", "Zp"), hex(ord(character))
        assert character not in MOVERS
    before = 0
    for start, stop in made.marks:
        assert before <= start < stop <= len(made.text)
        before = stop


@given(ANY_TEXT)
def test_one_line_is_one_line_and_stable(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line
    assert line == line.strip()


@given(ANY_TEXT)
def test_plain_text_is_as_long_as_the_text(text: str) -> None:
    assert len(plain(text)) == len(text)


@settings(deadline=None)
@given(
    st.text(alphabet="abc \n", max_size=2_000),
    st.text(alphabet="xyz", min_size=4, max_size=9),
    st.text(alphabet="abc \n", max_size=2_000),
)
def test_a_word_that_the_text_holds_is_shown_and_marked(before: str, word: str, after: str) -> None:
    made = snippet(words_to_find([word]), f"{before} {word} {after}")
    assert word in [made.text[start:stop] for start, stop in made.marks]
    assert matched(words_to_find([word]), f"{before} {word} {after}") == [word]


def test_the_place_where_most_words_stand_together_is_shown() -> None:
    text = "lease " + "filler " * 200 + "the lease of the flat with its deposit " + "filler " * 200 + "deposit"
    found = words_to_find(["lease", "flat", "deposit"])
    start, count = densest(found, text)
    assert count == 3
    assert text[start:].startswith("lease of the flat")
    assert "lease of the flat with its deposit" in snippet(found, text).text
    assert densest(words_to_find([]), text) == (0, 0)


@pytest.mark.parametrize(
    ("query", "word"),
    [("running", "runner"), ("leases", "lease"), ("rented", "renting"), ("zurich", "Zürich"), ("cafe", "Café"), ("house", "HOUSES")],
)  # fmt: skip
def test_a_word_of_the_same_stem_or_with_accents_is_marked(query: str, word: str) -> None:
    made = snippet(words_to_find([query]), f"Some {word} here")
    assert [made.text[start:stop] for start, stop in made.marks] == [word]
    assert matched(words_to_find([query]), f"Some {word} here") == [query]


@pytest.mark.parametrize("word", ["cat", "art", "rent"])
def test_a_word_inside_another_is_not_marked(word: str) -> None:
    assert snippet(words_to_find([word]), f"pre{word}ing").marks == ()


def test_phrases_are_marked_over_line_ends_and_whatever_their_case() -> None:
    made = snippet(words_to_find([], ["Café au lait"]), "two CAFÉ au\n  lait please")
    assert [made.text[start:stop] for start, stop in made.marks] == ["CAFÉ au lait"]


@pytest.mark.parametrize("word", ["running", "a", "", "ings", "日本", "x" * 100])
def test_a_root_is_a_beginning_of_its_word(word: str) -> None:
    assert word.startswith(root_of(word))
    assert root_of(word) or not word


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "lease " * 170_000, "é" * 1_000_000, "\u0301" * 20_000, "a\u0301" * 500_000, "\u202e" * 500_000, " " * 1_000_000],
    ids=["one word", "all hits", "not ASCII", "marks", "letters with marks", "directions", "blank"],
)  # fmt: skip
def test_a_megabyte_on_one_line_takes_no_second(text: str) -> None:
    started = time.process_time()
    made = snippet(words_to_find(["lease", "flat"], ["the flat"]), text)
    assert time.process_time() - started < 1.5
    assert len(made.text) <= WIDTH + 4
