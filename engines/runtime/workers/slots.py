"""Memory that two processes see, without a name that could be left behind.

Linux: a memory file; macOS: a temporary file without a name; both are inherited as descriptors and vanish with the last
process that has them. Windows: a section of the paging file under a random name, which vanishes with its last handle.
"""

from __future__ import annotations

import mmap
import os
import secrets
import sys
import tempfile
from contextlib import suppress
from typing import Any

from engines.runtime.workers.frames import BrokenFrame, Message

FIRST = 65_536
LARGEST = 1 << 36
"""Bytes of a new slot, and the most that one may grow to."""


class Slot:
    """One piece of memory as the app has it; it alone makes it larger."""

    def __init__(self) -> None:
        self.size = FIRST
        self.file = -1
        self._tag = ""
        if sys.platform == "win32":
            self._map = self._section()
        else:
            self.file = _nameless()
            os.ftruncate(self.file, self.size)
            self._map = mmap.mmap(self.file, self.size)

    @property
    def memory(self) -> memoryview:
        """Its bytes. Let go of it before the slot grows or closes."""
        return memoryview(self._map)

    def fit(self, needed: int) -> None:
        """Make room for `needed` bytes; what was in the slot may be lost. Raises `BrokenFrame` above `LARGEST`."""
        if needed <= self.size:
            return
        if needed > LARGEST:
            raise BrokenFrame(f"tensors of {needed} bytes")
        # Half as much again, so that sizes that creep up do not map anew each time; pages nobody touches cost nothing.
        self.size = -(-max(needed, self.size * 3 // 2) // FIRST) * FIRST
        let_go(self._map)
        if sys.platform == "win32":
            self._map = self._section()
        else:
            os.ftruncate(self.file, self.size)
            self._map = mmap.mmap(self.file, self.size)

    def described(self) -> Message:
        """What the other end needs to see the same bytes."""
        return {"size": self.size, "file": self.file, "tag": self._tag}

    def close(self) -> None:
        """Give back the memory, once the worker has let go of it too."""
        let_go(self._map)
        if self.file >= 0:
            with suppress(OSError):
                os.close(self.file)
            self.file = -1

    def _section(self) -> mmap.mmap:
        """Windows: a new section, since one can't grow; the other end is told its name with the next message."""
        self._tag = f"Local\\homespun-{secrets.token_hex(16)}"
        return _section(self.size, self._tag)


class Seen:
    """The same memory as a worker has it."""

    def __init__(self) -> None:
        self.size = 0
        self._tag = ""
        self._map: mmap.mmap | None = None

    def follow(self, described: Any) -> memoryview:
        """The bytes of the slot that the app describes; raises `BrokenFrame` for what can't be."""
        if not isinstance(described, dict):
            raise BrokenFrame("no slot")
        size, file, tag = described.get("size"), described.get("file"), described.get("tag")
        if type(size) is not int or type(file) is not int or not isinstance(tag, str) or not 0 < size <= LARGEST:
            raise BrokenFrame("no slot")
        if self._map is None or (size, tag) != (self.size, self._tag):
            if self._map is not None:
                let_go(self._map)
                self._map = None
            try:
                if sys.platform == "win32":
                    self._map = _section(size, tag)
                else:
                    if size > os.fstat(file).st_size:
                        raise BrokenFrame("a slot that is larger than its memory")
                    self._map = mmap.mmap(file, size)
            except (OSError, ValueError) as error:
                raise BrokenFrame(f"a slot that can't be opened ({error})") from error
            self.size, self._tag = size, tag
        return memoryview(self._map)


def let_go(mapped: mmap.mmap) -> None:
    """Unmap now, or, where an array still shows the memory, when that array goes."""
    with suppress(BufferError):
        mapped.close()


def _nameless() -> int:
    """A descriptor of memory that has no name."""
    if sys.platform != "linux":
        with tempfile.TemporaryFile(prefix="homespun") as stream:
            return os.dup(stream.fileno())
    import fcntl

    file = os.memfd_create("homespun", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    # Memory that is made smaller under a mapping kills whoever reads it: a lost worker must not be able to.
    fcntl.fcntl(file, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK)
    return file


def _section(size: int, tag: str) -> mmap.mmap:
    """Windows: the section called `tag`, made by whoever asks first."""
    if sys.platform == "win32":
        return mmap.mmap(-1, size, tagname=tag)
    raise AssertionError("sections are of Windows")
