"""PNG's row filters undone; each byte depends on the one before, so this is compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engines.compiled import kernel


@kernel
def unfilter(rows: NDArray[np.uint8], previous: NDArray[np.uint8], step: int) -> None:
    """Undo the filters of `rows` (N, 1 + bytes) in place; the first byte of a row names its filter, 0 to 4.

    `previous` is the row above the first, `step` the bytes of a pixel. PNG specification, section 9.
    """
    length = rows.shape[1] - 1
    for row in range(rows.shape[0]):
        kind = rows[row, 0]
        for at in range(length):
            left = np.int32(rows[row, 1 + at - step]) if at >= step else np.int32(0)
            above = np.int32(rows[row - 1, 1 + at]) if row else np.int32(previous[at])
            guess = np.int32(0)
            if kind == 1:
                guess = left
            elif kind == 2:
                guess = above
            elif kind == 3:
                guess = (left + above) >> 1
            elif kind == 4:
                corner = np.int32(0)
                if at >= step:
                    corner = np.int32(rows[row - 1, 1 + at - step]) if row else np.int32(previous[at - step])
                to_left, to_above, to_corner = abs(above - corner), abs(left - corner), abs(left + above - 2 * corner)
                if to_left <= to_above and to_left <= to_corner:
                    guess = left
                elif to_above <= to_corner:
                    guess = above
                else:
                    guess = corner
            rows[row, 1 + at] = np.uint8((np.int32(rows[row, 1 + at]) + guess) & 255)
