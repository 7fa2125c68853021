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

_OPTIONS = {
    "--erase": "erase",
    "--enlarge": "enlarge",
    "--search": "search",
    "--palette": "palette",
    "--background": "background",
    "--await": "await",
}
_FACTORS = {"2": "enlarge-2", "4": "enlarge-4"}


def is_there(name: str) -> bool:
    """Whether a file has this name; no name is too odd to be asked."""
    return os.path.exists(name)  # noqa: PTH110 - Path.exists raises for a name that is too long


def is_folder(name: str) -> bool:
    """Whether a folder has this name; no name is too odd to be asked."""
    return os.path.isdir(name)  # noqa: PTH112 - as above


def request_of(arguments: Sequence[str]) -> Request | None:
    """What a command line asks of the app; None for any that has to be read with care."""
    command, *rest = arguments
    if command == "palette":
        return asked("palette") if not rest else None
    if command != "app":
        return None
    line = _read(rest)
    if line is None:
        return None
    verbs, factor, files = line
    if len(verbs) > 1 or (factor and verbs != {"enlarge"}):
        return None
    do = verbs.pop() if verbs else ("edit" if files else "app")
    do = _FACTORS[factor] if factor else do
    return asked(do, files) if _may_be(do, files) else None


def _read(words: Sequence[str]) -> tuple[set[str], str, list[str]] | None:
    """Verbs, factor and files of a plain line."""
    verbs: set[str] = set()
    factor = ""
    files: list[str] = []
    left = iter(words)
    for word in left:
        if word == "--":
            files += left
        elif word == "--by":
            factor = next(left, "")
            if factor not in _FACTORS:
                return None
        elif word in _OPTIONS:
            verbs.add(_OPTIONS[word])
        elif word.startswith("-"):
            return None
        else:
            files.append(word)
    return verbs, factor, files


def _may_be(do: str, files: Sequence[str]) -> bool:
    """Whether these files can be meant; of those that go to the queue, each fails there with its reason."""
    if do == "search":
        return len(files) == 1 and is_folder(files[0])
    if do in _FACTORS.values():
        return bool(files)
    return all(map(is_there, files)) and not (files and do in ("palette", "background", "await"))


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
