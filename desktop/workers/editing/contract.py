"""What the document process and the editor's state agree on; without arrays, which the state must not load."""

from __future__ import annotations

from dataclasses import dataclass

MARKED = 128
"""From this byte of a mask on a pixel is taken for marked; the canvas smooths the edges of its strokes."""

CLOSED = "closed"
"""The state makes a file of this name in a document's folder when the person has closed the document."""


@dataclass(frozen=True)
class Level:
    """One size of the picture inside its sheet: rows of `stride` bytes from `offset`."""

    width: int
    height: int
    stride: int
    offset: int
