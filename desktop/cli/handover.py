"""The quick way of `homespun app` and `homespun palette`: when the app runs, ask it, and be done within milliseconds;
when none runs, become it.

Imported by `main` before anything else is: no typer, no rich, no Qt. Only the plainest lines are understood here; all
others go the long way round through typer, which understands them the same way.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from desktop.handoff import Request, asked

_OPTIONS = {"--erase": "erase", "--enlarge": "enlarge", "--palette": "palette", "--background": "background"}


def is_there(name: str) -> bool:
    """Whether a file has this name; no name is too odd to be asked."""
    return os.path.exists(name)  # noqa: PTH110 - Path.exists raises for a name that is too long


def request_of(arguments: Sequence[str]) -> Request | None:
    """What a command line asks of the app; None for any that has to be read with care."""
    command, *rest = arguments
    if command == "palette":
        return asked("palette") if not rest else None
    if command != "app":
        return None
    verbs: set[str] = set()
    files: list[str] = []
    for place, word in enumerate(rest):
        if word == "--":
            files += rest[place + 1 :]
            break
        if word in _OPTIONS:
            verbs.add(_OPTIONS[word])
        elif word.startswith("-"):
            return None
        else:
            files.append(word)
    if len(verbs) > 1 or not all(map(is_there, files)):
        return None
    do = verbs.pop() if verbs else ("edit" if files else "app")
    return None if files and do in ("palette", "background") else asked(do, files)


def hand_over_quickly(arguments: Sequence[str]) -> int | None:
    """The exit code of the running app's having taken it, or of being the app; None when the long way has to be gone."""
    from desktop.handoff import Rejected
    from desktop.instance import hand_over
    from homespun.errors import HomespunError

    request = request_of(arguments)
    if request is None:
        return None
    try:
        answer = hand_over(request)
    except HomespunError as error:
        sys.stderr.write(f"{error.what}\n{error.todo}\n")
        return error.code
    except Rejected:
        return None
    if answer is None:
        return _become(request)
    return 0 if answer.taken else None


def _become(request: Request) -> int:
    from desktop.cli.boundary import guard
    from desktop.cli.launch import start
    from desktop.cli.output import Flags, Output
    from desktop.cli.streams import make_forgiving

    make_forgiving()
    out = Output(Flags())
    return guard(out, lambda: start(out, request))
