"""The window's end of a worker process: ask, be told, cancel, and go on when the process dies."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from homespun.errors import ExitCode
from homespun.frames import BrokenFrame, packed, unpacked

ROOT = Path(__file__).resolve().parents[2]
"""The folder that holds our packages."""

LARGEST_LOG = 2_000_000
"""Bytes of a log above which it is put aside; the one that was aside before goes."""

Deliver = Callable[[Callable[[], None]], None]
"""Runs a function in the thread of whoever asked: the window's event loop, or a test's own queue."""


class Ended(StrEnum):
    """How a call ended; `PART` and `PROGRESS` are no end."""

    PART = "part"
    PROGRESS = "progress"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    DIED = "died"
    """The process ended in the middle of the call: a crash, or somebody killed it."""


@dataclass(frozen=True)
class Event:
    """What a worker tells about a call.

    `told`: the answer (DONE, PART), {done, total, note} (PROGRESS), {what, todo, code, error[, details]} (FAILED, DIED).
    """

    how: Ended
    told: Mapping[str, Any]

    @property
    def last(self) -> bool:
        """Whether nothing follows."""
        return self.how not in (Ended.PART, Ended.PROGRESS)


@dataclass
class Ticket:
    """One call under way."""

    number: int
    _worker: WorkerProcess

    def cancel(self) -> None:
        """Ask the work to stop; `CANCELLED` follows, or `DONE` if it was quicker."""
        self._worker.cancel(self)


class WorkerProcess:
    """One process with one service; started by the first call, and again after it died.

    All methods are for the owner's thread, in which the callbacks run too.
    """

    def __init__(
        self,
        service: str,
        deliver: Deliver,
        *,
        log: Path | None = None,
        background: bool = False,
        command: Sequence[str] | None = None,
    ) -> None:
        """`background` gives the process less of the machine; `log` takes what it prints; `command` is for tests."""
        self.service = service
        self._command = list(command or (sys.executable, "-m", "desktop.workers", service))
        self._deliver = deliver
        self._log = log
        self._background = background
        self._process: subprocess.Popen[bytes] | None = None
        self._calls: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        """What the process is to hear; None = nothing more. A thread writes it, because a full pipe makes its writer wait."""
        self._leaving: list[subprocess.Popen[bytes]] = []
        self._generation = 0
        self._next = 1
        self._open: dict[int, tuple[int, Callable[[Event], None]]] = {}
        """By number: the process that has the call, and who is told."""
        self.used = time.monotonic()
        """When it was last asked, or told something."""

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def busy(self) -> bool:
        """Whether a call is under way."""
        return bool(self._open)

    @property
    def pid(self) -> int | None:
        """The process's number, for who measures it."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Have the process ready before the first call needs it. One that can't be started is told to who asks."""
        if not self.running:
            with suppress(OSError):
                self._spawn()

    def ask(self, do: str, told: Mapping[str, Any], then: Callable[[Event], None]) -> Ticket:
        """Have `do` done; `then` is called with each event, the last one included, never before this returns."""
        ticket = Ticket(self._next, self)
        self._next += 1
        self.used = time.monotonic()
        try:
            if not self.running:
                self._spawn()
        except OSError:  # no memory, no processes left, the program's files gone: as if it had died at once
            self._generation += 1
            self._open[ticket.number] = (self._generation, then)
            self._deliver(lambda generation=self._generation: self._ended(generation))  # type: ignore[misc]
            return ticket
        self._open[ticket.number] = (self._generation, then)
        self._write({"id": ticket.number, "do": do, "with": dict(told)})
        return ticket

    def cancel(self, ticket: Ticket) -> None:
        """See `Ticket.cancel`."""
        if ticket.number in self._open:
            self._write({"cancel": ticket.number})

    def close(self) -> None:
        """Let the process end: what is under way is cancelled, and nobody is told any more. A later call starts another."""
        self._open.clear()
        process, self._process = self._process, None
        self._generation += 1
        if process is not None:
            self._leaving.append(process)
            self._calls.put(None)

    def kill(self) -> None:
        """End the process at once; open calls get `DIED`."""
        for process in (self._process, *self._leaving):
            if process is not None:
                process.kill()

    def wait(self, seconds: float) -> bool:
        """Whether the process, and those that were let go, have ended within `seconds`."""
        until = time.monotonic() + seconds
        for process in (self._process, *self._leaving):
            if process is not None:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(max(0.0, until - time.monotonic()))
        self._reap()
        return not self.running and not self._leaving

    def _reap(self) -> None:
        self._leaving = [process for process in self._leaving if process.poll() is None]

    def _spawn(self) -> None:
        lowered = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0) if self._background else 0
        self._reap()
        with self._opened_log() as log:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=ROOT,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) | lowered,
            )
        if self._background and sys.platform != "win32":
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, 10)
        self._generation += 1
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._calls.put(None)  # if the one before died, its thread still waits
        self._calls = queue.SimpleQueue()
        threading.Thread(
            target=_say, args=(self._process.stdin, self._calls), name=f"to the {self.service} worker", daemon=True
        ).start()
        threading.Thread(
            target=self._listen,
            args=(self._process.stdout, self._generation),
            name=f"{self.service} worker",
            daemon=True,
        ).start()

    def _opened_log(self) -> IO[bytes]:
        if self._log is not None:
            with suppress(OSError):
                if self._log.exists() and self._log.stat().st_size > LARGEST_LOG:
                    self._log.replace(self._log.with_suffix(".1.log"))
            with suppress(OSError):  # a log is not worth a process
                return self._log.open("ab")
        return open(os.devnull, "ab")

    def _write(self, told: dict[str, Any]) -> None:
        self._calls.put(packed(told) + b"\n")

    def _listen(self, source: IO[bytes], generation: int) -> None:
        """In a thread: pass on what the process says, until it says no more."""
        with source:
            for line in source:
                try:
                    told = unpacked(line, "event")
                    event = Event(Ended(told["event"]), told["with"])
                    number = int(told["id"])
                except (BrokenFrame, KeyError, TypeError, ValueError):
                    break
                self._deliver(lambda number=number, event=event: self._tell(number, event))  # type: ignore[misc]
        self._deliver(lambda: self._ended(generation))

    def _tell(self, number: int, event: Event) -> None:
        self.used = time.monotonic()
        called = self._open.pop(number, None) if event.last else self._open.get(number)
        if called is not None:
            called[1](event)

    def _ended(self, generation: int) -> None:
        """The process of that generation is gone, and so are its calls; a younger one goes on with its own."""
        if generation == self._generation:
            if self._process is not None:
                self._process.kill()
                self._process.wait()
            self._process = None
            self._calls.put(None)
        self._reap()
        died = {"what": f"The {self.service} process stopped.", "todo": "", "code": int(ExitCode.BUG), "error": "Died"}
        lost = [number for number, (theirs, _) in self._open.items() if theirs == generation]
        for then in [self._open.pop(number)[1] for number in lost]:
            then(Event(Ended.DIED, died))


def _say(to: IO[bytes], calls: queue.SimpleQueue[bytes | None]) -> None:
    """In a thread: have the process hear what is asked, until there is nothing more. A dead one is told by `_listen`."""
    with suppress(OSError, ValueError), to:
        while (line := calls.get()) is not None:
            to.write(line)
            to.flush()
