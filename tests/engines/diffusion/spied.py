"""Parts that write down what their UNet is asked, and what is decoded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.diffusion.parts import Parts

Floats = NDArray[np.float32]
Hole = NDArray[np.bool_]


@dataclass
class Call:
    """One run of the UNet."""

    sample: Floats
    timestep: float
    k: Floats
    v: Floats
    biases: Mapping[int, Floats] | None
    answer: Floats


@dataclass
class Spied:
    """Parts whose UNet's runs, and latents that were decoded, are written down."""

    parts: Parts
    calls: list[Call] = field(default_factory=list)
    decoded: list[Floats] = field(default_factory=list)
    before: Callable[[int], None] = lambda number: None

    def __post_init__(self) -> None:
        unet, decode = self.parts.unet, self.parts.decode

        def spy(sample: Floats, timestep: float, k: Floats, v: Floats, biases: Any = None) -> Floats:
            self.before(len(self.calls))
            answer = unet(sample, timestep, k, v, biases)
            self.calls.append(Call(sample.copy(), timestep, k, v, biases, answer.copy()))
            return answer

        def spied(latent: Floats) -> Floats:
            self.decoded.append(latent.copy())
            return decode(latent)

        self.parts.unet, self.parts.decode = spy, spied  # type: ignore[method-assign]


def same(one: Floats, other: Floats) -> bool:
    return one.shape == other.shape and one.tobytes() == other.tobytes()
