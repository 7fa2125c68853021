"""What the guard found and did, in a form that can be told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class Stage(StrEnum):
    """Which part of the guard acted."""

    NONE = "none"
    """Looked, and left everything as it is."""

    WORDS = "words"
    """The words were taken out of the prompt."""

    SURGERY = "surgery"
    """The concept's direction was subtracted from the prompt's encoding."""

    CLOSED_FORM = "closed form"
    """Keys and values were led to the guide."""

    VALUES = "values"
    """The concept's direction was taken out of the values."""


@dataclass(frozen=True)
class Finding:
    """A concept, how strongly it is present (`score`, from `threshold` on it counts), which stage acted, what was removed.

    What the score is hangs on the stage: for words it is 1; for surgery, the closed form and `none` the biopsy's mean
    cosine; for values the largest cosine of a token's value with the concept's in any layer. `strength` is 0 to 1.
    """

    concept: str
    score: float
    threshold: float
    stage: Stage
    removed: tuple[str, ...] = ()
    how: str = ""
    strength: float = 0.0

    @property
    def acted(self) -> bool:
        """Whether anything was changed because of it."""
        return self.stage is not Stage.NONE


@dataclass(frozen=True)
class Guarded:
    """What the picture network is to be told: `embedding` float32 [T, D], `k` and `v` float32 [T, W].

    They are the very objects that the caller's encoder and map gave where nothing was to be done. `prompt` is what is left
    of the words; `findings` are those that acted.
    """

    prompt: str
    embedding: NDArray[np.float32]
    k: NDArray[np.float32]
    v: NDArray[np.float32]
    findings: tuple[Finding, ...] = ()
