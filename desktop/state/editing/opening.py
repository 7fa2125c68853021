"""Opening a picture, bringing one back that was not saved last time, and going on after the document process died."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.state.doors import Asked
from desktop.state.editing.base import DEATHS, NEVER, Told, box_of, mask_of
from desktop.state.editing.choices import Painter
from desktop.state.editing.history import Edit, History
from desktop.state.editing.marking import Marking
from desktop.state.editing.mask import Mask
from desktop.state.sizes import screen_text
from desktop.words import say
from desktop.words.reasons import reason
from desktop.workers import open_sheet
from desktop.workers.editing.contract import CLOSED
from homespun.errors import ExitCode

IDLE = 0.3
"""Seconds after opening before the kernels are loaded."""

LEAVING = 30.0
"""Seconds after which a process that is still busy when its window is closed is let go all the same: it may be saving."""


WITHOUT_FILE = (ExitCode.NOT_FOUND, ExitCode.DAMAGED)
"""What opening fails with where the file isn't there any more, or isn't what it was."""


@dataclass(frozen=True)
class Left:
    """A document that was not saved when its app ended."""

    number: str
    path: str
    title: str


class Opening(Marking):
    """From nothing to a picture."""

    _left: tuple[Left, ...] = ()
    _opening = ""
    _opening_as = ""
    _turn_of_opening = 0
    _on_its_way: Asked | None = None

    @property
    def recovered(self) -> str:
        """The file whose unsaved work can be brought back; "" = none."""
        return self._left[0].path if self._left else ""

    @property
    def left(self) -> tuple[Left, ...]:
        """All of them, the newest first."""
        return self._left

    def open(self, path: Path) -> None:
        """Open a picture; what was open is forgotten (the window has asked if it was `unsaved`)."""
        path = Path(os.path.abspath(path))
        self._open("open", {"path": str(path)}, str(path), screen_text(path.name))

    def open_pixels(self, png: bytes, name: str) -> None:
        """Open a picture that was pasted or dropped, and has no file."""
        sheet = self.sheet_with(png)
        if sheet is None:
            self.changed()
            return
        self._open("paste", {"sheet": sheet, "length": len(png), "name": name}, "", name)

    def look_back(self, path: Path | None = None, then: Callable[[], None] = lambda: None) -> None:
        """See whether a picture (this one) was not saved last time; `recovered` and a bar tell, and `then` is called."""

        def seen(answer: Told) -> None:
            told = answer["left"]
            found = [Left(str(one["number"]), str(one["path"]), screen_text(str(one["title"]))) for one in told]
            self._left = tuple(one for one in found if path is None or one.path == str(path))
            if self._left:
                words = say("editor.recover", name=self._left[0].title)
                actions = (("recover", say("editor.recover_do")), ("discard", say("editor.recover_not")))
                self.bar("info", words, actions)

        self.ask("left", {"place": str(self.place)}, seen, over=lambda: self.later(0.0, then))

    def recover(self) -> None:
        """Bring the unsaved work back."""
        if self._left:
            left, self._left = self._left[0], self._left[1:]
            self._open("open", {"number": left.number, "steps": -1, "position": -1}, left.path, left.title)

    def discard(self) -> None:
        """Delete it for good."""
        if self._left:
            left, self._left = self._left[0], self._left[1:]
            self.notice = None
            self.ask("drop", {"place": str(self.place), "number": left.number}, lambda _answer: None)
            self.changed()

    def close(self) -> None:
        """The window goes: nothing is kept (it has asked if something was `unsaved`)."""
        if self.closed:
            return
        self.rest()
        for ticket in (self._on_its_way, self.job.ticket if self.job is not None else None):
            if ticket is not None:
                ticket.cancel()
        self.closed = True
        if not self.worker.running:
            if self.number:
                shutil.rmtree(self.place / self.number, ignore_errors=True)
            return
        self._disown()
        self.worker.ask("close", {}, lambda event: self.worker.close() if event.last else None)
        self.later(LEAVING, self.worker.close)  # even if it never hears: a file on a disk that doesn't answer

    def _disown(self) -> None:
        """Even if the process is killed before it has deleted the folder, nobody is asked about it again."""
        folder = self.place / self.number
        if self.number and folder.is_dir():
            try:
                (folder / CLOSED).touch()
            except OSError as error:  # it will be offered next time, which is the safe side
                self.details = str(error)

    # One opening

    def _open(self, do: str, told: dict[str, Any], path: str, title: str) -> None:
        before = self._make_way()
        self.stage = "opening"
        self._opening, self._opening_as = path, title
        self.notice = None
        if before == "empty":
            self.path, self.title = path, title
        begun = False
        self._turn_of_opening += 1
        mine = self._turn_of_opening

        def glimpsed(answer: Told) -> None:
            nonlocal begun
            if mine != self._turn_of_opening:
                _let_go(answer)
                return
            begun = True
            self._begin(int(answer["width"]), int(answer["height"]))
            self.show_display(answer["display"], preview=True)

        def opened(answer: Told) -> None:
            if mine != self._turn_of_opening:
                _let_go(answer)
                self.number = ""  # it took the place of what was open, before it heard that nobody wants it
                return
            size = (int(answer["width"]), int(answer["height"]))
            if not begun or size != (self.width, self.height):
                self._begin(*size)
            self._opened(answer)

        def failed(answer: Told) -> None:
            if mine != self._turn_of_opening:
                return
            self.stage = "empty" if begun or before == "empty" or not self.number else "ready"
            if self.stage == "empty":
                self._nothing()
            self.tell_failure(answer)

        self._on_its_way = self.ask(do, {**told, **self._ours()}, opened, failed=failed, part=glimpsed)
        self.changed()

    def _make_way(self) -> str:
        """Stop what is under way; the stage that is left if the next picture can't be opened."""
        if self._on_its_way is not None:
            self._on_its_way.cancel()
        if self.job is not None and self.job.ticket is not None:
            self.job.ticket.cancel()
        if self.stage == "opening":  # another one, before the first was there
            return "ready" if self.number else "empty"
        return self.stage

    def _ours(self) -> dict[str, Any]:
        return {"place": str(self.place), "owner": os.getpid()}

    def _begin(self, width: int, height: int) -> None:
        """Another picture is on the screen from now on."""
        self.path, self.title = self._opening, self._opening_as
        self.width, self.height = width, height
        self.mask = Mask(width, height)
        self.history = History()
        self._pointed = None
        self.saved, self.saved_as = (0, 0), ""
        self.original, self.original_asked = None, False
        self.done = self.done_edit = self.working = None
        self.number = ""
        self.choices.compare = "off"
        self.choices.fit_brush(width, height)
        self._kept = self.mask_revision + 1
        self.touch_mask(None)

    def _opened(self, answer: Told) -> None:
        """All pixels are there."""
        self.stage = "ready"
        self.deaths = 0
        self._take(answer)
        self.path = str(answer["path"])
        steps = answer["steps"]
        if steps:  # brought back: the pixels of each step are known, what was painted for it is not
            self.history = History()
            self.history.changes = [_edit(one) for one in steps]
            self.history.position = int(answer["position"])
            self.saved = (int(answer["saved"][0]), int(answer["saved"][1]))
        found = mask_of(answer["mask"])
        if found is not None and self.mask is not None and found[0] == found[0].within(self.width, self.height):
            self.stamp(*found)
        lost = int(answer.get("lost", 0))
        if answer.get("notes"):
            self.bar("info", " ".join(map(reason, answer["notes"])))
        if lost:
            self.bar("warning", say("editor.lost", count=lost))
        self.keep_soon()
        self.look_at_models()
        if self.path and not answer.get("lost") and not steps:
            self.look_back(Path(self.path))
        self.later(IDLE, self.warm)

    def _take(self, answer: Told) -> None:
        self.number = str(answer["number"])
        self.show_display(answer["display"])

    def look_at_models(self) -> None:
        """A model came or went: see again what can be done."""
        if self.stage == "ready":
            self.ask("able", {}, self._able, failed=lambda _told: None)

    def _able(self, answer: Told) -> None:
        self.choices.fillers = tuple(str(one) for one in answer["fillers"])
        self.choices.qualities = {str(name): str(filler) for name, filler in answer["qualities"].items()}
        told = answer.get("painter")
        self.choices.use_painter(None if told is None else Painter(str(told["name"]), int(told["pixels"])))

    def _nothing(self) -> None:
        self.path = self.title = self.number = ""
        self.width = self.height = 0
        self.display = self.original = None
        self.mask = None
        self.history = History()
        self.done = self.done_edit = self.working = None
        self.touch(None)
        self.touch_mask(None)

    # The document process died

    def died(self) -> None:
        """Start it again, and have it build the document from its folder; the person is told with one bar."""
        self.worker_lost()
        if self.rebuilding or self.closed:
            return
        if self.stage == "opening":
            self.stage = "ready" if self.number else "empty"
            self.bar("danger", say("editor.died_opening", name=self._opening_as))
            if self.stage == "empty":
                self._nothing()
                return
        if not self.number:
            return
        self.deaths += 1
        if self.deaths > DEATHS:
            self.bar("danger", say("editor.keeps_dying"), (("reopen", say("editor.open_again")),))
            return
        self.rebuilding = True
        self.later(0.0, self._rebuild)

    def worker_lost(self) -> None:
        """What was under way is over; the parts above add theirs."""
        self.working = None
        self.job = None

    def revive(self) -> None:
        """As `died`, for one that nobody waited for."""
        self.deaths += 1
        self.rebuilding = True
        self._rebuild()

    def reopen(self) -> None:
        """Try once more after giving up."""
        self.deaths = 0
        self.notice = None
        self.revive()
        self.changed()

    def _rebuild(self) -> None:
        if self.closed:
            return
        known, position = self.history.all_edits, len(self.history.edits)
        folder = self.place / self.number
        if folder.is_dir():
            told: dict[str, Any] = {"number": self.number, "steps": known, "position": position, "preview": False}
        elif self.path:
            told = {"path": self.path, "preview": False}
        else:
            self._rescue()
            return

        def built(answer: Told) -> None:
            done, there = int(answer["position"]), len(answer["steps"])
            if there < known:
                self.history.keep_edits(there)
            if done < position:
                self.bar("warning", say("editor.lost", count=position - done))
            elif self.notice is None or self.notice.tone != "danger":
                self.bar("info", say("editor.restarted"))
            self._go_on_with(answer)

        def failed(answer: Told) -> None:
            if self.path or int(answer.get("code", ExitCode.BUG)) not in WITHOUT_FILE:
                self.tell_failure(answer, actions=(("reopen", say("editor.open_again")),))
            else:
                self.rebuilding = True
                self._rescue()

        self.ask("open", {**told, **self._ours()}, built, failed=failed, over=self._rebuilt)

    def _go_on_with(self, answer: Told) -> None:
        """The document is in a process again: show it, and have the mask kept there too."""
        self.size_from(answer)
        self._take(answer)
        self._kept = self.mask_revision - 1
        self.keep_soon()
        self.later(IDLE, self.warm)

    def _rescue(self) -> None:
        """A picture that came without a file, and whose folder is gone: what the window shows is all that there is."""
        display = self.display
        assert display is not None  # a document that is open is shown
        level = display.levels[0]
        sheet = self.sheet_with(display.sheet.memory[level.offset : level.offset + level.stride * level.height])
        if sheet is None:
            self._rebuilt()
            return
        told = {"sheet": sheet, "width": level.width, "height": level.height, "stride": level.stride}

        def kept(answer: Told) -> None:
            if self.history.all_edits:  # they can't be taken back any more, and what they made is in no file
                self.saved = NEVER if self.unsaved else (0, 0)
                self.history = History()
            self.done = self.done_edit = self.original = None
            self.original_asked = False
            self._disown()
            self.bar("warning", say("editor.rescued"), (("save_as", say("editor.menu.save_as")),))
            self._go_on_with(answer)

        def failed(answer: Told) -> None:
            self.tell_failure(answer, actions=(("reopen", say("editor.open_again")),))

        told |= {"alpha": display.alpha, "name": self.title}
        self.ask("rescue", {**told, **self._ours()}, kept, failed=failed, over=self._rebuilt)

    def _rebuilt(self) -> None:
        self.rebuilding = False


def _edit(told: Mapping[str, Any]) -> Edit:
    return Edit(str(told["kind"]), box_of(told["box"]), current=int(told["current"]))


def _let_go(told: Told) -> None:
    """A picture that nobody waits for any more: the names of its sheets go."""
    for part in (told["display"], told.get("mask")):
        if part is not None:
            open_sheet(part["sheet"])
