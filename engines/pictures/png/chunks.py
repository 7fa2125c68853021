"""The chunks of a PNG: taken apart, written, and what some of them hold."""

from __future__ import annotations

import struct
import zlib
from typing import BinaryIO

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, RGB, INDEXED, GREY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
CHANNELS = {GREY: 1, RGB: 3, INDEXED: 1, GREY_ALPHA: 2, RGB_ALPHA: 4}
XMP = b"XML:com.adobe.xmp\0"
MOST_PROFILE = 16_000_000
Chunk = tuple[bytes, bytes]


def parsed(data: bytes) -> tuple[bytes, list[Chunk], list[memoryview], list[Chunk]]:
    """The header, the chunks before the pixels, the pixels' own parts, and the chunks after them."""
    view = memoryview(data)
    place, header = len(SIGNATURE), b""
    before: list[Chunk] = []
    after: list[Chunk] = []
    parts: list[memoryview] = []
    while place + 8 <= len(data):
        (length,), name = struct.unpack_from(">I", data, place), data[place + 4 : place + 8]
        end = place + 8 + length
        if name == b"IEND":
            break
        if end + 4 > len(data):
            raise ValueError("it is cut off")
        body = view[place + 8 : end]
        critical = not name[0] & 0x20
        if critical and zlib.crc32(view[place + 4 : end]) != struct.unpack_from(">I", data, end)[0]:
            raise ValueError(f"the checksum of its {name.decode('latin-1')} part is wrong")
        if name == b"IHDR":
            header = bytes(body)
        elif name == b"IDAT":
            parts.append(body)
        elif critical and name != b"PLTE":
            raise ValueError(f"it has an unknown part {name.decode('latin-1')!r}")
        else:
            (after if parts else before).append((name, bytes(body)))
        place = end + 4
    if len(header) != 13 or not parts:
        raise ValueError("it is cut off")
    return header, before, parts, after


def put(stream: BinaryIO, name: bytes, body: bytes | memoryview) -> None:
    checksum = zlib.crc32(body, zlib.crc32(name))
    stream.write(struct.pack(">I", len(body)) + name)
    stream.write(body)
    stream.write(struct.pack(">I", checksum))


def packet_of(chunk: Chunk) -> bytes | None:
    """The XMP of an international text chunk; None for every other chunk, and for a compressed one."""
    name, body = chunk
    if name != b"iTXt" or not body.startswith(XMP) or body[len(XMP) : len(XMP) + 1] != b"\0":
        return None
    languages = body[len(XMP) + 2 :].split(b"\0", 2)
    return languages[2] if len(languages) == 3 else None


def profile_of(chunk: bytes | None) -> bytes | None:
    """The colour profile, if it inflates to a sane size."""
    if chunk is None or b"\0" not in chunk[:80]:
        return None
    try:
        profile = zlib.decompressobj().decompress(chunk[chunk.index(b"\0") + 2 :], MOST_PROFILE)
    except zlib.error:
        return None
    return profile if len(profile) < MOST_PROFILE else None


def dots_of(chunk: bytes | None) -> tuple[float, float] | None:
    if chunk is None or len(chunk) != 9 or chunk[8] != 1:
        return None
    across, down = struct.unpack_from(">II", chunk)
    return across * 0.0254, down * 0.0254
