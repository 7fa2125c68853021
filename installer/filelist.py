"""`files.json`: every file of an installed version with its size and sha256, for repair and for updates."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from installer.atomic import write_whole
from installer.failure import ExitCode, Failure

SCHEMA = 1
NAME = "files.json"
SIGNATURE = "files.json.sig"
MOST = 64 * 1024 * 1024
"""Bytes that a list may have."""
BLOCK = 1 << 20


class Unlisted(Failure):
    """There is no list, or none that can be used."""


@dataclass(frozen=True)
class Listed:
    """What a file must be: bytes, and sha256 in hex."""

    size: int
    sha256: str


@dataclass(frozen=True)
class FileList:
    """The list of one version: relative paths with `/` → what they must be."""

    version: str
    platform: str
    files: Mapping[str, Listed]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(one.size for one in self.files.values())


@dataclass(frozen=True)
class Verified:
    """What `verify` found: relative paths with `/`, sorted. `extra` are files that the list doesn't name."""

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether every listed file is there as it should be; files that came on top do no harm."""
        return not (self.missing or self.changed)


def write(folder: Path, version: str, platform: str) -> Path:
    """List every file below `folder` in its `files.json`; the same files give the same bytes. Raises `Failure`, `OSError`."""
    files: dict[str, Any] = {}
    for name, path in _walk(folder):
        if path.is_symlink() or not path.is_file():
            raise Failure(
                ExitCode.FAILED, f"{name} is a link or a device; a version holds plain files.", "Leave it out."
            )
        digest, size = _digest(path)
        files[name] = {"size": size, "sha256": digest}
    data = {"schema": SCHEMA, "version": version, "platform": platform, "files": dict(sorted(files.items()))}
    target = folder / NAME
    content = json.dumps(data, indent=1, ensure_ascii=False).encode() + b"\n"
    write_whole(target, content, 0o644)  # it goes into packages
    return target


def read(folder: Path) -> FileList:
    """The list of the version in `folder`. Raises `Unlisted` when there is none that can be used."""
    path = folder / NAME
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST + 1)
    except OSError as error:
        raise _unlisted(path, error.strerror or str(error)) from error
    return parse(content, path)


def parse(content: bytes, path: Path) -> FileList:
    """The list that `content` holds; `path` is for the message. Raises `Unlisted`, also for names that leave the folder."""
    if len(content) > MOST:
        raise _unlisted(path, "it is too long")
    try:
        data = json.loads(content)
        if data["schema"] != SCHEMA:
            raise _unlisted(path, "it is of a later Homespun")
        files = {name: Listed(one["size"], one["sha256"]) for name, one in data["files"].items()}
        found = FileList(data["version"], data["platform"], files)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _unlisted(path, "it is damaged") from error
    for name, one in files.items():
        if not (is_inside(name) and type(one.size) is int and one.size >= 0 and _is_sha256(one.sha256)):
            raise _unlisted(path, "it is damaged")
    if not (isinstance(found.version, str) and isinstance(found.platform, str)):
        raise _unlisted(path, "it is damaged")
    return found


def verify(folder: Path, *, thorough: bool = True, tell: Callable[[int, int, str], None] | None = None) -> Verified:
    """Compare the files in `folder` with its list: by hash, or by size alone unless `thorough`.

    `tell` hears the bytes done, all bytes and the file's name, before each file; what it raises ends the work. Raises
    `Unlisted`.
    """
    listed = read(folder)
    missing, changed = [], []
    done = 0
    for name, wanted in listed.files.items():
        if tell:
            tell(done, listed.size, name)
        state = _compare(folder / name, wanted, thorough=thorough)
        if state is None:
            missing.append(name)
        elif not state:
            changed.append(name)
        done += wanted.size
    extra = [name for name, _ in _walk(folder) if name not in listed.files]
    return Verified(tuple(sorted(missing)), tuple(sorted(changed)), tuple(sorted(extra)))


def is_inside(name: object) -> bool:
    """Whether `name` is a plain relative path with `/` that stays below its folder on every system."""
    if not isinstance(name, str) or not name or "\\" in name or ":" in name or name.startswith("/"):
        return False
    return PurePosixPath(name).as_posix() == name and not {"", ".", ".."} & set(name.split("/"))


def _compare(path: Path, wanted: Listed, *, thorough: bool) -> bool | None:
    """Whether the file is as it should be; None when it isn't there."""
    try:
        if path.is_symlink() or not path.is_file():
            return None if not os.path.lexists(path) else False
        if path.stat().st_size != wanted.size:
            return False
        return not thorough or _digest(path)[0] == wanted.sha256
    except OSError:
        return False


def _walk(folder: Path) -> list[tuple[str, Path]]:
    """Every file below `folder` but the list itself, with its relative path, sorted by that."""
    found = []
    for where, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(where) / name).is_symlink()]
        for name in (*names, *links):
            path = Path(where) / name
            relative = path.relative_to(folder).as_posix()
            if relative not in (NAME, SIGNATURE):
                found.append((relative, path))
    return sorted(found)


def _digest(path: Path) -> tuple[str, int]:
    """sha256 and bytes of a file."""
    sums = hashlib.sha256()
    size = 0
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            sums.update(block)
            size += len(block)
    return sums.hexdigest(), size


def _is_sha256(text: object) -> bool:
    return isinstance(text, str) and re.fullmatch(r"[0-9a-f]{64}", text) is not None


def _unlisted(path: Path, why: str) -> Unlisted:
    return Unlisted(
        ExitCode.FAILED, f"The list of files {path} can't be used: {why}.", "Install Homespun again over itself."
    )
