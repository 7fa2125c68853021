"""The one path of long work: from the wish into the table, to the worker process, and its end back into the table.

One job at a time, always. A job takes every core that there is (the engines divide one picture among them), and up to some
gigabytes for a large picture: two at once would take as long together as one after the other, need the memory of both, and
either could cost the other its life.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from desktop.jobs.job import Choices, Job, State, Why
from desktop.jobs.journal import Journal
from desktop.jobs.table import MOST_IN_A_RECORD, Record, Table
from desktop.state.doors import Later
from desktop.state.observed import Observed
from desktop.workers import Ended, Event, Ticket, WorkerProcess
from homespun.errors import ExitCode, HomespunError

MOST_TRIES = 2
"""How often a job may be running when everything dies: then it is taken for the cause."""

LEAVING = 3.0
"""Seconds that a job has to notice that it was cancelled; then its process is ended."""

IDLE = 60.0
"""Seconds without work after which the process goes, with the memory that its models take."""

POWER_EVERY = 20.0
"""Seconds between two looks at the battery."""


class Pause(StrEnum):
    """Why nothing begins."""

    PERSON = "person"
    BATTERY = "battery"
    FULL = "full"
    """The disk is full; also when only the journal found out."""


@dataclass(frozen=True)
class Current:
    """The job under way: when it `began`, and how far it is, which never goes back.

    `paced`: when it was first known how far, and how far that was; starting a process and loading a model is no pace.
    """

    id: int
    began: float
    share: float = 0.0
    done: int = 0
    total: int = 0
    note: str = ""
    paced: tuple[float, float] | None = None
    stopping: bool = False


class Jobs(Observed):
    """All jobs of the app. Everything that a person starts and that takes longer than a glance is one of them."""

    def __init__(
        self,
        worker: WorkerProcess,
        later: Later,
        folder: Path,
        *,
        clock: Callable[[], float] = time.monotonic,
        written: Callable[[Path], None] = lambda _path: None,
    ) -> None:
        """Reads the table from `folder`, and begins nothing before `start`. Whoever can't read it says so in `fault`.

        `written` is called with each file that a job has written.
        """
        super().__init__()
        self._worker, self._later, self._clock, self._written = worker, later, clock, written
        self._journal = Journal(folder / "queue.jsonl")
        self.fault: HomespunError | None = None
        self.paused: Pause | None = None
        self.current: Current | None = None
        self.layout = 0
        """Another number whenever a job came, went or changed its state."""
        self.table = Table()
        self._ticket: Ticket | None = None
        self._started = False
        self._anyway = False
        self._idle = 0
        self._unreadable = False
        self._take_up()
        self.resumed = len(self.table.of[State.WAITING])
        """How many were left when the app was closed or died."""

    # what a person does

    def start(self) -> None:
        """Go on where it stopped."""
        self._started = True
        self._go()

    def submit(self, paths: Sequence[str | Path], choices: Choices, *, order: int | None = None) -> int:
        """Have something done to pictures: before all that waits, because it was asked for last.

        Gives the order of this batch; further pictures of the same wish come with it. What an earlier, finished batch left
        in the table goes when a new one comes.
        """
        records: list[Record] = []
        if order is None:
            order = self.table.next_order
            if not self.busy:
                over = [*self.table.of[State.DONE], *self.table.of[State.CANCELLED]]
                records += [{"do": "remove", "ids": over}] if over else []
        first = self.table.next_id
        for start in range(0, len(paths), MOST_IN_A_RECORD):
            part = [str(path) for path in paths[start : start + MOST_IN_A_RECORD]]
            told = {"choices": choices.told(), "order": order, "first": first + start, "paths": part}
            records.append({"do": "add", **told})
        self.resumed = 0
        self._note(*records)
        self.start()
        return order

    def choose(self, choices: Choices) -> None:
        """Remember a choice for the next question."""
        self._note({"do": "choose", "choices": choices.told()})

    def cancel(self, ids: Iterable[int] | None = None) -> None:
        """Stop these, or all that wait or run. What is done stays; what was under way leaves nothing behind."""
        wanted = set(self.table.jobs if ids is None else ids)
        waiting = [number for number in self.table.of[State.WAITING] if number in wanted]
        if waiting:
            self._note({"do": "cancel", "ids": waiting})
        if self.current is not None and self.current.id in wanted and not self.current.stopping:
            self._stop(self.current)
        self.changed()

    def retry(self, ids: Iterable[int]) -> None:
        """Do these again, before all that waits."""
        wanted = [number for number in ids if self._in(number, State.FAILED, State.CANCELLED)]
        if wanted:
            self.resumed = 0
            self._note({"do": "again", "ids": wanted, "order": self.table.next_order})
            self.start()

    def remove(self, ids: Iterable[int]) -> None:
        """Take rows out of the table; one that runs is stopped first. No file is touched."""
        wanted = list(ids)
        gone = [number for number in wanted if not self._in(number, State.RUNNING)]
        if gone:
            self._note({"do": "remove", "ids": gone})
        if len(gone) < len(wanted):
            self.cancel([number for number in wanted if number not in set(gone)])
        self.changed()

    def pause(self, reason: Pause = Pause.PERSON) -> None:
        """Begin nothing more; what is under way comes to its end, because stopping would lose what it did."""
        if self.paused is not reason:
            self.paused = reason
            self.changed()

    def resume(self) -> None:
        """Go on, on the battery too if that was why it waited: the person has seen it."""
        if self.paused is Pause.BATTERY:
            self._anyway = True
        self.paused = None
        if self.fault is not None:
            self._write_anew()
        self.start()
        self.changed()

    def close(self) -> None:
        """The app ends: what runs is stopped and will begin anew next time, unless its result was written by then."""
        if self.current is not None:
            job = self.table.jobs[self.current.id]
            self._note({"do": "tries", "id": job.id, "tries": job.tries - 1})  # its result may yet be written
            self.current = self._ticket = None
        self._started = False
        self._worker.close()
        self._journal.close()

    @property
    def busy(self) -> bool:
        """Whether something runs or waits."""
        return bool(self.table.of[State.RUNNING] or self.table.of[State.WAITING])

    def job(self, number: int) -> Job:
        """The job with that number. Raises `KeyError`."""
        return self.table.jobs[number]

    # from the table to the worker

    def _go(self) -> None:
        if not self._started or self.paused is not None or self.current is not None:
            return
        waiting = self.table.of[State.WAITING]
        if not waiting:
            self._idle += 1
            self._later(IDLE, lambda idle=self._idle: self._let_go(idle))  # type: ignore[misc]
            return
        job = self.table.jobs[waiting[0]]
        self._note({"do": "run", "id": job.id})
        if self.fault is not None and not self._unreadable:  # it could not be noted
            self._note({"do": "wait", "id": job.id, "tries": job.tries - 1})
            return
        self._idle += 1
        self.current = Current(job.id, self._clock())
        told = {"source": job.source, "choices": job.choices.told(), "tries": job.tries, "anyway": self._anyway}
        self._ticket = self._worker.ask("run", told, lambda event: self._told(job, event))
        self.changed()

    def _told(self, job: Job, event: Event) -> None:
        if self.current is None or self.current.id != job.id:
            return  # the app is closing
        if event.how is Ended.PART:
            self._note({"do": "target", "id": job.id, "path": event.told["target"]}, layout=False)
        elif event.how is Ended.PROGRESS:
            self._progress(self.current, event.told)
        else:
            self._ended(job, event)

    def _progress(self, current: Current, told: Record) -> None:
        done, total = int(told["done"]), int(told["total"])
        share = max(current.share, min(1.0, done / total)) if total else current.share
        paced = current.paced or ((self._clock(), share) if total else None)
        self.current = replace(current, share=share, done=done, total=total, note=str(told["note"]), paced=paced)
        self.changed()

    def _ended(self, job: Job, event: Event) -> None:
        assert self.current is not None
        stopping, began = self.current.stopping, self.current.began
        self.current = self._ticket = None
        told = event.told
        again = {"do": "wait", "id": job.id, "tries": job.tries - 1}
        if event.how is Ended.DONE and told.get("battery"):
            self._note(again)
            self.pause(Pause.BATTERY)
            self._later(POWER_EVERY, self._look_at_power)
        elif event.how is Ended.FAILED and told["error"] == "DiskFull":
            self._note(again)
            self.pause(Pause.FULL)
        else:
            end = _end(event, stopping=stopping)
            end.setdefault("seconds", round(self._clock() - began, 3))
            if end.get("result"):
                self._written(Path(end["result"]))
            self._note({"do": "end", "id": job.id, **end})
        self._go()

    def _stop(self, current: Current) -> None:
        ticket = self._ticket
        assert ticket is not None
        self.current = replace(current, stopping=True)
        ticket.cancel()
        self._later(LEAVING, lambda: self._worker.kill() if self._ticket is ticket else None)

    def _look_at_power(self) -> None:
        if self.paused is Pause.BATTERY:
            self._worker.ask("power", {}, self._power)

    def _power(self, event: Event) -> None:
        if not event.last or self.paused is not Pause.BATTERY:
            return
        if event.how is Ended.DONE and not event.told["wait"]:
            self.paused = None
            self._go()
            self.changed()
        else:
            self._later(POWER_EVERY, self._look_at_power)

    def _let_go(self, idle: int) -> None:
        if idle == self._idle and self.current is None and not self._worker.busy and self._worker.running:
            self._worker.close()
            self._anyway = False

    # the table on disk

    def _take_up(self) -> None:
        """Read the table, settle what was running when everything died, and write it anew."""
        try:
            self.table = self._journal.read()
        except HomespunError as error:
            self.fault, self._unreadable = error, True
            return
        for number in list(self.table.of[State.RUNNING]):
            self.table.apply(_settled(self.table.jobs[number]))
        if not self.table.of[State.WAITING]:
            over = [*self.table.of[State.DONE], *self.table.of[State.CANCELLED]]
            self.table.apply({"do": "remove", "ids": over})
        self._write_anew()

    def _write_anew(self) -> None:
        if self._unreadable:
            return  # what it holds is not known, so it is not replaced
        try:
            self._journal.begin(self.table)
            self.fault = None
        except HomespunError as error:
            self._no_journal(error)

    def _note(self, *records: Record, layout: bool = True) -> None:
        """Into the journal first, then into the table."""
        if self.fault is None:
            try:
                self._journal.write(records)
            except HomespunError as error:
                self._no_journal(error)
        for record in records:
            self.table.apply(record)
        if layout:
            self.layout += 1
            self.changed()

    def _no_journal(self, error: HomespunError) -> None:
        """Nothing new begins that could not be remembered; what is in memory is written as a whole once that works."""
        self.fault = error
        self.pause(Pause.FULL)

    def _in(self, number: int, *states: State) -> bool:
        job = self.table.jobs.get(number)
        return job is not None and job.state in states


def _settled(job: Job) -> Record:
    """What becomes of a job that was running when everything died."""
    if job.target and Path(job.target).exists():  # written whole or not at all: only the note of it was lost
        return {"do": "end", "id": job.id, "state": State.DONE, "result": job.target}
    if job.tries >= MOST_TRIES:
        return {"do": "end", "id": job.id, "state": State.FAILED, "why": Why.TWICE}
    return {"do": "wait", "id": job.id, "tries": job.tries}


def _end(event: Event, *, stopping: bool) -> dict[str, Any]:
    """The end of a call as it is noted."""
    told = event.told
    if event.how is Ended.DONE:
        return {"state": State.DONE, **{name: told[name] for name in ("result", "seconds", "device", "notes")}}
    if event.how is Ended.CANCELLED or stopping:
        return {"state": State.CANCELLED}
    if event.how is Ended.DIED:
        return {"state": State.FAILED, "why": Why.CRASHED}
    if told["code"] == ExitCode.BUG and told.get("details"):
        return {"state": State.FAILED, "why": Why.BUG, "what": told["what"], "notes": [told["details"]]}
    return {"state": State.FAILED, "what": told["what"], "todo": told["todo"]}
