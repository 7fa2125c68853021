"""Walks of a scheduler with a smooth function in the network's place: what is compared with diffusers, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engines.diffusion import scheduler
from models.pipelines import Noise

FIXTURE = Path(__file__).with_name("fixtures") / "schedulers.npz"
SHAPE = (1, 4, 6, 6)
TOLERANCE = 1e-5
"""Of the largest |x| on the walk."""

SD = Noise("scaled_linear", 0.00085, 0.012, 1000, "epsilon", "leading", 1, alpha_one=False, zero_snr=False)
"""Stable Diffusion 1.5."""

V_ZERO = replace(SD, prediction="v_prediction", spacing="trailing", zero_snr=True)


@dataclass(frozen=True)
class Case:
    """One walk."""

    name: str
    noise: Noise
    steps: int
    strength: float = 1.0

    def __str__(self) -> str:
        noise = self.noise
        parts = [self.name, self.steps, noise.betas, noise.prediction, noise.spacing, noise.offset, self.strength]
        flags = [word for word, on in (("one", noise.alpha_one), ("zero", noise.zero_snr)) if on]
        return " ".join(map(str, [*parts, *flags]))


def _cases() -> Iterator[Case]:
    def sd(**changes: object) -> Noise:
        return replace(SD, **changes)  # type: ignore[arg-type]

    linspace, trailing = sd(spacing="linspace"), sd(spacing="trailing")
    for name in ("ddim", "euler", "dpm++2m", "unipc"):
        yield Case(name, SD, 10)
        yield Case(name, SD, 8, 0.6)
        yield Case(name, linspace, 7)
        yield Case(name, trailing, 4)
        yield Case(name, trailing, 1)
        yield Case(name, sd(prediction="v_prediction"), 6, 0.5)
        yield Case(name, sd(prediction="sample", spacing="trailing"), 5)
        yield Case(name, V_ZERO, 6)
        yield Case(name, sd(betas="squaredcos_cap_v2", spacing="trailing", prediction="v_prediction"), 5)
    yield Case("ddim", sd(alpha_one=True, offset=0), 9)
    yield Case("euler", linspace, 20)
    yield Case("dpm++2m", linspace, 20)
    yield Case("unipc", linspace, 20)
    yield Case("ddim", replace(SD, betas="linear", beta_start=0.0001, beta_end=0.02), 6)
    for name in ("lcm", "tcd"):
        for steps, strength in ((1, 1.0), (4, 1.0), (8, 1.0), (7, 1.0), (4, 0.5), (8, 0.6)):
            yield Case(name, SD, steps, strength)
        yield Case(name, sd(prediction="v_prediction"), 4)
        yield Case(name, sd(prediction="sample"), 5)
        yield Case(name, sd(betas="linear"), 3)


CASES = tuple(_cases())


@dataclass(frozen=True)
class Given:
    """A clean latent, the first noise, and fresh noise for as many steps as any walk has chance in."""

    clean: NDArray[np.float32]
    first: NDArray[np.float32]
    fresh: NDArray[np.float32]

    @classmethod
    def drawn(cls, seed: int, fresh: int = 50) -> Given:
        """Standard normal noise, and a clean latent of about the size that a picture has."""
        drawn = np.random.Generator(np.random.Philox(seed)).standard_normal((fresh + 2, *SHAPE), dtype=np.float32)
        return cls(drawn[0] * np.float32(0.8), drawn[1], drawn[2:])


@dataclass(frozen=True)
class Walk:
    """The latents [steps + 1, …], what the network was told, the clean latent with noise before each step, the scale."""

    latents: NDArray[np.float32]
    timesteps: NDArray[np.float64]
    noised: NDArray[np.float32]
    scale: float


def stand_in(x: NDArray[np.float32], timestep: float) -> NDArray[np.float32]:
    """A smooth answer in the network's place: it hangs on every value of `x` and on the timestep."""
    pattern = np.arange(x.size, dtype=np.float32).reshape(x.shape) / np.float32(17)
    shifted = np.float32(0.4) * np.sin(pattern + np.float32(timestep / 150))
    answer: NDArray[np.float32] = np.tanh(np.float32(0.7) * x + shifted)
    return answer


def walked(
    case: Case, given: Given, answer: Callable[[NDArray[np.float32], float], NDArray[np.float32]] = stand_in
) -> Walk:
    """`case` by our scheduler."""
    made = scheduler(case.name, case.noise, case.steps, case.strength)
    fresh = iter(given.fresh)
    x = given.first * np.float32(made.initial_scale) if case.strength == 1 else made.noised(given.clean, given.first, 0)
    latents = [x]
    for i, timestep in enumerate(made.timesteps):
        x = made.step(answer(made.scaled(x, i), float(timestep)), i, x, lambda: next(fresh))
        latents.append(x)
    noised = [made.noised(given.clean, given.first, i) for i in range(len(made.timesteps))]
    return Walk(np.stack(latents), made.timesteps, np.stack(noised), made.initial_scale)


def distance(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """The largest difference, as a share of the largest value."""
    return float(np.abs(one - other).max() / np.abs(other).max())
