"""Qt's system libraries: found by asking the loader, installed where we may, else one command to run."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence

import pytest

from installer import libraries
from installer.failure import ExitCode, Failure

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux looks for them")


class System:
    """A loader and an apt-get that know which libraries are there; `apt_codes` are its exit codes in turn."""

    def __init__(self, lacks: set[str], apt_codes: Sequence[int] = ()) -> None:
        self.lacks = lacks
        self.apt_codes = list(apt_codes)
        self.commands: list[str] = []

    def load(self, name: str) -> object:
        if name in self.lacks:
            raise OSError(f"{name}: cannot open shared object file")
        return object()

    def run(self, command: Sequence[str]) -> int:
        self.commands.append(" ".join(command))
        code = self.apt_codes.pop(0)
        if command[1] == "install" and code == 0:
            self.lacks = {name for name in self.lacks if libraries.QT_LIBRARIES[name] not in command}
        return code


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Say which package tools the system has, and whether we are root."""

    def set_up(*names: str, root: bool) -> None:
        monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name in names else None)
        monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)

    return set_up


def test_nothing_is_run_when_all_are_there(tools: Callable[..., None]) -> None:
    tools("apt-get", root=True)
    system = System(set())
    assert "all 21" in libraries.ensure_libraries(system.load, system.run)
    assert system.commands == []


def test_as_root_on_debian_only_the_missing_ones_are_installed(tools: Callable[..., None]) -> None:
    tools("apt-get", root=True)
    system = System({"libxcb-cursor.so.0", "libEGL.so.1"}, [0])
    said = libraries.ensure_libraries(system.load, system.run)
    assert "libegl1 libxcb-cursor0" in said
    assert system.commands == ["apt-get install -y -q --no-install-recommends libegl1 libxcb-cursor0"]


def test_the_list_of_packages_is_refreshed_when_the_first_try_fails(tools: Callable[..., None]) -> None:
    tools("apt-get", root=True)
    system = System({"libEGL.so.1"}, [100, 0, 0])
    libraries.ensure_libraries(system.load, system.run)
    assert [command.split()[1] for command in system.commands] == ["install", "update", "install"]


@pytest.mark.parametrize(
    ("tool", "command"),
    [
        ("apt-get", "sudo apt-get install libegl1 libxcb-cursor0"),
        ("dnf", "sudo dnf install 'libEGL.so.1()(64bit)' 'libxcb-cursor.so.0()(64bit)'"),
        ("zypper", "sudo zypper install 'libEGL.so.1()(64bit)'"),
        ("pacman", "packages that bring libEGL.so.1 libxcb-cursor.so.0"),
    ],
)
def test_without_the_right_to_install_the_one_command_is_told(
    tools: Callable[..., None], tool: str, command: str
) -> None:
    tools(tool, root=False)
    system = System({"libxcb-cursor.so.0", "libEGL.so.1"})
    with pytest.raises(Failure) as failure:
        libraries.ensure_libraries(system.load, system.run)
    assert failure.value.code == ExitCode.LIBRARY
    assert command in failure.value.todo
    assert "libxcb-cursor.so.0" in failure.value.what
    assert system.commands == []


def test_what_apt_could_not_bring_is_told(tools: Callable[..., None]) -> None:
    tools("apt-get", root=True)
    system = System({"libEGL.so.1"}, [100, 0, 100])
    with pytest.raises(Failure) as failure:
        libraries.ensure_libraries(system.load, system.run)
    assert "libEGL.so.1" in failure.value.what
