"""What of a photo a pipeline sees, brought to its size, and what it paints brought back (`diffusion.md` §3.4).

Around a hole as much again is seen on each side, and no less than the pipeline's own size where the photo has it: a pipeline
paints what it sees around. A crop that is larger is averaged down over known pixels alone, so that nothing of what is to go
leaks into what the pipeline believes; one that is smaller is enlarged twofold at most, and mirrored until it fills the size.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from engines.pictures import Box
from engines.pictures.fitting import nearest_known, resized, slid
from engines.pictures.grain import matched
from engines.pictures.membrane import membrane

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

MOST = 2.0
"""How much a small crop is enlarged at most: what is blurred comes back as blur."""

RING = 12
"""Pixels around the hole over which the paint's colours are compared with the photo's: its autoencoder shifts them."""

LITTLE = 1e-4
"""A share of a pixel that counts as none."""

SOFT = 3.0
"""Standard deviation, in pixels, of what counts as colour there and not as detail."""


def window(box: Box, size: tuple[int, int], seen: tuple[int, int]) -> Box:
    """The part of a photo of `size` (width, height) that a pipeline of `seen` (height, width) looks at for a hole in `box`."""
    height, width = seen
    wide, tall = max(width, 3 * box.width), max(height, 3 * box.height)
    wide, tall = max(wide, round(tall * width / height)), max(tall, round(wide * height / width))
    left, across = slid(box.x, box.width, wide, size[0])
    top, down = slid(box.y, box.height, tall, size[1])
    return Box(left, top, across, down)


@dataclass(frozen=True)
class Fitted:
    """A crop as the pipeline sees it: float32 [h, w, 3] in 0..1 with its hole; `rows` and `columns` of it are the crop."""

    pixels: Floats
    hole: Mask
    rows: int
    columns: int


def fitted(photo: Floats, hole: Mask, seen: tuple[int, int], *, keep: bool = False) -> Fitted:
    """`photo` (H, W, 3) in 0..1 with its `hole` (H, W), brought to `seen` (height, width).

    What stands in the hole matters to nobody unless it is to `keep`: then painting begins with it.
    """
    height, width = seen
    scale = min(height / hole.shape[0], width / hole.shape[1], MOST)
    rows = min(height, max(1, round(hole.shape[0] * scale)))
    columns = min(width, max(1, round(hole.shape[1] * scale)))
    share = resized((~hole[..., None]).astype(np.float32), rows, columns, Image.Resampling.BOX)
    if keep:
        small = resized(photo, rows, columns, Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC)
    elif scale < 1:
        total = resized(photo * ~hole[..., None], rows, columns, Image.Resampling.BOX)
        small = np.where(share > LITTLE, total / np.maximum(share, LITTLE), np.float32(0.5))
    else:
        small = resized(nearest_known(photo, hole), rows, columns, Image.Resampling.BICUBIC)
    more = ((0, height - rows), (0, width - columns))
    whole = np.pad(np.clip(small, 0, 1), (*more, (0, 0)), mode="symmetric")
    # A pixel with any hole in it is hole, and a mirrored hole is one too, or the pipeline would see there what is to go.
    covered = share[..., 0] < 1 - LITTLE
    down, across = np.nonzero(hole)
    covered[(2 * down + 1) * rows // (2 * len(hole)), (2 * across + 1) * columns // (2 * hole.shape[1])] = True
    small_hole = np.pad(covered, more, mode="symmetric")
    return Fitted(np.ascontiguousarray(whole, np.float32), small_hole, rows, columns)


def brought_back(
    painted: Floats,
    seen: Fitted,
    photo: Floats,
    hole: Mask,
    *,
    seed: int,
    check: Callable[[], None] = lambda: None,
) -> Floats:
    """`photo` with what was `painted` (as large as `seen.pixels`) in its `hole`: its colours and its grain like around it.

    `check` is called between the stages, and may raise to stop.
    """
    height, width = hole.shape
    paint = painted[: seen.rows, : seen.columns]
    shift = _shift(resized(photo, seen.rows, seen.columns, Image.Resampling.BOX), paint, seen)
    check()
    large = resized(paint, height, width, Image.Resampling.LANCZOS)
    large = np.clip(large + resized(shift, height, width, Image.Resampling.BILINEAR), 0, 1)
    check()
    mixed = np.where(hole[..., None], large, photo).astype(np.float32)
    check()
    return matched(mixed, hole, seed=seed)


def _shift(photo: Floats, painted: Floats, seen: Fitted) -> Floats:
    """What the paint's low frequencies lack against the photo's around the hole, continued smoothly over it.

    At the pipeline's own size: low frequencies need no more, and a photo may be large.
    """
    hole = seen.hole[: seen.rows, : seen.columns]
    ring = ndimage.binary_dilation(hole, iterations=RING) & ~hole
    if not ring.any():
        return np.zeros_like(photo)
    weight = ndimage.gaussian_filter(ring.astype(np.float32), SOFT)
    lacking = (photo - painted) * ring[..., None]
    near = np.stack([ndimage.gaussian_filter(lacking[..., c], SOFT) for c in range(photo.shape[2])], axis=2)
    smooth = (near / np.maximum(weight, 1e-6)[..., None]).astype(np.float32)
    return membrane(smooth, ring, hole)
