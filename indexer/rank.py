"""Two lists of scores → one order. Pure: arrays in, arrays out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEANING = 0.5
"""Weight of meaning against keywords: tuned on CACM and known items, checked on Cranfield (`benchmarks search`)."""

SHORT = 10
"""A list shorter than this has no spread to speak of: scores are then fused on a fixed scale instead of z-scores."""

SHARE = 0.3
FULL = 6.0
"""On that scale keywords have `SHARE`, and a BM25 score of `FULL` times the root of the number of words counts as 1. On
CACM, Cranfield and known items it does as well as z-scores, and unlike reciprocal ranks (search.md's choice) it lets a
common word in three files of thirty weigh little."""


def zscores(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """`values` shifted to mean 0 and scaled to standard deviation 1; all 0 when they are all the same."""
    spread = float(values.std()) if len(values) else 0.0
    return np.zeros_like(values) if spread < 1e-9 else ((values - values.mean()) / spread).astype(np.float32)


def fuse(
    keyword: NDArray[np.float32], meaning: NDArray[np.float32], *, words: int = 4, weight: float = MEANING
) -> NDArray[np.float32]:
    """Fused scores float32 [n] of n contents from their keyword scores (0 = no word) and cosines (-inf = no vector yet).

    Weighted sum of z-scores over the union of both lists (score normalisation as in Lee 1997, "Analyses of multiple
    evidence combination"), or of scores on a fixed scale when a side has under `SHORT` entries; `words` is the number of
    words asked for. A side that is empty leaves the order to the other; a content without a vector yet is judged by its
    words alone.
    """
    has_word, has_vector = keyword > 0, np.isfinite(meaning)
    if not has_vector.any():
        return keyword
    if not has_word.any():
        return np.where(has_vector, meaning, -1).astype(np.float32)
    if has_word.sum() < SHORT or has_vector.sum() < SHORT:
        said = keyword / np.float32(FULL * max(words, 1) ** 0.5)
        meant = np.where(has_vector, meaning, said)
        return (SHARE * said + (1 - SHARE) * meant).astype(np.float32)
    said = zscores(keyword)
    meant = said.copy()
    meant[has_vector] = zscores(meaning[has_vector])
    return ((1 - weight) * said + weight * meant).astype(np.float32)


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
