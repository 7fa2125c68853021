"""Euler's method on the probability flow (Karras et al. 2022, algorithm 1 with one evaluation a step)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engines.diffusion.schedulers.base import Draw, Scheduler
from engines.diffusion.schedulers.levels import Latent, Level, blend


class Euler(Scheduler):
    """Straight steps in x0 + ratio · noise. The latents that it walks over are therefore 1 / alpha times the usual ones."""

    def __init__(
        self, timesteps: NDArray[np.float64], levels: Sequence[Level], prediction: str, initial_scale: float
    ) -> None:
        super().__init__(timesteps, levels, prediction)
        self.initial_scale = initial_scale

    def scaled(self, x: Latent, i: int) -> Latent:
        return np.float32(self._levels[i].alpha) * x

    def step(self, e: Latent, i: int, x: Latent, noise: Draw) -> Latent:  # noqa: ARG002  there is no chance in it
        level, after = self._levels[i], self._levels[i + 1]
        clean = level.clean(self._prediction, e, self.scaled(x, i))
        stride = (after.ratio - level.ratio) / level.ratio
        return blend(1.0, x, stride, x - clean)

    def noised(self, x0: Latent, noise: Latent, i: int) -> Latent:
        return blend(1.0, x0, self._levels[i].ratio, noise)
