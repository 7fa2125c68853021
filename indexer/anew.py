"""A damaged index, moved aside because its person asked for it, and an empty one in its place."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from homespun.errors import HomespunError, NoPermission
from homespun.folders import folders
from indexer.index import Index
from indexer.store import WriterLock
from indexer.store.rescue import folders_of
from indexer.vectors import remove_cache

_PATIENCE = 5.0


@dataclass(frozen=True)
class Anew:
    """Where the old index lies now, and the folders that the new one has from it."""

    aside: Path
    roots: tuple[str, ...]


def make_anew(path: Path | None = None) -> Anew:
    """Move the index at `path` (default: the person's own) aside and begin another with its folders, if those can be read.

    Nothing is deleted but the cache of vectors. The next `run` reads the files again. Raises `Busy` while another process
    writes, `NoPermission`.
    """
    old = path or folders().index
    lock = WriterLock(old.with_name(old.name + ".lock"))
    lock.acquire(patience=_PATIENCE)
    try:
        roots = folders_of(old)
        aside = old.with_name(f"{old.name}.damaged-{datetime.now().astimezone():%Y%m%d-%H%M%S}")
        try:
            for suffix in ("", "-wal", "-shm"):
                with suppress(FileNotFoundError):
                    os.replace(f"{old}{suffix}", f"{aside}{suffix}")
        except OSError as error:
            raise NoPermission(
                f"The index {old} can't be moved aside: {error.strerror or error}.",
                "Close what uses it, and try again.",
            ) from error
    finally:
        lock.release()
    with Index(path, create=True) as index:
        remove_cache(index.cache)
        taken: list[str] = []
        for root in roots:
            with suppress(HomespunError):
                taken.append(index.add(Path(os.fsdecode(root))).path)
    return Anew(aside, tuple(taken))
