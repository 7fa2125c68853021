"""From superpixels to pixels: the outline is cut once more, in a narrow band, where the photo's own edges are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from engines.select.cut import smallest_cut
from engines.select.maps import cut_out

REACH = 8
"""Pixels on each side of the outline in which it may move."""

SMOOTH = 4.0
"""What an outline of one pixel costs where there is no edge."""

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]


class Edges:
    """The looks of a photo's pixels, float32 (H, W, 5) with L, a, b first."""

    def __init__(self, looks: Floats) -> None:
        self._lab = np.ascontiguousarray(looks[..., :3])
        steps = (np.diff(self._lab[::2, ::2], axis=1) ** 2).sum(axis=2)
        self._spread = max(float(steps.mean()), 1.0) if steps.size else 1.0

    def refined(self, mask: Mask, on: Mask, off: Mask) -> Mask:
        """`mask` with its outline moved by at most `REACH` pixels to where colours change; `on` and `off` are obeyed."""
        if not mask.any() or mask.all():
            return (mask | on) & ~off
        part = cut_out(mask, 3 * REACH)
        inside, lab = mask[part], self._lab[part]
        band = _grown(inside) & _grown(~inside)
        fixed = on[part] | off[part]
        nodes = np.full(inside.shape, -1, np.int32)
        free = band & ~fixed
        count = int(free.sum())
        nodes[free] = np.arange(count, dtype=np.int32)
        sure = np.where(fixed, on[part], inside)
        terminals = self._looks(inside, lab, free)
        pairs, weights = [], []
        for dy, dx in ((0, 1), (1, 0), (1, 1), (1, -1)):
            a, b = _shifted(dy, dx)
            separate = np.exp(-((lab[a] - lab[b]) ** 2).sum(axis=2) / (2 * self._spread)) * SMOOTH / np.hypot(dy, dx)
            one, other = nodes[a], nodes[b]
            both = (one >= 0) & (other >= 0)
            pairs.append(np.stack([one[both], other[both]], axis=1))
            weights.append(separate[both])
            for here, there, side in ((one, other, sure[b]), (other, one, sure[a])):
                end = (here >= 0) & (there < 0)
                np.add.at(terminals, here[end], np.where(side[end], separate[end], -separate[end]))
        cut = smallest_cut(
            terminals.astype(np.float32), np.concatenate(pairs), np.concatenate(weights).astype(np.float32)
        )
        result = mask.copy()
        patch = sure.copy()
        patch[free] = cut
        result[part] = patch
        return (result | on) & ~off

    def _looks(self, inside: Mask, lab: Floats, free: Mask) -> Floats:
        """Log odds of each free pixel, float32 (count,): is its colour that of the nearby inside, or the nearby outside?"""
        size = 2.5 * REACH
        near_in, near_out = _means(lab, inside, size), _means(lab, ~inside, size)
        spread_in = _spread(lab, near_in, inside, size)
        spread_out = _spread(lab, near_out, ~inside, size)
        away_in = ((lab - near_in) ** 2).sum(axis=2)[free] / (2 * spread_in[free]) + 1.5 * np.log(spread_in[free])
        away_out = ((lab - near_out) ** 2).sum(axis=2)[free] / (2 * spread_out[free]) + 1.5 * np.log(spread_out[free])
        place = np.where(inside[free], 0.6, -0.6)
        odds: Floats = (np.clip(away_out - away_in, -3, 3) + place).astype(np.float32)
        return odds


def _grown(mask: Mask) -> Mask:
    """Everything within `REACH` pixels (in a square)."""
    grown: Mask = ndimage.maximum_filter(mask, 2 * REACH + 1)
    return grown


def _shifted(dy: int, dx: int) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """The same array twice, the second moved by (`dy`, `dx`), both cut to what they share."""
    if dx < 0:
        return (slice(None, -dy or None), slice(-dx, None)), (slice(dy, None), slice(None, dx))
    return (slice(None, -dy or None), slice(None, -dx or None)), (slice(dy, None), slice(dx, None))


def _means(lab: Floats, mask: Mask, size: float) -> Floats:
    """Mean colour of the pixels of `mask` around each pixel."""
    weight = ndimage.uniform_filter(mask.astype(np.float32), int(size))[..., None] + 1e-4
    sums = ndimage.uniform_filter(lab * mask[..., None], (int(size), int(size), 1))
    whole = lab[mask].mean(axis=0) if mask.any() else np.zeros(3, np.float32)
    means: Floats = ((sums + 1e-4 * whole) / weight).astype(np.float32)
    return means


def _spread(lab: Floats, means: Floats, mask: Mask, size: float) -> Floats:
    """Mean squared distance of the pixels of `mask` to the mean around them, per channel."""
    away = ((lab - means) ** 2).mean(axis=2) * mask
    weight = ndimage.uniform_filter(mask.astype(np.float32), int(size)) + 1e-3
    spread: Floats = (ndimage.uniform_filter(away, int(size)) / weight + 4.0).astype(np.float32)
    return spread
