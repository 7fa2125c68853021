"""Indexed colour: pictures of up to 256 colours, read as RGB and written back in the same palette where it has the colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[Any]

FARTHEST = 8
"""Levels of 255: a new colour that is farther than this from all of the palette makes the picture full colour
(`erase.md` §6)."""
MOST = 256


@dataclass(frozen=True, eq=False)
class Palette:
    """`table` is uint8 (N, 4), RGB and alpha."""

    table: NDArray[np.uint8]
    opacities: int
    """How many entries the file gave an alpha for; the others are opaque."""

    @staticmethod
    def of(colours: bytes, opacity: bytes) -> Palette:
        """From three bytes per colour, and one byte of alpha for the first of them. ValueError for an empty palette."""
        count = min(len(colours) // 3, MOST)
        if not count:
            raise ValueError("its palette is empty")
        table = np.full((count, 4), 255, np.uint8)
        table[:, :3] = np.frombuffer(colours[: 3 * count], np.uint8).reshape(count, 3)
        alphas = np.frombuffer(opacity[:count], np.uint8)
        table[: len(alphas), 3] = alphas
        return Palette(table, len(alphas))

    @property
    def alpha(self) -> bool:
        """Whether any colour is not opaque."""
        return bool((self.table[:, 3] < 255).any())

    def colours(self, indices: Pixels) -> Pixels:
        """RGB, or RGB and alpha, of indices (H, W); an index beyond the palette is black, as browsers have it."""
        table = np.zeros((MOST, 4), np.uint8)
        table[:, 3] = 255
        table[: len(self.table)] = self.table
        return table[indices] if self.alpha else np.ascontiguousarray(table[:, :3])[indices]

    def as_chunks(self) -> tuple[bytes, bytes]:
        """Three bytes per colour, and the alphas that the file gave."""
        return self.table[:, :3].tobytes(), self.table[: self.opacities, 3].tobytes()

    def indices(self, pixels: Pixels) -> NDArray[np.uint8] | None:
        """The indices (H, W) of the nearest colours; None where one is farther than `FARTHEST` levels from all of them.

        A colour that the palette has is found exactly; of several equal entries the first is taken, which looks the same.
        """
        channels = pixels.shape[2]
        known = self.table[:, :channels].astype(np.int32)
        codes = np.zeros(pixels.shape[:2], np.uint32)
        for channel in range(channels):
            codes = codes << np.uint32(8) | pixels[..., channel].astype(np.uint32)
        distinct, where = np.unique(codes, return_inverse=True)
        if len(distinct) > 65_536:
            return None
        shifts = np.arange(8 * (channels - 1), -1, -8, dtype=np.uint32)
        wanted = (distinct[:, None] >> shifts & np.uint32(255)).astype(np.int32)
        nearest = np.empty(len(wanted), np.uint8)
        for start in range(0, len(wanted), 1024):
            part = wanted[start : start + 1024]
            distance = np.abs(part[:, None, :] - known[None]).max(axis=2)
            nearest[start : start + 1024] = distance.argmin(axis=1)
            if distance.min(axis=1).max() > FARTHEST:
                return None
        return nearest[where.reshape(codes.shape)]
