"""Work that may hang (a server that says nothing), in a thread of its own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Generic, Self, TypeVar

from homespun.progress import REPORT_EVERY

T = TypeVar("T")


class Background(Generic[T]):
    """The items of `work()`, made in a thread; None whenever nothing came for `REPORT_EVERY` seconds.

    So the one who waits can report and be cancelled while a server says nothing. On leaving, the thread is told to stop
    and not waited for: what it waits for ends with its own time limit. What `work` raises is raised by the iterator.
    """

    def __init__(self, work: Callable[[], Iterator[T]]) -> None:
        self._work = work
        self._box: queue.Queue[tuple[T | None, BaseException | None]] = queue.Queue(maxsize=8)
        self._left = threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self._run, name="homespun-background", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()

    def __iter__(self) -> Iterator[T | None]:
        return self

    def __next__(self) -> T | None:
        try:
            item, error = self._box.get(timeout=REPORT_EVERY)
        except queue.Empty:
            return None
        if error is not None:
            raise error
        return item

    def _run(self) -> None:
        end: BaseException = StopIteration()
        try:
            for item in self._work():
                self._put(item, None)
                if self._left.is_set():
                    return
        except BaseException as error:  # noqa: BLE001 - it is raised again where the items are used
            end = error
        self._put(None, end)

    def _put(self, item: T | None, error: BaseException | None) -> None:
        while not self._left.is_set():
            try:
                self._box.put((item, error), timeout=REPORT_EVERY)
            except queue.Full:
                continue
            return
