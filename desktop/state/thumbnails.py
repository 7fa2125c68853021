"""Small pictures of files: asked for by whoever paints, made elsewhere, kept as long as there is room."""

from __future__ import annotations

import mmap
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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

FRESH = 3.0
"""Seconds after which a picture that is painted may be of an older state of its file: the file is looked at again."""

GATHERING = 0.2
"""Seconds in which files to look at again are gathered; not beside a window's first frame."""

LOOKED_AT = 20_000
"""Files whose state is remembered."""

Wish = tuple[Path, int]


@dataclass(frozen=True, eq=False)
class Thumbnail:
    """The picture of `path`: `sheet.memory` holds rows of `stride` bytes, premultiplied B, G, R, A."""

    path: Path
    sheet: Sheet
    width: int
    height: int
    stride: int


@dataclass
class _Look:
    """What state a file was in when it was looked at (None = it can't be looked at), and when that was."""

    stamp: str | None
    when: float


class Thumbnails(Observed):
    """All small pictures of the app. Subscribers are told once for each batch that arrived."""

    def __init__(self, worker: WorkerProcess, later: Later, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._worker, self._later, self._clock = worker, later, clock
        self._kept: OrderedDict[Wish, Thumbnail] = OrderedDict()
        self._old: set[Wish] = set()
        """Those kept whose file has changed: shown until the new one is there."""
        self._bytes = 0
        self._looks: OrderedDict[Path, _Look] = OrderedDict()
        self._doubted: OrderedDict[Path, str] = OrderedDict()
        self._looking = self._gathering = False
        self._none: OrderedDict[Path, None] = OrderedDict()
        self._wishes: OrderedDict[Wish, None] = OrderedDict()
        self._asked: Wish | None = None
        self._ticket: Ticket | None = None
        self._outdated = False
        self._telling = False

    def get(self, path: Path, size: int) -> Thumbnail | None:
        """The picture, its longer side at most `size` pixels; None = asked for now, or there is none (`missing`)."""
        wish = (path, size)
        found = self._kept.get(wish)
        if found is not None:
            self._kept.move_to_end(wish)
        self._doubt(path)
        known = (found is not None and wish not in self._old) or path in self._none
        if known or wish == self._asked:
            return found
        self._wishes[wish] = None
        self._wishes.move_to_end(wish)
        while len(self._wishes) > WAITING:
            self._wishes.popitem(last=False)
        self._ask_next()
        return found

    def missing(self, path: Path) -> bool:
        """Whether this file is known to have no picture: its icon is all that will come."""
        return path in self._none

    def forget(self, path: Path) -> None:
        """The file changed: what is known of it holds no longer."""
        self._none.pop(path, None)
        self._looks.pop(path, None)
        self._old.update(wish for wish in self._kept if wish[0] == path)
        if self._asked is not None and self._asked[0] == path:
            self._outdated = True
        self._tell_soon()

    def clear(self) -> None:
        """Let go of all pictures: nobody sees any. They come again from the cache on disk."""
        self._kept.clear()
        self._old.clear()
        self._bytes = 0

    def _ask_next(self) -> None:
        if self._asked is not None or self._looking:
            return
        if self._wishes:
            wish, _ = self._wishes.popitem()
            path, size = wish
            self._asked, self._outdated = wish, False
            self._ask("make", {"path": str(path), "size": size}, lambda event: self._arrived(wish, event))
        elif self._doubted and not self._gathering:
            doubted, self._doubted = self._doubted, OrderedDict()
            self._looking = True
            files = [[str(path), stamp] for path, stamp in doubted.items()]
            self._ask("changed", {"files": files}, lambda event: self._looked(doubted, event))

    def _ask(self, do: str, told: Mapping[str, Any], ended: Callable[[Event], None]) -> None:
        begun: list[bool] = []

        def then(event: Event) -> None:
            if event.how is Ended.PART:
                begun.append(True)
                ticket = self._ticket
                self._later(PATIENCE, lambda: self._give_up(ticket))
            elif event.last:
                begun.append(True)
                self._ticket = None
                ended(event)

        self._ticket = ticket = self._worker.ask(do, told, then)
        self._later(STARTING, lambda: None if begun else self._give_up(ticket))

    def _doubt(self, path: Path) -> None:
        """Other programs write files too: what is painted is looked at again from time to time."""
        look = self._looks.get(path)
        if look is None or look.stamp is None or self._clock() - look.when < FRESH:
            return
        look.when = self._clock()
        self._doubted[path] = look.stamp
        if not self._gathering:
            self._gathering = True
            self._later(GATHERING, self._gathered)

    def _gathered(self) -> None:
        self._gathering = False
        self._ask_next()

    def _looked(self, doubted: Mapping[Path, str], event: Event) -> None:
        self._looking = False
        if event.how is Ended.DONE:
            for path in event.told["changed"]:
                self.forget(Path(path))
        else:  # one of them held the process up, or ended it: that is not to happen again every few seconds
            for path in doubted.keys() & self._looks.keys():
                self._looks[path].stamp = None
        self._ask_next()

    def _give_up(self, ticket: Ticket | None) -> None:
        """The file holds its process up: end it. `DIED` follows, and the next file is read in a new one."""
        if ticket is not None and ticket is self._ticket:
            self._worker.kill()

    def _arrived(self, wish: Wish, event: Event) -> None:
        self._asked = None
        made = self._taken(wish[0], event) if event.how is Ended.DONE else None
        if not self._outdated:  # else it changed while it was read: whoever still paints it asks again
            self._note_look(wish[0], event)
            self._keep(wish, made)
        self._tell_soon()
        self._ask_next()

    def _note_look(self, path: Path, event: Event) -> None:
        stamp = event.told.get("stamp") if event.how is Ended.DONE else None
        before = self._looks.pop(path, None)
        if before is not None and before.stamp != stamp:  # the other sizes are of the state before
            self._old.update(wish for wish in self._kept if wish[0] == path)
        self._looks[path] = _Look(stamp, self._clock())
        while len(self._looks) > LOOKED_AT:
            self._looks.popitem(last=False)

    def _keep(self, wish: Wish, made: Thumbnail | None) -> None:
        if made is None:
            for one in [one for one in self._kept if one[0] == wish[0]]:
                self._drop(one)
            self._none[wish[0]] = None
            while len(self._none) > NONE_KEPT:
                self._none.popitem(last=False)
            return
        self._drop(wish)
        self._kept[wish] = made
        self._bytes += made.sheet.size
        while self._bytes > ROOM and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))

    def _drop(self, wish: Wish) -> None:
        self._old.discard(wish)
        if (gone := self._kept.pop(wish, None)) is not None:
            self._bytes -= gone.sheet.size

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
