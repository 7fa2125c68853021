"""A loop for tests of states: what workers deliver and what waits for its time runs in the test's own thread."""

from __future__ import annotations

import heapq
import math
import queue
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

from desktop.workers import WorkerProcess

LOOK = 0.1
"""Seconds after which `until` looks again though nothing came: what it waits for may be a file or a process."""


class Late(AssertionError):
    """Something did not happen in time."""


class Turns:
    """`deliver` and `later` as the window gives them to workers and states; `until` runs the loop; `close` ends it all."""

    def __init__(self, longest: float = math.inf) -> None:
        """No wait of `later` is longer than `longest` seconds."""
        self._longest = longest
        self._posted: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._timed: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()
        self._workers: list[WorkerProcess] = []

    def worker(self, service: str, log: Path | None = None) -> WorkerProcess:
        """A real process, which `close` ends."""
        made = WorkerProcess(service, self.deliver, log=log)
        self._workers.append(made)
        return made

    def deliver(self, function: Callable[[], None]) -> None:
        """From any thread: run it in the loop."""
        self._posted.put(function)

    def later(self, seconds: float, function: Callable[[], None]) -> None:
        """Run it in the loop after so many seconds."""
        heapq.heappush(self._timed, (time.monotonic() + min(seconds, self._longest), next(self._numbers), function))

    def until(self, wanted: Callable[[], object], seconds: float = 60.0) -> None:
        """Run what comes until `wanted()` holds; raises `Late` after `seconds`."""
        last = time.monotonic() + seconds
        while not wanted():
            now = time.monotonic()
            if now > last:
                raise Late(f"not within {seconds} s")
            if self._timed and self._timed[0][0] <= now:
                heapq.heappop(self._timed)[2]()
                continue
            with suppress(queue.Empty):
                self._posted.get(timeout=min(LOOK, self._timed[0][0] - now) if self._timed else LOOK)()

    def close(self) -> None:
        """End the processes."""
        end(*self._workers)


def end(*workers: WorkerProcess) -> None:
    """End these processes and the threads that talk to them, also those that don't hear that they are to go."""
    for worker in workers:
        worker.close()
    for worker in workers:
        if not worker.wait(10):
            worker.kill()
            assert worker.wait(10), worker.service
