"""SwiftShader: three files out of a package of Debian, brought by apt-get without root and without a trace elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from installer import swiftshader
from installer.failure import ExitCode, Failure
from installer.swiftshader import FILES, ensure_swiftshader, missing_tool, quietly, variables

BROKEN = "E: Unable to locate package chromium-common"


class System:
    """An apt-get that fails as often as told, and a dpkg-deb that unpacks `holds`."""

    def __init__(self, fails: int = 0, holds: Sequence[str] = (*FILES, "locales.pak")) -> None:
        self.fails = fails
        self.holds = holds
        self.commands: list[str] = []

    def run(self, command: Sequence[str], place: Path) -> str:
        """Answer one command as the tools do."""
        self.commands.append(" ".join(word for word in command if "Acquire::" not in word and word not in ("-o", "-q")))
        if command[1] == "download":
            if self.fails:
                self.fails -= 1
                return BROKEN
            (place / "chromium-common_156.0-1_amd64.deb").write_bytes(b"")
        elif command[0] == "dpkg-deb":
            inside = place / "tree" / "usr" / "lib" / "chromium"
            inside.mkdir(parents=True)
            for name in self.holds:
                (inside / name).write_text(name, encoding="utf-8")
        return ""


def test_only_the_three_files_are_kept_and_a_second_time_nothing_is_run(tmp_path: Path) -> None:
    folder = tmp_path / "swiftshader"
    system = System()

    assert "156.0-1 from Debian's chromium-common" in ensure_swiftshader(folder, system.run)

    assert {path.name for path in tmp_path.rglob("*")} == {"swiftshader", *FILES}
    assert system.commands == ["apt-get download chromium-common", "dpkg-deb -x chromium-common_156.0-1_amd64.deb tree"]
    assert ensure_swiftshader(folder, system.run) == "there already"
    assert len(system.commands) == 2


def test_a_folder_that_lacks_a_file_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "swiftshader"
    ensure_swiftshader(folder, System().run)
    (folder / FILES[0]).unlink()
    ensure_swiftshader(folder, System().run)
    assert {path.name for path in folder.iterdir()} == set(FILES)


def test_where_the_systems_lists_do_not_help_a_list_of_our_own_is_fetched(tmp_path: Path) -> None:
    system = System(fails=1)
    ensure_swiftshader(tmp_path / "swiftshader", system.run)
    _first, update, again, _unpack = system.commands
    for command, word in ((update, "update"), (again, "download")):
        assert command.split()[1] == word
        assert "Dir::State::lists=" in command
        assert "Dir::Cache=" in command
        assert "/var/" not in command


def test_what_apt_get_does_not_bring_is_told_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(Failure) as failure:
        ensure_swiftshader(tmp_path / "swiftshader", System(fails=2).run)
    assert failure.value.code == ExitCode.NETWORK
    assert failure.value.detail == BROKEN
    assert list(tmp_path.iterdir()) == []


def test_a_package_without_the_driver_is_told(tmp_path: Path) -> None:
    with pytest.raises(Failure, match=r"holds no libvk_swiftshader\.so") as failure:
        ensure_swiftshader(tmp_path / "swiftshader", System(holds=FILES[:2]).run)
    assert failure.value.code == ExitCode.NETWORK


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="this system has no dpkg-deb")
def test_a_real_package_is_unpacked(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    inside = tree / swiftshader.INSIDE
    inside.mkdir(parents=True)
    for name in FILES:
        (inside / name).write_bytes(name.encode())
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(
        "Package: chromium-common\nVersion: 1.0-1\nArchitecture: amd64\nMaintainer: A <a@example.org>\nDescription: a\n"
    )

    def run(command: Sequence[str], place: Path) -> str:
        if command[0] == "dpkg-deb":
            return quietly(command, place)
        return quietly(["dpkg-deb", "-b", str(tree), "chromium-common_1.0-1_amd64.deb"], place)

    ensure_swiftshader(tmp_path / "swiftshader", run)
    assert [(tmp_path / "swiftshader" / name).read_bytes() for name in FILES] == [name.encode() for name in FILES]

    def damaged(command: Sequence[str], place: Path) -> str:
        if command[0] == "dpkg-deb":
            return quietly(command, place)
        (place / "chromium-common_1.0-1_amd64.deb").write_bytes(b"no package")
        return ""

    with pytest.raises(Failure) as failure:
        ensure_swiftshader(tmp_path / "another", damaged)
    assert "chromium-common_1.0-1" in failure.value.detail


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Failure) as failure:
        ensure_swiftshader(tmp_path / "file" / "swiftshader", System().run)
    assert failure.value.code == ExitCode.DISK


def test_a_tool_that_hangs_or_is_not_there_is_words_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no-such-tool" in quietly(["no-such-tool"], tmp_path)

    def hang(command: Sequence[str], **_more: object) -> None:
        raise subprocess.TimeoutExpired(command, 300)

    monkeypatch.setattr(subprocess, "run", hang)
    assert "300 seconds" in quietly(["apt-get"], tmp_path)


def test_the_tool_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    assert missing_tool() == "dpkg-deb"
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert missing_tool() == ""


def test_the_driver_goes_before_the_libraries_that_a_person_has_set() -> None:
    folder = Path("driver")
    assert variables(folder, {})["LD_LIBRARY_PATH"] == "driver"
    assert variables(folder, {"LD_LIBRARY_PATH": "mine"})["LD_LIBRARY_PATH"] == f"driver{os.pathsep}mine"
    assert variables(folder, {})["VK_ICD_FILENAMES"] == str(folder / "vk_swiftshader_icd.json")
