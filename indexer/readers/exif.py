"""EXIF: the few tags a person searches for, read with every offset checked (TIFF 6.0, section 2; EXIF 2.3, 4.6)."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

Value = str | bytes | tuple[float, ...]

MOST_ENTRIES = 1_000
MOST_BYTES = 20_000
"""Entries of one directory and bytes of one value: cameras write a hundredth of it."""

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8}
_CODES = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i"}
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825

DESCRIPTION, MAKE, MODEL, SOFTWARE, CHANGED, ARTIST, COPYRIGHT = 0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x8298
TAKEN, DIGITIZED, LENS, COMMENT = 0x9003, 0x9004, 0xA434, 0x9286
XP_TITLE, XP_COMMENT, XP_AUTHOR, XP_KEYWORDS, XP_SUBJECT = 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F

_WHEN = re.compile(r"(\d{4})[:\-/.](\d{2})[:\-/.](\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?")


class BrokenExif(Exception):
    """The metadata points outside itself, or at itself."""


@dataclass(slots=True)
class Exif:
    """Tags by number: those of the picture and the camera in `main`, those of the place in `gps`."""

    main: dict[int, Value] = field(default_factory=dict)
    gps: dict[int, Value] = field(default_factory=dict)

    def text(self, tag: int) -> str:
        """A tag as text; "" if it is missing."""
        value = self.main.get(tag, "")
        if isinstance(value, bytes):
            if 0x9C9B <= tag <= 0x9C9F:
                return value.decode("utf-16-le", "replace").strip("\0 ")
            if tag == COMMENT:
                return _comment(value)
            return value.decode("utf-8", "replace").strip("\0 ")
        return value.strip() if isinstance(value, str) else ""

    def taken(self) -> str:
        """When the picture was taken: ISO date and time on the camera's clock; "" if unknown."""
        for tag in (TAKEN, DIGITIZED, CHANGED):
            found = _WHEN.match(self.text(tag))
            if found and found[1] != "0000" and 1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31:
                day = f"{found[1]}-{found[2]}-{found[3]}"
                return f"{day}T{found[4]}:{found[5]}:{found[6] or '00'}" if found[4] else day
        return ""

    def camera(self) -> str:
        """Maker and model, the maker once."""
        make, model = self.text(MAKE), self.text(MODEL)
        return model if make and model.lower().startswith(make.split()[0].lower()) else f"{make} {model}".strip()

    def place(self) -> str:
        """ "latitude, longitude" in degrees, south and west negative; "" if there is none."""
        latitude = _degrees(self.gps.get(2), self.gps.get(1), "S", 90)
        longitude = _degrees(self.gps.get(4), self.gps.get(3), "W", 180)
        return "" if latitude is None or longitude is None else f"{latitude:.6f}, {longitude:.6f}"


def parse(data: bytes) -> Exif:
    """The tags of an EXIF block (from the TIFF header on, with or without `Exif` before it); raises `BrokenExif`."""
    data = data.removeprefix(b"Exif\0\0")
    if data[:4] == b"II*\0":
        order = "<"
    elif data[:4] == b"MM\0*":
        order = ">"
    else:
        raise BrokenExif
    found = Exif()
    seen: set[int] = set()
    found.main = _directory(data, _number(data, 4, order), order, seen)
    for pointer, target in ((_EXIF_IFD, found.main), (_GPS_IFD, found.gps)):
        where = found.main.get(pointer)
        if isinstance(where, tuple) and where:
            target.update(_directory(data, int(where[0]), order, seen))
    return found


def _directory(data: bytes, at: int, order: str, seen: set[int]) -> dict[int, Value]:
    """The entries of the directory at offset `at`; raises `BrokenExif` where it can't be one, or was read before."""
    if at in seen or at < 8 or at + 2 > len(data):
        raise BrokenExif
    seen.add(at)
    (count,) = struct.unpack_from(order + "H", data, at)
    if count > MOST_ENTRIES or at + 2 + 12 * count > len(data):
        raise BrokenExif
    entries: dict[int, Value] = {}
    for number in range(count):
        place = at + 2 + 12 * number
        tag, kind, amount = struct.unpack_from(order + "HHI", data, place)
        size = _SIZES.get(kind, 0) * amount
        start = place + 8 if size <= 4 else _number(data, place + 8, order)
        if 0 < size <= MOST_BYTES and start + size <= len(data):
            # Values outside the block are left out, as maker notes are after an edit.
            entries[tag] = _value(data[start : start + size], kind, amount, order)
    return entries


def _value(raw: bytes, kind: int, amount: int, order: str) -> Value:
    """One value: text, bytes, or numbers."""
    if kind == 2:
        # The standard says ASCII; phones write UTF-8.
        text = raw.split(b"\0", 1)[0]
        try:
            return text.decode()
        except UnicodeDecodeError:
            return text.decode("cp1252", "replace")
    if kind == 7 or (kind == 1 and amount > 4):
        return raw
    if kind in (5, 10):
        pairs = struct.unpack(order + ("I" if kind == 5 else "i") * 2 * amount, raw)
        return tuple(top / bottom if bottom else 0.0 for top, bottom in zip(pairs[::2], pairs[1::2], strict=True))
    return tuple(float(number) for number in struct.unpack(order + _CODES[kind] * amount, raw))


def _number(data: bytes, at: int, order: str) -> int:
    """The 32-bit number at `at`; raises `BrokenExif` beyond the end."""
    if at + 4 > len(data):
        raise BrokenExif
    return int(struct.unpack_from(order + "I", data, at)[0])


def _degrees(value: Value | None, side: Value | None, negative: str, most: int) -> float | None:
    """Degrees, minutes and seconds as one number; None for what is no place on Earth."""
    if not isinstance(value, tuple) or len(value) < 3 or not isinstance(side, str) or not side:
        return None
    degrees = value[0] + value[1] / 60 + value[2] / 3600
    if not 0 <= degrees <= most:
        return None
    return -degrees if side[0].upper() == negative else degrees


def _comment(value: bytes) -> str:
    """A user's comment: eight bytes name its encoding."""
    code, text = value[:8], value[8:]
    if code.startswith(b"UNICODE"):
        wide = "utf-16-be" if text[:1] == b"\0" else "utf-16-le"
        return text.decode(wide, "replace").strip("\0 ")
    return text.decode("utf-8", "replace").strip("\0 ") if code[:5] in (b"ASCII", b"\0\0\0\0\0") else ""
