"""The way to a window: the app that runs is asked, or this process becomes it. Imports no typer, which takes 0.1 s."""

from __future__ import annotations

import importlib

from desktop.cli.output import Output
from desktop.handoff import LEAVING, Answer, Rejected, Request
from homespun.errors import Busy, ExitCode, HomespunError, UsageError
from homespun.progress import Cancelled

WINDOW = "desktop.window.app"
"""The module whose `run(request, server)` is the app; the only one that brings Qt."""


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
