"""Searching at leisure: the palette's search with filters, which only write into the sentence, and a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from desktop.state.observed import Observed
from desktop.state.palette_words import Palette
from desktop.state.rows import Row
from desktop.state.sizes import size_words
from desktop.state.understood import Chip
from desktop.words import say

LIST, TABLE = "list", "table"
COLUMNS = ("name", "folder", "date", "size")

_VALUE = r':("[^"]*"|\S+)'
_SIGNS = {
    "kind": re.compile(rf"(?<!\S)(?:kind|type){_VALUE}", re.IGNORECASE),
    "when": re.compile(rf"(?<!\S)(?:date|since|after|before|until){_VALUE}", re.IGNORECASE),
    "folder": re.compile(rf"(?<!\S)(?:in|folder){_VALUE}", re.IGNORECASE),
}


class Searching(Protocol):
    """A `PaletteState`, as this page needs it."""

    def snapshot(self) -> Palette:
        """What is shown."""
        ...

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Be told of changes."""
        ...

    def type(self, text: str) -> None:
        """The query is now `text`."""
        ...

    def remove_chip(self, place: int) -> None:
        """Take back one thing that was understood."""
        ...


@dataclass(frozen=True)
class Choice:
    """One value of a filter: `sign` is what it writes into the sentence, "" for none."""

    sign: str
    words: str


@dataclass(frozen=True)
class FilterView:
    """One filter: what its button says, what is chosen ("" = nothing), and what can be."""

    name: str
    words: str
    sign: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Line:
    """One line of the table; `place` is its row in the list."""

    place: int
    row: Row
    folder: str
    date: str
    size: str


@dataclass(frozen=True)
class BrowseSnapshot:
    """`chips` are those that no filter shows already; `sorted_by` is a column, or "" for the order of the answer."""

    palette: Palette
    chips: tuple[Chip, ...]
    filters: tuple[FilterView, ...]
    view: str
    lines: tuple[Line, ...]
    sorted_by: str
    falling: bool


class BrowseState(Observed):
    """`folders` gives the names that the folder filter offers."""

    def __init__(
        self,
        palette: Searching,
        *,
        folders: Callable[[], Sequence[str]] = tuple,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self._palette, self._folders, self._today = palette, folders, today
        self._view = LIST
        self._sorted_by, self._falling = "", False
        self._unsubscribe = palette.subscribe(self.changed)

    def close(self) -> None:
        """Its page is gone: listen no more to the search, which lives on."""
        self._unsubscribe()

    def snapshot(self) -> BrowseSnapshot:
        """What the page shows now."""
        palette = self._palette.snapshot()
        return BrowseSnapshot(
            palette=palette,
            chips=tuple(chip for _, chip in self._chips(palette)),
            filters=tuple(self._filter(name, palette.text) for name in ("kind", "when", "folder")),
            view=self._view,
            lines=self._lines(palette.rows) if self._view == TABLE else (),
            sorted_by=self._sorted_by,
            falling=self._falling,
        )

    # filters

    def remove_chip(self, place: int) -> None:
        """Take back what a chip says was understood; places are those of the snapshot's chips."""
        shown = self._chips(self._palette.snapshot())
        if 0 <= place < len(shown):
            self._palette.remove_chip(shown[place][0])

    def _chips(self, palette: Palette) -> list[tuple[int, Chip]]:
        def written(chip: Chip) -> bool:
            return any(sign.fullmatch(palette.text[chip.start : chip.end].strip()) for sign in _SIGNS.values())

        return [(place, chip) for place, chip in enumerate(palette.chips) if not written(chip)]

    def choose(self, name: str, sign: str) -> None:
        """Write a filter into the sentence in place of what it held of that kind; "" takes it out."""
        text = _SIGNS[name].sub(" ", self._palette.snapshot().text)
        self._palette.type(" ".join((*text.split(), *([sign] if sign else []))))

    def _filter(self, name: str, text: str) -> FilterView:
        choices = self._choices(name)
        found = _SIGNS[name].search(text)
        if found is None:
            return FilterView(name, choices[0].words, "", choices)
        sign = found[0]
        words = next((one.words for one in choices if one.sign.lower() == sign.lower()), found[1].strip('"'))
        return FilterView(name, words, sign, choices)

    def _choices(self, name: str) -> tuple[Choice, ...]:
        if name == "kind":
            return _kinds()
        if name == "when":
            return self._times()
        folders = sorted({one for one in self._folders() if one}, key=str.casefold)
        named = [Choice(f'in:"{one}"' if " " in one else f"in:{one}", one) for one in folders]
        return (Choice("", say("browse.any_folder")), *named)

    def _times(self) -> tuple[Choice, ...]:
        today = self._today()
        return (
            Choice("", say("browse.any_time")),
            Choice(f"date:{today}", say("browse.today")),
            Choice(f"since:{today - timedelta(days=6)}", say("browse.week")),
            Choice(f"since:{today - timedelta(days=29)}", say("browse.month")),
            Choice(f"date:{today.year}", say("browse.year", year=str(today.year))),
            Choice(f"date:{today.year - 1}", say("browse.year", year=str(today.year - 1))),
            Choice(f"before:{today.year - 1}-01-01", say("browse.older")),
        )

    # the table

    def show_as(self, view: str) -> None:
        """As a list or as a table."""
        self._view = view
        self.changed()

    def sort(self, column: str) -> None:
        """Sort by a column: rising, then falling, then as the answer came."""
        if column != self._sorted_by:
            self._sorted_by, self._falling = column, column in ("date", "size")
        elif self._falling == (column in ("date", "size")):
            self._falling = not self._falling
        else:
            self._sorted_by, self._falling = "", False
        self.changed()

    def _lines(self, rows: Sequence[Row]) -> tuple[Line, ...]:
        lines = [
            Line(place, row, row.place, row.date, size_words(row.size) if row.size >= 0 else "")
            for place, row in enumerate(rows)
            if row.path is not None
        ]
        if self._sorted_by:
            lines.sort(key=_KEYS[self._sorted_by], reverse=self._falling)
        return tuple(lines)


_KEYS: dict[str, Callable[[Line], tuple[object, ...]]] = {
    "name": lambda line: (line.row.title.casefold(),),
    "folder": lambda line: (line.folder.casefold(), line.row.title.casefold()),
    "date": lambda line: (line.row.moment,),
    "size": lambda line: (line.row.size,),
}


def _kinds() -> tuple[Choice, ...]:
    return (
        Choice("", say("browse.any_kind")),
        Choice("kind:picture", say("browse.pictures")),
        Choice("kind:document", say("browse.documents")),
        Choice("kind:pdf", say("browse.pdfs")),
        Choice("kind:spreadsheet", say("browse.spreadsheets")),
        Choice("kind:presentation", say("browse.presentations")),
        Choice("kind:note", say("browse.notes")),
        Choice("kind:email", say("browse.mails")),
        Choice("kind:music", say("browse.music")),
        Choice("kind:video", say("browse.videos")),
        Choice("kind:code", say("browse.code")),
        Choice("kind:archive", say("browse.archives")),
    )
