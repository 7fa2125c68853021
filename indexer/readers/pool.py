"""`Readers`: one warm reader process behind a plain iterator, replaced when a file has killed it or it has grown old."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType, TracebackType

from indexer.document import Limits
from indexer.kinds import kind_of
from indexer.readers.families import VERSIONS
from indexer.readers.magic import NAME_ONLY
from indexer.readers.outcome import Outcome, outcome_of, outcome_of_poison
from indexer.readers.process import Done, Ended, Hashed, ReaderProcess, Reading
from indexer.readers.worker import split

AHEAD = 16
"""Files that the process may be ahead of whoever takes their documents."""

AHEAD_BYTES = 3_000
"""Bytes of paths that may be in the pipe: where pipes are smallest (4 KB) a longer queue could lock both ends."""

TRIES = 2

_NOTHING: Mapping[bytes, str] = MappingProxyType({})


@dataclass(slots=True)
class _Job:
    """One file on its way."""

    path: bytes
    tries: int = 0
    started: float = 0.0
    hashed: Hashed | None = None
    family: str = NAME_ONLY


@dataclass(slots=True)
class _Flight:
    """The files between a caller and the process: still to be asked for, on their way, to be asked for again."""

    paths: Iterator[bytes]
    flying: deque[_Job] = field(default_factory=deque)
    again: deque[_Job] = field(default_factory=deque)
    tired: bool = False

    def send_more(self, process: ReaderProcess) -> None:
        """Ask for as many files as may be on their way; for none from a process that is about to be replaced."""
        in_pipe = sum(len(job.path) for job in self.flying)
        while not self.tired and len(self.flying) < AHEAD and (not self.flying or in_pipe < AHEAD_BYTES):
            if self.again:
                job = self.again.popleft()
            elif (path := next(self.paths, None)) is not None:
                job = _Job(path)
            else:
                return
            job.hashed, job.family = None, NAME_ONLY
            process.send(job.path)
            in_pipe += len(job.path)
            self.flying.append(job)

    def crashed(self) -> bool:
        """The process died over the first file: ask for the others again, and for that one (True) if it may be tried."""
        first = self.flying.popleft()
        self.again.extendleft(reversed(self.flying))
        self.flying.clear()
        self.tired = False
        first.tries += 1
        if first.tries < TRIES:
            self.again.appendleft(first)
            return True
        return False


class Readers:
    """Reads files in a process of its own; use it in a `with` block.

    `refuse` maps the hashes of contents that are known to end a reader (of the present version) to the reason: they are
    recognised by their hash and not parsed. One `read` or `read_all` at a time.
    """

    def __init__(self, limits: Limits | None = None, *, refuse: Mapping[bytes, str] = _NOTHING) -> None:
        self._limits = limits or Limits()
        # Content hash → (reason, reader); who it was that died of it is only known of this session's.
        self._refused = {known: (reason, NAME_ONLY) for known, reason in refuse.items()}
        self._process: ReaderProcess | None = None
        self._next: ReaderProcess | None = None
        self._reading = False
        self._closed = False

    def __enter__(self) -> Readers:
        """Start the process, so that it is warm when the first file comes."""
        self._process = self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self.close()

    def close(self) -> None:
        """End the process; nothing of it is left."""
        self._closed = True
        self._drop()
        if self._next is not None:
            self._next.close()
            self._next = None

    @property
    def sandbox_status(self) -> dict[str, str]:
        """What the process has given up: "on" or why not, by name ("seccomp", "limits", "no_new_privs", "job")."""
        return dict(self._running().sandbox)

    @property
    def pid(self) -> int:
        """The id of the present process, for whoever measures it; it is started if there is none."""
        return self._running().pid

    def add_refused(self, known: bytes, reason: str) -> None:
        """From now on do not parse the content whose hash is `known`; its outcomes say `reason`."""
        self._refuse(known, reason, NAME_ONLY)

    def _refuse(self, known: bytes, reason: str, reader: str) -> None:
        self._refused[known] = (reason, reader)
        if self._process is not None:
            self._process.refuse(known)
        if self._next is not None:
            self._next.refuse(known)

    def read(self, path: bytes) -> Outcome:
        """What there is to say about the file at `path`; raises nothing that the file could cause."""
        return next(self.read_all([path]))

    def read_all(self, paths: Iterable[bytes]) -> Iterator[Outcome]:
        """The outcomes of `paths`, in their order; the process reads ahead while the caller is busy with one.

        `paths` is taken from as the reading goes on. Raises `CannotStart` where no process can be started.
        """
        if self._reading:
            raise RuntimeError("These readers are busy with another read_all.")
        self._reading = True
        try:
            yield from self._read_all(_Flight(iter(paths)))
        finally:
            self._reading = False

    def _read_all(self, flight: _Flight) -> Iterator[Outcome]:
        try:
            while True:
                process = self._running()
                flight.send_more(process)
                if not flight.flying:
                    if not flight.tired:
                        return
                    flight.tired = False
                    self._replace()
                    continue
                first = flight.flying[0]
                first.started = first.started or time.monotonic()
                event = process.next_event()
                if isinstance(event, Hashed):
                    first.hashed = event
                elif isinstance(event, Reading):
                    first.family = event.family
                elif isinstance(event, Done):
                    if event.header.get("tired"):
                        flight.tired = True
                        self._prepare()
                    flight.flying.popleft()
                    yield self._outcome(first, event)
                else:
                    self._replace()
                    if not flight.crashed():
                        yield self._poisoned(first, event)
        finally:
            if flight.flying:
                # The caller has left in the middle: what is on its way must not be taken for the next answers.
                self._drop()

    def _outcome(self, job: _Job, done: Done) -> Outcome:
        """The outcome of a file that was read."""
        known = self._refused.get(job.hashed.hash) if job.hashed else None
        return outcome_of(job.path, job.hashed, done, known)

    def _poisoned(self, job: _Job, ended: Ended) -> Outcome:
        """The outcome of a file that killed its reader twice; its content is refused from now on."""
        folder, name = split(job.path)
        if job.hashed:
            self._refuse(job.hashed.hash, ended.reason, job.family)
        seconds = time.monotonic() - job.started
        return outcome_of_poison(job.path, job.hashed, job.family, kind_of(name, folder), ended.reason, seconds)

    # --- the process behind it ---

    def _start(self) -> ReaderProcess:
        """A new process that may not be up yet."""
        return ReaderProcess(self._limits, self._refused)

    def _running(self) -> ReaderProcess:
        """The process, up and listening; raises `CannotStart`."""
        if self._closed:
            raise RuntimeError("These readers are closed.")
        if self._process is None:
            self._process = self._start()
        self._process.wait_ready()
        return self._process

    def _prepare(self) -> None:
        """Start the next process while the present one does its last files."""
        if self._next is None:
            self._next = self._start()

    def _replace(self) -> None:
        """End the present process and go on with the next."""
        self._drop()
        self._process, self._next = self._next, None

    def _drop(self) -> None:
        """End the present process, if there is one."""
        if self._process is not None:
            self._process.close()
            self._process = None


def versions() -> dict[str, int]:
    """The version of every reader by its name: contents read by an older one are worth reading again."""
    return dict(VERSIONS)
