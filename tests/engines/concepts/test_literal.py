"""Taking a concept's words out of a prompt, however they are spelt."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.concepts.lexicon import everyday
from engines.concepts.literal import How, Term, Terms, mixed, without
from engines.concepts.spelling import distance, folded, inflected, misspelt, undigited

LISTED = (
    Term("car", "car"),
    Term("car", "automobile", How.SYNONYM),
    Term("car", "voiture", How.LANGUAGE),
    Term("car", "машина", How.LANGUAGE),
    Term("car", "汽车", How.LANGUAGE),
    Term("sweets", "ice cream"),
    Term("sweets", "nude"),
    Term("ann", "Ann Example-Smith"),
)


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms(LISTED, everyday())


@pytest.mark.parametrize(
    ("prompt", "left", "how"),
    [
        ("a photo of a car", "a photo of", "named"),
        ("A CAR, on the road", "on the road", "named"),
        ("two cars and a house", "two and a house", "named"),
        ("the car's wheel", "wheel", "named"),
        ("an automobile", "", "synonym"),
        ("une voiture rouge", "une rouge", "other language"),
        ("красная машина", "красная", "other language"),
        ("一辆红色的汽车在路上", "一辆红色的 在路上", "other language"),
        ("a cаr in the sun", "in the sun", "look-alike letters"),  # a Cyrillic а
        ("a ｃａｒ in the sun", "in the sun", "look-alike letters"),
        ("a c\u200bar in the sun", "in the sun", "look-alike letters"),
        ("an aut0m0b1le", "", "digits or signs for letters"),
        ("a c@r in the sun", "in the sun", "digits or signs for letters"),
        ("a c a r in the sun", "in the sun", "letters set apart or run together"),
        ("a c.a.r in the sun", "in the sun", "letters set apart or run together"),
        ("a c-a-r in the sun", "in the sun", "letters set apart or run together"),
        ("an auto mob ile", "", "letters set apart or run together"),
        ("an icecream in the sun", "in the sun", "letters set apart or run together"),
        ("an automobil in the sun", "in the sun", "misspelt"),
        ("an automoblie in the sun", "in the sun", "misspelt"),
        ("two ice creams, melting", "two, melting", "named"),
        ("ann example-smith at home", "at home", "named"),
    ],
)
def test_a_listed_concept_goes_however_it_is_written(terms: Terms, prompt: str, left: str, how: str) -> None:
    cleaned, removed = without(prompt, terms)

    assert cleaned == left
    assert {str(span.how) for span, _ in removed} == {how}


@pytest.mark.parametrize(
    "prompt",
    [
        "a carpet in a cart",  # inside another word
        "a card, a cat and a scar",
        "the dude made a node",  # one letter from a listed word, and words themselves
        "cream on ice",
        "ann smith",
        "taken c at a time",
        "the numbers n are",
        "4 apples for 5$ in 2024",
        "a b c",
        "",
        "   ",
        "ein Haus am See, 一座房子",
    ],
)
def test_what_is_not_listed_stays_and_is_the_same_string(terms: Terms, prompt: str) -> None:
    cleaned, removed = without(prompt, terms)

    assert cleaned is prompt
    assert removed == ()


def test_what_closes_up_to_a_name_goes_too(terms: Terms) -> None:
    cleaned, removed = without("an ice nude cream", terms)

    assert cleaned == ""
    assert [words for _, words in removed] == ["nude", "ice cream"]


WORDS = st.lists(
    st.sampled_from(
        ["a", "red", "car", "c", "a", "r", "ice", "cream", "nude", "house", "c4r", "cаr", ",", "汽车", "cra"]
    ),
    max_size=9,
)


@given(WORDS)
@settings(deadline=None)
def test_taking_words_out_again_finds_nothing(words: list[str]) -> None:
    terms = Terms(LISTED, everyday())

    once, _ = without(" ".join(words), terms)

    assert without(once, terms) == (once, ())


@given(st.text(max_size=40))
@settings(deadline=None)
def test_any_text_is_read(text: str) -> None:
    terms = Terms(LISTED, everyday())

    cleaned, removed = without(text, terms)

    assert (cleaned is text) == (not removed)
    spans = terms.find(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(st.sampled_from(["", "a house and ", "rain, "]), st.sampled_from(["", " by the sea", ", at night"]))
@settings(deadline=None)
def test_where_a_word_stands_is_no_matter(before: str, after: str) -> None:
    terms = Terms(LISTED, everyday())

    cleaned, _ = without(f"{before}car{after}", terms)

    assert cleaned == f"{before}{after}".replace("and  by", "and by").replace(",  by", ", by").replace(
        "and ,", "and,"
    ).replace(", ,", ",").strip(" ,")


@given(st.integers(0, 2**32 - 1), st.floats(0, 1))
@settings(deadline=None)
def test_a_mixture_is_exact_at_both_ends_and_lies_between(seed: int, rho: float) -> None:
    one, other = np.random.default_rng(seed).standard_normal((2, 5, 3)).astype(np.float32)

    assert mixed(one, other, 0) is one
    assert mixed(one, other, 1) is other
    between = mixed(one, other, rho)
    assert (between <= np.maximum(one, other) + 1e-5).all()
    assert (between >= np.minimum(one, other) - 1e-5).all()


LETTERS = st.text("abc", max_size=6)


def plainly(one: str, other: str) -> int:
    """Optimal string alignment by its definition."""
    if not one or not other:
        return len(one) + len(other)
    least = min(
        plainly(one[:-1], other) + 1,
        plainly(one, other[:-1]) + 1,
        plainly(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    )
    if len(one) > 1 and len(other) > 1 and one[-1] == other[-2] and one[-2] == other[-1]:
        least = min(least, plainly(one[:-2], other[:-2]) + 1)
    return least


@given(st.text("abc", max_size=4), st.text("abc", max_size=4))
@settings(deadline=None)
def test_the_distance_is_the_smallest_number_of_slips(one: str, other: str) -> None:
    assert distance(one, other, 9) == plainly(one, other)
    assert distance(one, other, 1) == min(plainly(one, other), 2)


@pytest.mark.parametrize(
    ("word", "meant", "is_it"),
    [("nakd", "naked", True), ("nkaed", "naked", True), ("naked", "naked", False), ("nkde", "naked", False),
     ("node", "nude", False), ("nudde", "nude", True), ("nuuude", "nude", True), ("elephnt", "elephant", True), ("elefant", "elephant", True), ("car", "cat", False)],
)  # fmt: skip
def test_a_slip_is_one_letter_and_two_in_a_long_word(word: str, meant: str, is_it: bool) -> None:
    assert misspelt(word, meant) == is_it


def test_look_alikes_fold_to_what_they_look_like() -> None:
    assert folded("Naїve Ｃａｒ сар ñ łódź") == "naive car cap n lodz"
    assert "car" in undigited("c4r")
    assert list(undigited("2024")) == []
    assert inflected("body") == ("body", "bodys", "bodies")
