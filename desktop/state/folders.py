"""The folders that are searched: what is known of each, what was not read and why, and letting go of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.state.doors import Doors, Later, Worker
from desktop.state.folder_rows import (
    FoldersSnapshot,
    ProblemRow,
    ReadingLine,
    WhyRow,
    folder_row,
    name_of,
    problem_row,
    why_row,
)
from desktop.state.notices import Notice, of_end, of_error
from desktop.state.observed import Observed
from desktop.state.reading import WORKING, Phase, Reading, damaged_notice
from desktop.state.sizes import moment_words, size_words
from desktop.words import say
from desktop.words.reasons import failure, reason
from desktop.workers import Ended, Event
from homespun.errors import HomespunError

PROBLEMS_SHOWN = 200
LOOK_EVERY = 2.0
"""Seconds between two looks at the index while it changes."""


class FoldersState(Observed):
    """`chores` answers at once, `index` is the process that reads."""

    def __init__(
        self,
        chores: Worker,
        index: Worker,
        later: Later,
        doors: Doors,
        *,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        super().__init__()
        self._chores = chores
        self._later = later
        self._doors = doors
        self._now = now
        self.engine = Reading(index, later)
        self.engine.noticed = self._look_soon
        self.engine.subscribe(self._engine_changed)
        self._phase = self.engine.phase
        self._told: Mapping[str, Any] = {}
        self._looking = self._look_waits = False
        self._next_looks: list[Callable[[], None] | None] = []
        self._notice: Notice | None = None
        self._asked: tuple[str, str] = ("", "")
        self._problems: tuple[ProblemRow, ...] = ()
        self._problem_total = 0
        self._problems_open = False
        self._why: WhyRow | None = None
        self._why_path = ""

    # what is seen

    def snapshot(self) -> FoldersSnapshot:
        """What the page shows now."""
        count = int(self._told.get("problems", 0))
        more = self._problem_total - len(self._problems)
        return FoldersSnapshot(
            known=bool(self._told) or self._notice is not None,
            rows=tuple(map(folder_row, self._told.get("roots", ()))),
            line=self._line(),
            facts=self._facts(),
            notice=self._notice or self.engine.notice,
            problem_count=count,
            all_read=not self._told.get("waiting_text", 0)
            and self.engine.phase is not Phase.TEXT
            and all(root["looked"] for root in self._told.get("roots", ())),
            problems=self._problems if self._problems_open else (),
            problems_open=self._problems_open,
            problems_more=say("folders.problems_more", count=more) if more > 0 and self._problems_open else "",
            why=self._why,
        )

    @property
    def any_folder(self) -> bool:
        """Whether a folder is searched."""
        return bool(self._told.get("roots"))

    @property
    def paused(self) -> bool:
        """Whether the person has paused reading."""
        return self.engine.phase is Phase.PAUSED

    def pause(self) -> None:
        """Read nothing until `resume`; the tray asks for it too."""
        self.act("pause")

    def resume(self) -> None:
        """Go on."""
        self.act("resume")

    def reading(self) -> str | None:
        """For the palette's footer: why answers may lack something, or None."""
        return self.engine.footer()

    def _line(self) -> ReadingLine:
        engine = self.engine
        phase = engine.phase
        if phase is Phase.WATCHING and self._waiting():
            phase = Phase.BATTERY if self._told.get("battery") else Phase.MEANING
        words = say("folders.battery") if phase is Phase.BATTERY else engine.words or say("folders.resting")
        button: tuple[str, str] | None = None
        if engine.can_pause and phase is not Phase.REST:
            button = ("pause", say("folders.pause"))
        elif phase is Phase.PAUSED:
            button = ("resume", say("folders.resume"))
        return ReadingLine(
            phase=str(phase),
            words=words,
            note=" ".join(part for part in (engine.left, self._note(phase)) if part),
            share=engine.share,
            busy=phase in WORKING and engine.phase is not Phase.WATCHING,
            button=button,
        )

    def _note(self, phase: Phase) -> str:
        return {
            Phase.TEXT: say("folders.reading_note"),
            Phase.MEANING: say("folders.meaning_note"),
            Phase.WATCHING: say("folders.watching_note"),
            Phase.PAUSED: say("folders.paused_note"),
            Phase.BATTERY: say("folders.battery_note"),
            Phase.HELD: say("folders.held_note"),
        }.get(phase, "")

    def _waiting(self) -> bool:
        return bool(self._told.get("waiting_vectors") or self._told.get("waiting_text"))

    def _facts(self) -> str:
        if not self.any_folder:
            return ""
        files, size = say("common.files", count=int(self._told["files"])), size_words(int(self._told["index_bytes"]))
        if not self._told.get("last_run"):
            return say("folders.facts_never", files=files, size=size)
        when = moment_words(datetime.fromisoformat(self._told["last_run"]), self._now().date())
        return say("folders.facts", files=files, size=size, when=when)

    # looking

    def start(self) -> None:
        """Look at the index, and read what is new in it if it has folders."""
        self._look(then=self._begin)

    def look(self) -> None:
        """Look again: the page is shown, or somebody else may have changed something."""
        self._look()

    def _begin(self) -> None:
        if self.any_folder:
            self.engine.begin()

    def _engine_changed(self) -> None:
        before, self._phase = self._phase, self.engine.phase
        if self._phase is Phase.WATCHING and before is not Phase.WATCHING:
            self._look()  # the run is over: its numbers stand now
        self.changed()

    def _look_soon(self) -> None:
        if not self._look_waits:
            self._look_waits = True
            self._later(LOOK_EVERY, self._look)

    def _look(self, then: Callable[[], None] | None = None) -> None:
        """Look at the index, and once more if somebody asked meanwhile: what is under way may be older than their change."""
        self._look_waits = False
        if self._looking:
            self._next_looks.append(then)
            return
        self._looking = True

        def said(event: Event) -> None:
            self._looking = False
            self._looked(event)
            if then is not None:
                then()
            self.changed()
            if self._next_looks:
                waiting, self._next_looks = self._next_looks, []
                self._look(lambda: _all_of(waiting))

        self._chores.ask("index_overview", {}, said)

    def _looked(self, event: Event) -> None:
        if event.how is Ended.DONE:
            self._told = event.told
            if not self.any_folder:
                self.engine.rest()
            if self._problems_open:
                self._list_problems()
        elif event.how is Ended.FAILED and event.told.get("error") == "Damaged":
            self.engine.damaged = True
            self._notice = damaged_notice()
        elif event.last:
            self._notice = _unhappy(event, ("look", say("common.retry")))

    # folders

    def add(self, paths: Sequence[Path | str], then: Callable[[Notice | None], None] = lambda _notice: None) -> None:
        """Search these folders from now on; `then` hears why one was refused, None when none was."""
        if not paths:
            return

        def said(event: Event) -> None:
            if event.how is Ended.DONE:
                refused = [failure(one) for one in event.told["refused"]]
                warned = [reason(one) for added in event.told["added"] for one in added["warnings"]]
                self._notice = Notice("warn", " ".join((*refused, *warned))) if refused or warned else None
                if event.told["added"]:
                    self._look(then=self._begin)
                then(self._notice if refused else None)
            elif event.last:
                self._notice = _unhappy(event, ("dismiss", say("common.close")))
                then(self._notice)
            self.changed()

        self._notice = None
        self._chores.ask("index_add", {"paths": [os.fspath(path) for path in paths]}, said)

    def ask_to_remove(self, path: str) -> None:
        """The person wants a folder no longer searched: ask once, in the bar."""
        self._ask("remove", path, say("folders.remove_ask", name=name_of(path)), say("folders.remove"))

    def ask_to_forget(self, path: Path | str) -> None:
        """The person wants every trace of a file or folder gone: ask once, in the bar."""
        path = os.fspath(path)
        self._ask("forget", path, say("folders.forget_ask", name=name_of(path)), say("folders.forget_one"))

    def _ask(self, what: str, path: str, words: str, yes: str) -> None:
        self._asked = (what, path)
        self._notice = Notice("warn", words, (("yes", yes), ("dismiss", say("folders.keep"))))
        self.changed()

    def exclude(self, path: Path | str) -> None:
        """Never read a file or folder again, and forget what is known of it."""
        self._write(
            "index_exclude", os.fspath(path), lambda _told: say("folders.excluded", name=name_of(os.fspath(path)))
        )

    def _agreed(self) -> None:
        what, path = self._asked
        if what == "remove":
            self._write("index_remove", path, lambda _told: say("folders.removed", name=name_of(path)))
        elif what == "forget":
            self._write("index_forget", path, lambda told: say("folders.forgot", count=int(told["files"])))

    def _write(self, do: str, path: str, words: Callable[[Mapping[str, Any]], str]) -> None:
        """Do something that writes, while reading stands aside."""
        self._notice = None

        def work(done: Callable[[], None]) -> None:
            def said(event: Event) -> None:
                if event.how is Ended.DONE:
                    self._notice = Notice("good", words(event.told), (("dismiss", say("common.close")),))
                else:
                    self._notice = _unhappy(event, ("dismiss", say("common.close")))
                self._look()
                done()

            self._chores.ask(do, {"path": path}, said)

        self.engine.aside(work)
        self.changed()

    # what was not read, and why

    def show_problems(self, *, shown: bool) -> None:
        """Open or close the list."""
        self._problems_open = shown
        if shown:
            self._list_problems()
        self.changed()

    def _list_problems(self) -> None:
        def said(event: Event) -> None:
            if event.how is Ended.DONE:
                self._problem_total = int(event.told["total"])
                self._problems = tuple(map(problem_row, event.told["problems"]))
                self.changed()

        self._chores.ask("index_problems", {"limit": PROBLEMS_SHOWN}, said)

    def ask_why(self, path: str) -> None:
        """Why is this file found, or not?"""
        if not path.strip():
            self._why = None
            self.changed()
            return

        def said(event: Event) -> None:
            if event.how is Ended.DONE:
                self._why = why_row(event.told)
                self._why_path = str(event.told["path"])
            elif event.last:
                self._notice = _unhappy(event, ("dismiss", say("common.close")))
            self.changed()

        self._chores.ask("index_why", {"path": path}, said)

    # everything else that has a button

    def act(self, action: str) -> None:
        """What a button of a notice or line stands for."""
        if action == "details" and (notice := self._notice or self.engine.notice) is not None:
            self._doors.copy_text(notice.details)
            self._notice = Notice("plain", say("common.details_copied"), (("dismiss", say("common.close")),))
            self.changed()
            return
        doing: dict[str, Callable[[], None]] = {
            "pause": self.engine.pause,
            "resume": self.engine.resume,
            "dismiss": self.engine.dismiss,
            "look": self._look,
            "repair": self._repair,
            "yes": self._agreed,
            "run": self.engine.resume,
            "add_why": lambda: self.add([str(Path(self._why_path).parent)]),
        }
        self._notice = None
        doing[action]()
        if action in ("run", "add_why"):
            self._why = None
        self.changed()

    def show(self, path: str) -> None:
        """Show a file or folder in the file manager."""
        self._through(lambda: self._doors.show_in_folder(Path(path)))

    def open(self, path: str) -> None:
        """Open a file that was not read."""
        self._through(lambda: self._doors.open_file(Path(path)))

    def _through(self, door: Callable[[], None]) -> None:
        try:
            door()
        except HomespunError as error:
            self._notice = of_error(error, ("dismiss", say("common.close")))
            self.changed()

    def _repair(self) -> None:
        def work(done: Callable[[], None]) -> None:
            def said(event: Event) -> None:
                if event.how is Ended.DONE:
                    self.engine.damaged = False
                    self.engine.dismiss()
                    self._notice = Notice("good", say("folders.repaired"), (("dismiss", say("common.close")),))
                    self._look(then=self._begin)
                else:
                    self._notice = _unhappy(event, ("repair", say("folders.repair")))
                done()
                self.changed()

            self._chores.ask("index_renew", {}, said)

        self.engine.aside(work)


def _unhappy(event: Event, *actions: tuple[str, str]) -> Notice | None:
    return None if not event.last or event.how is Ended.CANCELLED else of_end(event, *actions)


def _all_of(then: Sequence[Callable[[], None] | None]) -> None:
    for each in then:
        if each is not None:
            each()
