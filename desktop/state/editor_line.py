"""Many pictures for editors: a few are open, the others stand in line, and closing one opens the next."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.state.doors import Later
from desktop.state.gathering import QUIET
from desktop.state.observed import Observed
from desktop.words import say

MOST = 8
"""Editors that a selection opens: each is a process that holds a picture."""


class EditorLine(Observed):
    """`show(path, tool)` opens an editor or brings that picture's own to the front; `count()` says how many are open, and
    `has(path)` whether that picture is open. One is opened in each turn of the event loop, so that the window answers.
    """

    def __init__(
        self,
        show: Callable[[Path, str], object],
        count: Callable[[], int],
        has: Callable[[Path], bool],
        later: Later,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._show, self._count, self._has, self._later, self._clock = show, count, has, later, clock
        self._waiting: deque[tuple[Path, str]] = deque()
        self._turn = False
        self._last = float("-inf")

    @property
    def waiting(self) -> int:
        """How many pictures wait."""
        return len(self._waiting)

    @property
    def words(self) -> str:
        """That they wait; "" when none does."""
        return say("editor.waiting", count=self.waiting) if self._waiting else ""

    def add(self, paths: Sequence[Path], tool: str) -> None:
        """Open these. The first of a selection opens at once, however many editors there are: somebody waits for it."""
        together = self._clock() - self._last < QUIET
        there = {path for path, _ in self._waiting}
        for path in dict.fromkeys(paths):
            if not together:
                self._show(path, tool)
                together = True
            elif self._has(path):
                continue
            elif path not in there:
                self._waiting.append((path, tool))
        self._last = self._clock()  # after showing, which may take a while: meanwhile the others of the selection come
        self.step()

    def step(self) -> None:
        """Open what there is room for, one in a turn: an editor was closed, or pictures came."""
        if self._waiting and not self._turn and self._count() < MOST:
            self._turn = True
            self._later(0, self._open_one)
        self.changed()

    def stop(self) -> None:
        """Open none of those that wait."""
        self._waiting.clear()
        self.changed()

    def _open_one(self) -> None:
        self._turn = False
        if self._waiting and self._count() < MOST:
            path, tool = self._waiting.popleft()
            self._show(path, tool)
            self._last = self._clock()
        self.step()
