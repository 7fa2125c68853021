"""Photoshop's image resources, the block that holds IPTC's records: kept, less the thumbnails in it."""

from __future__ import annotations

import struct

THUMBNAILS = (1033, 1036)


def without_thumbnails(block: bytes) -> bytes:
    """The block without the small pictures of how things were; a block that can't be read comes back as it is."""
    kept: list[bytes] = []
    place = 0
    while place < len(block):
        if block[place : place + 4] != b"8BIM" or place + 12 > len(block):
            return block if block[place:].strip(b"\0") else b"".join(kept) + block[place:]
        (number,) = struct.unpack_from(">H", block, place + 4)
        name = block[place + 6] + 1
        size_at = place + 6 + name + name % 2
        if size_at + 4 > len(block):
            return block
        (size,) = struct.unpack_from(">I", block, size_at)
        end = size_at + 4 + size + size % 2
        if size_at + 4 + size > len(block):
            return block
        if number not in THUMBNAILS:
            kept.append(block[place:end])
        place = end
    return b"".join(kept)
