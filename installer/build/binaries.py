"""What a library or program says of itself, read from its own bytes: the processor, the libraries it needs, the version.

PE (Windows) and ELF (Linux), as far as packages need it, for any platform on any other.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

MACHINES = {0x8664: "x64", 0xAA64: "arm64", 0x014C: "x86"}
_VERSION = 16
"""The type of a version resource (RT_VERSION)."""


class NoBinary(ValueError):
    """The file is no program or library that can be read."""


@dataclass(frozen=True)
class Section:
    """Where a part of a PE file lies: in memory, and in the file."""

    address: int
    size: int
    offset: int


class PE:
    """A Windows program or library."""

    def __init__(self, data: bytes) -> None:
        """Raises `NoBinary` for anything else."""
        self._data = data
        try:
            if data[:2] != b"MZ":
                raise NoBinary("it is no Windows program")
            (header,) = struct.unpack_from("<I", data, 0x3C)
            if data[header : header + 4] != b"PE\0\0":
                raise NoBinary("it is no Windows program")
            self._machine, count, self.time, _, _, optional = struct.unpack_from("<HHIIIH", data, header + 4)
            start = header + 24
            (magic,) = struct.unpack_from("<H", data, start)
            self._directories = start + (112 if magic == 0x20B else 96)
            self._sections = tuple(self._section(start + optional + 40 * index) for index in range(count))
        except struct.error as error:
            raise NoBinary("it ends too early") from error

    def _section(self, at: int) -> Section:
        size, address, stored, offset = struct.unpack_from("<IIII", self._data, at + 8)
        return Section(address, max(size, stored), offset)

    @property
    def machine(self) -> str:
        """x64, arm64, x86, or the number of another processor."""
        return MACHINES.get(self._machine, hex(self._machine))

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The libraries that it is linked to, those that are loaded late included, in lower case. Raises `NoBinary`."""
        try:
            return tuple(dict.fromkeys((*self._imports(1, 20, 12), *self._imports(13, 32, 4))))
        except (struct.error, ValueError) as error:
            raise NoBinary("its list of libraries is damaged") from error

    @property
    def version(self) -> tuple[int, int, int, int] | None:
        """The version of the file in its resources; None where it has none. Raises `NoBinary`."""
        try:
            place = self._resource(_VERSION)
            mark = -1 if place is None else self._data.find(b"\xbd\x04\xef\xfe", place[0], place[0] + place[1])
            if mark < 0:
                return None
            high, low = struct.unpack_from("<II", self._data, mark + 8)
        except struct.error as error:
            raise NoBinary("its resources are damaged") from error
        return high >> 16, high & 0xFFFF, low >> 16, low & 0xFFFF

    def _imports(self, directory: int, size: int, name_at: int) -> list[str]:
        at = self._offset(self._directory(directory))
        found = []
        while at is not None:
            (name,) = struct.unpack_from("<I", self._data, at + name_at)
            where = self._offset(name)
            if where is None:
                break
            found.append(self._data[where : self._data.index(b"\0", where)].decode("ascii", "replace").lower())
            at += size
        return found

    def _directory(self, index: int) -> int:
        (address,) = struct.unpack_from("<I", self._data, self._directories + 8 * index)
        return int(address)

    def _offset(self, address: int) -> int | None:
        if address == 0:
            return None
        for one in self._sections:
            if one.address <= address < one.address + one.size:
                return one.offset + address - one.address
        return None

    def _resource(self, kind: int) -> tuple[int, int] | None:
        base = self._offset(self._directory(2))
        if base is None:
            return None
        entry = next((target for name, target in self._entries(base) if name == kind), None)
        for _ in range(2):  # below the kind are names, and below those languages
            below = self._entries(base + (entry & 0x7FFFFFFF)) if entry is not None and entry & 0x80000000 else []
            entry = below[0][1] if below else entry
        if entry is None or entry & 0x80000000:
            return None
        address, size = struct.unpack_from("<II", self._data, base + entry)
        place = self._offset(address)
        return None if place is None else (place, size)

    def _entries(self, at: int) -> list[tuple[int, int]]:
        named, numbered = struct.unpack_from("<HH", self._data, at + 12)
        return [struct.unpack_from("<II", self._data, at + 16 + 8 * index) for index in range(named + numbered)]


def needed(path: Path) -> tuple[str, ...]:
    """The names of the libraries that `path` is linked to; none where it is no library. PE names are in lower case."""
    with path.open("rb") as stream:
        head = stream.read(4)
    if head[:2] == b"MZ":
        try:
            return PE(path.read_bytes()).needs
        except NoBinary:
            return ()
    if head == b"\x7fELF":
        return _elf_needs(path.read_bytes())
    return ()


def _elf_needs(data: bytes) -> tuple[str, ...]:
    """DT_NEEDED of a 64-bit little-endian ELF file."""
    if data[4:6] != b"\x02\x01":
        return ()
    (headers,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    loads: list[tuple[int, int, int]] = []
    dynamic = (0, 0)
    for index in range(count):
        kind, _, offset, address, _, length = struct.unpack_from("<IIQQQQ", data, headers + size * index)
        if kind == 1:
            loads.append((address, length, offset))
        elif kind == 2:
            dynamic = (offset, length)
    tags = [struct.unpack_from("<qQ", data, dynamic[0] + at) for at in range(0, dynamic[1], 16)]
    strings = next((value for tag, value in tags if tag == 5), 0)
    base = next(
        (strings - address + offset for address, length, offset in loads if address <= strings < address + length), 0
    )
    starts = [base + value for tag, value in tags if tag == 1]
    return tuple(data[start : data.index(b"\0", start)].decode("utf-8", "replace") for start in starts)
