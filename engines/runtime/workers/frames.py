"""What the app and a worker say to each other: small JSON objects, each behind its length."""

from __future__ import annotations

import struct
from typing import IO, Any

from homespun.frames import BrokenFrame, packed, unpacked

__all__ = ["BrokenFrame", "Message", "read_frame", "write_frame"]

MOST = 32_000_000
"""Bytes of the longest frame: a record of where 100,000 nodes went fits."""

_LENGTH = struct.Struct("!I")

Message = dict[str, Any]


def write_frame(stream: IO[bytes], message: Message) -> None:
    """Send one message; raises `OSError` or `ValueError` where nobody listens any more."""
    body = packed(message)
    if len(body) > MOST:
        raise BrokenFrame(f"a message of {len(body)} bytes")
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Message | None:
    """The next message, or None where the other end has closed, be it in the middle of one; raises `BrokenFrame`."""
    length = stream.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(length)
    if size > MOST:
        raise BrokenFrame(f"a frame of {size} bytes")
    body = stream.read(size)
    if len(body) < size:
        return None
    return unpacked(body, "frame")
