"""What the network is to find while an object fades out of a noisy picture: EraDiff's chain and two simpler ones.

Chain-Rectifying Optimization (EraDiff, CVPR 2025, arXiv 2503.07026) mixes the photo with and without an object,
`m_t = photo + lambda_t · difference`, makes it noisy, `x_t = a_t m_t + s_t noise`, and asks that one DDIM step from `x_t`
ends at `x_u`, mixed with less of the object. Solved for the network's answer, that is ordinary diffusion training with
another target: the noise `noise + slope · difference`, or the picture `photo + (lambda_t - sigma_t slope) · difference`,
where `slope = (lambda_t - lambda_u) / (sigma_t - sigma_u)`. No step has to be made while training.

Times are whole numbers from 0, the clean picture, to `LAST`. Functions take numbers or arrays that fit together.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Times = NDArray[np.int64]
Values = TypeVar("Values", NDArray[np.float32], NDArray[np.float64])

LAST = 1000
"""The noisiest time."""

FIRST_BETA, LAST_BETA = 0.00085, 0.012
"""The schedule of Stable Diffusion 1 and 2, linear in the roots. At `LAST` 0.068 of the picture still shows."""


class Rule(StrEnum):
    """How much of the object is left in the noisy picture, and with it what is right."""

    PLAIN = "plain"
    """None: ordinary diffusion, which never learns what to do with an object that shows through. The control."""

    CRO_STEP = "cro-step"
    """EraDiff's 1 - abar; right is what leads to the time that the sampler goes to next, so that time is told."""

    LINEAR = "linear"
    """In proportion to sigma, which makes the step's length not matter: the photo is right at every time."""

    DIRECT = "direct"
    """Any share at any time; the photo is right. Sees strong leftovers late, which the others hardly do."""


@dataclass(frozen=True)
class Schedule:
    """`kept` float64 [LAST + 1]: the share of the picture's variance that is left at each time, 1 at time 0 (abar)."""

    kept: Numbers

    def picture(self, t: Times) -> Numbers:
        """What the picture is multiplied by (a_t)."""
        return np.sqrt(self.kept[t])

    def noise(self, t: Times) -> Numbers:
        """What the noise is multiplied by (s_t)."""
        return np.sqrt(1 - self.kept[t])

    def sigma(self, t: Times) -> Numbers:
        """Noise for one part of picture."""
        return self.noise(t) / self.picture(t)

    def left(self, rule: Rule, t: Times, free: Numbers) -> Numbers:
        """The share of the object that is still in the picture at `t` (lambda_t); `free`, 0..1, is what `DIRECT` takes."""
        if rule is Rule.CRO_STEP:
            return 1 - self.kept[t]
        if rule is Rule.LINEAR:
            return self.sigma(t) / self.sigma(np.array(LAST))
        return free if rule is Rule.DIRECT else np.zeros(np.shape(t))

    def slope(self, rule: Rule, t: Times, u: Times, free: Numbers) -> Numbers:
        """How much of the object right noise holds at `t` > 0, on the way to `u` < `t`."""
        if rule is Rule.DIRECT:
            return free / self.sigma(t)
        gone = self.left(rule, t, free) - self.left(rule, u, free)
        return gone / (self.sigma(t) - self.sigma(u))

    def shown(self, rule: Rule, t: Times, u: Times, free: Numbers) -> Numbers:
        """How much of the object the right picture holds: 0 but for `CRO_STEP`, where it may be past the background."""
        if rule is not Rule.CRO_STEP:
            return np.zeros(np.shape(t))
        return self.left(rule, t, free) - self.sigma(t) * self.slope(rule, t, u, free)

    def weight(self, t: Times, u: Times) -> Numbers:
        """What an error of the noise at `t` counts in EraDiff's own loss: 4e-6 to 0.57. We leave it out."""
        return self.kept[u] * (self.sigma(t) - self.sigma(u)) ** 2


def schedule() -> Schedule:
    """The schedule that we train and sample with."""
    betas = np.linspace(FIRST_BETA**0.5, LAST_BETA**0.5, LAST) ** 2
    return Schedule(np.concatenate([[1.0], np.cumprod(1 - betas)]))


def steps_down(count: int, first: int = LAST) -> Sequence[tuple[int, int]]:
    """`count` DDIM steps, evenly in time, from `first` to the clean picture: (from, to) of each."""
    times = [int(time) for time in np.rint(np.linspace(first, 0, count + 1))]
    return list(itertools.pairwise(times))


def noisy(plan: Schedule, picture: Values, noise: Values, t: int) -> Values:
    """`picture` as it is at time `t`."""
    at = np.array(t)
    made = plan.picture(at) * picture + plan.noise(at) * noise
    return cast(Values, made.astype(picture.dtype))


def stepped(plan: Schedule, x: Values, clean: Values, t: int, u: int) -> Values:
    """DDIM from `t` to `u`, given what the clean picture is thought to be (Song et al. 2021, eta = 0)."""
    noise = (x - plan.picture(np.array(t)) * clean) / plan.noise(np.array(t))
    return noisy(plan, clean, cast(Values, noise.astype(x.dtype)), u)
