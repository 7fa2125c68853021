"""Pictures: what their metadata says. The pixels are never decoded."""

from __future__ import annotations

import os
import struct
import warnings
from contextlib import suppress
from typing import BinaryIO, Literal

from PIL import Image, ImageFile, IptcImagePlugin, UnidentifiedImageError

from indexer.document import Document, Limits, State, Unreadable
from indexer.kinds import Kind
from indexer.readers import exif
from indexer.readers.clean import document, short
from indexer.readers.families import VERSIONS
from indexer.readers.safexml import whole

# Our own limit is looked at instead: nothing is decoded here.
Image.MAX_IMAGE_PIXELS = None

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP", "ICO", "PSD", "JPEG2000")
DAMAGED = "picture: damaged"

_PILLOW_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    struct.error,
    IndexError,
    KeyError,
    EOFError,
    TypeError,
    OverflowError,
)
_CRITICAL = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_TEXT_CHUNKS = ("Title", "Author", "Description", "Comment", "Source", "Copyright", "parameters", "prompt")
# (record, dataset) of IPTC IIM 4.2.
_IPTC = {(2, 5): "title", (2, 105): "title", (2, 120): "description", (2, 25): "keywords", (2, 80): "author",
         (2, 90): "place", (2, 101): "place", (2, 92): "place"}  # fmt: skip


