"""The list of a version's files: the same for the same files, and every change found."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer import filelist
from installer.failure import Failure
from installer.filelist import Unlisted, Verified, is_inside, parse, read, verify, write


@pytest.fixture
def version(tmp_path: Path) -> Path:
    folder = tmp_path / "1.0.0"
    for name, content in {"a.txt": b"a", "lib/ü b.py": b"bb", "lib/empty": b""}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    write(folder, "1.0.0", "windows-x64")
    return folder


def test_the_list_names_every_file_but_itself(version: Path) -> None:
    (version / "files.json.sig").write_bytes(b"s" * 64)
    write(version, "1.0.0", "windows-x64")
    data = json.loads((version / "files.json").read_bytes())
    assert (data["schema"], data["version"], data["platform"]) == (1, "1.0.0", "windows-x64")
    assert list(data["files"]) == ["a.txt", "lib/empty", "lib/ü b.py"]
    assert data["files"]["lib/ü b.py"]["size"] == 2
    assert read(version).size == 3
    assert verify(version) == Verified((), (), ())


def test_the_same_files_give_the_same_bytes(version: Path, tmp_path: Path) -> None:
    before = (version / "files.json").read_bytes()
    for path in version.rglob("*"):
        os.utime(path, (1, 1))
    write(version, "1.0.0", "windows-x64")
    assert (version / "files.json").read_bytes() == before
    assert [path.name for path in version.iterdir() if path.name.startswith(".")] == []


def test_every_kind_of_change_is_found(version: Path) -> None:
    (version / "a.txt").write_bytes(b"b")  # as long as before
    (version / "lib" / "empty").unlink()
    (version / "new.pyd").write_bytes(b"x")
    found = verify(version)
    assert found == Verified(("lib/empty",), ("a.txt",), ("new.pyd",))
    assert not found.whole
    assert verify(version, thorough=False).changed == ()
    (version / "a.txt").write_bytes(b"longer")
    assert verify(version, thorough=False).changed == ("a.txt",)


@pytest.mark.skipif(os.name == "nt", reason="links there need rights")
def test_a_link_in_the_place_of_a_file_is_a_change(version: Path) -> None:
    (version / "a.txt").rename(version.parent / "a.txt")
    (version / "a.txt").symlink_to(version.parent / "a.txt")
    assert verify(version).changed == ("a.txt",)
    with pytest.raises(Failure, match="a link"):
        write(version, "1.0.0", "windows-x64")


def test_who_listens_hears_how_far_it_is_and_can_stop_it(version: Path) -> None:
    heard: list[tuple[int, int, str]] = []
    verify(version, tell=lambda *said: heard.append(said))
    assert heard == [(0, 3, "a.txt"), (1, 3, "lib/empty"), (1, 3, "lib/ü b.py")]

    def stop(*_said: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verify(version, tell=stop)


@pytest.mark.parametrize(
    "text", ["", "[]", "null", '{"schema": 2}', '{"schema": 1}', '{"schema": 1, "version": 1, "platform": "", "files": {}}',
             '{"schema": 1, "version": "1", "platform": "", "files": {"a": {"size": -1, "sha256": "' + "0" * 64 + '"}}}',
             '{"schema": 1, "version": "1", "platform": "", "files": {"a": {"size": true, "sha256": "' + "0" * 64 + '"}}}',
             '{"schema": 1, "version": "1", "platform": "", "files": {"a": {"size": 1, "sha256": "x"}}}', "{" * 9_000],
)  # fmt: skip
def test_a_list_that_cannot_be_used_is_none(version: Path, text: str) -> None:
    (version / "files.json").write_text(text)
    with pytest.raises(Unlisted):
        verify(version)
    (version / "files.json").unlink()
    with pytest.raises(Unlisted):
        verify(version)


def test_a_list_that_is_too_long_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(filelist, "MOST", 10)
    with pytest.raises(Unlisted, match="too long"):
        parse(b"{}" + b" " * 10, tmp_path)


@given(st.text(alphabet="ab./\\: ", max_size=12))
def test_a_name_inside_never_leads_out(name: str) -> None:
    if is_inside(name):
        assert os.path.normpath(os.path.join("/root/folder", name)) == f"/root/folder/{name}"
