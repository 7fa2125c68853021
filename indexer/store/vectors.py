"""Vectors in SQLite: one int8 row a passage, in the order in which they were made."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.vectors import Quantizer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import apsw
    from numpy.typing import NDArray

_BLOCK = 20_000


class ToEmbed(NamedTuple):
    """A passage without a vector, with what its text is found by."""

    passage: int
    content: int
    start: int
    stop: int
    title: str
    name: str


class VectorRows:
    """The tables `vec` and `gone`; a `indexer.vectors.VectorSource`."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._sql = connection

    # the source of the scan

    @property
    def model(self) -> str:
        """The id of the model that made the vectors, "" if there are none."""
        return str(self._meta("vector_model") or "")

    @property
    def identity(self) -> str:
        """Tells these vectors from those of any other index, also from one made anew in the same place."""
        return f"{self.model} {self._meta('vector_set')}"

    @property
    def quantizer(self) -> Quantizer | None:
        """How the int8 rows are read; None until the first vectors are stored."""
        stored = self._meta("quantizer")
        return Quantizer.from_bytes(stored) if isinstance(stored, bytes) else None

    def newest(self) -> int:
        """The highest sequence number that a vector ever had, 0 if there was none."""
        rows = self._sql.execute("SELECT seq FROM sqlite_sequence WHERE name = 'vec'").fetchall()
        return int(rows[0][0]) if rows else 0

    def rows_after(
        self, sequence: int
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int8]]]:
        """Blocks of (sequence numbers, passages, contents, int8 rows [n, 384]) made after `sequence`, in order."""
        while True:
            rows = self._sql.execute(
                "SELECT seq, passage, content, v FROM vec WHERE seq > ? ORDER BY seq LIMIT ?", (sequence, _BLOCK)
            ).fetchall()
            if not rows:
                return
            ids = np.array([row[:3] for row in rows], np.int64)
            vectors = np.frombuffer(b"".join(row[3] for row in rows), np.int8).reshape(len(rows), -1)
            sequence = int(ids[-1, 0])
            yield ids[:, 0].copy(), ids[:, 1].copy(), ids[:, 2].copy(), vectors

    def newest_gone(self) -> int:
        """The highest number in the list of passages that went, 0 if none ever did."""
        [(number,)] = self._sql.execute("SELECT coalesce(max(seq), 0) FROM gone").fetchall()
        return int(number)

    def gone_after(self, number: int) -> NDArray[np.int64]:
        """The passages that went after `number` of that list."""
        rows = self._sql.execute("SELECT passage FROM gone WHERE seq > ? ORDER BY seq", (number,)).fetchall()
        return np.array([row[0] for row in rows], np.int64)

    # writing, inside the caller's transaction

    def begin(self, model: str, quantizer: Quantizer, sample: int) -> None:
        """Fix the model and how its vectors are stored, from a sample of so many."""
        values = {
            "vector_model": model,
            "quantizer": quantizer.to_bytes(),
            "fitted_on": sample,
            "vector_set": secrets.token_hex(8),
        }
        for key, value in values.items():
            self._sql.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def start_over(self) -> None:
        """Drop every vector, so that all passages wait for another model's."""
        self._sql.execute("DELETE FROM vec")
        self._sql.execute("DELETE FROM gone")
        self._sql.execute("UPDATE passage SET embedded = 0 WHERE embedded = 1")
        self._sql.execute("DELETE FROM meta WHERE key IN ('vector_model', 'quantizer', 'fitted_on')")

    def fitted_on(self) -> int:
        """From how many vectors the mean was taken."""
        return int(str(self._meta("fitted_on") or 0))

    def fit_again(self, sample: int) -> None:
        """Take the mean anew from up to `sample` vectors; the rows stay as they are, since their scale does.

        Without any vectors left, nothing is kept of how they were stored.
        """
        old = self.quantizer
        if old is None:
            return
        if not self.count():
            self._sql.execute("DELETE FROM meta WHERE key IN ('vector_model', 'quantizer', 'fitted_on')")
            return
        rows = self._sql.execute("SELECT v FROM vec ORDER BY seq LIMIT ?", (sample,)).fetchall()
        vectors = old.decode(np.frombuffer(b"".join(row[0] for row in rows), np.int8).reshape(len(rows), -1))
        self.begin(self.model, Quantizer(vectors.mean(axis=0).astype(np.float32), old.scale), len(rows))

    def count(self) -> int:
        """How many passages have a vector."""
        [(count,)] = self._sql.execute("SELECT count(*) FROM vec").fetchall()
        return int(count)

    def waiting(self, numbers: tuple[int, int], limit: int) -> list[ToEmbed]:
        """Up to `limit` passages without a vector whose number within their text is in [first, last), newest texts first."""
        rows = self._sql.execute(
            "SELECT passage.id, passage.content, start, stop, title, coalesce((SELECT shown FROM file WHERE"
            " content = content.id LIMIT 1), '') FROM passage JOIN content ON content.id = passage.content WHERE embedded = 0 AND number >= ?"
            " AND number < ? ORDER BY fresh DESC, passage.id LIMIT ?",
            (*numbers, limit),
        )
        return [ToEmbed(*row) for row in rows]

    def embedded(self, content: int) -> bool:
        """Whether every passage of a content has its vector."""
        return not self._sql.execute(
            "SELECT 1 FROM passage WHERE content = ? AND embedded = 0 LIMIT 1", (content,)
        ).fetchall()

    def count_waiting(self, last: int = 1 << 40) -> int:
        """How many passages with a number below `last` have no vector."""
        [(count,)] = self._sql.execute(
            "SELECT count(*) FROM passage WHERE embedded = 0 AND number < ?", (last,)
        ).fetchall()
        return int(count)

    def put(self, passages: Sequence[tuple[int, int]], rows: NDArray[np.int8]) -> None:
        """Store vectors: (passage, content) pairs and their int8 rows [n, 384]. A passage dropped meanwhile is passed over."""
        for (passage, content), row in zip(passages, rows, strict=True):
            self._sql.execute("UPDATE passage SET embedded = 1 WHERE id = ?", (passage,))
            if self._sql.changes():
                self._sql.execute(
                    "INSERT INTO vec(passage, content, v) VALUES (?, ?, ?)", (passage, content, row.tobytes())
                )

    def _meta(self, key: str) -> object:
        rows = self._sql.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchall()
        return rows[0][0] if rows else None
