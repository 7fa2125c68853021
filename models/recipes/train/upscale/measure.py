"""PSNR as `data/sr/README.md` prescribes it: Y of BT.601, 8 bit, `scale` pixels cut from every side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.recipes.train.upscale.photos import BICUBIC, Pair, Pixels, pair

Enlarge = Callable[[Pixels], NDArray[np.float32]]
"""A small picture [h, w, 3] → a large one [scale*h, scale*w, 3], 0..255, not rounded."""


def test_pairs(folder: Path, scale: int) -> list[Pair]:
    """The pictures of one evaluation set."""
    found = []
    for path in sorted(folder.glob("*.png")):
        with Image.open(path) as opened:
            found.append(pair(opened.convert("RGB"), scale, BICUBIC))
    return found


def luma(picture: Pixels | NDArray[np.float32]) -> NDArray[np.float64]:
    """Y, 16..235, of RGB 0..255."""
    weights = np.array([65.481, 128.553, 24.966])
    return np.asarray(16.0 + picture.astype(np.float64) @ weights / 255.0)


def psnr(large: Pixels, ours: Pixels | NDArray[np.float32], scale: int) -> float:
    """Decibels between the true picture and ours."""
    rounded = np.clip(np.rint(ours), 0, 255).astype(np.float32)
    error = (luma(large.astype(np.float32)) - luma(rounded))[scale:-scale, scale:-scale]
    return float(10 * np.log10(255.0**2 / np.mean(error**2)))


def mean_psnr(pairs: list[Pair], enlarge: Enlarge, scale: int) -> float:
    """The mean over `pairs`."""
    return float(np.mean([psnr(one.large, enlarge(one.small), scale) for one in pairs]))
