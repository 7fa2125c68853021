"""Colour and texture of pixels, and which of them belong to an object rather than to its surroundings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.sparse import csr_array

from engines.compiled import kernel

WORDS = 96
"""Colours with texture that a photo is described by."""

ROUNDS = 5
"""Rounds of k-means that find them."""

SPREAD = 9.0
"""Lab units at which a patch still belongs half to a neighbouring word."""

TEXTURE = 2.5
"""What a step of one Lab unit a pixel weighs, in Lab units."""

Floats = NDArray[np.float32]


def features(photo: Floats) -> Floats:
    """L, a, b and two channels of texture, float32 (H, W, 5), of a photo float32 (H, W, 3) in 0..1, read as sRGB.

    Texture is the mean step of L to the right and down, over 7 x 7 pixels.
    """
    found = np.empty((*photo.shape[:2], 5), np.float32)
    _lab(np.ascontiguousarray(photo), _GAMMA, _ROOT, found)
    for axis in (0, 1):
        steps = np.abs(np.diff(found[..., 0], axis=axis, append=found[..., 0].take([-1], axis=axis)))
        found[..., 4 - axis] = ndimage.uniform_filter(steps, 7) * np.float32(TEXTURE)
    return found


_STEPS = 4096
_levels = np.linspace(0, 1, _STEPS + 2)
_GAMMA = np.where(_levels <= 0.04045, _levels / 12.92, ((_levels + 0.055) / 1.055) ** 2.4).astype(np.float32)
"""sRGB → light, at 4096 steps."""
_ROOT = np.where(_levels > 0.008856, np.cbrt(_levels), 7.787 * _levels + 16 / 116).astype(np.float32)
"""The cube root of CIE Lab."""


@kernel
def _lab(photo: Floats, gamma: Floats, root: Floats, lab: Floats) -> None:
    """sRGB → CIE Lab (D65), by tables."""
    height, width, _ = photo.shape
    steps = len(gamma) - 2
    for y in range(height):
        for x in range(width):
            r = gamma[int(min(max(photo[y, x, 0], 0.0), 1.0) * steps + 0.5)]
            g = gamma[int(min(max(photo[y, x, 1], 0.0), 1.0) * steps + 0.5)]
            b = gamma[int(min(max(photo[y, x, 2], 0.0), 1.0) * steps + 0.5)]
            fx = root[int(min((0.412453 * r + 0.357580 * g + 0.180423 * b) / 0.950456, 1.0) * steps + 0.5)]
            fy = root[int(min(0.212671 * r + 0.715160 * g + 0.072169 * b, 1.0) * steps + 0.5)]
            fz = root[int(min((0.019334 * r + 0.119193 * g + 0.950227 * b) / 1.088754, 1.0) * steps + 0.5)]
            lab[y, x, 0] = 116 * fy - 16
            lab[y, x, 1] = 500 * (fx - fy)
            lab[y, x, 2] = 200 * (fy - fz)


class Words:
    """A photo's patches as mixtures of a few dozen colours: `mixture` float32 (n, k), sparse, each row of sum 1."""

    def __init__(self, means: Floats, sizes: Floats) -> None:
        centres = _found(means, sizes)
        distances = _squared(means, centres)
        mixture = np.exp(-(distances - distances.min(axis=1, keepdims=True)) / np.float32(2 * SPREAD**2))
        mixture[mixture < 0.02] = 0
        self.mixture = csr_array(mixture / mixture.sum(axis=1, keepdims=True))
        self._turned = csr_array(self.mixture.T)

    def likelihood(self, weights: Floats) -> Floats:
        """How common the look of each patch is among patches of those `weights`; both float32 (n,).

        1 / k everywhere when the weights say nothing.
        """
        histogram: Floats = self._turned @ weights.astype(np.float32)
        total = float(histogram.sum())
        if total <= 0:
            return np.full(len(weights), 1 / len(histogram), np.float32)
        result: Floats = self.mixture @ (histogram / np.float32(total))
        return result


def _found(means: Floats, sizes: Floats) -> Floats:
    """Centres of k-means with weights, float32 (k, C), started at the patches that lie farthest from each other."""
    count = min(WORDS, len(means))
    centres = np.empty((count, means.shape[1]), np.float32)
    centres[0] = np.average(means, axis=0, weights=sizes)
    nearest = ((means - centres[0]) ** 2).sum(axis=1)
    for k in range(1, count):
        if nearest.max() < 1:  # every look has its word
            count, centres = k, centres[:k]
            break
        # Half the pull of size: else a few odd pixels would each have a word.
        centres[k] = means[int((nearest * np.sqrt(sizes)).argmax())]
        nearest = np.minimum(nearest, ((means - centres[k]) ** 2).sum(axis=1))
    for _ in range(ROUNDS):
        labels = _squared(means, centres).argmin(axis=1)
        weights = np.bincount(labels, sizes, count)
        for c in range(means.shape[1]):
            sums = np.bincount(labels, sizes * means[:, c], count)
            centres[:, c] = np.where(weights > 0, sums / np.maximum(weights, 1e-9), centres[:, c])
    return centres


def _squared(a: Floats, b: Floats) -> Floats:
    """Squared distances, float32 (len(a), len(b))."""
    cross = (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1)[None] - 2 * (a @ b.T)
    squares: Floats = np.maximum(cross, 0).astype(np.float32)
    return squares
