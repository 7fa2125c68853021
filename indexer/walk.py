"""What lies in a root now, by the rules; and for any one path, why it is not among that. One judge decides both.

The walk is the truth: what it lists exists and may be indexed, what it does not list is to be dropped. It is built to be
compared with 100,000 rows in well under a second: one `fstatat` per file, nothing opened but ignore files.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from homespun.files import size_text
from indexer.document import Limits
from indexer.ignore import (
    CACHE_SIGNATURE,
    CACHE_TAG,
    GIT_IGNORE_FILE,
    IGNORE_FILE,
    NO_SEARCH,
    PYTHON_ENVIRONMENT,
    Cause,
    Reason,
    Refusal,
    Rules,
    Scope,
    refusal,
)
from indexer.paths import SEPARATOR, absolute, handles, relative, shown, system_path
from indexer.places import HAS_MARKS, marks, mounts
from indexer.roots import Root, RootAway, RootState, root_of, root_state

if TYPE_CHECKING:
    from homespun.progress import Cancel

_IGNORE_FILE_LIMIT = 1_000_000
"""Bytes of an ignore file. A larger one is none: its folder is walked as if it were not there, and named."""

_CHECK_EVERY = 1024
"""Entries between two looks at `cancel` inside one folder."""

Entry = os.DirEntry[Any]


class Seen(NamedTuple):
    """One regular file as its folder lists it; compares equal to a plain tuple (a row) with the same five values.

    `size` in bytes; `mtime_ns` since 1970, negative before; `inode` is 0 on Windows, where asking costs an opening;
    `cloud`: its bytes are not on this computer, and opening it would fetch them.
    """

    name: bytes
    size: int
    mtime_ns: int
    inode: int
    cloud: bool


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder of a root: its exact path and its files, in the system's order. Empty folders are listed too."""

    path: bytes
    files: list[Seen]


@dataclass(frozen=True, slots=True)
class Found:
    """One path that the walk lists. `seen` is None for a folder."""

    root: Root
    path: bytes
    seen: Seen | None


class _Visit(NamedTuple):
    """A folder that may be walked, with the rules in force and everything in it."""

    below: bytes
    scope: Scope
    entries: Mapping[bytes, Entry]
    troubles: tuple[Refusal, ...]


