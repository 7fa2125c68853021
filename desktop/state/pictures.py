"""The pictures of the index, newest first, and those that words find."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.state.asking import Asking
from desktop.state.doors import Doors, Later, Worker
from desktop.state.errands import trouble
from desktop.state.notices import Notice, of_end, of_error
from desktop.state.observed import Observed
from desktop.state.sizes import day_words, month_words
from desktop.words import say
from desktop.workers import Ended, Event, WorkerProcess
from homespun.errors import HomespunError

PAGE = 400
KEPT = 60
"""Pages that are kept: 24,000 pictures, about 6 MB."""

LOOK_EVERY = 4.0
"""Seconds between two looks whether pictures came or went, while somebody sees them."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Picture:
    """One picture of the index. `dated` is when it was taken, seconds since 1970."""

    path: Path
    name: str
    dated: int

    @property
    def words(self) -> str:
        """Its name and day, for who can't see it."""
        return f"{self.name}, {day_words(_day(self.dated))}"


@dataclass(frozen=True)
class Section:
    """So many pictures that belong together; `title` "" = no head."""

    title: str
    count: int


@dataclass(frozen=True)
class PicturesSnapshot:
    """`generation` rises when other pictures stand in the rows; `blank` = (head, words) when there are none."""

    generation: int
    sections: tuple[Section, ...]
    total: int
    text: str
    blank: tuple[str, str] | None
    notice: Notice | None


