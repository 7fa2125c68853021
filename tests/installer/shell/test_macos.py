"""Quick Actions: no Mac is here, so their lists are read, and their script is run by an ordinary sh."""

from __future__ import annotations

import json
import plistlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from installer.shell import Did, Places, State, install, remove, status
from installer.verbs import VERBS, On
from tests.installer.shell.conftest import command_of, everything, written


@pytest.fixture
def mac(person: Places) -> Places:
    """Somebody with a Mac."""
    return replace(person, platform="darwin")


def contents(mac: Places, name: str) -> Path:
    return mac.home / "Library" / "Services" / f"homespun-{name}.workflow" / "Contents"


def plist(path: Path) -> Any:
    return plistlib.loads(path.read_bytes())


def test_there_is_a_quick_action_for_each_verb_and_none_afterwards(mac: Places) -> None:
    before = everything(mac.home)

    (outcome,) = install(command=command_of(mac), places=mac)
    assert (outcome.target, outcome.did) == ("finder", Did.WRITTEN)
    assert "System Settings" in outcome.todo
    assert install(command=command_of(mac), places=mac)[0].did is Did.UNCHANGED
    assert status(places=mac)[0].state is State.PRESENT

    for verb in VERBS:
        (service,) = plist(contents(mac, verb.name) / "Info.plist")["NSServices"]
        assert service["NSMenuItem"] == {"default": f"Homespun: {verb.words['en']}"}
        assert service["NSSendFileTypes"] == ["public.image" if verb.on is On.PICTURES else "public.folder"]

    assert remove(places=mac)[0].did is Did.REMOVED
    assert everything(mac.home) == before


def test_the_step_gets_the_files_as_arguments(mac: Places) -> None:
    install(command=command_of(mac), places=mac)
    (step,) = plist(contents(mac, "erase") / "document.wflow")["actions"]

    parameters = step["action"]["ActionParameters"]
    assert (parameters["inputMethod"], parameters["shell"]) == (1, "/bin/sh")
    assert str(mac.home) not in parameters["COMMAND_STRING"]
    assert command_of(mac)[0] not in parameters["COMMAND_STRING"]


def test_its_script_starts_the_command_with_every_name_as_it_is(mac: Places, tmp_path: Path) -> None:
    recorder = written(
        tmp_path / "my $(recorder) 'x'.py",
        b"import json, sys, pathlib\npathlib.Path(__file__).with_name('asked.json').write_text(json.dumps(sys.argv[1:]))\n",
    )
    install(command=(sys.executable, "-I", str(recorder)), places=mac)
    script = plist(contents(mac, "enlarge-2") / "document.wflow")["actions"][0]["action"]["ActionParameters"]
    names = ["/p/-a.png", "/p/$(touch x) `y` \"q\" 's' \\ *\nnew.png", "/p/caf\udce9.png"]

    subprocess.run(
        ["/bin/sh", "-c", script["COMMAND_STRING"], "-", *names], env={"HOME": str(mac.home)}, check=True, timeout=60
    )

    assert json.loads((tmp_path / "asked.json").read_text("utf-8")) == ["app", "--enlarge", "--by", "2", "--", *names]


def test_the_language_is_the_persons_unless_one_is_asked_for(mac: Places) -> None:
    install(command=command_of(mac), places=replace(mac, language="de"))
    assert plist(contents(mac, "search") / "Info.plist")["CFBundleName"] == "Homespun: In diesem Ordner suchen"
    install(command=command_of(mac), places=mac, language="en")
    assert plist(contents(mac, "search") / "Info.plist")["CFBundleName"] == "Homespun: Search in this folder"
