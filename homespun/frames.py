"""JSON objects as bytes: what goes through a pipe between the app and a process of ours.

Never pickle: the process at the other end has just read a stranger's file, or holds a driver that has lost its way.
"""

from __future__ import annotations

import json
from typing import Any


class BrokenFrame(Exception):
    """What came through the pipe, or what it says of the shared memory, can't be."""


def packed(told: dict[str, Any]) -> bytes:
    """`told` as ASCII JSON, without blanks."""
    return json.dumps(told, ensure_ascii=True, separators=(",", ":")).encode()


def unpacked(data: bytes, what: str) -> dict[str, Any]:
    """The object that `data` holds; raises `BrokenFrame`, which calls it `what`."""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BrokenFrame(f"a {what} that is not JSON") from error
    if not isinstance(told, dict):
        raise BrokenFrame(f"a {what} that is not an object")
    return told
