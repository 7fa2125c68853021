"""What all parts of the editor's state share: the picture on the screen, the process that has its pixels, the one bar."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from desktop.state.doors import Asked, Doors, Later, Worker
from desktop.state.editing.boxes import Box
from desktop.state.editing.choices import Choices
from desktop.state.editing.estimates import Paces
from desktop.state.editing.history import Edit, History
from desktop.state.editing.mask import Mask
from desktop.state.editing.snapshot import Display, Done, Notice, Working
from desktop.state.observed import Observed
from desktop.words import say
from desktop.words.reasons import failure
from desktop.workers import Ended, Event, open_sheet, sheet_of
from desktop.workers.editing.contract import Level
from homespun.errors import ExitCode, HomespunError
from homespun.settings import Settings

Told = Mapping[str, Any]
Then = Callable[[Told], None]

RECENT = 4
"""So many changes are told together as dirty, for a window that paints once for several."""

NEVER = (-1, 0)
"""What was saved when nothing that can still be reached was."""

DEATHS = 3
"""So often the document process is started again for one picture without anything done in between."""


class DocumentProcess(Worker, Protocol):
    """The window's own process, which the state starts and ends."""

    @property
    def running(self) -> bool: ...
    def start(self) -> None: ...
    def close(self) -> None: ...


@dataclass
class Job:
    """What the big button started."""

    kind: str
    box: Box
    marks: bytes
    attempt: int
    floor: int
    """The history's position when it began: strokes since then can be undone meanwhile."""
    filler: str | None = None
    ticket: Asked | None = None
    stopping: bool = False
    prepared: bool = False
    """Something was compiled meanwhile: its seconds say nothing of the next one."""


