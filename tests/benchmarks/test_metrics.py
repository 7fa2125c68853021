"""The scores against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from benchmarks.metrics import mean, median, ndcg, percentile, recall, reciprocal_rank

GRADES = {"a": 4.0, "b": 2.0, "c": 1.0, "d": 0.0}


def test_a_perfect_ranking_scores_one() -> None:
    assert ndcg(["a", "b", "c", "d"], GRADES) == pytest.approx(1)


def test_gain_is_the_grade_and_the_discount_is_log2_of_the_place_plus_one() -> None:
    gained = 2 / math.log2(2) + 0 / math.log2(3) + 4 / math.log2(4)  # b, then an unjudged one, then a
    ideal = 4 / math.log2(2) + 2 / math.log2(3) + 1 / math.log2(4)
    assert ndcg(["b", "x", "a"], GRADES) == pytest.approx(gained / ideal)
    assert ndcg(["b", "x", "a"], GRADES) == pytest.approx(4 / 5.76186, abs=1e-5)


def test_places_beyond_the_cut_do_not_count_in_the_ranking_nor_in_the_ideal() -> None:
    assert ndcg(["x", "a"], GRADES, cut=1) == 0
    assert ndcg(["a"], GRADES, cut=1) == pytest.approx(1)


def test_a_question_without_a_relevant_document_scores_nothing() -> None:
    assert ndcg(["a"], {"a": 0.0}) == 0


@pytest.mark.parametrize(("ranking", "score"), [(["t"], 1), (["x", "y", "t"], 1 / 3), (["x"] * 10 + ["t"], 0), ([], 0)])
def test_the_reciprocal_rank_is_one_over_the_place_within_ten(ranking: list[str], score: float) -> None:
    assert reciprocal_rank(ranking, "t") == pytest.approx(score)


def test_a_percentile_is_a_value_that_was_measured() -> None:
    values = list(range(1, 201))
    assert percentile(values, 0.5) == 100
    assert percentile(values, 0.99) == 198
    assert percentile([7], 0.99) == 7
    assert math.isnan(percentile([], 0.5))


def test_a_median_is_the_middle_or_between_the_middle_two() -> None:
    assert median([9, 1, 5]) == 5
    assert median([4, 1, 2, 9]) == 3
    assert math.isnan(median([]))


def test_a_mean_of_nothing_is_no_number() -> None:
    assert mean([1, 2, 6]) == 3
    assert math.isnan(mean([]))


def test_recall_is_the_share_of_the_exact_ones_that_were_found_in_any_order() -> None:
    assert recall([3, 1, 9], [1, 2, 3, 4]) == pytest.approx(0.5)
