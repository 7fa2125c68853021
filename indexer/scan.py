"""The names stage: what lies in the roots now, compared with what the store has. The scan is the truth."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexer.ignore import Reason, Refusal
from indexer.kinds import kind_of
from indexer.paths import SEPARATOR, relative, shown
from indexer.roots import Root, RootAway
from indexer.stages import let_go
from indexer.store import Known, NewFile, Store
from indexer.store.files import storable
from indexer.walk import Folder, look, walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from homespun.progress import Progress
    from indexer.ignore import Rules
    from indexer.store import RootRow

BATCH = 5_000
"""Files between two commits: names are searchable within seconds also in a huge folder."""


@dataclass
class Scanned:
    """What a scan found. Counts are files; `away` are the roots that were not there, `refused` what could not be looked into."""

    new: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    away: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def scan(store: Store, rules: Rules, progress: Progress) -> Scanned:
    """Bring the names in the store up to what the roots hold. A root that is away keeps its rows."""
    result = Scanned()
    for row in store.files.roots():
        try:
            _scan_root(store, row, rules, progress, result)
        except RootAway as away:
            result.away.append(shown(row.path))
            with store.transaction():
                store.files.set_root(row.id, state=away.state)
    return result


def root_of_row(row: RootRow) -> Root:
    """A stored root as the walk takes it."""
    return Root(row.path, row.device, row.inode, row.volume, bool(row.mounted))


def look_again(store: Store, rules: Rules, paths: Iterable[bytes], progress: Progress) -> Scanned:
    """Bring the store up to what is at these paths (files or folders) alone: a watcher's hints."""
    result = Scanned()
    rows = store.files.roots()
    roots = [root_of_row(row) for row in rows]
    for path in paths:
        judged = look(path, roots, rules)
        if isinstance(judged, Refusal):
            if judged.reason not in (Reason.AWAY, Reason.UNREADABLE):
                with store.transaction():
                    gone = store.files.below(path, SEPARATOR)
                    remove_files(store, gone)
                    store.files.drop_all_empty_folders()
                result.removed += len(gone)
            continue
        number = next(row.id for row in rows if row.path == judged.root.path)
        if judged.seen is None:
            with suppress(RootAway):
                _scan_below(store, number, judged.root, rules, progress, result, path)
            continue
        where, _, _ = path.rpartition(SEPARATOR)
        folder, known = store.files.row(where, judged.seen.name)
        tree = {where: Known(folder, {judged.seen.name: known} if known else {})} if folder else {}
        _write(store, number, tree, _compare(Folder(where, [judged.seen]), tree, result))
    return result


def _scan_root(store: Store, root: RootRow, rules: Rules, progress: Progress, result: Scanned) -> None:
    _scan_below(store, root.id, root_of_row(root), rules, progress, result, None)
    with store.transaction():
        store.files.set_root(root.id, state="here", scanned=int(time.time()))


def _scan_below(
    store: Store,
    number: int,
    root: Root,
    rules: Rules,
    progress: Progress,
    result: Scanned,
    below: bytes | None,
) -> None:
    known = store.files.snapshot(number, below or b"", SEPARATOR)
    kept: list[bytes] = []
    writes: list[tuple[bytes, NewFile]] = []
    seen = 0
    for step in walk(root, rules, cancel=progress.cancel, below=below):
        if isinstance(step, Refusal):
            result.refused.append(step)
            if step.reason is Reason.UNREADABLE:
                kept.append(step.path)
            continue
        seen += len(step.files)
        progress.report(seen, 0, "files seen")
        writes += _compare(step, known, result)
        if len(writes) >= BATCH:
            _write(store, number, known, writes)
            writes.clear()
    _write(store, number, known, writes)
    left = [one for path, one in known.items() if one.files and not _is_kept(path, kept)]
    gone = [row.id for one in left for row in one.files.values()]
    if gone:
        with store.transaction():
            remove_files(store, gone)
            store.files.drop_empty_folders([one.id for one in left])
    result.removed += len(gone)


def _is_kept(path: bytes, kept: list[bytes]) -> bool:
    """Whether a folder lies in one that could not be looked into: what is known of it stays."""
    return any(relative(path, place) is not None for place in kept)


def _compare(folder: Folder, known: dict[bytes, Known], result: Scanned) -> list[tuple[bytes, NewFile]]:
    """The files of a folder that are new or changed; those seen are taken out of `known`, so that the gone ones stay."""
    number, rows = known.get(folder.path, Known(0, {}))
    writes: list[tuple[bytes, NewFile]] = []
    where = ""
    for found in folder.files:
        seen = found._replace(mtime_ns=storable(found.mtime_ns), inode=storable(found.inode))
        row = rows.pop(seen.name, None)
        if row is not None and row[1:] == seen[1:]:
            result.unchanged += 1
            continue
        name = shown(seen.name)
        where = where or shown(folder.path)
        file = NewFile(row.id if row else 0, number, seen.name, name, *seen[1:], kind_of(name, where))
        writes.append((folder.path, file))
        if row is None:
            result.new += 1
        else:
            result.changed += 1
    return writes


def _write(
    store: Store,
    root: int,
    known: dict[bytes, Known],
    writes: list[tuple[bytes, NewFile]],
) -> None:
    if not writes:
        return
    with store.transaction():
        for path in {path for path, file in writes if not file.folder}:
            if path not in known:
                known[path] = Known(store.files.folder(root, path, shown(path)), {})
        store.files.upsert(file._replace(folder=known[path].id) for path, file in writes)


def remove_files(store: Store, files: list[int]) -> None:
    """Drop files inside the caller's transaction; what they held goes a minute after its last file."""
    let_go(store, store.files.remove(files), int(time.time()))
