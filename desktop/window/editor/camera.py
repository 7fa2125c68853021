"""Where the picture lies in the view: arithmetic without Qt, in device pixels."""

from __future__ import annotations

import math
from typing import NamedTuple

STEP = 1.25
MOST = 32.0
"""3200 %: a pixel of the picture is a thumbnail."""
_SAME = 1e-9


class Insets(NamedTuple):
    """What the picture keeps free at each edge of the view."""

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0


class Camera:
    """A picture in a view. `zoom` is device pixels for each pixel of the picture; 1 = 100 %.

    The picture stays in the middle along a side on which it is smaller than the free area, and covers that area along a
    side on which it is larger: so it can't be pushed out of view, and every edge of it can be reached.
    """

    def __init__(self) -> None:
        self.picture: tuple[int, int] = (0, 0)
        self.view: tuple[int, int] = (1, 1)
        self.insets = Insets()
        self._spare = 0.0
        self.zoom = 1.0
        self.fitted = True
        self._x = 0.0
        self._y = 0.0

    @property
    def origin(self) -> tuple[int, int]:
        """The picture's upper left corner in the view; whole device pixels, so that 100 % is sharp."""
        return round(self._x), round(self._y)

    @property
    def fit(self) -> float:
        """The zoom at which the whole picture is seen; never above 100 %."""
        width, height = self.picture
        if not width or not height:
            return 1.0
        left, top, right, bottom = self._area()
        return max(1e-4, min(1.0, (right - left) / width, (bottom - top) / height))

    @property
    def least(self) -> float:
        """The smallest zoom."""
        return self.fit / 2

    def show(self, width: int, height: int) -> None:
        """Show a picture of another size; one that was zoomed into keeps its place, as after enlarging."""
        if (width, height) == self.picture:
            return
        before, self.picture = self.picture, (width, height)
        if self.fitted or not before[0]:
            self.to_fit()
            return
        self.zoom = min(MOST, max(self.least, self.zoom * before[0] / max(1, width)))
        self._clamp()

    def look(self, width: int, height: int, insets: Insets) -> None:
        """The view has another size; what was in its middle stays there."""
        middle = self.to_picture(self.view[0] / 2, self.view[1] / 2)
        self.view, self.insets = (max(1, width), max(1, height)), insets
        if self.fitted:
            self.to_fit()
            return
        self.zoom = min(MOST, max(self.least, self.zoom))
        self._x = self.view[0] / 2 - middle[0] * self.zoom
        self._y = self.view[1] / 2 - middle[1] * self.zoom
        self._clamp()

    def spare(self, below: float) -> None:
        """Let the picture be moved up by so much more: something covers its lower edge for a while."""
        if below != self._spare:
            self._spare = below
            self._clamp()

    def to_fit(self) -> None:
        """Show all of it."""
        self.zoom, self.fitted = self.fit, True
        self._x = self._y = math.inf  # as far down as it may be: the middle
        self._clamp()

    def zoom_to(self, zoom: float, x: float, y: float) -> None:
        """Zoom; the point of the picture at (x, y) of the view stays there as far as the edges allow."""
        zoom = min(MOST, max(self.least, zoom))
        share = zoom / self.zoom
        self._x = x - (x - self._x) * share
        self._y = y - (y - self._y) * share
        self.zoom = zoom
        self.fitted = abs(zoom - self.fit) < _SAME
        self._clamp()

    def step(self, steps: float, x: float, y: float) -> None:
        """Zoom by ×1.25 for each step."""
        self.zoom_to(self.zoom * STEP**steps, x, y)

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture."""
        self._x += dx
        self._y += dy
        self._clamp()

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """A point of the view in the picture's pixels."""
        left, top = self.origin
        return (x - left) / self.zoom, (y - top) / self.zoom

    def to_view(self, x: float, y: float) -> tuple[float, float]:
        """A point of the picture in the view."""
        left, top = self.origin
        return left + x * self.zoom, top + y * self.zoom

    def place(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of the picture in the view, whole device pixels."""
        left, top = self.origin
        width, height = self.picture
        return left, top, left + max(1, round(width * self.zoom)), top + max(1, round(height * self.zoom))

    def rect_of(self, left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
        """The device pixels that a box of the picture touches."""
        x0, y0 = self.to_view(left, top)
        x1, y1 = self.to_view(right, bottom)
        return math.floor(x0), math.floor(y0), math.ceil(x1), math.ceil(y1)

    def _area(self) -> tuple[float, float, float, float]:
        """The part of the view that the insets leave, at least 64 pixels of it each way."""
        width, height = self.view
        left, top, right, bottom = self.insets
        return left, top, max(left + 64, width - right), max(top + 64, height - bottom)

    def _clamp(self) -> None:
        left, top, right, bottom = self._area()
        self._x = _held(self._x, self.picture[0] * self.zoom, left, right)
        self._y = _held(self._y, self.picture[1] * self.zoom, top, bottom, self._spare)


def _held(at: float, size: float, start: float, end: float, spare: float = 0.0) -> float:
    """Where something of `size` may begin: in the middle if it is smaller than start…end, else covering it.

    `spare` lets it begin so much earlier.
    """
    if size <= end - start + _SAME:
        middle = (start + end - size) / 2
        return min(middle, max(middle - spare, at))
    return min(start, max(end - size - spare, at))
