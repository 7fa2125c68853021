"""A first look at a large file: fewer pixels, in a fraction of the time that all of them take."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np

from engines.pictures import jpeg, limits, turning
from engines.pictures.files import LARGEST_FILE
from engines.pictures.picture import Picture


class Glimpse(NamedTuple):
    """`picture` with fewer pixels than the file has; `width` and `height` are those of the whole, upright."""

    picture: Picture
    width: int
    height: int


def glimpse(path: Path, longest: int) -> Glimpse | None:
    """The picture with `longest` pixels or a little more on its longer side; None where reading all is as quick.

    Only JPEG can be read in part. A file that can't be opened gives None too: `Picture.open` says why.
    """
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:  # a pipe would never end
            return None
        with path.open("rb") as stream:
            if stream.read(2) != b"\xff\xd8":
                return None
            data = b"\xff\xd8" + stream.read()
    except OSError:
        return None
    with limits.decoding(path):
        width, height = jpeg.size(path, data)
        if max(width, height) < 2 * longest:
            return None
        read = jpeg.read(path, data, longest=longest)
    pixels = np.ascontiguousarray(turning.upright(read.pixels, read.kept.orientation))
    if (pixels.shape[0] > pixels.shape[1]) != (height > width):
        width, height = height, width
    return Glimpse(Picture(pixels, read.space, read.alpha, read.format, path, (), read.kept), width, height)
