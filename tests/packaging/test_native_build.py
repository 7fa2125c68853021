"""What the compilers make: the same bytes each time, for the right processor, with guards, icon and version."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from installer.build.windows_native import verbs_header
from installer.verbs import VERBS
from tests.packaging.launching import VERSION, compiled
from tests.packaging.windows_python import Unavailable

pytestmark = pytest.mark.packaging

PROGRAMS = ("homespun-launch.exe", "homespun.exe", f"homespunmenu-{VERSION}.dll")
MACHINES = {"x64": 0x8664, "arm64": 0xAA64}
WINDOWS, CONSOLE = 2, 3
GUARDS = 0x0020 | 0x0040 | 0x0100
"""Addresses anywhere in 64 bits (high entropy, dynamic base), and no code in data."""


@pytest.fixture(scope="module", params=["x64", "arm64"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Path]]:
    """A processor, and the programs for it."""
    try:
        return request.param, compiled(tmp_path_factory.mktemp(request.param), arch=request.param)
    except Unavailable as why:
        pytest.skip(str(why))


def header(path: Path) -> tuple[int, int, int, int]:
    """Machine, time stamp, subsystem and guards of a program."""
    data = path.read_bytes()
    (start,) = struct.unpack_from("<I", data, 0x3C)
    assert data[start : start + 4] == b"PE\0\0"
    machine, _, stamp = struct.unpack_from("<HHI", data, start + 4)
    subsystem, guards = struct.unpack_from("<HH", data, start + 24 + 68)
    return machine, stamp, subsystem, guards


def test_each_is_for_its_processor_and_carries_guards_and_no_time(
    built: tuple[str, dict[str, Path]],
) -> None:
    arch, made = built
    assert tuple(made) == PROGRAMS
    found = {name: header(path) for name, path in made.items()}
    assert {machine for machine, *_ in found.values()} == {MACHINES[arch]}
    assert {stamp for _, stamp, *_ in found.values()} == {0}
    assert {guards & GUARDS for *_, guards in found.values()} == {GUARDS}
    assert found["homespun-launch.exe"][2] == WINDOWS
    assert found["homespun.exe"][2] == CONSOLE


def test_icon_manifest_version_and_the_menus_words_are_inside(built: tuple[str, dict[str, Path]]) -> None:
    _, made = built
    for name, path in made.items():
        data = path.read_bytes()
        assert VERSION.encode("utf-16-le") in data
        assert name.encode("utf-16-le") in data
        assert b"\x89PNG\r\n" in data  # the largest of the icon's pictures
        assert (b"longPathAware" in data) == name.endswith(".exe")
    menu = made[PROGRAMS[2]].read_bytes()
    for verb in VERBS:
        for words in (*verb.words.values(), *verb.about.values()):
            assert words.encode("utf-16-le") in menu
    assert b"DllGetClassObject" in menu
    assert b"DllCanUnloadNow" in menu


def test_no_program_names_a_folder_of_this_machine(built: tuple[str, dict[str, Path]], tmp_path: Path) -> None:
    for path in built[1].values():
        data = path.read_bytes()
        assert b"/tmp/" not in data
        assert b"/home/" not in data
        assert b"/root/" not in data


def test_a_second_build_elsewhere_gives_the_same_bytes(built: tuple[str, dict[str, Path]], tmp_path: Path) -> None:
    arch, made = built
    again = compiled(tmp_path / "another folder", arch=arch)
    assert {name: path.read_bytes() for name, path in again.items()} == {
        name: path.read_bytes() for name, path in made.items()
    }


def test_the_header_of_verbs_is_plain_ascii() -> None:
    text = verbs_header()
    assert text.isascii()
    assert "Entfernen \\u2026" in text
