"""`homespun shell`: what it does to this person's menus, in words, in JSON, and in exit codes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from desktop import menus
from homespun.errors import ExitCode, HomespunError, NotFound, UsageError
from homespun.folders import folders
from installer.versions import Installation, Kind
from tests.desktop.known_index import Said

Homespun = Callable[..., Said]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the file managers are those of Linux")


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own with Nemo and Thunar, and a program that menus can start."""
    home, programs = tmp_path / "person", tmp_path / "bin"
    home.mkdir()
    programs.mkdir()
    for name in ("nemo", "thunar", "homespun"):
        (programs / name).write_bytes(b"#!/bin/sh\n")
        (programs / name).chmod(0o755)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CONFIG_DIRS", "XDG_DATA_DIRS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "share"))
    monkeypatch.setattr(menus, "program_words", lambda: (str(programs / "homespun"),))
    monkeypatch.setattr(menus, "_drawn_icons", lambda: nullcontext(None))  # a process that draws takes a second
    return home


def test_the_entries_are_added_told_and_removed_again(homespun: Homespun, person: Path) -> None:
    said = homespun("shell", "install")
    assert said.code == ExitCode.OK
    assert "Thunar: added\n" in said.out
    assert f"  {person}/.config/Thunar/uca.xml\n  Run: thunar -q. Thunar reads its menu when it starts.\n" in said.out
    assert "Nemo: added\n" in said.out
    assert "Dolphin" not in said.out

    assert "Thunar: as it was\n" in homespun("shell", "install").out
    told = homespun("shell", "status")
    assert told.code == ExitCode.OK
    assert "Thunar: present\n" in told.out
    assert "Dolphin: unsupported\n" in told.out

    assert "Nemo: removed\n" in homespun("shell", "remove").out
    assert list(person.rglob("*homespun*")) == []
    assert "Nemo: nothing to remove\n" in homespun("shell", "remove").out
    assert "Add the entries with: homespun shell install" in homespun("shell", "status").out


def test_the_folder_of_the_record_is_this_persons_alone(homespun: Homespun, person: Path) -> None:
    assert homespun("shell", "install").code == ExitCode.OK
    assert folders().data.stat().st_mode & 0o077 == 0


def test_json_says_the_same(homespun: Homespun, person: Path) -> None:
    (added,) = json.loads(homespun("shell", "install", "--for", "nemo", "--json").out)["menus"]
    assert (added["menu"], added["did"], len(added["paths"])) == ("nemo", "written", 5)

    (state,) = json.loads(homespun("shell", "status", "--for", "nemo", "--json").out)["menus"]
    assert state == {"menu": "nemo", "title": "Nemo", "state": "present", "words": "Nemo has Homespun's entries."}

    found = json.loads(homespun("shell", "remove", "--json").out)["menus"]
    assert {one["menu"]: one["did"] for one in found}["nemo"] == "removed"


def test_names_may_stand_together_or_one_by_one(homespun: Homespun, person: Path) -> None:
    both = homespun("shell", "install", "--for", "thunar, nemo", "--for", "desktop", "--json").out
    assert [one["menu"] for one in json.loads(both)["menus"]] == ["thunar", "nemo", "desktop"]


def test_one_language_alone_is_written_when_it_is_asked_for(homespun: Homespun, person: Path) -> None:
    homespun("shell", "install", "--for", "nemo", "--language", "de")
    text = (person / ".local/share/nemo/actions/homespun-0-erase.nemo_action").read_text("utf-8")
    assert "Name=Homespun: Entfernen …\n" in text
    assert "Erase" not in text


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (("install", "--for", "explorer"), ExitCode.USAGE, "There is no menu called explorer."),
        (("remove", "--for", "x"), ExitCode.USAGE, "The menus here are: thunar"),
        (("remove", "--for", " , "), ExitCode.USAGE, "--for names no menu."),
        (("install", "--language", "fr"), ExitCode.USAGE, "no words in the language fr"),
    ],
)
def test_wrong_words_are_told(
    homespun: Homespun, person: Path, words: tuple[str, ...], code: ExitCode, part: str
) -> None:
    said = homespun("shell", *words)
    assert said.code == code
    assert part in said.err
    assert list(person.iterdir()) == []


