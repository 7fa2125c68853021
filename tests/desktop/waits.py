"""How long a thread was kept waiting by other programs: a stall that is not its own."""

from __future__ import annotations

from pathlib import Path


class Waits:
    """The seconds in which the thread that asks was ready to run and got no processor. Linux tells; elsewhere 0."""

    def __init__(self) -> None:
        path = Path("/proc/thread-self/schedstat")
        self._file = path.open("rb", buffering=0) if path.exists() else None

    def seconds(self) -> float:
        """So far."""
        if self._file is None:
            return 0.0
        self._file.seek(0)
        return int(self._file.read(100).split()[1]) / 1e9
