"""What the launcher of Windows is told of a start, and what the person is told of one that was taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.state.starts import confirm_start, taken_back
from installer.versions import Installation, Kind, Layout, Pointer


@pytest.fixture
def here(tmp_path: Path) -> Installation:
    """Homespun 1.1.0 in a program folder of Windows, with 1.2.0 beside it."""
    for version in ("1.1.0", "1.2.0"):
        (tmp_path / "Homespun" / "versions" / version).mkdir(parents=True)
    return Installation(Kind.WINDOWS, tmp_path / "Homespun", "1.1.0", "windows-x64", {})


def test_a_good_start_is_confirmed_only_for_this_version(here: Installation) -> None:
    layout = Layout(here.root)
    for version in ("1.1.0", "1.2.0"):
        layout.note_start(version)
    confirm_start(here)
    assert layout.failed_starts("1.1.0") == 0
    assert layout.failed_starts("1.2.0") == 1


def test_elsewhere_nothing_is_confirmed(here: Installation) -> None:
    Layout(here.root).note_start("1.1.0")
    confirm_start(Installation(Kind.DEB, here.root, "1.1.0", "linux-x64", {}))
    assert Layout(here.root).failed_starts("1.1.0") == 1


def test_a_version_that_failed_twice_is_told_once(here: Installation, tmp_path: Path) -> None:
    layout, memory = Layout(here.root), tmp_path / "app" / "taken-back"
    layout.write(Pointer("1.2.0", "1.1.0"))
    for _ in range(2):
        layout.note_start("1.2.0")
    assert layout.choose() == "1.1.0"
    assert taken_back(here, memory) == "Homespun 1.2.0 did not start twice; 1.1.0 runs again."
    assert taken_back(here, memory) == ""
    layout.write(Pointer("1.1.0", None, "1.3.0"))
    assert taken_back(here, memory) == "Homespun 1.3.0 did not start twice; 1.1.0 runs again."


def test_who_went_back_by_hand_is_told_nothing(here: Installation, tmp_path: Path) -> None:
    Layout(here.root).write(Pointer("1.1.0", None, "1.2.0", by_hand=True))
    assert taken_back(here, tmp_path / "said") == ""


def test_without_a_launcher_there_is_nothing_to_tell(tmp_path: Path) -> None:
    for kind in (Kind.DEB, Kind.WHEEL, Kind.CHECKOUT):
        assert taken_back(Installation(kind, tmp_path, "1.1.0", "linux-x64", {}), tmp_path / "said") == ""
