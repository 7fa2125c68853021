"""Linux's inotify, folder by folder: exact names, no folder that is left out, no link followed, and its limits seen.

watchfiles 1.3 does for Windows and macOS what this does for Linux. Here it would not do, measured: its recursive watch
follows links out of a root; one name that is not UTF-8 ends it for good; a queue that ran over is never heard of.
"""

from __future__ import annotations

import ctypes
import errno
import os
import selectors
import struct
from typing import NamedTuple

from homespun.errors import HomespunError
from indexer.paths import shown

MODIFY = 0x2
ATTRIB = 0x4
CLOSE_WRITE = 0x8
MOVED_FROM = 0x40
MOVED_TO = 0x80
CREATE = 0x100
DELETE = 0x200
OVERFLOW = 0x4000
IGNORED = 0x8000
IS_FOLDER = 0x40000000

_ONLY_FOLDERS = 0x1000000
_NO_LINK = 0x2000000
_UNLINKED_QUIET = 0x4000000

_NONBLOCK = int(getattr(os, "O_NONBLOCK", 0))
_CLOEXEC = int(getattr(os, "O_CLOEXEC", 0))

_WANTED = MODIFY | ATTRIB | CLOSE_WRITE | MOVED_FROM | MOVED_TO | CREATE | DELETE | _ONLY_FOLDERS | _UNLINKED_QUIET

_HEADER = struct.Struct("iIII")
_BUFFER = 1 << 18


class LimitReached(HomespunError):
    """The system watches no more folders for this person (`fs.inotify.max_user_watches`, `max_user_instances`)."""

    def __init__(self, what: str, folder: bytes = b"") -> None:
        super().__init__(
            f"The system's limit of {what} is reached{' at ' + shown(folder) if folder else ''}.",
            "Raise fs.inotify.max_user_watches and fs.inotify.max_user_instances (see `man 7 inotify`).",
        )


class Event(NamedTuple):
    """One change: the watched folder it is in (None: the queue ran over), its name there (b"": the folder), and what."""

    folder: bytes | None
    name: bytes
    mask: int


class Inotify:
    """A set of watched folders and the changes in them. Raises `LimitReached` and `OSError`."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None, use_errno=True)
        self._handle = self._library.inotify_init1(_NONBLOCK | _CLOEXEC)
        if self._handle < 0:
            self._fail("watchers")
        self._folders: dict[int, bytes] = {}
        self._watches: dict[bytes, int] = {}
        self._waiting = selectors.DefaultSelector()
        self._waiting.register(self._handle, selectors.EVENT_READ)

    def __contains__(self, folder: bytes) -> bool:
        return folder in self._watches

    def __len__(self) -> int:
        return len(self._watches)

    def add(self, folder: bytes) -> None:
        """Watch one folder, not those in it. A folder that moved here keeps its watch under the new name."""
        watch = self._library.inotify_add_watch(self._handle, folder, _WANTED | _NO_LINK)
        if watch < 0:
            self._fail("watched folders", folder)
        self._forget_name(watch)
        self._folders[watch] = folder
        self._watches[folder] = watch

    def remove(self, top: bytes) -> None:
        """Stop watching `top` and all folders in it."""
        start = top + b"/"
        for folder in [one for one in self._watches if one == top or one.startswith(start)]:
            watch = self._watches.pop(folder)
            del self._folders[watch]
            self._library.inotify_rm_watch(self._handle, watch)

    def read(self, seconds: float) -> list[Event]:
        """The changes that wait, or come within `seconds`; in order."""
        if not self._waiting.select(max(0.0, seconds)):
            return []
        try:
            data = os.read(self._handle, _BUFFER)
        except BlockingIOError:
            return []
        events = []
        at = 0
        while at < len(data):
            watch, mask, _cookie, length = _HEADER.unpack_from(data, at)
            at += _HEADER.size
            name = data[at : at + length].rstrip(b"\0")
            at += length
            if mask & OVERFLOW:
                events.append(Event(None, b"", mask))
            elif mask & IGNORED:
                self._forget_name(watch)
                self._folders.pop(watch, None)
            elif (folder := self._folders.get(watch)) is not None:
                events.append(Event(folder, name, mask))
        return events

    def close(self) -> None:
        """Let go of all watches."""
        if self._handle >= 0:
            self._waiting.close()
            os.close(self._handle)
            self._handle = -1

    def _forget_name(self, watch: int) -> None:
        """Take away the name of a watch, but not a new watch that already has the same name."""
        folder = self._folders.get(watch)
        if folder is not None and self._watches.get(folder) == watch:
            del self._watches[folder]

    def _fail(self, what: str, folder: bytes = b"") -> None:
        code = ctypes.get_errno()
        if code in (errno.ENOSPC, errno.EMFILE, errno.ENFILE):
            raise LimitReached(what, folder)
        raise OSError(code, os.strerror(code))
