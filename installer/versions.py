"""Versions side by side, the pointer that says which one runs, and how this copy of Homespun was installed.

The program folder of Windows is

    ROOT/homespun-launch.exe   never moves, so verbs and shortcuts never change
    ROOT/current.json          {"schema": 1, "version": "1.2.0", "previous": "1.1.0" or null, "refused": "1.3.0"}
    ROOT/starts-1.2.0          a byte for each start that nobody has confirmed yet
    ROOT/versions/1.2.0/       python, lib, licences, menu, files.json

A pointer file and no link: links need rights on Windows and antivirus programs look at them askance. `Layout.choose` is the
rule by which the launcher picks a version; `installer/native` says the same in C.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import sysconfig
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from installer.atomic import LEFTOVER, write_whole
from installer.atomic import rename as rename  # noqa: PLC0414 - updates have it from here

SCHEMA = 1
BUILD = "homespun-build.json"
"""What a build writes beside our packages to say what it is."""
VERSION = re.compile(r"(\d{1,6}(?:\.\d{1,6}){1,3})(?:(a|b|rc)(\d{1,3}))?", re.ASCII)
FAILED_STARTS = 2
"""So many starts that were never confirmed, and the version before it runs again."""
MOST = 65_536
"""Bytes that a pointer or a build's note may have; a larger file is no such thing."""


class Kind(StrEnum):
    """How this copy came here."""

    WINDOWS = "windows"
    DEB = "deb"
    WHEEL = "wheel"
    CHECKOUT = "checkout"


@dataclass(frozen=True)
class Installation:
    """This copy of the program.

    `root` is the program folder (for `windows` the one with `current.json`), `platform` for example `windows-x64`. `build`
    is all that the build wrote down: `{}` for a checkout.
    """

    kind: Kind
    root: Path
    version: str
    platform: str
    build: dict[str, Any]


@dataclass(frozen=True)
class Pointer:
    """What `current.json` says. `refused` is the version that was taken back: `by_hand`, or by the launcher."""

    version: str
    previous: str | None = None
    refused: str | None = None
    by_hand: bool = False


def is_version(text: object) -> bool:
    """Whether `text` is a version of ours (1.2.0, 1.2.0rc1): never a path, a device, or anything that Windows rewrites."""
    return isinstance(text, str) and VERSION.fullmatch(text) is not None


def order(version: str) -> tuple[tuple[int, ...], str, int]:
    """A key that sorts versions: 1.2.0a1 < 1.2.0b1 < 1.2.0rc1 < 1.2.0 < 1.10.0. Raises `ValueError`."""
    found = VERSION.fullmatch(version)
    if found is None:
        raise ValueError(f"{version!r} is no version")
    numbers = tuple(int(part) for part in found[1].split("."))
    return (*numbers, 0, 0)[:4], found[2] or "z", int(found[3] or 0)


