"""Saying that kernels are being compiled, which takes seconds and happens once on a computer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from numba.core import event

from homespun.progress import REPORT_EVERY, Progress, Report


@contextmanager
def told(progress: Progress, note: str) -> Iterator[None]:
    """Within the block `progress` is told `note` for as long as a kernel is compiled; one loaded from the cache is not.

    A compiler can't be stopped amid a function: a raised cancel ends the block, by `Cancelled`, before the next one. That
    may take a second or two, which nothing else in a job does.
    """
    with _Compiling(progress, note) as listener, event.install_listener("numba:compile", listener):
        yield


class _Compiling(event.Listener):  # type: ignore[misc]  # Numba has no types
    """Tells `note` four times a second between the start of a kernel and its end; kernels within kernels count as one."""

    def __init__(self, progress: Progress, note: str) -> None:
        self._progress, self._report = progress, Report(0, 0, note)
        self._depth = 0
        self._busy, self._over = threading.Event(), threading.Event()
        self._teller: threading.Thread | None = None

    def on_start(self, _event: event.Event) -> None:
        """As Numba wants it: a kernel begins to be compiled."""
        self._depth += 1
        self._progress.cancel.check()
        self._busy.set()
        if self._teller is None:
            self._teller = threading.Thread(target=self._tell, name="homespun-compiling", daemon=True)
            self._teller.start()

    def on_end(self, _event: event.Event) -> None:
        """As Numba wants it: the kernel is done, or its compiling failed."""
        self._depth -= 1
        if self._depth == 0:
            self._busy.clear()

    def _tell(self) -> None:
        while not self._over.is_set():
            if self._busy.wait(REPORT_EVERY) and not self._over.is_set():
                self._progress.show(self._report)
                self._over.wait(REPORT_EVERY)

    def __enter__(self) -> _Compiling:
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._busy.set()
        if self._teller is not None:
            self._teller.join()
