"""Fusing two lists: no score works against its file."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indexer.rank import SHORT, feedback, fuse, order, recency, zscores

Lists = tuple[NDArray[np.float32], NDArray[np.float32]]

KEYWORD = st.one_of(st.just(0.0), st.floats(0.015625, 30, width=32))
COSINE = st.one_of(st.just(-np.inf), st.floats(-1, 1, width=32))


@st.composite
def two_lists(draw: st.DrawFn, least: int = 1) -> Lists:
    count = draw(st.integers(least, 60))
    keyword = draw(st.lists(KEYWORD, min_size=count, max_size=count))
    meaning = draw(st.lists(COSINE, min_size=count, max_size=count))
    return np.array(keyword, np.float32), np.array(meaning, np.float32)


def places(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """How many are strictly better than each."""
    return np.array([int((scores > one).sum()) for one in scores], np.int64)


@settings(deadline=None, max_examples=120)
@given(two_lists(), st.data())
def test_a_better_keyword_score_never_lowers_its_file(lists: Lists, data: st.DataObject) -> None:
    keyword, meaning = lists
    one = data.draw(st.integers(0, len(keyword) - 1))
    more = keyword.copy()
    more[one] += np.float32(data.draw(st.floats(0.125, 20, width=32)))
    # Crossing from one rule of fusion to the other may move anybody: that is the price of having two.
    assume(_rule(keyword, meaning) == _rule(more, meaning))
    assert _place(fuse(more, meaning), one) <= _place(fuse(keyword, meaning), one)


@settings(deadline=None, max_examples=120)
@given(two_lists(), st.data())
def test_a_nearer_meaning_never_lowers_its_file(lists: Lists, data: st.DataObject) -> None:
    keyword, meaning = lists
    known = np.flatnonzero(np.isfinite(meaning))
    assume(len(known))
    one = data.draw(st.sampled_from(known.tolist()))
    more = meaning.copy()
    more[one] += np.float32(data.draw(st.floats(0.125, 1, width=32)))
    assert _place(fuse(keyword, more), one) <= _place(fuse(keyword, meaning), one)


def _place(scores: NDArray[np.float32], one: int) -> int:
    """How many are clearly better than `one`: equal up to rounding is equal."""
    return int((scores > scores[one] + 1e-4).sum())


def _rule(keyword: NDArray[np.float32], meaning: NDArray[np.float32]) -> str:
    words, vectors = int((keyword > 0).sum()), int(np.isfinite(meaning).sum())
    if not words or not vectors:
        return "one side"
    return "fixed scale" if min(words, vectors) < SHORT else "z-scores"


@given(two_lists())
def test_an_empty_side_leaves_the_order_to_the_other(lists: Lists) -> None:
    keyword, meaning = lists
    nothing = np.full(len(keyword), -np.inf, np.float32)
    assert order(fuse(keyword, nothing)).tolist() == order(keyword).tolist()
    known = np.where(np.isfinite(meaning), meaning, np.float32(0))
    assert order(fuse(np.zeros_like(keyword), known)).tolist() == order(known).tolist()


@given(two_lists())
def test_every_score_is_a_number_and_no_input_changes(lists: Lists) -> None:
    keyword, meaning = lists
    before = keyword.copy(), meaning.copy()
    scores = fuse(keyword, meaning)
    assert scores.shape == keyword.shape
    assert scores.dtype == np.float32
    assert np.isfinite(scores).all()
    np.testing.assert_array_equal(keyword, before[0])
    np.testing.assert_array_equal(meaning, before[1])


@given(two_lists(2))
def test_files_of_equal_evidence_keep_their_order(lists: Lists) -> None:
    keyword, meaning = (np.repeat(side, 2) for side in lists)
    ranked = order(fuse(keyword, meaning)).tolist()
    for pair in range(0, len(keyword), 2):
        assert ranked.index(pair) < ranked.index(pair + 1)


@given(st.lists(st.sampled_from([0.0, 1.0, 2.0]), max_size=40))
def test_order_is_stable(values: list[float]) -> None:
    scores = np.array(values, np.float32)
    assert order(scores).tolist() == sorted(range(len(values)), key=lambda place: (-values[place], place))


def test_more_of_both_wins_over_more_of_one() -> None:
    keyword = np.array([5, 5, 0, *([1] * 20)], np.float32)
    meaning = np.array([0.6, 0.1, 0.6, *([0.1] * 20)], np.float32)
    assert order(fuse(keyword, meaning))[0] == 0
    assert order(fuse(keyword[:4], meaning[:4]))[0] == 0


@settings(max_examples=60)
@given(st.lists(st.floats(-1_000, 1_000, width=32), max_size=50))
def test_z_scores_have_mean_0_and_spread_1_or_are_all_0(values: list[float]) -> None:
    scaled = zscores(np.array(values, np.float32))
    assert np.isfinite(scaled).all()
    if len(scaled) > 2 and np.ptp(np.array(values)) > 1:  # closer ones drown in the rounding of float32
        assert abs(float(scaled.mean())) < 1e-2
        assert abs(float(scaled.std()) - 1) < 1e-2


def test_feedback_moves_towards_the_best_and_keeps_length_1() -> None:
    query = np.array([1, 0, 0], np.float32)
    best = np.array([[0, 1, 0], [0, 0, 1]], np.float32)
    moved = feedback(query, best)
    assert abs(float(np.linalg.norm(moved)) - 1) < 1e-6
    assert moved[0] > moved[1] > moved[2] > 0
    np.testing.assert_array_equal(feedback(query, np.empty((0, 3), np.float32)), query)


def test_newer_files_get_a_little_more_and_the_future_no_more_than_today() -> None:
    bonus = recency(np.array([-500, 0, 90, 36_500, 1e9], np.float32))
    assert bonus[0] == bonus[1]
    assert bonus[1] / 2 == np.float32(bonus[2])
    assert bonus[2] > bonus[3] >= bonus[4] >= 0
    assert bonus[0] <= 0.05
