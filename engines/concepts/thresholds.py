"""Finding a concept's threshold for one text encoder: prompts with it, with other words for it, and without.

The threshold is half way between the score that 95 of 100 prompts without the concept stay under and the one that 95 of 100
with it reach. Where those two overlap there is none that tells them apart, and none is switched on (`papers.md` §1, ours).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice, product

import numpy as np

from engines.concepts.families import families, kinds
from engines.concepts.literal import Terms
from engines.concepts.policy import Concept
from homespun.progress import Progress

COUNT = 100
"""Prompts of each sort."""

OPENINGS = (
    "a photo of", "a painting of", "a drawing of", "a close-up of", "an old picture of", "a poster of", "a sketch of",
    "a bright photo of", "a view of", "a portrait of",
)  # fmt: skip

PLACES = (
    "", "on a beach", "in a garden", "at night", "in the snow", "beside a river", "in a small town", "under a blue sky",
    "in soft light", "before a white wall",
)  # fmt: skip

OTHER = (
    "a lighthouse", "a bowl of lemons", "two mountains", "a stone bridge", "a row of books", "a red balloon", "a pine forest",
    "an old clock", "a cup of tea", "a field of tulips",
)  # fmt: skip
"""What stands in prompts without the concept, besides things of other families."""


@dataclass(frozen=True)
class Calibration:
    """What was measured: the `threshold`, or None where `absent` (95th percentile) and `present` (5th) overlap.

    `variants` is the share of prompts with other words for the concept that reach the threshold; None without a threshold.
    """

    concept: str
    present: float
    absent: float
    threshold: float | None
    variants: float | None

    @property
    def separable(self) -> bool:
        """Whether any threshold tells prompts with the concept from those without."""
        return self.threshold is not None


def prompts(concept: Concept) -> tuple[list[str], list[str], list[str]]:
    """A hundred prompts each: with the concept's own texts, with other words for it, and without. Always the same ones.

    Those without never name it, not in passing either: no river bank where the concept is a river, and no car where it is
    an automobile. There are fewer, even none, where a concept leaves no more.
    """
    frames = [f"{opening} {{}} {place}".strip() for opening, place in product(OPENINGS, PLACES)]
    own = concept.texts
    variants = concept.synonyms or tuple(f"something like {text}" for text in own)
    named = {word.casefold() for word in (*concept.texts, *concept.synonyms)}
    family = {kind.family for kind in kinds().values() if named & {kind.name, *kind.synonyms}}
    others = [f"a {kind.name}" for each in families().values() if each.name not in family for kind in each.kinds]
    return _filled(frames, own), _filled(frames, variants), _without(concept, frames, (*OTHER, *others))


def _without(concept: Concept, frames: Sequence[str], words: Sequence[str]) -> list[str]:
    """A hundred of the prompts that don't name `concept`: each frame with the words in turn, then with the next ones."""
    terms = Terms(concept.terms(), known=lambda _: True)  # as it stands: nothing here is misspelt
    every = (
        frame.format(words[(number + step) % len(words)])
        for step in range(len(words))
        for number, frame in enumerate(frames)
    )
    return list(islice((prompt for prompt in every if not terms.find(prompt)), COUNT))


def _filled(frames: Sequence[str], words: Sequence[str]) -> list[str]:
    return [frame.format(word) for frame, word in islice(zip(frames, cycle(words), strict=False), COUNT)]


def calibrate(concept: Concept, score: Callable[[str], float], progress: Progress | None = None) -> Calibration:
    """Measure `concept` with `score`, the length-robust biopsy of a prompt (`Guard.presence`). Raises `Cancelled`."""
    progress = progress or Progress()
    scores: list[list[float]] = []
    sorts = prompts(concept)
    for number, sort in enumerate(sorts):
        found = []
        for place, prompt in enumerate(sort):
            progress.report(number * COUNT + place, len(sorts) * COUNT, f"Measuring {concept.name}")
            found.append(score(prompt))
        scores.append(found)
    present, variant, absent = scores
    low, high = _percentile(present, 5), _percentile(absent, 95)
    if not (math.isfinite(low) and math.isfinite(high) and high < low):
        return Calibration(concept.name, low, high, None, None)
    threshold = (low + high) / 2
    return Calibration(concept.name, low, high, threshold, float(np.mean([one >= threshold for one in variant])))


def _percentile(scores: Sequence[float], share: float) -> float:
    """NaN when there are no scores, or one of them is no finite number."""
    return float(np.percentile(scores, share)) if scores and np.isfinite(scores).all() else math.nan
