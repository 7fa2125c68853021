"""A first look at a large photo while NumPy and the engines are still being loaded: Pillow alone, and only what is usual.

What it doesn't know it leaves to `engines.pictures.glimpse`, which shows the same pixels a little later.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms
from PIL.JpegImagePlugin import JpegImageFile

from desktop.workers.editing.contract import GLIMPSE, levels_of
from desktop.workers.sheets import make_sheet
from desktop.workers.turning import TURNS

LARGEST_FILE = 200_000_000
"""Bytes, and pixels, beyond which a picture is not usual."""

MOST_SCANS = 10
"""A photo has one to four; a hostile file of thousands would keep the decoder busy."""

ORIENTATION = 0x0112
_ON_ITS_SIDE = (5, 6, 7, 8)


def first_look(path: Path) -> Mapping[str, Any] | None:
    """{display, width, height} as a `display` part tells it; None where there is no quick look at the file."""
    try:
        found = _looked(path)
        return None if found is None else _told(*found)
    except Exception:  # noqa: BLE001 - a decoder may raise anything; whoever opens the picture says what is wrong
        return None


def _looked(path: Path) -> tuple[Image.Image, tuple[int, int]] | None:
    """The picture with fewer pixels, upright and in sRGB, and the size of the whole."""
    if not path.is_file() or path.stat().st_size > LARGEST_FILE:  # a pipe would never end
        return None
    data = path.read_bytes()
    if not data.startswith(b"\xff\xd8") or data.count(b"\xff\xda") > MOST_SCANS:
        return None
    with JpegImageFile(io.BytesIO(data)) as image:
        width, height = image.size
        if image.mode not in ("L", "RGB") or image.info.get("progressive") or width * height > LARGEST_FILE:
            return None
        if max(width, height) < 2 * GLIMPSE:
            return None
        share = GLIMPSE / max(width, height)
        image.draft(image.mode, (round(width * share), round(height * share)))
        image.decodermaxblock = len(data)  # at once: between two parts another thread may take its time
        image.load()
        turn = int(image.getexif().get(ORIENTATION, 1))
        small = _in_srgb(image)
    if turn in TURNS:
        small = small.transpose(TURNS[turn])
    return small, (height, width) if turn in _ON_ITS_SIDE else (width, height)


def _in_srgb(image: Image.Image) -> Image.Image:
    """As RGB, by the profile if the file has one that can be used."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode != "RGB":
        return image.convert("RGB")
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        turned = None
    return image.convert("RGB") if turned is None else turned


def _told(small: Image.Image, size: tuple[int, int]) -> Mapping[str, Any]:
    """Write the picture and its halves into a sheet."""
    levels = levels_of(*small.size)
    sheet = make_sheet(levels[-1].offset + levels[-1].stride * levels[-1].height)
    for number, level in enumerate(levels):
        if number:
            small = small.reduce(2)
        end = level.offset + level.stride * level.height
        sheet.memory[level.offset : end] = small.convert("RGBA").tobytes("raw", "BGRA")
    sheet.memory.close()
    display = {
        "sheet": str(sheet.path),
        "width": size[0],
        "height": size[1],
        "levels": [[one.width, one.height, one.stride, one.offset] for one in levels],
        "alpha": False,
    }
    return {"display": display, "width": size[0], "height": size[1]}
