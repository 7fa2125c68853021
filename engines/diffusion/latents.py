"""Between a picture and its latents: the mask made small, the picture without its hole, and the noise it starts from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engines.diffusion.schedulers.base import Draw
from models.pipelines import Pipeline

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

Shrinking = Callable[[Mask, int], Floats]
"""Mask (height, width) and the pixels of a side that make a latent pixel in, float32 [1, 1, h, w] of 0 and 1 out."""

GREY = np.float32(0.5)
"""What the network sees in a hole: 0 where colours go from -1 to 1."""


def covered(mask: Mask, shrink: int) -> Floats:
    """1 for each latent pixel of which any pixel is to be painted.

    So no stroke gets lost, however thin (stable-diffusion.cpp#1357 does the same). Sizes must be multiples of `shrink`.
    """
    height, width = (size // shrink for size in mask.shape)
    squares = mask.reshape(1, 1, height, shrink, width, shrink)
    return np.asarray(squares.any(axis=(3, 5)), np.float32)


def sampled(mask: Mask, shrink: int) -> Floats:
    """1 for each latent pixel whose upper left pixel is to be painted: what diffusers does, for comparing with it.

    A stroke thinner than `shrink` pixels may disappear.
    """
    return mask[None, None, ::shrink, ::shrink].astype(np.float32)


def without_hole(pixels: Floats, mask: Mask) -> Floats:
    """`pixels` (height, width, 3) in 0..1, grey where `mask` is."""
    return np.where(mask[..., None], GREY, pixels).astype(np.float32)


def drawn(pipeline: Pipeline, seed: int) -> Draw:
    """The noise of `seed`: first what painting starts from, then one for each noisy step. Always the same series.

    It is the Philox generator's, and promises the same picture for the same model, device and number of threads, and is never torch's series.
    """
    generator = np.random.Generator(np.random.Philox(seed))
    return lambda: generator.standard_normal(pipeline.latent, dtype=np.float32)
