"""One process at a time works on a model's folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from homespun.errors import Busy

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def alone(path: Path, what: str) -> Iterator[None]:
    """Hold the lock file `path` while the block runs; the system lets go of it even if we are killed.

    The file stays: removing it would let two processes lock two files of the same name. Raises `Busy` at once when
    another process holds it.
    """
    with path.open("ab") as stream:
        try:
            _take(stream.fileno())
        except OSError as error:
            raise Busy(f"Another Homespun works on {what}.", "Wait until it is done, then try again.") from error
        yield
