"""`homespun update`: what a person and a program are told, and what happens only after a yes."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import Any

import pytest

from desktop.cli import main
from homespun.folders import folders, make_private
from installer.versions import Installation, Kind, Pointer
from tests.desktop.updates.conftest import offer
from tests.desktop.updates.world import World
from tests.models.conftest import Server

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the versions of these tests start by a shell script")
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def installed(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    be(monkeypatch, world.installation)
    return world


def be(monkeypatch: pytest.MonkeyPatch, installation: Installation) -> None:
    for place in ("installer.versions", "desktop.updates.installed", "desktop.updates.keys"):
        monkeypatch.setattr(f"{place}.this_installation", lambda: installation)


def answers(monkeypatch: pytest.MonkeyPatch, *said: str) -> list[str]:
    """A person at the terminal who says these; what they were asked."""
    asked: list[str] = []
    left = iter(said)

    class Line:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return f"{next(left)}\n"

    monkeypatch.setattr("sys.stdin", Line())
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setattr("desktop.cli.output.write", lambda stream, text: asked.append(text))
    return asked


def data(capsys: Captured) -> dict[str, Any]:
    (line,) = capsys.readouterr().out.splitlines()
    return dict(json.loads(line))


def test_status_asks_nobody(installed: World, server: Server, capsys: Captured) -> None:
    assert main(["update", "status"]) == 0
    told = capsys.readouterr().out
    assert told.splitlines()[0] == "Homespun 1.0.0 · windows-x64 · windows"
    assert f"A check would ask {installed.address}stable.manifest" in told
    assert server.seen == []


def test_a_check_says_what_is_new_and_how_to_get_it(installed: World, capsys: Captured) -> None:
    assert main(["update", "check", "--yes"]) == 0
    told = capsys.readouterr().out
    assert "Homespun 1.1.0 · this is 1.0.0" in told
    assert "Better." in told
    assert "homespun update install" in told
    assert main(["update", "status"]) == 0
    assert "when the newest was 1.1.0" in capsys.readouterr().out


def test_the_newest_is_said_to_be_the_newest(installed: World, server: Server, capsys: Captured) -> None:
    offer(installed, server, version="1.0.0", serial=9)
    assert main(["update", "install", "--yes"]) == 0
    assert "Up to date. Homespun 1.0.0 is the newest." in capsys.readouterr().out
    assert installed.works() == "1.0.0"


def test_an_update_is_installed_and_gone_back_from(installed: World, capsys: Captured) -> None:
    assert main(["update", "install", "--yes", "--json"]) == 0
    told = data(capsys)
    assert (told["installed"], told["newest"], told["running"]) == (True, "1.1.0", "1.0.0")
    assert installed.works() == "1.1.0"
    assert main(["update", "status"]) == 0
    assert "1.1.0 starts the next time." in capsys.readouterr().out
    assert main(["update", "roll-back", "--json"]) == 0
    assert data(capsys) == {"left": "1.1.0", "version": "1.0.0"}
    assert installed.works() == "1.0.0"
    assert main(["update", "status"]) == 0
    assert "You went back from 1.1.0." in capsys.readouterr().out
    assert main(["update", "install", "--yes"]) == 0
    assert "update install --again" in capsys.readouterr().out
    assert installed.works() == "1.0.0"
    assert main(["update", "install", "--yes", "--again"]) == 0
    assert installed.works() == "1.1.0"


def test_a_version_that_failed_is_told_at_once(installed: World, capsys: Captured) -> None:
    installed.layout.write(Pointer("1.0.0", None, "1.1.0"))
    assert main(["update", "status"]) == 0
    assert "Homespun 1.1.0 did not start, so this is 1.0.0 again." in capsys.readouterr().out


@pytest.mark.parametrize("words", [["update", "check", "--json"], ["update", "install", "--json"]])
def test_without_a_yes_nobody_is_asked(installed: World, server: Server, capsys: Captured, words: list[str]) -> None:
    assert main(words) == 9
    assert "Add --yes to agree." in data(capsys)["todo"]
    assert server.seen == []


def test_a_no_to_the_check_asks_nobody(installed: World, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answers(monkeypatch, "n")
    assert main(["update", "check"]) == 9
    assert asked[0].startswith(
        "Ask 127.0.0.1 whether there is a newer Homespun? That is one request, which says nothing"
    )
    assert server.seen == []


def test_a_no_to_the_download_downloads_nothing(
    installed: World, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answers(monkeypatch, "y", "n")
    assert main(["update", "install"]) == 9
    assert any("Download and install Homespun 1.1.0, 4" in one for one in asked)
    assert server.gets() == ["/homespun/stable.manifest"]
    assert installed.works() == "1.0.0"


@pytest.mark.parametrize(
    ("kind", "way"), [(Kind.DEB, "apt install"), (Kind.WHEEL, "pipx upgrade"), (Kind.CHECKOUT, "git pull")]
)
def test_other_installations_say_how_newer_versions_come_to_them(
    world: World, server: Server, monkeypatch: pytest.MonkeyPatch, capsys: Captured, kind: Kind, way: str
) -> None:
    be(monkeypatch, replace(world.installation, kind=kind, build={}))
    assert main(["update", "install", "--yes"]) == 2
    assert way in capsys.readouterr().err
    assert main(["update", "check", "--yes"]) == 2
    assert way in capsys.readouterr().err
    assert main(["update", "status"]) == 0
    assert way in capsys.readouterr().out
    assert server.seen == []


def test_a_package_with_keys_may_ask_and_is_told_its_way(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    be(monkeypatch, replace(world.installation, kind=Kind.DEB))
    assert main(["update", "check", "--yes"]) == 0
    assert "sudo apt install" in capsys.readouterr().out


def test_a_company_server_is_asked_in_the_place_of_ours(installed: World, server: Server, capsys: Captured) -> None:
    make_private(folders().config)
    folders().settings.write_text(f'[updates]\nserver = "{server.url}/company"\n')
    server.serve("/company/stable.manifest", server.files["/homespun/stable.manifest"].body)
    server.serve("/company/Homespun-1.1.0-windows-x64.zip", installed.archive)
    assert main(["update", "install", "--yes", "--quiet"]) == 0
    assert {path.split("/")[1] for _, path, _, _ in server.seen} == {"company"}
    assert installed.works() == "1.1.0"
    folders().settings.write_text('[updates]\nserver = "http://example.com/"\n')
    assert main(["update", "check", "--yes"]) == 2
    assert "is no address for updates" in capsys.readouterr().err
