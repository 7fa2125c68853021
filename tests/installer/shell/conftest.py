"""A person's folders, with file managers that are nothing but names."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from installer.shell import Places

STANDARD = b"""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE actions [
  <!ELEMENT actions (action)+>
  <!ATTLIST name xml:lang CDATA #IMPLIED>
]>
<actions>

  <action>
    <icon>utilities-terminal</icon>
    <name>Open Terminal Here</name>
    <name xml:lang="de">Terminal hier \xc3\xb6ffnen</name>
    <command>exo-open --working-directory %f --launch TerminalEmulator</command>
    <startup-notify/>
    <directories/>
  </action>

</actions>
"""
"""What Debian's Thunar offers to a person who has no list of actions, shortened."""

MANAGERS = ("thunar", "dolphin", "nautilus", "nemo", "caja", "pcmanfm")


@pytest.fixture
def person(tmp_path: Path) -> Places:
    """Somebody with every file manager and its plug-ins, and nothing written yet."""
    programs, libraries, system = tmp_path / "bin", tmp_path / "lib", tmp_path / "etc"
    for name in (*MANAGERS, "homespun"):
        executable(programs / name)
    for name in ("nautilus/extensions-4/libnautilus-python.so", "caja/extensions-2.0/libcaja-python.so"):
        written(libraries / name, b"")
    written(libraries / "thunarx-3" / "thunar-uca.so", b"\0submenu\0unique-id\0range\0")
    written(system / "Thunar" / "uca.xml", STANDARD)
    home = tmp_path / "home of Änne's"
    home.mkdir()
    return Places(
        home=home,
        config_home=home / ".config",
        data_home=home / ".local" / "share",
        record=home / ".local" / "share" / "homespun" / "shell.json",
        config_dirs=(system,),
        data_dirs=(tmp_path / "share",),
        programs=(programs,),
        libraries=(libraries,),
        language="en",
        platform="linux",
    )


def command_of(person: Places) -> tuple[str, ...]:
    """The program of `person`."""
    return (str(person.programs[0] / "homespun"),)


def executable(path: Path) -> Path:
    """A file that could be run."""
    written(path, b"#!/bin/sh\n")
    path.chmod(0o755)
    return path


def written(path: Path, content: bytes) -> Path:
    """A file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def everything(folder: Path) -> dict[str, str]:
    """All that is below `folder`: links, folders, and the files' modes and hashes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_dir():
            found[name] = "folder"
        else:
            found[name] = f"{path.stat().st_mode & 0o777:o} {hashlib.sha256(path.read_bytes()).hexdigest()}"
    return found
