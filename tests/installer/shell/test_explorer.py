"""Explorer is one target among the others: the same calls, and its own record in the registry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from installer import shell
from installer.shell import Did, Places, State, explorer, install, remove, status
from installer.shell.registry import Remembered
from installer.versions import Installation, Kind
from tests.installer.shell.conftest import everything


@pytest.fixture
def windows(person: Places, monkeypatch: pytest.MonkeyPatch) -> tuple[Places, Remembered]:
    """Somebody with Windows, whose Homespun is installed where its installer puts it."""
    registry = Remembered()
    found = Installation(Kind.WINDOWS, Path(r"C:\Programs\Homespun"), "1.0.0", "windows-x64", {})
    monkeypatch.setattr(explorer, "EXPLORER", explorer.Explorer(registry))
    monkeypatch.setattr(explorer, "this_installation", lambda: found)
    return replace(person, platform="win32"), registry


@pytest.mark.parametrize("language", ["en", "de"])
def test_its_entries_come_and_go_by_the_common_calls(windows: tuple[Places, Remembered], language: str) -> None:
    places, registry = windows
    command = (r"C:\Programs\Homespun\homespun-launch.exe",)
    assert [one.name for one in shell.targets(places)] == ["explorer"]
    assert status(places=places)[0].state is State.ABSENT

    assert install(command=command, places=places, language=language)[0].did is Did.WRITTEN
    assert install(command=command, places=places, language=language)[0].did is Did.UNCHANGED
    assert status(places=places)[0].state is State.PRESENT  # whichever language it was written in

    assert remove(places=places)[0].did is Did.REMOVED
    assert registry.keys == {} or not any(registry.names(key) for key in registry.keys)
    assert everything(places.home) == {}
