"""The table on disk: a line of JSON for each change, only ever added to.

A line is handed to the system before anything is done that it tells of, so that it outlives this process however that ends.
A thread then brings it to the disk itself, for power cuts, which the window needn't wait for. A line that was written by
half is no change; so every beginning of the file is a table that once was.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from desktop.jobs.table import Record, Table, compacted
from homespun import frames
from homespun.errors import HomespunError, NoPermission, NoSpace, is_disk_full
from homespun.files import atomic_write
from homespun.folders import make_private

TODO_SPACE = "Make room on the disk, then go on."


def loaded(data: bytes) -> Table:
    """The table that these bytes tell of, as far as they do; what makes no sense changes nothing."""
    table = Table()
    for record in _records(data):
        with suppress(KeyError, TypeError, ValueError, OverflowError, AttributeError):
            table.apply(record)
    return table


def _records(data: bytes) -> Iterator[Record]:
    lines = data.split(b"\n")
    for line in lines[:-1]:  # what has no end of line was never written whole
        with suppress(frames.BrokenFrame):
            yield frames.unpacked(line, "record")


def packed(record: Record) -> bytes:
    """A record as its line. Names of files that are no Unicode stay what they are, by their escapes."""
    return frames.packed(dict(record)) + b"\n"


class Journal:
    """The file: `read` it, `begin` it anew without what no longer matters, then `write`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle = -1
        self._good = 0
        self._unsynced = threading.Event()
        self._closing = False
        self._syncing: threading.Thread | None = None

    def read(self) -> Table:
        """The table as it was left. Raises `NoPermission`."""
        try:
            return loaded(self.path.read_bytes())
        except FileNotFoundError:
            return Table()
        except OSError as error:
            raise _said(error, self.path) from error

    def begin(self, table: Table) -> None:
        """Write the table compactly, then take records. Raises `NoSpace` and `NoPermission`; the old file then stays."""
        make_private(self.path.parent)
        self.close()
        with atomic_write(self.path) as stream:
            for record in compacted(table):
                stream.write(packed(record))
        try:
            flags = os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
            self._handle = os.open(self.path, flags)
            self._good = os.lseek(self._handle, 0, os.SEEK_END)
        except OSError as error:
            raise _said(error, self.path) from error
        self._closing = False
        self._syncing = threading.Thread(target=self._sync, name="queue journal", daemon=True)
        self._syncing.start()

    def write(self, records: Iterable[Record]) -> None:
        """Add records. All of them are in the system's hands when this returns. Raises `NoSpace` and `NoPermission`."""
        if self._handle < 0:
            raise NoPermission(f"{self.path} is not open.", "Start Homespun again.")
        rest = memoryview(b"".join(map(packed, records)))
        try:
            os.lseek(self._handle, self._good, os.SEEK_SET)  # over the half line that a full disk may have left
            written = 0
            while written < len(rest):
                written += os.write(self._handle, rest[written:])
            self._good += written
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(self._handle, self._good)
            raise _said(error, self.path) from error
        self._unsynced.set()

    def close(self) -> None:
        """Bring everything to the disk and let go of the file."""
        if self._handle < 0:
            return
        self._closing = True
        self._unsynced.set()
        if self._syncing is not None:
            self._syncing.join()
        with suppress(OSError):
            os.fsync(self._handle)
        os.close(self._handle)
        self._handle = -1

    def _sync(self) -> None:
        """In a thread: one fsync for all that came while the last one took its time."""
        while not self._closing:
            self._unsynced.wait()
            self._unsynced.clear()
            with suppress(OSError):
                os.fsync(self._handle)


def _said(error: OSError, path: Path) -> HomespunError:
    if is_disk_full(error):
        return NoSpace("The disk is full: the queue can't note what it does.", TODO_SPACE)
    return NoPermission(f"{path} can't be used: {error.strerror or error}.", "Make it a file that you may write.")
