"""Self-Rectifying Attention (EraDiff, arXiv 2503.07026): while painting, nothing looks at what was in the hole.

An eraser that lets the hole attend to itself rebuilds the object from what is left of it. Two rules hide it, both by
adding `HIDDEN` to logits before the softmax, which leaves a weight of exactly 0 (the paper's product with 1 and -inf turns
negative logits to +inf):

- `key_mask` (ours): the hole's tokens are hidden from every token, so that no background token changes with them. One row
  for all tokens, so the graph takes it as its input bias_N [1, 1, 1, N].
- `paper`: hole and hole don't see each other, but the background still sees the hole. It takes a bias of [1, 1, N, N], which
  the network has only if it was exported so.

A grid that is hole all over is not masked: a softmax needs something to look at. The network's convolutions look past all
of this, so what stands in the hole at the start still matters: the pipeline starts it from noise, or grey.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engines.diffusion.latents import Mask, covered
from homespun.errors import Damaged
from models.pipelines import AGAIN, Pipeline

Rule = Literal["key_mask", "paper"]

HIDDEN = -1e4
"""Added to a logit, it leaves no weight in float32 and in float16, and overflows in neither."""

Biases = Mapping[int, NDArray[np.float32]]
"""By the number of tokens N: float32 [1, 1, 1, N] or [1, 1, N, N]."""


@dataclass(frozen=True)
class Rectify:
    """How much of the hole is hidden from self-attention, and when.

    `strength` is the share of its weight that a hidden token loses before weights are brought to 1 again: 1 hides it, 0
    does nothing. `until` is the share of the steps in which it acts, from the first on. `grids` names the numbers of tokens
    at which it acts; None = all.
    """

    rule: Rule = "key_mask"
    strength: float = 1.0
    until: float = 1.0
    grids: frozenset[int] | None = None

    def __post_init__(self) -> None:
        if self.rule not in ("key_mask", "paper"):
            raise ValueError(f"the rule is {self.rule!r} and neither key_mask nor paper")
        if not (0 <= self.strength <= 1 and 0 <= self.until <= 1):
            raise ValueError(f"strength is {self.strength} and until {self.until}; 0 to 1 is meant")

    def biases(self, mask: Mask, pipeline: Pipeline, done: float) -> Biases | None:
        """What to add to the logits when `done` of the steps (0 to below 1) are over; None = nothing anywhere.

        `mask` is bool (height, width) of the pipeline's size. Raises `Damaged` for a network whose numbers of tokens don't
        fit its size, `ValueError` for `grids` that it doesn't have.
        """
        if unknown := sorted((self.grids or frozenset()) - set(pipeline.bias)):
            raise ValueError(f"the network has no self-attention over {unknown[0]} tokens, but over {pipeline.bias}")
        if self.strength == 0 or done >= self.until or not mask.any():
            return None
        amount = max(HIDDEN, math.log1p(-self.strength)) if self.strength < 1 else HIDDEN
        found = {}
        for tokens in pipeline.bias:
            hole = hole_tokens(mask, pipeline, tokens)
            if (self.grids is None or tokens in self.grids) and not hole.all():
                found[tokens] = bias_of(hole, self.rule, amount)[None, None]
        return found or None


def bias_of(hole: NDArray[np.bool_], rule: Rule, amount: float = HIDDEN) -> NDArray[np.float32]:
    """What `rule` adds to the logits of attention over the tokens of which `hole` (N) says whether they lie in the hole.

    float32 [1, N] (every row alike) by `key_mask`, [N, N] by `paper`; zeros where nothing but hole is left to look at.
    """
    hidden = hole[None] if rule == "key_mask" else hole[:, None] & hole[None]
    return np.where(hidden & ~hole.all(), np.float32(amount), np.float32(0))


def hole_tokens(mask: Mask, pipeline: Pipeline, tokens: int) -> NDArray[np.bool_]:
    """Which of the `tokens` of a self-attention cover any pixel of `mask`: bool [tokens], row by row."""
    latent = covered(mask, pipeline.shrink)[0, 0] > 0
    rows, columns, factor = grid_of(pipeline, tokens)
    padded = np.zeros((rows * factor, columns * factor), dtype=bool)
    padded[: latent.shape[0], : latent.shape[1]] = latent
    found: NDArray[np.bool_] = padded.reshape(rows, factor, columns, factor).any(axis=(1, 3)).reshape(-1)
    return found


def grid_of(pipeline: Pipeline, tokens: int) -> tuple[int, int, int]:
    """Rows and columns of the grid that has so many tokens, and how many latent pixels of a side make one of it.

    A network halves its latents, rounding up, so a grid is the latent size over a factor. Raises `Damaged` where no factor
    gives `tokens`.
    """
    height, width = pipeline.latent[2:]
    for factor in range(1, max(height, width) + 1):
        rows, columns = -(-height // factor), -(-width // factor)
        if rows * columns == tokens:
            return rows, columns, factor
    raise Damaged(
        f"The pipeline {pipeline.id} names a self-attention over {tokens} tokens, which don't cover "
        f"latents of {width} × {height}.",
        AGAIN,
    )
