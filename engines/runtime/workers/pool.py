"""The workers of the app: found or started when a model is loaded, started again after a crash, ended when idle."""

from __future__ import annotations

import itertools
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from engines.runtime.closing import Closing
from engines.runtime.contract import Placement, Reason, Setup
from engines.runtime.providers import provider
from engines.runtime.workers.process import Ended
from engines.runtime.workers.remote import CLOSED, Remote
from engines.runtime.workers.turns import LOOK_EVERY, Turns
from engines.runtime.workers.worker import Worker
from homespun.progress import Cancel, Cancelled

if TYPE_CHECKING:
    from numpy.typing import NDArray

BACK_OFF = (0.0, 2.0, 10.0)
"""Seconds between the end of a worker that failed and its next start: after the first failure, the second, each further."""

FORGIVEN_AFTER = 600.0
"""Seconds after which a failure no longer counts."""

IDLE_SECONDS = 60.0
SHARE_OF_ALL = 4
SHARE_OF_ONE = 2
"""All workers together may hold a quarter of the machine's memory, a single one no more than half."""

LOOK_AT_MEMORY_EVERY = 1.0

TRIES = 4
"""How often a call that could not begin, because its worker had just ended, is started anew."""


@dataclass(eq=False)
class Seat:
    """Where one worker at a time lives. The pool's lock guards `worker`, `busy` and `used`.

    `failures` are the times at which workers of this kind failed; seats of one device share them.
    """

    provider: str
    python: str
    quiet: bool
    failures: deque[float]
    worker: Worker | None = None
    busy: int = 0
    used: float = 0.0
    turns: Turns = field(default_factory=Turns)


