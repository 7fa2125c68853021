"""A picture's pixels in a sheet that the window paints from: the full size and its halves, rewritten where they change."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop.workers.editing.contract import levels_of
from desktop.workers.sheets import Sheet, make_sheet
from engines.pictures import Box, Picture, Screen

BAND = 256
"""Rows that one thread converts and halves at a time, while they are in its cache; so the eighth half is the last."""

THREADS = 2

ROOM = 0.4
"""Share of the free memory that the sheet of a very large picture may take; beyond it, the first level is a half."""

Pixels = NDArray[Any]
Bytes = NDArray[np.uint8]


class Shown:
    """The sheet of one picture, which the window has open too."""

    def __init__(self, picture: Picture, *, whole: tuple[int, int] | None = None) -> None:
        """`whole` is the size of the picture where `picture` is only a glimpse of it. Raises `NoSpace`."""
        self.width, self.height = whole or (picture.width, picture.height)
        self._screen = Screen(picture)
        self._step = 1 if whole else _step(picture.width, picture.height)
        levels = levels_of(-(-picture.width // self._step), -(-picture.height // self._step))
        self.levels = levels
        self.sheet: Sheet = make_sheet(levels[-1].offset + levels[-1].stride * levels[-1].height)
        memory = np.frombuffer(self.sheet.memory, np.uint8)
        self._arrays: list[Bytes] = [
            memory[one.offset : one.offset + one.stride * one.height].reshape(one.height, one.width, 4)
            for one in levels
        ]
        self.write(picture.pixels, Box(0, 0, picture.width, picture.height))

    def told(self) -> Mapping[str, Any]:
        """What the window needs to know of it."""
        return {
            "sheet": str(self.sheet.path),
            "width": self.width,
            "height": self.height,
            "levels": [[one.width, one.height, one.stride, one.offset] for one in self.levels],
            "alpha": self._screen.alpha,
        }

    def write(self, pixels: Pixels, box: Box) -> None:
        """Show what `pixels` (of the whole picture) have in `box` now."""
        if box.width <= 0 or box.height <= 0:
            return
        grid = 1 << (len(self.levels) - 1)
        step = self._step
        left, right = box.x // step // grid * grid, min(-(-box.right // step), self.levels[0].width)
        top, bottom = box.y // step // grid * grid, min(-(-box.bottom // step), self.levels[0].height)
        right, bottom = (
            min(-(-right // grid) * grid, self.levels[0].width),
            min(-(-bottom // grid) * grid, self.levels[0].height),
        )
        bands = [(start, min(start + BAND, bottom)) for start in range(top, bottom, BAND)]
        if len(bands) == 1:
            self._band(pixels, left, right, *bands[0])
            return
        with ThreadPoolExecutor(THREADS, "display") as pool:
            for done in [pool.submit(self._band, pixels, left, right, *band) for band in bands]:
                done.result()

    def _band(self, pixels: Pixels, left: int, right: int, top: int, bottom: int) -> None:
        """Convert these rows and columns of the first level, and halve them down to the last."""
        step = self._step
        part = self._screen.bytes_of(pixels[top * step : bottom * step : step, left * step : right * step : step])
        self._arrays[0][top:bottom, left:right] = part
        for array in self._arrays[1:]:
            size = (part.shape[1], part.shape[0])
            halved = Image.frombuffer("RGBX", size, np.ascontiguousarray(part), "raw", "RGBX", 0, 1).reduce(2)
            part = np.asarray(halved)
            left, top = left // 2, top // 2
            array[top : top + part.shape[0], left : left + part.shape[1]] = part


def _step(width: int, height: int) -> int:
    """1, or how many pixels of a huge picture make one of the screen's."""
    import psutil

    room = ROOM * psutil.virtual_memory().available
    step = 1
    while 4 * 4 / 3 * width * height / step**2 > room:
        step *= 2
    return step


def picture_shown(sheet: Sheet, width: int, height: int, stride: int, *, alpha: bool) -> Picture:
    """A picture of what a screen shows of one: rows of B, G, R, X in the sheet, or B, G, R, A premultiplied."""
    rows = np.frombuffer(sheet.memory, np.uint8, stride * height).reshape(height, stride)[:, : 4 * width]
    shown = rows.reshape(height, width, 4)
    if not alpha:
        return Picture.new(np.ascontiguousarray(shown[..., 2::-1]))
    straight = Image.frombuffer("RGBa", (width, height), shown[..., (2, 1, 0, 3)].tobytes(), "raw", "RGBa", 0, 1)
    return Picture.new(np.asarray(straight.convert("RGBA")))
