"""Paths as exact bytes: shown safely, handed to the system at any length, opened step by step so that no link leads away."""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path
from typing import Any, BinaryIO, Protocol

SEPARATOR = os.fsencode(os.sep)

_HELD_HANDLES = 64
"""Folders kept open on the way down. macOS gives a process 256 handles; below this depth each step is opened again."""


def _flags(*names: str) -> int:
    """Those of the flags that this system has."""
    return sum(int(getattr(os, name, 0)) for name in names)


_AS_FOLDER = _flags("O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC")
# O_NONBLOCK: a pipe without a writer must not hold us up when it took a file's place after the look.
_AS_FILE = _flags("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT")

_INVISIBLE_BUT_MEANT = "\u200c\u200d"
"""Zero-width (non-)joiners: part of Persian words and of family emoji."""


def shown(path: bytes) -> str:
    r"""`path` for a screen: one line, no control or direction characters, bytes that are no text as `\xNN`.

    Never to be opened: two different paths may look alike.
    """
    text = path.decode("utf-8", "surrogateescape")
    return text if text.isascii() and text.isprintable() else "".join(map(_shown_character, text))


def _shown_character(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if character in _INVISIBLE_BUT_MEANT or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return character
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def join(folder: bytes, name: bytes) -> bytes:
    """The path of `name` in `folder`, which may be the top of a drive."""
    return folder + name if folder.endswith(SEPARATOR) else folder + SEPARATOR + name


def relative(path: bytes, base: bytes) -> bytes | None:
    """`path` below `base` with `/` between the parts, b"" for `base` itself, None when it lies elsewhere. Pure text."""
    if path == base:
        return b""
    start = base if base.endswith(SEPARATOR) else base + SEPARATOR
    if not path.startswith(start):
        return None
    return path[len(start) :].replace(SEPARATOR, b"/")


def absolute(path: str | bytes | os.PathLike[str]) -> bytes:
    """`path` from the top of the file system, without `.` and `..`; links stay as they are."""
    return os.path.normpath(os.path.join(os.fsencode(Path.cwd()), os.fsencode(path)))


def system_path(path: bytes, *, windows: bool = os.name == "nt") -> bytes:
    r"""`path` (absolute) as the system takes it at any length: on Windows behind `\\?\`, where it also means itself.

    Without that prefix Windows cuts trailing dots and spaces off names and stops at 260 characters.
    """
    if not windows or path.startswith(b"\\\\?\\"):
        return path
    if path.startswith(b"\\\\"):
        return b"\\\\?\\UNC\\" + path[2:]
    return b"\\\\?\\" + path


class Handles(Protocol):
    """A way down from one folder. `below` is a path with `/` between its parts, b"" for the folder itself."""

    def scan(self, below: bytes) -> list[os.DirEntry[Any]]:
        """What lies in the folder `below`, in the system's order. Raises `OSError`.

        The entries can be asked for their `stat` until another folder is scanned or opened.
        """
        ...

    def open(self, below: bytes, name: bytes) -> BinaryIO:
        """The regular file `name` in the folder `below`, to be read. Raises `OSError`, also for links and pipes."""
        ...

    def close(self) -> None:
        """Let go of everything that is open."""
        ...


class StepHandles:
    """Goes down by directory handles: paths of any length, and a folder swapped for a link is an error, not a way out."""

    def __init__(self, base: bytes) -> None:
        self._chain = [(b"", os.open(base, _AS_FOLDER))]
        self._deep: tuple[bytes, int] | None = None

    def scan(self, below: bytes) -> list[os.DirEntry[Any]]:
        with os.scandir(self._at(below)) as entries:
            return list(entries)

    def open(self, below: bytes, name: bytes) -> BinaryIO:
        return _regular(os.open(name, _AS_FILE, dir_fd=self._at(below)))

    def _at(self, below: bytes) -> int:
        """A handle of the folder `below`, good until another folder is asked for."""
        if self._deep is not None:
            if self._deep[0] == below:
                return self._deep[1]
            self._leave_deep()
        while not _is_at_or_above(self._chain[-1][0], below):
            os.close(self._chain.pop()[1])
        reached, handle = self._chain[-1]
        rest = below[len(reached) :].lstrip(b"/")
        for part in rest.split(b"/") if rest else ():
            handle = os.open(part, _AS_FOLDER, dir_fd=handle)
            reached = reached + b"/" + part if reached else part
            if len(self._chain) < _HELD_HANDLES:
                self._chain.append((reached, handle))
            else:
                self._leave_deep()
                self._deep = (reached, handle)
        return handle

    def _leave_deep(self) -> None:
        if self._deep is not None:
            os.close(self._deep[1])
            self._deep = None

    def close(self) -> None:
        self._leave_deep()
        while self._chain:
            os.close(self._chain.pop()[1])


class PathHandles:
    """Goes down by whole paths, as Windows wants it. A link is still not opened, but only the last part is looked at."""

    def __init__(self, base: bytes) -> None:
        self._base = base

    def scan(self, below: bytes) -> list[os.DirEntry[Any]]:
        with os.scandir(system_path(self._path(below))) as entries:
            return list(entries)

    def open(self, below: bytes, name: bytes) -> BinaryIO:
        return _regular(os.open(system_path(join(self._path(below), name)), _AS_FILE))

    def _path(self, below: bytes) -> bytes:
        return join(self._base, below.replace(b"/", SEPARATOR)) if below else self._base

    def close(self) -> None:
        """Nothing is held."""


def handles(base: bytes) -> Handles:
    """The way down from `base` on this system. Raises `OSError` when `base` can't be opened as a folder."""
    return StepHandles(base) if os.scandir in os.supports_fd and os.open in os.supports_dir_fd else PathHandles(base)


def open_file(base: bytes, path: bytes) -> BinaryIO:
    """The regular file `path` somewhere below the folder `base`, to be read; no link on the way is followed.

    Raises `OSError`; `FileNotFoundError` also when `path` does not lie below `base`.
    """
    below = relative(path, base)
    if not below:
        raise FileNotFoundError(f"{shown(path)} is not below {shown(base)}")
    folder, _, name = below.rpartition(b"/")
    way = handles(base)
    try:
        return way.open(folder, name)
    finally:
        way.close()


def _is_at_or_above(folder: bytes, below: bytes) -> bool:
    return not folder or below == folder or below.startswith(folder + b"/")


def _regular(handle: int) -> BinaryIO:
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError("not a regular file")  # noqa: TRY301  the handle must be closed on both ways out
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise
