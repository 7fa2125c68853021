"""The folders that a person chose to have indexed: what may be one, and whether it is there now."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from homespun.errors import HomespunError, NoPermission, NotFound, UsageError
from indexer.ignore import PROTECTED
from indexer.paths import SEPARATOR, absolute, relative, shown, system_path
from indexer.places import is_top, mounts, on_network, own_folders, system_folder, volume

_LONGEST_ROOT = 1000
"""Bytes of a root's own path: macOS opens 1,024 at once, Linux 4,096. What lies below may be of any length."""


@dataclass(frozen=True, slots=True)
class Root:
    """One chosen folder, and how to know it again.

    `path` is exact and without links. `device` and `inode` are the folder's at the time (0 = unknown), `volume` names
    its disk or share ("" = unknown), `mounted` says that a disk hangs right at `path`.
    """

    path: bytes
    device: int = 0
    inode: int = 0
    volume: str = ""
    mounted: bool = False


class RootState(StrEnum):
    """Whether a root can be walked. In every state but `HERE` nothing of it may be dropped from an index."""

    HERE = "here"
    AWAY = "away"
    NOT_A_FOLDER = "not a folder"
    UNREADABLE = "unreadable"


class RootAway(HomespunError):
    """A root that can't be walked now, or that left while it was walked. Its rows stay as they are."""

    def __init__(self, root: Root, state: RootState) -> None:
        what, todo = _AWAY_WORDS[state]
        super().__init__(f"{shown(root.path)} {what}.", todo, code=NotFound.code)
        self.root = root
        self.state = state


_AWAY_WORDS = {
    RootState.HERE: ("was away for a moment", "Run it again."),
    RootState.AWAY: (
        "is not there now; what the index knows of it is kept",
        "Plug the disk in or connect the share. If it is gone for good: `homespun index remove`.",
    ),
    RootState.NOT_A_FOLDER: (
        "is no longer a folder; what the index knows of it is kept",
        "Put the folder back, or `homespun index remove` it.",
    ),
    RootState.UNREADABLE: (
        "can't be read; what the index knows of it is kept",
        "Give yourself the right to read it.",
    ),
}


@dataclass(frozen=True, slots=True)
class NewRoot:
    """A folder that may be added. `warnings` are sentences to show first.

    `merges` are the roots that lie inside it: they become part of it. Their files keep their paths, so they are only
    handed over, and nothing is read again.
    """

    root: Root
    warnings: tuple[str, ...] = ()
    merges: tuple[Root, ...] = ()


def look_at_root(path: bytes) -> Root:
    """`path` as a root, with the marks to know it by. Raises `OSError`."""
    found = os.stat(system_path(path), follow_symlinks=False)
    mounted = mounts()
    return Root(path, found.st_dev, found.st_ino, volume(path, mounted), path in mounted)


def root_state(root: Root) -> RootState:
    """Whether `root` is there, and is the one that was added.

    Away: it is missing; another disk is in its place; the disk that hung there does not; or it is an empty folder on
    another device, as a mount point is without its disk.
    """
    try:
        found = os.lstat(system_path(root.path))
    except PermissionError:
        return RootState.UNREADABLE
    except OSError:
        return RootState.AWAY
    if not stat.S_ISDIR(found.st_mode):
        return RootState.NOT_A_FOLDER
    try:
        empty = _is_empty(root.path)
    except OSError as error:
        return RootState.UNREADABLE if error.errno in (errno.EACCES, errno.EPERM) else RootState.AWAY
    if (found.st_dev, found.st_ino) == (root.device, root.inode) or not root.device:
        return RootState.HERE
    return _state_of_another(root, empty)


def _is_empty(path: bytes) -> bool:
    with os.scandir(system_path(path)) as entries:
        return next(entries, None) is None


def _state_of_another(root: Root, empty: bool) -> RootState:
    """The folder is not the one on record: made anew on the same disk, another disk, or the place without its disk."""
    now = look_at_root(root.path)
    if root.volume and now.volume:
        return RootState.HERE if root.volume == now.volume else RootState.AWAY
    if root.mounted and not now.mounted:
        return RootState.AWAY
    return RootState.AWAY if empty and now.device != root.device else RootState.HERE


