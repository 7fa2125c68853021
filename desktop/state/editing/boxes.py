"""Rectangles of the picture, as the editor's state and window have them."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """Left, top, right, bottom in pixels of the picture; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return max(0, self.right - self.left)

    @property
    def height(self) -> int:
        """Pixels down."""
        return max(0, self.bottom - self.top)

    @property
    def empty(self) -> bool:
        """Whether no pixel lies in it."""
        return self.right <= self.left or self.bottom <= self.top

    def within(self, width: int, height: int) -> Box:
        """The part inside a picture of that size; it may be empty."""
        left, top = min(max(0, self.left), width), min(max(0, self.top), height)
        return Box(left, top, max(left, min(self.right, width)), max(top, min(self.bottom, height)))

    def joined(self, other: Box) -> Box:
        """The smallest box around both; an empty one adds nothing."""
        if self.empty or other.empty:
            return other if self.empty else self
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def moved(self, right: int, down: int) -> Box:
        """The same box elsewhere."""
        return Box(self.left + right, self.top + down, self.right + right, self.bottom + down)
