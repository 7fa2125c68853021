"""Solvers that remember the step before: DPM-Solver++ 2M (Lu et al. 2022) and UniPC (Zhao et al. 2023, B2(h), order 2)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engines.diffusion.schedulers.base import Draw, Scheduler
from engines.diffusion.schedulers.levels import Latent, Level, blend


class DpmSolver(Scheduler):
    """DPM-Solver++ 2M: linear in the clean latent and in log(alpha / sigma); the first and the last step know no other."""

    def __init__(self, timesteps: NDArray[np.float64], levels: Sequence[Level], prediction: str) -> None:
        super().__init__(timesteps, levels, prediction)
        self._clean: list[Latent] = []

    def step(self, e: Latent, i: int, x: Latent, noise: Draw) -> Latent:  # noqa: ARG002  there is no chance in it
        return self._predicted(i, x, self._remember(i, self._levels[i].clean(self._prediction, e, x)))

    def _remember(self, i: int, clean: Latent) -> list[Latent]:
        """The clean latents of this step and of at most one before, the newest first."""
        kept = self._before(i)
        self._clean = [clean, *kept[:1]]
        return self._clean

    def _before(self, i: int) -> list[Latent]:
        """What the steps before `i` left, the newest first; a walk that begins anew forgets what was."""
        if i == 0:
            self._clean = []
        elif len(self._clean) != min(i, 2):
            raise ValueError(f"step {i} was asked for before the steps ahead of it")
        return self._clean

    def _predicted(self, i: int, x: Latent, clean: Sequence[Latent]) -> Latent:
        level, after = self._levels[i], self._levels[i + 1]
        stride = after.log_ratio - level.log_ratio
        towards = clean[0]
        if len(clean) > 1 and math.isfinite(stride):
            share = (level.log_ratio - self._levels[i - 1].log_ratio) / stride
            towards = blend(1.0, towards, 0.5 / share, clean[0] - clean[1])
        return blend(after.sigma / level.sigma, x, -after.alpha * math.expm1(-stride), towards)


class UniPc(DpmSolver):
    """The same prediction, and before it a correction of the step before by what the network says at its end."""

    def __init__(self, timesteps: NDArray[np.float64], levels: Sequence[Level], prediction: str) -> None:
        super().__init__(timesteps, levels, prediction)
        self._start: Latent | None = None

    def step(self, e: Latent, i: int, x: Latent, noise: Draw) -> Latent:  # noqa: ARG002  there is no chance in it
        clean = self._levels[i].clean(self._prediction, e, x)
        before = self._before(i)
        if before and self._start is not None:
            x = self._corrected(i, self._start, clean, before)
        self._start = x
        return self._predicted(i, x, self._remember(i, clean))

    def _corrected(self, i: int, start: Latent, clean: Latent, before: Sequence[Latent]) -> Latent:
        """The latent of step `i` again, from `start`, where the step to it began."""
        level, last = self._levels[i], self._levels[i - 1]
        stride = level.log_ratio - last.log_ratio
        towards = blend(0.5, before[0], 0.5, clean)
        if len(before) > 1:
            share = (self._levels[i - 2].log_ratio - last.log_ratio) / stride
            older, newer = _weights(-stride, share)
            change = blend(older / share, before[1] - before[0], newer, clean - before[0])
            towards = before[0] + change
        return blend(level.sigma / last.sigma, start, -level.alpha * math.expm1(-stride), towards)


def _weights(stride: float, share: float) -> tuple[float, float]:
    """What the older and the newer difference weigh in a correction: the 2 x 2 system of the paper's equation 9."""
    growth = math.expm1(stride)
    first = growth / stride - 1.0
    second = first / stride - 0.5
    left, right = first / growth, 2.0 * second / growth
    older = (right - left) / (share - 1.0)
    return older, left - older
