"""The entries in right-click menus, and starting with the computer, as the window asks for them. Part of the chores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.workers.calls import Call, Handler, Told
from homespun.errors import HomespunError, NoPermission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from installer.shell import Outcome


def asks() -> dict[str, Handler]:
    """What is answered at once."""
    return {"menus": menus, "menus_add": add, "menus_remove": remove, "autostart": autostart}


def menus(_call: Call) -> Told:
    """{targets: [{name, title, state, words, ours}], autostart}: what is on this computer, or has entries of ours.

    `ours` is False where a package brought the entries, which nothing here takes away. `autostart` is None where that can't
    be known.
    """
    return _told()


def add(call: Call) -> Told:
    """{names, language}: write the entries (names None: everywhere). As `menus`, and {done: [{target, did, why, todo}]}."""
    from desktop import menus

    return {**_done(menus.install(call.arguments["names"], call.arguments.get("language"))), **_told()}


def remove(call: Call) -> Told:
    """{names}: take the entries away. As `add`."""
    from desktop import menus

    return {**_done(menus.remove(call.arguments["names"])), **_told()}


def autostart(call: Call) -> Told:
    """{on}: start with the computer, or not. As `menus`."""
    from desktop.menus import places, program_words
    from installer.shell import autostart

    at = places()
    try:
        if call.arguments["on"]:
            autostart.enable(program_words(), at)
        else:
            autostart.disable(at)
    except OSError as error:
        raise NoPermission(
            f"What starts with the computer can't be changed: {error.strerror or error}.", "Make it writable."
        ) from error
    return _told()


def _told() -> dict[str, Any]:
    import installer.shell as shell
    from desktop.menus import places, status
    from installer.shell import autostart, sentences

    at = places()
    targets = {one.name: one for one in shell.targets(at)}
    listed = [
        {
            "name": one.target,
            "title": targets[one.target].title,
            "state": str(one.state),
            "words": one.words,
            "ours": one.words != sentences.packaged(targets[one.target].title),
        }
        for one in status()
        if targets[one.target].here or one.state in (shell.State.PRESENT, shell.State.BROKEN)
    ]
    try:
        starts: bool | None = autostart.enabled(at)
    except (OSError, HomespunError):
        starts = None
    return {"targets": listed, "autostart": starts}


def _done(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    told = [{"target": one.target, "did": str(one.did), "why": one.why, "todo": one.todo} for one in outcomes]
    return {"done": told}
