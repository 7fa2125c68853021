"""A photo, or a part of it, as a graph of superpixels: what each looks like, and what it costs to separate neighbours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from engines.select.colours import Words
from engines.select.cut import smallest_cut
from engines.select.superpixels import superpixels

SMOOTH = 16.0
"""What a border of one superpixel's side costs where there is no edge, against colours that tell nothing."""

CERTAIN = 1e4
"""What it costs to disobey a hint."""

LIKELIHOOD = 3.0
"""Log ratio at which colours have told all they can."""

FLOOR = 0.003
"""Likelihood of a look that was never seen."""

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]


class Patchwork:
    """About `count` superpixels of `looks`, float32 (H, W, 5) as `colours.features` gives them."""

    def __init__(self, looks: Floats, count: int) -> None:
        self.patches = patches = superpixels(looks, count)
        self.labels = patches.labels
        self.sizes = patches.sizes
        self.words = Words(patches.means, patches.sizes)
        self.side = float(np.sqrt(patches.labels.size / patches.count))
        a, b = patches.pairs.T
        apart = np.linalg.norm(patches.means[a, :3] - patches.means[b, :3], axis=1)
        self.steps = np.minimum(patches.steps, apart * 1.5)
        self._spread = float(np.mean(self.steps)) + 1e-3 if len(a) else 1.0
        flat = np.exp(-((self.steps / self._spread) ** 2) / 2)
        self.strength: Floats = (1 - flat).astype(np.float32)
        self._weights = (SMOOTH * patches.borders / self.side * (flat + 0.02)).astype(np.float32)

    def share(self, mask: Mask) -> Floats:
        """The part of each superpixel that `mask` (H, W) covers, float32 (n,)."""
        inside = np.bincount(self.labels[mask], minlength=self.patches.count)
        return (inside / self.sizes).astype(np.float32)

    def ratio(self, front: Floats, back: Floats) -> Floats:
        """Log odds that a superpixel looks like those of the weights `front` rather than `back`, float32 (n,), within ±3."""
        there = self.words.likelihood(front * self.sizes) + np.float32(FLOOR)
        elsewhere = self.words.likelihood(back * self.sizes) + np.float32(FLOOR)
        return np.clip(np.log(there / elsewhere), -LIKELIHOOD, LIKELIHOOD).astype(np.float32)

    def cut(self, odds: Floats, on: Mask, off: Mask) -> Mask:
        """Which superpixels to take, bool (n,), for log `odds` per superpixel of average size, and what is certain."""
        terminals = odds * self.sizes / np.float32(self.side**2)
        terminals[off] = -CERTAIN
        terminals[on] = CERTAIN
        return smallest_cut(terminals.astype(np.float32), self.patches.pairs, self._weights)

    def far(self, seeds: NDArray[np.intp]) -> Floats:
        """The least colour that must be crossed to get to each superpixel from any of `seeds`, float32 (n,)."""
        a, b = self.patches.pairs.T
        lengths = np.tile(self.steps / self._spread + 0.05, 2)
        graph = csr_array(
            (lengths, (np.concatenate([a, b]), np.concatenate([b, a]))), shape=(len(self.sizes), len(self.sizes))
        )
        found: Floats = dijkstra(graph, directed=False, indices=seeds, min_only=True).astype(np.float32)
        return found
