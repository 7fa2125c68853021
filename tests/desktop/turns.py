"""A loop for tests of states: what workers deliver and what waits for its time runs in the test's own thread."""

from __future__ import annotations

import heapq
import queue
import time
from collections.abc import Callable
from itertools import count


class Turns:
    """`deliver` and `later` as the window gives them to workers and states; `until` runs the loop."""

    def __init__(self) -> None:
        self._posted: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._timed: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()

    def deliver(self, function: Callable[[], None]) -> None:
        """From any thread: run it in the loop."""
        self._posted.put(function)

    def later(self, seconds: float, function: Callable[[], None]) -> None:
        """Run it in the loop after so many seconds."""
        heapq.heappush(self._timed, (time.monotonic() + seconds, next(self._numbers), function))

    def until(self, wanted: Callable[[], object], seconds: float = 60.0) -> None:
        """Run what comes until `wanted()` holds; fails after `seconds`."""
        end = time.monotonic() + seconds
        while not wanted():
            now = time.monotonic()
            assert now < end, f"not within {seconds} s"
            if self._timed and self._timed[0][0] <= now:
                heapq.heappop(self._timed)[2]()
                continue
            pause = min(end, self._timed[0][0] if self._timed else end) - now
            try:
                self._posted.get(timeout=max(0.0, pause))()
            except queue.Empty:
                continue
