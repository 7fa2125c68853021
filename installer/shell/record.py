"""The record of what we wrote into a person's desktop, so that exactly this can be taken away again.

One JSON file. Without it our files still prove themselves by their seal (`sealed`), and Thunar's entries by their ids.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from installer.atomic import write_whole

SCHEMA = 1
MOST = 4_000_000
"""Bytes that a record may have; a larger file is none of ours."""


@dataclass(frozen=True)
class Entry:
    """One file: `sha256` of what we left there, and the `command` that it starts.

    `how` is "file" for one of our own and "merged" for a person's. A merged file has `base`, the sha256 of what it would be
    without us, and `fresh` when it was not there before.
    """

    target: str
    path: str
    sha256: str
    how: str = "file"
    command: tuple[str, ...] = ()
    base: str = ""
    fresh: bool = False


@dataclass
class Record:
    """What the file `path` says. `folders` are those that we made, in the order of making."""

    path: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Record:
        """The record in `path`; an empty one where there is none, or none that can be read."""
        record = cls(path)
        with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
            with path.open("rb") as stream:
                told = json.loads(stream.read(MOST))
            if told["schema"] == SCHEMA:
                entries = [_entry(one) for one in told["written"]]
                folders = [one for one in told["folders"] if isinstance(one, str)]
                record.entries = {one.path: one for one in entries}
                record.folders = folders
        return record

    def of(self, target: str) -> list[Entry]:
        """What was written for `target`."""
        return [one for one in self.entries.values() if one.target == target]

    def save(self) -> None:
        """Write it, all or nothing. One that tells of no file goes, and so do the folders that we made for them.

        Raises `OSError`.
        """
        if not self.entries:
            self.path.unlink(missing_ok=True)
            self.drop_folders()
            self.folders.clear()  # those that are left hold what is not ours
            return
        self.make_folder(self.path.parent)
        told = {
            "schema": SCHEMA,
            "written": [asdict(one) for one in sorted(self.entries.values(), key=lambda one: one.path)],
            "folders": self.folders,
        }
        content = json.dumps(told, indent=1).encode() + b"\n"
        with suppress(OSError):
            if self.path.read_bytes() == content:
                return
        replace(self.path, content, 0o600)

    def make_folder(self, folder: Path) -> None:
        """Make `folder` and those above it, and remember which were not there. Raises `OSError`."""
        missing = [one for one in (folder, *folder.parents) if not os.path.lexists(one)]
        for one in reversed(missing):
            one.mkdir()
            self.folders.append(str(one))

    def drop_folders(self) -> None:
        """Delete the folders that we made and that are empty now."""
        for one in reversed(self.folders.copy()):
            with suppress(OSError):
                os.rmdir(one)  # noqa: PTH106 - it refuses a folder that holds anything
            if not os.path.lexists(one):
                self.folders.remove(one)


def sha256(content: bytes) -> str:
    """The hash of `content`, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def content_of(path: Path) -> bytes | None:
    """What `path` holds; None when it is not there or no ordinary file."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def replace(path: Path, content: bytes, mode: int) -> None:
    """Write `content` so that a crash leaves the old file or the new one; a link is followed. Raises `OSError`."""
    write_whole(Path(os.path.realpath(path)), content, mode)


def _entry(told: dict[str, Any]) -> Entry:
    one = Entry(**{**told, "command": tuple(told["command"])})
    texts = (one.target, one.path, one.sha256, one.how, one.base, *one.command)
    if not all(isinstance(text, str) for text in texts) or not isinstance(one.fresh, bool):
        raise TypeError("no entry")
    return one
