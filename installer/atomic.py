"""Files that are either the old ones or the new ones, whatever happens in between."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

LEFTOVER = ".tmp"
"""How the name of a half-written file ends: `.NAME.….tmp`, beside the file."""


def write_whole(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write `content` so that a crash leaves the old file or the new one, which only its owner may read where no `mode` says
    otherwise. Raises `OSError`."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=LEFTOVER)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            os.chmod(temporary, mode)  # noqa: PTH101 - as the lines around it
        rename(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def rename(source: str | Path, target: Path, patience: float = 2.0) -> None:
    """`os.replace`; on Windows again for `patience` seconds while somebody, an antivirus program mostly, holds one of both.

    Raises `OSError`.
    """
    until = time.monotonic() + (patience if os.name == "nt" else 0.0)
    while True:
        try:
            os.replace(source, target)
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(0.05)
        else:
            return
