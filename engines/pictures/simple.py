"""WebP, AVIF, HEIC, GIF and BMP, which Pillow decodes and encodes; what they hold beside the pixels goes in and out here."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from PIL import Image

from engines.pictures import exif, limits, through_pillow, vp8, xmp
from engines.pictures.errors import UnknownPicture
from engines.pictures.kept import Kept
from engines.pictures.marks import Mark
from engines.pictures.palette import Palette
from engines.pictures.raw import Read, as_rgb, preview, to_8_bit

QUALITY = 90
"""For files that don't tell how they were compressed."""
LONGEST_SIDE = {"JPEG": 65_500, "WEBP": 16_383, "GIF": 65_535, "AVIF": 65_535, "HEIF": 65_535}
GIF_XMP = b"\x21\xff\x0bXMP DataXMP"
GIF_XMP_END = bytes([1, *range(255, -1, -1), 0])


@dataclass(frozen=True)
class Origin:
    """How the file was compressed, and what else Pillow needs to write it so again."""

    format: str
    options: dict[str, Any]
    palette: Palette | None = None
    bilevel: bool = False


def read(path: Path, data: bytes, form: str) -> Read:
    """The stored pixels of the first frame. Raises as `Picture.open` says; the caller guards the decoder."""
    if form == "HEIF":
        need_heif(path)
    with Image.open(io.BytesIO(data), formats=[form]) as image:
        limits.check_size(path, *image.size)
        notes = _notes(image, data, form)
        image.load()
        bilevel = image.mode == "1"
        palette = _palette(image) if image.mode == "P" else None
        info = dict(image.info)
        if palette is not None:
            indices = np.frombuffer(image.tobytes(), np.uint8).reshape(image.height, image.width)
            pixels = palette.colours(indices)
        else:
            plain = "L" if bilevel else "RGBA" if image.has_transparency_data else "RGB"
            known = image.mode in ("L", "LA", "RGB", "RGBA")
            pixels = through_pillow.pixels_of(image if known else image.convert(plain))
    block = info.get("exif")
    block = block.removeprefix(b"Exif\0\0") if isinstance(block, bytes) else None
    packet, profile, dots = (
        _gif_xmp(data) if form == "GIF" else info.get("xmp"),
        info.get("icc_profile"),
        info.get("dpi"),
    )
    kept = Kept(
        orientation=exif.orientation(block),
        exif=block or None,
        xmp=packet if isinstance(packet, bytes) and packet else None,
        icc=profile if isinstance(profile, bytes) and profile else None,
        dots=dots if isinstance(dots, tuple) else None,
        origin=Origin(form, _options(data, form, info), palette, bilevel),
    )
    channels = pixels.shape[2]
    return Read(pixels, "L" if channels <= 2 else "RGB", channels in (2, 4), form, notes, kept)


def require_size(form: str, width: int, height: int) -> None:
    """Raise `UnknownPicture` where the format can't hold so many pixels."""
    longest = LONGEST_SIDE.get(form, 2**31)
    if max(width, height) > longest:
        raise UnknownPicture(
            f"{form} holds at most {longest} pixels a side; this is {width} × {height}.", "Save it as PNG."
        )


def write(stream: BinaryIO, picture: Read, mark: Mark | None, form: str) -> None:
    """Write stored pixels (upright ones as GIF and BMP, which have no orientation) through Pillow."""
    picture = as_rgb(picture)
    kept = picture.kept
    origin = kept.origin if isinstance(kept.origin, Origin) and kept.origin.format == form else None
    height, width = picture.pixels.shape[:2]
    require_size(form, width, height)
    packet = xmp.without_thumbnails(kept.xmp) if kept.xmp else None
    if mark is not None:
        packet = xmp.marked(packet, mark)
    options: dict[str, Any] = (
        dict(origin.options) if origin else {"quality": QUALITY} if form in ("WEBP", "AVIF", "HEIF") else {}
    )
    if form in ("WEBP", "AVIF", "HEIF"):
        if kept.exif:
            options["exif"] = exif.refreshed(kept.exif, preview(picture), (width, height))
        options |= {"xmp": packet or b"", "icc_profile": kept.icc or b""}
    elif kept.dots and form == "BMP":
        options["dpi"] = kept.dots
    image = _image(picture, origin, options, form)
    if form == "GIF":
        _write_gif(stream, image, options, packet)
    else:
        image.save(stream, form, **options)


def fits_palette(picture: Read) -> bool:
    """Whether a GIF can hold the picture with the palette that it had."""
    origin = picture.kept.origin
    if not isinstance(origin, Origin) or origin.palette is None:
        return picture.space == "L" and picture.pixels.dtype == np.uint8 and not picture.alpha
    return origin.palette.indices(picture.pixels) is not None


