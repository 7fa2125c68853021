"""A picture: upright pixels, and all else that its file holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.pictures import files
from engines.pictures.channels import cmyk_to_rgb, to_floats
from engines.pictures.kept import Kept
from engines.pictures.marks import Edit, Mark
from engines.pictures.raw import Read
from homespun.errors import NotFound

Pixels = NDArray[Any]
DEPTHS = (np.dtype(np.uint8), np.dtype(np.uint16), np.dtype(np.float32))


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture, upright: what its EXIF orientation asks for is done, and undone on saving.

    `pixels` is (H, W, C), C-contiguous, read-only, uint8, uint16 or float32, in the file's own colour space. C is 1 (grey),
    2 (grey and alpha), 3 (RGB), 4 (RGB and alpha, or CMYK by `space`) or 5 (CMYK and alpha). Alpha is not premultiplied.
    `notes` are sentences that a person should see. `kept` is all else that must survive, and of no concern to others.
    """

    pixels: Pixels = field(repr=False)
    space: str
    alpha: bool
    format: str
    path: Path | None = None
    notes: tuple[str, ...] = ()
    kept: Kept = field(default_factory=Kept, repr=False)

    def __post_init__(self) -> None:
        channels = {"L": 1, "RGB": 3, "CMYK": 4}[self.space] + self.alpha
        if self.pixels.dtype not in DEPTHS or self.pixels.ndim != 3 or self.pixels.shape[2] != channels:
            raise ValueError(f"{self.pixels.dtype} {self.pixels.shape} is no {self.space} picture, alpha {self.alpha}")
        pixels = np.ascontiguousarray(self.pixels).view()
        pixels.flags.writeable = False
        object.__setattr__(self, "pixels", pixels)

    @property
    def width(self) -> int:
        """Pixels across, upright."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels down, upright."""
        return int(self.pixels.shape[0])

    @staticmethod
    def open(path: Path) -> Picture:
        """Read a picture file.

        Raises `NotFound`, `NoPermission`, `UnknownPicture` (no picture, or of a kind that is not read), `BadPicture`
        (damaged or cut off) and `PictureTooLarge`.
        """
        path = Path(path)
        read = files.read(path)
        return Picture(read.pixels, read.space, read.alpha, read.format, path, read.notes, read.kept)

    @staticmethod
    def new(pixels: Pixels, *, format: str = "PNG") -> Picture:  # noqa: A002 - the field's own word
        """A picture from pixels (H, W, C) alone: grey, grey and alpha, RGB, or RGB and alpha by C."""
        channels = pixels.shape[2]
        return Picture(pixels, "L" if channels <= 2 else "RGB", channels in (2, 4), format)

    def photo(self) -> NDArray[np.float32]:
        """float32 (H, W, 3) in [0, 1] in the file's own space, without alpha; grey three times, CMYK as light.

        Floats beyond [0, 1] are clipped.
        """
        if self.space == "CMYK":
            return cmyk_to_rgb(np.clip(to_floats(self.pixels[..., :4]), 0, 1))
        colours = to_floats(self.pixels[..., :1] if self.space == "L" else self.pixels[..., :3])
        if colours.dtype == self.pixels.dtype:
            colours = np.clip(np.nan_to_num(colours), 0, 1)
        return np.repeat(colours, 3, axis=2) if self.space == "L" else np.ascontiguousarray(colours)

    def with_pixels(self, pixels: Pixels) -> Picture:
        """The same picture with other pixels: any size, the same depth and channels."""
        if pixels.dtype != self.pixels.dtype or pixels.shape[2:] != self.pixels.shape[2:]:
            raise ValueError(f"{pixels.dtype} {pixels.shape} can't stand for {self.pixels.dtype} {self.pixels.shape}")
        return replace(self, pixels=pixels)

    def require_writable(self, path: Path) -> None:
        """Raise, before long work, what `save` would: `UnknownPicture` for an ending or a size that can't be written,
        `NotFound` for a folder that isn't there.
        """
        path = Path(path)
        read = Read(self.pixels, self.space, self.alpha, self.format, self.notes, self.kept)
        files.form_for(read, path, self.path)
        if not path.parent.is_dir():
            raise NotFound(f"The folder {path.parent} is not there.", "Make it, or choose another place.")

    def save(self, path: Path, *, mark_edited: bool | Edit | Mark = True, overwrite: bool = False) -> Path:
        """Write the picture and everything it was opened with; atomic. The format is the one that the name ends in.

        In its own format: the same depth, profile, metadata and way of compressing. `mark_edited` puts IPTC's digital source
        type into the XMP (True = `Edit.GENERATED`), beside what stands there. Gives the path that was written, which ends in
        .png where a GIF has no room for new colours. Raises `UsageError` when the file is there and `overwrite` is False,
        `UnknownPicture` for a format that is not written, `NoSpace` and `NoPermission`; then nothing was changed.
        """
        read = Read(self.pixels, self.space, self.alpha, self.format, self.notes, self.kept)
        return files.write(read, Path(path), self.path, Mark.of(mark_edited), overwrite=overwrite)