class Pool(Closing):
    """Workers by provider, interpreter, device and priority; one per session where a provider can't hold two.

    Once it is closed, loads and runs raise `Cancelled`: the app is ending, and no device is to blame.

    `limit_bytes` is what all of them may hold together before the least recently used idle one ends (None: a quarter of the
    machine's memory), `worker_bytes` what a single one may hold before it is killed for `NO_MEMORY` (None: half).
    """

    def __init__(
        self,
        limit_bytes: int | None = None,
        idle_seconds: float = IDLE_SECONDS,
        *,
        worker_bytes: int | None = None,
        back_off: Sequence[float] = BACK_OFF,
    ) -> None:
        self._limit = limit_bytes
        self._worker_limit = worker_bytes
        self._idle = idle_seconds
        self._back_off = tuple(back_off)
        self._changed = threading.Condition()
        self._seats: dict[object, Seat] = {}
        self._failures: dict[object, deque[float]] = {}
        self._looked = 0.0
        self._numbers = itertools.count()
        self._keeper: threading.Thread | None = None
        self.closed = False

    def load(self, setup: Setup, *, deadline: float, cancel: Cancel | None = None, quiet: bool = False) -> Remote:
        """The model of `setup` in a worker, loaded within `deadline` seconds; starting the worker does not count.

        Raises `DeviceFailed`, `Cancelled`, and the errors for a person that a model's file may cause.
        """
        device = setup.device
        alone = next(self._numbers) if provider(device.provider).alone else -1
        of = (device.provider, device.python, device.name, tuple(sorted(device.options.items())), quiet)
        key = (*of, alone)
        with self._changed:
            if self.closed:
                raise Cancelled
            seat = self._seats.get(key)
            if seat is None:
                seat = self._seats[key] = Seat(
                    device.provider,
                    device.python,
                    quiet,
                    self._failures.setdefault(of, deque(maxlen=len(BACK_OFF))),
                )
        try:
            return Lent(self, seat, setup, deadline, self.loaded(seat, setup, deadline, cancel), alone=alone >= 0)
        except BaseException:
            if alone >= 0:
                self.leave(seat)
            raise

    def loaded(self, seat: Seat, setup: Setup, deadline: float, cancel: Cancel | None) -> Remote:
        """The model of `setup` in the worker of `seat`, which is started if it is not there."""
        with self.occupied(seat):
            self._make_room(seat, setup.file.stat().st_size if setup.file.is_file() else 0)
            for left in reversed(range(TRIES)):
                worker = self._worker(seat, cancel)
                try:
                    return worker.load(setup, deadline=deadline, cancel=cancel)
                except Ended:
                    if self.closed:
                        raise Cancelled from None
                    if not left:
                        raise
                finally:
                    self._make_room(seat, 0)
        raise AssertionError

    @contextmanager
    def occupied(self, seat: Seat) -> Iterator[None]:
        """A block in which the worker of `seat` is not ended for being idle, or for its memory."""
        with self._changed:
            seat.busy += 1
        try:
            yield
        finally:
            with self._changed:
                seat.busy -= 1
                seat.used = time.monotonic()

    def leave(self, seat: Seat) -> None:
        """Give up a seat that nobody else uses, and end its worker."""
        with self._changed:
            self._seats = {key: one for key, one in self._seats.items() if one is not seat}
            worker, seat.worker = seat.worker, None
        if worker is not None:
            if worker.failed:
                seat.failures.append(time.monotonic())
            worker.stop()

    @property
    def workers(self) -> list[Worker]:
        """Those that live."""
        with self._changed:
            return [seat.worker for seat in self._seats.values() if seat.worker is not None and seat.worker.alive]

    @property
    def memory(self) -> int:
        """Bytes that all workers have resident."""
        return sum(worker.memory for worker in self.workers)

    def close(self) -> None:
        """End every worker. Whoever waits for one gets `Cancelled`."""
        with self._changed:
            self.closed = True
            seats, self._seats = list(self._seats.values()), {}
            workers = [seat.worker for seat in seats if seat.worker is not None]
            for seat in seats:
                seat.worker = None
            self._changed.notify_all()
        for worker in workers:
            worker.stop()
        keeper = self._keeper
        if keeper is not None:
            keeper.join()

    # --- starting ---

    def _worker(self, seat: Seat, cancel: Cancel | None) -> Worker:
        """The worker of `seat`, alive; a new one after the pause that its failures ask for."""
        with seat.turns.turn(cancel):
            old = seat.worker
            if old is not None and old.alive:
                return old
            if old is not None:
                if old.failed:
                    seat.failures.append(time.monotonic())
                old.stop()
            self._pause(seat, cancel)
            most = self._machine // SHARE_OF_ONE if self._worker_limit is None else self._worker_limit
            new = Worker(seat.provider, python=seat.python, quiet=seat.quiet, limit_bytes=most)
            with self._changed:
                gone = self.closed
                if not gone:
                    seat.worker = new
                    self._watch()
        if gone:
            new.stop()
            raise Cancelled
        return new

    def _pause(self, seat: Seat, cancel: Cancel | None) -> None:
        """Wait as long as the failures of `seat` ask for; raises `Cancelled`."""
        now = time.monotonic()
        counted = [when for when in seat.failures if now - when < FORGIVEN_AFTER]
        if not counted or not self._back_off:
            return
        until = counted[-1] + self._back_off[min(len(counted), len(self._back_off)) - 1]
        with self._changed:
            while not self.closed and (left := until - time.monotonic()) > 0:
                if cancel is not None:
                    cancel.check()
                self._changed.wait(min(left, LOOK_EVERY) if cancel is not None else left)
            if self.closed:
                raise Cancelled

    # --- memory ---

    def watch_memory(self, seat: Seat) -> None:
        """After a run in `seat`: end others that are idle where all hold too much; looks once a second at most."""
        now = time.monotonic()
        if now - self._looked >= LOOK_AT_MEMORY_EVERY:
            self._looked = now
            self._make_room(seat, 0)

    @cached_property
    def _machine(self) -> int:
        """Bytes of memory that the machine has."""
        import psutil

        return int(psutil.virtual_memory().total)

    def _make_room(self, keep: Seat, needed: int) -> None:
        """End idle workers, the least recently used first, until all and `needed` bytes fit the limit. `keep` stays."""
        limit = self._machine // SHARE_OF_ALL if self._limit is None else self._limit
        while self.memory + needed > limit:
            with self._changed:
                idle = [s for s in self._seats.values() if s.worker is not None and not s.busy and s is not keep]
                if not idle:
                    return
                seat = min(idle, key=lambda seat: seat.used)
                worker, seat.worker = seat.worker, None
            assert worker is not None
            worker.stop()

    # --- the thread that ends idle workers; there is none while there are no workers ---

    def _watch(self) -> None:
        """Start it. The caller holds the lock."""
        if self._keeper is None:
            self._keeper = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)
            self._keeper.start()

    def _keep(self) -> None:
        """End what is idle, and sleep until the next worker can be."""
        while True:
            with self._changed:
                now = time.monotonic()
                due = {
                    seat: now + self._idle if seat.busy else seat.used + self._idle
                    for seat in self._seats.values()
                    if seat.worker is not None
                }
                if self.closed or not due:
                    self._keeper = None
                    return
                over = [seat for seat, when in due.items() if when <= now]
                if not over:
                    self._changed.wait(min(due.values()) - now)
                    continue
                workers = [seat.worker for seat in over]
                for seat in over:
                    seat.worker = None
            for worker in workers:
                if worker is not None:
                    worker.stop()


