"""Opening a file that somebody else may be changing: by its exact bytes, never through a link, never a device."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass

from indexer.document import State, Unreadable

LONGEST_PATH = 4_000
"""Bytes of a path that every POSIX system takes in one call; longer ones are walked by folder handles."""

_RECALL = 0x00400000 | 0x00040000 | 0x00001000
"""Windows: RECALL_ON_DATA_ACCESS, RECALL_ON_OPEN, OFFLINE. Opening such a file would download it."""
_DATALESS = 0x40000000
"""macOS: SF_DATALESS, a file whose contents are in the cloud."""

_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_OPEN |= getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
_OPEN_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)


class Gone(Exception):
    """The file is not there any more."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells one state of a file from another; `size` in bytes, `mtime_ns` since 1970."""

    size: int
    mtime_ns: int
    inode: int
    device: int

    @classmethod
    def of(cls, found: os.stat_result) -> Stamp:
        """The stamp of a stat."""
        return cls(found.st_size, found.st_mtime_ns, found.st_ino, found.st_dev)


@dataclass(slots=True)
class OpenFile:
    """A regular file, open for reading. `close` it."""

    handle: int
    stamp: Stamp
    path: bytes

    def close(self) -> None:
        """Let go of it."""
        os.close(self.handle)

    def steady(self) -> bool:
        """Whether the open file, and the path, are still what they were when it was opened."""
        try:
            return Stamp.of(os.fstat(self.handle)) == self.stamp == stamp_of(self.path)
        except (OSError, Gone, Unreadable):
            return False


def stamp_of(path: bytes) -> Stamp:
    """The stamp of whatever is at `path`, links not followed; raises `Gone` or `Unreadable`."""
    folder, name = _reach(path)
    try:
        return Stamp.of(_lstat(folder, name))
    finally:
        if folder is not None:
            os.close(folder)


def open_file(path: bytes, most_bytes: int) -> OpenFile:
    """Open the regular file at `path` for reading.

    Raises `Gone`, or `Unreadable` with the reason: a link, a folder or a device (skipped), in the cloud (skipped), over
    `most_bytes` (skipped), no permission (error), anything else the system says (error). Whatever is not a regular file is
    recognised before it is opened, and again after.
    """
    folder, name = _reach(path)
    try:
        found = _lstat(folder, name)
        _refuse(found, most_bytes)
        handle = _open(folder, name)
    finally:
        if folder is not None:
            os.close(folder)
    try:
        opened = os.fstat(handle)
        _refuse(opened, most_bytes)
        # What is open is what counts; if it was exchanged since the look at it, `steady` will say so.
        return OpenFile(handle, Stamp.of(found if _same(found, opened) else opened), path)
    except BaseException:
        os.close(handle)
        raise


def _same(one: os.stat_result, other: os.stat_result) -> bool:
    """Whether two stats are of the same file."""
    return (one.st_ino, one.st_dev) == (other.st_ino, other.st_dev)


def _lstat(folder: int | None, name: str | bytes) -> os.stat_result:
    """The stat of `name` itself; raises `Gone` or `Unreadable`."""
    try:
        return os.lstat(name) if folder is None else os.lstat(name, dir_fd=folder)
    except (OSError, ValueError) as error:
        raise _told(error) from error


def _open(folder: int | None, name: str | bytes) -> int:
    """A handle to `name`; raises `Gone` or `Unreadable`."""
    try:
        return os.open(name, _OPEN) if folder is None else os.open(name, _OPEN, dir_fd=folder)
    except (OSError, ValueError) as error:
        raise _told(error) from error


def _refuse(found: os.stat_result, most_bytes: int) -> None:
    """Raise `Unreadable` for what must not be read."""
    if not stat.S_ISREG(found.st_mode):
        what = "a link, not followed" if stat.S_ISLNK(found.st_mode) else "not a regular file"
        raise Unreadable(what, State.SKIPPED)
    in_cloud = getattr(found, "st_file_attributes", 0) & _RECALL or getattr(found, "st_flags", 0) & _DATALESS
    if in_cloud:
        raise Unreadable("in the cloud, text not read", State.SKIPPED)
    if found.st_size > most_bytes:
        raise Unreadable("too large", State.SKIPPED)


def _told(error: OSError | ValueError) -> Exception:
    """The system's complaint in our words."""
    if isinstance(error, ValueError):  # a NUL in the path
        return Gone()
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ESTALE):
        return Gone()
    if error.errno in (errno.EACCES, errno.EPERM):
        return Unreadable("permission")
    if error.errno == errno.ELOOP:
        return Unreadable("a link, not followed", State.SKIPPED)
    if error.errno in (errno.ENXIO, errno.ENODEV, errno.EOPNOTSUPP):
        return Unreadable("not a regular file", State.SKIPPED)
    return Unreadable(f"the system can't open it: {error.strerror or error}")


def _reach(path: bytes) -> tuple[int | None, str | bytes]:
    """Something that can be opened: (None, path), or for a very long path (handle of a folder, rest of the path).

    The handle must be closed by the caller. Raises `Gone` or `Unreadable`.
    """
    if os.name == "nt":
        return None, windows_path(os.fsdecode(path))
    if len(path) <= LONGEST_PATH:
        return None, path
    pieces = path.split(b"/")
    folder: int | None = None
    try:
        while len(b"/".join(pieces)) > LONGEST_PATH:
            step = 1
            while step < len(pieces) - 1 and len(b"/".join(pieces[: step + 1])) <= LONGEST_PATH:
                step += 1
            inner = os.open(b"/".join(pieces[:step]) or b"/", _OPEN_FOLDER, dir_fd=folder)
            if folder is not None:
                os.close(folder)
            folder, pieces = inner, pieces[step:]
            if len(pieces) == 1:
                break
    except OSError as error:
        if folder is not None:
            os.close(folder)
        raise _told(error) from error
    return folder, b"/".join(pieces)


def windows_path(path: str) -> str:
    r"""`path` in the form that has no length limit and no special names: `\\?\C:\…`, `\\?\UNC\server\…`."""
    if path.startswith(("\\\\?\\", "\\\\.\\")):
        return path
    path = path.replace("/", "\\")
    return "\\\\?\\UNC\\" + path[2:] if path.startswith("\\\\") else "\\\\?\\" + path
