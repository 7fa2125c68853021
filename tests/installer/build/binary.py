"""Small Windows libraries of a few hundred bytes, made by hand: a head, imports and a version, as `binaries.PE` reads them."""

from __future__ import annotations

import struct
from collections.abc import Sequence

NUMBERS = {"x64": 0x8664, "arm64": 0xAA64, "x86": 0x014C}
_AT = 0x1000
"""Where the one section lies in memory."""
_START = 0x400
"""Where it lies in the file."""


def pe(machine: str, *, needs: Sequence[str] = (), version: tuple[int, int, int, int] | None = None) -> bytes:
    """A 64-bit library for `machine` that is linked to `needs` and says that it is `version`."""
    body = bytearray()
    imports = 0
    if needs:
        table = 20 * (len(needs) + 1)
        names = b"".join(name.encode() + b"\0" for name in needs)
        at = table
        for name in needs:
            body += struct.pack("<IIIII", 0, 0, 0, _AT + at, 0)
            at += len(name) + 1
        body += bytes(20) + names
        imports = _AT
    resources = 0
    if version is not None:
        body += bytes(-len(body) % 4)
        base = len(body)
        fixed = struct.pack("<IIII", 0xFEEF04BD, 0x10000, version[0] << 16 | version[1], version[2] << 16 | version[3])
        for level, (number, target) in enumerate(((16, 0x80000018), (1, 0x80000030), (0, 0x48))):
            assert level * 0x18 == len(body) - base
            body += struct.pack("<IIHHHH", 0, 0, 0, 0, 0, 1) + struct.pack("<II", number, target)
        body += struct.pack("<IIII", _AT + base + 0x58, len(fixed), 0, 0) + fixed
        resources = _AT + base
    optional = bytearray(240)
    struct.pack_into("<H", optional, 0, 0x20B)
    struct.pack_into("<I", optional, 108, 16)
    struct.pack_into("<II", optional, 112 + 8, imports, 40)
    struct.pack_into("<II", optional, 112 + 16, resources, 40)
    head = bytearray(_START)
    head[:2] = b"MZ"
    struct.pack_into("<I", head, 0x3C, 0x80)
    struct.pack_into("<4sHHIIIHH", head, 0x80, b"PE\0\0", NUMBERS[machine], 1, 0, 0, 0, len(optional), 0x2022)
    head[0x98 : 0x98 + len(optional)] = optional
    section = 0x98 + len(optional)
    struct.pack_into("<8sIIII", head, section, b".all", len(body) + 16, _AT, len(body), _START)
    return bytes(head) + bytes(body)
