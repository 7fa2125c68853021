"""Writing files so that a crash leaves either the old one or the new one, never half."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from homespun.errors import NoPermission, NoSpace, is_disk_full

_parts: set[str] = set()
"""What is being written now, under the names that it has until it is whole."""


def free_space(folder: Path) -> int:
    """Bytes that this person can still write where `folder` is, or will be made."""
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    return shutil.disk_usage(there).free


def require_space(folder: Path, needed: int, what: str) -> None:
    """Raise `NoSpace` when `needed` bytes for `what` do not fit where `folder` is."""
    free = free_space(folder)
    if free < needed:
        raise NoSpace(
            f"{what} needs {size_text(needed)}, and {folder} has {size_text(free)} free.",
            "Make room, or set HOMESPUN_HOME to a larger disk.",
        )


def size_text(size: int) -> str:
    """`size` bytes as a person reads it: 950 bytes, 12.3 MB, 4.0 GB."""
    amount = float(size)
    for unit in ("bytes", "KB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            return f"{size} bytes" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    raise AssertionError


@contextmanager
def atomic_write(path: Path, *, replace: bool = True) -> Iterator[BinaryIO]:
    """A stream that becomes `path` when the block ends well, and leaves nothing when it does not.

    The bytes are on the disk before the name points at them. Without `replace` a file that got the name meanwhile stays,
    and `FileExistsError` is raised. Raises `NoSpace` and `NoPermission`.
    """
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
        _parts.add(temporary)
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if replace:
            os.replace(temporary, path)
        else:
            _name_anew(temporary, path)
        _parts.discard(temporary)
        temporary = None
        sync_folder(path.parent)
    except OSError as error:
        if is_disk_full(error):
            raise NoSpace(f"The disk is full: {path} was not written.", "Make room and try again.") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise NoPermission(f"{path} can't be written: {error.strerror}.", "Choose another folder.") from error
        raise
    finally:
        if temporary is not None:
            _parts.discard(temporary)
            with suppress(OSError):
                os.unlink(temporary)


def forget_parts() -> None:
    """Delete what is half-written, because this process ends in the middle of it."""
    while _parts:
        with suppress(OSError, KeyError):
            os.unlink(_parts.pop())


def _name_anew(temporary: str, path: Path) -> None:
    """Give the file a name that nobody has: of two that want it at once, one gets it. Raises `FileExistsError`."""
    if os.name == "nt":
        Path(temporary).rename(path)  # there it never replaces
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: the empty file keeps the name for the moment that it takes
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        os.replace(temporary, path)
    else:
        os.unlink(temporary)


def sync_folder(folder: Path) -> None:
    """Make a rename inside `folder` last through a power cut (a no-op on Windows, which has no such call)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
