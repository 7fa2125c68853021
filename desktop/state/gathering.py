"""One selection, although a file manager starts us once for each of its files: requests of a kind that come together are one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.handoff import JOINED, Request
from desktop.state.doors import Later

QUIET = 0.25
"""Seconds without another request of the same kind after which a selection is complete."""

LONGEST = 1.5
"""Seconds that the first of a selection waits for the others."""

AT_ONCE = frozenset({"edit", "erase"})
"""What opens editors waits for nothing: the first picture is there while the others still come (`EditorLine`)."""


@dataclass
class _Selection:
    began: float
    paths: dict[str, None] = field(default_factory=dict)
    token: str = ""
    number: int = 0


class Gathering:
    """Passes requests on to `take`; those of one selection as a single one, in the order of arrival, no path twice."""

    def __init__(
        self, take: Callable[[Request], None], later: Later, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._take, self._later, self._clock = take, later, clock
        self._selections: dict[str, _Selection] = {}

    def add(self, request: Request) -> None:
        """One that came."""
        if request.do not in JOINED - AT_ONCE or not request.paths:
            if request.do == "quit":
                for do in list(self._selections):
                    self._complete(do)
            self._take(request)
            return
        now = self._clock()
        selection = self._selections.setdefault(request.do, _Selection(now))
        selection.paths |= dict.fromkeys(request.paths)
        selection.token = request.token or selection.token
        selection.number += 1
        rest = min(QUIET, selection.began + LONGEST - now)
        number = selection.number
        self._later(max(0.0, rest), lambda: self._look(request.do, selection, number))

    def _look(self, do: str, selection: _Selection, number: int) -> None:
        """Time has passed: complete, unless more came meanwhile and may still come."""
        if self._selections.get(do) is not selection:
            return
        if selection.number == number or self._clock() >= selection.began + LONGEST:
            self._complete(do)

    def _complete(self, do: str) -> None:
        selection = self._selections.pop(do)
        self._take(Request(do, tuple(selection.paths), selection.token))
