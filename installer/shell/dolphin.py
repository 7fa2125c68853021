"""Dolphin (and Konqueror, Krusader): a service menu for pictures and one for folders.

Below a person's own folder KDE runs a service menu only if the file may be executed, hence 0755.
"""

from __future__ import annotations

from installer.shell.entries import command, grouped, localised
from installer.shell.files import File, Wish, Written, sealed
from installer.shell.places import Places
from installer.shell.quoting import desktop_exec
from installer.verbs import PROGRAM, On, Verb

TYPES = {On.PICTURES: "image/*;", On.FOLDERS: "inode/directory;"}


def files(wish: Wish) -> tuple[File, ...]:
    """The two menus."""
    folder = wish.places.data_home / "kio" / "servicemenus"
    return tuple(
        File(folder / f"homespun-{what}.desktop", sealed(_menu(wish, what, verbs), wish.command), 0o755)
        for what, verbs in grouped()
    )


def _menu(wish: Wish, what: On, verbs: tuple[Verb, ...]) -> str:
    head = [
        "[Desktop Entry]",
        "Type=Service",
        "ServiceTypes=KonqPopupMenu/Plugin",  # asked for by KDE 5, passed over by KDE 6
        f"MimeType={TYPES[what]}",
        f"Actions={''.join(f'{verb.name};' for verb in verbs)}",
        f"X-KDE-Submenu={PROGRAM}",
        "X-KDE-Priority=TopLevel",
        f"Icon={wish.icon('')}",
    ]
    if not any(verb.several for verb in verbs):
        head.append("X-KDE-MaxNumberOfUrls=1")
    rows = ["\n".join(head)]
    for verb in verbs:
        field = "%F" if verb.several else "%f"
        rows.append(
            "\n".join(
                [
                    f"[Desktop Action {verb.name}]",
                    localised(wish, "Name", verb.label),
                    f"Icon={wish.icon(verb.icon)}",
                    f"Exec={desktop_exec(command(wish, verb), field)}",
                ]
            )
        )
    return "\n\n".join(rows) + "\n"


def here(places: Places) -> bool:
    """Whether a file manager of KDE is here."""
    return places.has_program("dolphin", "konqueror", "krusader")


DOLPHIN = Written("dolphin", "Dolphin", here, files)
