"""The picture part of the demonstration: a sign vanishes from a photo, an otter becomes four times as large."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from engines.pictures import Picture

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).resolve().parent / "samples"
"""Photos in the public domain that come with Homespun; desktop/samples/CREDITS.md says whose they are."""

SIGN, MASK, OTTER = "welcome-sign.jpg", "welcome-sign.mask.png", "otter.png"
ERASED, FAITHFUL, RESTORED = "welcome-sign (erased).jpg", "otter (faithful).png", "otter (restored).png"
SHEET = "contact-sheet.png"

WIDE = 480
"""Pixels across each panel of the sheet."""

_GAP, _LINE = 12, 30
_PAPER, _INK = (250, 249, 246), (40, 40, 40)


def show_pictures(folder: Path, command: Callable[..., int]) -> int:
    """Erase and enlarge the samples in `folder` by `command` (the words of a command line in, its exit code out).

    What an earlier demo left there is replaced. Writes a contact sheet at the end, and returns the exit code.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in (SIGN, MASK, OTTER):
        shutil.copyfile(SAMPLES / name, folder / name)
    sign, otter = folder / SIGN, folder / OTTER
    enlarge = ("upscale", str(otter), "--factor", "4", "--overwrite", "-o")
    code = command("erase", str(sign), "--mask", str(folder / MASK), "--overwrite", "-o", str(folder / ERASED))
    code = code or command(*enlarge, str(folder / FAITHFUL))
    code = code or command(*enlarge, str(folder / RESTORED), "--style", "restore")
    if not code:
        sheet(folder).save(folder / SHEET, mark_edited=False, overwrite=True)
    return code


def sheet(folder: Path) -> Picture:
    """Before, marked and after in a row, and below it a detail: by pixels, and as both styles draw it."""
    before, marked, after = (_image(folder / name) for name in (SIGN, SIGN, ERASED))
    mask = _image(folder / MASK).convert("L")
    marked.paste(Image.blend(marked, Image.new("RGB", marked.size, (220, 30, 60)), 0.55), mask=mask)
    otter, faithful, restored = (_image(folder / name) for name in (OTTER, FAITHFUL, RESTORED))
    left, top, side = 20, 10, 120
    piece = otter.crop((left, top, left + side, top + side))
    large = (4 * left, 4 * top, 4 * (left + side), 4 * (top + side))
    rows = (
        (("the photo", before), ("what goes", marked), ("erased", after)),
        (
            ("a piece of a photo, its pixels", piece.resize((WIDE, WIDE), Image.Resampling.NEAREST)),
            ("four times as large, faithful", faithful.crop(large)),
            ("four times as large, restored", restored.crop(large)),
        ),
    )
    return Picture.new(np.asarray(_table(rows)))


def _image(path: Path) -> Image.Image:
    return Image.fromarray((Picture.open(path).photo() * 255 + 0.5).astype(np.uint8))


def _table(rows: tuple[tuple[tuple[str, Image.Image], ...], ...]) -> Image.Image:
    """Panels in rows, all `WIDE` across, each with its words above it."""
    scaled = [
        [
            (words, image.resize((WIDE, round(image.height * WIDE / image.width)), Image.Resampling.LANCZOS))
            for words, image in row
        ]
        for row in rows
    ]
    height = _GAP + sum(_LINE + row[0][1].height + _GAP for row in scaled)
    canvas = Image.new("RGB", (_GAP + len(rows[0]) * (WIDE + _GAP), height), _PAPER)
    draw, font, y = ImageDraw.Draw(canvas), ImageFont.load_default(17), _GAP
    for row in scaled:
        for column, (words, image) in enumerate(row):
            x = _GAP + column * (WIDE + _GAP)
            draw.text((x, y + 3), words, fill=_INK, font=font)
            canvas.paste(image, (x, y + _LINE))
        y += _LINE + row[0][1].height + _GAP
    return canvas
