"""JPEG: decoded once; written again with the same tables, subsampling and scans, and with every segment it had."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from PIL import Image

from engines.pictures import exif, limits, resources, through_pillow, xmp
from engines.pictures.errors import UnknownPicture
from engines.pictures.kept import Kept
from engines.pictures.marks import Mark
from engines.pictures.raw import Read, preview, to_8_bit
from engines.pictures.simple import require_size

EXIF, XMP, MORE_XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"
ICC, PHOTOSHOP, ADOBE, JFIF, SEVERAL = b"ICC_PROFILE\0", b"Photoshop 3.0\0", b"Adobe", b"JFIF\0", b"MPF\0"
LONGEST = 65533
"""Bytes in a segment."""

SOI, EOI, SOS, DQT, COM, APP0 = 0xD8, 0xD9, 0xDA, 0xDB, 0xFE, 0xE0
FRAMES = {0xC0, 0xC1, 0xC2, 0xC9, 0xCA}
OTHER_FRAMES = {0xC3, 0xC5, 0xC6, 0xC7, 0xCB, 0xCD, 0xCE, 0xCF}
PROGRESSIVE = {0xC2, 0xCA}

MOST_SCAN_PIXELS = 6_000_000_000
"""Scans × pixels: a hostile file of thousands of scans would keep the decoder busy for hours."""
OPTIMISED = 60_000_000
"""Pixels up to which the Huffman tables are made to measure, which takes two more bytes of memory a sample."""
LARGEST_PROGRESSIVE = 150_000_000
"""Pixels up to which a progressive file stays one: beyond, its encoder would need more than 2 GB in all."""
QUALITY = 95
"""For a picture that was no JPEG before."""

Segment = tuple[int, bytes]


@dataclass(frozen=True)
class Origin:
    """What is needed to write the file again: its segments in order, and how its pixels were compressed."""

    segments: tuple[Segment, ...]
    tables: tuple[tuple[int, ...], ...]
    """The quantisation tables (64 values, row by row) for the components in turn; the last is for all that follow."""
    components: int
    subsampling: int
    progressive: bool
    rgb: bool


def size(path: Path, data: bytes) -> tuple[int, int]:
    """Width and height as stored; the caller guards as for `read`."""
    header = _Header.of(path, data)
    return header.width, header.height


def read(path: Path, data: bytes, *, longest: int | None = None) -> Read:
    """The stored pixels of a JPEG, and all its segments. Raises as `Picture.open` says; the caller guards the decoder.

    With `longest` they are fewer: a half, a quarter or an eighth a side, still at least so many on the longer side.
    """
    header = _Header.of(path, data)
    limits.check_size(path, header.width, header.height, 4)
    scans = data.count(b"\xff\xda", header.scan)
    if scans * header.width * header.height > max(MOST_SCAN_PIXELS, 30 * 1_000_000) or scans > 1000:
        raise UnknownPicture(f"{path} has {scans} scans, more than any camera writes.", "Check where it comes from.")
    # The decoder sees only what it needs: damaged metadata can't stop it, and stays as it is.
    needed = [
        (marker, body) for marker, body in header.segments if not _is_metadata(marker) or _is_colour(marker, body)
    ]
    bare = b"\xff\xd8" + b"".join(map(_segment, needed)) + data[header.scan :]
    with Image.open(io.BytesIO(bare), formats=["JPEG"]) as image:
        if image.mode not in through_pillow.CHANNELS:
            raise UnknownPicture(f"{path} is a JPEG of {image.mode} pixels, which isn't read.", "Save it as RGB first.")
        if longest is not None:
            share = longest / max(image.size)
            image.draft(image.mode, (round(image.width * share), round(image.height * share)))
        pixels, mode = through_pillow.pixels_of(image), image.mode
    metadata = tuple(segment for segment in header.segments if _is_metadata(segment[0]))
    found = _joined(metadata, EXIF)
    notes: tuple[str, ...] = ()
    if any(marker == 0xE2 and body.startswith(SEVERAL) for marker, body in metadata):
        notes = (
            "This file holds more than one picture (a preview, depth or a gain map); only the first is read and saved.",
        )
    kept = Kept(
        orientation=exif.orientation(found),
        exif=found,
        xmp=_joined(metadata, XMP),
        icc=_profile(metadata),
        iptc=_joined(metadata, PHOTOSHOP),
        origin=Origin(
            metadata,
            header.tables(),
            len(header.components()),
            header.subsampling(),
            header.progressive,
            header.rgb(),
        ),
    )
    space = {"L": "L", "CMYK": "CMYK"}.get(mode, "RGB")
    return Read(pixels, space, False, "JPEG", notes, kept)


def write(stream: BinaryIO, picture: Read, mark: Mark | None) -> None:
    """Write stored pixels as a JPEG; alpha is laid on white, 16 bits are rounded to 8."""
    require_size("JPEG", picture.pixels.shape[1], picture.pixels.shape[0])
    pixels = to_8_bit(picture, alpha=False)
    origin = picture.kept.origin if isinstance(picture.kept.origin, Origin) else None
    image = through_pillow.image_of(pixels, through_pillow.mode_of(picture.space, False))
    encoded = _encoded(image, origin)
    small = preview(picture)
    del image
    end, own = _encoder_segments(encoded)
    stream.write(b"\xff\xd8")
    stream.writelines(_segment(segment) for segment in _metadata(picture, origin, own, small, mark))
    stream.write(memoryview(encoded)[end:])


def _encoded(image: Image.Image, origin: Origin | None) -> bytes:
    """The picture as libjpeg writes it, with the original's tables where there is one."""
    pixels = image.width * image.height
    optimise = pixels <= OPTIMISED
    if origin is None or (image.mode == "L") != (origin.components == 1):
        how: dict[str, Any] = {"quality": QUALITY, "subsampling": 0}
    else:
        how = {
            "qtables": [list(table) for table in origin.tables],
            "progressive": origin.progressive and pixels <= LARGEST_PROGRESSIVE,
            "keep_rgb": origin.rgb,
        }
        if origin.components == 3:
            how["subsampling"] = origin.subsampling
    stream = io.BytesIO()
    try:
        image.save(stream, "JPEG", optimize=optimise, **how)
    except OSError:  # Pillow's buffer is too small for some pictures in one go: then without what needs that
        stream = io.BytesIO()
        image.save(stream, "JPEG", **{**how, "progressive": False})
    return stream.getvalue()


