"""Changes as they happen. The scan is the truth; a hint only makes it early, and one too many costs a look."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.changes import Heard, Source, source
from indexer.inotify import LimitReached
from indexer.paths import system_path
from indexer.places import mounts, on_network
from indexer.roots import Root, RootAway, RootState, root_state

if TYPE_CHECKING:
    from homespun.progress import Cancel
    from indexer.ignore import Rules

_LISTEN = 0.25
"""Seconds that one wait for changes takes at most: so soon a `cancel` is obeyed."""

_LOOK_AT_ROOTS = 2.0
"""Seconds between two looks whether the roots are still, or again, there."""

_LONGEST_GATHERING = 10
"""Times the debounce that an endless stream of changes is gathered before a part of it is handed on."""

_MANY = 5000
"""Paths at once that are told as "look at the root again": it is cheaper, and the system may have dropped some."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Paths of `root` that were made, changed, renamed or deleted. `indexer.walk.look` says what each is now.

    A path may be a folder, new or gone: then everything below it is (`walk(…, below=path)`, or drop what was there).
    """

    root: Root
    paths: frozenset[bytes]


@dataclass(frozen=True, slots=True)
class Rescan:
    """Walk `root` again: `why` is a sentence for a person. `trouble`: changes are heard less well than they should be."""

    root: Root
    why: str
    trouble: bool = False


Hint = Changed | Rescan


def watch(
    roots: Sequence[Root],
    rules: Rules,
    *,
    cancel: Cancel,
    on_hint: Callable[[Hint], None],
    debounce_ms: int = 50,
    poll_seconds: float = 60.0,
    network_seconds: float = 600.0,
    rescan_seconds: float = 3600.0,
    listen: Callable[[Rules], Source] = source,
) -> None:
    """Call `on_hint` for changes in `roots` until `cancel` is raised; then return.

    The first hint of each root is a `Rescan`, given when it is being listened to, so that a scan made then misses
    nothing. Roots that can't be listened to (the system's limit) are told as `Rescan` every `poll_seconds`, those on
    the network every `network_seconds`, all every `rescan_seconds`. A root that goes away, and one that comes back, is
    told as `Rescan`. `on_hint` runs in this thread; what happens meanwhile is not lost.
    """
    heard_by = listen(rules)
    try:
        watched = [_Watched(root, heard_by, on_hint, (poll_seconds, network_seconds, rescan_seconds)) for root in roots]
        for one in watched:
            one.look("Watching begins.")
        next_look = time.monotonic() + _LOOK_AT_ROOTS
        while not cancel.cancelled:
            heard = heard_by.read(_LISTEN)
            if heard:
                _gather(heard, heard_by, debounce_ms / 1000)
                for one in watched:
                    one.tell(heard)
            if time.monotonic() >= next_look:
                next_look = time.monotonic() + _LOOK_AT_ROOTS
                for one in watched:
                    one.look("It is time for a regular look.")
    finally:
        heard_by.close()


def _gather(heard: Heard, heard_by: Source, quiet: float) -> None:
    """Join what follows within `quiet` seconds of each other: a save is several changes."""
    end = time.monotonic() + quiet * _LONGEST_GATHERING
    while time.monotonic() < end and (later := heard_by.read(quiet)):
        heard.take_in(later)


class _Watched:
    """One root under watch."""

    def __init__(
        self,
        root: Root,
        heard_by: Source,
        on_hint: Callable[[Hint], None],
        seconds: tuple[float, float, float],
    ) -> None:
        self._root = root
        self._heard_by = heard_by
        self._on_hint = on_hint
        self._poll, self._network_poll, self._rescan = seconds
        self._folder: tuple[int, int] | None = None
        self._state = RootState.HERE
        self._every = self._rescan
        self._due = 0.0

    def tell(self, heard: Heard) -> None:
        """Hand on what concerns this root."""
        paths = heard.paths.get(self._root, set())
        if (limit := heard.deaf.get(self._root)) is not None:
            self._poll_from_now(limit)
        elif (why := heard.again.get(self._root)) is not None:
            self._look_again(why)
        elif len(paths) > _MANY:
            self._look_again(f"{len(paths):,} files changed at once.")
        elif paths:
            self._on_hint(Changed(self._root, frozenset(paths)))

    def look(self, why: str) -> None:
        """See whether the root is there, listen to it if it came, and tell when it is due."""
        state = root_state(self._root)
        folder = self._identity() if state is RootState.HERE else None
        if folder is None:
            self._is_away(RootState.AWAY if state is RootState.HERE else state)
        elif folder != self._folder:
            came_back = self._folder is not None or self._state is not RootState.HERE
            self._folder, self._state = folder, state
            self._listen("It is here again." if came_back else why)
        elif time.monotonic() >= self._due:
            self._look_again(why, trouble=self._every < self._rescan)

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = os.stat(system_path(self._root.path), follow_symlinks=False)
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _is_away(self, state: RootState) -> None:
        if self._state is state:
            return
        if self._folder is not None:
            self._heard_by.stop(self._root)
        self._folder, self._state = None, state
        self._on_hint(Rescan(self._root, str(RootAway(self._root, state)), trouble=True))

    def _listen(self, why: str) -> None:
        self._heard_by.stop(self._root)
        if on_network(self._root.path, mounts()):
            self._every = self._network_poll
            self._look_again("It is on another computer, which tells of no changes: it is looked at from time to time.")
            return
        try:
            self._heard_by.start(self._root)
        except LimitReached as limit:
            self._poll_from_now(str(limit))
            return
        except OSError as error:
            self._poll_from_now(f"The system tells of no changes here ({error.strerror or error}).")
            return
        self._every = self._rescan
        self._look_again(why)

    def _poll_from_now(self, reason: str) -> None:
        """The root can't be listened to: free its watches for others, and look at it from time to time."""
        self._heard_by.stop(self._root)
        self._every = self._poll
        self._look_again(f"{reason} It is looked at every {self._poll:.0f} seconds instead.", trouble=True)

    def _look_again(self, why: str, *, trouble: bool = False) -> None:
        self._due = time.monotonic() + self._every
        self._on_hint(Rescan(self._root, why, trouble))
