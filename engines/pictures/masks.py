"""Masks: bool (H, W), True = remove. From a file, a box or a polygon."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engines.pictures.channels import to_floats
from engines.pictures.errors import WrongMask
from engines.pictures.picture import Picture

Mask = NDArray[np.bool_]

FARTHEST = 1_000_000
"""Pixels: a corner of a polygon beyond this is a mistake."""


def read_mask(path: Path, size: tuple[int, int], *, fit: bool = False) -> Mask:
    """The mask in a picture file: light (128 and more of 255) = remove, dark or transparent = keep.

    `size` is the (width, height) of the upright picture. With `fit` a mask of another size is resized; without, it raises
    `WrongMask` with both sizes. Raises what `Picture.open` raises.
    """
    picture = Picture.open(Path(path))
    grey = picture.photo().mean(axis=2)
    if picture.alpha:
        grey = grey * to_floats(picture.pixels[..., -1:])[..., 0]
    mask = grey >= 127.5 / 255
    if (picture.width, picture.height) == size:
        return np.ascontiguousarray(mask)
    if not fit:
        raise WrongMask(
            f"The mask {path} is {picture.width} × {picture.height} pixels, and the picture is {size[0]} × {size[1]}.",
            "Make a mask of the picture's size, or let this one be resized with --fit-mask.",
        )
    resized = Image.fromarray(mask.astype(np.uint8) * 255).resize(size, Image.Resampling.BILINEAR)
    return np.asarray(resized) >= 128


def save_mask(mask: Mask, path: Path, *, overwrite: bool = False) -> Path:
    """Write a mask as a grey PNG (255 = remove), as `read_mask` reads it. Raises what `Picture.save` raises."""
    grey = (mask.astype(np.uint8) * 255)[..., np.newaxis]
    return Picture.new(grey).save(Path(path), mark_edited=False, overwrite=overwrite)


def box_mask(box: Sequence[float], size: tuple[int, int]) -> Mask:
    """The mask of a box (x, y, width, height) in a picture of `size` = (width, height).

    What sticks out of the picture is cut off. Raises `WrongMask` when nothing is left.
    """
    if len(box) != 4 or not all(math.isfinite(value) for value in box):
        raise WrongMask("A box is four numbers: x, y, width, height.", "Give it as 120,80,64,48.")
    x, y, width, height = box
    left, top = max(0, math.floor(x)), max(0, math.floor(y))
    right, bottom = min(size[0], math.ceil(x + width)), min(size[1], math.ceil(y + height))
    if width <= 0 or height <= 0 or right <= left or bottom <= top:
        raise WrongMask(
            f"The box {_numbers(box)} lies outside the picture of {size[0]} × {size[1]} pixels, or is empty.",
            "Give x, y, width and height in pixels of the upright picture.",
        )
    mask = np.zeros((size[1], size[0]), np.bool_)
    mask[top:bottom, left:right] = True
    return mask


def polygon_mask(points: Sequence[tuple[float, float]], size: tuple[int, int]) -> Mask:
    """The mask inside a polygon with corners (x, y), in a picture of `size` = (width, height); its line belongs to it.

    Raises `WrongMask` for fewer than three corners, and when nothing lies inside the picture.
    """
    if len(points) < 3:
        raise WrongMask(f"A polygon needs three corners or more, and this has {len(points)}.", "Add corners.")
    if not all(math.isfinite(value) and abs(value) <= FARTHEST for point in points for value in point):
        raise WrongMask("A corner of the polygon is nowhere near the picture.", "Give corners in pixels, as 120,80.")
    canvas = Image.new("L", size, 0)
    ImageDraw.Draw(canvas).polygon([(float(x), float(y)) for x, y in points], fill=255, outline=255)
    mask = np.asarray(canvas) >= 128
    if not mask.any():
        raise WrongMask(
            f"The polygon lies outside the picture of {size[0]} × {size[1]} pixels.",
            "Give its corners in pixels of the upright picture.",
        )
    return mask


def widened(mask: Mask, by: int) -> Mask:
    """The mask grown by `by` pixels (a disc) where that is positive, and shrunk by as many where it is negative.

    Beyond the picture's edge there is nothing, which a mask that reaches the edge doesn't shrink away from.
    """
    if by == 0 or not mask.any():
        return mask.copy()
    from scipy import ndimage

    if by > 0:
        grown: Mask = ndimage.distance_transform_edt(~mask) <= by
        return grown
    if mask.all():
        return mask.copy()
    shrunk: Mask = ndimage.distance_transform_edt(mask) > -by
    return shrunk


def _numbers(values: Sequence[float]) -> str:
    return ",".join(f"{value:g}" for value in values)