def _image(picture: Read, origin: Origin | None, options: dict[str, Any], form: str) -> Image.Image:
    """The image that Pillow gets, in the palette that it had where the format has palettes."""
    pixels = to_8_bit(picture, alpha=True)
    if origin is not None and origin.palette is not None:
        indices = origin.palette.indices(pixels)
        if indices is not None:
            image = through_pillow.image_of(indices, "P")
            image.putpalette(origin.palette.table[:, :3].tobytes())
            clear = np.flatnonzero(origin.palette.table[:, 3] == 0)
            if len(clear) and form == "GIF":
                options["transparency"] = int(clear[0])
            return image
    if origin is not None and origin.bilevel and not (pixels % 255).any():
        return through_pillow.image_of(pixels[..., 0], "L").convert("1", dither=Image.Dither.NONE)
    if form == "BMP" and picture.alpha and picture.space == "L":
        pixels = np.concatenate([pixels[..., :1].repeat(3, axis=2), pixels[..., 1:]], axis=2)
        return through_pillow.image_of(pixels, "RGBA")
    return through_pillow.image_of(pixels, through_pillow.mode_of(picture.space, picture.alpha))


def _write_gif(stream: BinaryIO, image: Image.Image, options: dict[str, Any], packet: bytes | None) -> None:
    """A GIF with its XMP, for which Pillow has no place: an extension before the first frame."""
    whole = io.BytesIO()
    image.save(whole, "GIF", optimize=False, **options)
    data = whole.getvalue()
    colours = 3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0
    stream.write(data[: 13 + colours])
    if packet:
        stream.write(GIF_XMP + packet + GIF_XMP_END)
    stream.write(data[13 + colours :])


def _gif_xmp(data: bytes) -> bytes | None:
    """The XMP of a GIF: an extension that is no chain of blocks, and ends so that a reader of blocks finds its way."""
    start = data.find(GIF_XMP)
    end = data.find(GIF_XMP_END[:64], start) if start >= 0 else -1
    return data[start + len(GIF_XMP) : end] if end >= 0 else None


def _palette(image: Image.Image) -> Palette:
    colours = bytes(image.getpalette("RGB") or b"")
    transparency = image.info.get("transparency")
    if isinstance(transparency, int) and 0 <= transparency < len(colours) // 3:
        transparency = b"\xff" * transparency + b"\0"
    return Palette.of(colours, transparency if isinstance(transparency, bytes) else b"")


def _notes(image: Image.Image, data: bytes, form: str) -> tuple[str, ...]:
    notes = []
    if getattr(image, "n_frames", 1) > 1:
        name = {"HEIF": "HEIC", "WEBP": "WebP"}.get(form, form)
        notes.append(f"Only the first frame of this {name} is read and saved.")
    if form == "AVIF" and (_av1(data) or 0) & 0x40:
        notes.append("This AVIF has more than 8 bits a channel; it is read and saved with 8.")
    return tuple(notes)


def _av1(data: bytes) -> int | None:
    """The byte of an AVIF's configuration that tells depth and subsampling (AV1 in ISOBMFF, section 2.3)."""
    at = data.find(b"av1C")
    return data[at + 6] if 0 <= at < len(data) - 7 else None


def _options(data: bytes, form: str, info: dict[Any, Any]) -> dict[str, Any]:
    """What to tell Pillow so that it compresses as the file was."""
    if form == "WEBP":
        found = vp8.chunks(data)
        if b"VP8L" in found:
            return {"lossless": True, "exact": True, "quality": 80}
        return {"quality": vp8.quality(found.get(b"VP8 ", b"")) or QUALITY, "exact": True}
    if form == "AVIF":
        byte = _av1(data) or 0
        names = {0x0C: "4:2:0", 0x08: "4:2:2", 0x00: "4:4:4"}
        grey = "4:0:0" if byte & 0x10 else names.get(byte & 0x0C, "4:2:0")
        return {"quality": QUALITY, "subsampling": grey}
    if form == "HEIF":
        return {"quality": QUALITY}
    if form == "GIF":
        return {name: info[name] for name in ("comment", "background", "duration", "loop") if name in info}
    return {}


def need_heif(path: Path) -> None:
    """Let Pillow read HEIC, by a package that is installed only on a person's wish (its encoder is under the GPL)."""
    try:
        import pillow_heif
    except ImportError as error:
        raise UnknownPicture(
            f"{path} is a HEIC picture, and the part that reads those is not installed.",
            "Install it with: pip install pillow-heif, or save the picture as JPEG first.",
        ) from error
    pillow_heif.register_heif_opener()
