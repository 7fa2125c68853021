"""The one SQLite file: schema, writes, reads, forgetting. SQL is written in this room alone.

`Store` is the door. Its parts: `files` (roots, folders, files), `contents` (texts, passages, keyword rows), `vectors`
(int8 rows) and `ask` (questions). Writes happen inside `with store.transaction():`, one writer at a time (`store.lock`).
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING

import apsw

from homespun.errors import Busy, HomespunError, NoSpace
from homespun.folders import make_private
from homespun.progress import Cancelled
from indexer.store.ask import Ask, FileHit, Filter, Found
from indexer.store.contents import Contents, Reading
from indexer.store.faults import damaged
from indexer.store.files import NEVER, FileRow, Files, Known, NewFile, RootRow, Settled, Waiting
from indexer.store.lock import WriterLock
from indexer.store.schema import connect
from indexer.store.vectors import ToEmbed, VectorRows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

__all__ = [
    "FIT_SAMPLE",
    "Ask",
    "FileHit",
    "FileRow",
    "Filter",
    "Found",
    "Known",
    "NewFile",
    "Reading",
    "RootRow",
    "Settled",
    "Store",
    "ToEmbed",
    "VectorRows",
    "Waiting",
    "WriterLock",
]


FIT_SAMPLE = 2_048
"""Vectors from which the mean is taken."""


class Store:
    """An open index file. A context manager; not to be shared between threads."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open the index at `path`, with `create` making it and its folder (0700, the file 0600).

        Raises `NotFound`, `Damaged`, `NoPermission`, `UsageError`.
        """
        if create:
            make_private(path.parent)
        self.path = path
        self.lock = WriterLock(path.with_name(path.name + ".lock"))
        self._sql = connect(path, write=create)
        self.files = Files(self._sql)
        self.contents = Contents(self._sql)
        self.vectors = VectorRows(self._sql)
        self.ask = Ask(self._sql)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept, or nothing. Raises `NoSpace`, `Busy` and `Damaged` for what SQLite meets."""
        self._sql.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.contents.flush_words()
            self._sql.execute("COMMIT")
        except BaseException:
            with suppress(apsw.Error, HomespunError):  # a full disk may have rolled it back already
                self._sql.execute("ROLLBACK")
            self.contents.drop_unflushed()
            raise

    @contextmanager
    def telling_damage(self) -> Iterator[None]:
        """Whatever goes wrong inside is `Damaged` if the file turns out not to be sound: rows may then hold anything."""
        try:
            yield
        except (HomespunError, Cancelled):
            raise
        except Exception:
            self.check()
            raise

    def version(self) -> int:
        """A number that rises whenever this connection or another has written."""
        return int(self._sql.pragma("data_version")) + int(self._sql.total_changes())

    def meta(self, key: str) -> str:
        """A remembered word, "" if there is none."""
        rows = self._sql.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchall()
        return str(rows[0][0]) if rows else ""

    def set_meta(self, key: str, value: str) -> None:
        """Remember a word."""
        self._sql.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def set_state(self, state: str) -> None:
        """Note that a run began ("running") or came to its end ("done"), and when."""
        with self.transaction():
            self.set_meta("state", state)
            self.set_meta("last_run", datetime.now().astimezone().isoformat(timespec="seconds"))

    def unfinished(self) -> bool:
        """Whether files still wait to be read, or passages to be embedded; files that never keep still are left aside."""
        return bool(
            self._sql.execute("SELECT 1 FROM file WHERE state = 'waiting' AND tries < ? LIMIT 1", (NEVER,)).fetchall()
            or self._sql.execute("SELECT 1 FROM passage WHERE embedded = 0 LIMIT 1").fetchall()
        )

    def checkpoint(self) -> None:
        """Bring what was written from the log into the file, and empty the log if nobody reads just now."""
        with suppress(Busy, NoSpace):
            self._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def erase_traces(self) -> None:
        """After deletions: leave no byte of what was deleted in the file or its log.

        A contentless FTS5 table only marks deleted rows until it is optimized; freed pages are zeroed by
        `secure_delete`; the log keeps old pages until a truncating checkpoint (search.md §9, measured). The vectors'
        mean is taken anew from those that are left. Raises `Busy` when another program reads without a pause.
        """
        with self.transaction():
            self.vectors.fit_again(FIT_SAMPLE)
            for table in ("fts", "names"):
                self._sql.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")
        deadline = time.monotonic() + 10
        while True:
            busy = self._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0]
            if not busy:
                return
            if time.monotonic() > deadline:
                raise Busy(
                    "It is out of the index, but another program reads the index without a pause: traces are left in its log.",
                    "Close the other Homespun, then run the same command, or any homespun index run.",
                )
            time.sleep(0.05)

    def check(self) -> None:
        """Raise `Damaged` unless SQLite finds the file sound, keyword rows included."""
        answer = self._sql.execute("PRAGMA quick_check").fetchall()
        if answer != [("ok",)]:
            raise damaged(self.path, str(answer[0][0]))
        for table in ("fts", "names"):
            self._sql.execute(f"INSERT INTO {table}({table}) VALUES ('integrity-check')")

    def size(self) -> int:
        """Bytes of the index file and its log."""
        total = 0
        for suffix in ("", "-wal"):
            with suppress(OSError):
                total += os.stat(f"{self.path}{suffix}").st_size
        return total

    def close(self) -> None:
        """Close the file; what was written is in it."""
        self._sql.close()
        self.lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
