"""What can be undone: strokes of the mask and edits of the picture, in the order in which they were made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.state.editing.boxes import Box
from desktop.state.editing.mask import NOTHING, Packed, Part


@dataclass
class Stroke:
    """The mask changed: in each box, from what stood there to what stands there."""

    parts: list[tuple[Box, Packed, Packed]]

    @classmethod
    def of(cls, parts: Sequence[Part]) -> Stroke:
        """From what `Mask` says that it changed."""
        return cls([(box, Packed(before), Packed(after)) for box, before, after in parts])

    @property
    def box(self) -> Box:
        """A box around all of it."""
        whole = NOTHING
        for box, _, _ in self.parts:
            whole = whole.joined(box)
        return whole


@dataclass
class Inverted:
    """The whole mask was turned round, which doing it again undoes."""


@dataclass
class Edit:
    """The picture changed: the document process has the pixels. `stroke` is what became of the mask with it.

    Where the size changed the mask began anew, and `stroke` is all that stood in the old one.
    """

    kind: str
    box: Box | None
    stroke: Stroke | None = None
    results: int = 1
    current: int = 0


Change = Stroke | Inverted | Edit


class History:
    """The changes; those from `position` on were undone."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.position = 0

    def push(self, change: Change) -> None:
        """A new change was made: what had been undone can't come back."""
        self.forget_undone()
        self.changes.append(change)
        self.position += 1

    @property
    def last(self) -> Change | None:
        """What undo would take back."""
        return self.changes[self.position - 1] if self.position else None

    @property
    def next(self) -> Change | None:
        """What redo would do again."""
        return self.changes[self.position] if self.position < len(self.changes) else None

    @property
    def edits(self) -> list[Edit]:
        """The edits that are done, in order."""
        return [one for one in self.changes[: self.position] if isinstance(one, Edit)]

    @property
    def all_edits(self) -> int:
        """How many steps the document process has."""
        return sum(isinstance(one, Edit) for one in self.changes)

    def forget_undone(self) -> None:
        """What was undone can't be done again: it went on from other pixels."""
        del self.changes[self.position :]

    def back(self) -> None:
        """The last change was taken back."""
        self.position -= 1

    def forth(self) -> None:
        """The next change was done again."""
        self.position += 1

    def keep_edits(self, count: int) -> None:
        """Forget everything from the edit on that comes after the first `count`."""
        seen = 0
        for number, change in enumerate(self.changes):
            seen += isinstance(change, Edit)
            if seen > count:
                del self.changes[number:]
                self.position = min(self.position, number)
                return
