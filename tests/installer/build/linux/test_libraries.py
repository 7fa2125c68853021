"""Which Debian packages a folder of libraries needs."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from installer.build.linux import libraries
from installer.failure import Failure
from installer.libraries import QT_LIBRARIES


def elf(path: Path, *needs: str) -> Path:
    """A library for x86-64 that says what it is linked to, and nothing else."""
    strings = b"\0" + b"".join(one.encode() + b"\0" for one in needs)
    places = []
    at = 1
    for one in needs:
        places.append(at)
        at += len(one) + 1
    head, dynamic = 64 + 2 * 56, 16 * (len(needs) + 2)
    tags = [(1, place) for place in places] + [(5, head + dynamic), (0, 0)]
    body = b"".join(struct.pack("<qQ", *tag) for tag in tags) + strings
    whole = head + len(body)
    data = b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 3, 62, 1, 0, 64, 0, 0, 64, 56, 2, 0, 0, 0)
    data += struct.pack("<IIQQQQQQ", 1, 4, 0, 0, 0, whole, whole, 4096)
    data += struct.pack("<IIQQQQQQ", 2, 4, head, head, head, dynamic, dynamic, 8)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data + body)
    return path


def test_each_library_that_is_not_brought_along_is_a_package(tmp_path: Path) -> None:
    elf(
        tmp_path / "a.cpython-311-x86_64-linux-gnu.so",
        "libb-1.so.2",
        "libc.so.6",
        "libEGL.so.1",
        "ld-linux-x86-64.so.2",
    )
    elf(tmp_path / "a.libs" / "libb-1.so.2", "libz.so.1")
    found = libraries.needs(tmp_path, glibc="2.34")
    assert found.depends == ("libc6 (>= 2.34)", "libegl1", "zlib1g")
    assert found.recommends == ()


def test_what_only_wayland_needs_is_recommended(tmp_path: Path) -> None:
    qt = tmp_path / "PySide6" / "Qt"
    elf(qt / "lib" / "libQt6WaylandClient.so.6", "libwayland-client.so.0", "libc.so.6")
    elf(qt / "lib" / "libQt6Core.so.6", "libc.so.6")
    found = libraries.needs(tmp_path)
    assert found.depends == ("libc6 (>= 2.34)",)
    assert found.recommends == ("libwayland-client0",)


def test_what_is_loaded_only_where_the_system_has_it_asks_for_nothing(tmp_path: Path) -> None:
    elf(tmp_path / "PySide6" / "Qt" / "plugins" / "platformthemes" / "libqgtk3.so", "libgtk-3.so.0")
    elf(tmp_path / "numba" / "np" / "ufunc" / "tbbpool.cpython-311-x86_64-linux-gnu.so", "libtbb.so.12")
    assert libraries.needs(tmp_path) == libraries.Needs((), ())


def test_a_library_that_nobody_knows_fails_the_build(tmp_path: Path) -> None:
    elf(tmp_path / "new.so", "libsurprise.so.1")
    with pytest.raises(Failure, match=r"new\.so needs libsurprise\.so\.1"):
        libraries.needs(tmp_path)


def test_the_two_lists_of_libraries_agree() -> None:
    assert not {name: package for name, package in QT_LIBRARIES.items() if libraries.BASE.get(name, package) != package}
