"""The tables of the one index file, and how a connection to it is opened."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import apsw

from homespun.errors import Damaged, NoPermission, NotFound, UsageError
from indexer.store.faults import MAKE_ANEW, Connection, raise_as_ours

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 1
"""Raised with every change of the tables; an index of another version is made anew, since it can always be derived."""

SEGMENT_BITS = 8
"""The keyword row of a content is `content << 8 | segment`, its text block likewise: both fit 256 times."""

SCHEMA = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE root(id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, device INTEGER NOT NULL, inode INTEGER NOT NULL,
                  volume TEXT NOT NULL, mounted INTEGER NOT NULL, state TEXT NOT NULL, scanned INTEGER NOT NULL);

CREATE TABLE folder(id INTEGER PRIMARY KEY, root INTEGER NOT NULL REFERENCES root, path BLOB NOT NULL UNIQUE,
                    shown TEXT NOT NULL);
CREATE INDEX folder_of_root ON folder(root);

CREATE TABLE file(id INTEGER PRIMARY KEY AUTOINCREMENT, folder INTEGER NOT NULL REFERENCES folder, name BLOB NOT NULL,
                  shown TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
                  cloud INTEGER NOT NULL, dated INTEGER NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
                  content INTEGER REFERENCES content, tries INTEGER NOT NULL DEFAULT 0, UNIQUE(folder, name));
CREATE INDEX file_of_content ON file(content);
CREATE INDEX file_name ON file(shown COLLATE NOCASE);
CREATE INDEX file_waiting ON file(mtime_ns) WHERE state = 'waiting';

CREATE TABLE content(id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB, kind TEXT NOT NULL, title TEXT NOT NULL,
                     facts TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, reader TEXT NOT NULL,
                     version INTEGER NOT NULL, chars INTEGER NOT NULL, bytes INTEGER NOT NULL, fresh INTEGER NOT NULL,
                     poison INTEGER NOT NULL, orphan INTEGER NOT NULL DEFAULT 0, UNIQUE(hash, reader));
CREATE INDEX content_orphan ON content(orphan) WHERE orphan > 0;

CREATE TABLE text(id INTEGER PRIMARY KEY, z BLOB NOT NULL);

CREATE TABLE passage(id INTEGER PRIMARY KEY AUTOINCREMENT, content INTEGER NOT NULL, number INTEGER NOT NULL,
                     start INTEGER NOT NULL, stop INTEGER NOT NULL, embedded INTEGER NOT NULL DEFAULT 0);
CREATE INDEX passage_of_content ON passage(content, number);
CREATE INDEX passage_waiting ON passage(number, content) WHERE embedded = 0;

CREATE TABLE vec(seq INTEGER PRIMARY KEY AUTOINCREMENT, passage INTEGER NOT NULL UNIQUE, content INTEGER NOT NULL,
                 v BLOB NOT NULL);
CREATE TABLE gone(seq INTEGER PRIMARY KEY AUTOINCREMENT, passage INTEGER NOT NULL);

CREATE VIRTUAL TABLE fts USING fts5(name, title, lead, opening, body, folder, content='', contentless_delete=1,
                                    tokenize="porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE names USING fts5(shown, content='', contentless_delete=1, detail=none, tokenize='trigram');
CREATE TABLE word(text TEXT PRIMARY KEY, files INTEGER NOT NULL) WITHOUT ROWID;
"""

PRAGMAS = """
PRAGMA busy_timeout = 5000;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
PRAGMA mmap_size = 268435456;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -32000;
"""


def connect(path: Path, *, write: bool) -> apsw.Connection:
    """A connection to the index at `path`; with `write` the file is created and its tables made.

    Raises `NotFound` (no index), `Damaged` (not an index, or of another version), `NoPermission`.
    """
    if not write and not path.exists():
        raise NotFound("There is no index yet.", "Start one with: homespun index add FOLDER")
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if write else 0)
    try:
        if write and not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = Connection(str(path), flags=flags)
    except apsw.Error as error:
        raise_as_ours(error, str(path))
    except PermissionError as error:
        raise NoPermission(
            f"The index {path} can't be opened.", "Make its folder writable, or set HOMESPUN_HOME to another."
        ) from error
    try:
        connection.execute(PRAGMAS).fetchall()  # without it apsw stops at the first statement that has a row to give
        if write:
            _prepare(connection, path)
        else:
            _refuse_other_version(_version(connection), path)
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: apsw.Connection) -> int:
    return int(connection.pragma("user_version") or 0)


def _refuse_other_version(version: int, path: Path) -> None:
    if version != VERSION:
        raise Damaged(f"The index {path} was made by another version of Homespun.", MAKE_ANEW)


def _prepare(connection: apsw.Connection, path: Path) -> None:
    """Make the tables of an empty file; refuse one of another version."""
    if connection.pragma("journal_mode", "wal") != "wal":
        raise UsageError(
            f"{path} lies where several programs can't share a file safely (a network share, most likely).",
            "Set HOMESPUN_HOME to a folder on a disk of this computer.",
        )
    connection.execute("PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 67108864").fetchall()
    version = _version(connection)
    if version:
        _refuse_other_version(version, path)
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not _version(connection):  # another process may have been quicker
            connection.execute(SCHEMA)
            connection.pragma("user_version", VERSION)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
