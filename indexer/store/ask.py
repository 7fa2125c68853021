"""Questions to the store: keyword scores, filters, names, and the rows of hits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.passages import spread
from indexer.paths import SEPARATOR
from indexer.store.schema import SEGMENT_BITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import apsw
    from numpy.typing import NDArray

WEIGHTS = (4.0, 2.0, 1.0, 3.0, 1.0, 1.0)
"""BM25 weights of name, title, lead, opening, body, folder: tuned on CACM and known items (`benchmarks search`)."""


@dataclass(frozen=True)
class Filter:
    """What a file must be: one of `kinds`; `dated` in [after, before) seconds; in a folder of that name; so named; so large.

    `below` is the exact path of a folder that it lies in, at any depth.
    """

    kinds: tuple[str, ...] = ()
    after: int | None = None
    before: int | None = None
    folder: str | None = None
    globs: tuple[str, ...] = ()
    size_min: int | None = None
    size_max: int | None = None
    below: bytes | None = None

    def where(self) -> tuple[str, list[object]]:
        """The condition over `file` and `folder`, and its values."""
        parts: list[str] = []
        values: list[object] = []

        def add(part: str, *given: object) -> None:
            parts.append(part)
            values.extend(given)

        if self.kinds:
            add(f"kind IN ({', '.join('?' * len(self.kinds))})", *self.kinds)
        if self.after is not None:
            add("dated >= ?", self.after)
        if self.before is not None:
            add("dated < ?", self.before)
        if self.folder is not None:
            add(f"folder IN (SELECT id FROM folder WHERE {_IN_FOLDER})", _folder_part(self.folder))
        if self.below is not None:
            add(f"folder IN (SELECT id FROM folder WHERE {_BELOW})", *_below(self.below))
        if self.globs:
            globs = [glob.lower()[:_LONGEST_GLOB] for glob in self.globs]
            add(f"({' OR '.join(['small(file.shown) GLOB ?'] * len(globs))})", *globs)
        if self.size_min is not None:
            add("size >= ?", self.size_min)
        if self.size_max is not None:
            add("size <= ?", self.size_max)
        return " AND ".join(parts) or "1", values


_IN_FOLDER = r"instr('/' || small(replace(shown, '\', '/')) || '/', ?)"

_BELOW = "path = ? OR (path >= ? AND path < ?)"

_LONGEST_GLOB = 4_000
"""No name is as long; SQLite refuses patterns of over 50,000 bytes."""

_LONGEST_NAME = 255
_MOST_PARTS = 60
"""No name holds so many words; SQLite refuses expressions of over 1,000 terms."""

SHORTEST_BEGINNING = 4
"""Letters of a word that is still being typed from which words beginning so are searched in texts: fewer are in nearly every
text, and cost three times as much. Names are searched from three on."""


def _folder_part(name: str) -> str:
    return f"/{name.lower().replace(chr(92), '/').strip('/')}/"


def _below(path: bytes) -> tuple[bytes, bytes, bytes]:
    """What `_BELOW` compares with: the folder, the first path below it, and the first after all of those."""
    start = path if path.endswith(SEPARATOR) else path + SEPARATOR
    return path, start, start[:-1] + bytes([SEPARATOR[0] + 1])


class FileHit(NamedTuple):
    """A file as a hit shows it. `dated` and `mtime` in seconds since 1970."""

    id: int
    content: int
    folder: bytes
    name: bytes
    shown: str
    kind: str
    size: int
    mtime: int
    dated: int
    passes: bool


@dataclass(frozen=True)
class Found:
    """Contents with their keyword scores, best first."""

    contents: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    scores: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))


def quoted(word: str) -> str:
    """A person's word as an FTS5 string: never syntax; signs of Chinese, Japanese and Korean become a phrase."""
    plain = word.encode("utf-8", "replace").decode().replace("\0", " ")  # FTS5 would stop reading at a NUL
    return '"' + " ".join(spread(plain).split()).replace('"', '""') + '"'


def _match(words: Sequence[str], phrases: Sequence[str], beginning: str = "") -> str:
    """What FTS5 matches: any of `words`, or one that begins with `beginning`, and all of `phrases`; "" for nothing."""
    clauses = [" OR ".join(quoted(word) for word in words)] if words else []
    if clauses and len(beginning) >= SHORTEST_BEGINNING:
        clauses[0] += f" OR {quoted(beginning)}*"
    clauses += [quoted(phrase) for phrase in phrases]
    return " AND ".join(f"({clause})" for clause in clauses)


def _of_files(where: Filter | None) -> tuple[str, list[object]]:
    """The condition on keyword rows that a file which passes holds their content, and its values; "" for no filter."""
    if where is None:
        return "", []
    inner, values = where.where()
    files = f"SELECT content FROM file JOIN folder ON folder.id = folder WHERE {inner}"
    return f" AND rowid >> {SEGMENT_BITS} IN ({files})", values


