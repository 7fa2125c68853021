"""Texts cut into passages, segments and words: nothing is lost, whatever the text."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.passages import CHARS, OVERLAP, WORDS, spans, spread
from indexer.snippets import plain
from indexer.store.contents import SEGMENT, segments, vocabulary

ANY_TEXT = st.text(alphabet=st.characters(), max_size=400)
LONG_TEXT = st.lists(
    st.one_of(
        st.text(alphabet="abcdefgh", min_size=1, max_size=12),
        st.text(alphabet="日本語한국어", min_size=1, max_size=30),
        st.text(alphabet="x", min_size=1, max_size=4_000),
        st.sampled_from(["a\u0301" * 40, "\u202eabc", "\ud800", "word,"]),
    ),
    max_size=700,
).map(" ".join)


@settings(deadline=None)
@given(st.one_of(ANY_TEXT, LONG_TEXT))
@example("")
@example(" \n\t ")
@example("x" * 10_000)
@example("\u0301" * 20_000)
@example(f"short {'x' * 3_000} short")
def test_passages_cover_every_word_in_order_and_stay_small(text: str) -> None:
    cuts = spans(text)
    assert all(0 <= start < stop <= len(text) for start, stop in cuts)
    assert [start for start, _ in cuts] == sorted({start for start, _ in cuts})
    assert all(stop - start <= CHARS for start, stop in cuts)
    assert all(len(text[start:stop].split()) <= WORDS for start, stop in cuts)
    covered = bytearray(len(text))
    for start, stop in cuts:
        covered[start:stop] = b"\1" * (stop - start)
    left = {character for at, character in enumerate(text) if not covered[at]}
    assert all(character.isspace() or character < " " or character == "\u200b" for character in left)
    if any(character.isalnum() for character in text):
        assert cuts


@settings(max_examples=40)
@given(st.integers(WORDS + 1, 900), st.randoms(use_true_random=False))
def test_neighbouring_passages_share_words_and_cut_none(count: int, chance: random.Random) -> None:
    text = " ".join(chance.choice(("a", "word", "of", "letters")) for _ in range(count))
    cuts = spans(text)
    for (start, stop), (following, _) in pairwise(cuts):
        assert len(text[following:stop].split()) == OVERLAP
        assert start < following < stop
    assert all(text[start - 1 : start] in ("", " ") and text[stop : stop + 1] in ("", " ") for start, stop in cuts)


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "ab " * 350_000, "é" * 1_000_000, "e\u0301" * 500_000, "日本" * 500_000, "\n" * 1_000_000],
    ids=["one word", "short words", "not ASCII", "marks", "Chinese", "blank"],
)  # fmt: skip
def test_a_megabyte_is_cut_in_well_under_a_second(text: str) -> None:
    started = time.process_time()
    cuts = spans(text)
    assert time.process_time() - started < 1
    assert all(stop - start <= CHARS for start, stop in cuts)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 3 * SEGMENT), st.sampled_from(["ab ", "x", "日", "one two three "]))
def test_segments_are_the_text_and_few_enough_for_a_row_id(length: int, unit: str) -> None:
    text = (unit * (length // len(unit) + 1))[:length]
    parts = list(segments(text))
    assert "".join(parts) == text
    assert all(len(part) <= SEGMENT for part in parts)
    assert len(parts) >= 1
    assert len(list(segments("x y" * 700_000))) < 256


@given(ANY_TEXT)
def test_spreading_changes_nothing_but_spaces(text: str) -> None:
    assert spread(text).replace(" ", "") == text.replace(" ", "")


@given(ANY_TEXT)
def test_the_vocabulary_holds_small_words_of_letters_alone(text: str) -> None:
    for word in vocabulary(text):
        assert 2 < len(word) <= 40
        assert word.isalpha()
        assert word in plain(text).lower()
