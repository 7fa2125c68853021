"""Numbers of pixels → the floats that networks and fillers see, and back; and colour for fillers that know only RGB."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[Any]
Floats = NDArray[np.float32]


def to_floats(pixels: Pixels) -> Floats:
    """uint8 and uint16 as float32 in [0, 1], exactly enough that `to_pixels` gives the same integers; floats as they are."""
    if pixels.dtype == np.float32:
        return pixels.astype(np.float32)
    scale = np.float32(np.iinfo(pixels.dtype).max)
    floats: Floats = pixels.astype(np.float32) / scale
    return floats


def to_pixels(floats: Floats, dtype: np.dtype[Any]) -> Pixels:
    """Floats in [0, 1] as `dtype`, rounded half up and clipped; float32 stays as it is."""
    if dtype == np.float32:
        return floats.astype(np.float32)
    scale = np.iinfo(dtype).max
    rounded: Pixels = np.floor(np.clip(floats, 0.0, 1.0) * np.float32(scale) + np.float32(0.5)).astype(dtype)
    return rounded


def cmyk_to_rgb(cmyk: Floats) -> Floats:
    """(…, 4) ink in [0, 1] → (…, 3) light in [0, 1], by the plain formula; a profile would know better."""
    return np.ascontiguousarray((1 - cmyk[..., :3]) * (1 - cmyk[..., 3:]))


def rgb_to_cmyk(rgb: Floats) -> Floats:
    """(…, 3) light in [0, 1] → (…, 4) ink in [0, 1], with as much black as goes; undoes `cmyk_to_rgb` in light."""
    black = 1 - rgb.max(axis=-1, keepdims=True)
    ink = (1 - rgb - black) / np.maximum(1 - black, np.float32(1e-6))
    return np.concatenate([np.clip(ink, 0, 1), black], axis=-1).astype(np.float32)
