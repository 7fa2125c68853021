"""The table: all jobs, and in which order they are done. It changes by records alone, so that a journal can repeat it."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from desktop.jobs.job import Choices, Job, State, choices_from

Record = Mapping[str, Any]

MOST_IN_A_RECORD = 500
"""Pictures in one line of the journal: half a millisecond of writing."""


class Table:
    """Jobs by number, and the numbers of each state: those waiting in their order, the others as they came there."""

    def __init__(self) -> None:
        self.jobs: dict[int, Job] = {}
        self.of: dict[State, list[int]] = {state: [] for state in State}
        self.choice: Choices | None = None
        """What was chosen last, for the next question."""
        self.next_id = 1
        self.next_order = 1
        self._acts: Mapping[str, Callable[[Record], None]] = {
            "add": self._add,
            "run": self._run,
            "target": self._target,
            "tries": self._tries,
            "wait": self._wait,
            "end": self._end,
            "again": self._again,
            "cancel": self._cancel,
            "remove": self._remove,
            "choose": self._choose,
            "rows": self._rows,
        }

    def apply(self, record: Record) -> None:
        """Make a change. Raises `KeyError`, `TypeError` or `ValueError` for a record that can't be, and changes nothing."""
        self._acts[record["do"]](record)

    def _move(self, job: Job, state: State) -> None:
        if job.state is not state:
            self._leave(job)
            job.state = state
            self._enter(job)

    def _leave(self, job: Job) -> None:
        numbers = self.of[job.state]
        if numbers and numbers[0] == job.id:  # the next one that waits, which is the usual case
            del numbers[0]
        else:
            numbers.remove(job.id)

    def _enter(self, job: Job) -> None:
        numbers = self.of[job.state]
        if job.state is State.WAITING:
            bisect.insort(numbers, job.id, key=self._place)
        else:
            numbers.append(job.id)

    def _place(self, number: int) -> tuple[int, int]:
        return -self.jobs[number].order, number

    def _add(self, record: Record) -> None:
        choices = choices_from(record["choices"])
        order = int(record["order"])
        first = int(record["first"])
        sources = record["paths"]
        if not isinstance(sources, list) or not all(isinstance(one, str) for one in sources) or first < self.next_id:
            raise ValueError("no new pictures")
        made = [Job(first + offset, source, choices, order) for offset, source in enumerate(sources)]
        self.jobs.update({job.id: job for job in made})
        waiting = self.of[State.WAITING]
        place = bisect.bisect(waiting, (-order, first), key=self._place)
        waiting[place:place] = [job.id for job in made]
        self.choice = choices
        self.next_id = first + len(made)
        self.next_order = max(self.next_order, order + 1)

    def _run(self, record: Record) -> None:
        job = self.jobs[record["id"]]
        if job.state is not State.WAITING or self.of[State.RUNNING]:
            raise ValueError(job.state)  # two never run at once: `work.py` says why
        job.tries += 1
        job.target = ""
        self._move(job, State.RUNNING)

    def _target(self, record: Record) -> None:
        self.jobs[record["id"]].target = str(record["path"])

    def _tries(self, record: Record) -> None:
        """The app was closed in the middle of it, which is no fault of the job."""
        self.jobs[record["id"]].tries = int(record["tries"])

    def _wait(self, record: Record) -> None:
        """It didn't begin after all, or the app was ended in the middle and tries once more."""
        job = self.jobs[record["id"]]
        if job.state is not State.RUNNING:
            raise ValueError(job.state)
        job.tries = int(record["tries"])
        self._move(job, State.WAITING)

    def _end(self, record: Record) -> None:
        job, state = self.jobs[record["id"]], State(record["state"])
        if state in (State.WAITING, State.RUNNING):
            raise ValueError(state)
        seconds, notes = float(record.get("seconds", 0.0)), tuple(map(str, record.get("notes", ())))
        job.seconds, job.notes = seconds, notes
        job.result, job.device = str(record.get("result", "")), str(record.get("device", ""))
        job.what, job.todo, job.why = (str(record.get(name, "")) for name in ("what", "todo", "why"))
        job.tries, job.target = 0, ""
        self._move(job, state)

    def _again(self, record: Record) -> None:
        order = int(record["order"])
        wanted = set(map(int, record["ids"]))
        jobs = [self.jobs[number] for number in sorted(wanted & self.jobs.keys())]
        jobs = [job for job in jobs if job.state in (State.FAILED, State.CANCELLED, State.WAITING)]
        self._take_out(jobs)
        for job in jobs:
            job.state, job.order, job.tries = State.WAITING, order, 0
            job.what = job.todo = job.why = ""
        self.of[State.WAITING] = sorted([*self.of[State.WAITING], *(job.id for job in jobs)], key=self._place)
        self.next_order = max(self.next_order, order + 1)

    def _cancel(self, record: Record) -> None:
        """Those that wait are waited for no longer."""
        wanted = set(map(int, record["ids"]))
        jobs = [self.jobs[number] for number in self.of[State.WAITING] if number in wanted]
        self._take_out(jobs)
        for job in jobs:
            job.state = State.CANCELLED
        self.of[State.CANCELLED].extend(job.id for job in jobs)

    def _remove(self, record: Record) -> None:
        wanted = set(map(int, record["ids"])) - set(self.of[State.RUNNING])
        jobs = [self.jobs[number] for number in wanted & self.jobs.keys()]
        self._take_out(jobs)
        for job in jobs:
            del self.jobs[job.id]

    def _choose(self, record: Record) -> None:
        self.choice = choices_from(record["choices"])

    def _rows(self, record: Record) -> None:
        """Jobs as they are, many in a record: what a compacted journal is made of."""
        state, choices = State(record["state"]), choices_from(record["choices"])
        rows = record["rows"]
        if any([type(value) for value in row] != _TYPES for row in rows):
            raise TypeError("rows of another shape")
        jobs = {row[0]: _job(row, state, choices) for row in rows}
        if len(jobs) < len(rows) or not self.jobs.keys().isdisjoint(jobs):
            raise ValueError("a job twice")
        self.jobs.update(jobs)
        numbers = self.of[state]
        numbers += jobs
        if state is State.WAITING:
            numbers.sort(key=self._place)
        self.next_id = max(self.next_id, *(number + 1 for number in jobs), 1)
        self.next_order = max(self.next_order, *(job.order + 1 for job in jobs.values()), 1)

    def _take_out(self, jobs: Iterable[Job]) -> None:
        by_state: dict[State, set[int]] = {}
        for job in jobs:
            by_state.setdefault(job.state, set()).add(job.id)
        for state, numbers in by_state.items():
            self.of[state] = [number for number in self.of[state] if number not in numbers]


