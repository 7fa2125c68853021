"""`homespun app`: the window, or a picture in an editor; in the app that runs already, if one does."""

from __future__ import annotations

from typing import Annotated

import typer

from desktop.cli.command import command
from desktop.cli.handover import is_there
from desktop.cli.launch import start
from desktop.cli.output import Output
from desktop.handoff import MOST_PATHS, asked
from homespun.errors import NotFound, UsageError

Pictures = Annotated[
    list[str] | None, typer.Argument(metavar="[FILE]...", help="Pictures to open.", show_default=False)
]


def register(program: typer.Typer) -> None:
    """Add the command to `program`."""
    command(program, "app")(app)


def app(
    out: Output,
    files: Pictures = None,
    erase: Annotated[bool, typer.Option("--erase", help="Open them to erase something.")] = False,
    enlarge: Annotated[bool, typer.Option("--enlarge", help="Open them to enlarge them.")] = False,
    palette: Annotated[bool, typer.Option("--palette", help="Show or hide the search palette.")] = False,
    background: Annotated[
        bool, typer.Option("--background", help="Only be there: in the tray, and for the key.")
    ] = False,
    terminal: Annotated[bool, typer.Option("--terminal", help="No window: search here, in the terminal.")] = False,
) -> None:
    """Show the window; with FILEs, open these pictures in editors.

    One app runs for each person: a later call hands over to it and ends.
    """
    wanted = {
        "erase": erase,
        "enlarge": enlarge,
        "palette": palette,
        "background": background,
        "terminal": terminal,
    }
    chosen = [name for name, on in wanted.items() if on]
    if len(chosen) > 1:
        raise UsageError(f"--{chosen[0]} and --{chosen[1]} can't go together.", "See: homespun app --help")
    do = chosen[0] if chosen else ("edit" if files else "app")
    if files and do in ("palette", "background", "terminal"):
        raise UsageError(f"--{do} takes no files.", "See: homespun app --help")
    if do == "terminal":
        from desktop.cli.terminal import converse

        converse(out)
        return
    start(out, asked(do, _existing(files or [])))


def _existing(files: list[str]) -> list[str]:
    """The files, when all are there. Raises `NotFound` and `UsageError`."""
    if len(files) > MOST_PATHS:
        raise UsageError(f"These are {len(files)} files; up to {MOST_PATHS} can be opened at once.", "Open fewer.")
    for name in files:
        if not is_there(name):
            raise NotFound(f"{name} is not there.", "Look at its name again.")
    return files
