"""Grain: what a camera's noise and a JPEG leave on every surface, and a network's paint lacks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

TOO_SMOOTH = 0.6
"""Below this share of the surroundings' grain, grain is added (erase.md §6)."""

SOFTNESS = 0.6
"""Standard deviation, in pixels, of the blur on the added noise: neighbouring pixels of a photo share their noise."""

BLOCK = 8
"""Pixels of a side of the blocks that grain is measured in."""

DARK, BRIGHT = 0.1, 0.04
"""Distance from black and from white below which grain fades."""

LUMA = np.array([0.299, 0.587, 0.114], np.float32)


def matched(photo: NDArray[np.float32], hole: NDArray[np.bool_], *, seed: int) -> NDArray[np.float32]:
    """`photo` (height, width, 3), float32 in 0..1, with grain on those pixels of `hole` that are smoother than around it.

    Surroundings may hold grass or brick besides grain, so what counts is the calmest tenth of their blocks: grain is the
    least that every block has. Black and white get less, as in a camera that clips.
    """
    fine = high_frequencies(photo @ LUMA)
    near = ndimage.distance_transform_edt(~hole)
    wanted = grain_of(fine, (near > 3) & (near <= 40))
    found = grain_of(fine, ndimage.binary_erosion(hole, iterations=2))
    if wanted is None or found is None or found >= TOO_SMOOTH * wanted:
        return photo
    there = ndimage.gaussian_filter(fine**2, BLOCK / 2)
    noise = np.random.default_rng(seed).standard_normal(hole.shape, dtype=np.float32)
    noise = ndimage.gaussian_filter(noise, SOFTNESS)
    noise *= np.sqrt(np.maximum(wanted**2 - there, 0)) / high_frequencies(noise).std()
    noise *= np.clip(np.minimum(photo @ LUMA / DARK, (1 - photo @ LUMA) / BRIGHT), 0, 1)
    return np.where(hole[..., None], np.clip(photo + noise[..., None], 0, 1), photo)


def high_frequencies(luma: NDArray[np.float32]) -> NDArray[np.float32]:
    """What a Gaussian of 1.2 pixels takes away."""
    fine: NDArray[np.float32] = luma - ndimage.gaussian_filter(luma, 1.2)
    return fine


def grain_of(fine: NDArray[np.float32], where: NDArray[np.bool_]) -> float | None:
    """RMS of `fine` in the block that ends the calmest tenth of those that lie wholly in `where`; None when there are fewer than four."""
    height, width = (size // BLOCK * BLOCK for size in fine.shape)

    def blocks(array: NDArray[np.float32]) -> NDArray[np.float32]:
        cut = array[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK)
        means: NDArray[np.float32] = cut.mean(axis=(1, 3), dtype=np.float32)
        return means

    whole = blocks(where.astype(np.float32)) == 1
    if whole.sum() < 4:
        return None
    return float(np.sqrt(np.quantile(blocks(fine**2)[whole], 0.1)))
