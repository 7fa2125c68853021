"""What a person points at: clicks, a box, a lasso, a scribble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from homespun.errors import ExitCode, HomespunError

MOST = 32
"""Coordinates of each kind of hint, as in Windows' own object extractor."""

Point = tuple[float, float]


class WrongHints(HomespunError):
    """Hints that select nothing, or lie outside the photo."""

    code = ExitCode.USAGE


@dataclass(frozen=True)
class Hints:
    """Where the object is. Coordinates are pixels, x to the right, y down; 0, 0 is the upper left pixel.

    `include` and `exclude` are clicks on the object and beside it; `box` is x, y, width, height around it; `lasso` is a
    loop around it, closed by itself; `scribble` is a stroke over it. At most 32 points of each.
    """

    include: tuple[Point, ...] = ()
    exclude: tuple[Point, ...] = ()
    box: tuple[float, float, float, float] | None = None
    lasso: tuple[Point, ...] = ()
    scribble: tuple[Point, ...] = ()

    def check(self, width: int, height: int) -> None:
        """Raises `WrongHints` for a photo of `width` x `height` pixels when the hints make no sense there."""
        for name in ("include", "exclude", "lasso", "scribble"):
            points: Sequence[Point] = getattr(self, name)
            if len(points) > MOST:
                raise WrongHints(
                    f"There are {len(points)} {_NAMES[name]}; at most {MOST} are taken.",
                    "Leave some out: a few well-placed ones select as well.",
                )
            for x, y in points:
                if not (0 <= x < width and 0 <= y < height):
                    raise WrongHints(
                        f"The point {x:g},{y:g} lies outside the photo, which is {width} x {height} pixels.",
                        f"Give x from 0 to {width - 1} and y from 0 to {height - 1}.",
                    )
        if self.box is not None:
            _check_box(self.box, width, height)
        if 0 < len(self.lasso) < 3:
            raise WrongHints(f"A lasso of {len(self.lasso)} points encloses nothing.", "Give at least three.")
        if not (self.include or self.box or self.lasso or self.scribble):
            raise WrongHints("Nothing says where the object is.", "Give a click on it, a box, a lasso or a scribble.")


_NAMES = {
    "include": "clicks on the object",
    "exclude": "clicks beside the object",
    "lasso": "points of the lasso",
    "scribble": "points of the scribble",
}


def _check_box(box: tuple[float, float, float, float], width: int, height: int) -> None:
    x, y, wide, high = box
    if not (wide >= 2 and high >= 2):  # nan too
        raise WrongHints(f"The box is {wide:g} x {high:g} pixels.", "Give a box of at least 2 x 2.")
    if not (x < width and y < height and x + wide > 0 and y + high > 0):
        raise WrongHints(
            f"The box {x:g},{y:g},{wide:g},{high:g} lies outside the photo, which is {width} x {height} pixels.",
            "Give x, y, width and height in pixels of the photo.",
        )
