"""Two lists of scores → one order. Pure: arrays in, arrays out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEANING = 0.5
"""Weight of meaning against keywords: tuned on CACM and known items, checked on Cranfield (`benchmarks search`)."""

RRF_K = 60
SHORT = 10
"""A list shorter than this has no spread to speak of: reciprocal ranks are fused instead of z-scores."""


def zscores(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """`values` shifted to mean 0 and scaled to standard deviation 1; all 0 when they are all the same."""
    spread = float(values.std()) if len(values) else 0.0
    return np.zeros_like(values) if spread < 1e-9 else ((values - values.mean()) / spread).astype(np.float32)


def fuse(keyword: NDArray[np.float32], meaning: NDArray[np.float32], *, weight: float = MEANING) -> NDArray[np.float32]:
    """Fused scores float32 [n] of n contents from their keyword scores (0 = no word) and cosines (-inf = no vector yet).

    Weighted sum of z-scores over the union of both lists (score normalisation as in Lee 1997, "Analyses of multiple
    evidence combination"); reciprocal rank fusion (Cormack 2009) when a side has under `SHORT` entries. A side that is
    empty leaves the order to the other; a content without a vector yet is judged by its words alone.
    """
    has_word, has_vector = keyword > 0, np.isfinite(meaning)
    if not has_vector.any():
        return keyword
    if not has_word.any():
        return np.where(has_vector, meaning, -1).astype(np.float32)
    if has_word.sum() < SHORT or has_vector.sum() < SHORT:
        words = _reciprocal(keyword, has_word)
        side = np.where(has_vector, _reciprocal(meaning, has_vector), words)
        return (((1 - weight) * words + weight * side) * RRF_K).astype(np.float32)
    words = zscores(keyword)
    side = words.copy()
    side[has_vector] = zscores(meaning[has_vector])
    return ((1 - weight) * words + weight * side).astype(np.float32)


def _reciprocal(scores: NDArray[np.float32], counts: NDArray[np.bool_]) -> NDArray[np.float32]:
    """1 / (k + rank) for those that count, equal scores at equal rank; 0 for the others."""
    distinct = np.unique(scores[counts])[::-1]
    result = np.zeros_like(scores)
    result[counts] = 1 / (RRF_K + 1 + np.searchsorted(-distinct, -scores[counts]))
    return result


def order(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Positions, best first; equal scores keep their place."""
    return np.argsort(-scores, kind="stable")


def feedback(query: NDArray[np.float32], best: NDArray[np.float32], *, keep: float = 0.7) -> NDArray[np.float32]:
    """The query vector float32 [d] moved towards the vectors of the best hits, float32 [n, d], best first.

    Rocchio (1971) on dense vectors: `keep` of the old, the rest by reciprocal rank.
    """
    if not len(best):
        return query
    weights = 1 / np.arange(1, len(best) + 1, dtype=np.float32)
    moved: NDArray[np.float32] = keep * query + (1 - keep) * (weights / weights.sum()) @ best
    moved /= max(float(np.linalg.norm(moved)), 1e-9)
    return moved.astype(np.float32)


def recency(ages: NDArray[np.float32], *, half_life: float = 90.0, most: float = 0.05) -> NDArray[np.float32]:
    """A small bonus float32 [n] for new files; `ages` in days, those from the future count as new."""
    return (most * 0.5 ** (np.clip(ages, 0, 36_500) / half_life)).astype(np.float32)
