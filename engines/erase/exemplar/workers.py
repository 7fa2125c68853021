"""Kernels over bands of a list, on as many threads as there are cores, with reports and a way to stop in between."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import pairwise
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engines.runtime import Mode, cores_for
from homespun.progress import Progress

BANDS = 8
"""Parts that a long list is cut into. Fixed: results of a sweep depend on it, and must not depend on the cores."""

SHORT = 4096
"""Lists shorter than this are one band: starting threads would cost more than they save."""

_LOOK = 0.1
"""Seconds between two looks at the cancel flag while kernels run."""

Band = Callable[[int, int], None]


def cores() -> int:
    """Threads to use: the fast cores that this process may have, or `NUMBA_NUM_THREADS` if that is set."""
    try:
        return max(1, min(BANDS, int(os.environ["NUMBA_NUM_THREADS"])))
    except (KeyError, ValueError):
        pass
    return min(BANDS, cores_for(Mode.EAGER))


class Workers:
    """A few threads for kernels that let the interpreter lock go; `halt` uint8 (1,) turns 1 when they are to stop."""

    def __init__(self, progress: Progress, total: float) -> None:
        self.halt: NDArray[np.uint8] = np.zeros(1, np.uint8)
        self._progress = progress
        self._total = max(1, round(total))
        self._done = 0.0
        self._pool = ThreadPoolExecutor(cores(), "homespun-exemplar")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.halt[0] = 1
        self._pool.shutdown(wait=True)

    def did(self, work: float) -> None:
        """Count `work` as done and report it; raises `Cancelled` when the person asked to stop."""
        self._done = min(self._done + work, self._total)
        self._report()

    def run(self, band: Band, many: int) -> None:
        """`band(first, last)` over `many` items, in one part if they are few, else in eight; raises `Cancelled`."""
        edges = [0, many] if many < SHORT else [many * part // BANDS for part in range(BANDS + 1)]
        running: set[Future[None]] = {self._pool.submit(band, *edge) for edge in pairwise(edges)}
        try:
            while running:
                ended, running = wait(running, timeout=_LOOK, return_when=FIRST_COMPLETED)
                for future in ended:
                    future.result()
                if running:
                    self._report()
        except BaseException:
            self.halt[0] = 1
            for future in running:
                future.cancel()
            wait(running)
            raise

    def _report(self) -> None:
        done = min(
            int(self._done), self._total - 1
        )  # the last report is the caller's: the picture is not put together yet
        self._progress.report(done, self._total, "filling")