class Ask:
    """Reads only. Each method is one short transaction, so that writers are never held up."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._sql = connection

    def keywords(
        self,
        words: Sequence[str],
        *,
        beginning: str = "",
        phrases: Sequence[str] = (),
        excluded: Sequence[str] = (),
        where: Filter | None = None,
        limit: int = 300,
    ) -> Found:
        """Contents that hold any of `words` and all of `phrases`, none of `excluded`, with BM25 (Robertson 1994) scores.

        FTS5's own k1 = 1.2 and b = 0.75; `where` filters before ranking. Words that begin with `beginning` count as well.
        """
        match = _match(words, phrases, beginning)
        if not match:
            return Found()
        if excluded:
            match = f"({match}) NOT ({' OR '.join(quoted(word) for word in excluded)})"
        condition, values = _of_files(where)
        rows = self._sql.execute(
            f"SELECT rowid >> {SEGMENT_BITS}, bm25(fts, ?, ?, ?, ?, ?, ?) AS score FROM fts WHERE fts MATCH ?{condition}"
            " ORDER BY score LIMIT ?",
            (*WEIGHTS, match, *values, limit),
        ).fetchall()
        if not rows:
            return Found()
        contents = np.array([row[0] for row in rows], np.int64)
        _, first = np.unique(contents, return_index=True)  # a long text has several rows: the best one counts
        first.sort()
        return Found(contents[first], -np.array([row[1] for row in rows], np.float32)[first])

    def how_many_hold(self, words: Sequence[str], *, phrases: Sequence[str] = (), where: Filter | None = None) -> int:
        """How many contents hold any of `words`, and all of `phrases`."""
        match = _match(words, phrases)
        if not match:
            return 0
        condition, values = _of_files(where)
        [(number,)] = self._sql.execute(
            f"SELECT count(DISTINCT rowid >> {SEGMENT_BITS}) FROM fts WHERE fts MATCH ?{condition}", (match, *values)
        ).fetchall()
        return int(number)

    def passing(self, where: Filter) -> NDArray[np.int64]:
        """The contents of the files that pass, sorted, each once."""
        inner, values = where.where()
        rows = self._sql.execute(
            f"SELECT DISTINCT content FROM file JOIN folder ON folder.id = folder WHERE content > 0 AND {inner}", values
        ).fetchall()
        return np.sort(np.array([row[0] for row in rows], np.int64))

    def without(self, excluded: Sequence[str], contents: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those of `contents` that hold none of the excluded words and phrases."""
        match = " OR ".join(quoted(word) for word in excluded)
        rows = self._sql.execute(f"SELECT DISTINCT rowid >> {SEGMENT_BITS} FROM fts WHERE fts MATCH ?", (match,))
        return contents[~np.isin(contents, np.array([row[0] for row in rows], np.int64))]

    def holding(self, phrases: Sequence[str]) -> NDArray[np.int64]:
        """The contents that hold all of the phrases, sorted."""
        match = " AND ".join(quoted(phrase) for phrase in phrases)
        rows = self._sql.execute(f"SELECT DISTINCT rowid >> {SEGMENT_BITS} FROM fts WHERE fts MATCH ?", (match,))
        return np.sort(np.array([row[0] for row in rows], np.int64))

    def newest(self, where: Filter, limit: int, *, skip: int = 0) -> list[FileHit]:
        """The newest files that pass, without the first `skip`."""
        inner, values = where.where()
        return self._hits(f"{inner} ORDER BY dated DESC, file.id LIMIT ? OFFSET ?", [*values, limit, skip], "1", [])

    def how_many(self, where: Filter) -> int:
        """How many files pass."""
        inner, values = where.where()
        query = f"SELECT count(*) FROM file JOIN folder ON folder.id = folder WHERE {inner}"
        [(number,)] = self._sql.execute(query, values).fetchall()
        return int(number)

    def months(self, where: Filter) -> list[tuple[int, int, int]]:
        """(year, month, files) of the files that pass, newest first, as the clock here has them."""
        inner, values = where.where()
        rows = self._sql.execute(
            "SELECT strftime('%Y-%m', dated, 'unixepoch', 'localtime') AS month, count(*) FROM file"
            f" JOIN folder ON folder.id = folder WHERE {inner} GROUP BY month ORDER BY max(dated) DESC",
            values,
        )
        return [(int(month[:-3]), int(month[-2:]), count) for month, count in rows if month]

    def files(self, contents: Iterable[int], where: Filter | None = None) -> list[FileHit]:
        """All files of `contents`; `passes` tells those that `where` lets through."""
        wanted = list(contents)
        inner, values = where.where() if where else ("1", [])
        return self._hits(f"content IN ({', '.join('?' * len(wanted))})", wanted, inner, values)

    def named(self, name: str, limit: int = 20) -> list[FileHit]:
        """The files whose whole name, or name without its extension, is `name`, whatever the case."""
        if not name.isprintable():
            return []
        # Two searches of the index by name: as one condition with OR, SQLite reads all files (11 ms at 87,600 of them).
        named = (
            "SELECT id FROM file WHERE shown = ?1 COLLATE NOCASE UNION SELECT id FROM file"
            " WHERE shown > ?1 || '.' COLLATE NOCASE AND shown < ?1 || '/' COLLATE NOCASE"
            " AND instr(substr(shown, length(?1) + 2), '.') = 0"
        )
        return self._hits(f"file.id IN ({named}) LIMIT ?2", [name, limit], "1", [])

    def names_beginning(self, text: str, limit: int = 20) -> list[FileHit]:
        """The files whose name begins with `text`, whatever the case, newest first."""
        if not text or not text.isprintable() or len(text) > _LONGEST_NAME:
            return []
        begun = "SELECT id FROM file WHERE shown >= ?1 COLLATE NOCASE AND shown < ?1 || char(1114111) COLLATE NOCASE"
        return self._hits(f"file.id IN ({begun}) ORDER BY dated DESC LIMIT ?2", [text, limit], "1", [])

    def name_parts(self, words: Sequence[str], *, waiting: bool, limit: int = 50) -> list[FileHit]:
        """The files whose name holds every one of `words` (three letters or more), newest first.

        With `waiting`, only those whose contents were not read yet.
        """
        parts = [word.lower() for word in words if len(word) >= 3]
        if not 0 < len(parts) <= _MOST_PARTS or max(map(len, parts)) > _LONGEST_NAME:
            return []
        grams = {part[at : at + 3] for part in parts for at in range(len(part) - 2)}
        match = " AND ".join(quoted_gram(gram) for gram in sorted(grams))
        inner = " AND ".join(["instr(small(file.shown), ?)"] * len(parts))
        state = " AND content IS NULL" if waiting else ""
        return self._hits(
            f"file.id IN (SELECT rowid FROM names WHERE names MATCH ?) AND {inner}{state} ORDER BY dated DESC LIMIT ?",
            [match, *parts, limit],
            "1",
            [],
        )

    def _hits(self, condition: str, values: list[object] | list[int], passes: str, more: list[object]) -> list[FileHit]:
        select = (
            "SELECT file.id, coalesce(content, 0), folder.path, name, file.shown, kind, size, mtime_ns / 1000000000,"
            f" dated, ({passes}) FROM file JOIN folder ON folder.id = folder WHERE {condition}"
        )
        return [FileHit(*row) for row in self._sql.execute(select, (*more, *values))]

    def titles(self, contents: Sequence[int]) -> dict[int, str]:
        """content → the title that its reader found."""
        query = f"SELECT id, title FROM content WHERE id IN ({', '.join('?' * len(contents))})"
        return dict(self._sql.execute(query, contents).fetchall())

    def passing_files(self, files: Sequence[int], where: Filter) -> list[int]:
        """Those of `files` that pass."""
        inner, values = where.where()
        query = (
            "SELECT file.id FROM file JOIN folder ON folder.id = folder"
            f" WHERE file.id IN ({', '.join('?' * len(files))}) AND {inner}"
        )
        return [row[0] for row in self._sql.execute(query, (*files, *values))]

    def is_folder(self, name: str) -> bool:
        """Whether the index has a folder of this name (whatever the case), at any depth."""
        return bool(
            self._sql.execute(f"SELECT 1 FROM folder WHERE {_IN_FOLDER} LIMIT 1", (_folder_part(name),)).fetchall()
        )

    # words

    def occurs(self, word: str) -> bool:
        """Whether the word, or a word of the same stem, is anywhere in the index."""
        return bool(self._sql.execute("SELECT 1 FROM fts WHERE fts MATCH ? LIMIT 1", (quoted(word),)).fetchall())

    def begins(self, word: str) -> bool:
        """Whether any word of the index begins so, which one that is still being typed may become."""
        rows = self._sql.execute(
            "SELECT 1 FROM word WHERE text >= ?1 AND text < ?1 || char(1114111) LIMIT 1", (word,)
        ).fetchall()
        return bool(rows)

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """In how many contents each of `words` occurs (unstemmed); words that don't occur are left out."""
        wanted = list(words)
        found: dict[str, int] = {}
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            rows = self._sql.execute(
                f"SELECT text, files FROM word WHERE text IN ({', '.join('?' * len(part))})", part
            ).fetchall()
            found.update(rows)
        return found

    # counts

    def total(self, what: str) -> int:
        """How many "file", "content" or "passage" rows there are."""
        if what not in ("file", "content", "passage"):
            raise ValueError(what)
        [(number,)] = self._sql.execute(f"SELECT count(*) FROM {what}").fetchall()
        return int(number)

    def text_bytes(self) -> int:
        """Characters of all texts in the index, which is about their bytes."""
        [(number,)] = self._sql.execute("SELECT coalesce(sum(chars), 0) FROM content").fetchall()
        return int(number)

    def counts(self, column: str) -> dict[str, int]:
        """Files by "state" or "kind"."""
        if column not in ("state", "kind"):
            raise ValueError(column)
        return dict(self._sql.execute(f"SELECT {column}, count(*) FROM file GROUP BY 1 ORDER BY 2 DESC").fetchall())


def quoted_gram(gram: str) -> str:
    """Three letters as an FTS5 string for the trigram table."""
    return '"' + gram.replace("\0", " ").replace('"', '""') + '"'
