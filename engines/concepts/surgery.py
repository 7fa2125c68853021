"""Semantic Surgery on the prompt's encoding (arXiv 2510.22851): look for a concept, subtract it as strongly as it is there.

With E the prompt's states and D_c = phi(c) - phi(""), the biopsy is the cosine of E and D_c position by position, averaged:
over all positions, as the published thresholds want it (`biopsy`), or over the prompt's own tokens and eight of the
filling, which hardly depends on how long the prompt is (`content_rows`, ours). The paper prints the strength's sign one way
and its thresholds the other; what ran is sigmoid((alpha - theta) / gamma) with theta positive, and so it is here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np

from engines.concepts.coder import Floats

GAMMA = 0.02
"""How sharply strength rises around the threshold (the paper's)."""

TAU = 0.5
"""The strength from which a concept counts as present (the paper's)."""

FILLING = 8
"""Rows of the filling after the prompt's tokens that the length-robust biopsy reads."""

EPSILON = 1e-8


def sigmoid(x: float) -> float:
    """1 / (1 + exp(-x)) for any x, infinities too."""
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    grown = math.exp(x)
    return grown / (1.0 + grown)


def cosines(states: Floats, difference: Floats) -> Floats:
    """The cosine of each row of `states` with the same row of `difference`, both [T, D]; 0 where either is zero. [T]"""
    e, d = states.astype(np.float64), difference.astype(np.float64)
    lengths = np.linalg.norm(e, axis=1) * np.linalg.norm(d, axis=1)
    found: Floats = ((e * d).sum(axis=1) / (lengths + EPSILON)).astype(np.float32)
    return found


def content_rows(tokens: int, rows: int) -> slice:
    """The rows of the length-robust biopsy: a prompt's `tokens` after the start, and the eight that follow them."""
    return slice(1, min(rows, 1 + tokens + FILLING))


def biopsy(states: Floats, difference: Floats, rows: slice = slice(None)) -> float:
    """How present a concept is, -1 to 1: the mean cosine over `rows`. 0 over no rows."""
    found = cosines(states, difference)[rows]
    return float(found.mean(dtype=np.float64)) if len(found) else 0.0


def strength(score: float, threshold: float, gamma: float = GAMMA) -> float:
    """How strongly a concept of this score is subtracted, 0 to 1; a half at the threshold."""
    return sigmoid((score - threshold) / gamma)


def present(strengths: Mapping[str, float], tau: float = TAU) -> tuple[str, ...]:
    """The concepts that count as present, sorted, so that the order in which they were listed is no matter."""
    return tuple(sorted(name for name, rho in strengths.items() if rho >= tau))


def together(concepts: Iterable[str]) -> str:
    """The text that stands for several concepts at once: encodings of concepts don't add up, so they are read together."""
    return ", ".join(sorted(set(concepts)))


def operate(states: Floats, difference: Floats, rho: float) -> Floats:
    """`states` less `rho` times `difference`, float32 [T, D]; the same object when `rho` is 0."""
    if rho == 0:
        return states
    cut: Floats = states - np.float32(rho) * difference
    return cut
