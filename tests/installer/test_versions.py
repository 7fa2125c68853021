"""Versions side by side: which one starts, what switching and tidying leave, and how a copy knows what it is."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homespun import __version__
from installer.versions import FAILED_STARTS, Kind, Layout, Pointer, is_version, order, this_installation

VERSIONS = ("0.9", "1.0.0a1", "1.0.0b2", "1.0.0rc1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0.1")


def layout(tmp_path: Path, *versions: str) -> Layout:
    for version in versions:
        (tmp_path / "versions" / version).mkdir(parents=True)
    return Layout(tmp_path)


def test_versions_are_ordered_as_people_read_them() -> None:
    assert sorted({*VERSIONS}, key=order) == list(VERSIONS)


@pytest.mark.parametrize(
    "text",
    ["", "1", "1.", ".1", "1.0.0.0.0", "1.0.0 ", "1.0.0.", "v1.0", "1.0-rc1", "../1.0", "1.0/2", "1.0\\2", "CON", "1.0:x", "१.०",
     "1.0.0rc", "1.0.0rc1234", "1234567.0", None, 1.0, ["1.0"]],
)  # fmt: skip
def test_what_could_be_a_path_or_a_trap_is_no_version(text: Any) -> None:
    assert not is_version(text)


@pytest.mark.parametrize("text", ["../..", "", "1.0.0.tmp", "x"])
def test_only_versions_have_folders(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="no version"):
        Layout(tmp_path).folder(text)


def test_switching_remembers_the_version_before(tmp_path: Path) -> None:
    at = layout(tmp_path, "1.0.0", "1.1.0")
    at.switch("1.0.0")
    assert at.read() == Pointer("1.0.0")
    at.switch("1.1.0")
    assert at.read() == Pointer("1.1.0", "1.0.0")
    at.switch("1.1.0")
    assert at.read() == Pointer("1.1.0", "1.0.0")
    assert json.loads(at.pointer.read_text()) == {"schema": 1, "version": "1.1.0", "previous": "1.0.0"}
    with pytest.raises(FileNotFoundError):
        at.switch("1.2.0")


def test_a_version_that_failed_twice_is_taken_back(tmp_path: Path) -> None:
    at = layout(tmp_path, "1.0.0", "1.1.0")
    at.write(Pointer("1.1.0", "1.0.0"))
    at.note_start("1.1.0")
    assert at.choose() == "1.1.0"
    at.note_start("1.1.0")
    assert at.choose() == "1.0.0"
    assert json.loads(at.pointer.read_text()) == {"schema": 1, "version": "1.0.0", "previous": None, "refused": "1.1.0"}
    assert at.failed_starts("1.1.0") == 0
    at.note_start("1.0.0")
    at.note_start("1.0.0")
    assert at.choose() == "1.0.0"  # there is nothing to go back to


def test_a_confirmed_start_does_not_count(tmp_path: Path) -> None:
    at = layout(tmp_path, "1.0.0", "1.1.0")
    at.write(Pointer("1.1.0", "1.0.0"))
    for _ in range(5):
        at.note_start("1.1.0")
        at.confirm("1.1.0")
    assert at.choose() == "1.1.0"
    at.confirm("1.1.0")


def test_what_an_earlier_try_left_does_not_count_against_a_new_one(tmp_path: Path) -> None:
    at = layout(tmp_path, "1.0.0", "1.1.0")
    at.write(Pointer("1.0.0"))
    at.note_start("1.1.0")
    at.note_start("1.1.0")
    at.switch("1.1.0")
    assert at.choose() == "1.1.0"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"schema": 2, "version": "1.0.0"}', '{"version": "1.0.0"}', '{"schema": 1, "version": "../x"}',
     '{"schema": 1, "version": 7}', "\xff", "[" * 9_000],
)  # fmt: skip
def test_a_damaged_pointer_lets_the_newest_version_start(tmp_path: Path, text: str) -> None:
    at = layout(tmp_path, "1.9.0", "1.10.0", "1.2.0")
    at.pointer.write_text(text, encoding="latin-1")
    assert at.read() is None
    assert at.choose() == "1.10.0"


def test_a_version_whose_folder_is_gone_gives_way_to_the_one_before(tmp_path: Path) -> None:
    at = layout(tmp_path, "1.0.0", "0.9.0")
    at.write(Pointer("1.1.0", "0.9.0"))
    assert (at.current(), at.choose()) == (None, "0.9.0")
    at.write(Pointer("1.1.0", "0.8.0"))
    assert at.choose() == "1.0.0"
    assert Layout(tmp_path / "nothing").choose() is None


def test_a_pointer_that_cannot_be_written_is_no_reason_to_start_a_broken_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = layout(tmp_path, "1.0.0", "1.1.0")
    at.write(Pointer("1.1.0", "1.0.0"))
    at.note_start("1.1.0")
    at.note_start("1.1.0")

    def refuse(*_arguments: Any) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr("installer.atomic.time.monotonic", iter(range(0, 10_000, 100)).__next__)
    assert at.choose() == "1.0.0"
    monkeypatch.undo()
    assert at.leftovers() == ()


def test_going_back_by_hand_is_no_failure(tmp_path: Path) -> None:
    at = layout(tmp_path, "1.0.0", "1.1.0")
    at.write(Pointer("1.1.0", "1.0.0"))
    assert at.go_back(by_hand=True) == "1.0.0"
    assert at.read() == Pointer("1.0.0", None, "1.1.0", by_hand=True)
    assert at.go_back(by_hand=True) is None


def test_tidying_keeps_what_runs_and_what_it_can_go_back_to(tmp_path: Path) -> None:
    at = layout(tmp_path, "0.7.0", "0.8.0", "0.9.0", "1.0.0", "1.1.0", "1.2.0.tmp", "0.1.0.old")
    at.write(Pointer("1.1.0", "0.9.0"))
    (tmp_path / "starts-0.7.0").write_bytes(b".")
    (tmp_path / "starts-1.1.0").write_bytes(b".")
    (tmp_path / ".current.abc.tmp").write_bytes(b"{")
    (tmp_path / "mine.txt").write_text("a person's own")
    (tmp_path / "versions" / "mine").mkdir()
    assert at.tidy(running=("0.8.0",)) == ("0.7.0", "1.0.0")
    assert at.installed() == ("0.8.0", "0.9.0", "1.1.0")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current.json", "mine.txt", "starts-1.1.0", "versions"]
    assert (tmp_path / "versions" / "mine").is_dir()


def test_tidying_without_a_pointer_deletes_nothing(tmp_path: Path) -> None:
    at = layout(tmp_path, "1.0.0", "1.1.0", "1.2.0")
    assert at.tidy() == ()
    assert at.installed() == ("1.0.0", "1.1.0", "1.2.0")


def test_a_refused_version_is_not_what_is_kept_beside(tmp_path: Path) -> None:
    at = layout(tmp_path, "0.9.0", "1.0.0", "1.1.0")
    at.write(Pointer("1.0.0", None, "1.1.0"))
    assert at.tidy() == ("1.1.0",)
    assert at.installed() == ("0.9.0", "1.0.0")


def test_a_version_in_use_stays_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = layout(tmp_path, "0.8.0", "0.9.0", "1.0.0")
    (tmp_path / "versions" / "0.8.0" / "loaded.dll").write_bytes(b"x")
    at.write(Pointer("1.0.0", "0.9.0"))
    real = os.replace

    def in_use(source: Any, target: Any) -> None:
        if str(source).endswith("0.8.0"):
            raise PermissionError(13, "it is loaded")
        real(source, target)

    monkeypatch.setattr(os, "replace", in_use)
    assert at.tidy() == ()
    assert (tmp_path / "versions" / "0.8.0" / "loaded.dll").is_file()


@settings(max_examples=150, deadline=None)
@given(
    there=st.sets(st.sampled_from(VERSIONS), max_size=4),
    pointer=st.none() | st.tuples(st.sampled_from(VERSIONS), st.none() | st.sampled_from(VERSIONS)),
    starts=st.dictionaries(st.sampled_from(VERSIONS), st.integers(0, 4), max_size=3),
)
def test_whatever_lies_there_a_version_that_is_there_starts(
    there: set[str], pointer: tuple[str, str | None] | None, starts: dict[str, int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        at = layout(Path(folder), *there)
        if pointer:
            at.write(Pointer(*pointer))
        for version, count in starts.items():
            for _ in range(count):
                at.note_start(version)
        before = at.read()
        chosen = at.choose()
        assert chosen in there if there else chosen is None
        if before and before.version in there and starts.get(before.version, 0) < FAILED_STARTS:
            assert chosen == before.version
        at.tidy()
        assert chosen is None or at.folder(chosen).is_dir()  # tidying never takes what would start
        assert at.choose() == chosen


# this installation


def test_a_checkout_knows_that_it_is_one() -> None:
    here = this_installation()
    assert (here.kind, here.version, here.build) == (Kind.CHECKOUT, __version__, {})
    assert here.root == Path(__file__).resolve().parents[2]
    assert here.platform.partition("-")[0] in ("linux", "windows", "macos")


def test_a_build_knows_what_its_note_says(tmp_path: Path) -> None:
    lib = tmp_path / "Homespun" / "versions" / "1.2.0" / "lib"
    lib.mkdir(parents=True)
    told = {"schema": 1, "kind": "windows", "platform": "windows-arm64", "version": "1.2.0", "commit": "abc"}
    (lib / "homespun-build.json").write_text(json.dumps(told))
    here = this_installation(lib)
    assert (here.kind, here.root, here.version) == (Kind.WINDOWS, tmp_path / "Homespun", "1.2.0")
    assert (here.platform, here.build["commit"]) == ("windows-arm64", "abc")
    told["kind"] = "deb"
    (lib / "homespun-build.json").write_text(json.dumps(told))
    assert this_installation(lib).root == lib.parent


@pytest.mark.parametrize(
    "note", ["", "[]", '{"schema": 1, "kind": "x", "version": "1.0"}', '{"schema": 1, "kind": "deb"}']
)
def test_a_note_that_cannot_be_read_is_none(tmp_path: Path, note: str) -> None:
    (tmp_path / "homespun-build.json").write_text(note)
    (tmp_path / "homespun").mkdir()
    (tmp_path / "homespun" / "__init__.py").write_text('__version__ = "3.2.1"\n')
    here = this_installation(tmp_path)
    assert (here.kind, here.version) == (Kind.WHEEL, "3.2.1")
