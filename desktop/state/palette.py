"""The palette: a sentence in, files out, and what is done with them."""

from __future__ import annotations

from pathlib import Path

from desktop.state.answers import Answers
from desktop.state.errands import by_doors
from desktop.state.notices import Notice, of_error
from desktop.state.palette_words import Palette, Topic, footer, heading, nothing
from desktop.state.rows import Row
from desktop.words import say
from homespun.errors import HomespunError

ENTER_WAITS = 0.3
"""Seconds that Enter waits for the first answer to what was typed."""

NOTICE = 2.5
"""Seconds that "Copied" stays."""


class PaletteState(Answers):
    """What the palette shows and decides. `left` in the snapshot rises when its window should go.

    What changes the index is done `aside` (`Reading.aside`), so that the app alone never has two writers.
    """

    # what is shown

    def snapshot(self) -> Palette:
        """All that the window shows now."""
        return Palette(
            text=self._text,
            chips=self._chips,
            everything=bool(self._text.strip()) and not self._chips,
            heading=self._scope.heading(self._told) or heading(self._told, self._topic(), self._rows),
            rows=self._rows,
            selected=self._selected if self._rows else -1,
            dimmed=self._asking.late and bool(self._rows),
            nothing=("", "") if self._rows else self._nothing(),
            footer=self._noted
            or (say("palette.searching") if self._asking.late else footer(self._told, self._topic(), self._rows)),
            notice=self._notice,
            preview=self._previews.shown,
            actions=self._actions,
            acting=self._acting,
            large=self._large,
            left=self._left,
        )

    def _topic(self) -> Topic:
        like = self._like.title if self._like is not None else ""
        return Topic(self._text.strip(), like, self._asking.complete, self._scope.name)

    def _nothing(self) -> tuple[str, str]:
        if self._like is None and self._scope.folder is not None and self._asking.complete:
            return self._scope.nothing(self._told, self._text.strip())
        return nothing(self._told, self._topic())

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
        if do == "adopt":
            self._fresh = True
            self._show([])
            self._scope.adopt(lambda notice: self._errand_done(notice, anew=False))
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
