"""What came of reading one file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indexer.document import Document, State
from indexer.kinds import Kind
from indexer.readers.families import VERSIONS
from indexer.readers.process import Done, Hashed


@dataclass(frozen=True, slots=True)
class Outcome:
    """The `document` of the file at `path`, with state and reason in every case.

    `hash` is the 20-byte blake2b of the contents, b"" where they were not read. `size` (bytes), `mtime_ns` and `inode` are
    as they were before the reading (all 0 where the file was not opened). `reader` and `version` name who read it. `steady`
    is False where the file changed meanwhile: ask again once it is quiet. `gone` is True where it was not there any more.
    `seconds` is the time in the reader process. `poison`: the file ended its reader twice. `refused`: its contents are
    known to have done so before, and were not tried.
    """

    path: bytes
    hash: bytes
    size: int
    mtime_ns: int
    inode: int
    document: Document
    reader: str
    version: int
    steady: bool
    gone: bool
    seconds: float
    poison: bool = False
    refused: bool = False


def outcome_of(path: bytes, hashed: Hashed | None, done: Done, refused: tuple[str, str] | None) -> Outcome:
    """The outcome that a process reported; `refused` is (reason, reader) where the contents were not parsed."""
    header: dict[str, Any] = done.header
    facts = header["facts"]
    reason, reader = refused or (str(header["reason"]), str(header["reader"]))
    document = Document(
        kind=Kind(header["kind"]),
        title=str(header["title"]),
        text=done.text.decode(),
        facts={str(name): str(value) for name, value in facts.items()},
        state=State(header["state"]),
        reason=reason,
    )
    return Outcome(
        path=path,
        hash=hashed.hash if hashed else b"",
        size=hashed.size if hashed else 0,
        mtime_ns=hashed.mtime_ns if hashed else 0,
        inode=hashed.inode if hashed else 0,
        document=document,
        reader=reader,
        version=VERSIONS.get(reader, 0),
        steady=bool(header["steady"]),
        gone=bool(header["gone"]),
        seconds=float(header["seconds"]),
        refused=refused is not None,
    )


def outcome_of_poison(
    path: bytes, hashed: Hashed | None, reader: str, kind: Kind, reason: str, seconds: float
) -> Outcome:
    """The outcome of a file that ended its `reader` more often than it may."""
    return Outcome(
        path=path,
        hash=hashed.hash if hashed else b"",
        size=hashed.size if hashed else 0,
        mtime_ns=hashed.mtime_ns if hashed else 0,
        inode=hashed.inode if hashed else 0,
        document=Document(kind, state=State.ERROR, reason=reason),
        reader=reader,
        version=VERSIONS.get(reader, 0),
        steady=True,
        gone=False,
        seconds=seconds,
        poison=True,
    )
