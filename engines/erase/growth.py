"""Growing a mask by content: over the soft shadow and the parts of an object that stick out of what was painted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from engines.erase.measures import lab_of
from homespun.progress import Progress

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

LOOKING = "looking"
"""What is told meanwhile."""

FARTHEST = 24
"""Pixels that a mask grows at most."""

STEEP = 0.006
"""Change of luma a pixel under which nothing counts as a shadow's slope (1.5 of 255 levels)."""

HARD = 0.05
"""Change of luma a pixel from which it is the edge of a thing, not of a shadow."""

ROUGH = 0.0015
"""Usual change of luma a pixel from which surroundings are no longer smooth: no shadow can be told from texture there."""

ALIKE = 12.0
"""Difference in CIE Lab up to which a pixel outside the mask is the same thing as the nearest one inside."""


def grown_by_content(
    photo: Floats, mask: Mask, *, longest: int | None = None, progress: Progress | None = None
) -> Mask:
    """`mask` (bool (H, W), True = remove) with the soft shadow and the leftovers of the object just outside it.

    `photo` is float32 (H, W, 3) in [0, 1]. Grows by 24 px or 2 % of the long side at most; `longest` is that side where
    `photo` is only a part. Raises `Cancelled`.
    """
    progress = Progress() if progress is None else progress
    if not mask.any() or mask.all():
        return mask
    longest = longest or max(mask.shape)
    return _leftovers(photo, _shadows(photo, mask, longest, progress), longest, progress)


def _around(mask: Mask, wide: int) -> tuple[slice, slice]:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return (
        slice(max(0, int(rows[0]) - wide), int(rows[-1]) + wide + 1),
        slice(max(0, int(columns[0]) - wide), int(columns[-1]) + wide + 1),
    )


def _leftovers(photo: Floats, mask: Mask, longest: int, progress: Progress) -> Mask:
    """The mask and what sticks out of it: like the nearest pixels inside, and striking beside all that is around."""
    part = _around(mask, 3 * FARTHEST)
    inside = mask[part]
    reach = min(FARTHEST // 2, round(0.01 * longest))
    lab = lab_of(photo[part])
    away, (ys, xs) = ndimage.distance_transform_edt(~inside, return_indices=True)
    ring = (away > reach) & (away <= 4 * reach)
    if not ring.any():
        return mask
    progress.report(0, 0, LOOKING)
    known: Floats = (away > reach).astype(np.float32)
    share = np.maximum(ndimage.gaussian_filter(known, 20), 1e-4)
    usual = np.empty_like(lab)
    for channel in range(3):
        progress.report(0, 0, LOOKING)
        usual[..., channel] = ndimage.gaussian_filter(lab[..., channel] * known, 20) / share
    progress.report(0, 0, LOOKING)
    striking = np.sqrt(((lab - usual) ** 2).sum(2))
    same = np.sqrt(((lab - lab[ys, xs]) ** 2).sum(2)) < ALIKE
    progress.report(0, 0, LOOKING)
    odd = (striking > 1.5 * np.percentile(striking[ring], 98)) & same & (away > 0) & (away <= reach)
    stuck = ndimage.binary_propagation(inside & ndimage.binary_dilation(odd, iterations=2), mask=odd | inside) & odd
    if not stuck.any():
        return mask
    found = mask.copy()
    found[part] |= ndimage.binary_dilation(stuck, iterations=3)
    return found


def _shadows(photo: Floats, mask: Mask, longest: int, progress: Progress) -> Mask:
    """`mask` (bool (H, W)) and, beside it, whatever slopes away from it in smooth surroundings, up to 2 % of the long side.

    A pixel joins when it touches the mask and luma rises there, outwards, by over twice the usual change further out;
    textured surroundings grow nothing.
    """
    reach = min(FARTHEST, round(0.02 * longest))
    part = _around(mask, 3 * FARTHEST)
    inside = mask[part]
    luma = photo[part] @ np.array([0.299, 0.587, 0.114], np.float32)
    away = ndimage.distance_transform_edt(~inside).astype(np.float32)
    progress.report(0, 0, LOOKING)
    # What is painted over must not be smeared out of the mask: blur known values alone.
    share = ndimage.gaussian_filter((~inside).astype(np.float32), 1.5)
    smooth = ndimage.gaussian_filter(np.where(inside, 0, luma), 1.5) / np.maximum(share, 1e-3)
    progress.report(0, 0, LOOKING)
    signed = away - ndimage.distance_transform_edt(inside).astype(np.float32)
    outward = np.gradient(ndimage.gaussian_filter(signed, 2))
    progress.report(0, 0, LOOKING)
    slope = np.gradient(smooth)
    along = slope[0] * outward[0] + slope[1] * outward[1]
    beyond = ((away > reach + 4) & (away <= reach + 28)).astype(np.float32)
    near = np.maximum(ndimage.gaussian_filter(beyond, 16), 1e-6)
    progress.report(0, 0, LOOKING)
    usual = ndimage.gaussian_filter(np.abs(along) * beyond, 16) / near
    usual[near < 1e-3] = 1
    progress.report(0, 0, LOOKING)
    steep = (along > np.maximum(2 * usual, STEEP)) & (along < HARD) & (usual < ROUGH) & (away > 0)
    steep = ndimage.median_filter(steep, 5)
    progress.report(0, 0, LOOKING)
    grown = inside.copy()
    grown |= (away <= 2) & ndimage.binary_dilation(steep, iterations=2) & ndimage.binary_dilation(inside, iterations=2)
    progress.report(0, 0, LOOKING)
    grown = ndimage.binary_propagation(grown, mask=(steep & (away <= reach)) | grown)
    grown = ndimage.binary_opening(grown, iterations=2) | inside
    found = mask.copy()
    found[part] |= ndimage.binary_closing(grown, iterations=3) | inside
    return found
