"""What may be a root, and whether it is there."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from homespun.errors import NotFound, UsageError
from homespun.folders import folders
from indexer import roots as roots_module
from indexer.places import Mount
from indexer.roots import Root, RootState, check_new_root, look_at_root, root_of, root_state
from tests.walk.trees import plant, root_at

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX paths")


def test_a_folder_becomes_a_root_with_its_exact_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    for given in ("docs", b"docs", Path("docs"), "./docs/", tmp_path / "docs"):
        new = check_new_root(given)
        assert new.root == look_at_root(os.fsencode((tmp_path / "docs").resolve()))
        assert not new.merges


@pytest.mark.parametrize("name", ["gone", "file.txt", "file.txt/x"])
def test_what_is_not_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").touch()
    with pytest.raises((NotFound, UsageError)):
        check_new_root(tmp_path / name)


@posix
@pytest.mark.parametrize("place", ["/", "/proc", "/proc/self", "/sys", "/dev", "//"])
def test_the_systems_own_places_are_refused(place: str) -> None:
    with pytest.raises(UsageError, match=r"the whole system|belongs to the system"):
        check_new_root(place)


def test_our_own_folder_is_refused_and_one_around_it_is_not(tmp_path: Path) -> None:
    ours = folders().data
    (ours / "deep").mkdir(parents=True)
    for place in (ours, ours / "deep"):
        with pytest.raises(UsageError, match="Homespun keeps"):
            check_new_root(place)
    assert check_new_root(tmp_path).root.path == os.fsencode(tmp_path.resolve())


def test_a_place_for_keys_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".ssh" / "old").mkdir(parents=True)
    with pytest.raises(UsageError, match="keys and passwords"):
        check_new_root(tmp_path / ".ssh" / "old")


def test_a_folder_inside_a_root_is_refused_and_the_root_is_named(tmp_path: Path) -> None:
    plant(tmp_path, {"a/b/": "", "ab/": ""})
    existing = [root_at(tmp_path / "a")]
    with pytest.raises(UsageError, match=r"lies inside .*a, which is already indexed"):
        check_new_root(tmp_path / "a" / "b", existing)
    with pytest.raises(UsageError, match="is already indexed"):
        check_new_root(tmp_path / "a", existing)
    assert check_new_root(tmp_path / "ab", existing).merges == ()


def test_a_folder_around_roots_takes_them_in(tmp_path: Path) -> None:
    plant(tmp_path, {"r/a/": "", "r/b/c/": "", "d/": ""})
    existing = [root_at(tmp_path / name) for name in ("r/a", "r/b/c", "d")]
    new = check_new_root(tmp_path / "r", existing)
    assert new.merges == tuple(existing[:2])
    assert sum("becomes part of it" in warning for warning in new.warnings) == 2


def test_a_link_given_as_a_root_is_resolved_and_said(tmp_path: Path) -> None:
    plant(tmp_path, {"real/docs/": ""})
    (tmp_path / "link").symlink_to(tmp_path / "real")
    new = check_new_root(tmp_path / "link" / "docs")
    assert new.root.path == os.fsencode((tmp_path / "real" / "docs").resolve())
    assert any("a link" in warning for warning in new.warnings)


@posix
def test_a_root_inside_another_is_recognised_through_a_second_name_of_the_folder(tmp_path: Path) -> None:
    plant(tmp_path, {"real/docs/": ""})
    other_name = tmp_path / "mirror"
    other_name.symlink_to(tmp_path / "real")
    existing = [replace(root_at(tmp_path / "real"), path=os.fsencode(other_name))]
    with pytest.raises(UsageError, match="lies inside"):
        check_new_root(tmp_path / "real" / "docs", existing)


@posix
def test_a_share_is_allowed_with_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hung = {os.fsencode(tmp_path.resolve()): Mount("cifs", "//nas/films")}
    monkeypatch.setattr(roots_module, "mounts", lambda: hung)
    new = check_new_root(tmp_path)
    assert new.root.volume == "cifs://nas/films"
    assert new.root.mounted
    assert any("another computer" in warning for warning in new.warnings)


@posix
def test_a_root_whose_own_path_is_too_long_is_refused(tmp_path: Path) -> None:
    deep = tmp_path / "/".join(["d" * 200] * 5)
    deep.mkdir(parents=True)
    with pytest.raises(UsageError, match="bytes long"):
        check_new_root(deep)


def test_a_root_that_is_there_is_here_also_when_it_was_emptied_or_made_anew(tmp_path: Path) -> None:
    top = plant(tmp_path / "r", {"a.txt": ""})
    root = root_at(top)
    assert root_state(root) is RootState.HERE
    (top / "a.txt").unlink()
    assert root_state(root) is RootState.HERE
    top.rename(tmp_path / "old")
    top.mkdir()
    assert root_state(root) is RootState.HERE


def test_a_root_that_is_gone_is_away(tmp_path: Path) -> None:
    top = plant(tmp_path / "r", {"a.txt": ""})
    root = root_at(top)
    top.rename(tmp_path / "elsewhere")
    assert root_state(root) is RootState.AWAY
    top.write_text("a file in its place")
    assert root_state(root) is RootState.NOT_A_FOLDER


@posix
def test_a_link_in_the_place_of_a_root_is_not_the_root(tmp_path: Path) -> None:
    top = plant(tmp_path / "r", {"a.txt": ""})
    root = root_at(top)
    top.rename(tmp_path / "elsewhere")
    top.symlink_to(tmp_path / "elsewhere")
    assert root_state(root) is RootState.NOT_A_FOLDER


def test_an_empty_mount_point_is_away(tmp_path: Path) -> None:
    top = tmp_path / "r"
    top.mkdir()
    there = root_at(top)
    assert root_state(replace(there, device=there.device + 1, inode=2)) is RootState.AWAY
    plant(top, {"left on the mount point.txt": ""})
    assert root_state(replace(there, device=there.device + 1, inode=2, mounted=True)) is RootState.AWAY
    assert root_state(replace(there, device=there.device + 1, inode=2)) is RootState.HERE


def test_another_disk_in_the_same_place_is_away_and_the_same_disk_under_a_new_number_is_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = plant(tmp_path / "r", {"a.txt": ""})
    there = root_at(top)
    monkeypatch.setattr(roots_module, "volume", lambda _path, _mounted: "5E4B-0CA1")
    assert root_state(replace(there, device=there.device + 1, volume="5E4B-0CA1")) is RootState.HERE
    assert root_state(replace(there, device=there.device + 1, volume="77F0-1D22")) is RootState.AWAY


def test_the_root_of_a_path_is_found(tmp_path: Path) -> None:
    one, two = Root(os.fsencode(tmp_path / "a")), Root(os.fsencode(tmp_path / "ab"))
    assert root_of(os.fsencode(tmp_path / "ab" / "x"), [one, two]) == two
    assert root_of(os.fsencode(tmp_path / "a"), [one, two]) == one
    assert root_of(os.fsencode(tmp_path / "abc"), [one, two]) is None
