"""How much noise is in a latent, and what a network's answer says of it there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from models.pipelines import Noise

Latent: TypeAlias = NDArray[np.float32]
"""float32 [1, 4, h, w]; any other shape goes as well."""

SMALLEST = 2.0**-24
"""What is left of the signal where nothing would be, for those who divide by it."""


def blend(a: float, x: Latent, b: float, y: Latent) -> Latent:
    """a · x + b · y, in the dtype of the latents."""
    return np.float32(a) * x + np.float32(b) * y


@dataclass(frozen=True)
class Level:
    """x = alpha · x0 + sigma · noise, with alpha² + sigma² = 1.

    A network answers with the noise (`epsilon`), the clean latent (`sample`), or v = alpha · noise - sigma · x0
    (`v_prediction`; Salimans and Ho 2022, appendix D).
    """

    alpha: float
    sigma: float

    @classmethod
    def kept(cls, share: float) -> Level:
        """The level at which `share` of the variance is still signal (alpha-bar in the papers)."""
        return cls(math.sqrt(share), math.sqrt(1.0 - share))

    @classmethod
    def at_ratio(cls, ratio: float) -> Level:
        """The level with `ratio` = sigma / alpha."""
        alpha = 1.0 / math.sqrt(ratio * ratio + 1.0)
        return cls(alpha, ratio * alpha)

    @property
    def ratio(self) -> float:
        """Noise over signal."""
        return self.sigma / self.alpha

    @property
    def log_ratio(self) -> float:
        """log(alpha / sigma), the lambda of the solvers: it grows as noise goes, to infinity without any."""
        return math.log(self.alpha) - math.log(self.sigma) if self.sigma else math.inf

    def mixed(self, clean: Latent, noise: Latent) -> Latent:
        """`clean` with noise at this level."""
        return blend(self.alpha, clean, self.sigma, noise)

    def clean(self, prediction: str, answer: Latent, x: Latent) -> Latent:
        """The clean latent that the network's `answer` on `x` means."""
        match prediction:
            case "sample":
                return answer
            case "v_prediction":
                return blend(self.alpha, x, -self.sigma, answer)
            case _:
                return blend(1.0 / self.alpha, x, -self.ratio, answer)

    def noise(self, prediction: str, answer: Latent, x: Latent) -> Latent:
        """The noise that the network's `answer` on `x` means."""
        match prediction:
            case "sample":
                return blend(1.0 / self.sigma, x, -self.alpha / self.sigma, answer)
            case "v_prediction":
                return blend(self.alpha, answer, self.sigma, x)
            case _:
                return answer


def shares(noise: Noise) -> NDArray[np.float64]:
    """How much of the variance is signal after each training step: [train_steps], falling.

    Rounded to float32 where the training code rounds, since the networks were trained with those figures.
    """
    betas = _betas(noise)
    if noise.zero_snr:
        betas = _until_nothing_is_left(betas)
    kept = np.cumprod(np.float32(1) - betas, dtype=np.float64)
    return kept.astype(np.float32).astype(np.float64)


def ratios(noise: Noise) -> NDArray[np.float64]:
    """sigma / alpha after each training step: [train_steps], rising and finite."""
    kept = shares(noise)
    if noise.zero_snr:
        kept[-1] = SMALLEST
    found: NDArray[np.float64] = np.sqrt((1.0 - kept) / kept)
    return found


def _betas(noise: Noise) -> NDArray[np.float32]:
    steps = noise.train_steps
    match noise.betas:
        case "scaled_linear":
            return _line(noise.beta_start**0.5, noise.beta_end**0.5, steps) ** 2
        case "squaredcos_cap_v2":  # Nichol and Dhariwal 2021, section 3.2
            kept = np.cos((np.arange(steps + 1) / steps + 0.008) / 1.008 * np.pi / 2) ** 2
            betas: NDArray[np.float32] = np.minimum(1.0 - kept[1:] / kept[:-1], 0.999).astype(np.float32)
            return betas
        case _:
            return _line(noise.beta_start, noise.beta_end, steps)


def _line(start: float, stop: float, steps: int) -> NDArray[np.float32]:
    """Evenly from `start` to `stop` as torch.linspace has it: a float32 stride, taken from the nearer end, rounded once.

    To the last bit, and with it the whole table: at the first training steps so little is noise that one bit is seen.
    """
    first, last = np.float32(start), np.float32(stop)
    stride, at = np.float64((last - first) / np.float32(steps - 1)), np.arange(steps)
    return np.where(at < steps / 2, first + stride * at, last - stride * (steps - 1 - at)).astype(np.float32)


def _until_nothing_is_left(betas: NDArray[np.float32]) -> NDArray[np.float32]:
    """`betas` rescaled so that the last step is noise alone (Lin et al. 2023, algorithm 1)."""
    roots = np.sqrt(np.cumprod(np.float32(1) - betas, dtype=np.float64).astype(np.float32))
    first, last = roots[0], roots[-1]
    kept = ((roots - last) * (first / (first - last))) ** 2
    return np.float32(1) - np.concatenate([kept[:1], kept[1:] / kept[:-1]])
