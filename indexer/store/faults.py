"""What SQLite finds wrong, in a person's words: the one place where its errors become ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import apsw

from homespun.errors import Busy, Damaged, HomespunError, NoPermission, NoSpace

if TYPE_CHECKING:
    from collections.abc import Iterator

MAKE_ANEW = "Delete it and run: homespun index add FOLDER (it is made anew)."

_DAMAGE = (apsw.CorruptError, apsw.FormatError, apsw.TooBigError)
_NO_SHARED_MEMORY = (apsw.SQLITE_IOERR_SHMSIZE, apsw.SQLITE_IOERR_SHMOPEN)
_BROKEN_TABLES = (
    "no such table",
    "vtable constructor failed",
    "malformed",
    "invalid fts5 file format",
)


class Connection(apsw.Connection):  # type: ignore[misc]  # apsw is not followed by mypy
    """A connection whose rows and statements raise `HomespunError`s for all that a disk or another program can cause."""

    def __init__(self, filename: str, *, flags: int) -> None:
        super().__init__(filename, flags=flags)
        self.cursor_factory = _Cursor
        self.create_scalar_function("small", str.lower, 1, deterministic=True)  # SQLite's own lower() knows ASCII alone


class _Cursor(apsw.Cursor):  # type: ignore[misc]
    """Statements and their rows; damage often shows only when the rows are fetched."""

    def execute(self, *given: Any, **named: Any) -> Any:
        try:
            return super().execute(*given, **named)
        except (apsw.Error, UnicodeDecodeError) as error:
            raise_as_ours(error, self.connection.filename)

    def executemany(self, *given: Any, **named: Any) -> Any:
        try:
            return super().executemany(*given, **named)
        except (apsw.Error, UnicodeDecodeError) as error:
            raise_as_ours(error, self.connection.filename)

    def __iter__(self) -> Iterator[Any]:
        try:
            yield from iter(super().__next__, None)
        except (apsw.Error, UnicodeDecodeError) as error:
            raise_as_ours(error, self.connection.filename)

    def fetchall(self) -> list[Any]:
        return list(self)


def raise_as_ours(error: Exception, path: str) -> NoReturn:
    """Raise the `HomespunError` for `error`, or `error` itself when it is a fault of the program."""
    ours = _ours(error, path)
    if ours is None:
        raise error
    raise ours from error


def damaged(path: object, found: str = "") -> Damaged:
    """The index at `path` does not hold what it should."""
    return Damaged(f"The index {path} is damaged{f' ({found})' if found else ''}.", MAKE_ANEW)


def _ours(error: Exception, path: str) -> HomespunError | None:
    if isinstance(error, apsw.NotADBError):
        return Damaged(
            f"{path} is not a Homespun index.", "Move it aside, then run: homespun index add FOLDER (it is made anew)."
        )
    if isinstance(error, (UnicodeDecodeError, *_DAMAGE)):
        return damaged(path)
    if isinstance(error, apsw.SQLError):  # a table that is gone or broken; all else would be a wrong statement of ours
        return damaged(path, str(error)) if any(part in str(error) for part in _BROKEN_TABLES) else None
    full = isinstance(error, apsw.IOError) and getattr(error, "extendedresult", 0) in _NO_SHARED_MEMORY
    if full or isinstance(error, apsw.FullError):
        return NoSpace(
            "The disk is full: indexing stopped, and all that was indexed before is kept.",
            "Make room, then run: homespun index run",
        )
    if isinstance(error, apsw.IOError):
        return Damaged(
            f"The index {path} can't be read or written: {error}.",
            "Check the disk that it is on. If the disk is sound, delete the index; it can always be made anew.",
        )
    if isinstance(error, (apsw.BusyError, apsw.LockedError, apsw.ProtocolError)):
        return Busy("Another program is using the index just now.", "Try again in a moment.")
    if isinstance(error, (apsw.CantOpenError, apsw.PermissionsError, apsw.ReadOnlyError, apsw.AuthError)):
        return NoPermission(
            f"The index {path} can't be opened.", "Make its folder writable, or set HOMESPUN_HOME to another."
        )
    return None
