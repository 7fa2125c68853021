"""Compiling all kernels in advance, by the most honest way to meet their real signatures: a small job of each kind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from engines.erase import erase
from engines.pictures import Picture
from engines.select import Hints, Selector
from homespun.progress import Progress

SIDE = 96
"""Pixels of a side of the picture that is worked on: enough for two sizes of the eraser's pyramid."""

THING = (36, 36, 24, 24)
"""x, y, width and height of what is selected and erased."""


def prepare(progress: Progress | None = None) -> None:
    """Open, erase and select once, so that everything they compile lies in the cache. A second call takes a second.

    Raises `Cancelled`.
    """
    progress = progress or Progress()
    x, y, width, height = THING
    pixels = np.random.default_rng(1).integers(0, 1 << 14, (SIDE, SIDE, 3), np.uint16)
    pixels[y : y + height, x : x + width] = 60_000, 4000, 4000
    with tempfile.TemporaryDirectory(prefix="homespun-") as folder:
        picture = Picture.open(
            Picture.new(pixels).save(Path(folder) / "deep.png")
        )  # 16 bits are unfiltered by a kernel
    progress.cancel.check()
    selector = Selector(picture.photo())
    progress.cancel.check()
    middle = (x + width / 2, y + height / 2)
    clicked = selector.select(Hints(include=(middle,), exclude=((2.0, 2.0),)))
    boxed = selector.select(Hints(box=THING))
    erase(picture, clicked | boxed, progress=progress)
