"""Where a person's things are, as the environment says."""

from __future__ import annotations

import plistlib
from pathlib import Path

import pytest

from installer.shell.places import Places, mac_language, system_language
from tests.installer.shell.conftest import written


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that says nothing of languages and folders."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CONFIG_DIRS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    return monkeypatch


@pytest.mark.parametrize(
    ("settings", "language"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "de:en"}, "de"),
        ({"LANG": "pt_BR"}, "en"),
    ],
)
def test_the_language_is_the_one_of_the_messages(
    bare: pytest.MonkeyPatch, settings: dict[str, str], language: str
) -> None:
    for name, value in settings.items():
        bare.setenv(name, value)
    assert system_language() == language


def test_folders_follow_the_environment_but_for_relative_ones(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bare.setenv("HOME", str(tmp_path))
    bare.setenv("XDG_CONFIG_HOME", str(tmp_path / "conf"))
    bare.setenv("XDG_DATA_HOME", "relative/data")
    bare.setenv("XDG_CONFIG_DIRS", f"{tmp_path / 'etc'}:also/relative")

    found = Places.here()

    assert found.config_home == tmp_path / "conf"
    assert found.data_home == tmp_path / ".local" / "share"
    assert found.config_dirs == (tmp_path / "etc",)
    assert found.record.name == "shell.json"
    assert Places.here(tmp_path / "mine.json").record == tmp_path / "mine.json"


@pytest.mark.parametrize(
    ("content", "language"),
    [
        (plistlib.dumps({"AppleLanguages": ["de-AT", "en"]}, fmt=plistlib.FMT_BINARY), "de"),
        (plistlib.dumps({"AppleLanguages": []}), "en"),
        (plistlib.dumps(["de"]), "en"),
        (b"nonsense", "en"),
        (None, "en"),
    ],
)
def test_a_mac_says_its_language_in_its_settings(tmp_path: Path, content: bytes | None, language: str) -> None:
    if content is not None:
        written(tmp_path / "Library" / "Preferences" / ".GlobalPreferences.plist", content)
    assert mac_language(tmp_path) == language
