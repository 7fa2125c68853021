"""Pixels between Pillow's images and arrays, in bands, so that a large picture is in memory twice and not three times."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[Any]
BAND = 256
"""Rows at a time."""

CHANNELS = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4, "CMYK": 4}


def pixels_of(image: Image.Image) -> Pixels:
    """uint8 (H, W, C) of an image in one of the modes of `CHANNELS`; the image is loaded by it."""
    channels = CHANNELS[image.mode]
    image.load()
    pixels = np.empty((image.height, image.width, channels), np.uint8)
    for top in range(0, image.height, BAND):
        rows = min(BAND, image.height - top)
        band = image.crop((0, top, image.width, top + rows))
        pixels[top : top + rows] = np.asarray(band).reshape(rows, image.width, channels)
    return pixels


def image_of(pixels: Pixels, mode: str) -> Image.Image:
    """The image of uint8 pixels (H, W, C) or (H, W)."""
    height, width = pixels.shape[:2]
    image = Image.new(mode, (width, height))
    for top in range(0, height, BAND):
        band = np.ascontiguousarray(pixels[top : top + BAND])
        image.paste(Image.frombytes(mode, (width, len(band)), band.tobytes()), (0, top))
    return image


def mode_of(space: str, alpha: bool) -> str:
    """Pillow's name for a colour space."""
    return {("L", False): "L", ("L", True): "LA", ("RGB", False): "RGB", ("RGB", True): "RGBA"}.get(
        (space, alpha), "CMYK"
    )
