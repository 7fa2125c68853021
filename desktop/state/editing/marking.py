"""The mask: painted, pointed at, grown, turned round, loaded; each of it can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.state.editing.base import Editing, Told, mask_of
from desktop.state.editing.boxes import Box
from desktop.state.editing.history import Inverted, Stroke
from desktop.state.editing.mask import NOTHING, Mask, joined, less, overlaid
from desktop.state.editing.snapshot import Working
from desktop.state.sizes import screen_text
from desktop.words import say

KEEP_AFTER = 2.0
"""Seconds after a change of the mask that it is kept safe."""

KEEP_AGAIN = 30.0
"""Seconds until the next try where it could not be: there may be room then."""

MOST_HINTS = 32
"""Clicks on one object, as the selecting room takes them."""

Point = tuple[float, float]


@dataclass
class Pointed:
    """One object that is being pointed at; each further click makes it surer."""

    include: list[Point] = field(default_factory=list)
    exclude: list[Point] = field(default_factory=list)
    box: Box | None = None
    lasso: tuple[Point, ...] = ()
    takes: bool = False
    """The object is taken out of the mask, not added."""
    where: Box = NOTHING
    under: bytes = b""
    """What the mask had in `where` before the object came."""

    def hints(self) -> dict[str, Any]:
        """As the process wants them."""
        box = self.box
        return {
            "include": self.include,
            "exclude": self.exclude,
            "box": [box.left, box.top, box.width, box.height] if box is not None else None,
            "lasso": self.lasso,
        }


class Marking(Editing):
    """What a person can do to the mask."""

    _pointed: Pointed | None = None
    _kept = 0
    """The mask's revision that is safe."""
    _keeping = False
    _waiting_longer = False
    _unsafe = False
    """The mask could not be kept, and the person knows."""

    def painted(self, box: Box) -> None:
        """The canvas has painted into `mask.memory` inside `box`; the stroke is over."""
        if self.mask is None:
            return
        if changed := self.mask.painted(box):
            self._pointed = None
            self._marked(Stroke.of(changed))

    def clear_mask(self) -> None:
        """Unmark everything."""
        if self.mask is None or not self.mask.marked:
            return
        box = self.mask.bounds
        self._replace(box, bytes(box.width * box.height))

    def invert_mask(self) -> None:
        """Mark what is not marked, and the other way round."""
        if self.mask is None:
            return
        self.mask.invert()
        self._pointed = None
        self.history.push(Inverted())
        self._after(None)

    def grow_mask(self, px: int) -> None:
        """Make what is marked larger by so many pixels, or smaller."""
        mask = self.mask
        if mask is None or not mask.marked or px == 0:
            return
        box = mask.bounds
        told = self.sheet_for(box, mask.cut(box))
        if told is None:
            return
        revision = self.mask_revision

        def grown(answer: Told) -> None:
            if self.mask is not mask or self.mask_revision != revision:
                return  # it was painted on meanwhile
            found = mask_of(answer["mask"])
            whole = box if found is None else box.joined(found[0])
            data = bytes(whole.width * whole.height)
            self._replace(whole, data if found is None else overlaid(whole, data, *found))

        self.ask("grow", {**told, "by": px}, grown)

    def import_mask(self, path: Path) -> None:
        """Mark what is light in a picture file, beside what is marked."""
        mask = self.mask
        if mask is None:
            return

        def read(answer: Told) -> None:
            found = mask_of(answer["mask"])
            if self.mask is not mask:
                return
            if found is None:
                self.bar("info", say("editor.mask_empty", name=screen_text(path.name)))
                return
            box, data = found
            self._replace(box, joined(mask.cut(box), data))

        self.ask("mask_in", {"path": str(path)}, read)

    def export_mask(self, path: Path) -> None:
        """Write the mask as a picture, white where it is marked."""
        mask = self.mask
        if mask is None:
            return
        box = mask.bounds if mask.marked else Box(0, 0, 1, 1)
        told = self.sheet_for(box, mask.cut(box))
        if told is not None:
            self.ask("mask_out", {**told, "path": str(path)}, self._mask_written)

    def _mask_written(self, answer: Told) -> None:
        self.bar("good", say("editor.mask_saved", name=screen_text(Path(answer["path"]).name)))

    # Pointing at objects

    def select_at(self, x: float, y: float, add: bool) -> None:
        """A click on an object, or (`add` false) beside it. Clicks belong together until something else is done."""
        if self.mask is None or not (0 <= x < self.width and 0 <= y < self.height):
            return
        pointed = self._pointed
        if pointed is None or (pointed.takes and add):
            pointed = Pointed(takes=not add)
        elif len(pointed.include) == MOST_HINTS or len(pointed.exclude) == MOST_HINTS:
            pointed = Pointed(takes=pointed.takes)
        hints = pointed.include if add or pointed.takes else pointed.exclude
        hints.append((float(x), float(y)))
        self._point(pointed)

    def select_box(self, box: Box) -> None:
        """The object in a box."""
        if self.mask is not None:
            self._point(Pointed(box=box))

    def select_lasso(self, points: Sequence[Point]) -> None:
        """The object inside a loop."""
        if self.mask is None or len(points) < 3:
            return
        few = thinned(points, MOST_HINTS)
        inside = tuple((min(max(x, 0.0), self.width - 1.0), min(max(y, 0.0), self.height - 1.0)) for x, y in few)
        self._point(Pointed(lasso=inside))

    def _point(self, pointed: Pointed) -> None:
        self._pointed = pointed
        mask = self.mask

        def found(answer: Told) -> None:
            if self._pointed is pointed and self.mask is mask:
                self._merge(pointed, mask_of(answer["mask"]))

        def waits(report: Told) -> None:
            if self.job is None:
                self.working = Working(say("editor.preparing") if report["note"] else "", None, None)

        def failed(answer: Told) -> None:
            self._pointed = None
            self.tell_failure(answer)

        self.ask("select", pointed.hints(), found, failed=failed, over=self._pointed_over, progress=waits)

    def _pointed_over(self) -> None:
        if self.job is None:
            self.working = None

    def _merge(self, pointed: Pointed, found: tuple[Box, bytes] | None) -> None:
        """Put the object into the mask, in the place of what the clicks before found."""
        assert self.mask is not None
        if found is None and pointed.where.empty:
            self.bar("info", say("editor.nothing_found"))
            return
        where = pointed.where if found is None else pointed.where.joined(found[0])
        under = overlaid(where, self.mask.cut(where), pointed.where, pointed.under)
        pointed.where, pointed.under = where, under
        thing = bytes(where.width * where.height)
        if found is not None:
            thing = overlaid(where, thing, *found)
        self._replace(where, (less if pointed.takes else joined)(under, thing), pointed=pointed)

    # What all have in common

    def _replace(self, box: Box, data: bytes, *, pointed: Pointed | None = None) -> None:
        """Have `data` stand in `box`, as one change that can be undone."""
        assert self.mask is not None
        self._pointed = pointed
        self.mask.draw(box, data)
        if changed := self.mask.painted(box):
            self._marked(Stroke.of(changed))

    def _marked(self, stroke: Stroke) -> None:
        self.history.push(stroke)
        self._after(stroke.box)

    def _after(self, box: Box | None) -> None:
        """The mask was changed by hand: the bar of the last result has had its time."""
        self.done = None
        self.touch_mask(box)
        self.keep_soon()
        self.changed()

    def stamp(self, box: Box, data: bytes) -> None:
        """Put a part of the mask back, without a new change."""
        assert self.mask is not None
        self.mask.put(box, data)
        self.mask_moved(box)

    def restore(self, stroke: Stroke, *, before: bool) -> None:
        """Have the mask as it was before a stroke, or after it."""
        assert self.mask is not None
        for box, earlier, later in stroke.parts:
            self.mask.put(box, (earlier if before else later).data)
        self.mask_moved(stroke.box)

    def mask_moved(self, box: Box | None) -> None:
        """The mask is another in `box` (None = all), though not by hand: clicks don't go on from what it was."""
        self._pointed = None
        self.touch_mask(box)
        self.keep_soon()

    def size_from(self, answer: Told) -> bool:
        """Take the picture's new size; whether it is another: the mask then begins anew."""
        size = int(answer["width"]), int(answer["height"])
        if size == (self.width, self.height):
            return False
        self.width, self.height = size
        self.mask = Mask(*size)
        self.mask_moved(None)
        return True

    # Safe from a crash

    def keep_soon(self) -> None:
        """Have the mask kept a moment after the last change."""
        if not self._keeping:
            self._keeping = True
            self._wait(self.mask_revision)

    def _wait(self, seen: int) -> None:
        self.later(KEEP_AFTER, lambda: self._keep(seen))

    def _keep(self, seen: int) -> None:
        if self.closed or self.mask is None or self.stage != "ready" or self.rebuilding:
            self._keeping = False
            return
        if seen != self.mask_revision:  # it was changed within those seconds
            self._wait(self.mask_revision)
            return
        self._keeping = False
        if self._kept == seen:
            return
        told: dict[str, Any] | None = {"box": None}
        if self.mask.marked:
            told = self.sheet_for(self.mask.bounds, self.mask.cut(self.mask.bounds))
        if told is None:
            return

        def kept(answer: Told) -> None:
            if answer["safe"]:
                self._kept, self._unsafe = seen, False
                return
            if not self._unsafe and (self.notice is None or self.notice.tone != "danger"):
                self._unsafe = True  # once, and not after each stroke
                self.tell_unsafe(answer)
            self._wait_longer()

        self.ask("keep", told, kept, failed=lambda _told: None)

    def _wait_longer(self) -> None:
        if not self._waiting_longer:
            self._waiting_longer = True
            self.later(KEEP_AGAIN, self._try_again)

    def _try_again(self) -> None:
        self._waiting_longer = False
        self.keep_soon()

    def tell_unsafe(self, answer: Told) -> None:
        """Say it where something could not be kept for the time after a crash."""
        if not answer["safe"]:
            self.bar("warning", say("editor.unsafe"))


def thinned(points: Sequence[Point], most: int) -> list[Point]:
    """At most so many of the points, evenly along the way."""
    if len(points) <= most:
        return list(points)
    return [points[number * len(points) // most] for number in range(most)]
