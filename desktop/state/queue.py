"""The queue: many pictures, honest progress, and never a question that stops the rest."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.jobs.job import Enlarge, State
from desktop.jobs.walk import is_picture
from desktop.jobs.work import IDLE, Jobs, Pause
from desktop.state.doors import Doors, Later
from desktop.state.observed import Observed
from desktop.state.queue_ask import Ask, Question
from desktop.state.queue_rows import Row, left_words, row_of, seconds_left, seconds_whole
from desktop.words import say
from desktop.words.reasons import failure
from desktop.workers import Ended, Event, WorkerProcess
from homespun.errors import ExitCode, HomespunError

TELLING = 10.0
"""Seconds of work whose end is worth a notification."""

PACE = 12
"""Pictures that the pace is measured on: enough to be steady, few enough to follow the pictures' size."""

ORDER = (State.RUNNING, State.FAILED, State.WAITING, State.DONE, State.CANCELLED)
"""What happens now, what needs the person, what comes next, and then what is over, the latest first."""


@dataclass(frozen=True)
class Button:
    """A button: its words, and whether it is there."""

    words: str
    shown: bool = True


@dataclass(frozen=True)
class Queue:
    """What the window shows. The rows are asked for by `QueueState.ids` and `row`: there may be many thousands.

    `layout` changes when rows came, went or moved; `running` is the id of the row whose words change in between.
    """

    count: int
    layout: int
    running: int | None
    head: str
    note: str
    note_tone: str
    share: float
    bar: bool
    finished: bool
    ask: Ask | None
    hold: Button
    held: bool
    stop: Button
    retry: Button
    folder: Button
    problem: str


