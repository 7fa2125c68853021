"""What the app and its reader process say to each other: frames of a small JSON header and a body of bytes."""

from __future__ import annotations

import struct
from typing import IO, Any

from homespun.frames import BrokenFrame, packed, unpacked

__all__ = ["BrokenFrame", "Header", "read_frame", "write_frame"]

_LENGTHS = struct.Struct("!II")
MAX_HEADER = 1_000_000
MAX_BODY = 64_000_000

Header = dict[str, Any]


def write_frame(stream: IO[bytes], header: Header, body: bytes = b"", *, now: bool = True) -> None:
    """Send one frame, with the next one if not `now`; raises `OSError` where nobody listens any more."""
    head = packed(header)
    stream.write(_LENGTHS.pack(len(head), len(body)) + head + body)
    if now:
        stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[Header, bytes] | None:
    """The next frame as (header, body), or None where the other end has closed; raises `BrokenFrame`."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head_size, body_size = _LENGTHS.unpack(lengths)
    if head_size > MAX_HEADER or body_size > MAX_BODY:
        raise BrokenFrame(f"a frame of {head_size} + {body_size} bytes")
    head = stream.read(head_size)
    body = stream.read(body_size)
    if len(head) < head_size or len(body) < body_size:
        return None
    return unpacked(head, "header"), body