class Picture:
    """Reads size, date, camera, place and captions."""

    kinds = frozenset({Kind.PICTURE, Kind.SCREENSHOT})
    version = VERSIONS["picture"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """What the picture in `source` says of itself; raises `Unreadable` where it is damaged or too large."""
        try:
            try:
                return _read(source, limits, on_warning="error")
            except Warning:
                # Pillow looks into the EXIF for the resolution, and warns where that leads nowhere.
                source.seek(0)
                return _read(source, limits, on_warning="ignore")
        except UnidentifiedImageError as error:
            raise Unreadable(DAMAGED) from error
        except _PILLOW_ERRORS as error:
            if "Decompressed data too large" in str(error) or "Too much memory" in str(error):
                return document(Kind.PICTURE, "", limits, facts=_png_size(source), reason="picture: metadata too large")
            raise Unreadable(DAMAGED) from error


def _read(source: BinaryIO, limits: Limits, *, on_warning: Literal["error", "ignore"]) -> Document:
    """The document of a picture; raises what Pillow raises, and `Unreadable`."""
    with warnings.catch_warnings():
        warnings.simplefilter(on_warning)
        with Image.open(source, formats=FORMATS) as image:
            return _opened(image, source, limits)


def _opened(image: Image.Image, source: BinaryIO, limits: Limits) -> Document:
    """The document of an opened picture."""
    width, height = image.size
    if width * height > limits.pixels:
        raise Unreadable("picture: too large", State.SKIPPED)
    reason = ""
    found = exif.Exif()
    raw = image.info.get("exif")
    if image.format == "TIFF":
        raw = _tiff_start(source)
    if isinstance(raw, bytes) and raw:
        try:
            found = exif.parse(raw)
        except (exif.BrokenExif, struct.error, OverflowError):
            reason = "picture: without its metadata, which is damaged"
    if not reason and not _complete(image, source):
        raise Unreadable(DAMAGED)
    captions = _captions(image)
    return picture_document(width, height, found, captions, limits, reason=reason)


def picture_document(
    width: int, height: int, found: exif.Exif, captions: dict[str, str], limits: Limits, *, reason: str = ""
) -> Document:
    """The document of a picture of `width` × `height` pixels with its EXIF and its captions (by name)."""
    words = dict(captions)
    words.setdefault("title", found.text(exif.XP_TITLE))
    words.setdefault("description", found.text(exif.DESCRIPTION) or found.text(exif.XP_SUBJECT))
    words.setdefault("keywords", found.text(exif.XP_KEYWORDS))
    words.setdefault("author", found.text(exif.ARTIST) or found.text(exif.XP_AUTHOR))
    words.setdefault("comment", found.text(exif.COMMENT) or found.text(exif.XP_COMMENT))
    facts = {
        "created": found.taken(),
        "camera": found.camera(),
        "gps": found.place(),
        "author": words["author"],
        "width": str(width),
        "height": str(height),
    }
    lines = [words[name] for name in ("title", "description", "keywords", "comment", "place") if words.get(name)]
    lines += [
        f"{label}: {value}"
        for label, value in (
            ("Taken", facts["created"].replace("T", " ")),
            ("Camera", facts["camera"]),
            ("Lens", found.text(exif.LENS)),
            ("Place", facts["gps"]),
            ("Author", facts["author"]),
            ("Copyright", found.text(exif.COPYRIGHT)),
        )
        if value
    ]
    title = words["title"]
    return document(Kind.PICTURE, "\n".join(lines), limits, title=title, facts=facts, reason=reason)


def _captions(image: Image.Image) -> dict[str, str]:
    """Captions by name, from text chunks, IPTC and XMP; the later sources win, as programs write them in that order."""
    found: dict[str, str] = {}
    for key in _TEXT_CHUNKS:
        value = image.info.get(key)
        if isinstance(value, str):
            found.setdefault(
                key.lower() if key.lower() in ("title", "author", "description") else "comment", short(value, 2_000)
            )
    comment = image.info.get("comment")
    if isinstance(comment, bytes):
        found.setdefault("comment", short(comment.decode("utf-8", "replace"), 2_000))
    with suppress(*_PILLOW_ERRORS):
        blocks = IptcImagePlugin.getiptcinfo(image) if isinstance(image, ImageFile.ImageFile) else None
        for block, raw in (blocks or {}).items():
            if name := _IPTC.get(block):
                found[name] = short(", ".join(map(_decoded, raw if isinstance(raw, list) else [raw])), 2_000)
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    if packet:
        found.update(xmp_captions(packet if isinstance(packet, bytes) else str(packet).encode()))
    return {name: text for name, text in found.items() if text}


def xmp_captions(packet: bytes) -> dict[str, str]:
    """Title, description, keywords and author of an XMP packet; nothing from a damaged one."""
    found: dict[str, str] = {}
    if len(packet) > 2_000_000:
        return found
    with suppress(Unreadable):
        root = whole(packet.strip(b"\0 \r\n\t"))
        for name, element in (
            ("title", "title"),
            ("description", "description"),
            ("keywords", "subject"),
            ("author", "creator"),
        ):
            node = root.find(f".//{{http://purl.org/dc/elements/1.1/}}{element}")
            if node is not None:
                words = [text.strip() for text in node.itertext() if text.strip()]
                found[name] = short(", ".join(dict.fromkeys(words)), 2_000)
        node = root.find(".//{http://ns.adobe.com/photoshop/1.0/}City")
        if node is not None and node.text:
            found["place"] = short(node.text)
    return found


def _decoded(value: object) -> str:
    """An IPTC value as text."""
    if not isinstance(value, bytes):
        return ""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def _tiff_start(source: BinaryIO) -> bytes:
    """The beginning of a TIFF file, which is itself laid out as EXIF."""
    place = source.tell()
    source.seek(0)
    data = source.read(1_000_000)
    source.seek(place)
    return data if data[:4] in (b"II*\0", b"MM\0*") and _starts_within(data) else b""


def _starts_within(data: bytes) -> bool:
    """Whether the first directory lies in `data`: programs that write it after the pixels have no camera to tell of."""
    (at,) = struct.unpack_from("<I" if data[:2] == b"II" else ">I", data, 4)
    return 8 <= int(at) < len(data) - 2


def _complete(image: Image.Image, source: BinaryIO) -> bool:
    """Whether the file goes on to its end, as far as that can be told without decoding it."""
    size = source.seek(0, os.SEEK_END)
    if image.format == "PNG":
        return _png_complete(source, size)
    if image.format == "JPEG":
        return _jpeg_complete(source)
    if image.format == "WEBP":
        source.seek(4)
        return bool(size >= struct.unpack("<I", source.read(4))[0] + 8)
    return True


def _png_complete(source: BinaryIO, size: int) -> bool:
    """Whether all chunks are there, and known where they are needed."""
    place = 8
    for _ in range(100_000):
        source.seek(place)
        header = source.read(8)
        if len(header) < 8:
            return False
        length, kind = struct.unpack(">I4s", header)
        place += 12 + length
        if place > size or (not kind[0] & 0x20 and kind not in _CRITICAL):
            return False
        if kind == b"IEND":
            return True
    return False


def _jpeg_complete(source: BinaryIO) -> bool:
    """Whether an end marker follows the first scan; thumbnails, which have one too, lie before it."""
    source.seek(0)
    head = source.read(2_000_000)
    place = 2
    while place + 4 <= len(head) and head[place] == 0xFF and head[place + 1] != 0xDA:
        place += 2 + int.from_bytes(head[place + 2 : place + 4], "big") if head[place + 1] != 0xFF else 1
    if head.find(b"\xff\xd9", place) >= 0:
        return True
    while chunk := source.read(1_000_000):
        if b"\xff\xd9" in head[-1:] + chunk:
            return True
        head = chunk
    return False


def _png_size(source: BinaryIO) -> dict[str, str]:
    """Width and height from a PNG's header alone."""
    source.seek(16)
    raw = source.read(8)
    if len(raw) < 8:
        return {}
    width, height = struct.unpack(">II", raw)
    return {"width": str(width), "height": str(height)}


READERS = {"picture": Picture()}