class Editing(Observed):
    """The common ground. Each part of the state is a class on top of the one before."""

    def __init__(
        self, worker: DocumentProcess, later: Later, doors: Doors, settings: Callable[[], Settings], folder: Path
    ) -> None:
        """`folder` is `folders().data`: documents are kept in `editing` there, paces in `app/paces.json`."""
        super().__init__()
        self.worker, self.later, self.doors, self.settings = worker, later, doors, settings
        self.place = folder / "editing"
        self.paces = Paces(folder / "app" / "paces.json")
        self.choices = Choices()
        self.closed = False
        self.stage = "empty"
        self.path = ""
        self.title = ""
        self.number = ""
        """The document's folder; "" = none is open."""
        self.width = self.height = 0
        self.display: Display | None = None
        self.preview = False
        self.original: Display | None = None
        self.original_asked = False
        self.revision = self.mask_revision = 0
        self.dirty: deque[Box | None] = deque(maxlen=RECENT)
        self.mask_dirty: deque[Box | None] = deque(maxlen=RECENT)
        self.mask: Mask | None = None
        self.history = History()
        self.job: Job | None = None
        self.working: Working | None = None
        self.notice: Notice | None = None
        self.done: Done | None = None
        self.done_edit: Edit | None = None
        self.saved: tuple[int, int] = (0, 0)
        self.saved_as = ""
        self.deaths = 0
        self.rebuilding = False
        self.details = ""
        self._warming: Asked | None = None

    # Asking the document process

    def ask(
        self,
        do: str,
        told: Told,
        then: Then,
        *,
        failed: Then | None = None,
        over: Callable[[], None] = lambda: None,
        part: Then = lambda _told: None,
        progress: Then = lambda _told: None,
    ) -> Asked:
        """Have `do` done. `then` gets the answer, `failed` what went wrong (else a bar says it), `over` is called
        before either and when it was cancelled; a process that died is started again, and the person told."""
        self.rest()
        if self.number and not self.rebuilding and not self.worker.running:
            self.revive()  # it died while nothing was asked; what is asked now waits until the document is back

        def tell(event: Event) -> None:
            if event.last:
                self._forget_sheet(told)
            if self.closed:
                return
            if event.how is Ended.PART:
                part(event.told)
            elif event.how is Ended.PROGRESS:
                progress(event.told)
            else:
                over()
                if event.how is Ended.DONE:
                    then(event.told)
                elif event.how is Ended.DIED:
                    self.died()
                elif event.how is Ended.FAILED:
                    (failed or self.tell_failure)(event.told)
            self.changed()

        return self.worker.ask(do, told, tell)

    def rest(self) -> None:
        """Stop what is only done because nothing else is."""
        if self._warming is not None:
            self._warming.cancel()

    def warm(self) -> None:
        """Have the process load what the first edit would wait for, while nothing else is asked."""
        if self.closed or self._warming is not None or self.job is not None:
            return

        def tell(event: Event) -> None:
            if event.last:
                self._warming = None
                if event.how is Ended.CANCELLED:
                    self.later(1.0, self.warm)
                elif event.how is Ended.DIED:
                    self.died()

        self._warming = self.worker.ask("warm", {}, tell)

    def revive(self) -> None:
        """Bring the document back in a new process; `opening` overrides this."""
        raise NotImplementedError

    def died(self) -> None:
        """The process is gone; `opening` overrides this with what brings it back."""
        raise NotImplementedError

    @staticmethod
    def _forget_sheet(told: Told) -> None:
        """The name of a sheet that the process didn't live to open."""
        if (sheet := told.get("sheet")) is not None:
            with suppress(OSError):
                os.unlink(sheet)

    # What is on the screen

    def show_display(self, told: Told, *, preview: bool = False) -> None:
        """Another sheet holds the picture now."""
        self.display = display_of(told)
        self.preview = preview
        self.touch(None)

    def touch(self, box: Box | None) -> None:
        """The pixels in `box` changed (None = all)."""
        self.revision += 1
        self.dirty.append(box)

    def touch_mask(self, box: Box | None) -> None:
        """The mask changed there."""
        self.mask_revision += 1
        self.mask_dirty.append(box)

    @property
    def edited(self) -> bool:
        """Whether the picture is not as it was opened."""
        return bool(self.history.edits)

    @property
    def now(self) -> tuple[int, int]:
        """What a save would write: how many edits, and which result of the last."""
        edits = self.history.edits
        return len(edits), edits[-1].current if edits else 0

    def edited_anew(self, edit: Edit) -> None:
        """Note an edit. What was saved and then undone can't come back after it, so nothing equals the saved file."""
        if self.saved[0] > len(self.history.edits):
            self.saved = NEVER
        self.history.push(edit)

    @property
    def changes(self) -> int:
        """Edits that are not in the file that was saved last."""
        if self.now == self.saved:
            return 0
        if self.saved == NEVER:
            return max(1, self.now[0])
        return max(1, abs(self.now[0] - self.saved[0]))

    @property
    def unsaved(self) -> bool:
        """Whether closing would lose something: the window asks then."""
        return self.changes > 0

    # The bar

    def tell_failure(self, told: Told, *, actions: tuple[tuple[str, str], ...] = ()) -> None:
        """Say what went wrong, and what to do."""
        self.details = str(told.get("details") or f"{told.get('error', '')}: {told.get('what', '')}")
        if int(told.get("code", ExitCode.BUG)) == ExitCode.BUG:
            self.bar("danger", say("common.bug"), (("copy_details", say("common.copy_details")), *actions))
        else:
            self.bar("danger", failure(told), actions)

    def tell_error(self, error: HomespunError) -> None:
        """The same for an error that was raised here."""
        self.tell_failure({"what": error.what, "todo": error.todo, "code": int(error.code)})

    def bar(self, tone: str, words: str, actions: tuple[tuple[str, str], ...] = ()) -> None:
        """Show a bar; it takes the place of the one before."""
        self.notice = Notice(tone, words, actions)

    # Sheets

    def sheet_with(self, data: bytes) -> str | None:
        """The path of a sheet that holds `data`; None, and a bar, where there is no memory left for it."""
        try:
            return os.fspath(sheet_of(data))
        except HomespunError as error:
            self.tell_error(error)
            return None

    def sheet_for(self, box: Box, data: bytes) -> dict[str, Any] | None:
        """A part of the mask for the process, as a call's arguments; else as `sheet_with`."""
        path = self.sheet_with(data)
        return None if path is None else {"sheet": path, "box": list(box)}


def display_of(told: Told) -> Display:
    """The display that the process told of."""
    levels = tuple(Level(*(int(value) for value in level)) for level in told["levels"])
    return Display(
        open_sheet(told["sheet"]), int(told["width"]), int(told["height"]), levels, alpha=bool(told["alpha"])
    )


def mask_of(told: Told | None) -> tuple[Box, bytes] | None:
    """The mask that the process answered."""
    if told is None:
        return None
    box = box_of(told["box"])
    assert box is not None
    return box, bytes(open_sheet(told["sheet"]).memory[: box.width * box.height])


def box_of(told: Any) -> Box | None:
    """A box that the process told of."""
    return None if told is None else Box(*(int(value) for value in told))
