"""A picture's pixels as a screen shows them: sRGB of 8 bits, whatever depth, colour space and profile they have."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from engines.pictures.channels import cmyk_to_rgb, to_floats, to_pixels
from engines.pictures.picture import Picture

Pixels = NDArray[Any]
Bytes = NDArray[np.uint8]

SEEN = 1
"""Levels of 255 by which a profile may differ from sRGB and count as the same: nobody sees it."""


class Screen:
    """Turns pixels of one picture, or a part of them, into bytes blue, green, red, and opacity or 255.

    With `alpha` the colours are premultiplied. May be used from several threads.
    """

    def __init__(self, picture: Picture) -> None:
        self.alpha = picture.alpha
        self._space = picture.space
        self._colours = picture.pixels.shape[2] - picture.alpha
        self._transform = _transform(picture.kept.icc, picture.space)

    def bytes_of(self, pixels: Pixels) -> Bytes:
        """uint8 (H, W, 4) of pixels (H, W, C) with the picture's depth and channels."""
        colours = self._rgb(_eight_bits(pixels[..., : self._colours]))
        result = np.empty((*pixels.shape[:2], 4), np.uint8)
        result[..., 3] = 255
        if not self.alpha:
            for place in range(3):  # one after the other takes half the time of all three, backwards
                result[..., place] = colours[..., 2 - place]
            return result
        opacity = _eight_bits(pixels[..., -1:])
        result[..., 3:] = opacity
        weighed = colours[..., ::-1].astype(np.uint32) * opacity + 127
        result[..., :3] = weighed // 255
        return result

    def _rgb(self, colours: Bytes) -> Bytes:
        """uint8 (H, W, 3) in sRGB of uint8 (H, W, 1, 3 or 4) in the file's space."""
        if self._transform is not None:
            mode = {"L": "L", "RGB": "RGB", "CMYK": "CMYK"}[self._space]
            image = Image.fromarray(np.ascontiguousarray(colours[..., 0] if mode == "L" else colours), mode)
            return np.asarray(ImageCms.applyTransform(image, self._transform))
        if self._space == "CMYK":
            return to_pixels(cmyk_to_rgb(to_floats(colours)), np.dtype(np.uint8))
        return np.broadcast_to(colours, (*colours.shape[:2], 3)) if self._space == "L" else colours


def _eight_bits(pixels: Pixels) -> Bytes:
    """Any depth as uint8, rounded; floats beyond [0, 1] are clipped."""
    if pixels.dtype == np.uint8:
        return pixels
    if pixels.dtype == np.uint16:
        wide = pixels.astype(np.uint32)
        return ((wide * 255 + 32767) // 65535).astype(np.uint8)
    return to_pixels(np.clip(np.nan_to_num(pixels), 0, 1), np.dtype(np.uint8))


def _transform(icc: bytes | None, space: str) -> ImageCms.ImageCmsTransform | None:
    """From the file's profile to sRGB; None where there is none, it can't be used, or it is sRGB."""
    if icc is None:
        return None
    try:
        transform = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(io.BytesIO(icc)), ImageCms.createProfile("sRGB"), space, "RGB"
        )
        return None if _is_srgb(transform, space) else transform
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None  # a damaged profile, or one for another space: the numbers are the best guess


def _is_srgb(transform: ImageCms.ImageCmsTransform, space: str) -> bool:
    """Whether the transform changes colours by less than is seen: most photos say that they are in sRGB."""
    if space != "RGB":
        return False
    steps = np.arange(0, 256, 15, dtype=np.uint8)
    grid = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(-1, len(steps), 3)
    after = np.asarray(ImageCms.applyTransform(Image.fromarray(np.ascontiguousarray(grid)), transform))
    return bool(np.abs(after.astype(int) - grid).max() <= SEEN)
