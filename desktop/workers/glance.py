"""A file at a glance: its picture, small, upright and in sRGB, by the cheapest way that the format allows."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, UnidentifiedImageError

from desktop.workers.turning import TURNS
from engines.pictures import BadPicture, Picture, PictureTooLarge, UnknownPicture
from engines.pictures.limits import check_size, decoding
from homespun.errors import NoPermission, NotFound

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
"""What Pillow is let near; its rarer decoders are not asked."""

MOST_PIXELS = 100_000_000
"""What is decoded for a glance where a format can't be decoded smaller: 400 MB and a second or two."""

PDF_HEAD = 1024
"""Bytes in which `%PDF-` must stand, as readers of PDF allow it."""


def glance(path: Path, size: int) -> Image.Image:
    """The picture of `path` as RGB or RGBA, its longer side at most `size` pixels; never enlarged.

    A PDF shows its first page. Raises `UnknownPicture` (nothing to see), `BadPicture`, `PictureTooLarge`, `NotFound` and
    `NoPermission`.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(PDF_HEAD)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFound(f"{path} is not there.", "Check the path.") from error
    except IsADirectoryError as error:
        raise UnknownPicture(f"{path} is a folder.", "Name a picture in it.") from error
    except OSError as error:
        raise NoPermission(f"{path} can't be read: {error.strerror}.", "Ask its owner.") from error
    if b"%PDF-" in head:
        return _first_page(path, size)
    with decoding(path):
        return _picture(path, size)


def _picture(path: Path, size: int) -> Image.Image:
    try:
        image = Image.open(path, formats=FORMATS)
    except UnidentifiedImageError:
        return _by_the_long_way(path, size)  # HEIC; TIFF of kinds that Pillow has no mode for
    with image:
        check_size(path, *image.size)
        if image.mode in ("F", "I", "CMYK") or image.mode.startswith("I;"):
            return _by_the_long_way(path, size)
        # An eighth, a quarter or a half costs that much of the decoding. Twice the size, so that scaling stays smooth.
        image.draft(None, (2 * size, 2 * size))
        if image.width * image.height > MOST_PIXELS:
            raise PictureTooLarge(f"{path} is too large for a glance.", "Open it instead.")
        profile = image.info.get("icc_profile")
        small = _upright(_shrunk(_plain(image), size), image)
    return _in_srgb(small, profile)


def _plain(image: Image.Image) -> Image.Image:
    """The same in a mode that can be scaled smoothly."""
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("RGB", "L") else image.convert("RGB")


def _upright(small: Image.Image, original: Image.Image) -> Image.Image:
    """`small` as the EXIF orientation of its file asks for."""
    try:
        orientation = original.getexif().get(0x0112, 1)
    except (ValueError, SyntaxError, LookupError, OSError, TypeError):
        return small  # EXIF that makes no sense turns nothing
    turn = TURNS.get(orientation) if isinstance(orientation, int) else None
    return small if turn is None else small.transpose(turn)


def _shrunk(image: Image.Image, size: int) -> Image.Image:
    """`image` at most `size` pixels on its longer side; transparent pixels bleed nothing into their neighbours."""
    if max(image.size) <= size:
        return image.copy()
    share = size / max(image.size)
    wanted = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(wanted, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _in_srgb(small: Image.Image, profile: object) -> Image.Image:
    """`small` as it looks, for screens that take sRGB. A profile that can't be used counts as sRGB."""
    if not isinstance(profile, bytes) or not profile:
        return small if small.mode in ("RGB", "RGBA") else small.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if small.mode == "RGBA":
            alpha = small.getchannel("A")
            turned = ImageCms.profileToProfile(small.convert("RGB"), source, _SRGB, outputMode="RGB")
            assert turned is not None
            turned.putalpha(alpha)
            return turned
        turned = ImageCms.profileToProfile(small, source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return small if small.mode in ("RGB", "RGBA") else small.convert("RGB")
    assert turned is not None
    return turned


_SRGB = ImageCms.createProfile("sRGB")


def _by_the_long_way(path: Path, size: int) -> Image.Image:
    """Through the room that reads every picture: deep TIFF, HEIC, CMYK."""
    opened = Picture.open(path)
    if opened.width * opened.height > MOST_PIXELS:
        raise PictureTooLarge(f"{path} is too large for a glance.", "Open it instead.")
    step = max(1, max(opened.width, opened.height) // (4 * size))
    thinned = opened.with_pixels(np.ascontiguousarray(opened.pixels[::step, ::step]))
    photo = Image.fromarray(np.rint(thinned.photo() * 255).astype(np.uint8), "RGB")
    if opened.space != "RGB":
        return _shrunk(photo, size)  # light was made of it already: its profile is another space's
    return _in_srgb(_shrunk(photo, size), opened.kept.icc)


def _first_page(path: Path, size: int) -> Image.Image:
    """The first page of a PDF on white."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            page = document[0]
            width, height = page.get_size()
            if not (0 < width < 1e6 and 0 < height < 1e6):
                raise BadPicture(f"{path} has a first page without a size.", "Open it in a PDF reader.")
            rendered = page.render(scale=size / max(width, height), may_draw_forms=False).to_pil()
            return _shrunk(rendered.convert("RGB"), size)
    except (pypdfium2.PdfiumError, IndexError, ValueError, OSError) as error:
        raise BadPicture(f"{path} can't be shown: {error}.", "Open it in a PDF reader.") from error
