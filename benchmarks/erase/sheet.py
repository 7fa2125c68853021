"""The contact sheet: what was there, what was painted over, and what everybody made of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from scipy import ndimage

from benchmarks.erase.cases import Case

Pixels = NDArray[np.uint8]

HEAD = 26
GAP = 6


def outlined(case: Case) -> Pixels:
    """The photo with the hole's edge in red."""
    edge = ndimage.binary_dilation(case.hole, iterations=2) & ~case.hole
    return np.where(edge[..., None], np.array([255, 0, 0], np.uint8), case.photo)


def save(rows: Sequence[tuple[Case, dict[str, Pixels | str]]], file: Path, *, cell: int) -> None:
    """One row a case: mask, then every way by name; each view fitted into `cell` pixels, or what is said in its place."""
    heads = ["mask", *rows[0][1]]
    width = len(heads) * (cell + GAP)
    strips = [_row(case, [outlined(case), *made.values()], cell, width) for case, made in rows]
    canvas = Image.new("RGB", (width, HEAD + sum(strip.height for strip in strips)), "white")
    pen = ImageDraw.Draw(canvas)
    for column, head in enumerate(heads):
        pen.text((column * (cell + GAP) + 4, 5), head, fill="black", font=ImageFont.load_default(15))
    y = HEAD
    for strip in strips:
        canvas.paste(strip, (0, y))
        y += strip.height
    file.parent.mkdir(parents=True, exist_ok=True)
    canvas.save(file)


def _row(case: Case, pictures: Sequence[Pixels | str], cell: int, width: int) -> Image.Image:
    rows, columns = case.view
    high, wide = rows.stop - rows.start, columns.stop - columns.start
    scale = min(cell / wide, cell / high, 2.0)
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    strip = Image.new("RGB", (width, size[1] + GAP + 18), "white")
    pen = ImageDraw.Draw(strip)
    for column, picture in enumerate(pictures):
        left = column * (cell + GAP)
        if isinstance(picture, str):
            pen.text((left + 4, size[1] // 2), picture, fill="black", font=ImageFont.load_default(15))
            continue
        view = Image.fromarray(np.ascontiguousarray(picture[case.view]))
        strip.paste(view.resize(size, Image.Resampling.LANCZOS), (left, 0))
    about = f"{case.name}: {case.pixels:,} px. {case.wanted}"
    pen.text((4, size[1] + 2), about, fill="black", font=ImageFont.load_default(12))
    return strip
