"""Nemo: an action for each verb. Nemo 5 has no cascade, so each entry says whose it is."""

from __future__ import annotations

from installer.shell.entries import command, flat, localised
from installer.shell.files import File, Wish, Written, sealed
from installer.shell.places import Places
from installer.shell.quoting import key_value, posix_exec
from installer.verbs import VERBS, On, Verb


def files(wish: Wish) -> tuple[File, ...]:
    """An action a verb, and one more for the folder that is open: there nothing is chosen."""
    folder = wish.places.data_home / "nemo" / "actions"
    found = []
    for place, verb in enumerate(VERBS):
        name = f"homespun-{place}-{verb.name}"  # Nemo puts them in the order of their files' names
        found.append((name, _action(wish, verb, here=False)))
        if verb.on is On.FOLDERS:
            found.append((f"{name}-here", _action(wish, verb, here=True)))
    return tuple(File(folder / f"{name}.nemo_action", sealed(text, wish.command)) for name, text in found)


def _action(wish: Wish, verb: Verb, *, here: bool) -> str:
    if verb.on is On.PICTURES:
        chosen = ["Selection=notnone", "Mimetypes=image/*;"]
    else:
        chosen = ["Selection=none" if here else "Selection=s", "Extensions=any;" if here else "Extensions=dir;"]
    field = "%P" if here else "%F"
    return "\n".join(
        [
            "[Nemo Action]",
            localised(wish, "Name", lambda language: flat(verb.label(language))),
            localised(wish, "Comment", lambda language: verb.about[language]),
            f"Exec={key_value(posix_exec(command(wish, verb), field))}",
            f"Icon-Name={wish.icon(verb.icon)}",
            *chosen,
            "Quote=double",  # else Nemo cuts a name off at a line end
            "UriScheme=file",
            "",
        ]
    )


def here(places: Places) -> bool:
    """Whether Nemo is here."""
    return places.has_program("nemo")


NEMO = Written("nemo", "Nemo", here, files)
