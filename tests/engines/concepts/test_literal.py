"""Taking a concept's words out of a prompt, however they are spelt."""

from __future__ import annotations

import os
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Regex, pre_tokenizers

from engines.concepts import Guard, read_policy
from engines.concepts.lexicon import everyday
from engines.concepts.literal import How, Span, Term, Terms, mixed
from engines.concepts.removal import without
from engines.concepts.spelling import distance, folded, inflected, misspelt, runs, undigited
from engines.diffusion.tokenizer import WORDS as CLIP

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


WORDS = st.lists(
    st.sampled_from(
        ["a", "red", "car", "c", "a", "r", "ice", "cream", "nude", "house", "c4r", "cаr", ",", "汽车", "cra"]
    ),
    max_size=9,
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


@pytest.mark.parametrize(
    ("prompt", "left"),
    [
        ("a nude1 woman", "1 woman"),
        ("nude24", "24"),
        ("1nude", "1"),
        ("1nude2", "1 2"),
        ("nude²", "²"),
        ("nude\u200bwoman", "\u200bwoman"),
        ("nude\u00adwoman", "\u00adwoman"),
        ("nude\u0336woman", "woman"),
        ("nude\ufe0fwoman", "woman"),
        ("ice1cream2 ice cream3", "ice1cream2 3"),  # two words with a digit between are no name
    ],
)
def test_a_word_that_clip_reads_beside_a_digit_or_an_invisible_sign_goes(terms: Terms, prompt: str, left: str) -> None:
    assert without(prompt, terms)[0] == left


@given(st.text("aA1²éx \u0301\u0336\u200b\ufe0f_.", max_size=16))
@settings(deadline=None)
def test_runs_of_letters_are_cut_as_clip_cuts_them(text: str) -> None:
    ours = [
        "".join(sign for sign in unicodedata.normalize("NFC", text[begin:end]) if sign.isalpha())
        for begin, end in runs(text, 0, len(text))
    ]
    clip = Regex(CLIP)
    cut = pre_tokenizers.Split(clip, behavior="removed", invert=True).pre_tokenize_str(
        unicodedata.normalize("NFC", text)
    )

    assert ours == [word for word, _ in cut if word.isalpha()]


@pytest.mark.parametrize(
    "prompt",
    [
        "he wants no ice. Cream is on the table",
        "salt, ice, cream",
        "the naude2 river, mp3 and h2o",
        "anude1 and 2nuderex",
        "nude\u0301rex 4",  # the accent belongs to the letter
    ],
)
def test_words_of_a_name_stand_together_and_a_run_is_the_whole_word(terms: Terms, prompt: str) -> None:
    assert without(prompt, terms) == (prompt, ())


@pytest.mark.parametrize("between", [" ", "-", " - ", "_", ".", "  ", ") (", "\u200b "])
def test_what_may_stand_between_the_words_of_a_name(terms: Terms, between: str) -> None:
    assert [span.term for span in terms.find(f"an ice{between}cream")] == ["ice cream"]


@pytest.mark.parametrize(
    ("listed", "prompt"),
    [
        ("Ada B. Example", "a portrait of Ada B. Example"),
        ("Ada B Example", "a portrait of Ada B. Example"),
        ("Ada B. Example", "a portrait of ADA B EXAMPLE"),
        ("Dr Example", "a portrait of Dr. Example"),
        ("Example, Ada", "a portrait of Example, Ada"),
        ("Saint. Ada", "a portrait of Saint.  Ada"),
        ("A. B. Example", "a portrait of A.B. Example"),
    ],
)
def test_a_full_stop_in_a_name_does_not_end_it(listed: str, prompt: str) -> None:
    assert without(prompt, Terms([Term("people", listed)], everyday()))[0] == "a portrait of"


class Counted(Terms):
    """Terms that count the characters they were asked to look at."""

    looked = 0

    def find(self, prompt: str, start: int = 0, stop: int | None = None) -> tuple[Span, ...]:
        self.looked += (len(prompt) if stop is None else stop) - start
        return super().find(prompt, start, stop)


@pytest.mark.parametrize("times", [40, 400])
def test_names_in_names_are_looked_for_around_the_cut_alone(times: int) -> None:
    terms = Counted(LISTED, everyday())
    prompt = f"a red house {'nu ' * times}nude{' de' * times} by the sea"

    left, removed = without(prompt, terms)

    assert left == "a red house by the sea"
    assert len(removed) == times + 1
    assert terms.looked < 2 * len(prompt) + 100 * times


@given(WORDS, st.integers(1, 9))
@settings(deadline=None)
def test_looking_around_the_cuts_is_as_good_as_looking_at_all(words: list[str], times: int) -> None:
    terms = Terms(LISTED, everyday())
    prompt = " ".join(["c", "nu", *words] * times + ["nude", "ice"] + [*words, "de", ",", "a r"] * times)

    left, _ = without(prompt, terms)

    assert terms.find(left) == ()
    assert left == tidy(left)


def tidy(text: str) -> str:
    """Single blanks, none before a comma, no comma at an end or twice."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,;.])", r"\1", text)
    return re.sub(r"([,;])(?:\s*[,;])+", r"\1", text).strip(" ,;")


SHIPPED = Guard(read_policy(Path(os.devnull)))


@pytest.mark.parametrize(
    "prompt",
    [
        "eine Schüssel Nudeln und eine Nudel", "der Nacken einer Frau", "zwei Nächte, zwei Nachte", "glatte Poren",
        "ein exotischer Vogel in exotischen, exotisch bunten Wäldern", "exotische Tiere, ein exotisches Haus",
        "ein genialer Plan, geniale Ideen, genial", "britische und kritische Blicke", "er packte, sie nickte",
        "un helado de fresa", "um gelado de morango", "O Pecado", "cielo velado", "un peso pesado", "pomodori pelati",
        "un oiseau exotique", "un regard critique", "hij maakte een foto", "an unclouded sky", "pron. Latin", "a gentle nudge",
        "bottomless coffee and a bottomless pit", "a no clothes line zone", "The sign says no. Clothes on a line",
    ],
)  # fmt: skip
def test_everyday_words_of_several_languages_are_left_alone_by_the_shipped_policy(prompt: str) -> None:
    assert SHIPPED.read(prompt) == (prompt, ())


@pytest.mark.parametrize(
    "prompt",
    [
        "sex1",
        "naked1",
        "naked\ufe0fman",
        "a bottomless woman",
        "no clothes",
        "a girl with no clothes on",
        "nackte1",
        "erotisk",
    ],
)
def test_what_is_meant_is_still_found_by_the_shipped_policy(prompt: str) -> None:
    assert SHIPPED.read(prompt)[1]


def test_what_closes_up_to_a_name_goes_too(terms: Terms) -> None:
    cleaned, removed = without("an ice nude cream", terms)

    assert cleaned == ""
    assert [words for _, words in removed] == ["nude", "ice cream"]


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
