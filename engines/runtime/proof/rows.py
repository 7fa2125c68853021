"""A small SQLite file that never stops a run: whatever is wrong with it, reading and writing go on.

Python's own SQLite, not the index's: these few rows need nothing special, and `homespun doctor` must be able to read
them even where an installed package is broken.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from homespun.errors import HomespunError
from homespun.folders import make_private

T = TypeVar("T")

PATIENCE = 10.0
"""Seconds to wait for another process that is writing."""

JOURNAL_TRIES = 100

VERSION = 1


class Rows:
    """The file at `path`, with `tables` in it. Several threads and processes may use it at once.

    A damaged file, or one in which `check` finds something that can't be, is moved aside and begun anew; where the file
    can't be written, all goes on in memory with what could be read. `note` then says so, in a sentence for a person.
    `check` and all that is given to `read` and `write` may raise `sqlite3.DatabaseError` for what is not as written.
    """

    def __init__(self, path: Path, tables: str, check: Callable[[sqlite3.Connection], None]) -> None:
        self.path = path
        self.note = ""
        self._tables = tables
        self._check = check
        self._lock = threading.RLock()
        self._in_memory = False
        self._db = self._opened()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    def all(self, made: Callable[[Any], T], query: str, values: tuple[Any, ...]) -> list[T]:
        """What `made` makes of each row; one that it can't read is damage."""
        return self.read(lambda db: [read_as(made, row) for row in db.execute(query, values)])

    def read(self, read: Callable[[sqlite3.Connection], T]) -> T:
        """What `read` finds."""
        with self._lock:
            return self._surely(lambda: read(self._db))

    def write(self, write: Callable[[sqlite3.Connection], T]) -> T:
        """`write` in one transaction, which is on the disk when this returns."""

        def all_or_nothing() -> T:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                made = write(self._db)
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise
            return made

        with self._lock:
            return self._surely(all_or_nothing)

    def _surely(self, act: Callable[[], T]) -> T:
        """`act`; again after the file was mended, and again after it was left for memory."""
        for last_hope in (self._mend_or_leave, self._leave):
            try:
                return act()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.ProgrammingError) or self._in_memory:
                    raise
                last_hope(error)
        return act()

    def _mend_or_leave(self, error: sqlite3.Error) -> None:
        if _is_damage(error):
            self._db.close()
            self._db = self._anew()
        else:
            self._leave(error)

    def _leave(self, error: sqlite3.Error) -> None:
        old, self._db = self._db, self._memory(str(error))
        old.close()

    def _opened(self) -> sqlite3.Connection:
        try:
            make_private(self.path.parent)
            if not self.path.exists():
                with suppress(FileExistsError):
                    os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            return self._connected()
        except (OSError, HomespunError) as error:
            return self._memory(str(error))
        except sqlite3.DatabaseError as error:
            if _is_damage(error):
                return self._anew()
            return self._memory(str(error))

    def _anew(self) -> sqlite3.Connection:
        """A new file, with the damaged one moved aside; or the same, if another process has done that already."""
        try:
            with suppress(sqlite3.DatabaseError):
                db = self._connected()
                if self._is_sound(db):
                    return db
                db.close()
            aside = _move_aside(self.path)
            self.note = f"The record of what devices can do was damaged; it was moved to {aside} and begun anew."
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            return self._connected()
        except (OSError, sqlite3.Error) as error:
            return self._memory(str(error))

    def _connected(self) -> sqlite3.Connection:
        """The file with its tables, so set up that a finished write survives a power cut.

        Raises `sqlite3.DatabaseError`.
        """
        db = _plain(str(self.path))
        try:
            journal = _journal(db)
            # Without the write-ahead log (a network drive), only EXTRA also makes the deletion of the journal last.
            db.execute(f"PRAGMA synchronous = {'FULL' if journal == 'wal' else 'EXTRA'}")
            if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                self._make_tables(db)
        except BaseException:
            db.close()
            raise
        return db

    def _make_tables(self, db: sqlite3.Connection) -> None:
        db.executescript(f"BEGIN IMMEDIATE; {self._tables} PRAGMA user_version = {VERSION}; COMMIT;")

    def _is_sound(self, db: sqlite3.Connection) -> bool:
        """Whether SQLite finds the file whole. Raises `sqlite3.DatabaseError` where it can't even look."""
        (told,) = db.execute("PRAGMA quick_check(1)").fetchone()
        self._check(db)
        return bool(told == "ok")

    def _memory(self, cause: str) -> sqlite3.Connection:
        """The same ledger in memory, with what can still be read of the file."""
        self._in_memory = True
        self.note = (
            f"What devices can do is not remembered: {self.path} can't be written ({cause}). "
            "Make its folder writable, or set HOMESPUN_HOME to one that is."
        )
        for how in ("mode=ro", "mode=ro&immutable=1"):
            db = _plain(":memory:")
            with suppress(sqlite3.Error):
                source = _plain(f"{self.path.absolute().as_uri()}?{how}", uri=True)
                try:
                    source.execute("BEGIN")
                    source.execute("SELECT 1 FROM sqlite_master").fetchone()  # `backup` alone would wait for ever
                    source.backup(db)
                finally:
                    source.close()
                self._make_tables(db)
                if self._is_sound(db):
                    return db
            db.close()
        db = _plain(":memory:")
        self._make_tables(db)
        return db


_DAMAGE = {"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT", "SQLITE_SCHEMA", "SQLITE_ERROR", "SQLITE_MISMATCH"}
"""Errors of SQLite that mean the file is not what it should be; the plain one comes for a table that is not there."""


def _plain(name: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(name, timeout=PATIENCE, isolation_level=None, check_same_thread=False, uri=uri)


def _journal(db: sqlite3.Connection) -> str:
    """Ask for the write-ahead log, and again while another process that does the same is in the way."""
    for _ in range(JOURNAL_TRIES):
        with suppress(sqlite3.OperationalError):
            return str(db.execute("PRAGMA journal_mode = WAL").fetchone()[0])
        time.sleep(PATIENCE / JOURNAL_TRIES)
    return str(db.execute("PRAGMA journal_mode").fetchone()[0])


def _is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is not what it should be, rather than out of reach. A row that can't be read back is damage."""
    name = str(getattr(error, "sqlite_errorname", ""))
    return not name or any(name == known or name.startswith(f"{known}_") for known in _DAMAGE)


def _move_aside(path: Path) -> Path:
    """Rename the file and what SQLite keeps beside it. Raises `OSError`."""
    number = next(n for n in range(1, 10_000) if not path.with_name(f"{path.name}.damaged-{n}").exists())
    aside = path.with_name(f"{path.name}.damaged-{number}")
    path.replace(aside)
    for ending in ("-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).replace(aside.with_name(aside.name + ending))
    return aside


def read_as(made: Callable[[Any], T], stored: Any) -> T:
    """What `made` makes of something stored. Raises `sqlite3.DatabaseError` where it isn't what was written."""
    try:
        return made(stored)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise sqlite3.DatabaseError(f"a row can't be read: {error}") from error