def _job(row: list[Any], state: State, choices: Choices) -> Job:
    """The job of a checked row."""
    number, source, order, tries, target, result, what, todo, why, seconds, device, notes = row
    told = tuple(map(str, notes))
    return Job(number, source, choices, order, state, tries, target, result, what, todo, why, seconds, device, told)


def row_told(job: Job) -> list[Any]:
    """What a job holds beside its state and choices, as JSON; `_TYPES` says of what kind."""
    return [
        job.id, job.source, job.order, job.tries, job.target, job.result, job.what, job.todo, job.why, job.seconds,
        job.device, list(job.notes),
    ]  # fmt: skip


_TYPES = [int, str, int, int, str, str, str, str, str, float, str, list]


def compacted(table: Table) -> Iterator[Record]:
    """The fewest records that make the same table."""
    for state in State:
        part: list[Job] = []
        for number in table.of[state]:
            job = table.jobs[number]
            if part and (len(part) == MOST_IN_A_RECORD or job.choices != part[0].choices):
                yield _of_rows(part)
                part = []
            part.append(job)
        if part:
            yield _of_rows(part)
    if table.choice is not None:
        yield {"do": "choose", "choices": table.choice.told()}


def _of_rows(jobs: list[Job]) -> Record:
    rows = [row_told(job) for job in jobs]
    return {"do": "rows", "state": jobs[0].state, "choices": jobs[0].choices.told(), "rows": rows}
