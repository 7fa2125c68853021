"""How the pixels of a TIFF are stored: the numbers of its tags, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.pictures import limits
from engines.pictures.boxes import Box
from engines.pictures.directory import Directory

WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, STRIPS, ORIENTATION, SAMPLES = 256, 257, 258, 259, 262, 273, 274, 277
ROWS, STRIP_BYTES, X_DOTS, Y_DOTS, PLANES, UNIT, PREDICTOR = 278, 279, 282, 283, 284, 296, 317
TILE_WIDTH, TILE_HEIGHT, TILES, TILE_BYTES, EXTRA, FORMAT = 322, 323, 324, 325, 338, 339
XMP, IPTC, PHOTOSHOP, EXIF, ICC = 700, 33723, 34377, 34665, 34675

LAYOUT = (
    WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, STRIPS, SAMPLES, ROWS, STRIP_BYTES, PLANES, PREDICTOR, TILE_WIDTH,
    TILE_HEIGHT, TILES, TILE_BYTES, EXTRA, FORMAT, 263, 264, 265, 266, 280, 281, 288, 289, 292, 293, 297, 320, 330, 332, 333,
    334, 336, 340, 341, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532,
)  # fmt: skip
"""Tags that say how the pixels are stored, or lead to smaller copies of them: written anew."""

NONE, LZW, DEFLATE, OLD_DEFLATE, PACKBITS, LZMA, ZSTD = 1, 5, 8, 32946, 32773, 34925, 50000
THROUGH_PILLOW = {LZW: "tiff_lzw", PACKBITS: "packbits", LZMA: "lzma", ZSTD: "zstd"}
WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, CMYK = 0, 1, 2, 5
SPACES = {WHITE_IS_ZERO: ("L", 1), BLACK_IS_ZERO: ("L", 1), RGB: ("RGB", 3), CMYK: ("CMYK", 4)}
MOST_BLOCKS = 1_000_000
Pixels = NDArray[Any]


@dataclass(frozen=True)
class Origin:
    """The directory as it stands in the file, and how its pixels were stored."""

    directory: Directory
    dtype: np.dtype[Any]
    """Of a sample, in the file's byte order."""
    compression: int
    predictor: int
    photometric: int
    bilevel: bool
    extra: tuple[int, ...]
    """What the channels beyond the colours are."""
    more: Pixels | None
    """Channels beyond alpha, which nobody edits."""


@dataclass(frozen=True)
class Layout:
    """How the pixels of a file are stored."""

    directory: Directory
    size: tuple[int, int]
    bits: tuple[int, ...]
    form: int
    samples: int
    photometric: int
    compression: int
    planar: bool
    predictor: int

    @staticmethod
    def of(path: Path, first: Directory) -> Layout:
        size = first.number(WIDTH, 0), first.number(HEIGHT, 0)
        samples = first.number(SAMPLES, 1)
        bits = first.numbers(BITS) or (1,)
        limits.check_size(path, *size, max(1, samples) * max(1, max(bits) // 8))
        forms = set(first.numbers(FORMAT) or (1,))
        return Layout(
            first, size, bits, forms.pop() if len(forms) == 1 else 0, samples, first.number(PHOTOMETRIC, BLACK_IS_ZERO),
            first.number(COMPRESSION, NONE), first.number(PLANES, 1) == 2, first.number(PREDICTOR, 1),
        )  # fmt: skip

    @property
    def ours(self) -> bool:
        """Whether the strips are decoded here."""
        return (
            len(set(self.bits)) == 1
            and (self.bits[0], self.form) in ((8, 1), (16, 1), (32, 3), (16, 3))
            and self.compression in (NONE, DEFLATE, OLD_DEFLATE, *THROUGH_PILLOW)
            and self.photometric in SPACES
            and SPACES[self.photometric][1] <= self.samples <= 32
            and self.predictor in (1, 2, 3)
            and not (self.predictor == 3 and self.form != 3)
            and self.directory.number(266, 1) == 1
        )

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of a sample in the file."""
        return np.dtype(self.directory.order + {1: "u", 3: "f"}[self.form] + str(self.bits[0] // 8))

    def blocks(self) -> Iterator[tuple[Box, int, int]]:
        """Where each strip or tile lies in the picture (tiles may stick out), and its place and size in the file."""
        first, (width, height) = self.directory, self.size
        if TILES in first.tags:
            across, down = first.number(TILE_WIDTH, 0), first.number(TILE_HEIGHT, 0)
            places, sizes = first.numbers(TILES), first.numbers(TILE_BYTES)
        else:
            across, down = width, min(first.number(ROWS, height) or height, height)
            places, sizes = first.numbers(STRIPS), first.numbers(STRIP_BYTES)
        if across <= 0 or down <= 0 or across * down > 4 * limits.MAX_PIXELS or len(places) > MOST_BLOCKS:
            raise ValueError("its strips make no sense")
        boxes = [Box(x, y, across, down) for y in range(0, height, down) for x in range(0, width, across)]
        planes = self.samples if self.planar else 1
        if len(places) < len(boxes) * planes:
            raise ValueError("it lacks some of its strips")
        if len(sizes) < len(places) and self.compression == NONE:
            sizes = (2**62,) * len(places)
        if len(sizes) < len(boxes) * planes:
            raise ValueError("it lacks the sizes of its strips")
        for box, place, size in zip(boxes * planes, places, sizes, strict=False):
            yield (box if TILES in first.tags else box.within(width, height)), place, size
