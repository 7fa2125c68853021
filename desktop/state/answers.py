"""What the palette asks and what it is answered: the sentence, its chips, the rows, and the preview of the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from desktop.state.actions import Action, actions_of, nearly, things_to_do
from desktop.state.asking import Asking, Told, joined
from desktop.state.doors import Doors, Later
from desktop.state.errands import Aside, Errands, at_once, trouble
from desktop.state.notices import Notice
from desktop.state.observed import Observed
from desktop.state.previews import Previews
from desktop.state.rows import Row, gone, row_of
from desktop.state.scope import Adopt, Scope, nobody_adopts
from desktop.state.thumbnails import Thumbnails
from desktop.state.understood import Chip, Ranges, chip_of, kept
from desktop.words import say
from desktop.workers import Ended, Event, WorkerProcess

RECENT = 6

AHEAD = 512
"""Pixels of the pictures that are made ready beside the chosen one."""


class Answers(Observed):
    """The half of `PaletteState` that talks to the search process."""

    def __init__(
        self,
        worker: WorkerProcess,
        thumbnails: Thumbnails,
        later: Later,
        doors: Doors,
        *,
        today: Callable[[], date] = date.today,
        aside: Aside = at_once,
        adopt: Adopt = nobody_adopts,
    ) -> None:
        super().__init__()
        self._worker, self._thumbnails, self._later, self._doors = worker, thumbnails, later, doors
        self._today = today
        self._scope = Scope(adopt, later, self._look_again)
        self._errands = Errands(worker, doors, aside)
        self._asking = Asking(worker, later, self._answered, self._failed, self.changed)
        self._previews = Previews(worker, later, self.changed, self._lost)
        self.keep_open = False
        self._text = ""
        self._refused: Ranges = ()
        self._like: Row | None = None
        self._rows: tuple[Row, ...] = ()
        self._selected = 0
        self._moved = False
        self._fresh = True
        self._told: Told = {}
        self._chips: tuple[Chip, ...] = ()
        self._nearly: tuple[Row, ...] = ()
        self._pending: tuple[int, str] | None = None
        self._notice: Notice | None = None
        self._noted = ""
        self._undo: Path | None = None
        self._acting = -1
        self._offered: tuple[Action, ...] = ()
        self._large = self._fills = False
        self._left = 0
        self._warmed = False

    @property
    def row(self) -> Row | None:
        """The chosen row."""
        return self._rows[self._selected] if 0 <= self._selected < len(self._rows) else None

    @property
    def _actions(self) -> tuple[Action, ...]:
        return actions_of(self.row, fills=self._fills)

    # typing

    def prepare(self) -> None:
        """Have the newest files at hand before the window is shown for the first time."""
        self._ask_recent()

    def summon(self, folder: Path | None = None) -> None:
        """The window is about to be shown, for everything or for what is in one folder."""
        self._acting, self._large, self._noted = -1, False, ""
        if folder is not None:
            self._text, self._like, self._refused = "", None, ()
        if self._scope.set(folder) or folder is not None:
            self._ask()
        elif not self._text.strip() and self._like is None:
            self._ask_recent()
        if not self._warmed:
            self._warmed = True
            self._worker.ask("warm", {}, lambda _event: None)
        self.changed()

    def hidden(self) -> None:
        """The window is gone."""
        self._scope.rest()

    def type(self, text: str) -> None:
        """The query is now `text`."""
        if text == self._text:
            return
        self._refused = kept(self._refused, self._text, text)
        self._text, self._like = text, None
        self._ask()

    def _ask(self) -> None:
        self._pending, self._notice, self._acting, self._fresh = None, None, -1, True
        self._nearly, self._moved = (), False
        self._previews.stop()
        if self._like is not None:
            self._asking.ask("similar", {"path": str(self._like.path)})
        elif self._text.strip():
            self._asking.ask("ask", self._question())
        else:
            self._refused, self._chips = (), self._scope.chips()
            self._ask_recent()
        self.changed()

    def _ask_recent(self) -> None:
        self._fresh, self._moved = True, False
        self._asking.ask("recent", {"limit": RECENT, **self._scope.question()})

    def _look_again(self) -> None:
        """The same question once more, without a jump under the hand: there may be more files now."""
        if self._text.strip():
            self._asking.ask("ask", self._question())
        else:
            self._asking.ask("recent", {"limit": RECENT, **self._scope.question()})
        self.changed()

    def _question(self) -> dict[str, Any]:
        return {
            "sentence": self._text,
            "plain": [list(one) for one in self._refused],
            "today": self._today().isoformat(),
            **self._scope.question(),
        }

    def _answered(self, told: Told, complete: bool) -> None:
        if told.get("index") == "damaged":
            self._notice = Notice("danger", say("palette.damaged"), (("repair", say("palette.repair")),))
        self._chips = self._understood(told)
        hits = told.get("hits", ())
        rows = [row_of(hit, self._today()) for hit in hits]
        outside = bool(hits) and all(hit["outside"] for hit in hits)
        self._told = {**told, "none_inside": outside}
        self._fills = bool(told.get("fills", self._fills))  # told with the recent files, whenever the palette comes
        if complete and self._like is None and self._text.strip() and (outside or not hits) and told.get("chips"):
            self._ask_nearly()
        if complete and self._like is None:
            self._scope.answered(told)
        if not rows and not complete:
            self.changed()  # names and words found nothing; what it means may
            return
        self._show([*self._nearly, *rows, *self._to_do(told)])

    def _to_do(self, told: Told) -> list[Row]:
        if self._scope.folder is not None and self._like is None:
            return self._scope.rows(told)
        return things_to_do(told, blank=not self._text.strip() and self._like is None)

    def _show(self, rows: list[Row]) -> None:
        """Show rows: all new for a new question, without a jump under the hand for a fuller answer to the same."""
        if self._fresh:
            self._rows, self._selected, self._fresh = joined((), 0, rows, anchored=False), 0, False
        else:
            anchored = self._moved or self._asking.settled
            self._rows = joined(self._rows, self._selected, rows, anchored=anchored)
            self._selected = min(self._selected if anchored else 0, max(0, len(self._rows) - 1))
        self._chosen()
        if self._pending is not None and self._pending[0] == self._asking.number and self._rows:
            (_, how), self._pending = self._pending, None
            self.do(how)
        self.changed()

    def _understood(self, told: Told) -> tuple[Chip, ...]:
        if self._like is not None:
            return (Chip(say("palette.like", name=self._like.title), "like"),)
        return (*self._scope.chips(), *(chip_of(one) for one in told.get("chips", ())))

    def _ask_nearly(self) -> None:
        number = self._asking.number

        def then(event: Event) -> None:
            if event.how is not Ended.DONE or number != self._asking.number:
                return
            if found := nearly(event.told.get("nearly", ())):
                self._nearly = found
                self._show([*self._nearly, *(row for row in self._rows if row.path is not None)])

        self._worker.ask("nearly", self._question(), then)

    def _failed(self, told: Told) -> None:
        self._pending = None
        self._notice = trouble(told)
        self.changed()

    # chips

    def remove_chip(self, place: int) -> None:
        """Take back one thing that was understood: its words are searched as words from now on."""
        if not 0 <= place < len(self._chips):
            return
        chip = self._chips[place]
        if chip.part == "like":
            self._like, self._chips = None, ()
        elif chip.part == "scope":
            self._scope.set(None)
        else:
            self._refused = (*self._refused, (chip.start, chip.end))
        self._ask()

    def remove_last_chip(self) -> None:
        """Take back the last one: Backspace at the start of the query."""
        self.remove_chip(len(self._chips) - 1)

    def _chosen(self) -> None:
        if self._acting >= 0 and self._actions != self._offered:
            self._acting = -1  # the list of actions was that of another file
        self._previews.show(self.row, {} if self._like is not None else self._question())
        for place in (self._selected + 1, self._selected - 1):
            if 0 <= place < len(self._rows) and self._rows[place].picture and not self._rows[place].gone:
                self._thumbnails.get(self._rows[place].path or Path(), AHEAD)

    def _lost(self, row: Row) -> None:
        self._rows = tuple(gone(one) if one.key == row.key else one for one in self._rows)
        self._chosen()
        self.changed()

    def do(self, action: str) -> None:
        """See `PaletteState.do`: what was wanted before there was an answer is done when it comes."""
        raise NotImplementedError