def _metadata(
    picture: Read, origin: Origin | None, own: list[Segment], small: Image.Image, mark: Mark | None
) -> Iterator[Segment]:
    """The segments before the tables, in the original's order."""
    height, width = picture.pixels.shape[:2]
    packet = picture.kept.xmp
    if packet is not None:
        packet = xmp.without_thumbnails(packet)
    if mark is not None:
        packet = xmp.marked(packet, mark, limit=LONGEST - len(XMP)) or packet
    new_exif = picture.kept.exif
    if new_exif is not None:
        new_exif = exif.refreshed(new_exif, small, (width, height), limit=LONGEST - len(EXIF))
    colour = [(marker, body) for marker, body in own if _is_colour(marker, body) and not body.startswith(JFIF)]
    before = list(origin.segments) if origin else [segment for segment in own if segment[1].startswith(JFIF)]
    before = list(_kept_segments(before, replace_colour=bool(colour)))
    if origin is None and picture.kept.icc:
        before += _profile_segments(picture.kept.icc)
    replaced = {EXIF: new_exif, XMP: packet}
    if origin is None and picture.kept.iptc and len(picture.kept.iptc) <= LONGEST - len(PHOTOSHOP):
        before.append((0xED, PHOTOSHOP + resources.without_thumbnails(picture.kept.iptc)))
    for name, block in replaced.items():
        at = next((i for i, (marker, body) in enumerate(before) if marker == 0xE1 and body.startswith(name)), None)
        before = [one for one in before if not (one[0] == 0xE1 and one[1].startswith(name))]
        if block is None or len(name) + len(block) > LONGEST:
            continue
        if at is None:
            at = sum(1 for marker, body in before if marker == APP0 or body.startswith(EXIF))
        before.insert(at, (0xE1, name + block))
    yield from before
    yield from colour


def _kept_segments(segments: list[Segment], *, replace_colour: bool) -> Iterator[Segment]:
    """The original's segments, less the small pictures of how things were."""
    for marker, body in segments:
        if marker == APP0 and body.startswith(JFIF):
            if not replace_colour:
                yield marker, body[:12] + b"\0\0" if len(body) >= 14 else body
        elif marker == APP0 and body.startswith(b"JFXX\0"):
            continue
        elif marker == 0xE2 and body.startswith(SEVERAL):
            continue  # its offsets lead to pictures after the end, which are not kept
        elif marker == 0xEE and body.startswith(ADOBE) and replace_colour:
            continue
        elif marker == 0xED and body.startswith(PHOTOSHOP):
            yield marker, PHOTOSHOP + resources.without_thumbnails(body[len(PHOTOSHOP) :])
        else:
            yield marker, body


def _segment(segment: Segment) -> bytes:
    marker, body = segment
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _is_metadata(marker: int) -> bool:
    return APP0 <= marker <= 0xEF or marker == COM


def _is_colour(marker: int, body: bytes) -> bool:
    """Whether a segment tells the decoder what the components are."""
    return (marker == APP0 and body.startswith(JFIF)) or (marker == 0xEE and body.startswith(ADOBE))


def _joined(segments: tuple[Segment, ...], name: bytes) -> bytes | None:
    """The block that starts with `name`; Photoshop's may go on over several segments."""
    parts = [body[len(name) :] for _marker, body in segments if body.startswith(name)]
    if not parts:
        return None
    return b"".join(parts) if name == PHOTOSHOP else parts[0]


def _profile(segments: tuple[Segment, ...]) -> bytes | None:
    """The colour profile, put together in the order that its parts give."""
    parts = [body[len(ICC) :] for marker, body in segments if marker == 0xE2 and body.startswith(ICC)]
    return b"".join(part[2:] for part in sorted(parts, key=lambda part: part[:1])) or None


