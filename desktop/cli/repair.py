"""`homespun repair`: what is wrong with this installation, mended where it can be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.cli.command import command
from desktop.cli.longwork import bar
from desktop.cli.output import Output
from desktop.cli.page import Ink, Line, Span, dim, line, strong
from homespun.errors import Damaged, NoConsent

if TYPE_CHECKING:
    from desktop.repair import Finding

SHOWN = 10
"""Names of files that are shown of a finding; `--json` has all."""

_INK = {"fine": Ink.GOOD, "note": Ink.DIM, "mended": Ink.GOOD, "broken": Ink.WARN}


class Only(StrEnum):
    """The parts, as an option says them; the same words as `desktop.repair.Part`, which is not imported for help."""

    PROGRAM = "program"
    UPDATES = "updates"
    FOLDERS = "folders"
    SETTINGS = "settings"
    MENUS = "menus"
    MODELS = "models"
    INDEX = "index"


def register(program: typer.Typer) -> None:
    """Add the command to `program`."""
    command(program, "repair")(repair)


def repair(
    out: Output,
    check: Annotated[bool, typer.Option("--check", help="Only look; change nothing.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Agree to downloads, and to a new index, without being asked.")
    ] = False,
    only: Annotated[
        list[Only] | None,
        typer.Option("--only", metavar="PART", show_default=False, help="Look at this part alone (repeatable)."),
    ] = None,
) -> None:
    """Look whether everything of Homespun is as it should be, and mend what is not.

    The program's files, leftovers of updates, the folders, the settings, the right-click menus, the models and the index.
    Your own files are never changed; nothing is downloaded, and no index is begun anew, without your yes.
    """
    from desktop.repair import Ask, Part, look
    from homespun.progress import Progress

    progress = Progress()
    with ExitStack() as drawn:

        def draw(label: str) -> None:
            drawing = drawn.enter_context(bar(out, label, sizes=True))
            progress.show, progress.cancel = drawing.show, drawing.cancel

        def agree(question: str) -> bool:
            if not yes:
                drawn.close()  # a question in the middle of a bar can't be read
                progress.show = lambda _report: None
                try:
                    out.agree(question, declined="", unasked="")
                except NoConsent:
                    return False
                draw("Mending")
            return True

        found: list[Finding] = []
        for part in [Part(one) for one in only] if only else list(Part):
            drawn.close()
            draw(f"Looking at the {part}")
            new = list(look([part], Ask(mend=not check, agree=agree, progress=progress)))
            drawn.close()
            found += new
            for one in new:
                out.show(_lines(one))
    left = [one for one in found if one.state == "broken"]
    out.data({"whole": not left, "findings": [_object(one) for one in found]})
    out.answered = True
    if left:
        raise Damaged(
            "One thing is not as it should be." if len(left) == 1 else f"{len(left)} things are not as they should be.",
            "Run it without --check to mend what can be mended." if check else "Do what is said above.",
        )


def _object(one: Finding) -> dict[str, object]:
    return {
        "part": str(one.part),
        "state": str(one.state),
        "what": one.what,
        "todo": one.todo,
        "details": list(one.details),
    }


def _lines(one: Finding) -> Iterator[Line]:
    yield line(strong(f"{str(one.part).capitalize():<9} "), Span(f"{one.state} ", _INK[str(one.state)]), one.what)
    for name in one.details[:SHOWN]:
        yield line(dim(name), indent=10)
    if len(one.details) > SHOWN:
        yield line(dim(f"and {len(one.details) - SHOWN} more"), indent=10)
    if one.todo:
        yield line(one.todo, indent=10)
