"""What was done to a picture, one step after another, each with the pixels before and after it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.workers.editing.keeping import DocumentFolder
from engines.pictures import Box
from homespun.errors import Damaged, NoSpace

Pixels = NDArray[Any]
Made = Mapping[str, Any]
"""How a result was painted by words: prompt, negative, seed, pipeline, title."""

MOST_BYTES = 512_000_000
MOST_STEPS = 100
"""What is kept in memory; the pixels of older steps are read from the document's folder when they are undone."""


@dataclass
class Step:
    """One change: of the pixels in `boxes`, or of the whole picture, which may have another size afterwards.

    `before` and `results` are rows (N, C) of the boxes' pixels, or whole pixels (H, W, C); None = in the folder alone.
    `results` are the tries for the same place, `current` the one that is shown.
    """

    kind: str
    boxes: tuple[Box, ...]
    before: Pixels | None
    results: list[Pixels | None]
    current: int = 0
    checks: list[int] = field(default_factory=list)
    """CRC-32 of each result, once it is in the folder."""
    made: list[Made] = field(default_factory=list)
    """How each result was painted by words; none for other kinds of steps."""

    @property
    def whole(self) -> bool:
        """Whether all pixels changed."""
        return not self.boxes

    @property
    def box(self) -> Box | None:
        """A box around all that changed; None = everything."""
        if self.whole:
            return None
        box = self.boxes[0]
        for other in self.boxes[1:]:
            box = box.joined(other)
        return box

    @property
    def bytes(self) -> int:
        """In memory."""
        return sum(one.nbytes for one in (self.before, *self.results) if one is not None)


def cut(pixels: Pixels, boxes: Sequence[Box]) -> Pixels:
    """The pixels in `boxes`, as rows (N, C)."""
    return np.concatenate([pixels[box.slices].reshape(-1, pixels.shape[2]) for box in boxes])


def paste(pixels: Pixels, boxes: Sequence[Box], rows: Pixels) -> None:
    """Put back what `cut` gave."""
    start = 0
    for box in boxes:
        count = box.width * box.height
        pixels[box.slices] = rows[start : start + count].reshape(box.height, box.width, -1)
        start += count