class Lent(Remote):
    """A model in a worker of a pool. It loads itself again where its worker has ended since its last run."""

    def __init__(self, pool: Pool, seat: Seat, setup: Setup, deadline: float, remote: Remote, *, alone: bool) -> None:
        super().__init__(remote.worker, remote.session, remote.inputs, remote.outputs, remote.seconds)
        self._pool = pool
        self._seat = seat
        self._setup = setup
        self._deadline = deadline
        self._remote = remote
        self._alone = alone
        self._turns = Turns()

    @property
    def took(self) -> float:
        """As `Remote.took`."""
        return self._remote.took

    @property
    def worker(self) -> Worker:
        """The process that it is in, or was in last."""
        return self._remote.worker

    def run(
        self, inputs: Mapping[str, NDArray[Any]], cancel: Cancel | None = None, *, deadline: float | None = None
    ) -> dict[str, NDArray[Any]]:
        """As `Remote.run`; `deadline` does not count a load that has to come first, which has its own."""
        with self._pool.occupied(self._seat):
            for left in reversed(range(TRIES)):
                remote = self._loaded(cancel)
                try:
                    outputs = remote.run(inputs, cancel, deadline=deadline)
                    self._pool.watch_memory(self._seat)
                    return outputs  # noqa: TRY300
                except Ended:
                    if self._pool.closed:
                        raise Cancelled from None
                    if self._closed or not left:
                        raise
        raise AssertionError

    def placement(self) -> Placement:
        """Where the nodes went; after `Setup.proving` and a run in the worker that still lives."""
        with self._pool.occupied(self._seat):
            return self._remote.placement()

    def close(self) -> None:
        """Give back its memory, and the process where nothing else may be in it."""
        if self._closed:
            return
        self._closed = True
        if self._alone:
            self._pool.leave(self._seat)
        else:
            with self._pool.occupied(self._seat):
                self._remote.close()

    def _loaded(self, cancel: Cancel | None) -> Remote:
        """The model, loaded again if its worker has ended."""
        with self._turns.turn(cancel):
            if self._pool.closed:
                raise Cancelled
            if self._closed:
                raise Ended(Reason.FAILED, CLOSED)
            if not self._remote.worker.alive:
                self._remote = self._pool.loaded(self._seat, self._setup, self._deadline, cancel)
                self.seconds = self._remote.seconds
            return self._remote
