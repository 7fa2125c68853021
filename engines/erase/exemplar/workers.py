"""Kernels over bands of a list, on as many threads as there are cores, with reports and a way to stop in between."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from threading import Lock, get_ident
from types import TracebackType
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from engines.runtime import Mode, cores_for
from homespun.progress import Cancelled, Progress

BANDS = 8
"""Parts that a long list is cut into. Fixed: results of a sweep depend on it, and must not depend on the cores."""

MANY = 60_000
"""Pixels from which loops over a whole photo are worth several threads."""

SHORT = 4096
"""Lists shorter than this are one band: starting threads would cost more than they save."""

_LOOK = 0.1
"""Seconds between two looks at the cancel flag while kernels run."""

Band = Callable[[int, int], None]

Result = TypeVar("Result")


def cores() -> int:
    """Threads to use: the fast cores that this process may have, or `NUMBA_NUM_THREADS` if that is set."""
    try:
        return max(1, min(BANDS, int(os.environ["NUMBA_NUM_THREADS"])))
    except (KeyError, ValueError):
        pass
    return min(BANDS, cores_for(Mode.EAGER))


class Workers:
    """A few threads for kernels that let the interpreter lock go; `halt` uint8 (1,) turns 1 when they are to stop."""

    def __init__(self, progress: Progress) -> None:
        self.halt: NDArray[np.uint8] = np.zeros(1, np.uint8)
        self._progress = progress
        self._total = 1
        self._done = 0.0
        self._lock = Lock()
        self._asker = get_ident()
        self._pool = ThreadPoolExecutor(cores(), "homespun-exemplar")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.halt[0] = 1
        self._pool.shutdown(wait=True)

    def expect(self, total: float) -> None:
        """How much work there will be; nothing was done yet."""
        self._total = max(1, round(total))

    def did(self, work: float) -> None:
        """Count `work` as done and report it; raises `Cancelled` when the person asked to stop."""
        with self._lock:
            self._done = min(self._done + work, self._total)
        self._report()

    def run(self, band: Band, many: int, *, parts: int = 0) -> None:
        """`band(first, last)` over `many` items, in `parts`, by default eight; raises `Cancelled`.

        Lists that are short are one part, and are done at once by the thread that asks: with `parts` unnamed, it must take no
        longer than a few passes of a search over `SHORT` targets.
        """
        if not parts and many < SHORT:
            band(0, many)
            self._report()
            return
        parts = parts or BANDS
        self._wait({self._pool.submit(band, many * n // parts, many * (n + 1) // parts) for n in range(parts)})

    def spread(self, band: Band, many: int, *, pixels: int) -> None:
        """`band(first, last)` over `many` items, which come to the work of `pixels` of a photo: at once while those are few,
        without a report, else in parts. Raises `Cancelled`."""
        if pixels < MANY:
            band(0, many)
        else:
            self.run(band, many, parts=BANDS)

    def side_by_side(self, tasks: Sequence[Callable[[], Result]]) -> list[Result]:
        """What the tasks give, as many at a time as there are threads. They may use these workers; only the thread that asked
        reports meanwhile. Raises `Cancelled`."""
        with ThreadPoolExecutor(cores(), "homespun-exemplar-task") as pool:
            running = [pool.submit(task) for task in tasks]
            self._wait(set(running))
        return [task.result() for task in running]

    def _wait(self, running: set[Future[Any]]) -> None:
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
        """Tell how far it is, from the thread that began: progress is for one. Others only hear whether to stop."""
        if get_ident() != self._asker:
            if self.halt[0]:
                raise Cancelled
            return
        with self._lock:  # the last report is the caller's: the picture is not put together yet
            done = min(int(self._done), self._total - 1)
        self._progress.report(done, self._total, "filling")
