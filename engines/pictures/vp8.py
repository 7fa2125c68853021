"""How strongly a lossy WebP was compressed: the quality setting is not in the file, its base quantiser is."""

from __future__ import annotations

import struct

SEGMENTS = 4


def chunks(data: bytes) -> dict[bytes, memoryview]:
    """The first chunk of each name in a RIFF file of WebP."""
    view, place = memoryview(data), 12
    found: dict[bytes, memoryview] = {}
    while place + 8 <= len(data):
        name, (size,) = data[place : place + 4], struct.unpack_from("<I", data, place + 4)
        found.setdefault(name, view[place + 8 : place + 8 + size])
        place += 8 + size + size % 2
    return found


def quality(frame: bytes | memoryview) -> int | None:
    """libwebp's quality (0 to 100) that gives the base quantiser of a VP8 key frame; None where there is none.

    Read by RFC 6386, section 9.2 to 9.6; the way back is libwebp's curve from quality to quantiser.
    """
    if len(frame) < 20 or frame[0] & 1 or bytes(frame[3:6]) != b"\x9d\x01\x2a":
        return None
    bits = _Bits(bytes(frame[10:1034]))
    bits.number(2)  # colour space, clamping
    deltas, absolute = [0], False
    if bits.number(1):
        new_map, new_data = bits.number(1), bits.number(1)
        if new_data:
            absolute = bool(bits.number(1))
            deltas = [bits.signed(7) for _segment in range(SEGMENTS)]
            for _segment in range(SEGMENTS):
                bits.signed(6)
        if new_map:
            for _probability in range(3):
                if bits.number(1):
                    bits.number(8)
    bits.number(1 + 6 + 3)  # the loop filter
    if bits.number(1) and bits.number(1):
        for _delta in range(8):
            bits.signed(6)
    bits.number(2)  # partitions
    base = bits.number(7)
    # libwebp gives the smoothest segment the quantiser that the setting asks for, the others more or less around it.
    middle = sum(deltas) / len(deltas) if absolute else base + sum(deltas) / len(deltas)
    root = 1 - min(max(middle, 0), 127) / 127
    linear = root**3
    setting = linear * 1.5 if linear < 0.5 else (linear + 1) / 2
    return round(100 * min(max(setting, 0.01), 1))


class _Bits:
    """VP8's boolean decoder, for flags and numbers of even odds (RFC 6386, section 7)."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 2
        self._value, self._range, self._count = int.from_bytes(data[:2], "big"), 255, 0

    def _bit(self) -> int:
        split = 1 + ((self._range - 1) * 128 >> 8)
        bit = self._value >= split << 8
        if bit:
            self._range -= split
            self._value -= split << 8
        else:
            self._range = split
        while self._range < 128:
            self._value <<= 1
            self._range <<= 1
            self._count += 1
            if self._count == 8:
                self._count = 0
                self._value |= self._data[self._at] if self._at < len(self._data) else 0
                self._at += 1
        return int(bit)

    def number(self, bits: int) -> int:
        """An unsigned number, its highest bit first."""
        value = 0
        for _bit in range(bits):
            value = value << 1 | self._bit()
        return value

    def signed(self, bits: int) -> int:
        """A number that is there or not, with its sign after it."""
        if not self._bit():
            return 0
        value = self.number(bits)
        return -value if self._bit() else value
