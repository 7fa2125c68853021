"""The folder of one document, from which its unsaved work comes back after a crash.

In it: `document.json` (which file, which steps, whose), a copy of the file as it was opened, the pixels that each step
left, and the mask. It is made with the first change and removed when the document is closed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
import uuid
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.workers.editing.contract import CLOSED
from engines.runtime.proof.alive import boot_id, is_alive, same_boot, started
from homespun.errors import Damaged
from homespun.folders import make_private

NAME = "document.json"
VERSION = 1

FORGOTTEN = 24 * 3600
"""Seconds after which a folder without `document.json` belongs to nobody."""

Pixels = NDArray[Any]

_ODD = (OSError, KeyError, IndexError, TypeError, ValueError, AttributeError)
"""What reading an object of another shape may raise."""


class DocumentFolder:
    """One document's folder below `place`; nothing is on the disk before the first change."""

    def __init__(self, place: Path, owner: int, source: Path, *, title: str = "", number: str = "") -> None:
        """`owner` is the process whose end makes this an orphan, `source` the file that was opened."""
        self.number = number or uuid.uuid4().hex
        self.path = place / self.number
        self.source = source
        self._told: dict[str, Any] = {
            "version": VERSION,
            "path": str(source),
            "title": title or source.name,
            "owner": {"pid": owner, "began": started(owner), "boot": boot_id()},
            "base": None,
            "steps": [],
            "position": 0,
            "saved": [0, 0],
            "mask": None,
            "seen": None,
        }

    @classmethod
    def reopened(cls, place: Path, number: str, owner: int) -> DocumentFolder:
        """The folder with this number, owned by `owner` from now on. Raises `Damaged`."""
        told = read(place / number)
        folder = cls(place, owner, Path(told["path"]), title=told["title"], number=number)
        folder._told.update({key: told[key] for key in ("base", "steps", "position", "saved", "mask")})
        base = told["base"]
        folder._told["seen"] = told.get("seen") or (base and [base["size"], base["modified"]])
        return folder

    def opens(self) -> None:
        """The file is read now: what it is from here on may be something else."""
        self._told["seen"] = seen(self.source)

    @property
    def is_source_changed(self) -> bool:
        """Whether another program wrote the file, or took it away, since it was opened or saved here."""
        return self._told["seen"] is not None and seen(self.source) != self._told["seen"]

    @property
    def told(self) -> Mapping[str, Any]:
        """What `document.json` says."""
        return self._told

    @property
    def base(self) -> Path:
        """The file whose pixels the steps begin with."""
        base = self._told["base"]
        kept = self.path / base["kept"] if base and base["kept"] else None
        return kept if kept is not None and kept.exists() else self.source

    @property
    def pasted(self) -> bool:
        """Whether the picture came without a file: the only one is in this folder."""
        return self.source.parent == self.path

    def note(self, **told: Any) -> bool:
        """Write down what changed; the folder is made if it isn't there yet. Whether that went."""
        self._told.update(told)
        try:
            self._begin()
            _write(self.path / NAME, json.dumps(self._told).encode())
        except OSError:
            return False
        return True

    def write_pixels(self, number: int, name: str, pixels: Pixels) -> None:
        """Keep pixels of a step. Raises `OSError`."""
        self._begin()
        path = self._file(number, name)
        part = path.with_suffix(".part")
        try:
            with part.open("wb") as stream:
                np.save(stream, np.ascontiguousarray(pixels), allow_pickle=False)
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink()
            raise

    def read_pixels(self, number: int, name: str) -> Pixels:
        """What `write_pixels` kept. Raises `Damaged`."""
        try:
            pixels: Pixels = np.load(self._file(number, name), allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise Damaged(
                f"Step {number + 1} of this picture can't be read.", "The steps before it are whole."
            ) from error
        return pixels

    def forget_from(self, position: int) -> None:
        """The steps from there on are gone for good: what was saved with one of them is not what comes after."""
        if self._told["saved"][0] > position:
            self._told["saved"] = [-1, 0]

    def forget_step(self, number: int) -> None:
        """Delete the pixels of a step."""
        for path in self.path.glob(f"{number:05d}.*"):
            with suppress(OSError):
                path.unlink()

    def keep_mask(self, box: tuple[int, int, int, int] | None, data: bytes) -> bool:
        """Keep what is marked (`data` of `box`, left, top, right, bottom; None = nothing). Whether that went."""
        if box is None:
            if self._told["mask"] is None:
                return True
            return self.note(mask=None)
        name = f"mask-{time.monotonic_ns()}.bin"
        try:
            self._begin()
            _write(self.path / name, zlib.compress(data, 1))
        except OSError:
            return False
        kept = self.note(mask={"box": box, "file": name})
        for old in self.path.glob("mask-*.bin"):
            if old.name != name:
                with suppress(OSError):
                    old.unlink()
        return kept

    def mask(self) -> tuple[tuple[int, int, int, int], bytes] | None:
        """What `keep_mask` kept; None for nothing, or where it is damaged."""
        mask = self._told["mask"]
        if mask is None:
            return None
        left, top, right, bottom = mask["box"]
        with suppress(OSError, zlib.error):
            data = zlib.decompress((self.path / mask["file"]).read_bytes())
            if len(data) == (right - left) * (bottom - top):
                return (left, top, right, bottom), data
        return None

    def is_source_same(self) -> bool:
        """Whether the steps can begin: the file that was opened is kept, or is still what it was."""
        base = self._told["base"]
        if base is None or (base["kept"] and (self.path / base["kept"]).exists()):
            return True
        return bool(self.source.exists() and _digest(self.source) == base["sha256"])

    def remove(self) -> None:
        """Delete it all."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _begin(self) -> None:
        """Make the folder, and put a copy of the opened file into it: the file itself may change or go."""
        if self.path.is_dir() and self._told["base"] is not None:
            return
        stat = self.source.stat()
        digest = _digest(self.source)
        if self.is_source_changed:  # the steps are of a picture that is not there any more
            raise FileNotFoundError(self.source)
        make_private(self.path)
        kept = self.source.name if self.pasted else self._copied(digest)
        self._told["base"] = {
            "kept": kept,
            "size": stat.st_size,
            "modified": stat.st_mtime_ns,
            "sha256": digest,
        }

    def _copied(self, digest: str) -> str:
        """The name of a whole copy of the source in the folder; "" where there is no room for one."""
        name = f"opened{self.source.suffix}"
        part = self.path / "opened.part"
        try:
            shutil.copyfile(self.source, part)
            if _digest(part) != digest:
                raise FileNotFoundError(self.source)
            part.replace(self.path / name)
        except OSError:
            with suppress(OSError):
                part.unlink()
            return ""
        return name

    def _file(self, number: int, name: str) -> Path:
        return self.path / f"{number:05d}.{name}.npy"


def read(folder: Path) -> dict[str, Any]:
    """What `document.json` in `folder` says. Raises `Damaged`."""
    try:
        told = json.loads((folder / NAME).read_bytes())
        good = told["version"] == VERSION and all(
            key in told for key in ("path", "title", "owner", "base", "steps", "position", "saved", "mask")
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Damaged(f"What was kept of a picture in {folder} can't be read.", "It can be deleted.") from error
    if not good:
        raise Damaged(f"{folder} was written by another version.", "It can be deleted.")
    result: dict[str, Any] = told
    return result


def left_behind(place: Path) -> list[dict[str, Any]]:
    """The documents below `place` whose owner is gone and that hold unsaved work, the newest first.

    Orphans with nothing to save are deleted on the way.
    """
    found = []
    for folder in _folders(place):
        with suppress(Damaged, *_ODD):  # one that can't be understood, or goes just now, keeps nobody from the others
            if (one := _left(folder)) is not None:
                found.append(one)
    return sorted(found, key=lambda one: -float(one["when"]))


def _left(folder: Path) -> dict[str, Any] | None:
    told = read(folder)
    if is_owned(told):
        return None
    current = told["steps"][told["position"] - 1]["current"] if told["position"] else 0
    if (folder / CLOSED).exists() or (told["mask"] is None and [told["position"], current] == list(told["saved"])):
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return {
        "number": folder.name,
        "path": str(told["path"]),
        "title": str(told["title"]),
        "steps": int(told["position"]),
        "when": (folder / NAME).stat().st_mtime,
    }


def remove(place: Path, number: str) -> None:
    """Delete what was left of a document; one that is open in a window stays."""
    if not (place / number / NAME).is_file() or (place / number).parent != place:
        return
    with suppress(Damaged, *_ODD):
        if is_owned(read(place / number)):
            return
    shutil.rmtree(place / number, ignore_errors=True)


def _folders(place: Path) -> Iterator[Path]:
    try:
        there = sorted(place.iterdir())
    except OSError:
        return
    for one in there:
        with suppress(OSError):  # another window closes it just now
            if (one / NAME).is_file():
                yield one
            elif one.is_dir() and time.time() - one.stat().st_mtime > FORGOTTEN:  # killed while it was being made
                shutil.rmtree(one, ignore_errors=True)


def is_owned(told: Mapping[str, Any]) -> bool:
    """Whether the app that has this document still runs."""
    owner = told["owner"]
    return same_boot(owner["boot"], boot_id()) and is_alive(int(owner["pid"]), float(owner["began"]))


def _write(path: Path, data: bytes) -> None:
    """Replace a file at once. A kill leaves the old one or the new one; only a power cut may lose the last seconds."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise


def seen(path: Path) -> list[int] | None:
    """The state of a file, which is another once somebody wrote it; None = there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