class Judge:
    """Goes through one root and decides about what it meets. Close it, or use it in a `with` block.

    Raises `OSError` when the root can't be opened.
    """

    def __init__(self, root: Root, rules: Rules) -> None:
        self._root = root
        self._rules = rules
        self._top = rules.at(root.path)
        self._mounts = {path: mount for path, mount in mounts().items() if relative(path, root.path)}
        self._own = [own for path in rules.own if (own := _stat_or_none(path)) is not None]
        self._own_names = frozenset(os.path.basename(path).lower() for path in rules.own)
        self._handles = handles(root.path)

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, *_error: object) -> None:
        self._handles.close()

    def enter(self, below: bytes, above: Scope | None) -> _Visit | Cause:
        """Look into the folder `below` the root (b"" = the root itself, with `above` None). Raises `OSError`."""
        entries = {os.fsencode(entry.name): entry for entry in self._handles.scan(below)}
        scope = self._top if above is None else above.below(below.rpartition(b"/")[2])
        if NO_SEARCH in entries:
            return Cause(Reason.NOSEARCH)
        if above is not None and PYTHON_ENVIRONMENT in entries:
            return Cause(Reason.DEFAULT, detail="it is a Python environment")
        if above is not None and CACHE_TAG in entries and self._is_cache(below, entries[CACHE_TAG]):
            return Cause(Reason.DEFAULT, detail="it holds a CACHEDIR.TAG")
        if IGNORE_FILE not in entries and GIT_IGNORE_FILE not in entries:
            return _Visit(below, scope, entries, ())
        troubles: list[Refusal] = []
        homespun = self._ignore_file(below, entries.get(IGNORE_FILE), scope, troubles)
        git = self._ignore_file(below, entries.get(GIT_IGNORE_FILE), scope, troubles)
        return _Visit(below, scope.with_files(homespun, git), entries, tuple(troubles))

    def cause(self, visit: _Visit, name: bytes, entry: Entry) -> Cause | None:
        """Why `entry` of the folder is left out, None when it is not. Raises `OSError` when it can't be looked at."""
        is_folder = entry.is_dir(follow_symlinks=False)
        hidden = name.startswith(b".")
        if HAS_MARKS:
            marked = marks(entry.stat(follow_symlinks=False))
            if marked.link:
                return Cause(Reason.LINK)
            if is_folder and marked.cloud:
                return Cause(Reason.CLOUD, detail="even its list of files would have to be fetched")
            hidden = hidden or marked.hidden
        cause = visit.scope.cause(name, is_folder=is_folder, hidden=hidden, beside=visit.entries)
        if cause is not None:
            return cause
        if is_folder:
            return self._place(visit, name)
        if entry.is_file(follow_symlinks=False):
            return None
        if not entry.is_symlink():
            return Cause(Reason.SPECIAL)
        return Cause(Reason.LINK)

    def visits(
        self,
        start: Sequence[bytes],
        cancel: Cancel | None,
        entering: Callable[[bytes], None] = lambda _path: None,
    ) -> Iterator[tuple[_Visit, list[tuple[bytes, Entry]]] | Refusal]:
        """The folder that the names in `start` lead to and all below it, each with the files that are not left out.

        `entering` hears each folder's path before the folder is listed. Nothing when that folder is itself left out or gone. A `Refusal` names what can't be read or is on another
        computer.
        """
        pending = self._start(start)
        while pending:
            if cancel is not None:
                cancel.check()
            below, above = pending.pop()
            path = above.path(below.rpartition(b"/")[2]) if above is not None else self._root.path
            entering(path)
            try:
                visit = self.enter(below, above)
                if isinstance(visit, Cause):
                    continue
                files, folders, named = self._sort_out(visit, cancel)
            except (FileNotFoundError, NotADirectoryError):
                continue  # gone, or swapped, since its folder was listed
            except OSError as error:
                yield unreadable(path, error)
                continue
            yield from visit.troubles
            yield from named
            yield visit, files
            pending.extend((_under(below, name), visit.scope) for name in reversed(folders))

    def step(self, visit: _Visit, name: bytes) -> tuple[bytes, Entry] | Cause:
        """The entry `name` of the folder, with its name as the folder has it, or why it is left out. Raises `OSError`."""
        if name not in visit.entries and self._rules.fold:
            wanted = _folded(name)
            name = next((one for one in visit.entries if _folded(one) == wanted), name)
        if name not in visit.entries:
            return Cause(Reason.MISSING)
        entry = visit.entries[name]
        return self.cause(visit, name, entry) or (name, entry)

    def descend(self, names: Sequence[bytes]) -> _Visit | Cause:
        """The folder that `names` lead to from the root, or why it, or one above it, is left out. Raises `OSError`."""
        visit = self.enter(b"", None)
        for name in names:
            if isinstance(visit, Cause):
                return visit
            step = self.step(visit, name)
            if isinstance(step, Cause):
                return step
            visit = self.enter(_under(visit.below, step[0]), visit.scope)
        return visit

    def _start(self, names: Sequence[bytes]) -> list[tuple[bytes, Scope | None]]:
        """Where to begin for the folder that `names` lead to: with the rules of all folders above it."""
        if not names:
            return [(b"", None)]
        try:
            above = self.descend(names[:-1])
            step = above if isinstance(above, Cause) else self.step(above, names[-1])
        except OSError:
            return []
        if isinstance(above, Cause) or isinstance(step, Cause) or not step[1].is_dir(follow_symlinks=False):
            return []
        return [(_under(above.below, step[0]), above.scope)]

    def _sort_out(
        self, visit: _Visit, cancel: Cancel | None
    ) -> tuple[list[tuple[bytes, Entry]], list[bytes], list[Refusal]]:
        """The files and the folders to go on with, and the refusals that a person should hear of unasked."""
        files: list[tuple[bytes, Entry]] = []
        folders: list[bytes] = []
        named: list[Refusal] = []
        for number, (name, entry) in enumerate(visit.entries.items()):
            if cancel is not None and not number % _CHECK_EVERY:
                cancel.check()
            cause = self.cause(visit, name, entry)
            if cause is None:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(name)
                else:
                    files.append((name, entry))
            elif cause.reason in (Reason.NETWORK, Reason.CLOUD):
                named.append(refusal(visit.scope.path(name), cause))
        return files, folders, named

    def _place(self, visit: _Visit, name: bytes) -> Cause | None:
        """Why a folder is left out for where it is."""
        if self._mounts and (mount := self._mounts.get(visit.scope.path(name))) is not None:
            if mount.pseudo:
                return Cause(Reason.SYSTEM, detail=mount.kind)
            if mount.network:
                return Cause(Reason.NETWORK, detail=mount.kind)
        if name.lower() in self._own_names:
            found = _stat_or_none(visit.scope.path(name))
            if found is not None and any(os.path.samestat(found, own) for own in self._own):
                return Cause(Reason.OWN)
        return None

    def _is_cache(self, below: bytes, entry: Entry) -> bool:
        return (self._small_file(below, entry, len(CACHE_SIGNATURE)) or b"").startswith(CACHE_SIGNATURE)

    def _ignore_file(self, below: bytes, entry: Entry | None, scope: Scope, troubles: list[Refusal]) -> bytes | None:
        """The bytes of an ignore file, None without one. One that can't be used is named: its rules don't hold."""
        if entry is None or (os.fsencode(entry.name) == GIT_IGNORE_FILE and not self._rules.gitignore):
            return None
        path = scope.path(os.fsencode(entry.name))
        try:
            data = self._small_file(below, entry, _IGNORE_FILE_LIMIT + 1)
        except OSError as error:
            troubles.append(unreadable(path, error))
            return None
        if data is not None and len(data) <= _IGNORE_FILE_LIMIT:
            return data
        troubles.append(refusal(path, Cause(Reason.UNREADABLE, detail="an ignore file has to be a small, real file")))
        return None

    def _small_file(self, below: bytes, entry: Entry, limit: int) -> bytes | None:
        """The first `limit` bytes of a regular file that is on this computer, None for anything else."""
        found = entry.stat(follow_symlinks=False)
        if not stat.S_ISREG(found.st_mode) or (HAS_MARKS and marks(found).cloud):
            return None
        with self._handles.open(below, os.fsencode(entry.name)) as stream:
            return stream.read(limit)