@dataclass(frozen=True)
class Layout:
    """The program folder `root` with its versions."""

    root: Path

    @property
    def pointer(self) -> Path:
        """Where it says which version runs."""
        return self.root / "current.json"

    def folder(self, version: str) -> Path:
        """Where `version` is, or would be. Raises `ValueError` for what is no version."""
        order(version)
        return self.root / "versions" / version

    def installed(self) -> tuple[str, ...]:
        """The versions that are there, oldest first."""
        with suppress(OSError):
            found = (path.name for path in (self.root / "versions").iterdir() if path.is_dir())
            return tuple(sorted((name for name in found if is_version(name)), key=order))
        return ()

    def read(self) -> Pointer | None:
        """What `current.json` says; None where it is missing, damaged or of a later schema."""
        data = _json(self.pointer)
        if data.get("schema") != SCHEMA or not is_version(data.get("version")):
            return None
        previous, refused = (data.get(key) if is_version(data.get(key)) else None for key in ("previous", "refused"))
        return Pointer(str(data["version"]), previous, refused, data.get("by_hand") is True)

    def current(self) -> str | None:
        """The version that the pointer names, if it is there."""
        pointer = self.read()
        return pointer.version if pointer and self.folder(pointer.version).is_dir() else None

    def write(self, pointer: Pointer) -> None:
        """Replace `current.json`, all or nothing. Raises `OSError`."""
        data: dict[str, Any] = {"schema": SCHEMA, "version": pointer.version, "previous": pointer.previous}
        if pointer.refused:
            data["refused"] = pointer.refused
        if pointer.by_hand:
            data["by_hand"] = True
        write_whole(self.pointer, json.dumps(data).encode() + b"\n")

    def switch(self, version: str) -> None:
        """Let `version` run from the next start on; what runs now becomes the one to go back to.

        Raises `FileNotFoundError` when it isn't there, and `OSError`.
        """
        if not self.folder(version).is_dir():
            raise FileNotFoundError(str(self.folder(version)))
        now = self.current()
        if now == version:
            return
        self.confirm(version)  # what an earlier try of this version left must not count
        self.write(Pointer(version, now))

    def go_back(self, *, by_hand: bool = False) -> str | None:
        """Switch to the version before, and return its name; None, and nothing done, where there is none.

        `by_hand` is noted, so that nobody is told that the version failed. Raises `OSError`.
        """
        pointer = self.read()
        if pointer is None or pointer.previous is None or not self.folder(pointer.previous).is_dir():
            return None
        self.confirm(pointer.previous)
        self.write(Pointer(pointer.previous, None, pointer.version, by_hand))
        self.confirm(pointer.version)
        return pointer.previous

    def choose(self) -> str | None:
        """The version to start, by the launcher's rule; may rewrite the pointer. None where no version is there.

        1. The pointer names a version that is there: that one, unless it has failed `FAILED_STARTS` starts and the one
           before it is there: then the pointer is switched back, and it is that one.
        2. The pointer's version is gone: the one before it, if that is there.
        3. There is no pointer to be read, or neither is there: the newest that is.
        """
        pointer = self.read()
        there = self.installed()
        if pointer and pointer.version in there:
            if self.failed_starts(pointer.version) >= FAILED_STARTS and pointer.previous in there:
                with suppress(OSError):  # a pointer that can't be written does not make the broken version better
                    self.go_back()
                return pointer.previous
            return pointer.version
        if pointer and pointer.previous in there:
            return pointer.previous
        return there[-1] if there else None

    def failed_starts(self, version: str) -> int:
        """How many starts of `version` nobody has confirmed."""
        try:
            return self._starts(version).stat().st_size
        except OSError:
            return 0

    def note_start(self, version: str) -> None:
        """Count a start of `version`, before it is started. Raises `OSError`."""
        with self._starts(version).open("ab") as stream:
            stream.write(b".")

    def confirm(self, version: str) -> None:
        """`version` works: forget its starts. A folder that can't be written is the launcher's trouble, not the app's."""
        with suppress(OSError):
            self._starts(version).unlink()

    def tidy(self, keep: int = 2, running: Collection[str] = ()) -> tuple[str, ...]:
        """Delete all but `keep` versions, and what broken-off updates left; the names of what went.

        Never the current one, the one before it, or one of `running`. A folder in use can't be renamed on Windows; it stays
        whole until the next time.
        """
        pointer, there = self.read(), self.installed()
        if pointer is None or not {pointer.version, pointer.previous} & set(there):
            return ()  # what starts is a guess then, and nothing is deleted on a guess
        kept = {pointer.version, pointer.previous, *running} & set(there)
        for one in reversed(there):
            if len(kept) < keep and one != pointer.refused:
                kept.add(one)
        gone = [one for one in there if one not in kept and self._set_aside(one)]
        for rest in self.leftovers():
            _delete(rest)
        return tuple(gone)

    def leftovers(self) -> tuple[Path, ...]:
        """What broken-off updates and removals left: half unpacked versions, set-aside ones, counts of gone versions."""
        there = set(self.installed())
        found: list[Path] = []
        with suppress(OSError):
            found += [path for path in (self.root / "versions").iterdir() if path.suffix in (".tmp", ".old")]
        with suppress(OSError):
            for path in self.root.iterdir():
                name = path.name
                count = name.startswith("starts-") and name.removeprefix("starts-") not in there
                if count or (name.startswith(".current.") and name.endswith(LEFTOVER)):
                    found.append(path)
        return tuple(sorted(found))

    def _starts(self, version: str) -> Path:
        order(version)
        return self.root / f"starts-{version}"

    def _set_aside(self, version: str) -> bool:
        folder = self.folder(version)
        try:
            os.replace(folder, folder.with_name(f"{version}.old"))
        except OSError:
            return False
        return True


def this_installation(packages: Path | None = None) -> Installation:
    """How this copy was installed: by `homespun-build.json` beside the package `installer` (or in `packages`), if it is there.

    A build's note that can't be read counts as none.
    """
    here = packages or Path(__file__).resolve().parents[1]
    build = _json(here / BUILD)
    if build.get("schema") == SCHEMA and build.get("kind") in tuple(Kind) and is_version(build.get("version")):
        kind = Kind(build["kind"])
        root = here.parents[2] if kind is Kind.WINDOWS and len(here.parents) > 2 else here.parent
        return Installation(kind, root, str(build["version"]), str(build.get("platform") or _platform()), build)
    if (here / "pyproject.toml").is_file():
        return Installation(Kind.CHECKOUT, here, _source_version(here), _platform(), {})
    return Installation(Kind.WHEEL, here, _source_version(here), _platform(), {})


def _platform() -> str:
    """`windows-x64`, `linux-arm64`, `macos-arm64`: what this Python was made for."""
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    told = sysconfig.get_platform()
    # A Python for both kinds of Mac says "universal2"; the kernel says which one this is.
    machine = os.uname().machine if sys.platform == "darwin" else re.split(r"[-_]", told, maxsplit=1)[-1].lower()
    return f"{system}-{'arm64' if 'arm64' in machine or 'aarch64' in machine else 'x64'}"


def _source_version(packages: Path) -> str:
    """`__version__` as the source says it; nothing of ours may be imported here."""
    with suppress(OSError):
        found = re.search(
            r'^__version__ = "([^"]+)"',
            (packages / "homespun" / "__init__.py").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
        if found and is_version(found[1]):
            return found[1]
    return "0.0.0"


def _json(path: Path) -> dict[str, Any]:
    """A small JSON object; {} for everything else."""
    try:
        with path.open("rb") as stream:
            data = json.loads(stream.read(MOST))
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _delete(path: Path) -> None:
    """Delete a leftover; what can't go now goes the next time."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
