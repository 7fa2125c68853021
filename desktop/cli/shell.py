"""`homespun shell`: our entries in the right-click menus of this computer's file managers."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desktop.cli.command import command, group
from desktop.cli.output import Output
from desktop.cli.page import BLANK, Ink, Line, Span, dim, line, strong
from homespun.errors import Damaged, NoPermission, UsageError

if TYPE_CHECKING:
    from installer.shell import Outcome, Status

commands = group("shell", "Add Homespun to right-click menus, and take it out again.")

LANGUAGES = ("en", "de")

For = Annotated[
    list[str] | None,
    typer.Option("--for", metavar="NAMES", show_default=False, help="These alone: thunar,dolphin and so on."),
]
Language = Annotated[
    str | None,
    typer.Option(
        "--language", metavar="en|de", show_default=False, help="Write in this language, whatever the system's is."
    ),
]

_DID = {
    "written": ("added", Ink.GOOD),
    "unchanged": ("as it was", Ink.DIM),
    "removed": ("removed", Ink.GOOD),
    "absent": ("nothing to remove", Ink.DIM),
    "kept": ("left alone", Ink.WARN),
    "failed": ("failed", Ink.WARN),
}
_INK = {"present": Ink.GOOD, "absent": Ink.DIM, "broken": Ink.WARN, "unsupported": Ink.DIM}


@command(commands, "install")
def install(out: Output, only: For = None, language: Language = None) -> None:
    """Add the entries wherever a file manager is here, or where --for says. A second time changes nothing.

    Nothing of your own is overwritten, and all of it can be taken away with `homespun shell remove`.
    """
    from desktop import menus

    if language is not None and language not in LANGUAGES:
        raise UsageError(f"There are no words in the language {language}.", "Give --language en or --language de.")
    found = menus.install(_names(only), language)
    _tell(out, found)
    if any(one.did == "failed" for one in found):
        raise NoPermission("Not all entries could be written.", "Mend what is said above, then run it again.")
    if any(one.did == "kept" for one in found):
        raise Damaged("Not all entries were written.", "See above what was left alone, and why.")


@command(commands, "remove")
def remove(out: Output, only: For = None) -> None:
    """Take the entries away again: exactly what was added, and nothing that you have changed since."""
    from desktop import menus

    found = menus.remove(_names(only))
    _tell(out, found)
    if any(one.did == "failed" for one in found):
        raise NoPermission("Not all entries could be removed.", "Mend what is said above, then run it again.")


@command(commands, "status")
def status(out: Output, only: For = None) -> None:
    """Say where the entries are, what is wrong with them, and what mends it."""
    from desktop import menus

    found = menus.status(_names(only))
    titles = _titles()
    out.data(
        {
            "menus": [
                {"menu": one.target, "title": titles[one.target], "state": str(one.state), "words": one.words}
                for one in found
            ]
        }
    )
    out.answered = True
    out.show(_status_lines(found, titles))
    if any(one.state == "broken" for one in found):
        raise Damaged("Some entries do not work.", "Run: homespun shell install")


def _names(only: Sequence[str] | None) -> list[str] | None:
    """The names in all `--for`, each of which may hold several. Raises `UsageError` when there is none among them."""
    if only is None:
        return None
    names = [name for words in only for word in words.split(",") if (name := word.strip())]
    if not names:
        raise UsageError("--for names no menu.", "See: homespun shell install --help")
    return names


def _titles() -> Mapping[str, str]:
    from installer.shell import targets

    return {**{one.name: one.title for one in targets()}, "icons": "The icons"}


def _tell(out: Output, found: Sequence[Outcome]) -> None:
    out.data({"menus": [_object(one) for one in found]})
    out.answered = True
    titles = _titles()
    for one in found:
        word, ink = _DID[str(one.did)]
        out.show([line(strong(titles[one.target]), ": ", Span(word, ink))])
        out.show(line(one.why, indent=2) for _ in [0] if one.why)
        out.note(line(dim(os.fspath(path)), indent=2) for path in _worth_telling(one))
        out.note(line(one.todo, indent=2) for _ in [0] if one.todo)


def _worth_telling(one: Outcome) -> Iterator[Any]:
    """The files when something was done to them; of many in one folder, the folder."""
    if one.did in ("written", "removed"):
        yield from one.paths if len(one.paths) <= 2 else dict.fromkeys(path.parent for path in one.paths)


def _object(one: Outcome) -> dict[str, Any]:
    return {
        "menu": one.target,
        "did": str(one.did),
        "paths": [os.fspath(path) for path in one.paths],
        "why": one.why,
        "todo": one.todo,
    }


def _status_lines(found: Sequence[Status], titles: Mapping[str, str]) -> Iterator[Line]:
    for one in found:
        yield line(strong(titles[one.target]), ": ", Span(str(one.state), _INK[str(one.state)]))
        if one.state == "broken":
            yield line(one.words, indent=2)
    if all(one.state != "present" for one in found):
        yield BLANK
        yield line(dim("Add the entries with: homespun shell install"))
