"""Which format a file has, and the way into and out of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, NoReturn

import numpy as np

from engines.pictures import jpeg, limits, png, simple, tiff, turning
from engines.pictures.errors import BadPicture, NameTaken, PictureTooLarge, UnknownPicture
from engines.pictures.marks import Mark
from engines.pictures.raw import Read
from homespun.errors import NoPermission, NotFound, UsageError
from homespun.files import atomic_write

LARGEST_FILE = 1_500_000_000
"""Bytes of a compressed file, which is read whole; TIFF is read in parts."""
KINDS = "JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF and HEIC"
HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
SUFFIXES = {
    ".jpg": "JPEG", ".jpeg": "JPEG", ".jpe": "JPEG", ".jfif": "JPEG", ".png": "PNG", ".apng": "PNG", ".webp": "WEBP",
    ".tif": "TIFF", ".tiff": "TIFF", ".bmp": "BMP", ".dib": "BMP", ".gif": "GIF", ".avif": "AVIF", ".heic": "HEIF",
    ".heif": "HEIF",
}  # fmt: skip
UPRIGHT = ("BMP", "GIF")
"""Formats that have no orientation: their pixels are written upright."""

Write = Callable[[BinaryIO, Read, Mark | None], None]


def read(path: Path) -> Read:
    """Read the file and turn it upright. Raises as `Picture.open` says."""
    with limits.decoding(path):
        form = _form(path)
        if form == "TIFF":
            stored = tiff.read(path)
        else:
            data = path.read_bytes()
            if form == "JPEG":
                stored = jpeg.read(path, data)
            elif form == "PNG":
                stored = png.read(path, data)
            else:
                stored = simple.read(path, data, form)
            del data
        pixels = turning.upright(stored.pixels, stored.kept.orientation)
        return replace(stored, pixels=np.ascontiguousarray(pixels))


def write(picture: Read, path: Path, opened: Path | None, mark: Mark | None, *, overwrite: bool) -> Path:
    """Write an upright picture in the format that `path` ends in. Raises as `Picture.save` says.

    `opened` is where it came from: under the same ending it stays what it was, even where the ending lies.
    """
    form = form_for(picture, path, opened)
    if form == "GIF" and not simple.fits_palette(picture):
        form, path, overwrite = "PNG", path.with_suffix(".png"), False  # nobody said that this one may be replaced
        picture = replace(picture, kept=replace(picture.kept, origin=None))
    _check_target(path, overwrite=overwrite)
    writer = _writer(form, path)
    stored = _stored(picture, form)
    try:
        with atomic_write(path, replace=overwrite) as stream:
            if hasattr(os, "fchmod"):
                os.fchmod(stream.fileno(), _mode(opened if opened is not None and opened.exists() else None))
            writer(stream, stored, mark)
    except FileExistsError:  # since we looked
        _refuse(path)
    return path


def form_for(picture: Read, path: Path, opened: Path | None) -> str:
    """The format that `write` would write. Raises `UnknownPicture` where it couldn't: the ending, or too many pixels."""
    form = SUFFIXES.get(path.suffix.lower())
    if opened is not None and opened.suffix.lower() == path.suffix.lower():
        form = picture.format
    if form is None:
        raise UnknownPicture(f"{path} does not end like a picture that can be written.", f"Name it as one of {KINDS}.")
    simple.require_size(form, picture.pixels.shape[1], picture.pixels.shape[0])
    return form


def _form(path: Path) -> str:
    """The format by the first bytes; the name's ending is not asked."""
    try:
        if path.is_dir():
            raise UnknownPicture(f"{path} is a folder.", "Name a picture in it.")
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # a pipe or a device may never end
            raise UnknownPicture(f"{path} is not a file.", "Name a picture.")
        size = about.st_size
        with path.open("rb") as stream:
            head = stream.read(32)
    except FileNotFoundError as error:
        raise NotFound(f"{path} is not there.", "Check the path.") from error
    except PermissionError as error:
        raise NoPermission(f"{path} can't be read: {error.strerror}.", "Ask its owner, or copy it.") from error
    if not head:
        raise BadPicture(f"{path} is empty.", "Take another copy of the file.")
    form = _signature(head)
    if form is None:
        raise UnknownPicture(f"{path} is no picture that Homespun reads.", f"It reads {KINDS}.")
    if form != "TIFF" and size > LARGEST_FILE:
        raise PictureTooLarge(f"{path} is {size / 1e9:.1f} GB.", "Save it smaller first.")
    return form


def _signature(head: bytes) -> str | None:
    starts = {
        b"\xff\xd8": "JPEG", png.SIGNATURE: "PNG", b"GIF87a": "GIF", b"GIF89a": "GIF", b"BM": "BMP", b"II*\0": "TIFF",
        b"MM\0*": "TIFF", b"II+\0": "TIFF", b"MM\0+": "TIFF",
    }  # fmt: skip
    for start, form in starts.items():
        if head.startswith(start):
            return form
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        brands = {head[8:12], head[16:20], head[20:24], head[24:28]}
        if brands & {b"avif", b"avis"}:
            return "AVIF"
        if brands & set(HEIC):
            return "HEIF"
    return None


def _writer(form: str, path: Path) -> Write:
    own: dict[str, Write] = {"JPEG": jpeg.write, "PNG": png.write, "TIFF": tiff.write}
    if form == "HEIF":
        simple.need_heif(path)
    return own.get(form) or (lambda stream, picture, mark: simple.write(stream, picture, mark, form))


def _stored(picture: Read, form: str) -> Read:
    """The picture as the file stores it; upright where the format can't say otherwise."""
    block = picture.kept.exif
    too_long = form == "JPEG" and block is not None and len(block) > jpeg.LONGEST - len(jpeg.EXIF)
    if form in UPRIGHT or too_long:
        return replace(picture, kept=replace(picture.kept, exif=None, orientation=1))
    # A view: each format's module copies it band by band, which for a large picture saves as much memory as it takes.
    return replace(picture, pixels=turning.as_stored(picture.pixels, picture.kept.orientation))


def _check_target(path: Path, *, overwrite: bool) -> None:
    if not path.parent.is_dir():
        raise NotFound(f"The folder {path.parent} is not there.", "Make it, or name another one.")
    if path.is_dir():
        raise UsageError(f"{path} is a folder.", "Give the name of a file.")
    if not overwrite and (path.exists() or path.is_symlink()):
        _refuse(path)


def _refuse(path: Path) -> NoReturn:
    raise NameTaken(f"{path} is there already.", "Give another name, or allow it to be replaced.") from None


def _mode(opened: Path | None) -> int:
    """Permissions of the new file: the original's, or what this person's new files have."""
    if opened is not None:
        return opened.stat().st_mode & 0o666 | 0o600
    mask = os.umask(0o022)
    os.umask(mask)
    return 0o666 & ~mask
