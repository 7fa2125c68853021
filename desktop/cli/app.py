"""`homespun app`: the window, or a picture in an editor; in the app that runs already, if one does."""

from __future__ import annotations

from typing import Annotated

import typer

from desktop.cli.command import command
from desktop.cli.handover import is_folder, is_there
from desktop.cli.launch import start
from desktop.cli.output import Output
from desktop.handoff import asked
from homespun.errors import NotFound, UsageError

Pictures = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE]...", help="Pictures to open; with --search a folder.", show_default=False),
]


def register(program: typer.Typer) -> None:
    """Add the command to `program`."""
    command(program, "app")(app)


def app(
    out: Output,
    files: Pictures = None,
    erase: Annotated[bool, typer.Option("--erase", help="Open them to erase something.")] = False,
    enlarge: Annotated[bool, typer.Option("--enlarge", help="Open them to enlarge them.")] = False,
    by: Annotated[
        str,
        typer.Option("--by", metavar="2|4", help="With --enlarge: do it at once, in the queue.", show_default=False),
    ] = "",
    search: Annotated[bool, typer.Option("--search", help="Search in one folder, in the palette.")] = False,
    palette: Annotated[bool, typer.Option("--palette", help="Show or hide the search palette.")] = False,
    background: Annotated[
        bool, typer.Option("--background", help="Only be there: in the tray, and for the key.")
    ] = False,
    wait: Annotated[bool, typer.Option("--await", hidden=True)] = False,
    terminal: Annotated[bool, typer.Option("--terminal", help="No window: search here, in the terminal.")] = False,
) -> None:
    """Show the window; with FILEs, open these pictures in editors.

    One app runs for each person: a later call hands over to it and ends.
    """
    wanted = {
        "erase": erase,
        "enlarge": enlarge,
        "search": search,
        "palette": palette,
        "background": background,
        "await": wait,
        "terminal": terminal,
    }
    chosen = [name for name, on in wanted.items() if on]
    if len(chosen) > 1:
        raise UsageError(f"--{chosen[0]} and --{chosen[1]} can't go together.", "See: homespun app --help")
    given = files or []
    do = chosen[0] if chosen else ("edit" if given else "app")
    if given and do in ("palette", "background", "await", "terminal"):
        raise UsageError(f"--{do} takes no files.", "See: homespun app --help")
    if by:
        do = _by(do, by, given)
    elif do == "search":
        _one_folder(given)
    else:
        _existing(given)
    if do == "terminal":
        from desktop.cli.terminal import converse

        converse(out)
        return
    start(out, asked(do, given))


def _by(do: str, factor: str, files: list[str]) -> str:
    """What is asked when a factor is given. Files are not looked at: each fails in the queue, with its reason."""
    if do != "enlarge":
        raise UsageError("--by belongs to --enlarge.", "See: homespun app --help")
    if factor not in ("2", "4"):
        raise UsageError(f"--by {factor} can't be done at once.", "Give --by 2 or --by 4.")
    if not files:
        raise UsageError("--by needs pictures to enlarge.", "Give one or more files.")
    return f"enlarge-{factor}"


def _one_folder(names: list[str]) -> None:
    """Raises `NotFound` and `UsageError` unless it is exactly one folder."""
    if len(names) != 1:
        raise UsageError("--search takes exactly one folder.", "Give the folder to search in.")
    if not is_there(names[0]):
        raise NotFound(f"{names[0]} is not there.", "Look at its name again.")
    if not is_folder(names[0]):
        raise UsageError(f"{names[0]} is no folder.", "Give the folder that it lies in.")


def _existing(files: list[str]) -> None:
    """Raises `NotFound` unless all are there."""
    for name in files:
        if not is_there(name):
            raise NotFound(f"{name} is not there.", "Look at its name again.")
