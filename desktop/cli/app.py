"""`homespun app`: the window, or a picture in an editor; in the app that runs already, if one does."""

from __future__ import annotations

import importlib
from typing import Annotated

import typer

from desktop.cli.command import command
from desktop.cli.handover import is_there
from desktop.cli.output import Output
from desktop.handoff import LEAVING, MOST_PATHS, Answer, Rejected, Request, asked
from homespun.errors import Busy, ExitCode, HomespunError, NotFound, UsageError
from homespun.progress import Cancelled

WINDOW = "desktop.window.app"
"""The module whose `run(request, server)` is the app; the only one that brings Qt."""

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


def start(out: Output, request: Request) -> None:
    """Have the running app do `request`, or become the app and do it. Raises `HomespunError` in words."""
    from desktop.cli.display import missing_library, require_window
    from desktop.instance import hand_over, start_or_hand_over

    try:
        answer = hand_over(request)
        if answer is None or answer.why == LEAVING:
            require_window()
            found = start_or_hand_over(request)
            answer = found if isinstance(found, Answer) else None
    except Rejected as wrong:
        raise UsageError(f"The app can't be asked that: {wrong}.", "See: homespun app --help") from wrong
    if answer is not None:
        if not answer.taken:
            raise Busy(f"The running Homespun did not take it: {answer.why}.", "Quit it and try again.")
        out.data({"taken": True})
        return
    assert not isinstance(found, Answer)
    try:
        try:
            window = importlib.import_module(WINDOW)
        except ImportError as error:
            if (told := missing_library(error)) is not None:
                raise told from error
            raise
        code = window.run(request, found)
    finally:
        found.close()
    if code == ExitCode.CANCELLED:
        raise Cancelled
    if code != ExitCode.OK:
        raise HomespunError("Homespun's window ended with an error.", "Start it again; its log tells what happened.")


def _existing(files: list[str]) -> list[str]:
    """The files, when all are there. Raises `NotFound` and `UsageError`."""
    if len(files) > MOST_PATHS:
        raise UsageError(f"These are {len(files)} files; up to {MOST_PATHS} can be opened at once.", "Open fewer.")
    for name in files:
        if not is_there(name):
            raise NotFound(f"{name} is not there.", "Look at its name again.")
    return files
