"""Workers, time and an app that a test holds in its hand, and real workers that it can wait for."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.workers import Ended, Event, Ticket, WorkerProcess


@dataclass
class Asking:
    """One call to a `KnownWorker`."""

    do: str
    told: dict[str, Any]
    then: Callable[[Event], None]
    cancelled: bool = False


@dataclass
class KnownWorker:
    """A worker whose every event a test sends; `answers` are given at once to the calls of that name."""

    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[Asking] = field(default_factory=list)

    def ask(self, do: str, told: dict[str, Any], then: Callable[[Event], None]) -> Ticket:
        """Take a call in."""
        asking = Asking(do, told, then)
        self.calls.append(asking)
        if do in self.answers:
            then(Event(Ended.DONE, self.answers[do]))
        return _Ticket(asking)  # type: ignore[return-value]

    @property
    def last(self) -> Asking:
        """The call that came last."""
        return self.calls[-1]

    def say(self, how: Ended, **told: Any) -> None:
        """Send an event to the last call."""
        self.last.then(Event(how, told))


@dataclass
class _Ticket:
    asking: Asking

    def cancel(self) -> None:
        self.asking.cancelled = True


@dataclass
class KnownTime:
    """Time that passes when a test says so."""

    now: float = 100.0
    waiting: list[tuple[float, Callable[[], None]]] = field(default_factory=list)

    def later(self, seconds: float, then: Callable[[], None]) -> None:
        """Have it done when that time has passed."""
        self.waiting.append((self.now + seconds, then))

    def pass_by(self, seconds: float) -> None:
        """Let time pass, and do what was to be done meanwhile."""
        end = self.now + seconds
        while due := sorted((one for one in self.waiting if one[0] <= end), key=lambda one: one[0]):
            first = due[0]
            self.waiting.remove(first)
            self.now = max(self.now, first[0])
            first[1]()
        self.now = end


@dataclass
class KnownDoors:
    """An app that notes what it is asked for."""

    asked: list[tuple[Any, ...]] = field(default_factory=list)
    fault: Exception | None = None

    def _note(self, *what: Any) -> None:
        self.asked.append(what)
        if self.fault is not None:
            raise self.fault

    def open_file(self, path: Path) -> None:
        self._note("open_file", path)

    def open_with(self, path: Path) -> None:
        self._note("open_with", path)

    def show_in_folder(self, path: Path) -> None:
        self._note("show_in_folder", path)

    def copy_files(self, paths: Sequence[Path]) -> None:
        self._note("copy_files", tuple(paths))

    def copy_text(self, text: str) -> None:
        self._note("copy_text", text)

    def edit(self, paths: Sequence[Path], tool: str = "erase") -> None:
        self._note("edit", tuple(paths), tool)

    def enqueue(self, paths: Sequence[Path]) -> None:
        self._note("enqueue", tuple(paths))

    def show(self, place: str) -> None:
        self._note("show", place)

    def notify(self, title: str, words: str) -> None:
        self._note("notify", title, words)


class Loop:
    """An event loop for real workers: what they deliver, and what is to be done later."""

    def __init__(self) -> None:
        self._posted: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._timers: list[tuple[float, Callable[[], None]]] = []
        self._workers: list[WorkerProcess] = []

    def worker(self, service: str) -> WorkerProcess:
        """A real process."""
        made = WorkerProcess(service, self._posted.put)
        self._workers.append(made)
        return made

    def later(self, seconds: float, then: Callable[[], None]) -> None:
        """Have it done later; in tests no wait is longer than half a second."""
        self._timers.append((time.monotonic() + min(seconds, 0.5), then))

    def until(self, happened: Callable[[], bool], seconds: float = 60.0) -> None:
        """Run the loop until something has happened; fails when it does not."""
        end = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < end, "it did not happen"
            with suppress(queue.Empty):
                self._posted.get(timeout=0.02)()
            for timer in [one for one in self._timers if one[0] <= time.monotonic()]:
                self._timers.remove(timer)
                timer[1]()

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.close()
        for worker in self._workers:
            if not worker.wait(5):
                worker.kill()
                worker.wait(5)
