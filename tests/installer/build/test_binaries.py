"""Reading what programs and libraries say of themselves."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from installer.build.binaries import PE, NoBinary, needed
from tests.installer.build.binary import pe


@pytest.mark.parametrize("machine", ["x64", "arm64", "x86"])
def test_the_processor_is_told(machine: str) -> None:
    assert PE(pe(machine)).machine == machine


def test_the_libraries_that_it_is_linked_to_are_told_in_lower_case() -> None:
    assert PE(pe("x64", needs=["KERNEL32.dll", "Qt6Core.dll"])).needs == ("kernel32.dll", "qt6core.dll")


def test_the_version_is_read_from_the_resources() -> None:
    assert PE(pe("x64", needs=["a.dll"], version=(3, 13, 2150, 1013))).version == (3, 13, 2150, 1013)
    assert PE(pe("x64")).version is None


@pytest.mark.parametrize("data", [b"", b"MZ", b"MZ" + bytes(100), b"\x7fELF" + bytes(60), pe("x64")[:150]])
def test_what_is_no_program_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(NoBinary):
        PE(data)


@given(some.integers(0, 0x3FF), some.binary(min_size=1, max_size=8))
def test_a_damaged_program_raises_nothing_that_nobody_expects(at: int, noise: bytes) -> None:
    data = bytearray(pe("x64", needs=["a.dll"], version=(1, 2, 3, 4)))
    data[at : at + len(noise)] = noise
    try:
        found = PE(bytes(data))
        assert isinstance(found.needs, tuple)
        assert found.version is None or len(found.version) == 4
    except NoBinary:
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="reads a library of Linux")
def test_a_library_of_linux_tells_what_it_needs(tmp_path: Path) -> None:
    import _ctypes

    assert _ctypes.__file__ is not None
    assert "libc.so.6" in needed(Path(_ctypes.__file__))
    text = tmp_path / "a.txt"
    text.write_text("no library")
    assert needed(text) == ()
