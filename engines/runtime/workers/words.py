"""What a worker writes to its standard error: read at once, so that it never waits, and only the last of it kept."""

from __future__ import annotations

import os
import threading
import time
from typing import IO

KEPT = 4_096
AT_ONCE = 65_536

SETTLE_EVERY = 0.01
SETTLE_SECONDS = 0.2


class LastWords:
    """The last `KEPT` bytes of a stream."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tail = b""
        self._total = 0

    def drain(self, stream: IO[bytes]) -> None:
        """Read until the other end closes."""
        try:
            while chunk := os.read(stream.fileno(), AT_ONCE):
                with self._lock:
                    self._total += len(chunk)
                    self._tail = (self._tail + chunk)[-KEPT:]
        except (OSError, ValueError):
            return

    @property
    def text(self) -> str:
        """The last words."""
        with self._lock:
            return self._tail.decode("utf-8", "replace")

    def mark(self) -> int:
        """Where the stream is now, for `since`."""
        return self._total

    def since(self, mark: int) -> str:
        """What came since `mark`, as far as it is kept. Waits until nothing more comes, at most `SETTLE_SECONDS`."""
        until = time.monotonic() + SETTLE_SECONDS
        before = -1
        while before != self._total and time.monotonic() < until:
            before = self._total
            time.sleep(SETTLE_EVERY)
        with self._lock:
            new = self._total - mark
            return self._tail[-new:].decode("utf-8", "replace") if new > 0 else ""
