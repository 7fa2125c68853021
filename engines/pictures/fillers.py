"""What fills a hole: the contract that every filler keeps."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engines.pictures.boxes import Box
from homespun.progress import Progress

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]


class Filler(Protocol):
    """A way to fill holes; the caller crops, pastes and feathers.

    `channels` holds the numbers of channels that `fill` takes; a picture with another number is brought to three
    (`engines.pictures.channels`).
    """

    @property
    def name(self) -> str:
        """What the person is told: "exemplar", "migan"."""

    @property
    def channels(self) -> frozenset[int]:
        """The numbers of channels that `fill` takes."""

    def crop(self, box: Box, size: tuple[int, int]) -> Box:
        """The surroundings that `fill` wants to see for a hole in `box`, in a picture of `size` = (width, height)."""

    def fill(self, photo: Floats, hole: Mask, *, seed: int, progress: Progress) -> Floats:
        """The photo with its hole filled: float32 (H, W, C) in [0, 1] in and out; `hole` is bool (H, W), True = fill.

        What stands inside the hole of `photo` means nothing. Raises `Cancelled` at any report of progress.
        """
