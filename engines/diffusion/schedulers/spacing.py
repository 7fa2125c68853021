"""Which of the training steps a sampler visits (Lin et al. 2023, table 2, as diffusers reads it)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from homespun.errors import UsageError
from models.pipelines import Noise

DISTILLED = 50
"""Steps on which LCM and TCD networks were distilled."""


def spaced(noise: Noise, steps: int, *, points: int) -> NDArray[np.float64]:
    """`steps` timesteps, falling, by `noise.spacing`; `linspace` may give fractions.

    `leading` and `linspace` lay `points` of them and leave out the lowest: the solvers lay one more than they visit.
    """
    train = noise.train_steps
    found: NDArray[np.float64]
    match noise.spacing:
        case "linspace":
            found = np.linspace(0, train - 1, points)[::-1][:steps]
        case "trailing":
            # Cut: for 61 and other numbers of steps this range has one entry too many, and diffusers a timestep -1.
            found = np.round(np.arange(float(train), 0.0, -train / steps)[:steps]) - 1.0
        case _:
            found = (np.arange(points, dtype=np.float64) * (train // points))[::-1][:steps] + noise.offset
    return found


def distilled(noise: Noise, steps: int) -> NDArray[np.float64]:
    """`steps` timesteps, falling, out of the fifty on which the network was distilled."""
    if steps > DISTILLED:
        raise UsageError(
            f"{steps} steps are too many: this way of sampling knows {DISTILLED}.",
            "Choose fewer steps; four to eight are what it is made for.",
        )
    listed = np.arange(DISTILLED, 0, -1) * (noise.train_steps // DISTILLED) - 1
    picked = np.floor(np.linspace(0, DISTILLED, steps, endpoint=False)).astype(np.int64)
    return listed[picked].astype(np.float64)


def require_falling(timesteps: NDArray[np.float64], noise: Noise) -> None:
    """Raise `UsageError` where a timestep comes twice, or was never trained."""
    if np.any(np.diff(timesteps) >= 0) or timesteps[0] > noise.train_steps - 1 or timesteps[-1] < 0:
        raise UsageError(
            f"{len(timesteps)} steps can't be laid over the {noise.train_steps} that this pipeline was trained on.",
            "Choose fewer steps.",
        )