def check_new_root(path: str | bytes | os.PathLike[str], existing: Sequence[Root] = ()) -> NewRoot:
    """`path` (relative to where we are, `~` already expanded) as a root that may be added beside `existing`.

    Raises `NotFound`, `UsageError` or `NoPermission` with the sentence for a person.
    """
    given = absolute(path)
    try:
        real = os.fsencode(os.path.realpath(given, strict=True))
        if not stat.S_ISDIR(os.stat(system_path(real)).st_mode):
            raise UsageError(f"{shown(given)} is not a folder.", "Choose the folder that it lies in.")
        _is_empty(real)
        root = look_at_root(real)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFound(
            f"There is no folder {shown(given)}.", "Check the spelling; capitals and spaces count."
        ) from error
    except PermissionError as error:
        raise NoPermission(f"{shown(given)} can't be read.", "Give yourself the right to read it.") from error
    except OSError as error:
        why = error.strerror or str(error)
        raise NotFound(f"{shown(given)} can't be opened: {why}.", "Check that its disk is well connected.") from error
    _refuse_place(real)
    _refuse_inside(real, existing)
    merges = tuple(one for one in existing if _is_inside(one.path, real))
    return NewRoot(root, tuple(_warnings(given, real, merges)), merges)


def _refuse_place(real: bytes) -> None:
    """Raise `UsageError` for places that are nobody's documents."""
    name = shown(real)
    if is_top(real):
        raise UsageError(f"{name} is the whole system.", "Choose your home folder, or folders in it.")
    if place := system_folder(real):
        raise UsageError(f"{name} belongs to the system ({shown(place)}).", "Choose a folder with files of yours.")
    for own in own_folders():
        if _is_inside(real, own) or _is_same(real, own):
            raise UsageError(f"{name} is where Homespun keeps its own files.", "Choose a folder with files of yours.")
    parts = real.replace(SEPARATOR, b"/").split(b"/")
    for depth, part in enumerate(parts):
        above = b"".join(one + b"/" for one in parts[:depth])
        if part and PROTECTED.last_match(above, part, is_folder=True):
            raise UsageError(
                f"{name} is a place for keys and passwords.", "It is never indexed. Choose another folder."
            )
    if os.name == "posix" and len(real) > _LONGEST_ROOT:
        raise UsageError(
            f"The path is {len(real):,} bytes long; a chosen folder's may have {_LONGEST_ROOT:,}.",
            "Choose a folder further up: what lies below may be of any length.",
        )


def _refuse_inside(real: bytes, existing: Iterable[Root]) -> None:
    """Raise `UsageError` when a root already covers `real`."""
    for one in existing:
        if _is_same(real, one.path):
            raise UsageError(f"{shown(real)} is already indexed.", "Nothing to do.")
        if _is_inside(real, one.path):
            raise UsageError(
                f"{shown(real)} lies inside {shown(one.path)}, which is already indexed.",
                "Nothing to do. If its files are not found, ask `homespun index why`.",
            )


def _warnings(given: bytes, real: bytes, merges: Sequence[Root]) -> Iterable[str]:
    """What a person should know before saying yes."""
    if os.path.normcase(given) != os.path.normcase(real):
        yield f"{shown(given)} is, or goes through, a link: {shown(real)} is what gets indexed."
    if on_network(real, mounts()):
        yield (
            f"{shown(real)} is on another computer: reading it takes longer, changes are noticed only by looking "
            "again, and while it is not connected its files are kept in the index as they were."
        )
    for one in merges:
        yield f"{shown(one.path)} lies inside and becomes part of it; nothing of it is read again."


def _is_inside(path: bytes, folder: bytes) -> bool:
    """Whether `path` lies below `folder`, by name or, where names can be written in two ways, by the folders themselves."""
    if relative(os.path.normcase(path), os.path.normcase(folder)):
        return True
    try:
        there = os.stat(system_path(folder))
    except OSError:
        return False
    above = os.path.dirname(path)
    while above != path:
        try:
            if os.path.samestat(os.stat(system_path(above)), there):
                return True
        except OSError:
            pass  # a folder in between that we may not look at: its name was compared above
        path, above = above, os.path.dirname(above)
    return False


def _is_same(path: bytes, other: bytes) -> bool:
    if os.path.normcase(path) == os.path.normcase(other):
        return True
    try:
        return os.path.samestat(os.stat(system_path(path)), os.stat(system_path(other)))
    except OSError:
        return False


def root_of(path: bytes, roots: Iterable[Root]) -> Root | None:
    """The root that `path` is or lies in, None if there is none. Roots never lie inside each other."""
    folded = os.path.normcase(path)
    return next((one for one in roots if relative(folded, os.path.normcase(one.path)) is not None), None)
