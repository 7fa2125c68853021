"""Rectangles of pixels."""

from __future__ import annotations

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
