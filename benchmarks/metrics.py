"""The scores of a ranking and the summaries of times. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

CUT = 10
"""Places of a ranking that count."""


def ndcg(ranking: Sequence[str], grades: Mapping[str, float], *, cut: int = CUT) -> float:
    """Normalised discounted cumulative gain at `cut` (Järvelin and Kekäläinen 2002), the gain of a document its grade.

    `grades` are all judged documents of the question, also those that were not found. 0 when none is relevant.
    """
    ideal = _dcg(sorted(grades.values(), reverse=True)[:cut])
    return _dcg([grades.get(document, 0.0) for document in ranking[:cut]]) / ideal if ideal else 0.0


def _dcg(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def reciprocal_rank(ranking: Sequence[str], target: str, *, cut: int = CUT) -> float:
    """1 over the place of `target` among the first `cut`; 0 when it is not there."""
    return next((1 / place for place, one in enumerate(ranking[:cut], 1) if one == target), 0.0)


def mean(values: Iterable[float]) -> float:
    """The arithmetic mean; nan of nothing."""
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else math.nan


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed (nearest rank); nan of nothing."""
    numbers = sorted(values)
    return numbers[max(math.ceil(share * len(numbers)), 1) - 1] if numbers else math.nan


def median(values: Iterable[float]) -> float:
    """The middle value, the mean of the two middle ones of an even number; nan of nothing."""
    numbers = sorted(values)
    half = len(numbers) // 2
    if not numbers:
        return math.nan
    return numbers[half] if len(numbers) % 2 else (numbers[half - 1] + numbers[half]) / 2


def recall(found: Sequence[int], exact: Sequence[int]) -> float:
    """The share of `exact` that is in `found`."""
    return len(set(found) & set(exact)) / len(exact) if exact else math.nan
