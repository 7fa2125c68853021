"""What a picture file holds beside its pixels, and what its pixels were when it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kept:
    """All that must survive. The blocks are as they stand in the file, without its container's own wrapping.

    `origin` is what the format's own module needs to write the file again as it was: tables, chunks, tags, a palette.
    """

    orientation: int = 1
    """EXIF's, 1 to 8: how the stored pixels are turned to stand upright."""
    exif: bytes | None = None
    """A TIFF structure."""
    xmp: bytes | None = None
    icc: bytes | None = None
    iptc: bytes | None = None
    """Photoshop's image resources, which hold IPTC's records."""
    dots: tuple[float, float] | None = None
    """Pixels per inch, across and down."""
    origin: Any = None
