"""A crop of any depth, channels and range, lent to a filler as floats in [0, 1], and its answer taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.pictures.channels import cmyk_to_rgb, rgb_to_cmyk, to_floats, to_pixels
from engines.pictures.fillers import Filler, Floats, Mask
from engines.pictures.hidden import shown
from engines.pictures.membrane import membrane
from homespun.progress import Progress

Pixels = NDArray[Any]
COLOURS = {"L": 1, "RGB": 3, "CMYK": 4}


def filled_crop(
    filler: Filler, pixels: Pixels, space: str, hole: Mask, *, seed: int, progress: Progress, opaque: bool = False
) -> Pixels:
    """The crop (H, W, C) of any depth with its hole filled; what stands outside the hole means nothing in the answer.

    A filler that does not take the crop's channels gets three: grey three times, CMYK as light, colour without its alpha,
    which is then continued smoothly into the hole, or full there if the fill is to be `opaque`. Colours under full transparency are not lent: they are arbitrary.
    """
    if pixels.shape[2] > COLOURS[space]:
        pixels = shown(pixels, hole)
    if pixels.dtype == np.float32:
        photo, back = _ranged(pixels, hole)
        return back(_lent(filler, photo, space, hole, seed, progress, opaque=opaque))
    return to_pixels(_lent(filler, to_floats(pixels), space, hole, seed, progress, opaque=opaque), pixels.dtype)


def _lent(
    filler: Filler, photo: Floats, space: str, hole: Mask, seed: int, progress: Progress, *, opaque: bool
) -> Floats:
    channels = photo.shape[2]
    if channels in filler.channels:
        return _asked(filler, photo, hole, seed, progress)
    if 3 not in filler.channels:
        raise ValueError(f"{filler.name} takes neither {channels} channels nor 3")
    if space == "CMYK":
        filled = rgb_to_cmyk(_asked(filler, cmyk_to_rgb(photo[..., :4]), hole, seed, progress))
    elif space == "L":
        filled = _asked(filler, photo[..., :1].repeat(3, axis=2), hole, seed, progress)
        filled = filled.mean(axis=2, keepdims=True, dtype=np.float32)
    else:
        filled = _asked(filler, photo[..., :3], hole, seed, progress)
    if channels > filled.shape[2]:
        alpha = np.ascontiguousarray(photo[..., -1:])
        alpha = np.where(hole[..., None], np.float32(1), alpha) if opaque else membrane(alpha, ~hole, hole)
        filled = np.concatenate([filled, alpha], axis=2)
    return filled


def _asked(filler: Filler, photo: Floats, hole: Mask, seed: int, progress: Progress) -> Floats:
    progress.report(0, 1, filler.name)
    answer = filler.fill(np.ascontiguousarray(photo), hole.copy(), seed=seed, progress=progress)
    if answer.shape != photo.shape:
        raise ValueError(f"{filler.name} gave {answer.shape} for a photo of {photo.shape}")
    return np.nan_to_num(answer.astype(np.float32, copy=False), nan=0.5, posinf=1.0, neginf=0.0)


def _ranged(pixels: Pixels, hole: Mask) -> tuple[Floats, Callable[[Floats], Pixels]]:
    """Floats of any range brought to [0, 1], and the way back; high dynamic range through a logarithm, so that a lamp does
    not turn the rest of the photo to black.
    """
    known = pixels[~hole]
    finite = known[np.isfinite(known)]
    low = min(0.0, float(finite.min())) if finite.size else 0.0
    span = (float(finite.max()) if finite.size else 1.0) - low
    safe = np.nan_to_num(pixels.astype(np.float64), nan=low, posinf=low + span, neginf=low) - low
    if span <= 1.0:
        return np.clip(safe, 0, 1).astype(np.float32), lambda filled: (filled.astype(np.float64) + low).astype(
            np.float32
        )
    most = np.log2(1 + span)
    photo = np.clip(np.log2(1 + np.clip(safe, 0, span)) / most, 0, 1).astype(np.float32)
    return photo, lambda filled: (np.exp2(filled.astype(np.float64) * most) - 1 + low).astype(np.float32)
