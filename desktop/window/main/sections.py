"""Where the pictures of a grid are: sums over its sections, none over its pictures."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from desktop.state.pictures import Section

LEAST, GAP, EDGE = 176, 8, 32
HEAD = 52
"""Logical pixels: the least side of a picture, between two, at the sides, and of a section's head."""


@dataclass(frozen=True)
class Layout:
    """Where every picture is, for one width: a few sums over the sections."""

    sections: tuple[Section, ...]
    width: int

    @cached_property
    def columns(self) -> int:
        """Pictures in a row."""
        return max(2, (self.width - 2 * EDGE + GAP) // (LEAST + GAP))

    @cached_property
    def side(self) -> int:
        """Of one picture."""
        return max(48, (self.width - 2 * EDGE - GAP * (self.columns - 1)) // self.columns)

    def head(self, section: int) -> int:
        """The height of a section's head."""
        return HEAD if self.sections[section].title else EDGE // 2

    @cached_property
    def tops(self) -> tuple[int, ...]:
        """Where each section begins, and where the last ends."""
        lines = [-(-one.count // self.columns) for one in self.sections]
        return (0, *accumulate(self.head(number) + count * self.step for number, count in enumerate(lines)))

    @cached_property
    def firsts(self) -> tuple[int, ...]:
        """The first row of each section, and the number of all."""
        return (0, *accumulate(one.count for one in self.sections))

    @cached_property
    def step(self) -> int:
        """From one picture to the next."""
        return self.side + GAP

    def section_of(self, row: int) -> int:
        """The section that a row is in."""
        return bisect_right(self.firsts, row) - 1

    def place(self, row: int) -> tuple[int, int]:
        """Left and top of a row's picture; (0, 0) for a row that isn't."""
        section = self.section_of(row)
        if not 0 <= section < len(self.sections):
            return 0, 0
        line, place = divmod(row - self.firsts[section], self.columns)
        return EDGE + place * self.step, self.tops[section] + self.head(section) + line * self.step

    def row_at(self, height: int) -> int:
        """The first row of the line at that height."""
        section = min(max(0, bisect_right(self.tops, height) - 1), len(self.sections) - 1)
        if section < 0:
            return 0
        line = max(0, height - self.tops[section] - self.head(section)) // self.step
        return min(self.firsts[section] + line * self.columns, max(0, self.firsts[section + 1] - 1))

    def rows_between(self, top: int, bottom: int) -> range:
        """The rows of which a part may lie between two heights."""
        return range(self.row_at(top), min(self.row_at(bottom) + self.columns, self.firsts[-1]))

    def beside(self, row: int, lines: int) -> int:
        """The row one line below (1) or above (-1), in the same column; from one section into the next."""
        section = self.section_of(row)
        first, end = self.firsts[section], self.firsts[section + 1]
        line, column = divmod(row - first, self.columns)
        last = (end - 1 - first) // self.columns
        if 0 <= line + lines <= last:
            return min(row + lines * self.columns, end - 1)
        if lines > 0 and section + 2 < len(self.firsts):
            return min(end + column, self.firsts[section + 2] - 1)
        if lines < 0 and section > 0:
            above = self.firsts[section - 1]
            return min(above + (first - 1 - above) // self.columns * self.columns + column, first - 1)
        return row
