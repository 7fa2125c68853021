"""What the document process and the editor's state agree on; without arrays, which the state must not load."""

from __future__ import annotations

from dataclasses import dataclass

MARKED = 128
"""From this byte of a mask on a pixel is taken for marked; the canvas smooths the edges of its strokes."""

GLIMPSE = 1500
"""Pixels on the longer side of what is shown first."""

SMALLEST = 512
"""Halves are made until the longer side is no longer than this."""

CLOSED = "closed"
"""The state makes a file of this name in a document's folder when the person has closed the document."""


@dataclass(frozen=True)
class Level:
    """One size of the picture inside its sheet: rows of `stride` bytes from `offset`."""

    width: int
    height: int
    stride: int
    offset: int


def levels_of(width: int, height: int) -> tuple[Level, ...]:
    """The full size and its halves, rounded up, one behind the other."""
    levels, offset = [], 0
    for number in range(9):
        across, down = -(-width // (1 << number)), -(-height // (1 << number))
        levels.append(Level(across, down, 4 * across, offset))
        offset += 4 * across * down
        if max(across, down) <= SMALLEST:
            break
    return tuple(levels)
