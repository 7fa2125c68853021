"""Plain BM25 as a peer: SQLite's FTS5 (k1 1.2, b 0.75), Porter stems, the title twice, no stop words in the question."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from indexer.query.words import STOP_WORDS

VERSION = f"SQLite {sqlite3.sqlite_version} FTS5"


class Bm25:
    """An index in memory over (id, title, text)."""

    def __init__(self, texts: Iterable[tuple[str, str, str]]) -> None:
        self._sql = sqlite3.connect(":memory:")
        self._sql.execute("CREATE VIRTUAL TABLE doc USING fts5(id UNINDEXED, body, tokenize='porter unicode61')")
        self._sql.executemany("INSERT INTO doc VALUES (?, ?)", ((i, f"{t}\n{t}\n{b}") for i, t, b in texts))

    def search(self, question: str, limit: int) -> list[str]:
        """The ids of the best documents that hold any word of the question."""
        words = [word for word in re.findall(r"[a-z0-9]+", question.lower()) if word not in STOP_WORDS]
        match = " OR ".join(f'"{word}"' for word in words)
        if not match:
            return []
        rows = self._sql.execute("SELECT id FROM doc WHERE doc MATCH ? ORDER BY bm25(doc) LIMIT ?", (match, limit))
        return [row[0] for row in rows]
