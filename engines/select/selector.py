"""From hints to a mask without any weights: superpixels, their colours, and the smallest cut between object and rest.

The energy is that of GrabCut (Rother, Kolmogorov, Blake, 2004) on superpixels instead of pixels, with a prior of place;
a box's sides must be reached (Lempitsky et al., 2009); a click tries several sizes and keeps the one that looks most like
an object (after Carreira and Sminchisescu's CPMC, 2012). The outline is then cut once more on pixels.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from engines.select.colours import features
from engines.select.hints import Hints
from engines.select.maps import Maps, bounds, cut_out
from engines.select.patchwork import Patchwork
from engines.select.refine import Edges
from engines.select.search import Search

WORKING_PIXELS = 1_050_000
"""Pixels that are looked at; larger photos are averaged down to that, and the mask is brought back up."""

COUNT = 6000
"""Superpixels of a photo: about 13 pixels a side."""

WANTED = 400
"""Superpixels that a box should hold; a small box gets finer ones of its own."""

FINEST, COARSEST = 3.0, 9.0
"""Side, in pixels, of those: between these; where they would be coarser, the photo's own do."""

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]


class Selector:
    """Selects objects in one photo; making one is the slow part, so keep it as long as the person clicks."""

    def __init__(self, photo: Floats) -> None:
        """`photo` is float32 (H, W, 3) in 0..1, sRGB."""
        self.height, self.width = photo.shape[:2]
        self._looks = features(_smaller(photo))
        self._edges = Edges(self._looks)
        self._whole = Patchwork(self._looks, COUNT)

    def select(self, hints: Hints) -> Mask:
        """The object that `hints` point at, bool (H, W). Raises `WrongHints`."""
        hints.check(self.width, self.height)
        shape = self._looks.shape[:2]
        maps = Maps(hints, (self.width, self.height), (shape[0], shape[1]))
        if maps.region is None:
            mask = Search(self._whole, maps).clicked()[self._whole.labels]
        elif maps.region.any():
            mask = self._in_region(maps, maps.region)
        else:
            mask = maps.on
        mask = _tidied(self._edges.refined(mask, maps.on, maps.off), maps.on) & ~maps.off
        if mask.shape == (self.height, self.width):
            return mask
        large = Image.fromarray(mask.astype(np.float32)).resize((self.width, self.height), Image.Resampling.BICUBIC)
        return np.asarray(large) > 0.5

    def _in_region(self, maps: Maps, region: Mask) -> Mask:
        """The object in a box or lasso; a small one is cut out and looked at with finer superpixels."""
        top, bottom, left, right = bounds(region)
        side = ((bottom - top) * (right - left) / WANTED) ** 0.5
        if side > COARSEST:
            return Search(self._whole, maps).boxed()[self._whole.labels]
        part = cut_out(region, 16 + round(0.6 * max(bottom - top, right - left)))
        close = maps.within(part)
        looks = np.ascontiguousarray(self._looks[part])
        work = Patchwork(looks, round(looks.shape[0] * looks.shape[1] / max(side, FINEST) ** 2))
        mask = np.zeros(region.shape, bool)
        mask[part] = Search(work, close).boxed()[work.labels]
        return mask


def _smaller(photo: Floats) -> Floats:
    """`photo` averaged down to the working size."""
    height, width = photo.shape[:2]
    scale = (WORKING_PIXELS / (height * width)) ** 0.5
    if scale >= 1:
        return photo
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    planes = [Image.fromarray(np.ascontiguousarray(photo[..., c])) for c in range(3)]
    return np.stack([np.asarray(plane.resize(size, Image.Resampling.BOX)) for plane in planes], axis=2)


def _tidied(mask: Mask, on: Mask) -> Mask:
    """Without specks, and with small holes closed; what a hint is on stays."""
    if not mask.any():
        return mask
    part = cut_out(mask, 2)
    whole, mask, on = mask, mask[part], on[part]
    labels, count = ndimage.label(mask)
    if count > 1:
        sizes = np.bincount(labels.ravel())
        sizes[0] = 0
        keep = sizes >= 0.05 * sizes.max()
        keep[np.unique(labels[on])] = True
        keep[0] = False
        mask = keep[labels]
    holes, count = ndimage.label(~mask)
    if count > 1:
        sizes = np.bincount(holes.ravel())
        small = sizes < max(16, 0.004 * mask.sum())
        small[0] = False
        mask = mask | small[holes]
    whole[part] = mask
    return whole
