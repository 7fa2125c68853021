"""A scheduler by its name, for a pipeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from engines.diffusion.schedulers.base import Scheduler
from engines.diffusion.schedulers.consistency import Lcm, Tcd, between
from engines.diffusion.schedulers.ddim import Ddim
from engines.diffusion.schedulers.euler import Euler
from engines.diffusion.schedulers.levels import Level, ratios, shares
from engines.diffusion.schedulers.multistep import DpmSolver, UniPc
from engines.diffusion.schedulers.spacing import distilled, require_falling, spaced
from homespun.errors import UsageError
from models.pipelines import SCHEDULERS, Noise

CLEAN = Level(1.0, 0.0)


def scheduler(name: str, noise: Noise, steps: int, strength: float = 1.0) -> Scheduler:
    """The scheduler `name`, one of `models.pipelines.SCHEDULERS`, for a walk of `steps` steps.

    Of a walk with `strength` below 1 only the last floor(steps · strength) steps are taken, as in diffusers' inpainting
    pipeline: for LCM and TCD too, whose own rule would thin a shorter list.
    Raises `UsageError` for a name, a number or a strength that can't be.
    """
    if name not in MAKERS:
        raise UsageError(f"There is no scheduler {name!r}.", f"Choose one of {', '.join(SCHEDULERS)}.")
    if steps < 1:
        raise UsageError(f"{steps} steps make no picture.", "Choose one step or more.")
    if not 0.0 < strength <= 1.0:
        raise UsageError(f"A strength of {strength:g} can't be.", "Choose one above 0 and at most 1.")
    if not (left := min(int(steps * strength), steps)):
        raise UsageError(
            f"With a strength of {strength:g}, none of {steps} steps is left.",
            "Choose more steps or a higher strength.",
        )
    return MAKERS[name](noise, steps, steps - left)


def _ddim(noise: Noise, steps: int, skipped: int) -> Scheduler:
    timesteps = np.round(spaced(noise, steps, points=steps))
    require_falling(timesteps, noise)
    kept = shares(noise)
    # Back by the same stride under every spacing, as diffusers does; under linspace that is not the next timestep.
    targets = timesteps - noise.train_steps // steps
    last = 1.0 if noise.alpha_one else float(kept[0])
    levels = _kept(kept, timesteps, noise, "ddim")
    reached = [Level.kept(float(kept[int(t)]) if t >= 0 else last) for t in targets]
    return Ddim(timesteps[skipped:], levels[skipped:], noise.prediction, reached[skipped:])


def _euler(noise: Noise, steps: int, skipped: int) -> Scheduler:
    # The network is told float32, so the noise belongs to what float32 holds of a fraction.
    timesteps = spaced(noise, steps, points=steps).astype(np.float32).astype(np.float64)
    require_falling(timesteps, noise)
    levels = _ratios(noise, timesteps)
    most = levels[0].ratio
    scale = most if noise.spacing in ("linspace", "trailing") else (most * most + 1.0) ** 0.5
    return Euler(timesteps[skipped:], levels[skipped:], noise.prediction, scale)


def _solver(kind: type[DpmSolver]) -> Callable[[Noise, int, int], Scheduler]:
    def made(noise: Noise, steps: int, skipped: int) -> Scheduler:
        timesteps = np.round(spaced(noise, steps, points=steps + 1))
        require_falling(timesteps, noise)
        return kind(timesteps[skipped:], _ratios(noise, timesteps)[skipped:], noise.prediction)

    return made


def _lcm(noise: Noise, steps: int, skipped: int) -> Scheduler:
    timesteps = distilled(noise, steps)
    require_falling(timesteps, noise)
    return Lcm(timesteps[skipped:], _kept(shares(noise), timesteps, noise, "lcm")[skipped:], noise.prediction)


def _tcd(noise: Noise, steps: int, skipped: int) -> Scheduler:
    timesteps = distilled(noise, steps)
    require_falling(timesteps, noise)
    kept = shares(noise)
    levels = _kept(kept, timesteps, noise, "tcd")
    halfway = [Level.kept(float(kept[t])) for t in between(timesteps)]
    return Tcd(timesteps[skipped:], levels[skipped:], noise.prediction, halfway[skipped:])


MAKERS: Mapping[str, Callable[[Noise, int, int], Scheduler]] = {
    "ddim": _ddim,
    "euler": _euler,
    "dpm++2m": _solver(DpmSolver),
    "unipc": _solver(UniPc),
    "lcm": _lcm,
    "tcd": _tcd,
}
"""Each takes the noise, the steps of the whole walk, and how many of them to leave out at its beginning."""


def _kept(kept: NDArray[np.float64], timesteps: NDArray[np.float64], noise: Noise, name: str) -> list[Level]:
    """The levels of whole `timesteps`, and the clean one."""
    levels = [Level.kept(float(kept[int(t)])) for t in timesteps]
    if noise.prediction == "epsilon" and not levels[0].alpha:
        raise UsageError(
            f"This pipeline was trained until noise alone was left, and predicts noise: {name} can't begin there.",
            "Choose euler, dpm++2m or unipc.",
        )
    return [*levels, CLEAN]


def _ratios(noise: Noise, timesteps: NDArray[np.float64]) -> list[Level]:
    """The levels of `timesteps`, which may be fractions, and the clean one."""
    table = ratios(noise)
    found = np.interp(timesteps, np.arange(len(table)), table).astype(np.float32)
    return [*(Level.at_ratio(float(ratio)) for ratio in found), CLEAN]
