"""Rectangles of pixels, and the exact tiling that enlarging uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle of whole pixels: `x`, `y` of its upper left corner, `width`, `height`."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column that is no longer inside."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row that is no longer inside."""
        return self.y + self.height

    @property
    def slices(self) -> tuple[slice, slice]:
        """Rows and columns, to index an array (H, W, …)."""
        return slice(self.y, self.bottom), slice(self.x, self.right)

    def grown(self, by: int) -> Box:
        """The same box with `by` more pixels on every side."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def within(self, width: int, height: int) -> Box:
        """The part that lies inside a picture of `width` × `height`; its sides may be 0."""
        left, top = min(max(self.x, 0), width), min(max(self.y, 0), height)
        right, bottom = min(max(self.right, left), width), min(max(self.bottom, top), height)
        return Box(left, top, right - left, bottom - top)

    def joined(self, other: Box) -> Box:
        """The smallest box around both."""
        left, top = min(self.x, other.x), min(self.y, other.y)
        return Box(left, top, max(self.right, other.right) - left, max(self.bottom, other.bottom) - top)

    def touches(self, other: Box) -> bool:
        """Whether the two overlap, or share an edge or a corner."""
        return (
            self.x <= other.right and other.x <= self.right and self.y <= other.bottom and other.y <= self.bottom
        )  # fmt: skip


class Tile(NamedTuple):
    """One step of a tiled run: read `window`, keep `core`. Cores cover the picture once, without overlap."""

    window: Box
    core: Box

    @property
    def inside(self) -> Box:
        """The core as seen from the window: what to cut out of the result."""
        return Box(self.core.x - self.window.x, self.core.y - self.window.y, self.core.width, self.core.height)


def tiles(width: int, height: int, tile: int, halo: int) -> Iterator[Tile]:
    """The tiles of a picture, row by row; every window is `tile` × `tile`, slid inside rather than padded.

    A side shorter than `tile` gives windows of that side. With `halo` at least the network's radius in input pixels, the
    cores are what a run on the whole picture gives, to the bit (fp32 on the CPU; `docs/pictures.md`).
    Raises ValueError when the halo leaves no core.
    """
    if tile <= 2 * halo or halo < 0:
        raise ValueError(f"a tile of {tile} pixels has no core with a halo of {halo}")
    for core_y, core_height, window_y, window_height in _steps(height, tile, halo):
        for core_x, core_width, window_x, window_width in _steps(width, tile, halo):
            yield Tile(
                Box(window_x, window_y, window_width, window_height), Box(core_x, core_y, core_width, core_height)
            )


def _steps(length: int, tile: int, halo: int) -> Iterator[tuple[int, int, int, int]]:
    """Along one side: where the core starts, how long it is, and the same of its window."""
    if length <= tile:
        if length > 0:
            yield 0, length, 0, length
        return
    core = tile - 2 * halo
    for start in range(0, length, core):
        yield start, min(core, length - start), min(max(0, start - halo), length - tile), tile