def _folded(name: bytes) -> str:
    """A name as Windows and macOS compare it, nearly: no capitals, accents on their letters."""
    return unicodedata.normalize("NFC", os.fsdecode(name)).casefold()


def _stat_or_none(path: bytes) -> os.stat_result | None:
    try:
        return os.stat(system_path(path), follow_symlinks=False)
    except OSError:
        return None


def unreadable(path: bytes, error: OSError) -> Refusal:
    """The refusal for what the system does not let us read."""
    return refusal(path, Cause(Reason.UNREADABLE, detail=(error.strerror or str(error)).lower()))


def _seen(name: bytes, entry: Entry) -> Seen:
    found = entry.stat(follow_symlinks=False)
    return Seen(name, found.st_size, found.st_mtime_ns, found.st_ino, HAS_MARKS and marks(found).cloud)


def walk(
    root: Root, rules: Rules, *, cancel: Cancel | None = None, below: bytes | None = None
) -> Iterator[Folder | Refusal]:
    """All folders of `root`, each before those in it, or only `below` (a folder's path) and those in it.

    A `Refusal` names a folder that can't be read (keep what is known of it), or one on another computer or in the cloud
    (not gone into), or an ignore file that can't be used; the walk goes on. Only when the iterator ends by itself was the
    root there from start to end: drop what it did not list then, never earlier.

    Raises `RootAway` when the root is not there at the start or at the end, `Cancelled`, and
    `ValueError` when `below` does not lie in the root.
    """
    start = relative(root.path if below is None else below, root.path)
    if start is None:
        raise ValueError(f"{shown(below or b'')} is not in {shown(root.path)}")
    _require(root)
    try:
        judge = Judge(root, rules)
    except OSError as error:
        raise RootAway(root, RootState.AWAY) from error
    with judge:
        for step in judge.visits(start.split(b"/") if start else (), cancel):
            yield step if isinstance(step, Refusal) else _folder(*step)
    _require(root)


def _folder(visit: _Visit, files: list[tuple[bytes, Entry]]) -> Folder | Refusal:
    path = visit.scope.folder
    seen: list[Seen] = []
    for name, entry in files:
        try:
            seen.append(_seen(name, entry))
        except FileNotFoundError:
            continue  # deleted between the listing and the look
        except OSError as error:  # a folder that may be listed, and nothing in it looked at
            return unreadable(path, error)
    return Folder(path, seen)


