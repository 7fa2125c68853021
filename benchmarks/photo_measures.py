"""Measures of an enlarged picture against the true one, a fixed way to spoil one, and contact sheets."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from models.recipes.train.upscale.measure import luma

Pixels = NDArray[np.uint8]

CELL = 480


@dataclass(frozen=True)
class Small:
    """A true picture and the small one that is to be enlarged."""

    name: str
    large: Pixels
    small: Pixels


def edges(true: Pixels, found: Pixels) -> float:
    """The part of the true edges' strength that is there, at the same place and in the same direction; 1 = all.

    Regression of the found gradients on the true ones, over the tenth of the pixels with the strongest true ones. Noise and
    edges that were invented or moved don't count, for they don't go with the true ones; blur lowers it.
    """
    (true_x, true_y), (found_x, found_y) = _gradients(luma(true)), _gradients(luma(found))
    strength = true_x**2 + true_y**2
    strong = strength >= np.quantile(strength, 0.9)
    return float((true_x * found_x + true_y * found_y)[strong].sum() / strength[strong].sum())


def grain(true: Pixels, found: Pixels) -> float:
    """Levels of fine noise where the true picture is flat: the third of the pixels with the weakest gradients."""
    strength = np.hypot(*_gradients(luma(true)))
    flat = (strength <= np.quantile(strength, 1 / 3))[3:-3, 3:-3]
    error = luma(found) - luma(true)
    fine = error[4:-4, 4:-4] - _blurred(error)
    return float(np.sqrt(np.mean(fine[flat] ** 2)))


def _blurred(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of 9 x 9 pixels, inside."""
    sums = np.pad(values.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    return np.asarray((sums[9:, 9:] - sums[:-9, 9:] - sums[9:, :-9] + sums[:-9, :-9]) / 81)


def _gradients(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Prewitt's gradients across and down, one pixel cut from every side."""
    rows = values[:-2] + values[1:-1] + values[2:]
    columns = values[:, :-2] + values[:, 1:-1] + values[:, 2:]
    return (rows[:, 2:] - rows[:, :-2]) / 3, (columns[2:] - columns[:-2]) / 3


def phone(one: Small, scale: int) -> Small:
    """The small picture as a phone and a messenger leave it: a soft lens, noise (6 levels), JPEG at quality 60.

    Fixed, and not the random chain that `restore` learned on.
    """
    size = (one.large.shape[1] // scale, one.large.shape[0] // scale)
    soft = Image.fromarray(one.large).filter(ImageFilter.GaussianBlur(0.4 * scale)).resize(size, Image.Resampling.BOX)
    noise = np.random.default_rng(5).normal(0, 6, (size[1], size[0], 3))
    noisy = np.clip(np.rint(np.asarray(soft, np.float64) + noise), 0, 255).astype(np.uint8)
    stream = io.BytesIO()
    Image.fromarray(noisy).save(stream, "JPEG", quality=60)
    with Image.open(stream) as opened:
        return Small(one.name, one.large, np.asarray(opened.convert("RGB")))


def sheet(pictures: Sequence[Small], ways: Sequence[tuple[str, Callable[[Pixels], Pixels]]], file: Path) -> None:
    """One row a picture: the small one as large dots, every way, and the true one; middles at full size."""
    heads = ["given", *(name for name, _ in ways), "true"]
    canvas = Image.new("RGB", (len(heads) * (CELL + 8), len(pictures) * (CELL + 8) + 28), "white")
    pen = ImageDraw.Draw(canvas)
    for column, head in enumerate(heads):
        pen.text((column * (CELL + 8) + 6, 6), head, fill="black", font=ImageFont.load_default(15))
    for row, one in enumerate(pictures):
        size = (one.large.shape[1], one.large.shape[0])
        dots = np.asarray(Image.fromarray(one.small).resize(size, Image.Resampling.NEAREST))
        for column, picture in enumerate([dots, *(way(one.small) for _, way in ways), one.large]):
            canvas.paste(Image.fromarray(picture), (column * (CELL + 8), row * (CELL + 8) + 28))
    canvas.save(file)
