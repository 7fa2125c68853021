"""The chores that write menus and the start with the computer, in a home of the test's own."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from desktop import menus as entries
from desktop.workers import menus, updates
from desktop.workers.calls import Call
from desktop.workers.chores import open_service
from homespun.errors import HomespunError, NoPermission, UsageError
from homespun.progress import Progress

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the file managers are Linux' own")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person with Thunar and nothing else."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "thunar").write_text("#!/bin/sh\n")
    (programs / "thunar").chmod(0o755)
    (programs / "homespun").write_text("#!/bin/sh\n")
    (programs / "homespun").chmod(0o755)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CONFIG_DIRS", "XDG_DATA_DIRS"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(entries, "program_words", lambda: (str(programs / "homespun"),))
    monkeypatch.setattr(entries, "_drawn_icons", lambda: nullcontext(None))
    return tmp_path


def asked(do: str, **told: Any) -> Any:
    """What a chore answers."""
    return open_service()[do](Call(told, Progress()))


def states(told: Any) -> dict[str, str]:
    """How it stands with each that is shown."""
    return {one["name"]: one["state"] for one in told["targets"]}


def test_looking_shows_who_is_here_and_writes_nothing(home: Path) -> None:
    before = sorted(home.rglob("*"))
    told = asked("menus")
    assert states(told)["thunar"] == "absent"
    assert "dolphin" not in states(told)
    assert told["autostart"] is False
    assert sorted(home.rglob("*")) == before


def test_entries_come_by_one_call_and_go_by_another(home: Path) -> None:
    told = asked("menus_add", names=["thunar"], language="de")
    assert [one["did"] for one in told["done"] if one["target"] == "thunar"] == ["written"]
    assert states(told)["thunar"] == "present"
    assert "Entfernen …" in (home / "xdg_config_home" / "Thunar" / "uca.xml").read_text("utf-8")
    told = asked("menus_remove", names=["thunar"])
    assert states(told)["thunar"] == "absent"


def test_a_name_that_is_no_menu_is_refused() -> None:
    with pytest.raises(HomespunError, match="no menu called nowhere"):
        asked("menus_add", names=["nowhere"])


def test_starting_with_the_computer_is_turned_on_and_off(home: Path) -> None:
    assert asked("autostart", on=True)["autostart"] is True
    written = (home / "xdg_config_home" / "autostart" / "homespun.desktop").read_text()
    assert "app --background" in written
    assert asked("autostart", on=False)["autostart"] is False
    assert not (home / "xdg_config_home" / "autostart" / "homespun.desktop").exists()


def test_what_can_not_be_written_is_said(home: Path) -> None:
    (home / "xdg_config_home").write_text("a file")
    with pytest.raises(NoPermission, match="can't be changed"):
        asked("autostart", on=True)


def test_the_versions_are_told_without_asking_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("a server was asked"))
    told = updates.status(Call({}, Progress()))
    assert told is not None
    assert told["kind"] in ("checkout", "wheel")
    assert told["why_not"]
    with pytest.raises(UsageError):
        updates.check(Call({}, Progress()))


def test_the_chores_have_all_of_the_menus() -> None:
    assert menus.asks().keys() <= open_service().keys()