class QueueState(Observed):
    """The queue's window and what else asks about long work: the tray, the task bar."""

    def __init__(
        self,
        jobs: Jobs,
        walker: WorkerProcess,
        later: Later,
        doors: Doors,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`walker` looks through folders: a process of the service `jobs`, but not the one that works the jobs off."""
        super().__init__()
        self._jobs, self._walker, self._later, self._doors, self._clock = jobs, walker, later, doors, clock
        self._question: Question | None = None
        self._problem = ""
        self._seen: HomespunError | None = None
        self._pace: deque[float] = deque(maxlen=PACE)
        self._began: float | None = None
        self._current_began = 0.0
        self._before = (len(jobs.table.jobs), self._finished)
        self._floor = 0.0
        self._walked_last = 0
        self._unsubscribe = jobs.subscribe(self._moved)

    # what is shown

    def snapshot(self) -> Queue:
        """The window's head, question and buttons."""
        jobs, of = self._jobs, self._jobs.table.of
        failed, stopped = len(of[State.FAILED]), len(of[State.CANCELLED])
        busy = jobs.busy
        note, tone = self._note()
        resumable = jobs.paused is not None or (not busy and stopped > 0)
        return Queue(
            count=len(jobs.table.jobs),
            layout=jobs.layout,
            running=jobs.current.id if jobs.current is not None else None,
            head=self._head(),
            note=note,
            note_tone=tone,
            share=self.share,
            bar=busy,
            finished=not busy and bool(jobs.table.jobs),
            ask=self._question.shown() if self._question is not None else None,
            hold=Button(say("queue.resume") if resumable else say("queue.pause"), shown=busy or stopped > 0),
            held=resumable,
            stop=Button(say("queue.stop_all"), shown=busy),
            retry=Button(say("queue.retry_failed", failed), shown=failed > 0),
            folder=Button(say("queue.show_folder"), shown=bool(of[State.DONE])),
            problem=self._problem or _fault(jobs.fault if jobs.fault is not self._seen else None),
        )

    def ids(self, start: int, stop: int) -> list[int]:
        """The jobs of these rows, from above."""
        found: list[int] = []
        for state in ORDER:
            numbers = self._jobs.table.of[state]
            size = len(numbers)
            if start < size and stop > 0:
                upto = min(stop, size)
                if state in (State.DONE, State.FAILED):
                    found += [numbers[size - 1 - place] for place in range(start, upto)]
                else:
                    found += numbers[start:upto]
            start, stop = max(0, start - size), max(0, stop - size)
        return found

    def row(self, number: int) -> Row:
        """The row of a job. Raises `KeyError`."""
        return row_of(self._jobs.job(number), self._jobs.current, self._clock())

    @property
    def share(self) -> float:
        """How much of all is done, 0 to 1: pictures that came to an end and the share of the one under way."""
        total = len(self._jobs.table.jobs)
        if not total:
            return 0.0
        current = self._jobs.current
        share = (self._finished + (current.share if current is not None else 0.0)) / total
        return max(self._floor, min(1.0, share))

    def activity(self) -> tuple[int, float | None]:
        """How many pictures run or wait, and the share of all that is done; None when nothing does."""
        of = self._jobs.table.of
        count = len(of[State.RUNNING]) + len(of[State.WAITING])
        return count, self.share if count else None

    # new pictures

    def add(self, paths: Iterable[Path | str], kind: str = "") -> None:
        """Ask what should be done with these pictures and those of these folders; `kind` says what was meant already."""
        wanted = [os.path.abspath(path) for path in paths]
        if not wanted:
            return
        self._problem = ""
        if self._question is None:
            self._question = Question(self._jobs.table.choice)
        question = self._question
        if kind in ("enlarge", "erase"):
            question.kind = kind
        # A name that ends like a picture is one, without a look at the disk: the question stands there at once.
        question.add(path for path in wanted if is_picture(path))
        rest = [path for path in wanted if not is_picture(path)]
        if rest:
            walk = self._walker.ask("walk", {"paths": rest}, lambda event: self._walked(question, event))
            question.walks.append(walk)
            self._walked_last += 1
        self.changed()

    def enlarge(self, paths: Sequence[Path | str], factor: int) -> None:
        """Enlarge these at once, without a question. All are taken as they are: each that is no picture fails, and says so."""
        self._problem = ""
        wanted = list(dict.fromkeys(os.path.abspath(path) for path in paths))
        if wanted:
            self._jobs.submit(wanted, Enlarge(float(factor)))
        self.changed()

    def refuse(self) -> None:
        """What was dropped lies elsewhere: a picture of a web page."""
        self._problem = say("queue.ask.remote")
        self.changed()

    def choose(self, **chosen: str | Path) -> None:
        """`kind`, `factor`, `style`, `quality` or `mask`."""
        question = self._question
        if question is None:
            return
        question.kind = str(chosen.get("kind", question.kind))
        question.factor = float(str(chosen.get("factor", question.factor)))
        question.style = str(chosen.get("style", question.style))
        question.quality = str(chosen.get("quality", question.quality))
        if "mask" in chosen:
            question.mask = Path(chosen["mask"])
        self.changed()

    def go(self) -> None:
        """Do what was chosen; pictures that are still being found come after."""
        question = self._question
        if question is None or question.choices is None or not question.pictures:
            return
        pictures, question.pictures = question.pictures, []
        self._question = None
        question.order = self._jobs.submit(pictures, question.choices)
        self.changed()

    def dismiss(self) -> None:
        """Do nothing with them."""
        if self._question is not None:
            for walk in self._question.walks:
                walk.cancel()
        self._question = None
        self.changed()

    def _walked(self, question: Question, event: Event) -> None:
        if event.last:
            question.walks = question.walks[1:]  # they are walked one after another
            self._later(IDLE, lambda last=self._walked_last: self._let_go(last))  # type: ignore[misc]
        if question is not self._question and question.order is None:
            return  # dismissed
        if event.how is Ended.PART:
            self._found(question, event.told["pictures"])
        elif event.how is Ended.FAILED:
            self._problem = failure(event.told)
        if question is self._question and not question.looking and not question.pictures:
            self._question = None
            self._problem = self._problem or say("queue.ask.none")
        self.changed()

    def _found(self, question: Question, pictures: list[str]) -> None:
        if question.order is not None and question.choices is not None:
            self._jobs.submit(question.new(pictures), question.choices, order=question.order)
        else:
            question.add(pictures)

    def _let_go(self, last: int) -> None:
        """Nothing was looked through for a while: that process needn't stay."""
        if last == self._walked_last and self._walker.running and not self._walker.busy:
            self._walker.close()

    # what a person does with the queue

    def hold(self) -> None:
        """Pause; or go on, with what was stopped too."""
        of = self._jobs.table.of
        if self._jobs.paused is not None:
            self._jobs.resume()
        elif self._jobs.busy:
            self._jobs.pause(Pause.PERSON)
        elif of[State.CANCELLED]:
            self._jobs.retry(list(of[State.CANCELLED]))

    def stop_all(self) -> None:
        """Stop what runs, at once, and begin nothing more."""
        self._jobs.cancel()
        if self._jobs.paused is Pause.PERSON:
            self._jobs.resume()

    def retry(self, ids: Sequence[int] | None = None) -> None:
        """Try these again, or all that failed."""
        self._jobs.retry(list(self._jobs.table.of[State.FAILED]) if ids is None else ids)

    def remove(self, ids: Sequence[int]) -> None:
        """Take rows out; no file is touched."""
        self._jobs.remove(ids)

    def open(self, number: int) -> None:
        """Show the result, or the picture itself where there is none; nothing for a row that went just now."""
        if (job := self._jobs.table.jobs.get(number)) is not None:
            self._try(lambda: self._doors.open_file(Path(job.result or job.source)))

    def show_in_folder(self, number: int | None = None) -> None:
        """Show the file manager with this result, or the latest."""
        done = self._jobs.table.of[State.DONE]
        results = [self._jobs.job(one) for one in reversed(done) if self._jobs.job(one).result]
        job = self._jobs.table.jobs.get(number) if number is not None else next(iter(results), None)
        if job is not None:
            self._try(lambda: self._doors.show_in_folder(Path(job.result or job.source)))

    def copy_details(self, number: int) -> None:
        """Put what is known of a fault on the clipboard."""
        details = self.row(number).details
        self._try(lambda: self._doors.copy_text(details))

    def settle(self) -> None:
        """The sentence above the list was read."""
        self._problem, self._seen = "", self._jobs.fault
        self.changed()

    # inside

    @property
    def _finished(self) -> int:
        of = self._jobs.table.of
        return len(of[State.DONE]) + len(of[State.FAILED]) + len(of[State.CANCELLED])

    def _head(self) -> str:
        of = self._jobs.table.of
        total = len(self._jobs.table.jobs)
        done, failed, stopped = len(of[State.DONE]), len(of[State.FAILED]), len(of[State.CANCELLED])
        if not total:
            return say("queue.head.empty")
        if not self._jobs.busy and not stopped:
            if not done:
                return say("queue.head.none_done", failed)
            all_done = say("queue.head.all_done", done)
            return f"{all_done}; {say('queue.head.need_you', failed)}" if failed else all_done
        parts = [say("queue.head.done", done=done, total=total)]
        if failed:
            parts.append(say("queue.head.failed", failed))
        if stopped:
            parts.append(say("queue.head.stopped", stopped))
        left = self._left()
        if left is not None:
            parts.append(left_words(left))
        return ", ".join(parts)

    def _left(self) -> float | None:
        """Seconds until all is done, from the pace of the last pictures."""
        current, waiting = self._jobs.current, len(self._jobs.table.of[State.WAITING])
        if current is None or self._jobs.paused is not None:
            return None
        now = self._clock()
        own = seconds_left(current, now)
        if self._pace:
            each = sum(self._pace) / len(self._pace)
            return (own if own is not None else max(0.0, each - (now - current.began))) + waiting * each
        whole = seconds_whole(current, now)
        return own + waiting * whole if own is not None and whole is not None else None

    def _note(self) -> tuple[str, str]:
        jobs = self._jobs
        if jobs.paused is not None and jobs.busy:
            if jobs.paused is Pause.PERSON and jobs.current is not None:
                return say("queue.note.pausing"), "text2"
            words = {
                Pause.PERSON: say("queue.note.person"),
                Pause.BATTERY: say("queue.note.battery"),
                Pause.FULL: say("queue.note.full"),
            }
            return words[jobs.paused], "text2" if jobs.paused is Pause.PERSON else "warn"
        if jobs.resumed and jobs.busy:
            return say(
                "queue.note.resumed", len(jobs.table.of[State.WAITING]) + len(jobs.table.of[State.RUNNING])
            ), "text2"
        if jobs.table.of[State.DONE]:
            return say("queue.note.beside"), "text2"
        if jobs.table.jobs:
            return say("queue.note.untouched"), "text2"
        return "", "text2"

    def _moved(self) -> None:
        """The jobs changed: keep the pace, and tell when a long run is over."""
        now, finished, total = self._clock(), self._finished, len(self._jobs.table.jobs)
        before_total, before = self._before
        current = self._jobs.current
        if finished > before and self._current_began:
            self._pace.append(max(0.01, now - self._current_began))
        if total != before_total or finished < before or not self._jobs.busy:
            self._floor = 0.0  # other work than before: only within the same does the bar never go back
        self._floor = self.share
        self._before = total, finished
        self._current_began = current.began if current is not None else 0.0
        if self._jobs.busy:
            self._began = now if self._began is None else self._began
        elif self._began is not None:
            took, self._began = now - self._began, None
            if took > TELLING and not self._jobs.table.of[State.CANCELLED]:
                self._try(lambda: self._doors.notify(say("queue.notify.title"), self._head()))
        self.changed()

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except HomespunError as error:
            bug = error.code == ExitCode.BUG
            self._problem = say("common.bug") if bug else failure({"what": error.what, "todo": error.todo})
            self.changed()


def _fault(error: HomespunError | None) -> str:
    """Why the queue can't be remembered; a full disk pauses, and the head says so."""
    return say("queue.fault") if error is not None and error.code != ExitCode.NO_SPACE else ""
