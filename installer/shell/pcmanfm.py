"""PCManFM, for GTK and for Qt: actions and menus as DES-EMA describes them, which other file managers read as well."""

from __future__ import annotations

from installer.shell.entries import command, grouped, localised
from installer.shell.files import File, Wish, Written, sealed
from installer.shell.places import Places
from installer.shell.quoting import desktop_exec
from installer.verbs import PROGRAM, On, Verb

TYPES = {On.PICTURES: "image/*;", On.FOLDERS: "inode/directory;"}


def files(wish: Wish) -> tuple[File, ...]:
    """A menu for pictures and one for folders, and an action a verb."""
    folder = wish.places.data_home / "file-manager" / "actions"
    found = []
    for what, verbs in grouped():
        found.append((f"homespun-menu-{what}", _menu(wish, what, verbs)))
        found += [(f"homespun-{verb.name}", _action(wish, what, verb)) for verb in verbs]
    return tuple(File(folder / f"{name}.desktop", sealed(text, wish.command)) for name, text in found)


def _menu(wish: Wish, what: On, verbs: tuple[Verb, ...]) -> str:
    return "\n".join(
        [
            "[Desktop Entry]",
            "Type=Menu",
            f"Name={PROGRAM}",
            f"Tooltip={PROGRAM}",
            f"Icon={wish.icon('')}",
            f"ItemsList={''.join(f'homespun-{verb.name};' for verb in verbs)}",
            f"MimeTypes={TYPES[what]}",
            "",
        ]
    )


def _action(wish: Wish, what: On, verb: Verb) -> str:
    return "\n".join(
        [
            "[Desktop Entry]",
            "Type=Action",
            localised(wish, "Name", verb.label),
            localised(wish, "Tooltip", verb.label),  # libfm shows this in the menu, not the name
            f"Icon={wish.icon(verb.icon)}",
            "TargetContext=true",
            "Profiles=menu;",
            "",
            "[X-Action-Profile menu]",
            f"MimeTypes={TYPES[what]}",
            *([] if verb.several else ["SelectionCount==1"]),
            f"Exec={desktop_exec(command(wish, verb), '%F' if verb.several else '%f')}",
            "",
        ]
    )


def here(places: Places) -> bool:
    """Whether one of the two is here."""
    return places.has_program("pcmanfm", "pcmanfm-qt")


PCMANFM = Written("pcmanfm", "PCManFM", here, files)
