"""The second look: make the picture, let a detector see it, and make it once more if it shows what it should not.

The paper's explicit-content figure of 1 in I2P is with such a look, and 47 without (`papers.md` §1): no detector ships with
Homespun, so 47 is the one to quote. Any callable that scores concepts in pixels will do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engines.concepts.findings import Guarded
from engines.concepts.policy import Policy

Detector = Callable[[NDArray[np.float32]], Mapping[str, float]]
"""Pixels float32 [H, W, 3] in 0 to 1 → how sure it is of each concept, by the concept's name, 0 to 1."""

P = TypeVar("P")


def seen(policy: Policy, pixels: NDArray[np.float32], detector: Detector) -> dict[str, float]:
    """The concepts of `policy` that the detector sees surely enough, with its score."""
    scores = detector(pixels)
    return {
        concept.name: float(scores[concept.name])
        for concept in policy.active
        if scores.get(concept.name, 0.0) >= concept.seen_from
    }


def with_second_look(
    policy: Policy,
    apply: Callable[[Mapping[str, float] | None], Guarded],
    draw: Callable[[Guarded], P],
    pixels: Callable[[P], NDArray[np.float32]],
    detector: Detector | None,
) -> tuple[P, Guarded]:
    """The picture, and what the network was told for it: drawn once, or twice where the detector sees a concept.

    `apply` is `Guard.apply` with everything but `seen` given; the second time it begins again from the prompt's own
    encoding, never from one that was cut. `draw` has to begin from the same seed each time. At most two pictures.
    """
    guarded = apply(None)
    drawn = draw(guarded)
    if detector is None or policy.second_look <= 0:
        return drawn, guarded
    shown = seen(policy, pixels(drawn), detector)
    if not shown:
        return drawn, guarded
    guarded = apply(shown)
    return draw(guarded), guarded
