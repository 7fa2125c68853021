"""One writer at a time: a file held by an operating-system lock, with the writer's process id inside."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from homespun.errors import Busy

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_LOCKED_BYTE = 1 << 30
"""Windows locks are mandatory: a byte far behind the pid is locked, so that the pid stays readable."""


_PATIENCE = 0.2
"""Seconds: somebody who only asks who holds the lock holds it for an instant."""


class WriterLock:
    """Held while an index is written. The system lets go of it when the process dies, however it dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def acquire(self, *, patience: float = _PATIENCE) -> None:
        """Take the lock within `patience` seconds, or raise `Busy` with the process id of its holder."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + patience
        while not _lock(handle):
            if time.monotonic() < deadline:
                time.sleep(0.01)
                continue
            pid = _pid(handle)
            os.close(handle)
            raise Busy(
                f"Another Homespun (process {pid}) is writing to the index.",
                "Wait until it is done, or stop it; a running watcher picks up new folders by itself.",
            )
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, str(os.getpid()).encode())
        self._handle = handle

    def release(self) -> None:
        """Let go; nothing happens when it is not held."""
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._handle is not None

    def holder(self) -> int | None:
        """The process id of whoever holds the lock now, or None."""
        if self._handle is not None:
            return os.getpid()
        try:
            handle = os.open(self._path, os.O_RDWR)
        except OSError:
            return None
        try:
            if _lock(handle):
                return None
            return _pid(handle)
        finally:
            os.close(handle)

    def __enter__(self) -> WriterLock:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _pid(handle: int) -> int | None:
    os.lseek(handle, 0, os.SEEK_SET)
    digits = os.read(handle, 20).strip()
    return int(digits) if digits.isdigit() else None


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
