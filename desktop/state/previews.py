"""What stands beside the list: the chosen file's picture, page or passages, and the facts about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop.state.doors import Later
from desktop.state.rows import Marks, Row, kind_words, long_date
from desktop.state.sizes import size_words
from desktop.words import say
from desktop.workers import Ended, Event, Sheet, Ticket, WorkerProcess, open_sheet

PAUSE = 0.08
"""Seconds that a row must stay chosen before its file is looked into: holding an arrow key passes many."""

PAGE = (1000, 1000)
"""Pixels that a page is drawn to fit: sharp at two times the density, and enough for the large preview."""

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Page:
    """A page's pixels: rows of `stride` bytes, B, G, R and an unused byte each pixel."""

    sheet: Sheet
    width: int
    height: int
    stride: int


@dataclass(frozen=True)
class Passage:
    """Lines of a text, with half-open ranges of what was asked for."""

    text: str
    marks: Marks = ()


@dataclass(frozen=True)
class Preview:
    """What is seen of one file.

    `sort`: "none", "todo" (an icon and words), "picture" (of `path`), "page" (until it is there, the small picture of
    `path`), "text", "icon" (there is nothing to see), "gone".
    """

    sort: str = "none"
    title: str = ""
    icon: str = "file"
    path: Path | None = None
    note: str = ""
    page: Page | None = None
    passages: tuple[Passage, ...] = ()
    facts: Facts = ()


class Previews:
    """The preview of one row at a time; `changed()` is called when more of it is known, `lost(row)` when its file is gone."""

    def __init__(
        self, worker: WorkerProcess, later: Later, changed: Callable[[], None], lost: Callable[[Row], None]
    ) -> None:
        self._worker, self._later, self._changed, self._lost = worker, later, changed, lost
        self._number = 0
        self._key: object = None
        self._row: Row | None = None
        self._told: Mapping[str, Any] = {}
        self._tickets: list[Ticket] = []
        self.shown = Preview()

    def show(self, row: Row | None, question: Mapping[str, Any]) -> None:
        """Show this row's file, with the passages that answer `question` ({sentence, plain, today})."""
        key = (row.key, row.gone, tuple(question.items())) if row is not None else None
        if repr(key) == self._key:
            self._say_why(row)
            return
        self.stop()
        self._key = repr(key)
        self._row, self._told = row, {}
        if row is None or row.gone or self.shown.path is None or self.shown.path != row.path:
            self.shown = first_look(
                row
            )  # else the same file, for other words: what is seen stays until there is better
        if row is not None and row.path is not None and not row.gone:
            number = self._number
            self._later(PAUSE, lambda: self._look(number, row, dict(question)))

    def _say_why(self, row: Row | None) -> None:
        """The fuller answer to the same question may have found the same file in more ways."""
        if row is not None and row.path is not None and self._row is not None and row.found_by != self._row.found_by:
            self._row = row
            self.shown = replace(self.shown, facts=facts_of(row, self._told))

    def stop(self) -> None:
        """Let what is under way be: somebody types, and the search goes first."""
        self._number += 1
        self._key = None
        for ticket in self._tickets:
            ticket.cancel()
        self._tickets = []

    def _look(self, number: int, row: Row, question: dict[str, Any]) -> None:
        if number != self._number:
            return
        path = str(row.path)
        ticket = self._worker.ask("text", {"path": path, **question}, lambda event: self._texts(number, row, event))
        self._tickets.append(ticket)
        if row.kind == "pdf":
            told = {"path": path, "width": PAGE[0], "height": PAGE[1], "words": list(row.words)}
            self._tickets.append(self._worker.ask("page", told, lambda event: self._paged(number, event)))

    def _texts(self, number: int, row: Row, event: Event) -> None:
        if number != self._number or event.how is not Ended.DONE:
            return
        told = event.told
        if not told["there"]:
            self._lost(row)
            return
        passages = tuple(
            Passage(str(one["text"]), tuple((int(a), int(b)) for a, b in one["marks"])) for one in told["excerpts"]
        )
        sort = self.shown.sort
        if sort == "gone":
            sort = first_look(row).sort
        if sort == "icon" and passages:
            sort = "text"
        self._told = told
        self.shown = replace(self.shown, sort=sort, passages=passages, facts=facts_of(self._row or row, told))
        self._changed()

    def _paged(self, number: int, event: Event) -> None:
        if not event.last or event.how is Ended.CANCELLED:
            return
        told = event.told
        if "sheet" not in told:
            if number == self._number and self.shown.passages:
                self.shown = replace(self.shown, sort="text")
                self._changed()
            return
        try:
            sheet = open_sheet(told["sheet"])  # in any case: opening it takes its name away
        except (OSError, ValueError):
            return
        if number != self._number:
            return
        page = Page(sheet, int(told["width"]), int(told["height"]), int(told["stride"]))
        count = int(told["pages"])
        note = say("palette.page_of", page=str(int(told["page"]) + 1), pages=count) if count > 1 else ""
        self.shown = replace(self.shown, sort="page", page=page, note=note)
        self._changed()


def first_look(row: Row | None) -> Preview:
    """What is known of a row before anything is read."""
    if row is None:
        return Preview()
    if row.path is None:
        return Preview("todo", row.title, row.icon, note=row.detail)
    if row.gone:
        return Preview("gone", row.title, row.icon, row.path, say("palette.gone_long"), facts=facts_of(row, {}))
    sort = "picture" if row.picture else "page" if row.kind == "pdf" else "icon"
    return Preview(sort, row.title, row.icon, row.path, facts=facts_of(row, {}))


def facts_of(row: Row, told: Mapping[str, Any]) -> Facts:
    """Label and value of what is worth knowing, in the order of its worth."""
    facts: dict[str, str] = dict(told.get("facts", {}))
    size = int(told.get("size", row.size))
    taken = facts.get("created", "")
    if row.kind == "mail" and facts.get("from"):
        rows = [(say("palette.fact_from"), facts["from"])]
    elif facts.get("author"):
        rows = [(say("palette.fact_author"), facts["author"])]
    elif row.found_by and row.picture:
        rows = []  # it is seen, and there is more to say
    else:
        rows = [(say("palette.fact_kind"), kind_words(row.kind))]
    if row.picture and taken:
        rows.append((say("palette.fact_taken"), long_date(taken)))
    elif row.moment:
        label = say("palette.fact_sent") if row.kind == "mail" else say("palette.fact_changed")
        rows.append((label, long_date(row.moment if row.kind == "mail" else str(told.get("modified", row.moment)))))
    measures = []
    if facts.get("width", "").isdecimal() and facts.get("height", "").isdecimal():
        measures.append(f"{facts['width']} × {facts['height']}")
    if facts.get("pages", "").isdecimal():
        measures.append(say("palette.pages", count=int(facts["pages"])))
    if size >= 0:
        measures.append(size_words(size))
    if measures:
        rows.append((say("palette.fact_size"), ", ".join(measures)))
    rows.append((say("palette.fact_folder"), row.place))
    if row.found_by:
        rows.append((say("palette.fact_found"), row.found_by))
    return tuple(rows)
