"""Keeping an index up to date while files change: hints come in by a thread, the work is done here."""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING

from homespun.errors import Busy
from homespun.progress import Cancel, Cancelled, Progress
from indexer import stages
from indexer.listen import Changed, Hint, watch
from indexer.paths import shown
from indexer.report import Stage
from indexer.scan import Scanned, look_again, root_of_row, scan

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.index import Index
    from indexer.roots import Root

_TICK = 0.2
_LOOK_FOR_ROOTS = 2.0
"""Seconds between two looks whether somebody added or removed a folder of the index."""

_BUSY_WAIT = 1.0


def keep_up(index: Index, *, cancel: Cancel, tell: Callable[[str], None]) -> None:
    """Follow the index's folders until cancelled; `tell` gets a line for each thing done.

    The writer's lock is held only while there is work, so that other commands get their turn.
    """
    while not cancel.cancelled:
        roots = _roots(index)
        tell(f"Watching {', '.join(shown(root.path) for root in roots) or 'nothing: no folder was added yet'}.")
        _Follower(index, roots, cancel, tell).follow()


def _roots(index: Index) -> tuple[Root, ...]:
    return tuple(root_of_row(row) for row in index.store.files.roots())


class _Follower:
    """Follows one set of roots; ends when that set changes."""

    def __init__(self, index: Index, roots: tuple[Root, ...], cancel: Cancel, tell: Callable[[str], None]) -> None:
        self._index = index
        self._roots = roots
        self._cancel = cancel
        self._tell = tell
        self._hints: queue.SimpleQueue[Hint] = queue.SimpleQueue()
        self._paused = False

    def follow(self) -> None:
        """Until cancelled, or until the index has other roots."""
        ear = Cancel()
        thread = threading.Thread(target=self._listen, args=(ear,), daemon=True, name="watch")
        thread.start()
        try:
            next_look = time.monotonic() + _LOOK_FOR_ROOTS
            while not self._cancel.cancelled:
                hints = self._take()
                if hints or self._index.store.unfinished():
                    self._work(hints)
                if time.monotonic() > next_look:
                    if {root.path for root in _roots(self._index)} != {root.path for root in self._roots}:
                        return
                    next_look = time.monotonic() + _LOOK_FOR_ROOTS
        finally:
            ear.cancel()
            thread.join(5)

    def _listen(self, ear: Cancel) -> None:
        watch(self._roots, self._index.rules, cancel=ear, on_hint=self._hints.put)

    def _take(self) -> list[Hint]:
        """All hints that are there; waits a moment for the first unless there is other work."""
        hints: list[Hint] = []
        try:
            hints.append(self._hints.get(timeout=0.001 if self._index.store.unfinished() else _TICK))
            while True:
                hints.append(self._hints.get_nowait())
        except queue.Empty:
            return hints

    def _work(self, hints: list[Hint]) -> None:
        """What the hints ask for; without any, a piece of what still waits."""
        try:
            with self._index.store.lock:
                self._look(hints)
                read, _ = stages.read_texts(self._index.store, self._quiet(), self._index.limits)
                if read:
                    self._tell(f"Read {read} {'file' if read == 1 else 'files'}.")
                self._understand()
        except Busy:
            self._again(hints)
            time.sleep(_BUSY_WAIT)
        except Cancelled:
            if not self._cancel.cancelled:  # stopped for a fresh hint: what it was doing goes on after that
                return

    def _again(self, hints: list[Hint]) -> None:
        for hint in hints:
            self._hints.put(hint)

    def _look(self, hints: list[Hint]) -> None:
        store, rules, quiet = self._index.store, self._index.rules, self._quiet()
        paths = {path for hint in hints if isinstance(hint, Changed) for path in hint.paths}
        if paths:
            self._say(look_again(store, rules, sorted(paths), quiet))
        rescans = [hint for hint in hints if not isinstance(hint, Changed)]
        for hint in rescans:
            if hint.trouble:
                self._tell(hint.why)
        if rescans:
            self._say(scan(store, rules, quiet))

    def _say(self, seen: Scanned) -> None:
        counts = {"new": seen.new, "changed": seen.changed, "gone": seen.removed}
        said = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
        if said:
            self._tell(f"Noticed: {said}.")

    def _understand(self) -> None:
        """Embed what waits, newest first, but no longer than one piece: fresh hints come first."""
        if not self._index.store.vectors.count_waiting():
            return
        from engines.runtime import on_battery

        if self._index.settings.index.pause_on_battery and on_battery():
            if not self._paused:
                self._tell(
                    "On battery: meanings wait until the computer is plugged in (setting index.pause_on_battery)."
                )
            self._paused = True
            time.sleep(_TICK)
            return
        self._paused = False
        hurry = Cancel()
        progress = Progress(lambda _report: hurry.cancel() if self._wanted() else None, hurry)
        done = stages.embed(
            self._index.store, self._index.encoder(), progress, until=Stage.PASSAGES, most=stages.EMBED_AT_ONCE
        )
        if done and not self._index.store.unfinished():
            self._tell("All is understood.")
            self._index.store.checkpoint()

    def _wanted(self) -> bool:
        return self._cancel.cancelled or not self._hints.empty()

    def _quiet(self) -> Progress:
        return Progress(cancel=self._cancel)
