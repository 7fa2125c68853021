"""Networks that were distilled to a few steps: LCM (Luo et al. 2023) and TCD (Zheng et al. 2024)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engines.diffusion.schedulers.base import Draw, Scheduler
from engines.diffusion.schedulers.levels import Latent, Level, blend

GAMMA = 0.3
"""How far back TCD goes with fresh noise: the paper's value, and diffusers' `eta`."""


class Lcm(Scheduler):
    """Each step goes to the clean latent, and with fresh noise back to the next timestep; the last stays there."""

    def step(self, e: Latent, i: int, x: Latent, noise: Draw) -> Latent:
        clean = self._levels[i].clean(self._prediction, e, x)
        # The boundary condition: at timestep 0 the answer would be x itself. 10 and 0.5 were fixed in training.
        scaled = 10.0 * float(self.timesteps[i])
        skip = 0.25 / (scaled * scaled + 0.25)
        denoised = blend(scaled / math.sqrt(scaled * scaled + 0.25), clean, skip, x)
        if i + 1 == len(self.timesteps):
            return denoised
        return self._levels[i + 1].mixed(denoised, noise())


class Tcd(Scheduler):
    """Each step goes to `between[i]`, cleaner than the next timestep, and with fresh noise back to it."""

    def __init__(
        self, timesteps: NDArray[np.float64], levels: Sequence[Level], prediction: str, between: Sequence[Level]
    ) -> None:
        super().__init__(timesteps, levels, prediction)
        self._between = tuple(between)

    def step(self, e: Latent, i: int, x: Latent, noise: Draw) -> Latent:
        level, between = self._levels[i], self._between[i]
        clean = level.clean(self._prediction, e, x)
        x = between.mixed(clean, level.noise(self._prediction, e, x))
        if i + 1 == len(self.timesteps):
            return x
        share = (self._levels[i + 1].alpha / between.alpha) ** 2
        return blend(math.sqrt(share), x, math.sqrt(1.0 - share), noise())


def between(timesteps: NDArray[np.float64]) -> NDArray[np.int64]:
    """Where the deterministic half of each TCD step ends; the last one ends at 0."""
    after = np.append(timesteps[1:], 0.0).astype(np.float32)
    found: NDArray[np.int64] = np.floor(np.float32(1.0 - GAMMA) * after).astype(np.int64)
    return found
