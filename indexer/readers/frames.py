"""What the app and its reader process say to each other: frames of a small JSON header and a body of bytes.

Never pickle: the process at the other end has just read a file from a stranger.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

_LENGTHS = struct.Struct("!II")
MAX_HEADER = 1_000_000
MAX_BODY = 64_000_000

Header = dict[str, Any]


class BrokenFrame(Exception):
    """What came through the pipe is no frame."""


def write_frame(stream: IO[bytes], header: Header, body: bytes = b"", *, now: bool = True) -> None:
    """Send one frame, with the next one if not `now`; raises `OSError` where nobody listens any more."""
    head = json.dumps(header, ensure_ascii=True, separators=(",", ":")).encode()
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
    try:
        header = json.loads(head)
    except (ValueError, RecursionError) as error:
        raise BrokenFrame("a header that is not JSON") from error
    if not isinstance(header, dict):
        raise BrokenFrame("a header that is not an object")
    return header, body
