"""HEIC and AVIF, the pictures of phones: size and EXIF, without a decoder for them."""

from __future__ import annotations

import struct
from typing import BinaryIO

from indexer.document import Document, Limits, State, Unreadable
from indexer.kinds import Kind
from indexer.readers import exif
from indexer.readers.boxes import boxes, contents, find
from indexer.readers.families import VERSIONS
from indexer.readers.picture import picture_document, xmp_captions

_EXIF_STARTS = (b"Exif\0\0II*\0", b"Exif\0\0MM\0*")
_XMP_START, _XMP_END = b"<x:xmpmeta", b"</x:xmpmeta>"
METADATA_BYTES = 60_000


class Heif:
    """Reads what a HEIC or AVIF picture says of itself."""

    kinds = frozenset({Kind.PICTURE, Kind.SCREENSHOT})
    version = VERSIONS["heif"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The picture in `source`; raises `Unreadable` where its boxes are damaged or it is too large."""
        properties = find(source, b"meta", b"iprp", b"ipco")
        if properties is None:
            raise Unreadable("picture: damaged")
        # A picture of tiles has a size for each tile, and one for the whole.
        sizes = [
            struct.unpack(">4xII", contents(source, box, 12))
            for box in boxes(source, properties.start, properties.start + properties.size)
            if box.kind == b"ispe" and box.size >= 12
        ]
        if not sizes:
            raise Unreadable("picture: damaged")
        width, height = max(sizes, key=lambda size: size[0] * size[1])
        if width * height > limits.pixels:
            raise Unreadable("picture: too large", State.SKIPPED)
        source.seek(0)
        data = source.read(limits.member_bytes)
        found, reason = _exif(data)
        start = data.find(_XMP_START)
        end = data.find(_XMP_END, start) if start >= 0 else -1
        captions = xmp_captions(data[start : end + len(_XMP_END)]) if end > start >= 0 else {}
        return picture_document(width, height, found, captions, limits, reason=reason)


def _exif(data: bytes) -> tuple[exif.Exif, str]:
    """The EXIF block of a picture, found by its beginning, and the reason if it can't be read."""
    place = min((at for start in _EXIF_STARTS if (at := data.find(start)) >= 0), default=-1)
    if place < 0:
        return exif.Exif(), ""
    try:
        return exif.parse(data[place : place + METADATA_BYTES]), ""
    except (exif.BrokenExif, struct.error, OverflowError):
        return exif.Exif(), "picture: without its metadata, which is damaged"


READERS = {"heif": Heif()}
