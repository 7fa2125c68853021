"""Ranked files → hits as a person sees them: title, best passage, and why."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from indexer.answer import Hit, Snippet
from indexer.kinds import Kind
from indexer.paths import join, shown
from indexer.query.words import split_name
from indexer.snippets import Spot, Words, densest_of, matched, one_line, snippet, snippet_at, spots

if TYPE_CHECKING:
    from indexer.query import Query
    from indexer.store import FileHit, Store

CLOSE = 0.35
"""Cosine from which a passage is said to mean something like the query (unrelated sentences lie near 0.1)."""

LOOKED_THROUGH = 65_536
"""Characters of a text that are looked through for the words of a query, so that a huge file does not hold up an answer."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for one file: its keyword score (0 = none), cosine (-inf = none), best passage by meaning (-1 = none)."""

    file: FileHit
    score: float
    keyword: float
    meaning: float
    passage: int
    named: bool = False


class Describer:
    """Makes hits of one query."""

    def __init__(self, store: Store, query: Query, words: Words) -> None:
        self._store = store
        self._query = query
        self._words = words
        self._shown: dict[tuple[int, int], tuple[Snippet, tuple[str, ...]]] = {}
        self._texts: dict[int, tuple[str, list[Spot]]] = {}

    def hit(self, evidence: Evidence, title: str, *, outside: bool, quote: bool = True) -> Hit:
        """The hit for one file; files with the same content share the work.

        Unless `quote`, its text is not read and looked through for a snippet.
        """
        file = evidence.file
        key = (file.content, evidence.passage)
        if quote and key not in self._shown:
            self._shown[key] = self._best_passage(evidence)
        part, in_text = self._shown.get(key, (Snippet(""), ()))
        path = join(file.folder, file.name)
        return Hit(
            path=path,
            shown=shown(path),
            title=one_line(title)[:200] or one_line(stem(file.shown)),
            kind=Kind(file.kind),
            modified=local_time(file.mtime).isoformat(timespec="seconds"),
            score=round(evidence.score, 4),
            why=tuple(self._reasons(evidence, title, in_text, outside=outside)),
            snippet=part,
            outside=outside,
            dated=local_time(file.dated).isoformat(timespec="seconds"),
            size=file.size,
        )

    def read(self, content: int) -> tuple[str, list[Spot]]:
        """The beginning of a text, and where it holds the words of the query; kept for the hits to come."""
        if content not in self._texts:
            text = self._store.contents.text(content, 0, LOOKED_THROUGH)
            self._texts[content] = (text, spots(self._words, text))
        return self._texts[content]

    def _best_passage(self, evidence: Evidence) -> tuple[Snippet, tuple[str, ...]]:
        """The passage that meaning found, or a better one if the words of the query stand together elsewhere."""
        contents, content = self._store.contents, evidence.file.content
        if not content:
            return Snippet(""), ()
        text, found = self.read(content)
        all_words = (
            tuple(dict.fromkeys(self._words.said[spot.number] for spot in found)) if evidence.keyword > 0 else ()
        )
        span = contents.span(evidence.passage) if evidence.passage >= 0 else None
        there = densest_of(found)
        if not span:
            return snippet_at(self._words, text, *there), all_words
        start, stop = span
        if stop > len(text):
            return snippet(self._words, contents.text(content, start, stop)), all_words
        at, count = densest_of([spot for spot in found if start <= spot.start and spot.stop <= stop])
        if evidence.keyword > 0 and count + 1 < there[1]:
            return snippet_at(self._words, text, *there), all_words
        return snippet_at(self._words, text[start:stop], at - start if count else 0, count), all_words

    def _reasons(self, evidence: Evidence, title: str, in_text: tuple[str, ...], *, outside: bool) -> list[str]:
        """Short reasons, the strongest first."""
        file, query = evidence.file, self._query
        reasons: list[str] = []
        if evidence.named:
            reasons.append("this is its name")
        name_words = f"{file.shown} {' '.join(split_name(file.shown))}"
        in_name = [] if evidence.named else matched(self._words, name_words)
        if in_name:
            reasons.append(f"name: {', '.join(in_name)}")
        words = [word for word in dict.fromkeys((*matched(self._words, title), *in_text)) if word not in in_name]
        if words:
            reasons.append(f"words: {', '.join(words[:8])}")
        if evidence.meaning >= CLOSE:
            reasons.append(f"meaning: {evidence.meaning:.0%} alike")
        elif not reasons and evidence.keyword > 0:
            reasons.append("words of the same stem")
        elif not reasons and evidence.passage >= 0:
            reasons.append("nearest in meaning")
        if outside:
            reasons.append("outside your filters")
            return reasons
        if query.kinds:
            reasons.append(f"kind: {file.kind}")
        if query.after or query.before:
            reasons.append(f"dated {local_time(file.dated).date().isoformat()}")
        if query.folder:
            reasons.append(f"in {query.folder}")
        return reasons


def local_time(seconds: int) -> datetime:
    """A moment in local time; in UTC where the system's clock does not reach that far (Windows: before 1970)."""
    try:
        return datetime.fromtimestamp(seconds).astimezone()
    except (OSError, OverflowError, ValueError):
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def stem(name: str) -> str:
    """A file name without its extension."""
    return os.path.splitext(name)[0] or name
