"""Typo repair: only words that the index doesn't know, only into words that it does."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.repair import LONGEST, SHORTEST, repair

KNOWN = {"penguin": 7, "deposit": 4, "deposits": 1, "harbour": 3, "größe": 2, "летать": 5, "lantern": 1, "pattern": 9}


class KnownWords:
    """An index that holds `KNOWN`, and its stems as they stand."""

    def occurs(self, word: str) -> bool:
        return word in KNOWN

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        return {word: KNOWN[word] for word in words if word in KNOWN}


WORDS = KnownWords()


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.text(max_size=12), st.sampled_from(sorted(KNOWN))), max_size=6), st.sampled_from([3, 10_000])
)
def test_only_unknown_words_change_and_only_into_known_ones(words: list[str], files: int) -> None:
    for word, other in repair(words, WORDS, files).items():
        assert word in words
        assert word not in KNOWN
        assert other in KNOWN
        assert len(word) >= SHORTEST
        assert abs(len(word) - len(other)) <= 1


@given(st.sampled_from([word for word, count in KNOWN.items() if count >= 3]), st.randoms(use_true_random=False))
def test_one_slip_of_the_finger_is_repaired(word: str, chance: random.Random) -> None:
    at = chance.randrange(1, len(word) - 1)
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + "e" + word[at:],
    ]
    for slip in slips:
        if slip not in KNOWN and len(slip) >= SHORTEST:
            assert repair([slip], WORDS, 10_000) == {slip: word}


def test_the_more_frequent_candidate_wins() -> None:
    assert repair(["xattern"], WORDS, 3) == {"xattern": "pattern"}
    assert repair(["laattern"], WORDS, 3) == {}


def test_a_large_index_offers_no_word_that_hardly_occurs() -> None:
    assert repair(["lanterm"], WORDS, 10_000) == {}
    assert repair(["lanterm"], WORDS, 100) == {"lanterm": "lantern"}


@pytest.mark.parametrize("word", ["pengu", "lan", "peng1in", "abc", "", "größ", "pen-guin"])
def test_short_words_and_words_with_figures_or_signs_are_left_alone(word: str) -> None:
    assert repair([word], WORDS, 3) == {}


@pytest.mark.parametrize(("slip", "word"), [("größwe", "größe"), ("летат", "летать"), ("леать", "летать")])
def test_words_of_other_alphabets_are_repaired(slip: str, word: str) -> None:
    assert repair([slip], WORDS, 3) == {slip: word}


def test_a_pasted_endless_word_costs_nothing() -> None:
    started = time.process_time()
    assert repair(["x" * 20_000, "y" * (LONGEST + 1)], WORDS, 3) == {}
    assert time.process_time() - started < 0.1
