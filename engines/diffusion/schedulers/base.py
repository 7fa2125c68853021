"""What every scheduler can do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engines.diffusion.schedulers.levels import Latent, Level

Draw: TypeAlias = Callable[[], Latent]
"""Gives fresh standard normal noise of the latent's shape."""


class Scheduler(ABC):
    """A walk from noise to a clean latent. It is for one picture at a time: some remember the answers of earlier steps.

    `timesteps`, float64 [n], are what the network is told, in the order in which they are walked. Pure noise times
    `initial_scale` is where a walk of full strength begins; with less it begins at `noised(picture, noise, 0)`.
    """

    timesteps: NDArray[np.float64]
    initial_scale: float = 1.0

    def __init__(self, timesteps: NDArray[np.float64], levels: Sequence[Level], prediction: str) -> None:
        """`levels` holds one level more than there are timesteps: where the walk ends."""
        self.timesteps = timesteps
        self._levels = tuple(levels)
        self._prediction = prediction

    def scaled(self, x: Latent, i: int) -> Latent:  # noqa: ARG002  Euler's differs by step
        """`x` as the network of step `i` wants to see it."""
        return x

    @abstractmethod
    def step(self, e: Latent, i: int, x: Latent, noise: Draw) -> Latent:
        """`x` one step further: `e` is the network's answer on `scaled(x, i)` at `timesteps[i]`.

        Steps are taken in order, from 0. `noise` is called only where the step is stochastic, once.
        """

    def noised(self, x0: Latent, noise: Latent, i: int) -> Latent:
        """The clean latent `x0` as it looks before step `i`; without noise for `i` = n, after the last."""
        return self._levels[i].mixed(x0, noise) if i < len(self.timesteps) else x0
