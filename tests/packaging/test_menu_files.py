"""The files of menus, judged by the tools of those who read them."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from installer.shell import Places, Wish, autostart, install, plan
from tests.packaging.desk import need

pytestmark = pytest.mark.packaging

COMMANDS = (("/usr/bin/homespun",), ('/opt/Änne\'s $HOME/100 %/py "thon"', "-P", "-m", "desktop"))


@pytest.fixture
def person(tmp_path: Path) -> Places:
    """A person with nothing written yet, on this computer."""
    home = tmp_path / "home"
    here = Places.here()
    return replace(
        here,
        home=home,
        config_home=home / ".config",
        data_home=home / ".local" / "share",
        record=home / "record.json",
        language="en",
    )


def said(*words: str) -> tuple[int, str]:
    ended = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    return ended.returncode, ended.stdout + ended.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=["a package", "odd letters"])
@pytest.mark.parametrize("language", [None, "de"])
def test_the_entries_of_the_desktop_are_valid(person: Places, command: tuple[str, ...], language: str | None) -> None:
    need(**{"desktop-file-validate": "desktop-file-utils"})
    install(["desktop"], command=command, places=person, language=language)
    autostart.enable(command, person)

    for path in (
        person.data_home / "applications" / "homespun.desktop",
        person.config_home / "autostart" / "homespun.desktop",
    ):
        code, words = said("desktop-file-validate", "--no-hints", str(path))
        assert (code, words) == (0, "")


@pytest.mark.parametrize("command", COMMANDS, ids=["a package", "odd letters"])
def test_thunars_list_is_xml_and_valid_by_its_own_description_as_far_as_that_goes(
    person: Places, command: tuple[str, ...]
) -> None:
    need(xmllint="libxml2-utils")
    install(["thunar"], command=command, places=person)
    path = person.config_home / "Thunar" / "uca.xml"

    assert said("xmllint", "--noout", "--nonet", str(path)) == (0, "")
    _, words = said("xmllint", "--noout", "--nonet", "--valid", str(path))
    # The description at the head of Thunar's file is older than Thunar: these two it does not know.
    assert set(re.findall(r"No declaration for element ([\w-]+)", words)) <= {"range", "submenu"}


@pytest.mark.parametrize("name", ["nautilus", "caja"])
def test_the_extension_is_a_program_for_the_systems_own_python(person: Places, name: str, tmp_path: Path) -> None:
    need(python3="python3")
    for places in (person, replace(person, libraries=())):
        for file in plan(name, Wish(places, COMMANDS[1])):
            path = tmp_path / "program.py"
            path.write_bytes(file.content)
            code = "import sys; compile(open(sys.argv[1], 'rb').read(), 'program', 'exec')"
            assert said("/usr/bin/python3" if sys.platform == "linux" else "python3", "-I", "-c", code, str(path)) == (
                0,
                "",
            )


def test_glib_reads_the_key_files_as_they_are_meant(person: Places, tmp_path: Path) -> None:
    """By the reader that Nemo and PCManFM use, and the one that splits their commands."""
    need(python3="python3")
    code, words = said("/usr/bin/python3", "-c", "from gi.repository import GLib")
    if code:
        pytest.skip(f"needs Debian's python3-gi: {words.strip().splitlines()[-1]}")
    for name, group, key in (
        ("nemo", "Nemo Action", "Exec"),
        ("pcmanfm", "X-Action-Profile menu", "Exec"),
        ("dolphin", "Desktop Action erase", "Exec"),
    ):
        file = next(one for one in plan(name, Wish(person, COMMANDS[1])) if b"Erase" in one.content)
        path = tmp_path / "entry"
        path.write_bytes(file.content)
        code, words = said("/usr/bin/python3", "-c", READ, str(path), group, key)
        assert code == 0, words
        found = words.splitlines()
        assert [word.replace("%%", "%") for word in found[:-1]] == [*COMMANDS[1], "app", "--erase", "--"]
        assert found[-1] == "%F"


READ = """\
import sys
from gi.repository import GLib
file = GLib.KeyFile()
file.load_from_file(sys.argv[1], GLib.KeyFileFlags.NONE)
for word in GLib.shell_parse_argv(file.get_string(sys.argv[2], sys.argv[3]))[1]:
    print(word)
"""
