"""What a start of the program asks of the app that runs already: one line of JSON, and one line back.

Both ends belong to the same person, but whatever connects may send anything: a line that isn't exactly a request is
answered with the reason, and never raises. Next to nothing is imported, because the start of a command waits for it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from homespun.frames import packed

VERSION = 1
LONGEST = 1_048_576
"""Bytes of a line, its end included."""
MOST_PATHS = 4096
"""Paths of a line. A larger selection is said in several lines (`lines_of`), which the app joins again."""
LONGEST_PATH = 32_767
"""Characters: what Windows allows; other systems allow less."""
LONGEST_TOKEN = 512

VERBS = (
    "app",
    "edit",
    "erase",
    "enlarge",
    "enlarge-2",
    "enlarge-4",
    "search",
    "palette",
    "background",
    "await",
    "quit",
    "ping",
)
"""app: show the main window. edit, erase, enlarge: open pictures in editors, with that tool. enlarge-2, enlarge-4: do that
with them, in the queue. search: the palette, for what is in one folder. palette: show or hide it. background: be there, and
show nothing. await: the same, and leave again when nothing is asked. quit: leave. ping: nothing."""
JOINED = frozenset({"edit", "erase", "enlarge", "enlarge-2", "enlarge-4"})
"""Take many pictures; those that come in several lines, or from several starts at once, are one selection."""
WITH_PATHS = JOINED | {"search"}
FACTORS = {"enlarge-2": 2, "enlarge-4": 4}


LEAVING = "it is leaving"
"""Why an app that ends just now takes nothing: a moment later its place is free."""


class Rejected(ValueError):
    """A line that is no request; the text says why, in words for a log."""


@dataclass(frozen=True)
class Request:
    """One thing to do. `paths` are absolute, each exact (a name that is no text keeps its bytes as lone surrogates).

    `token` is the desktop's permission to come to the front, where it gave one to the program that asks.
    """

    do: str
    paths: tuple[str, ...] = ()
    token: str = ""


@dataclass(frozen=True)
class Answer:
    """Whether the app took a request, and why not."""

    taken: bool
    why: str = ""


def asked(do: str, paths: Sequence[str | os.PathLike[str]] = ()) -> Request:
    """The request to `do` something with `paths`, made absolute here because the app stands in another folder."""
    token = os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID") or ""
    whole = tuple(os.path.abspath(os.fspath(path)) for path in paths)
    return Request(do, whole, token if len(token) <= LONGEST_TOKEN else "")


def packed_request(request: Request) -> bytes:
    """The line that says `request`. Raises `Rejected` for what the other end would not take."""
    told: dict[str, Any] = {"v": VERSION, "do": request.do, "paths": list(request.paths)}
    if request.token:
        told["token"] = request.token
    line = packed(told) + b"\n"
    read_request(line)
    return line


def lines_of(request: Request) -> list[bytes]:
    """The lines that say `request`: one, or several where its paths don't fit in one. Raises `Rejected`."""
    return [packed_request(replace(request, paths=paths)) for paths in _portions(request)]


def _portions(request: Request) -> Iterator[tuple[str, ...]]:
    """The paths, in their order, in as many parts as lines are needed."""
    room = LONGEST - len(packed({"v": VERSION, "do": request.do, "paths": [], "token": request.token})) - 1
    part: list[str] = []
    left = room
    for path in request.paths:
        size = len(json.dumps(path)) + 1  # and its comma
        if part and (size > left or len(part) == MOST_PATHS):
            yield tuple(part)
            part, left = [], room
        part.append(path)
        left -= size
    yield tuple(part)


def read_request(line: bytes) -> Request:
    """The request that `line` says. Raises `Rejected`, whatever the bytes are."""
    told = _object(line)
    if extra := sorted(told.keys() - {"v", "do", "paths", "token"}):
        raise Rejected(f"unknown field {extra[0][:40]!r}")
    if type(told.get("v")) is not int or told["v"] != VERSION:
        raise Rejected("another version of the program")
    do, paths, token = told.get("do"), told.get("paths", []), told.get("token", "")
    if not isinstance(do, str) or do not in VERBS:
        raise Rejected("unknown verb")
    if not isinstance(token, str) or len(token) > LONGEST_TOKEN or "\0" in token:
        raise Rejected("the token is no token")
    return Request(do, _paths(do, paths), token)


def packed_answer(answer: Answer) -> bytes:
    """The line that says `answer`."""
    told = {"v": VERSION, "taken": answer.taken, "why": answer.why[:1000]}
    return packed(told) + b"\n"


def read_answer(line: bytes) -> Answer:
    """The answer that `line` says. Raises `Rejected`."""
    told = _object(line)
    taken, why = told.get("taken"), told.get("why", "")
    if told.get("v") != VERSION or not isinstance(taken, bool) or not isinstance(why, str):
        raise Rejected("no answer")
    return Answer(taken, why)


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST:
        raise Rejected("too long")
    if not line.endswith(b"\n") or b"\n" in line[:-1]:
        raise Rejected("not one line")
    try:
        told = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Rejected("not JSON") from None
    if not isinstance(told, dict):
        raise Rejected("not an object")
    return told


def _paths(do: str, given: object) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise Rejected("the paths are no list")
    if given and do not in WITH_PATHS:
        raise Rejected(f"{do} takes no paths")
    if do == "search" and len(given) != 1:
        raise Rejected("search takes exactly one folder")
    if do in FACTORS and not given:
        raise Rejected(f"{do} takes pictures")
    if len(given) > MOST_PATHS:
        raise Rejected(f"more than {MOST_PATHS} paths")
    for path in given:
        if not isinstance(path, str) or not path or len(path) > LONGEST_PATH or "\0" in path:
            raise Rejected("a path is no path")
        if not Path(path).is_absolute():
            raise Rejected("a path is not absolute")
        try:
            os.fsencode(path)
        except UnicodeEncodeError:
            raise Rejected("a path is no path") from None
    return tuple(given)
