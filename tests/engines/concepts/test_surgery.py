"""Semantic Surgery's algebra (papers.md §1)."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benchmarks.concepts.encoders import Side
from engines.concepts.coder import Coder
from engines.concepts.surgery import (
    biopsy,
    content_rows,
    cosines,
    operate,
    present,
    sigmoid,
    strength,
    together,
)

STATES = arrays(np.float32, (6, 4), elements=st.floats(-8, 8, width=32))
NAMES = st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=5)


@settings(deadline=None)
@given(STATES, STATES)
def test_a_cosine_lies_between_minus_one_and_one_and_a_zero_row_has_none(states: np.ndarray, other: np.ndarray) -> None:
    other[0] = 0
    found = cosines(states, other)

    assert found[0] == 0
    assert (np.abs(found) <= 1 + 1e-6).all()


@settings(deadline=None)
@given(st.floats(allow_nan=False))
def test_the_sigmoid_stays_within_0_and_1_for_every_number(x: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert 0 <= sigmoid(x) <= 1
    assert sigmoid(x) + sigmoid(-x) == pytest.approx(1)


@settings(deadline=None)
@given(st.floats(-1, 1), st.floats(-1, 1))
def test_strength_is_a_half_at_the_threshold_and_grows_with_the_score(score: float, threshold: float) -> None:
    rho = strength(score, threshold)

    assert rho >= 0.5 if score >= threshold else rho <= 0.5
    assert rho < 0.5 or score > threshold - 1e-9
    assert strength(threshold, threshold) == 0.5
    assert strength(score, math.inf) == 0


def test_the_sign_is_the_one_that_ran_a_score_above_the_published_threshold_fires() -> None:
    assert strength(0.20, 0.12) > 0.5
    assert strength(0.05, 0.12) < 0.5


@settings(deadline=None)
@given(st.dictionaries(st.text("abc", min_size=1), st.floats(0, 1), max_size=6))
def test_the_order_in_which_concepts_are_listed_is_no_matter(strengths: dict[str, float]) -> None:
    backwards = dict(reversed(strengths.items()))

    assert present(strengths) == present(backwards)
    assert all(strengths[name] >= 0.5 for name in present(strengths))


@settings(deadline=None)
@given(NAMES, st.randoms(use_true_random=False))
def test_the_text_of_several_concepts_depends_on_which_they_are_alone(names: list[str], chance: object) -> None:
    shuffled = names * 2
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert together(names) == together(shuffled)
    assert together([names[0]]) == names[0]


@settings(deadline=None)
@given(STATES, STATES, st.floats(0, 1, width=32))
def test_what_is_cut_is_a_multiple_of_the_difference(states: np.ndarray, difference: np.ndarray, rho: float) -> None:
    cut = operate(states, difference, rho)

    assert (cut is states) == (rho == 0)
    np.testing.assert_allclose(states - cut, np.float32(rho) * difference, atol=1e-5)


def test_the_first_row_is_never_touched_by_a_causal_encoder(side: Side) -> None:
    coder = Coder(side.text, side.keys_values, side.widths, side.words)
    states = side.text("a photo of a car")

    cut = operate(states, coder.difference("car"), 0.9)

    assert not coder.difference("car")[0].any()
    np.testing.assert_array_equal(cut[0], states[0])
    assert biopsy(states, coder.difference("car")) <= 23 / 24


def test_the_concept_s_own_text_has_the_cosine_of_its_difference(side: Side) -> None:
    coder = Coder(side.text, side.keys_values, side.widths, side.words)

    whole = biopsy(coder.difference("car"), coder.difference("car"))

    assert whole == pytest.approx(23 / 24, abs=1e-4)  # all rows but the first


@settings(deadline=None)
@given(st.integers(0, 75))
def test_the_robust_biopsy_reads_a_prompt_s_own_rows_and_at_most_eight_of_the_filling(tokens: int) -> None:
    rows = range(77)[content_rows(tokens, 77)]

    assert rows[0] == 1
    assert len(rows) == min(tokens + 8, 76)
