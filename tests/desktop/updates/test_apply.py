"""Becoming another version: the good way, every way in which it fails, and the way back."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.updates import Found, Step, Verdict, check, install, roll_back, standing
from desktop.updates.apply import archives, exclusively, set_aside
from homespun.errors import Busy, Damaged, HomespunError, NetworkError, NoPermission, NoSpace, NotFound, UsageError
from homespun.progress import Cancel, Cancelled, Progress, Report
from installer.versions import Kind, Pointer
from tests.desktop.updates.conftest import offer
from tests.desktop.updates.world import QUICK, World, archive_of, make_version
from tests.models.conftest import Server

ARCHIVE = "/homespun/Homespun-1.1.0-windows-x64.zip"


def update(world: World, *, progress: Progress | None = None, **more: Any) -> str:
    found = check(world.installation, world.trust, world.memory, Progress(), wire=QUICK)
    return install(found, world.installation, world.cache, progress or Progress(), wire=QUICK, **more)


def failing(world: World, kind: type[Exception], words: str = "^", **more: Any) -> None:
    """An update that fails so leaves the version before, whole, and nothing half of the new one after a tidy-up."""
    with pytest.raises(kind, match=words):
        update(world, **more)
    assert world.works() == "1.0.0"
    assert world.layout.read() == Pointer("1.0.0")
    world.layout.tidy(running=("1.0.0",))
    assert [path.name for path in (world.root / "versions").iterdir() if path.name not in ("1.0.0", "1.1.0")] == []


def test_an_update_is_downloaded_checked_tried_and_switched_to(world: World, server: Server) -> None:
    steps: list[Step] = []
    assert update(world, tell=steps.append) == "1.1.0"
    assert steps == list(Step)
    assert world.works() == "1.1.0"
    assert world.layout.read() == Pointer("1.1.0", "1.0.0")
    assert archives(world.cache) == ()
    assert server.gets() == ["/homespun/stable.manifest", ARCHIVE]


def test_the_running_version_is_not_touched_by_an_update(world: World) -> None:
    folder = world.layout.folder("1.0.0")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    update(world)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_only_two_versions_stay(world: World) -> None:
    make_version(world.root / "versions" / "0.9.0", "0.9.0", world.note)
    make_version(world.root / "versions" / "0.8.0", "0.8.0", world.note)
    update(world)
    assert world.layout.installed() == ("1.0.0", "1.1.0")


def test_a_download_that_was_cut_off_goes_on(world: World, server: Server) -> None:
    served = offer(world, server)
    served.cut_at = [200_000, 200_000]
    failing(world, NetworkError, "The update did not come")
    assert update(world) == "1.1.0"
    assert f"{ARCHIVE} bytes=200000-" in server.gets()


def test_a_byte_flipped_on_the_way_is_noticed(world: World, server: Server) -> None:
    wrong = bytearray(world.archive)
    wrong[len(wrong) // 2] ^= 1
    server.serve(ARCHIVE, bytes(wrong))
    failing(world, Damaged, "not the file that was promised")
    assert archives(world.cache) == ()


def test_an_endless_archive_is_cut_off_at_its_size(world: World, server: Server) -> None:
    server.serve(ARCHIVE, world.archive + bytes(3_000_000), ranges=False)
    failing(world, Damaged)
    assert sum(path.stat().st_size for path in world.cache.rglob("*")) < 2_000_000


def test_a_truncated_archive_is_no_version(world: World, server: Server) -> None:
    server.serve(ARCHIVE, world.archive[:-10])
    failing(world, HomespunError)


def test_a_slow_server_can_be_waited_for_or_left(world: World, server: Server) -> None:
    server.serve(ARCHIVE, world.archive, hang_at=1, pretend=100_000)
    cancel = Cancel()

    def stop(_report: Report) -> None:
        cancel.cancel()

    failing(world, Cancelled, progress=Progress(stop, cancel))


def test_an_archive_from_another_server_is_not_fetched(world: World, server: Server) -> None:
    server.serve("/else", world.archive)
    server.serve(ARCHIVE, b"", status=302, location=f"{server.elsewhere}/else")
    failing(world, NetworkError, "which nobody agreed to")
    assert "/else" not in [path for _, path, _, _ in server.seen]


def test_a_version_that_does_not_start_here_is_not_switched_to(world: World, server: Server, tmp_path: Path) -> None:
    world.archive = archive_of(make_version(tmp_path / "bad" / "1.1.0", "1.1.0", world.note, starts=False), "1.1.0")
    offer(world, server)
    failing(world, Damaged, "doesn't start on this computer .exit code 3: broken.")
    assert "1.1.0" not in world.layout.installed()


def test_a_version_that_says_another_name_is_not_switched_to(world: World, server: Server, tmp_path: Path) -> None:
    folder = make_version(tmp_path / "liar" / "1.1.0", "1.1.0", world.note)
    shutil.copy(world.layout.folder("1.0.0") / "python" / "python.exe", folder / "python" / "python.exe")
    from installer import filelist

    filelist.write(folder, "1.1.0", "windows-x64")
    world.archive = archive_of(folder, "1.1.0")
    offer(world, server)
    failing(world, Damaged, "homespun 1.0.0")


def test_a_full_disk_stops_it_before_the_download(
    world: World, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    monkeypatch.setattr("homespun.files.free_space", lambda _folder: 1_000)
    failing(world, NoSpace)
    assert ARCHIVE not in [path for _, path, _, _ in server.seen]


def test_a_disk_that_becomes_full_while_unpacking_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync
    count = 0

    def full(handle: int) -> None:
        nonlocal count
        count += 1
        if count == 4:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    def arm(step: Step) -> None:
        if step is Step.UNPACK:
            monkeypatch.setattr(os, "fsync", full)

    failing(world, NoSpace, tell=arm)
    monkeypatch.undo()
    assert not (world.root / "versions" / "1.1.0.tmp").exists()


@pytest.fixture
def little_room(world: World) -> Iterator[None]:
    """The versions lie on a real disk of 700 KB, 400 of them taken."""
    versions = world.root / "versions"
    kept = versions.with_name("kept")
    versions.rename(kept)
    versions.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=700k,mode=0700", "homespun-test", str(versions)]
    if shutil.which("mount") is None or subprocess.run(words, capture_output=True, check=False).returncode:
        versions.rmdir()
        kept.rename(versions)
        pytest.skip("only root may make such a disk")
    shutil.copytree(kept / "1.0.0", versions / "1.0.0")
    yield
    subprocess.run(["umount", str(versions)], check=True)


def test_a_disk_that_is_really_full_leaves_the_version_before(
    world: World, little_room: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.updates.archive.SLACK", -1_000_000)  # as if another program filled it meanwhile
    failing(world, NoSpace, "The disk is full")
    assert not (world.root / "versions" / "1.1.0.tmp").exists()


def test_a_program_folder_that_cannot_be_written_is_named(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.replace

    def refuse(source: Any, target: Any) -> None:
        if str(target).endswith(f"{os.sep}1.1.0"):
            raise PermissionError(errno.EACCES, "Access is denied")
        real(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    failing(world, NoPermission, "can't be written")


def test_two_updates_at_once_are_one(world: World) -> None:
    with exclusively(world.cache):
        failing(world, Busy)
    assert update(world) == "1.1.0"


def test_a_version_left_whole_by_an_earlier_try_is_not_fetched_again(world: World, server: Server) -> None:
    update(world)
    world.layout.write(Pointer("1.0.0"))
    server.seen.clear()
    assert update(world) == "1.1.0"
    assert server.gets() == ["/homespun/stable.manifest"]


def test_a_version_left_damaged_by_an_earlier_try_is_fetched_again(world: World, server: Server) -> None:
    update(world)
    world.layout.write(Pointer("1.0.0"))
    (world.layout.folder("1.1.0") / "lib" / "shared.txt").write_text("edited\n")
    server.seen.clear()
    assert update(world) == "1.1.0"
    assert ARCHIVE in server.gets()
    assert world.works() == "1.1.0"


@pytest.mark.parametrize("verdict", sorted(set(Verdict) - {Verdict.NEWER}))
def test_nothing_but_a_newer_version_is_installed(world: World, verdict: Verdict) -> None:
    found = check(world.installation, world.trust, world.memory, Progress(), wire=QUICK)
    with pytest.raises(UsageError):
        install(replace(found, verdict=verdict), world.installation, world.cache, Progress(), wire=QUICK)


def test_other_installations_never_install(world: World) -> None:
    found: Found = check(world.installation, world.trust, world.memory, Progress(), wire=QUICK)
    for kind in (Kind.DEB, Kind.WHEEL, Kind.CHECKOUT):
        with pytest.raises(UsageError):
            install(found, replace(world.installation, kind=kind), world.cache, Progress(), wire=QUICK)
        with pytest.raises(UsageError):
            roll_back(replace(world.installation, kind=kind), world.cache)


def test_going_back_is_one_switch_and_the_version_left_is_remembered(world: World) -> None:
    update(world)
    assert roll_back(world.installation, world.cache) == ("1.1.0", "1.0.0")
    assert world.works() == "1.0.0"
    told = standing(world.installation)
    assert (told.refused, told.failed, told.notice) == ("1.1.0", False, "")
    failing_again = check(world.installation, world.trust, world.memory, Progress(), wire=QUICK)
    assert failing_again.verdict is Verdict.REFUSED
    assert update(world, again=True) == "1.1.0"
    assert world.works() == "1.1.0"


def test_there_is_no_going_back_where_nothing_was_before(world: World) -> None:
    with pytest.raises(NotFound):
        roll_back(world.installation, world.cache)
    assert world.works() == "1.0.0"


def test_after_two_starts_that_nobody_confirmed_the_one_before_runs_and_the_person_is_told(world: World) -> None:
    update(world)
    world.layout.note_start("1.1.0")
    assert world.works() == "1.1.0"
    world.layout.note_start("1.1.0")
    assert world.works() == "1.0.0"
    told = standing(world.installation)
    assert told.notice == "Homespun 1.1.0 did not start, so this is 1.0.0 again."
    assert (told.next, told.previous) == ("1.0.0", None)


def test_what_was_set_aside_has_no_version_name(world: World) -> None:
    for _ in range(3):
        make_version(world.root / "versions" / "1.1.0", "1.1.0", {})
        set_aside(world.root / "versions" / "1.1.0")
    assert world.layout.installed() == ("1.0.0",)
    assert len(world.layout.leftovers()) == 3


def test_an_archive_that_lies_whole_in_the_cache_is_verified_before_it_is_used(world: World, server: Server) -> None:
    world.cache.mkdir(parents=True)
    (world.cache / "Homespun-1.1.0-windows-x64.zip").write_bytes(b"not it")
    assert update(world) == "1.1.0"
    assert world.works() == "1.1.0"
