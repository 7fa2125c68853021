"""Rectangles and regions."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion


def rectangles(region: QRegion) -> list[QRect]:
    """A region's rectangles, in bands from top to bottom (PySide's own types don't know that it has any)."""
    return list(cast("Iterable[QRect]", region))


def between(edges: tuple[int, int, int, int], margin: int = 0) -> QRect:
    """The rectangle from left and top to right and bottom, which are outside, with so much more on each side."""
    left, top, right, bottom = edges
    return QRect(left, top, right - left, bottom - top).adjusted(-margin, -margin, margin, margin)


def outward(rect: QRect, scale: float) -> QRect:
    """The rectangle at another scale, whole pixels, nothing cut off."""
    left, top = math.floor(rect.left() * scale), math.floor(rect.top() * scale)
    right, bottom = math.ceil((rect.right() + 1) * scale), math.ceil((rect.bottom() + 1) * scale)
    return QRect(left, top, right - left, bottom - top)
