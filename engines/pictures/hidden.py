"""Colours under full transparency: arbitrary, often black or left over from an edit, and never to be taken for the picture."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from engines.pictures.fillers import Mask

Pixels = NDArray[Any]


def shown(pixels: Pixels, hole: Mask | None = None) -> Pixels:
    """`pixels` (H, W, C), the last channel alpha, with the colour of the nearest visible pixel wherever alpha is 0.

    Any depth; alpha stays. A `hole` (bool (H, W)) lends no colour and is left as it is. Where nothing is visible,
    colours become 0.
    """
    clear = pixels[..., -1] == 0
    unknown = clear if hole is None else clear | hole
    hidden = clear if hole is None else clear & ~hole
    if not hidden.any():
        return pixels
    result = pixels.copy()
    if unknown.all():
        result[hidden, :-1] = 0
        return result
    from scipy import ndimage  # a third of a second to import, and opening a picture needs none of it

    rows, columns = ndimage.distance_transform_edt(unknown, return_distances=False, return_indices=True)
    result[hidden, :-1] = pixels[rows[hidden], columns[hidden], :-1]
    return result
