"""What has been read: texts in compressed blocks, passages as offsets, one keyword row per content."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from indexer.document import State
from indexer.passages import LONG, Span, opening, spans, spread
from indexer.query.words import split_name
from indexer.snippets import plain
from indexer.store.faults import damaged
from indexer.store.schema import SEGMENT_BITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import apsw

    from indexer.document import Document

BLOCK = 32_768
"""Characters of a text block: 30.5 MB of text took 10.4 MB in such blocks, 16.8 MB as single passages (search.md §4)."""

SEGMENT = 120_000
"""Characters of a body segment, about 20,000 words; 2 M characters make 17, a row id has room for 256."""

LEAD_WORDS = 40
OPENING_WORDS = 120
"""The first words of a text count twice; those of a long text, where they say what it is about
among much else, several times. Abstracts lose by the second, manual pages gain (`benchmarks search`)."""

_LEVEL = 6
_ORPHAN_GRACE = 60  # seconds: saving by rename deletes a file and makes it again

_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 40


class Reading(NamedTuple):
    """A document with its hash, sizes and the reader that made it, as it goes into the store.

    `poison`: reading it ended the reader. `refused`: it was not tried, since it is stored as poison already.
    """

    hash: bytes
    document: Document
    reader: str
    version: int
    bytes: int
    fresh: int
    poison: bool = False
    refused: bool = False


class Contents:
    """The tables `content`, `text`, `passage`, `fts` and `word`. All writes happen inside the caller's transaction."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._sql = connection
        self._words: Counter[str] = Counter()

    # reading

    def find(self, digest: bytes, reader: str) -> tuple[int, int] | None:
        """(id, version) of what this reader made of the content with this hash: the same bytes may be read as text and as JSON."""
        rows = self._sql.execute(
            "SELECT id, version FROM content WHERE hash = ? AND reader = ?", (digest, reader)
        ).fetchall()
        return rows[0] if rows else None

    def text(self, content: int, start: int = 0, stop: int | None = None) -> str:
        """Characters `start` to `stop` of a content's text."""
        first, most = content << SEGMENT_BITS, (1 << SEGMENT_BITS) - 1
        last = most if stop is None else min(max(stop - 1, 0) // BLOCK, most)
        rows = self._sql.execute(
            "SELECT z FROM text WHERE id BETWEEN ? AND ? ORDER BY id",
            (first | start // BLOCK, first | last),
        )
        try:
            text = "".join(zlib.decompress(z).decode() for (z,) in rows)
        except (zlib.error, UnicodeDecodeError) as error:
            raise damaged(self._sql.filename) from error
        skip = start // BLOCK * BLOCK
        return text[start - skip : None if stop is None else stop - skip]

    def facts(self, content: int) -> dict[str, str]:
        """What its reader found beside the text, as `indexer.document.Document.facts` names it."""
        rows = self._sql.execute("SELECT facts FROM content WHERE id = ?", (content,)).fetchall()
        try:
            told = json.loads(rows[0][0]) if rows else {}
        except ValueError as error:
            raise damaged(self._sql.filename) from error
        return {str(name): str(value) for name, value in told.items()}

    def passages(self, content: int) -> list[tuple[int, int, int]]:
        """(id, start, stop) of a content's passages, in order."""
        rows = self._sql.execute("SELECT id, start, stop FROM passage WHERE content = ? ORDER BY number", (content,))
        return list(rows)

    def span(self, passage: int) -> tuple[int, int] | None:
        """(start, stop) of a passage within its text; None if it went meanwhile."""
        rows = self._sql.execute("SELECT start, stop FROM passage WHERE id = ?", (passage,)).fetchall()
        return rows[0] if rows else None

    def outdated(self, versions: Mapping[str, int]) -> int:
        """Mark the files whose content an older reader made as waiting, and say how many."""
        count = 0
        for reader, version in versions.items():
            self._sql.execute(
                "UPDATE file SET state = 'waiting', tries = 0 WHERE state <> 'waiting' AND content IN"
                " (SELECT id FROM content WHERE reader = ? AND version < ?)",
                (reader, version),
            )
            count += self._sql.changes()
        return count

    def poison(self) -> dict[bytes, str]:
        """Hash and reason of the contents that ended their reader: they are not tried again until it is a newer one."""
        return dict(self._sql.execute("SELECT hash, reason FROM content WHERE poison = 1").fetchall())

    # writing

    def put(self, reading: Reading, names: Iterable[tuple[str, str]]) -> tuple[int, bool]:
        """Store what a reader made, or find it stored: (its id, whether it is new).

        `names` are its files' (name, folder); a content that was there keeps its keyword row until `rename`.
        """
        known = self.find(reading.hash, reading.reader) if reading.hash else None
        if known and known[1] == reading.version:
            self._sql.execute(
                "UPDATE content SET orphan = 0, fresh = max(fresh, ?) WHERE id = ?", (reading.fresh, known[0])
            )
            return known[0], False
        if known:
            self.drop([known[0]])
        document = reading.document
        self._sql.execute(
            "INSERT INTO content(hash, kind, title, facts, state, reason, reader, version, chars, bytes, fresh, poison)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                reading.hash or None,
                document.kind,
                document.title,
                json.dumps(dict(document.facts), ensure_ascii=False),
                document.state,
                document.reason,
                reading.reader,
                reading.version,
                len(document.text),
                reading.bytes,
                reading.fresh,
                reading.poison,
            ),
        )
        content = self._sql.last_insert_rowid()
        text = document.text
        self._sql.executemany(
            "INSERT INTO text VALUES (?, ?)",
            (
                (content << SEGMENT_BITS | at // BLOCK, zlib.compress(text[at : at + BLOCK].encode(), _LEVEL))
                for at in range(0, len(text), BLOCK)
            ),
        )
        first = opening(text)
        cuts = ([first] if first else []) + spans(text)
        if not cuts and document.state is not State.ERROR:
            cuts = [Span(0, 0)]  # the name and the facts are worth a vector too
        self._sql.executemany(
            "INSERT INTO passage(content, number, start, stop) VALUES (?, ?, ?, ?)",
            ((content, number, start, stop) for number, (start, stop) in enumerate(cuts)),
        )
        self._write_keywords(content, document.title, text, list(names))
        self._words.update(vocabulary(f"{document.title} {text}"))
        return content, True

    def rename(self, content: int, names: list[tuple[str, str]]) -> None:
        """Write the keyword rows of a content anew, since its files' names changed. No embedding is touched."""
        [(title,)] = self._sql.execute("SELECT title FROM content WHERE id = ?", (content,)).fetchall()
        self._delete_keywords(content)
        self._write_keywords(content, title, self.text(content), names)

    def flush_words(self) -> None:
        """Add the word counts gathered since the last call to the vocabulary (once a transaction, not once a file)."""
        self._sql.executemany(
            "INSERT INTO word VALUES (?, ?) ON CONFLICT(text) DO UPDATE SET files = files + excluded.files",
            sorted((word, count) for word, count in self._words.items() if count),
        )
        if any(count < 0 for count in self._words.values()):
            self._sql.execute("DELETE FROM word WHERE files <= 0")
        self._words.clear()

    def drop_unflushed(self) -> None:
        """Forget the counts of a transaction that was rolled back."""
        self._words.clear()

    def orphan(self, contents: Iterable[int], now: int) -> None:
        """Note when a content lost its last file; `sweep` drops it a minute later."""
        self._sql.executemany(
            "UPDATE content SET orphan = ? WHERE id = ? AND NOT EXISTS (SELECT 1 FROM file WHERE content = content.id)",
            ((now, content) for content in contents),
        )

    def sweep(self, now: int, *, grace: int = _ORPHAN_GRACE) -> int:
        """Drop the contents that no file has had for `grace` seconds; returns how many passages went."""
        rows = self._sql.execute(
            "SELECT id FROM content WHERE orphan > 0 AND orphan <= ?"
            " AND NOT EXISTS (SELECT 1 FROM file WHERE content = content.id)",
            (now - grace,),
        ).fetchall()
        return self.drop([content for (content,) in rows])

    def drop(self, contents: Iterable[int]) -> int:
        """Take contents out of every table; returns how many passages went."""
        passages = 0
        for content in contents:
            [(title,)] = self._sql.execute("SELECT title FROM content WHERE id = ?", (content,)).fetchall()
            self._words.subtract(vocabulary(f"{title} {self.text(content)}"))
            self._delete_keywords(content)
            its = "passage IN (SELECT id FROM passage WHERE content = ?)"
            self._sql.execute(f"INSERT INTO gone(passage) SELECT passage FROM vec WHERE {its}", (content,))
            self._sql.execute(f"DELETE FROM vec WHERE {its}", (content,))
            self._sql.execute("DELETE FROM passage WHERE content = ?", (content,))
            passages += self._sql.changes()
            self._sql.execute("DELETE FROM text WHERE id BETWEEN ? AND ?", _rows_of(content))
            self._sql.execute("UPDATE file SET content = NULL, state = 'waiting' WHERE content = ?", (content,))
            self._sql.execute("DELETE FROM content WHERE id = ?", (content,))
        return passages

    # the keyword rows

    def _write_keywords(self, content: int, title: str, text: str, names: list[tuple[str, str]]) -> None:
        name = " ".join(word for own, _ in names for word in (spread(own), *split_name(own)))
        folder = " ".join(sorted({spread(where) for _, where in names}))
        first = text[:LONG].split()
        lead = spread(" ".join(first[:LEAD_WORDS]))
        start = spread(" ".join(first[:OPENING_WORDS])) if len(text) > LONG else ""
        self._sql.executemany(
            "INSERT INTO fts(rowid, name, title, lead, opening, body, folder) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    content << SEGMENT_BITS | number,
                    name,
                    spread(title),
                    *(("", "") if number else (lead, start)),
                    spread(part),
                    folder,
                )
                for number, part in enumerate(segments(text))
            ),
        )

    def _delete_keywords(self, content: int) -> None:
        self._sql.execute(
            "DELETE FROM fts WHERE rowid IN (SELECT id FROM fts_docsize WHERE id BETWEEN ? AND ?)", _rows_of(content)
        )


def _rows_of(content: int) -> tuple[int, int]:
    """The first and the last row id that belong to a content in `fts` and `text`."""
    return content << SEGMENT_BITS, (content + 1 << SEGMENT_BITS) - 1


def segments(text: str) -> Iterator[str]:
    """Parts of `text` of `SEGMENT` characters, cut at white space where there is some; one empty part for no text."""
    start = 0
    while len(text) - start > SEGMENT:
        stop = text.rfind(" ", start + SEGMENT // 2, start + SEGMENT)
        stop = start + SEGMENT if stop < 0 else stop
        yield text[start:stop]
        start = stop
    yield text[start:]


def vocabulary(text: str) -> set[str]:
    """The distinct words of `text` that typo repair may offer: letters only, lower case, without diacritics, as a query's
    words are; not absurdly long.
    """
    return {
        word for word in set(_WORD.findall(plain(text).lower())) if 2 < len(word) <= _LONGEST_WORD and word.isalpha()
    }
