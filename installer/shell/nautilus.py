"""Files of GNOME (Nautilus) and of MATE (Caja): an extension where Python runs inside them, else entries in Scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from installer.shell.entries import command
from installer.shell.files import File, Wish, Written, sealed
from installer.shell.places import Places
from installer.verbs import PROGRAM, VERBS, On

_LIBRARIES = {
    "nautilus": (
        "nautilus/extensions-4/libnautilus-python.so",
        "nautilus/extensions-3.0/libnautilus-python.so",
    ),
    "caja": ("caja/extensions-2.0/libcaja-python.so",),
}
_TITLES = {"nautilus": "Files", "caja": "Caja"}


def files(name: str, wish: Wish) -> tuple[File, ...]:
    """The extension, or the scripts where the part that runs it is missing."""
    return extension(name, wish) if wish.places.library(*_LIBRARIES[name]) else scripts(name, wish)


def other_files(name: str, wish: Wish) -> tuple[File, ...]:
    """What `files` would be if the part came or went."""
    return scripts(name, wish) if wish.places.library(*_LIBRARIES[name]) else extension(name, wish)


def extension(name: str, wish: Wish) -> tuple[File, ...]:
    """The extension for `name`, "nautilus" or "caja"; one file for all their versions."""
    verbs = [
        {
            "name": verb.name,
            "on": str(verb.on),
            "words": dict(verb.words),
            "about": dict(verb.about),
            "icon": wish.icon(verb.icon),
            "arguments": list(verb.arguments),
        }
        for verb in VERBS
    ]
    text = _filled(
        "extension.txt",
        {
            "TITLE": _TITLES[name],
            "MODULE": name.capitalize(),
            "COMMAND": list(wish.command),
            "VERBS": verbs,
            "LANGUAGE": wish.language or "",
            "ICON": wish.icon(""),
        },
    )
    path = wish.places.data_home / f"{name}-python" / "extensions" / "homespun.py"
    return (File(path, sealed(text, wish.command)),)


def scripts(name: str, wish: Wish) -> tuple[File, ...]:
    """A script for each verb in a folder that becomes the cascade; they can't tell pictures from other files."""
    places = wish.places
    base = places.data_home / "nautilus" if name == "nautilus" else places.config_home / "caja"
    found = []
    for verb in VERBS:
        # With nothing chosen it runs in the folder that is open, which a search is about and the others are not.
        nothing = ["."] if verb.on is On.FOLDERS else []
        words = {"COMMAND": list(command(wish, verb))[:-1], "NOTHING": nothing}
        path = base / "scripts" / PROGRAM / verb.label(wish.one_language)
        found.append(File(path, sealed(_filled("script.txt", words), wish.command), 0o755))
    return tuple(found)


def _filled(template: str, values: Mapping[str, object]) -> str:
    """A program of ours with its data: JSON without true, false and null is Python, and in ASCII no name can break out."""
    text = (Path(__file__).parent / template).read_text(encoding="utf-8")

    def value(mark: re.Match[str]) -> str:
        told = values[mark[1]]
        return str(told) if mark[1] in ("TITLE", "MODULE") else json.dumps(told)

    return re.sub(r"@([A-Z]+)@", value, text)


def has_nautilus(places: Places) -> bool:
    """Whether Nautilus is here."""
    return places.has_program("nautilus")


def has_caja(places: Places) -> bool:
    """Whether Caja is here."""
    return places.has_program("caja")


NAUTILUS = Written(
    "nautilus",
    "Files (Nautilus)",
    has_nautilus,
    partial(files, "nautilus"),
    "Run: nautilus -q. Files reads its menu when it starts.",
    partial(other_files, "nautilus"),
)
CAJA = Written(
    "caja",
    "Caja",
    has_caja,
    partial(files, "caja"),
    "Run: caja -q. Caja reads its menu when it starts.",
    partial(other_files, "caja"),
)
