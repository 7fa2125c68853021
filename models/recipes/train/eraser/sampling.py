"""From a noisy picture to an erased one in a few DDIM steps, whoever the network is: torch's, ONNX Runtime's, a formula."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.recipes.train.eraser.targets import LAST, Schedule, noisy, stepped, steps_down

Floats = NDArray[np.float32]
Masks = NDArray[np.bool_]

Answer = Callable[[Floats, Floats, Masks, int, int], Floats]
"""(noisy, known [n, s, s, 3], hole [n, s, s], t, u) → what the clean pictures are thought to be."""


def erased(
    plan: Schedule,
    answer: Answer,
    known: Floats,
    hole: Masks,
    begin: Floats,
    noise: Floats,
    steps: int,
    first: int = LAST,
) -> Floats:
    """`known` [n, s, s, 3] with the `hole` [n, s, s] filled; outside it is `known`, bit for bit.

    The chain begins with `begin` made noisy by `noise` as at time `first`: what is still in the hole, or a smooth fill.
    """
    for step in trajectory(plan, answer, known, hole, noisy(plan, begin, noise, first), steps, first):
        clean = step.after
    return np.where(hole[..., None], np.clip(clean, -1, 1), known)


@dataclass(frozen=True)
class Step:
    """One step of a chain: the pictures before and after it, at the times `t` and `u`."""

    before: Floats
    after: Floats
    t: int
    u: int


def trajectory(
    plan: Schedule, answer: Answer, known: Floats, hole: Masks, x: Floats, steps: int, first: int = LAST
) -> Iterator[Step]:
    """The steps from the noisy `x` on; `first` is its time."""
    for t, u in steps_down(steps, first):
        clean = np.where(hole[..., None], answer(x, known, hole, t, u), known)
        before, x = x, np.asarray(stepped(plan, x, clean, t, u), np.float32)
        yield Step(before, x, t, u)
