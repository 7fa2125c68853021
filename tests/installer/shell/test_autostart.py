"""Starting with the log-in: on each system by its own means, on and off."""

from __future__ import annotations

import plistlib
from dataclasses import replace

import pytest

from installer.shell import Places, autostart
from installer.shell.registry import Remembered
from tests.installer.shell.conftest import everything


def test_an_entry_of_the_desktop_comes_and_goes(person: Places) -> None:
    assert not autostart.enabled(person)

    autostart.enable(("/opt/My App/homespun",), person)
    path = person.config_home / "autostart" / "homespun.desktop"
    text = path.read_text("utf-8")
    assert 'Exec="/opt/My App/homespun" app --background\n' in text
    assert "Comment[de]=" in text
    assert autostart.enabled(person)
    once = everything(person.home)
    autostart.enable(("/opt/My App/homespun",), person)
    assert everything(person.home) == once

    autostart.disable(person)
    assert not autostart.enabled(person)
    assert not path.exists()
    autostart.disable(person)


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false", "Hidden = true"])
def test_an_entry_that_a_dialog_switched_off_counts_as_off_and_can_be_switched_on(person: Places, line: str) -> None:
    autostart.enable(("homespun",), person)
    path = person.config_home / "autostart" / "homespun.desktop"
    path.write_text(path.read_text("utf-8") + line + "\n", encoding="utf-8")
    assert not autostart.enabled(person)

    autostart.enable(("homespun",), person)
    assert autostart.enabled(person)


def test_a_mac_gets_an_agent(person: Places) -> None:
    mac = replace(person, platform="darwin")
    autostart.enable(("/Applications/My App/homespun",), mac)

    told = plistlib.loads((mac.home / "Library" / "LaunchAgents" / "homespun.background.plist").read_bytes())
    assert told["ProgramArguments"] == ["/Applications/My App/homespun", "app", "--background"]
    assert autostart.enabled(mac)
    autostart.disable(mac)
    assert not autostart.enabled(mac)


def test_windows_gets_a_value_in_the_persons_registry(person: Places) -> None:
    registry, windows = Remembered(), replace(person, platform="win32")
    autostart.enable((r"C:\Users\Jörg B\Homespun\homespun-launch.exe",), windows, registry)

    told = registry.get(autostart.RUN_KEY, "Homespun")
    assert told == r'"C:\Users\Jörg B\Homespun\homespun-launch.exe" background'
    assert autostart.enabled(windows, registry)
    autostart.disable(windows, registry)
    assert not autostart.enabled(windows, registry)
    autostart.disable(windows, registry)