def walk_folders(
    root: Root,
    rules: Rules,
    *,
    cancel: Cancel | None = None,
    below: bytes | None = None,
    entering: Callable[[bytes], None] = lambda _path: None,
) -> Iterator[Scope]:
    """As `walk`, but only the folders, each with the rules in force in it, and without a look at any file.

    `entering` hears each folder's path before it is listed: a watch set there misses nothing. Raises `OSError` when the
    root can't be opened.
    """
    start = relative(root.path if below is None else below, root.path)
    if start is None:
        return
    with Judge(root, rules) as judge:
        for step in judge.visits(start.split(b"/") if start else (), cancel, entering):
            if not isinstance(step, Refusal):
                yield step[0].scope


def scope_of(folder: bytes, root: Root, rules: Rules) -> Scope | Refusal:
    """The rules in force in one folder of `root`, or why it is left out, gone or unreadable."""
    try:
        with Judge(root, rules) as judge:
            below = (relative(folder, root.path) or b"").split(b"/")
            visit = judge.descend([name for name in below if name])
    except OSError as error:
        return _trouble(folder, folder, error)
    return visit.scope if isinstance(visit, _Visit) else refusal(folder, visit)


def _require(root: Root) -> None:
    state = root_state(root)
    if state is not RootState.HERE:
        raise RootAway(root, state)


def look(path: bytes, roots: Sequence[Root], rules: Rules) -> Found | Refusal:
    """What the walk would say of this one `path`, a file or a folder, without walking.

    The same judge decides: `Found` if and only if `walk` lists it.
    """
    path = absolute(path)
    root = root_of(path, roots)
    if root is None:
        return refusal(path, Cause(Reason.OUTSIDE))
    state = root_state(root)
    if state is not RootState.HERE:
        away = RootAway(root, state)
        return Refusal(root.path, Reason.AWAY, away.what, away.todo)
    try:
        with Judge(root, rules) as judge:
            return _look_down(judge, root, path)
    except OSError as error:
        return _trouble(path, root.path, error)


def _look_down(judge: Judge, root: Root, path: bytes) -> Found | Refusal:
    names = [name for name in path[len(root.path) :].replace(SEPARATOR, b"/").split(b"/") if name]
    below, above, at = b"", None, root.path
    for depth in range(len(names) + 1):
        try:
            visit = judge.enter(below, above)
            if isinstance(visit, Cause):
                return refusal(at, visit)
            if depth == len(names):
                return Found(root, at, None)
            at = visit.scope.path(names[depth])
            step = judge.step(visit, names[depth])
            if isinstance(step, Cause):
                return refusal(at, step)
            name, entry = step
            at = visit.scope.path(name)
            if not entry.is_dir(follow_symlinks=False):
                last = depth + 1 == len(names)
                return Found(root, at, _seen(name, entry)) if last else refusal(path, Cause(Reason.MISSING))
        except OSError as error:
            return _trouble(path, at, error)
        below, above = _under(below, name), visit.scope
    raise AssertionError


def _under(below: bytes, name: bytes) -> bytes:
    return below + b"/" + name if below else name


def _trouble(path: bytes, at: bytes, error: OSError) -> Refusal:
    gone = isinstance(error, (FileNotFoundError, NotADirectoryError))
    return refusal(path, Cause(Reason.MISSING)) if gone else unreadable(at, error)


def why_not(path: bytes, roots: Sequence[Root], rules: Rules) -> Refusal | None:
    """Why the walk does not list `path`, None when it does. See `name_only` for what is listed but not read."""
    found = look(path, roots, rules)
    return found if isinstance(found, Refusal) else None


def name_only(path: bytes, seen: Seen, limits: Limits | None = None) -> Refusal | None:
    """Why a file that the walk lists is searchable by name, size and date only; None when its contents may be read."""
    limits = limits or Limits()
    if seen.cloud:
        return refusal(path, Cause(Reason.CLOUD, detail="only its name, size and date are searchable"))
    if seen.size > limits.file_bytes:
        return Refusal(
            path,
            Reason.TOO_LARGE,
            f"{shown(path)} has {size_text(seen.size)}; files over {size_text(limits.file_bytes)} are not read.",
            "It can be found by its name, size and date.",
        )
    return None