class Steps:
    """The steps of one document; `pixels` is the picture as it is now, changed in place by the steps."""

    def __init__(
        self, pixels: Pixels, folder: DocumentFolder, *, most_bytes: int = MOST_BYTES, most_steps: int = MOST_STEPS
    ) -> None:
        self.pixels = pixels
        self.position = 0
        """So many steps are done; those after it were undone."""
        self._steps: list[Step] = []
        self._folder = folder
        self._most_bytes = most_bytes
        self._most_steps = most_steps

    def __len__(self) -> int:
        return len(self._steps)

    def __getitem__(self, number: int) -> Step:
        return self._steps[number]

    @property
    def kinds(self) -> tuple[str, ...]:
        """What was done, in order; undone steps are left out."""
        return tuple(one.kind for one in self._steps[: self.position])

    @property
    def painted(self) -> tuple[Made, ...]:
        """How what is shown was painted by words, in order; undone steps and results that are not shown are left out."""
        return tuple(one.made[one.current] for one in self._steps[: self.position] if one.current < len(one.made))

    def add_patch(self, kind: str, boxes: Sequence[Box], rows: Pixels) -> bool:
        """Do a new step: `rows` (of `cut`) stand in `boxes` now. Whether it is safe from a crash."""
        return self.add_tries(kind, boxes, [rows])

    def add_tries(self, kind: str, boxes: Sequence[Box], tries: Sequence[Pixels], made: Sequence[Made] = ()) -> bool:
        """Do a new step that has several results from the start; the first is shown. Whether all are safe from a crash."""
        self._forget(self.position)
        step = Step(kind, tuple(boxes), cut(self.pixels, boxes), [*tries], made=list(made))
        self._steps.append(step)
        paste(self.pixels, boxes, tries[0])
        self.position += 1
        kept = [self._keep_result(self.position - 1, rows) for rows in tries]
        return all(kept)

    def add_whole(self, kind: str, pixels: Pixels) -> bool:
        """Do a new step: the picture is `pixels` now, of any size. Whether it is safe from a crash."""
        self._forget(self.position)
        self._steps.append(Step(kind, (), self.pixels, [None]))
        self.pixels = pixels
        self.position += 1
        return self._keep_result(len(self._steps) - 1, pixels)

    def add_result(self, rows: Pixels, boxes: Sequence[Box], made: Made | None = None) -> bool:
        """Another try for the last step, which is shown now. Whether it is safe from a crash.

        It may reach further than the first one did: the step then covers both.
        """
        step = self._steps[self.position - 1]
        self._forget(self.position)
        if made is not None:
            step.made.append(made)
        if tuple(boxes) != step.boxes:
            self._widen(step, boxes, rows)
            rows = self._loaded(self.position - 1, step.current)
        else:
            step.results.append(rows)
            step.current = len(step.results) - 1
            paste(self.pixels, boxes, rows)
        return self._keep_result(self.position - 1, rows)

    def choose(self, current: int) -> Step:
        """Show another result of the last step. Steps that were undone went on from the one before, and are gone."""
        step = self._steps[self.position - 1]
        rows = self._loaded(self.position - 1, current)
        if current != step.current:
            self._forget(self.position)
        step.current = current
        paste(self.pixels, step.boxes, rows)
        self.write()
        return step

    def pixels_before(self) -> Pixels:
        """The picture as it was before the last step: a copy."""
        step = self._steps[self.position - 1]
        pixels = self.pixels.copy()
        paste(pixels, step.boxes, self._before(self.position - 1))
        return pixels

    def undo(self) -> Step:
        """Take the last step back."""
        number = self.position - 1
        step = self._steps[number]
        before = self._before(number)
        if step.whole:
            step.results[0], step.before, self.pixels = self.pixels, None, before
        else:
            paste(self.pixels, step.boxes, before)
        self.position = number
        self.write()
        return step

    def redo(self) -> Step:
        """Do the next step again."""
        number = self.position
        step = self._steps[number]
        rows = self._loaded(number, step.current)
        if step.whole:
            step.before, step.results[0], self.pixels = self.pixels, None, rows
        else:
            if step.before is None:  # built again after a crash, it was never done in this process
                step.before = cut(self.pixels, step.boxes)
            paste(self.pixels, step.boxes, rows)
        self.position = number + 1
        self.write()
        self._spill()
        return step

    def opened(self) -> Pixels:
        """The pixels of the file as it was opened: a copy, if there are steps."""
        pixels = self.pixels.copy()
        for number in reversed(range(self.position)):
            step = self._steps[number]
            if step.whole:
                pixels = self._before(number).copy()
            else:
                paste(pixels, step.boxes, self._before(number))
        return pixels

    def replay(self, told: Sequence[dict[str, Any]], position: int) -> int:
        """Do the first `position` of the steps that the folder knows. How many could not be done: their pixels are gone."""
        for number, one in enumerate(told):
            boxes = tuple(Box(*box) for box in one["boxes"])
            checks = [int(check) for check in one["results"]]
            made = list(one.get("made", ()))  # which earlier versions did not write
            step = Step(str(one["kind"]), boxes, None, [None] * len(checks), int(one["current"]), checks, made)
            self._steps.append(step)
            try:
                rows = self._loaded(number, step.current)
            except (Damaged, OSError):
                self._forget(number)
                return max(0, position - number)
            if number < position:
                self._replayed(step, rows)
            else:
                step.results[step.current] = None
        self.write()
        return 0

    def write(self) -> bool:
        """Tell the folder which steps there are, and how many are done. Whether that went."""
        steps = [
            {
                "kind": one.kind,
                "boxes": one.boxes,
                "results": one.checks,
                "current": one.current,
                "made": one.made,
            }
            for one in self._steps
        ]
        return self._folder.note(steps=steps, position=self.position)

    def _replayed(self, step: Step, rows: Pixels) -> None:
        if step.whole:
            step.before, self.pixels, step.results[0] = self.pixels, rows, None
        else:
            step.before = cut(self.pixels, step.boxes)
            paste(self.pixels, step.boxes, rows)
        self.position += 1
        self._spill()

    def _widen(self, step: Step, boxes: Sequence[Box], rows: Pixels) -> None:
        """Have the last step cover the boxes of a new result as well as its own."""
        number = self.position - 1
        both = (*step.boxes, *(box for box in boxes if box not in step.boxes))
        before = self.pixels_before()
        results: list[Pixels | None] = []
        for old in range(len(step.results)):
            shown = before.copy()
            paste(shown, step.boxes, self._loaded(number, old))
            results.append(cut(shown, both))
        shown = before.copy()
        paste(shown, boxes, rows)
        new = cut(shown, both)
        step.boxes, step.before, step.results = both, cut(before, both), [*results, new]
        step.current = len(step.results) - 1
        self._folder.forget_step(number)
        step.checks = []
        for old_rows in results:
            assert old_rows is not None
            self._keep_result(number, old_rows)
        paste(self.pixels, both, new)

    def _keep_result(self, number: int, rows: Pixels) -> bool:
        step = self._steps[number]
        try:
            self._folder.write_pixels(number, str(len(step.checks)), rows)
        except (OSError, NoSpace):
            step.checks.append(0)
            self._spill()
            return False
        step.checks.append(check_of(rows))
        written = self.write()
        self._spill()
        return written

    def _forget(self, position: int) -> None:
        """Drop the steps from `position` on."""
        self._folder.forget_from(position)
        for number in range(position, len(self._steps)):
            self._folder.forget_step(number)
        del self._steps[position:]

    def _before(self, number: int) -> Pixels:
        step = self._steps[number]
        return self._folder.read_pixels(number, "before") if step.before is None else step.before

    def _loaded(self, number: int, result: int) -> Pixels:
        step = self._steps[number]
        rows = step.results[result]
        if rows is not None:
            return rows
        rows = self._folder.read_pixels(number, str(result))
        if check_of(rows) != step.checks[result]:
            raise Damaged(f"Step {number + 1} of this picture is damaged.", "The steps before it are whole.")
        return rows

    def _spill(self) -> None:
        """Leave the pixels of the oldest steps to the folder, while there are too many in memory."""
        total, held = sum(one.bytes for one in self._steps), sum(one.bytes > 0 for one in self._steps)
        for number, step in enumerate(self._steps[: self.position - 1]):
            if total <= self._most_bytes and held <= self._most_steps:
                return
            if step.bytes == 0 or 0 in step.checks:  # what is not in the folder must stay
                continue
            try:
                if step.before is not None:
                    self._folder.write_pixels(number, "before", step.before)
            except (OSError, NoSpace):
                return
            total, held = total - step.bytes, held - 1
            step.before, step.results = None, [None] * len(step.results)


def check_of(rows: Pixels) -> int:
    """CRC-32 of pixels; never 0, which stands for "not kept"."""
    return zlib.crc32(np.ascontiguousarray(rows).data.cast("B")) or 1
