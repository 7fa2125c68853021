"""Which files there are: roots, folders and files, as the last scan saw them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import apsw

_MOST = (1 << 63) - 1

NEVER = 5
"""Reads of one file that keeps changing before it is left for the next run."""


class RootRow(NamedTuple):
    """A root as it is stored. `state` is "here" or "away"; `scanned` in seconds since 1970, 0 = never."""

    id: int
    path: bytes
    device: int
    inode: int
    volume: str
    mounted: bool
    state: str
    scanned: int


class FileRow(NamedTuple):
    """What decides whether a file changed."""

    id: int
    size: int
    mtime_ns: int
    inode: int
    cloud: bool


class Known(NamedTuple):
    """What is stored of a folder: its id, and its files by name."""

    id: int
    files: dict[bytes, FileRow]


class NewFile(NamedTuple):
    """A file that a scan found, or found changed (`id` > 0)."""

    id: int
    folder: int
    name: bytes
    shown: str
    size: int
    mtime_ns: int
    inode: int
    cloud: bool
    kind: str


class Waiting(NamedTuple):
    """A file to be read."""

    id: int
    folder: bytes
    name: bytes
    size: int
    mtime_ns: int
    inode: int


class Settled(NamedTuple):
    """What reading a file came to. `dated` in seconds since 1970."""

    id: int
    kind: str
    state: str
    reason: str
    content: int
    dated: int
    size: int
    mtime_ns: int
    inode: int


class Files:
    """The tables `root`, `folder`, `file` and `names`. All writes happen inside the caller's transaction."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._sql = connection

    # roots

    def roots(self) -> list[RootRow]:
        """All roots, in the order in which they were added."""
        return [
            RootRow(*row)
            for row in self._sql.execute(
                "SELECT id, path, device, inode, volume, mounted, state, scanned FROM root ORDER BY id"
            )
        ]

    def add_root(self, path: bytes, device: int, inode: int, volume: str, *, mounted: bool) -> int:
        """Add a root and return its id; its files come with the next scan."""
        self._sql.execute(
            "INSERT INTO root(path, device, inode, volume, mounted, state, scanned) VALUES (?, ?, ?, ?, ?, 'here', 0)",
            (path, device, inode, volume, mounted),
        )
        return int(self._sql.last_insert_rowid())

    def set_root(self, root: int, *, state: str, scanned: int | None = None) -> None:
        """Note whether a root is here or away, and when it was scanned."""
        self._sql.execute(
            "UPDATE root SET state = ?, scanned = coalesce(?, scanned) WHERE id = ?", (state, scanned, root)
        )

    def adopt(self, inner: int, outer: int) -> None:
        """Give the folders of root `inner` to root `outer`, which holds it, and drop `inner`."""
        self._sql.execute("UPDATE folder SET root = ? WHERE root = ?", (outer, inner))
        self._sql.execute("DELETE FROM root WHERE id = ?", (inner,))

    def drop_root(self, root: int) -> list[int]:
        """Drop a root with its folders and files; returns the contents that they had."""
        contents = self.remove(
            [
                row[0]
                for row in self._sql.execute(
                    "SELECT file.id FROM file JOIN folder ON folder.id = folder WHERE root = ?", (root,)
                )
            ]
        )
        self._sql.execute("DELETE FROM folder WHERE root = ?", (root,))
        self._sql.execute("DELETE FROM root WHERE id = ?", (root,))
        return contents

    # the scan

    def snapshot(self, root: int, below: bytes = b"", separator: bytes = b"/") -> dict[bytes, Known]:
        """Folder path → what is stored of it, for all folders of a root, or those at and below the path `below`."""
        tree: dict[bytes, Known] = {}
        names: dict[int, dict[bytes, FileRow]] = {}
        where = "root = ?"
        values: list[object] = [root]
        if below:
            where += " AND (path = ? OR (path >= ? AND path < ?))"
            values += [below, *_inside(below, separator)]
        for number, path in self._sql.execute(f"SELECT id, path FROM folder WHERE {where}", values):
            names[number] = {}
            tree[path] = Known(number, names[number])
        query = (
            "SELECT folder, name, file.id, size, mtime_ns, inode, cloud FROM file JOIN folder ON folder.id = folder"
            f" WHERE {where}"
        )
        for folder, name, *row in self._sql.execute(query, values):
            names[folder][name] = FileRow(*row)
        return tree

    def row(self, folder: bytes, name: bytes) -> tuple[int, FileRow | None]:
        """(id of the folder or 0, the stored file of that name or None)."""
        found = self._sql.execute("SELECT id FROM folder WHERE path = ?", (folder,)).fetchall()
        if not found:
            return 0, None
        rows = self._sql.execute(
            "SELECT id, size, mtime_ns, inode, cloud FROM file WHERE folder = ? AND name = ?", (found[0][0], name)
        ).fetchall()
        return found[0][0], FileRow(*rows[0]) if rows else None

    def folder(self, root: int, path: bytes, shown: str) -> int:
        """The id of a folder, made if it is new."""
        self._sql.execute(
            "INSERT INTO folder(root, path, shown) VALUES (?, ?, ?) ON CONFLICT(path) DO NOTHING", (root, path, shown)
        )
        [(number,)] = self._sql.execute("SELECT id FROM folder WHERE path = ?", (path,)).fetchall()
        return int(number)

    def upsert(self, files: Iterable[NewFile]) -> None:
        """Store new files and changed ones as waiting to be read; their names are searchable at once."""
        for file in files:
            if file.id:
                self._sql.execute(
                    "UPDATE file SET size = ?, mtime_ns = ?, inode = ?, cloud = ?, dated = ?, state = 'waiting', tries = 0"
                    " WHERE id = ?",
                    (file.size, file.mtime_ns, file.inode, file.cloud, file.mtime_ns // 1_000_000_000, file.id),
                )
                continue
            self._sql.execute(
                "INSERT INTO file(folder, name, shown, size, mtime_ns, inode, cloud, dated, kind, state, reason)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', '')",
                (
                    file.folder,
                    file.name,
                    file.shown,
                    file.size,
                    file.mtime_ns,
                    file.inode,
                    file.cloud,
                    file.mtime_ns // 1_000_000_000,
                    file.kind,
                ),
            )
            self._sql.execute(
                "INSERT INTO names(rowid, shown) VALUES (?, ?)", (self._sql.last_insert_rowid(), file.shown.lower())
            )

    def remove(self, files: list[int]) -> list[int]:
        """Drop files; returns the contents that they had."""
        contents: set[int] = set()
        for number in files:
            contents.update(
                row[0] for row in self._sql.execute("SELECT content FROM file WHERE id = ? AND content > 0", (number,))
            )
            self._sql.execute("DELETE FROM names WHERE rowid = ?", (number,))
            self._sql.execute("DELETE FROM file WHERE id = ?", (number,))
        return sorted(contents)

    def drop_empty_folders(self, folders: Iterable[int]) -> None:
        """Drop those of `folders` that hold no file any more."""
        self._sql.executemany(
            "DELETE FROM folder WHERE id = ? AND NOT EXISTS (SELECT 1 FROM file WHERE folder = folder.id)",
            ((number,) for number in folders),
        )

    def drop_all_empty_folders(self) -> None:
        """Drop every folder that holds no file."""
        self._sql.execute("DELETE FROM folder WHERE NOT EXISTS (SELECT 1 FROM file WHERE folder = folder.id)")

    def count_in(self, root: int) -> int:
        """How many files a root has."""
        [(count,)] = self._sql.execute(
            "SELECT count(*) FROM file JOIN folder ON folder.id = folder WHERE root = ?", (root,)
        ).fetchall()
        return int(count)

    def count_waiting_in(self, root: int) -> int:
        """How many files of a root wait to be read, without those that were left for the next scan."""
        query = (
            "SELECT count(*) FROM file JOIN folder ON folder.id = folder"
            " WHERE root = ? AND file.state = 'waiting' AND tries < ?"
        )
        [(count,)] = self._sql.execute(query, (root, NEVER)).fetchall()
        return int(count)

    # reading

    def waiting(self, limit: int, skip: Iterable[int] = ()) -> list[Waiting]:
        """Up to `limit` files that wait to be read, newest first."""
        skipped = set(skip)
        rows = self._sql.execute(
            "SELECT file.id, folder.path, name, size, mtime_ns, inode FROM file JOIN folder ON folder.id = folder"
            " WHERE file.state = 'waiting' AND tries < ? ORDER BY mtime_ns DESC LIMIT ?",
            (NEVER, limit + len(skipped)),
        )
        return [Waiting(*row) for row in rows if row[0] not in skipped][:limit]

    def count_waiting(self) -> int:
        """How many files wait to be read, without those that were left for the next scan."""
        query = "SELECT count(*) FROM file WHERE state = 'waiting' AND tries < ?"
        [(count,)] = self._sql.execute(query, (NEVER,)).fetchall()
        return int(count)

    def unsteady(self, file: int) -> None:
        """Note that a file changed while it was read; after `NEVER` times it is left for the next scan."""
        self._sql.execute("UPDATE file SET tries = tries + 1 WHERE id = ?", (file,))

    def settle(self, row: Settled) -> int | None:
        """Note what reading came to; returns the content that the file had before."""
        before = self._sql.execute("SELECT content FROM file WHERE id = ?", (row.id,)).fetchall()
        self._sql.execute(
            "UPDATE file SET kind = ?, state = ?, reason = ?, content = ?, dated = ?, size = ?, mtime_ns = ?, inode = ?,"
            " tries = 0 WHERE id = ?",
            (row.kind, row.state, row.reason, row.content, row.dated, row.size, row.mtime_ns, row.inode, row.id),
        )
        return before[0][0] if before else None

    def names_of(self, content: int) -> list[tuple[str, str]]:
        """(file name, folder below its root) of the files that have this content, for its keyword row."""
        rows = self._sql.execute(
            "SELECT file.shown, folder.shown FROM file JOIN folder ON folder.id = folder WHERE content = ? LIMIT 20",
            (content,),
        )
        return [(name, folder_words(folder)) for name, folder in rows]

    def find(self, folder: bytes, name: bytes) -> tuple[int, str, str, int | None] | None:
        """(id, state, reason, content) of a path that is stored."""
        rows = self._sql.execute(
            "SELECT file.id, state, reason, content FROM file JOIN folder ON folder.id = folder"
            " WHERE folder.path = ? AND name = ?",
            (folder, name),
        ).fetchall()
        return rows[0] if rows else None

    def below(self, path: bytes, separator: bytes) -> list[int]:
        """The files whose path is `path` or lies below it."""
        folder, _, name = path.rpartition(separator)
        rows = self._sql.execute(
            "SELECT file.id FROM file JOIN folder ON folder.id = folder WHERE folder.path = ? OR"
            " (folder.path >= ? AND folder.path < ?) OR (folder.path = ? AND name = ?)",
            (path, *_inside(path, separator), folder, name),
        )
        return [row[0] for row in rows]

    def problems(self) -> Iterator[tuple[bytes, bytes, str, str, str, int]]:
        """(folder, name, state, reason, reader, version) of the files that are not wholly in the index."""
        yield from self._sql.execute(
            "SELECT folder.path, name, file.state, file.reason, content.reader, content.version FROM file"
            " JOIN folder ON folder.id = folder JOIN content ON content.id = content"
            " WHERE file.state IN ('partial', 'skipped', 'error') ORDER BY file.state, folder.path, name"
        )


def storable(number: int) -> int:
    """`number` as SQLite keeps it: in 64 signed bits. Times beyond the year 2262 and some disks' file numbers need more."""
    return max(-_MOST - 1, min(number, _MOST))


def _inside(path: bytes, separator: bytes) -> tuple[bytes, bytes]:
    """The half-open range of blobs that start with `path` and a separator: its last byte's successor ends it."""
    inside = path.rstrip(separator) + separator
    return inside, inside[:-1] + bytes([inside[-1] + 1])


def folder_words(shown: str) -> str:
    """The last three parts of a folder's path: enough to be found by, few enough not to drown the name."""
    return " ".join(shown.replace("\\", "/").rstrip("/").split("/")[-3:])
