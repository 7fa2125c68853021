"""Small pictures of files: asked for by whoever paints, made elsewhere, kept as long as there is room."""

from __future__ import annotations

import mmap
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.state.doors import Later
from desktop.state.observed import Observed
from desktop.workers import Ended, Event, Sheet, Ticket, WorkerProcess, open_sheet

WAITING = 96
"""Wishes that wait; older ones are dropped. Whoever still wants them asks again when it paints."""

ROOM = 32_000_000
"""Bytes of pixels that are kept."""

NONE_KEPT = 20_000
"""Files that are remembered to have no picture."""

PATIENCE = 5.0
"""Seconds that a file may take before the process that reads it is ended."""

STARTING = 30.0
"""Seconds until the process must have begun; a cold disk and a virus scanner may need some."""

BATCH = 0.03
"""Seconds in which arrivals are told together."""

Wish = tuple[Path, int]


@dataclass(frozen=True, eq=False)
class Thumbnail:
    """The picture of `path`: `sheet.memory` holds rows of `stride` bytes, premultiplied B, G, R, A."""

    path: Path
    sheet: Sheet
    width: int
    height: int
    stride: int


class Thumbnails(Observed):
    """All small pictures of the app. Subscribers are told once for each batch that arrived."""

    def __init__(self, worker: WorkerProcess, later: Later) -> None:
        super().__init__()
        self._worker, self._later = worker, later
        self._kept: OrderedDict[Wish, Thumbnail] = OrderedDict()
        self._bytes = 0
        self._none: OrderedDict[Path, None] = OrderedDict()
        self._wishes: OrderedDict[Wish, None] = OrderedDict()
        self._asked: Wish | None = None
        self._ticket: Ticket | None = None
        self._stale = False
        self._telling = False

    def get(self, path: Path, size: int) -> Thumbnail | None:
        """The picture, its longer side at most `size` pixels; None = asked for now, or there is none (`missing`)."""
        wish = (path, size)
        found = self._kept.get(wish)
        if found is not None:
            self._kept.move_to_end(wish)
            return found
        if path in self._none or wish == self._asked:
            return None
        self._wishes[wish] = None
        self._wishes.move_to_end(wish)
        while len(self._wishes) > WAITING:
            self._wishes.popitem(last=False)
        self._ask_next()
        return None

    def missing(self, path: Path) -> bool:
        """Whether this file is known to have no picture: its icon is all that will come."""
        return path in self._none

    def forget(self, path: Path) -> None:
        """The file changed: what is known of it holds no longer."""
        self._none.pop(path, None)
        for wish in [wish for wish in self._kept if wish[0] == path]:
            self._bytes -= self._kept.pop(wish).sheet.size
        if self._asked is not None and self._asked[0] == path:
            self._stale = True
        self._tell_soon()

    def _ask_next(self) -> None:
        if self._asked is not None or not self._wishes:
            return
        wish, _ = self._wishes.popitem()
        path, size = wish
        self._asked, self._stale = wish, False
        begun: list[bool] = []
        then = self._then(wish, begun)
        self._ticket = ticket = self._worker.ask("make", {"path": str(path), "size": size}, then)
        self._later(STARTING, lambda: None if begun else self._give_up(ticket))

    def _then(self, wish: Wish, begun: list[bool]) -> Callable[[Event], None]:
        def then(event: Event) -> None:
            if event.how is Ended.PART:
                begun.append(True)
                ticket = self._ticket
                self._later(PATIENCE, lambda: self._give_up(ticket))
            elif event.last:
                begun.append(True)
                self._arrived(wish, event)

        return then

    def _give_up(self, ticket: Ticket | None) -> None:
        """The file holds its process up: end it. `DIED` follows, and the next file is read in a new one."""
        if ticket is not None and ticket is self._ticket:
            self._worker.kill()

    def _arrived(self, wish: Wish, event: Event) -> None:
        self._asked = self._ticket = None
        made = self._taken(wish[0], event) if event.how is Ended.DONE else None
        if self._stale:
            pass  # it changed while it was read: whoever still paints it asks again
        elif made is not None:
            self._kept[wish] = made
            self._bytes += made.sheet.size
            while self._bytes > ROOM and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1].sheet.size
        else:
            self._none[wish[0]] = None
            while len(self._none) > NONE_KEPT:
                self._none.popitem(last=False)
        self._tell_soon()
        self._ask_next()

    def _taken(self, path: Path, event: Event) -> Thumbnail | None:
        """The worker's sheet, copied into memory without a file: hundreds of open files would be too many."""
        told = event.told
        if "sheet" not in told:
            return None
        try:
            sheet = open_sheet(told["sheet"])
        except (OSError, ValueError):
            return None
        stride, height = int(told["stride"]), int(told["height"])
        own = mmap.mmap(-1, stride * height)
        own[:] = sheet.memory[: stride * height]
        sheet.memory.close()
        return Thumbnail(path, Sheet(sheet.path, own), int(told["width"]), height, stride)

    def _tell_soon(self) -> None:
        if not self._telling:
            self._telling = True
            self._later(BATCH, self._tell)

    def _tell(self) -> None:
        self._telling = False
        self.changed()