def test_what_does_not_work_is_told_with_its_exit_code(homespun: Homespun, person: Path, tmp_path: Path) -> None:
    homespun("shell", "install", "--for", "nemo")
    (tmp_path / "bin" / "homespun").unlink()
    broken = homespun("shell", "status", "--for", "nemo")
    assert broken.code == ExitCode.DAMAGED
    assert "Nemo: broken\n  The entries start " in broken.out
    assert "Run: homespun shell install" in broken.err

    action = person / ".local/share/nemo/actions/homespun-0-erase.nemo_action"
    action.write_text("mine", encoding="utf-8")
    kept = homespun("shell", "install", "--for", "nemo")
    assert kept.code == ExitCode.DAMAGED
    assert f"Nemo: left alone\n  {action} was changed since Homespun wrote it, so it was left alone.\n" in kept.out
    assert action.read_text("utf-8") == "mine"

    (person / ".config").write_text("a file where the folder should be", encoding="utf-8")
    failed = homespun("shell", "install", "--for", "thunar")
    assert failed.code == ExitCode.NO_PERMISSION
    assert "Thunar: failed\n" in failed.out


def test_our_icons_are_drawn_for_the_entries(homespun: Homespun, person: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menus, "_drawn_icons", DRAWN)
    homespun("shell", "install", "--for", "desktop")

    assert (person / ".local/share/icons/hicolor/48x48/apps/homespun.png").read_bytes().startswith(b"\x89PNG")
    assert "Icon=homespun\n" in (person / ".local/share/applications/homespun.desktop").read_text("utf-8")
    homespun("shell", "remove")
    assert [path for path in person.rglob("*") if path.is_file()] == []


DRAWN = menus._drawn_icons


def installed(kind: Kind, root: Path = Path("/opt/homespun")) -> Callable[[], Installation]:
    return lambda: Installation(kind, root, "1.0.0", "linux-x64", {})


def test_each_kind_of_copy_is_started_in_its_own_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("APPIMAGE", raising=False)
    monkeypatch.setattr("installer.versions.this_installation", installed(Kind.DEB))
    assert menus.program_words() == ("/usr/bin/homespun",)
    monkeypatch.setattr("installer.versions.this_installation", installed(Kind.WINDOWS, tmp_path))
    assert menus.program_words() == (str(tmp_path / "homespun-launch.exe"),)

    monkeypatch.setattr("installer.versions.this_installation", installed(Kind.WHEEL))
    script = tmp_path / "bin" / "homespun"
    script.parent.mkdir()
    script.write_bytes(b"")
    script.chmod(0o755)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
        patch.setattr(sys, "prefix", str(tmp_path))
        assert menus.program_words() == (str(script),)
    monkeypatch.setenv("APPIMAGE", "/home/ann/Homespun.AppImage")
    assert menus.program_words() == ("/home/ann/Homespun.AppImage",)


def test_a_copy_that_starts_in_its_own_folder_alone_is_not_written_into_menus(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("APPIMAGE", raising=False)
    monkeypatch.setattr("installer.versions.this_installation", installed(Kind.CHECKOUT))
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    with pytest.raises(NotFound, match="starts in its own folder alone"):
        menus.program_words()

    python.write_text("#!/bin/sh\nexit 0\n")
    assert menus.program_words() == (str(python), "-P", "-m", "desktop")

    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(UsageError, match="start the launcher"):
        menus.program_words()


def test_a_record_that_can_t_be_written_is_an_error_in_words(home: Path, person: Path) -> None:
    home.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(HomespunError, match=r"data can't be made") as failed:
        menus.install(["nemo"])
    assert failed.value.code == ExitCode.NO_PERMISSION
    assert os.fspath(home) in failed.value.what
