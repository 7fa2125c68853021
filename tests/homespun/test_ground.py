"""Errors, progress, folders: the words that all floors share."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from homespun import errors
from homespun.errors import ExitCode, HomespunError, NoPermission
from homespun.folders import folders, make_private
from homespun.progress import Cancel, Cancelled, Progress, Report

ROOT = Path(__file__).resolve().parents[2]


def test_an_error_says_what_happened_and_what_to_do() -> None:
    error = errors.NotFound("There is no such file.", "Look elsewhere.")
    assert str(error) == "There is no such file. Look elsewhere."
    assert (error.what, error.todo, error.code) == ("There is no such file.", "Look elsewhere.", ExitCode.NOT_FOUND)


def test_an_error_may_carry_another_exit_code() -> None:
    assert errors.NotFound("Gone.", "", code=ExitCode.DAMAGED).code is ExitCode.DAMAGED
    assert errors.NotFound.code is ExitCode.NOT_FOUND


def test_each_kind_of_error_has_an_exit_code_of_its_own() -> None:
    kinds = HomespunError.__subclasses__()
    ours = [kind for kind in kinds if kind.__module__ == "homespun.errors"]
    codes = [kind.code for kind in ours]
    assert len(ours) == 8
    assert len(set(codes)) == len(codes)
    assert not {ExitCode.OK, ExitCode.BUG, ExitCode.CANCELLED} & set(codes)


def test_a_report_is_shown_at_most_every_fifth_of_a_second_and_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    seen: list[Report] = []
    work = Progress(seen.append)
    for done in range(1, 1001):
        now += 0.001
        work.report(done, 1000, "items")
    assert seen[0] == Report(1, 1000, "items")
    assert seen[-1] == Report(1000, 1000, "items")
    assert 5 <= len(seen) <= 7


def test_work_of_unknown_length_is_reported_too() -> None:
    seen: list[Report] = []
    Progress(seen.append).report(3, 0)
    assert seen == [Report(3, 0, "")]


def test_a_cancel_from_another_thread_stops_the_work_at_its_next_report() -> None:
    cancel = Cancel()
    work = Progress(cancel=cancel)
    threading.Timer(0.05, cancel.cancel).start()

    def long_work() -> None:
        for _ in range(1000):
            work.report(0, 1)
            time.sleep(0.005)

    with pytest.raises(Cancelled):
        long_work()
    assert cancel.cancelled
    with pytest.raises(Cancelled):
        cancel.check()


def test_a_cancelled_report_is_not_shown() -> None:
    seen: list[Report] = []
    work = Progress(seen.append)
    work.cancel.cancel()
    with pytest.raises(Cancelled):
        work.report(1, 1)
    assert seen == []


def test_being_cancelled_is_no_error_that_a_person_has_to_read() -> None:
    assert not issubclass(Cancelled, HomespunError)


def test_one_variable_moves_all_folders(home: Path) -> None:
    ours = folders()
    assert (ours.data, ours.cache, ours.config, ours.models) == (
        home / "data",
        home / "cache",
        home / "config",
        home / "models",
    )
    assert ours.index == home / "data" / "index.sqlite"
    assert ours.settings == home / "config" / "homespun.toml"
    assert not home.exists()


def test_a_home_with_a_tilde_or_a_relative_one_becomes_absolute(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOMESPUN_HOME", "~/spun")
    assert folders().data == Path.home() / "spun" / "data"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOMESPUN_HOME", "spun")
    assert folders().data == tmp_path / "spun" / "data"


def test_without_the_variable_the_systems_folders_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOMESPUN_HOME")
    ours = folders()
    assert all(path.is_absolute() and "homespun" in str(path).lower() for path in (ours.data, ours.cache, ours.config))
    assert ours.models.is_relative_to(ours.data)


@pytest.mark.skipif(os.name != "posix", reason="permissions as Unix has them")
def test_a_private_folder_is_for_its_owner_alone_even_if_it_was_there(tmp_path: Path) -> None:
    open_one = tmp_path / "open"
    open_one.mkdir(0o755)
    for folder in (tmp_path / "a" / "b", open_one):
        assert make_private(folder) == folder
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NoPermission) as caught:
        make_private(tmp_path / "file" / "folder")
    assert "HOMESPUN_HOME" in caught.value.todo


def test_importing_the_ground_floor_costs_next_to_nothing() -> None:
    """Under 30 ms over an empty Python (docs/architecture.md), best of five."""

    def best(code: str) -> float:
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
            times.append(time.perf_counter() - begun)
        return min(times)

    assert best("import homespun") - best("pass") < 0.03
