"""Between a format's module and a picture: stored pixels with what was read beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.pictures.channels import cmyk_to_rgb, to_floats, to_pixels
from engines.pictures.kept import Kept

Pixels = NDArray[Any]
PREVIEW = 512
"""Pixels on the longer side of the copy that thumbnails are made of."""
BAND = 256


@dataclass(frozen=True)
class Read:
    """As in `Picture`; `pixels` are stored as the file has them, before they are turned upright."""

    pixels: Pixels
    space: str
    alpha: bool
    format: str
    notes: tuple[str, ...]
    kept: Kept


def preview(picture: Read) -> Image.Image:
    """A small copy of the picture in mode L or RGB, alpha laid on white."""
    step = max(1, max(picture.pixels.shape[:2]) // PREVIEW)
    few = Read(picture.pixels[::step, ::step], picture.space, picture.alpha, "", (), picture.kept)
    pixels = to_8_bit(few, alpha=False)
    if picture.space == "CMYK":
        pixels = to_pixels(cmyk_to_rgb(to_floats(pixels)), np.dtype(np.uint8))
    return Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else np.ascontiguousarray(pixels))


def to_8_bit(picture: Read, *, alpha: bool) -> Pixels:
    """The pixels as uint8, rounded; without `alpha` they are laid on white (CMYK: on no ink)."""
    pixels = picture.pixels
    drop = picture.alpha and not alpha
    if pixels.dtype == np.uint8 and not drop:
        return pixels
    result = np.empty((*pixels.shape[:2], pixels.shape[2] - drop), np.uint8)
    for top in range(0, len(pixels), BAND):
        floats = np.clip(np.nan_to_num(to_floats(pixels[top : top + BAND])), 0, 1)
        if drop:
            share = floats[..., -1:]
            floats = floats[..., :-1] * share + (0 if picture.space == "CMYK" else 1 - share)
        result[top : top + BAND] = to_pixels(floats, np.dtype(np.uint8))
    return result


def as_rgb(picture: Read) -> Read:
    """A CMYK picture as RGB, less its profile, for formats that have no CMYK; others as they are."""
    if picture.space != "CMYK":
        return picture
    pixels = picture.pixels
    result = np.empty((*pixels.shape[:2], 3 + picture.alpha), pixels.dtype)
    for top in range(0, len(pixels), BAND):
        floats = to_floats(pixels[top : top + BAND])
        result[top : top + BAND, :, :3] = to_pixels(cmyk_to_rgb(floats[..., :4]), pixels.dtype)
    if picture.alpha:
        result[..., 3] = pixels[..., 4]
    return replace(picture, pixels=result, space="RGB", kept=replace(picture.kept, icc=None, origin=None))


def to_16_bit(picture: Read) -> Read:
    """A picture of floats as uint16, clipped to [0, 1]; others as they are."""
    if picture.pixels.dtype != np.float32:
        return picture
    result = np.empty(picture.pixels.shape, np.uint16)
    for top in range(0, len(result), BAND):
        band = np.clip(np.nan_to_num(picture.pixels[top : top + BAND]), 0, 1)
        result[top : top + BAND] = to_pixels(band, np.dtype(np.uint16))
    return replace(picture, pixels=result)
