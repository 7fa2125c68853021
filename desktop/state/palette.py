"""The palette: a sentence in, files out, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from desktop.state.actions import Action, actions_of, nearly, things_to_do
from desktop.state.asking import Asking, Told, joined
from desktop.state.doors import Doors, Later
from desktop.state.errands import Aside, Errands, at_once, by_doors, trouble
from desktop.state.notices import Notice, of_error
from desktop.state.observed import Observed
from desktop.state.palette_words import Palette, Topic, footer, heading, nothing
from desktop.state.previews import Previews
from desktop.state.rows import Row, gone, row_of
from desktop.state.thumbnails import Thumbnails
from desktop.state.understood import Chip, Ranges, chip_of, kept
from desktop.words import say
from desktop.workers import Ended, Event, WorkerProcess
from homespun.errors import HomespunError

RECENT = 6
ENTER_WAITS = 0.3
"""Seconds that Enter waits for the first answer to what was typed."""

NOTICE = 2.5
"""Seconds that "Copied" stays."""

AHEAD = 512
"""Pixels of the pictures that are made ready beside the chosen one."""


class PaletteState(Observed):
    """What the palette shows and decides. `left` in the snapshot rises when its window should go.

    What changes the index is done `aside` (`Reading.aside`), so that the app alone never has two writers.
    """

    def __init__(
        self,
        worker: WorkerProcess,
        thumbnails: Thumbnails,
        later: Later,
        doors: Doors,
        *,
        today: Callable[[], date] = date.today,
        aside: Aside = at_once,
    ) -> None:
        super().__init__()
        self._worker, self._thumbnails, self._later, self._doors = worker, thumbnails, later, doors
        self._today = today
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

    # what is shown

    def snapshot(self) -> Palette:
        """All that the window shows now."""
        return Palette(
            text=self._text,
            chips=self._chips,
            everything=bool(self._text.strip()) and not self._chips,
            heading=heading(self._told, self._topic(), self._rows),
            rows=self._rows,
            selected=self._selected if self._rows else -1,
            dimmed=self._asking.late and bool(self._rows),
            nothing=("", "") if self._rows else nothing(self._told, self._topic()),
            footer=self._noted
            or (say("palette.searching") if self._asking.late else footer(self._told, self._topic(), self._rows)),
            notice=self._notice,
            preview=self._previews.shown,
            actions=self._actions,
            acting=self._acting,
            large=self._large,
            left=self._left,
        )

    @property
    def row(self) -> Row | None:
        """The chosen row."""
        return self._rows[self._selected] if 0 <= self._selected < len(self._rows) else None

    @property
    def _actions(self) -> tuple[Action, ...]:
        return actions_of(self.row, fills=self._fills)

    def _topic(self) -> Topic:
        return Topic(self._text.strip(), self._like.title if self._like is not None else "", self._asking.complete)

    # typing

    def prepare(self) -> None:
        """Have the newest files at hand before the window is shown for the first time."""
        self._ask_recent()

    def summon(self) -> None:
        """The window is about to be shown."""
        self._acting, self._large, self._noted = -1, False, ""
        if not self._text.strip() and self._like is None:
            self._ask_recent()
        if not self._warmed:
            self._warmed = True
            self._worker.ask("warm", {}, lambda _event: None)
        self.changed()

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
            self._refused, self._chips = (), ()
            self._ask_recent()
        self.changed()

    def _ask_recent(self) -> None:
        self._fresh, self._moved = True, False
        self._asking.ask("recent", {"limit": RECENT})

    def _question(self) -> dict[str, Any]:
        return {
            "sentence": self._text,
            "plain": [list(one) for one in self._refused],
            "today": self._today().isoformat(),
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
        if complete and self._like is None and self._text.strip() and (outside or not hits) and self._chips:
            self._ask_nearly()
        if not rows and not complete:
            self.changed()  # names and words found nothing; what it means may
            return
        self._show([*self._nearly, *rows, *things_to_do(told, blank=not self._text.strip() and self._like is None)])

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
        return tuple(chip_of(one) for one in told.get("chips", ()))

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
        else:
            self._refused = (*self._refused, (chip.start, chip.end))
        self._ask()

    def remove_last_chip(self) -> None:
        """Take back the last one: Backspace at the start of the query."""
        self.remove_chip(len(self._chips) - 1)

    # moving

    def select(self, place: int) -> None:
        """Choose a row."""
        if not 0 <= place < len(self._rows) or (place == self._selected and self._moved):
            return
        self._moved, self._pending = True, None
        if place != self._selected:
            self._selected = place
            self._chosen()
        self.changed()

    def move(self, steps: int) -> None:
        """Go so many rows down, up if negative; in the list of actions while that is open."""
        if self._acting >= 0:
            self._acting = (self._acting + (1 if steps > 0 else -1)) % max(1, len(self._actions))
            self.changed()
        elif self._rows:
            self.select(min(max(self._selected + steps, 0), len(self._rows) - 1))

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

    # doing

    def enter(self) -> None:
        """Do what the chosen row is for; in the list of actions, the chosen action."""
        if self._acting >= 0:
            self.do_action(self._acting)
        else:
            self.do("open")

    def do_nth(self, place: int) -> None:
        """Choose a row by its number and open it; nothing while the rows are those of an older question."""
        if not self._asking.unanswered and 0 <= place < len(self._rows):
            self.select(place)
            self.do("open")

    def do_action(self, place: int) -> None:
        """Do the action of that number of the list of actions."""
        actions = self._actions
        self._acting = -1
        if 0 <= place < len(actions):
            self.do(actions[place].name)
        self.changed()

    def do(self, action: str) -> None:
        """Do something with the chosen row. While the newest question has no answer yet, wait a moment for its first row."""
        if self._asking.unanswered:
            pending = self._pending = (self._asking.number, action)
            self._later(ENTER_WAITS, lambda: self._give_up_waiting(pending))
            return
        row = self.row
        if row is None:
            return
        if row.path is None:
            self._do_todo(row.do)
        elif row.gone and action in ("open", "look_for"):
            self.type(Path(row.title).stem or row.title)
        elif any(one.name == action for one in self._actions):
            try:
                self._do_with(action, row, row.path)
            except HomespunError as error:
                self._notice = of_error(error)
        self.changed()

    def _do_with(self, action: str, row: Row, path: Path) -> None:
        if action == "similar":
            self._like = row
            self._ask()
        elif action == "leave_out":
            self._undo = path.parent
            self._errands.leave_out(path.parent, self._errand_done)
        elif note := by_doors(self._doors, action, path):
            self._note(note)
        else:
            self.leave()

    def _do_todo(self, do: str) -> None:
        if do.startswith("without "):
            _, start, end = do.split()
            self._refused = (*self._refused, (int(start), int(end)))
            self._ask()
            return
        if do == "folders":
            self._doors.show("folders")
        else:
            self._doors.edit((), do)
        self.leave()

    def _give_up_waiting(self, pending: tuple[int, str]) -> None:
        self._pending = None if self._pending is pending else self._pending

    def _errand_done(self, notice: Notice, *, anew: bool) -> None:
        if anew:
            self._ask()
        self._notice = notice
        self.changed()

    def answer_notice(self, action: str) -> None:
        """Do what a bar offers."""
        notice, self._notice = self._notice, None
        match action:
            case "repair":
                self._errands.repair(self._errand_done)
            case "again":
                self._ask()
            case "undo" if self._undo is not None:
                self._errands.take_back(self._undo, self._errand_done)
            case "details" if notice is not None:
                self._doors.copy_text(notice.details)
                self._note(say("common.details_copied"))
        self.changed()

    # the list of actions, the large preview, leaving

    def open_actions(self, place: int | None = None) -> None:
        """Show what can be done with the chosen row, or with that one; once more closes the list."""
        if place is not None:
            self.select(place)
        opened = self._acting >= 0 and place is None
        self._acting = -1 if opened or self.row is None or self._asking.unanswered else 0
        self._offered = self._actions
        self.changed()

    def point_at_action(self, place: int) -> None:
        """Choose an action without doing it."""
        if place != self._acting and 0 <= place < len(self._actions):
            self._acting = place
            self.changed()

    def enlarge_preview(self, *, on: bool | None = None) -> None:
        """Show the preview over the whole window, or beside the list again."""
        self._large = not self._large if on is None else on
        self.changed()

    def escape(self) -> None:
        """One step back: close what is open, then clear the query, then go."""
        if self._acting >= 0:
            self._acting = -1
        elif self._large:
            self._large = False
        elif self._text or self._like is not None:
            self._text, self._like, self._refused = "", None, ()
            self._ask()
        else:
            self._left += 1
        self.changed()

    def leave(self) -> None:
        """Have the window go: what was wanted is done."""
        self._acting, self._large = -1, False
        self._left += 1
        self.changed()

    def _note(self, words: str) -> None:
        self._noted = words
        self._later(NOTICE, lambda: self._unnote(words))

    def _unnote(self, words: str) -> None:
        self._noted = "" if self._noted == words else self._noted
        self.changed()
