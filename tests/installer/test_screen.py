"""The tests' own screen: found, installed where that is allowed, or done without."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

from installer import screen

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a virtual screen is for Linux")


def test_nothing_is_installed_where_all_is_there() -> None:
    def run(_command: Sequence[str]) -> int:
        raise AssertionError("nothing to install")

    assert "are there" in screen.ensure_screen(find=lambda name: f"/usr/bin/{name}", run=run)


def test_missing_programs_are_installed_where_we_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "may_use_apt", lambda: True)
    installed: list[str] = []

    def run(command: Sequence[str]) -> int:
        installed.extend(command)
        return 0

    def find(name: str) -> str | None:
        return f"/usr/bin/{name}" if installed or name != "openbox" else None

    assert screen.ensure_screen(find=find, run=run) == "installed with apt-get: fonts-noto-core openbox"
    assert installed[:2] == ["apt-get", "install"]


@pytest.mark.parametrize("allowed", [True, False])
def test_without_them_the_tests_go_on_and_the_reason_is_told(allowed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "may_use_apt", lambda: allowed)
    told = screen.ensure_screen(find=lambda _name: None, run=lambda _command: 1)
    assert told == "tests in a real window are skipped; they need: dbus openbox x11-utils xdotool xvfb"