def _profile_segments(profile: bytes) -> list[Segment]:
    size = LONGEST - len(ICC) - 2
    parts = [profile[at : at + size] for at in range(0, len(profile), size)]
    return [(0xE2, ICC + bytes([i, len(parts)]) + part) for i, part in enumerate(parts, 1)] if len(parts) < 256 else []


def _encoder_segments(encoded: bytes) -> tuple[int, list[Segment]]:
    """What libjpeg wrote before its tables, and where those start."""
    place, segments = 2, []
    while place + 4 <= len(encoded) and _is_metadata(encoded[place + 1]):
        (length,) = struct.unpack_from(">H", encoded, place + 2)
        segments.append((encoded[place + 1], encoded[place + 4 : place + 2 + length]))
        place += 2 + length
    return place, segments


@dataclass
class _Header:
    """What stands before the first scan."""

    segments: list[Segment]
    frame: int
    body: bytes
    scan: int
    """Where the first scan's segment starts."""

    @staticmethod
    def of(path: Path, data: bytes) -> _Header:
        segments: list[Segment] = []
        place, frame, body = 2, 0, b""
        while True:
            place = data.find(b"\xff", place)
            if place < 0 or place + 4 > len(data):
                raise ValueError("it ends before the picture starts")
            marker = data[place + 1]
            if marker in (0x00, 0x01, 0xFF) or 0xD0 <= marker <= SOI:
                place += 1 if marker == 0xFF else 2
                continue
            if marker == SOS and frame:
                return _Header(segments, frame, body, place)
            (length,) = struct.unpack_from(">H", data, place + 2)
            if marker in (EOI, SOS) or length < 2 or place + 2 + length > len(data):
                raise ValueError("it ends before the picture starts")
            content = data[place + 4 : place + 2 + length]
            if marker in OTHER_FRAMES or (marker in FRAMES and content[:1] != b"\x08"):
                raise UnknownPicture(
                    f"{path} is a JPEG of a rare kind (lossless, or of 12 bits), which isn't read.",
                    "Save it as an ordinary JPEG, a PNG or a TIFF first.",
                )
            if marker in FRAMES:
                frame, body = marker, content
                if len(body) < 6 or len(body) < 6 + 3 * body[5]:
                    raise ValueError("its frame header is too short")
            segments.append((marker, content))
            place += 2 + length

    @property
    def width(self) -> int:
        return int(struct.unpack_from(">H", self.body, 3)[0])

    @property
    def height(self) -> int:
        return int(struct.unpack_from(">H", self.body, 1)[0])

    @property
    def progressive(self) -> bool:
        return self.frame in PROGRESSIVE

    def components(self) -> list[tuple[int, int, int]]:
        """(identifier, sampling, table) of each component."""
        return [(self.body[i], self.body[i + 1], self.body[i + 2]) for i in range(6, 6 + 3 * self.body[5], 3)]

    def rgb(self) -> bool:
        """Whether the components are red, green and blue as they are."""
        adobe = [body for marker, body in self.segments if marker == 0xEE and body.startswith(ADOBE)]
        jfif = any(marker == APP0 and body.startswith(JFIF) for marker, body in self.segments)
        ids = [component[0] for component in self.components()]
        if len(ids) != 3 or jfif:
            return False
        return adobe[0][11] == 0 if adobe and len(adobe[0]) > 11 else ids == list(b"RGB")

    def subsampling(self) -> int:
        """Pillow's number: 0 for 4:4:4, 1 for 4:2:2, 2 for 4:2:0; whatever it does not write becomes 4:4:4."""
        sampling = bytes(component[1] for component in self.components())
        return {b"\x21\x11\x11": 1, b"\x22\x11\x11": 2}.get(sampling, 0)

    def tables(self) -> tuple[tuple[int, ...], ...]:
        """The quantisation tables as in `Origin`; of those defined under one number the last."""
        defined: dict[int, tuple[int, ...]] = {}
        for marker, body in self.segments:
            place = 0
            while marker == DQT and place < len(body):
                wide, number = body[place] >> 4, body[place] & 15
                size = 128 if wide else 64
                values = np.frombuffer(body[place + 1 : place + 1 + size], ">u2" if wide else "u1")
                if len(values) < 64:
                    break
                natural = np.empty(64, np.int64)
                natural[ZIGZAG] = values
                defined[number] = tuple(int(value) for value in natural)
                place += 1 + size
        wanted = [table for _id, _sampling, table in self.components()]
        while len(wanted) > 1 and wanted[-1] == wanted[-2]:
            wanted.pop()
        return tuple(defined.get(table, FLAT) for table in wanted)


FLAT = (1,) * 64


def _zigzag() -> list[int]:
    """Where, row by row, the coefficients stand in the order of a file."""
    places = [(row, column) for row in range(8) for column in range(8)]
    places.sort(key=lambda at: (at[0] + at[1], at[0] if (at[0] + at[1]) % 2 else at[1]))
    return [8 * row + column for row, column in places]


ZIGZAG = _zigzag()
