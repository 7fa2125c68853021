"""What can still be read of an index that is damaged."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import apsw

from homespun.errors import HomespunError
from indexer.store.faults import Connection

if TYPE_CHECKING:
    from pathlib import Path


def folders_of(path: Path) -> list[bytes]:
    """The folders that the index at `path` was made of, as far as they can be read; nothing is written."""
    found: list[bytes] = []
    with suppress(apsw.Error, HomespunError, OSError):
        connection = Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            for (root,) in connection.execute("SELECT path FROM root ORDER BY id"):
                if isinstance(root, bytes):
                    found.append(root)
        finally:
            connection.close()
    return found
