"""Reading the person's files: a run with progress, then watching; paused, held up, died and begun again.

One call at a time goes to the index process, so that the app alone never has two writers. Who has to write as well
(letting go of a folder, forgetting) asks to have reading put `aside` for that long.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum

from desktop.state.doors import Asked, Later, Worker
from desktop.state.notices import Notice, of_failure
from desktop.state.observed import Observed
from desktop.words import say
from desktop.workers import Ended, Event


class Phase(StrEnum):
    """What is going on."""

    REST = "rest"
    NAMES = "names"
    TEXT = "text"
    MEANING = "meaning"
    WATCHING = "watching"
    HELD = "held"
    BATTERY = "battery"
    PAUSED = "paused"
    FAILED = "failed"


WORKING = frozenset({Phase.NAMES, Phase.TEXT, Phase.MEANING})

RESTARTS = (0.5, 2.0, 10.0, 30.0, 60.0)
"""Seconds before the process is started again after its first, second… death in a row; then the person decides."""

STEADY = 120.0
"""Seconds after which a process that died is no longer "in a row"."""

SPEED_KNOWN = 3.0
"""Seconds of a stage after which a time left is told."""


class Reading(Observed):
    """What the index process does now, and how far it is."""

    def __init__(self, worker: Worker, later: Later, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._worker = worker
        self._later = later
        self._clock = clock
        self._phase = Phase.REST
        self._done = self._total = 0
        self._stage_began = (0.0, 0)
        self._held = ("", 0)
        self._ticket: Asked | None = None
        self._wanted = False
        self._paused = False
        self._aside: list[Callable[[Callable[[], None]], None]] = []
        self._deaths = 0
        self._began = 0.0
        self.notice: Notice | None = None
        self.damaged = False
        self.noticed: Callable[[], None] = lambda: None
        """Called when the index holds something new."""

    # what is seen

    @property
    def phase(self) -> Phase:
        """What is going on now."""
        return Phase.PAUSED if self._paused else self._phase

    @property
    def words(self) -> str:
        """The same as a sentence, "" at rest."""
        phase = self.phase
        if phase is Phase.NAMES:
            return say("folders.looking", count=self._done) if self._done else say("folders.looking_first")
        if phase is Phase.TEXT:
            return say("folders.reading", done=self._done, total=self._total)
        if phase is Phase.MEANING:
            return say("folders.meaning", percent=str(int(100 * (self.share or 0))))
        if phase is Phase.HELD:
            name, process = self._held
            return say("folders.held_by", name=name, process=str(process)) if name else say("folders.held")
        return {
            Phase.REST: "",
            Phase.WATCHING: say("folders.watching"),
            Phase.BATTERY: say("folders.battery"),
            Phase.PAUSED: say("folders.paused"),
            Phase.FAILED: say("folders.stopped"),
        }[phase]

    @property
    def share(self) -> float | None:
        """0 to 1, None while nobody knows or nothing is done."""
        return min(1.0, self._done / self._total) if self._total and self.phase in WORKING else None

    @property
    def left(self) -> str:
        """How long this stage will take, "" while nobody knows."""
        began, before = self._stage_began
        gone = self._clock() - began
        if self.share is None or gone < SPEED_KNOWN or self._done <= before:
            return ""
        seconds = (self._total - self._done) * gone / (self._done - before)
        if seconds < 60:
            return say("folders.left_moment")
        return say("folders.left", count=max(1, round(seconds / 60)))

    @property
    def can_pause(self) -> bool:
        """Whether there is something to pause."""
        return not self._paused and self._wanted and self.phase is not Phase.FAILED

    def footer(self) -> str | None:
        """What the palette says under its answers while they may lack something; None when they don't."""
        if self.phase in (Phase.TEXT, Phase.NAMES) and self._total:
            return say("folders.footer_reading", done=self._done, total=self._total)
        if self.phase in (Phase.MEANING, Phase.BATTERY):
            return say("folders.footer_meaning")
        return None

    # what is wanted

    def begin(self) -> None:
        """Bring the index up to date from now on: after the start, and when folders came or went."""
        self._wanted = True
        if self._paused:
            return
        if self._ticket is not None:
            self._ticket.cancel()  # and then runs: a run under way knows nothing of a folder that has just come
        elif not self._aside:
            self._run()
        self.changed()

    def rest(self) -> None:
        """There is nothing to read."""
        self._wanted = False
        self._stop()

    def pause(self) -> None:
        """Stop until the person says otherwise."""
        self._paused = True
        self._stop()

    def resume(self) -> None:
        """Go on, also after it failed."""
        self._paused = False
        self.notice, self._deaths, self.damaged = None, 0, False
        self.begin()

    def aside(self, work: Callable[[Callable[[], None]], None]) -> None:
        """Call `work(done)` when nothing is being written; reading goes on once `done` is called."""
        self._aside.append(work)
        if self._ticket is not None:
            self._ticket.cancel()
        elif len(self._aside) == 1:
            self._work_aside()

    def dismiss(self) -> None:
        """The person has read the notice."""
        self.notice = None
        self.changed()

    # the calls

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        elif not self._aside:
            self._phase = Phase.REST
        self.changed()

    def _go_on(self) -> None:
        """Nothing is under way: do what comes next."""
        if self._aside:
            self._work_aside()
        elif self._wanted and not self._paused:
            self._run()
        else:
            self._phase = Phase.REST
        self.changed()

    def _work_aside(self) -> None:
        work = self._aside[0]

        def done() -> None:
            self._aside.pop(0)
            self._go_on()

        work(done)

    def _run(self) -> None:
        self._begin_stage(Phase.NAMES)
        self._start("run", self._run_said)

    def _watch(self) -> None:
        self._phase = Phase.WATCHING
        self._start("watch", self._watch_said)

    def _start(self, do: str, then: Callable[[Event], None]) -> None:
        self._began = self._clock()
        self._ticket = self._worker.ask(do, {}, then)

    def _run_said(self, event: Event) -> None:
        if event.how is Ended.PROGRESS:
            self._progress(str(event.told["note"]), int(event.told["done"]), int(event.told["total"]))
        elif event.how is Ended.PART:
            self._part(event)
        elif event.how is Ended.DONE:
            self._deaths = 0
            self.notice = None
            self._ticket = None
            self.noticed()
            if self._aside or self._paused or not self._wanted:
                self._go_on()
            else:
                self._watch()
        else:
            self._ended(event)
        self.changed()

    def _watch_said(self, event: Event) -> None:
        if event.how is Ended.PART:
            if self._clock() - self._began > STEADY:
                self._deaths = 0
            self.noticed()
        elif event.last:
            self._ended(event)
        self.changed()

    def _ended(self, event: Event) -> None:
        self._ticket = None
        if event.how is Ended.DIED:
            self._died()
        elif event.how is Ended.FAILED:
            self._failed(event)
        else:
            self._go_on()

    def _died(self) -> None:
        """Nothing is lost: the next run goes on where this one was."""
        if self._clock() - self._began > STEADY:
            self._deaths = 0
        self._deaths += 1
        self._phase = Phase.REST
        if self._aside or self._paused or not self._wanted:
            self._go_on()
        elif self._deaths <= len(RESTARTS):
            self.notice = Notice("warn", say("folders.died"))
            self._later(RESTARTS[self._deaths - 1], self._begin_again)
        else:
            self._phase = Phase.FAILED
            self.notice = Notice("danger", say("folders.died_often"), (("resume", say("common.retry")),))

    def _begin_again(self) -> None:
        if self._ticket is None and not self._aside and self._wanted and not self._paused:
            self._run()
            self.changed()

    def _failed(self, event: Event) -> None:
        if event.told.get("error") == "NotFound":  # no index any more, so nothing to read
            self._wanted = False
            self._go_on()
            return
        self._phase = Phase.FAILED
        self.damaged = event.told.get("error") == "Damaged"
        if self.damaged:
            self.notice = damaged_notice()
        else:
            self.notice = of_failure(event.told, ("resume", say("common.retry")))
        if self._aside:
            self._work_aside()

    def _progress(self, stage: str, done: int, total: int) -> None:
        phase = Phase(stage) if stage in WORKING else self._phase
        if phase is not self._phase or total != self._total or done < self._done:
            self._begin_stage(phase, done)
        self._done, self._total = done, total
        if done:
            self.noticed()

    def _part(self, event: Event) -> None:
        told = event.told
        if told.get("held") is not None:
            self._phase = Phase.HELD
            self._held = (str(told["by"]), int(told["held"]))
        elif told.get("battery"):
            self._phase = Phase.BATTERY
            self.noticed()
        else:
            self._begin_stage(Phase.MEANING if "battery" in told else Phase.NAMES)

    def _begin_stage(self, phase: Phase, done: int = 0) -> None:
        self._phase = phase
        self._done, self._total = done, 0
        self._stage_began = (self._clock(), done)


def damaged_notice() -> Notice:
    """What is said of an index that can't be read, with what mends it."""
    return Notice("danger", say("folders.damaged"), (("repair", say("folders.repair")),))