class PicturesState(Observed):
    """Rows from 0; `at(row)` gives a picture or asks for it. `search` is the palette's worker."""

    def __init__(self, chores: Worker, search: WorkerProcess, later: Later, doors: Doors) -> None:
        super().__init__()
        self._chores, self._later, self._doors = chores, later, doors
        self._asking = Asking(search, later, self._answered, self._failed, self.changed)
        self._stamp = ""
        self._known = False
        self._folders = True
        self._total = 0
        self._months: tuple[Section, ...] = ()
        self._pages: OrderedDict[int, tuple[int, tuple[Picture, ...]]] = OrderedDict()
        self._asked: set[int] = set()
        self._generation = 0
        self._text = ""
        self._found: tuple[Picture, ...] | None = None
        self._seen = False
        self._looking = False
        self._notice: Notice | None = None

    # what is seen

    def snapshot(self) -> PicturesSnapshot:
        """What the page shows now."""
        found = self._found
        total = self._total if found is None else len(found)
        return PicturesSnapshot(
            generation=self._generation,
            sections=self._months if found is None else (Section("", total),),
            total=total,
            text=self._text,
            blank=self._blank() if self._known and not total else None,
            notice=self._notice,
        )

    def _blank(self) -> tuple[str, str] | None:
        if self._text:
            return None if self._asking.unanswered else (say("pictures.none_found", text=self._text), "")
        if not self._folders:
            return say("pictures.no_folders"), say("pictures.no_folders_next")
        return say("pictures.none"), say("pictures.none_next")

    def at(self, row: int) -> Picture | None:
        """The picture in a row; None = asked for."""
        if self._found is not None:
            return self._found[row] if 0 <= row < len(self._found) else None
        number, place = divmod(row, PAGE)
        generation, pictures = self._pages.get(number, (-1, ()))
        if generation != self._generation:
            self._ask(number)
        return pictures[place] if place < len(pictures) else None

    def row_of(self, path: Path) -> int | None:
        """The row of a picture among those that are loaded."""
        if self._found is not None:
            return next((row for row, one in enumerate(self._found) if one.path == path), None)
        for number, (generation, pictures) in self._pages.items():
            for place, one in enumerate(pictures):
                if one.path == path and generation == self._generation:
                    return number * PAGE + place
        return None

    # looking

    def shown(self) -> None:
        """Somebody looks at the page."""
        if not self._seen:
            self._seen = True
            self.look()

    def hidden(self) -> None:
        """Nobody does any more."""
        self._seen = False

    def look(self) -> None:
        """Look now: pictures may have come or gone."""
        if self._looking:
            return
        self._looking = True
        self._chores.ask("pictures", {"offset": 0, "limit": PAGE, "unless": self._stamp}, self._looked)

    def _look_again(self) -> None:
        if self._seen:
            self.look()

    def _looked(self, event: Event) -> None:
        self._looking = False
        told = event.told
        if event.how is Ended.DONE and not told.get("same"):
            self._take_all(told)
        elif event.how in (Ended.FAILED, Ended.DIED) and not self._known:
            self._known = True
            self._notice = of_end(event, ("look", say("common.retry")))
        if self._seen:
            self._later(LOOK_EVERY, self._look_again)
        self.changed()

    def _take_all(self, told: Mapping[str, Any]) -> None:
        """The first page, and what it says of all the others."""
        first = _pictures(told["pictures"])
        sections = tuple(Section(month_words(date(year, month, 1)), count) for year, month, count in told["months"])
        self._known, self._stamp, self._folders = True, str(told["stamp"]), bool(told["folders"])
        if sections == self._months and first == self._pages.get(0, (0, ()))[1]:
            return  # something else was written
        self._generation += 1
        self._asked.clear()
        self._total, self._months = int(told["total"]), sections
        self._keep(0, first)

    def _ask(self, number: int) -> None:
        if number in self._asked:
            return
        self._asked.add(number)
        generation = self._generation

        def said(event: Event) -> None:
            if generation != self._generation:
                return
            self._asked.discard(number)
            if event.how is Ended.DONE:
                self._keep(number, _pictures(event.told["pictures"]))
                self.changed()

        self._chores.ask("pictures", {"offset": number * PAGE, "limit": PAGE}, said)

    def _keep(self, number: int, pictures: tuple[Picture, ...]) -> None:
        self._pages[number] = (self._generation, pictures)
        self._pages.move_to_end(number)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)

    # words

    def search(self, text: str) -> None:
        """Show only the pictures that these words find, by name and by meaning; all of them for no words."""
        if text.strip() == self._text:
            return
        self._text, self._notice = text.strip(), None
        if self._text:
            self._find()
        else:
            self._asking.forget()
            self._found = None
            self._generation += 1
            self._pages = OrderedDict((number, (self._generation, kept)) for number, (_, kept) in self._pages.items())
        self.changed()

    def _find(self) -> None:
        self._asking.ask("ask", {"sentence": f"kind:photo {self._text}", "limit": 200})

    def _answered(self, told: Mapping[str, Any], complete: bool) -> None:
        if not told.get("hits") and not complete:
            return
        found = [
            Picture(Path(hit["path"]), str(hit["name"]), _seconds(str(hit["date"])))
            for hit in told.get("hits", ())
            if not hit["outside"] and not hit["gone"]
        ]
        if self._found is None or tuple(found) != self._found:
            self._found = tuple(found)
            self._generation += 1
        self.changed()

    def _failed(self, told: Mapping[str, Any]) -> None:
        self._notice = trouble(told)
        self.changed()

    # doing

    def open(self, row: int) -> None:
        """Edit the picture: what a double click and Enter mean here."""
        self._do([row], self._doors.edit)

    def erase(self, rows: Sequence[int]) -> None:
        """One goes to an editor, several to the queue, which asks once."""
        self._edit(rows, "erase")

    def enlarge(self, rows: Sequence[int]) -> None:
        """The same for making them larger."""
        self._edit(rows, "enlarge")

    def _edit(self, rows: Sequence[int], tool: str) -> None:
        self._do(rows, lambda paths: self._doors.edit(paths, tool) if len(paths) == 1 else self._doors.enqueue(paths))

    def open_in_viewer(self, rows: Sequence[int]) -> None:
        """Open in the program that is used for pictures."""
        self._do(rows[:1], lambda paths: self._doors.open_file(paths[0]))

    def open_with(self, rows: Sequence[int]) -> None:
        """Let the person choose a program."""
        self._do(rows[:1], lambda paths: self._doors.open_with(paths[0]))

    def show_in_folder(self, rows: Sequence[int]) -> None:
        """Show the first in its folder."""
        self._do(rows[:1], lambda paths: self._doors.show_in_folder(paths[0]))

    def copy(self, rows: Sequence[int]) -> None:
        """Put the files on the clipboard."""
        self._do(rows, self._doors.copy_files)

    def copy_path(self, rows: Sequence[int]) -> None:
        """Put their paths on the clipboard."""
        self._do(rows, lambda paths: self._doors.copy_text("\n".join(map(str, paths))))

    def act(self, action: str) -> None:
        """What a button of the notice stands for."""
        details = self._notice.details if self._notice is not None else ""
        self._notice = None
        if action == "details":
            self._doors.copy_text(details)
            self._notice = Notice("plain", say("common.details_copied"), (("dismiss", say("common.close")),))
        elif action == "look":
            self.look()
        elif action == "again" and self._text:
            self._find()
        self.changed()

    def _do(self, rows: Sequence[int], door: Callable[[list[Path]], None]) -> None:
        """Go through a door with the pictures of these rows, once all are known: many may have been chosen unseen."""
        found = self._found
        pages: dict[int, tuple[Picture, ...]] = {}
        if found is None:
            pages = {
                number: kept for number, (generation, kept) in self._pages.items() if generation == self._generation
            }
        generation = self._generation

        def gather() -> None:
            missing = next((row // PAGE for row in rows if found is None and row // PAGE not in pages), None)
            if missing is None:
                go()
            else:
                self._chores.ask(
                    "pictures", {"offset": missing * PAGE, "limit": PAGE}, lambda event: take(missing, event)
                )

        def take(number: int, event: Event) -> None:
            if event.how is Ended.DONE and generation == self._generation:
                pages[number] = _pictures(event.told["pictures"])
                gather()

        def go() -> None:
            if found is not None:
                paths = [found[row].path for row in rows if row < len(found)]
            else:
                near = ((pages[row // PAGE], row % PAGE) for row in rows)
                paths = [page[place].path for page, place in near if place < len(page)]
            if paths:
                self._through(door, paths)

        gather()

    def _through(self, door: Callable[[list[Path]], None], paths: list[Path]) -> None:
        try:
            door(paths)
        except HomespunError as error:
            self._notice = of_error(error, ("dismiss", say("common.close")))
            self.changed()


def _pictures(told: Sequence[Sequence[Any]]) -> tuple[Picture, ...]:
    return tuple(Picture(Path(path), str(name), int(dated)) for path, name, dated in told)


def _day(seconds: int) -> date:
    """The day of a moment, also of one before 1970 or after 2038, which some systems' clocks refuse."""
    try:
        return datetime.fromtimestamp(seconds).astimezone().date()
    except (ValueError, OverflowError, OSError):
        return (_EPOCH + timedelta(seconds=seconds)).date()


def _seconds(moment: str) -> int:
    try:
        return int(datetime.fromisoformat(moment).timestamp())
    except ValueError:
        return 0
