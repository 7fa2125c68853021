"""The command line. `main` is the command `homespun`; everything else in this room is its own affair.

Importing this costs next to nothing: typer, rich and the floors below are imported when a command needs them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


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
