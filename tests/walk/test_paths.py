"""Paths as exact bytes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paths import Handles, PathHandles, StepHandles, absolute, join, open_file, relative, shown, system_path
from tests.walk.trees import make_pipe

posix = pytest.mark.skipif(os.name != "posix", reason="needs directory handles")


@given(st.binary())
def test_whatever_the_bytes_are_a_screen_shows_one_line_without_control_characters(path: bytes) -> None:
    text = shown(path)
    assert len((text + "x").splitlines()) == 1
    assert "\x1b" not in text
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
    text.encode("utf-8")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (b"/home/ann/plan.txt", "/home/ann/plan.txt"),
        ("/home/ann/Öster 🦅.txt".encode(), "/home/ann/Öster 🦅.txt"),
        (b"line\nfeed\ttab", "line\\x0afeed\\x09tab"),
        (b"no text \xff\xfe", "no text \\xff\\xfe"),
        ("abc\u202efdp.exe".encode(), "abc\\u202efdp.exe"),
        ("two\u2028lines".encode(), "two\\u2028lines"),
        (b"\x1b[31mred", "\\x1b[31mred"),
    ],
)
def test_a_path_is_shown_as_it_is_but_for_what_a_screen_would_act_on(path: bytes, text: str) -> None:
    assert shown(path) == text


def test_windows_paths_go_to_the_system_with_the_prefix_that_lifts_the_limits() -> None:
    assert system_path(b"C:\\Users\\Ann\\x. ", windows=True) == b"\\\\?\\C:\\Users\\Ann\\x. "
    assert system_path(b"\\\\nas\\share\\x", windows=True) == b"\\\\?\\UNC\\nas\\share\\x"
    assert system_path(b"\\\\?\\C:\\x", windows=True) == b"\\\\?\\C:\\x"
    assert system_path(b"/home/ann", windows=False) == b"/home/ann"


@posix
def test_a_path_lies_below_a_folder_only_when_the_folder_ends_where_a_name_ends() -> None:
    assert relative(b"/a/b/c", b"/a") == b"b/c"
    assert relative(b"/a", b"/a") == b""
    assert relative(b"/ab", b"/a") is None
    assert relative(b"/ab", b"/") == b"ab"
    assert join(b"/", b"a") == b"/a"
    assert absolute(b"/a/./b//../c/") == b"/a/c"


def both_ways(base: Path) -> list[Handles]:
    """Both ways down; where there are no directory handles, the other alone."""
    ways: list[Handles] = [PathHandles(os.fsencode(base))]
    if os.name == "posix":
        ways.append(StepHandles(os.fsencode(base)))
    return ways


def test_both_ways_down_list_the_same_and_read_the_same(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "x.txt").write_bytes(b"osprey")
    (tmp_path / "a" / "c").mkdir()
    for way in both_ways(tmp_path):
        assert [os.fsencode(entry.name) for entry in way.scan(b"a/b")] == [b"x.txt"]
        assert [os.fsencode(entry.name) for entry in way.scan(b"a/c")] == []
        assert sorted(os.fsencode(entry.name) for entry in way.scan(b"a")) == [b"b", b"c"]
        with way.open(b"a/b", b"x.txt") as stream:
            assert stream.read() == b"osprey"
        with pytest.raises(FileNotFoundError):
            way.scan(b"a/gone")
        way.close()


@posix
def test_a_folder_swapped_for_a_link_is_not_entered(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_bytes(b"x")
    (tmp_path / "root" / "a").mkdir(parents=True)
    way = StepHandles(os.fsencode(tmp_path / "root"))
    way.scan(b"a")
    (tmp_path / "root" / "a").rename(tmp_path / "root" / "was a")
    (tmp_path / "root" / "a").symlink_to(tmp_path / "outside")
    way.scan(b"")
    with pytest.raises(OSError, match=r"Not a directory|Too many levels"):
        way.scan(b"a")
    way.close()
    with pytest.raises(OSError, match=r"Not a directory|Too many levels"):
        open_file(os.fsencode(tmp_path / "root"), os.fsencode(tmp_path / "root" / "a" / "secret.txt"))


@posix
def test_a_pipe_is_neither_opened_nor_waited_for(tmp_path: Path) -> None:
    make_pipe(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a regular file"):
        open_file(os.fsencode(tmp_path), os.fsencode(tmp_path / "pipe"))


def test_a_file_outside_the_root_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "x.txt").write_bytes(b"x")
    with pytest.raises(FileNotFoundError):
        open_file(os.fsencode(tmp_path / "root"), os.fsencode(tmp_path / "x.txt"))


@posix
def test_going_down_far_and_back_up_leaves_no_handle_open(tmp_path: Path) -> None:
    deep = b"/".join([b"d"] * 150)
    Path(tmp_path, os.fsdecode(deep)).mkdir(parents=True)
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").is_dir() else 0
    way = StepHandles(os.fsencode(tmp_path))
    for depth in (150, 1, 149, 70, 63, 64, 65, 150):
        below = b"/".join([b"d"] * depth)
        expected = [os.stat(tmp_path / os.fsdecode(below) / "d").st_ino] if depth < 150 else []
        assert [entry.stat(follow_symlinks=False).st_ino for entry in way.scan(below)] == expected
    with pytest.raises(FileNotFoundError):
        way.scan(deep + b"/gone")
    way.close()
    if before:
        assert len(os.listdir("/proc/self/fd")) == before
