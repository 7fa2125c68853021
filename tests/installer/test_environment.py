"""Environments: built for real from a tiny wheelhouse, kept, replaced, and what a person is told when it fails."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from installer import environment, libraries, trials
from installer.environment import MARKER, STAMP, create_venv, python_of, read_stamp, require_room, scripts_of
from installer.failure import ExitCode, Failure
from installer.pip import OLDEST_FOREIGN_PIP, Pip, system_pip
from installer.trials import prepare

if TYPE_CHECKING:
    from .conftest import TinyProject

Usage = namedtuple("Usage", "total used free")


def _ask(python: Path, code: str) -> str:
    return subprocess.run([str(python), "-I", "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def _modules(tiny: TinyProject) -> set[str]:
    code = "import importlib.metadata as m; print(*(d.name for d in m.distributions()))"
    return set(_ask(python_of(tiny.environment), code).split()) - {"pip", "setuptools"}


@pytest.mark.slow
def test_a_set_up_links_the_checkout_and_gives_the_command(tiny: TinyProject) -> None:
    python = tiny.builder().ensure(tiny.program())

    assert _ask(python, "import desktop.cli; print(desktop.cli.__file__)") == str(tiny.root / "desktop/cli/__init__.py")
    command = shutil.which("homespun", path=str(scripts_of(tiny.environment)))
    assert command is not None
    assert subprocess.run([command], capture_output=True, text=True, check=True, cwd="/").stdout.strip() == "started"
    assert _modules(tiny) == {"first", "homespun"}
    assert not (tiny.environment / MARKER).exists()
    assert "requirements.lock: 1 entries, hashes checked" in tiny.said.getvalue()


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_the_metadata_of_the_link_names_requirements_and_extras(tiny: TinyProject) -> None:
    tiny.builder().ensure(tiny.program())

    site = next(tiny.environment.glob("**/site-packages"))
    found = next(d for d in importlib.metadata.distributions(path=[str(site)]) if d.name == "homespun")
    assert found.version == "0.7"
    assert found.requires == ["first>=1", "third; (sys_platform == 'win32') and extra == 'more'"]
    assert not list(tiny.root.glob("*.egg-info"))


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_a_second_set_up_does_nothing_and_starts_no_program(tiny: TinyProject, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.builder().ensure(tiny.program())
    monkeypatch.setattr(subprocess, "Popen", None)  # any program that is started now fails the test
    said = tiny.said.getvalue()

    begin = time.monotonic()
    tiny.builder().ensure(tiny.program())

    assert time.monotonic() - begin < 1
    assert tiny.said.getvalue() == said


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_the_test_requirements_go_on_top_of_what_is_there(tiny: TinyProject) -> None:
    tiny.builder().ensure(tiny.program())
    mine = tiny.environment / "mine"
    mine.touch()

    tiny.builder().ensure(tiny.tests())

    assert mine.exists(), "the environment was made again"
    assert _modules(tiny) == {"first", "second", "homespun"}
    said = tiny.said.getvalue()
    tiny.builder().ensure(tiny.program())  # and the program alone is still there
    assert tiny.said.getvalue() == said


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_a_changed_lock_makes_a_new_environment_and_a_bad_one_brings_the_old_one_back(tiny: TinyProject) -> None:
    tiny.builder().ensure(tiny.program())
    mine = tiny.environment / "mine"
    mine.touch()
    lock = tiny.root / "requirements.lock"
    right = lock.read_text(encoding="utf-8")
    wrong = "0" * 64
    lock.write_text(right[: right.index("sha256:", 120)] + f"sha256:{wrong}\n", encoding="utf-8")

    with pytest.raises(Failure) as failure:
        tiny.builder().ensure(tiny.program())

    assert failure.value.code == ExitCode.HASH
    assert wrong in failure.value.detail
    assert mine.exists()
    assert _ask(python_of(tiny.environment), "import first; print('alive')") == "alive"

    lock.write_text(right + "\n", encoding="utf-8")
    tiny.builder().ensure(tiny.program())

    assert not mine.exists()
    assert not tiny.environment.with_name(".venv.old").exists()


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_a_set_up_that_was_cut_off_is_started_again(tiny: TinyProject) -> None:
    tiny.builder().ensure(tiny.program())
    (tiny.environment / MARKER).touch()
    half = tiny.environment / "half"
    half.touch()

    tiny.builder().ensure(tiny.program())

    assert not half.exists()
    assert read_stamp(tiny.environment) is not None


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_another_version_of_ours_renews_the_link_alone(tiny: TinyProject) -> None:
    tiny.builder().ensure(tiny.program())
    mine = tiny.environment / "mine"
    mine.touch()
    (tiny.root / "homespun" / "__init__.py").write_text('__version__ = "0.8"\n', encoding="utf-8")

    python = tiny.builder().ensure(tiny.program())

    assert mine.exists()
    assert _ask(python, "import importlib.metadata as m; print(m.version('homespun'))") == "0.8"


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_what_is_slow_is_prepared_once_a_version_and_told(tiny: TinyProject) -> None:
    done = tiny.root / "done"
    (tiny.root / "desktop" / "slow.py").write_text(f"open({str(done)!r}, 'a').write('x')\n", encoding="utf-8")
    tiny.builder().ensure(tiny.program())  # an older set-up, which prepared nothing
    assert not done.exists()

    for _ in range(2):
        tiny.builder().ensure(tiny.program(prepare="desktop.slow"))
        tiny.builder().ensure(tiny.tests())

    assert done.read_text() == "x"
    assert tiny.said.getvalue().count("Eraser             compiled for this processor (") == 1
    (tiny.root / "homespun" / "__init__.py").write_text('__version__ = "0.8"\n', encoding="utf-8")
    tiny.builder().ensure(tiny.program(prepare="desktop.slow"))
    assert done.read_text() == "xx"


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_a_preparation_that_fails_is_told_and_fails_nothing(tiny: TinyProject) -> None:
    (tiny.root / "desktop" / "slow.py").write_text("raise RuntimeError('no compiler')\n", encoding="utf-8")

    for _ in range(2):
        tiny.builder().ensure(tiny.program(prepare="desktop.slow"))

    assert tiny.said.getvalue().count("the first use will be slow: RuntimeError: no compiler") == 1
    assert read_stamp(tiny.environment) is not None


def test_a_preparation_that_hangs_or_does_not_start_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "LONGEST_PREPARATION", 0.2)
    notes: list[str] = []

    assert "TimeoutExpired" in prepare(Path(sys.executable), "timeit", notes.append)
    assert "FileNotFoundError" in prepare(tmp_path / "no-python", "timeit", notes.append)
    assert notes


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_a_wheelhouse_without_a_package_is_told_by_name_and_leaves_nothing(tiny: TinyProject) -> None:
    (tiny.wheelhouse / "first-1.0-py3-none-any.whl").unlink()

    with pytest.raises(Failure) as failure:
        tiny.builder().ensure(tiny.program())

    assert failure.value.code == ExitCode.NETWORK
    assert "first==1.0" in failure.value.what
    assert str(tiny.wheelhouse) in failure.value.what
    assert not tiny.environment.exists()


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_without_a_network_the_probe_says_so_within_seconds(tiny: TinyProject, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: every connection is refused
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{taken.getsockname()[1]}/simple")
        monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
        begin = time.monotonic()
        with pytest.raises(Failure) as failure:
            tiny.builder(wheelhouse=False).ensure(tiny.program())

    assert failure.value.code == ExitCode.NETWORK
    assert "--wheelhouse" in failure.value.todo
    assert not tiny.environment.exists()
    assert time.monotonic() - begin < 60


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_a_part_that_does_not_start_is_told_with_its_own_words(tiny: TinyProject) -> None:
    with pytest.raises(Failure) as failure:
        tiny.builder().ensure(tiny.program("first", "no_such_part"))

    assert failure.value.code == ExitCode.LIBRARY
    assert "no_such_part" in failure.value.what
    assert not tiny.environment.exists()


@pytest.mark.slow
def test_without_ensurepip_the_systems_pip_fills_the_environment(
    tiny: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = system_pip()
    if version is None or version < OLDEST_FOREIGN_PIP:
        pytest.skip(f"this Python's own pip is {version}: too old to fill another environment")
    monkeypatch.setattr(environment, "find_spec", lambda module: None if module == "ensurepip" else object())
    monkeypatch.setattr(libraries, "may_use_apt", lambda: False)

    python = tiny.builder().ensure(tiny.program())

    assert "made with the system's pip" in tiny.said.getvalue()
    assert _modules(tiny) == {"first", "homespun"}
    assert not list(tiny.environment.glob("**/site-packages/pip"))
    assert _ask(python, "import first; print('there')") == "there"


def test_without_ensurepip_and_without_pip_the_package_to_install_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libraries, "may_use_apt", lambda: False)
    for pip in (None, (20, 3)):
        monkeypatch.setattr(environment, "system_pip", lambda pip=pip: pip)
        with pytest.raises(Failure) as failure:
            create_venv(tmp_path / "venv", None, parts=lambda module: module == "venv")
        assert failure.value.code == ExitCode.PYTHON
        assert f"apt-get install python3.{sys.version_info[1]}-venv" in failure.value.todo


def test_as_root_on_debian_the_missing_venv_package_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []
    monkeypatch.setattr(libraries, "may_use_apt", lambda: True)
    monkeypatch.setattr(libraries, "apt_install", lambda packages, _run: installed.extend(packages))
    monkeypatch.setattr(environment, "base_python", lambda: "/usr/bin/python3")
    monkeypatch.setattr(environment, "system_pip", lambda: None)
    monkeypatch.setattr(subprocess, "run", lambda *_a, **_k: subprocess.CompletedProcess([], 0, "", ""))

    _pip, how = create_venv(tmp_path / "venv", None, parts=lambda module: module == "venv" or bool(installed))

    assert installed == [f"python3.{sys.version_info[1]}-venv"]
    assert "Python's own pip" in how


def test_too_little_disk_is_told_before_anything_is_made(tiny: TinyProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _where: Usage(10_000, 9_000, 2_499))

    with pytest.raises(Failure) as failure:
        tiny.builder().ensure(tiny.program())

    assert failure.value.code == ExitCode.DISK
    assert not tiny.environment.exists()
    monkeypatch.setattr(shutil, "disk_usage", lambda _where: Usage(10_000, 7_500, 2_500))
    require_room(tiny.root, 1000)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_can_not_be_written_is_told(tiny: TinyProject) -> None:
    tiny.root.chmod(0o500)
    try:
        with pytest.raises(Failure) as failure:
            tiny.builder().ensure(tiny.program())
    finally:
        tiny.root.chmod(0o700)
    assert failure.value.code == ExitCode.DISK


def test_a_file_where_the_environment_should_go_is_told(tiny: TinyProject) -> None:
    tiny.environment.write_text("not a folder")

    with pytest.raises(Failure) as failure:
        tiny.builder().ensure(tiny.program())

    assert failure.value.code == ExitCode.DISK
    assert tiny.environment.read_text() == "not a folder"


def _pretend(tiny: TinyProject, stamp: object) -> None:
    python = python_of(tiny.environment)
    python.parent.mkdir(parents=True, exist_ok=True)
    python.touch()
    (tiny.environment / STAMP).write_text(json.dumps(stamp), encoding="utf-8")


def test_a_stamp_counts_only_when_whole_and_with_its_python(tiny: TinyProject) -> None:
    assert read_stamp(tiny.environment) is None
    _pretend(tiny, {"locks": {}})
    assert read_stamp(tiny.environment) == {"locks": {}}
    for broken in (["a list"], {"locks": 3}, {}):
        _pretend(tiny, broken)
        assert read_stamp(tiny.environment) is None
    _pretend(tiny, {"locks": {}})
    (tiny.environment / MARKER).touch()
    assert read_stamp(tiny.environment) is None
    (tiny.environment / MARKER).unlink()
    python_of(tiny.environment).unlink()
    assert read_stamp(tiny.environment) is None


@pytest.mark.parametrize("key", ["python", "platform", "place", "before"])
def test_another_python_platform_or_place_makes_a_new_environment(
    tiny: TinyProject, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder = tiny.builder()
    _pretend(tiny, {**builder._stamp(tiny.program()), key: "another"})
    made: list[Path] = []

    def create(folder: Path, _wheelhouse: object) -> tuple[Pip, str]:
        made.append(folder)
        raise Failure(ExitCode.FAILED, "It stops here.", "")

    monkeypatch.setattr(environment, "create_venv", create)
    with pytest.raises(Failure, match="It stops here"):
        builder.ensure(tiny.program())

    assert made == [tiny.environment]
    assert read_stamp(tiny.environment) is not None, "the one that was set aside is back"


def test_an_outdated_lock_stops_before_anything_is_made(tiny: TinyProject) -> None:
    text = (tiny.root / "pyproject.toml").read_text(encoding="utf-8")
    (tiny.root / "pyproject.toml").write_text(text.replace("first>=1", "first>=2"), encoding="utf-8")

    with pytest.raises(Failure) as failure:
        tiny.builder().ensure(tiny.program())

    assert failure.value.code == ExitCode.LOCK
    assert not tiny.environment.exists()
