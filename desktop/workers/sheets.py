"""Memory that the window and a worker both see: pixels and masks, which are too much for a pipe.

A sheet is a file that both map. On Linux it lies in `/dev/shm` and never reaches a disk; elsewhere it is a file marked
as short-lived, which the system keeps in memory as long as there is some. Whoever made it tells its path; the other side
opens it, and takes the name away where the system allows that for an open file, so that a kill leaves nothing behind.
"""

from __future__ import annotations

import mmap
import os
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from homespun.errors import NoSpace
from homespun.files import size_text
from homespun.folders import folders, make_private

FORGOTTEN = 24 * 3600
"""Seconds after which a sheet that still has a name belongs to nobody."""


IN_TRANSIT = 60
"""Seconds that a sheet may wait to be opened although its maker has ended."""

MANY = 64
"""Names above which is looked which of them are still there."""

_named: set[str] = set()


@dataclass(eq=False)
class Sheet:
    """Mapped memory; `memory` is what a QImage, a NumPy array or a memoryview is laid over. Keep it as long as they live."""

    path: Path
    memory: mmap.mmap

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.memory)


def make_sheet(size: int) -> Sheet:
    """A new sheet of `size` zero bytes. Raises `NoSpace`."""
    folder = _folder()
    try:
        handle, name = tempfile.mkstemp(prefix=f"sheet-{os.getpid()}-", dir=folder)
    except OSError as error:
        raise NoSpace(f"There is no memory for {size_text(size)} of picture.", "Close some pictures.") from error
    _note(name)
    try:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(handle, 0, max(1, size))  # a full /dev/shm is said here, not by a crash while painting
        else:
            os.truncate(handle, max(1, size))
        return Sheet(Path(name), mmap.mmap(handle, max(1, size)))
    except OSError as error:
        os.unlink(name)
        raise NoSpace(f"There is no memory for {size_text(size)} of picture.", "Close some pictures.") from error
    finally:
        os.close(handle)


def sheet_of(data: bytes) -> Path:
    """A new sheet that holds `data`, for another process to open. Raises `NoSpace`."""
    made = make_sheet(len(data))
    made.memory[: len(data)] = data
    made.memory.close()
    return made.path


def open_sheet(path: Path | str, *, keep_name: bool = False) -> Sheet:
    """The sheet that another process made; its name goes where it can, unless `keep_name`."""
    path = Path(path)
    flags = os.O_RDWR | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags)
    try:
        memory = mmap.mmap(handle, os.fstat(handle).st_size)
    finally:
        os.close(handle)
    if not keep_name:
        with suppress(OSError):  # Windows keeps the name until the last one closes: `sweep_sheets`
            path.unlink()
    return Sheet(path, memory)


def forget_sheets() -> None:
    """Take the names of all sheets that this process made and nobody opened: whoever was to open them is gone."""
    while _named:
        with suppress(OSError, KeyError):
            os.unlink(_named.pop())


def _note(name: str) -> None:
    _named.add(name)
    if len(_named) > MANY:
        _named.intersection_update([one for one in list(_named) if os.path.exists(one)])  # noqa: PTH110 - in a loop


def sweep_sheets() -> None:
    """Delete the sheets that were left behind; those in use can't be, or lose only their name."""
    with suppress(OSError):
        for path in _folder().glob("sheet-*"):
            with suppress(OSError):
                age = time.time() - path.stat().st_mtime
                if age > FORGOTTEN or (age > IN_TRANSIT and not _is_there(path.name.split("-")[1])):
                    path.unlink()


def _is_there(pid: str) -> bool:
    """Whether the process that made a sheet may still run; Windows doesn't say it without asking to end it."""
    if os.name != "posix" or not pid.isdigit():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _folder() -> Path:
    shared = Path("/dev/shm")  # noqa: S108 - memory, and the folder in it is ours alone
    if sys.platform == "linux" and os.access(shared, os.W_OK):
        return make_private(shared / f"homespun-{os.getuid()}")
    return make_private(folders().cache / "sheets")
