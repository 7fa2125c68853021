"""DDIM without noise (Song et al. 2021, equation 12 with eta = 0)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engines.diffusion.schedulers.base import Draw, Scheduler
from engines.diffusion.schedulers.levels import Latent, Level


class Ddim(Scheduler):
    """Deterministic steps. Each goes to `targets[i]`, which is not always the level of the next timestep."""

    def __init__(
        self, timesteps: NDArray[np.float64], levels: Sequence[Level], prediction: str, targets: Sequence[Level]
    ) -> None:
        super().__init__(timesteps, levels, prediction)
        self._targets = tuple(targets)

    def step(self, e: Latent, i: int, x: Latent, noise: Draw) -> Latent:  # noqa: ARG002  there is no chance in it
        level = self._levels[i]
        clean = level.clean(self._prediction, e, x)
        return self._targets[i].mixed(clean, level.noise(self._prediction, e, x))
