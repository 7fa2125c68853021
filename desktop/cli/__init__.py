"""The command line. `main` is the command `homespun`; everything else in this room is its own affair.

Importing this costs next to nothing: typer, rich and the floors below are imported when a command needs them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

__all__ = ["leave", "main"]

PATIENCE = 0.5
"""Seconds that other threads have to end with the command: a run inside a library can't be stopped, and may take half a minute."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `homespun` with `arguments` (default: the process's own) and return its exit code.

    Prints what the person should see, errors too, and raises nothing that a person can meet.
    """
    given = sys.argv[1:] if arguments is None else arguments
    if given and given[0] in ("app", "palette"):  # a key of the desktop waits for these: ask the running app at once
        from desktop.cli.handover import hand_over_quickly

        if (code := hand_over_quickly(given)) is not None:
            return code
    from desktop.cli.program import run

    return run(arguments)


def leave() -> NoReturn:
    """Run `main` as the process that it is, and end it: at once, even where a thread still waits for a model that was stopped."""
    import os
    import threading
    import time

    code = main()
    others = [one for one in threading.enumerate() if one is not threading.main_thread() and not one.daemon]
    until = time.monotonic() + PATIENCE
    for thread in others:
        thread.join(max(0.0, until - time.monotonic()))
    if any(thread.is_alive() for thread in others):
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(code)
    sys.exit(code)
