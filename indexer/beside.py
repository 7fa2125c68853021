"""What stands beside an answer: the newest files, files like one, and what of a file answers a sentence."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.asked import MOST_WORDS, meant_by, softened
from indexer.hits import LOOKED_THROUGH, Describer, Evidence
from indexer.meaning import PASSAGES
from indexer.paths import SEPARATOR, absolute
from indexer.query import Query
from indexer.snippets import apart, densest_of, harmless_lines, spots, words_to_find
from indexer.store import Filter

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.answer import Hit
    from indexer.find import Searcher
    from indexer.snippets import Words
    from indexer.store import FileHit, Store

WIDTH = 480
"""Characters of an excerpt: about eight lines of a narrow column."""

BEGINNING = 1_600
"""Characters of a text that are shown where nothing in it was asked for."""

_A_DAY = 86_400
_GAP = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Excerpt:
    """A part of a text from its character `start`, lines kept; `marks` are half-open ranges of the words asked for."""

    start: int
    text: str
    marks: tuple[tuple[int, int], ...] = ()


def recent(store: Store, limit: int, *, below: bytes | None = None) -> list[Hit]:
    """The newest files, or those of a folder, newest first; what claims to come from the future is left out."""
    with store.telling_damage():
        files = store.ask.newest(Filter(before=int(time.time()) + _A_DAY, below=below), limit)
        return _hits(store, [Evidence(file, 0.0, 0.0, -np.inf, -1) for file in files])


def similar(searcher: Searcher, path: str | Path, limit: int) -> list[Hit]:
    """The files whose passages lie near the mean of this file's passages, nearest first, without itself.

    Empty where the index holds no vector of the file.
    """
    store = searcher.store
    with store.telling_damage():
        content, own = _stored(store, path)
        vectors = searcher.vectors()
        if not content or vectors is None:
            return []
        group = vectors.group(np.array([content], np.int64))
        if not len(group.rows):
            return []
        mean = group.quantizer.decode(group.rows).mean(axis=0)
        near = vectors.search((mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32), k=PASSAGES)
        _, first = np.unique(near.contents, return_index=True)
        first.sort()
        found: dict[int, list[FileHit]] = {}
        for file in store.ask.files(near.contents[first][: limit + 1].tolist()):
            if file.id != own:
                found.setdefault(file.content, []).append(file)
        evidence = [
            Evidence(file, float(near.scores[at]), 0.0, float(near.scores[at]), int(near.passages[at]))
            for at in first
            for file in found.get(int(near.contents[at]), ())
        ]
        return _hits(store, evidence[:limit])


def excerpts(
    searcher: Searcher,
    path: str | Path,
    sentence: str,
    *,
    today: date | None = None,
    plain: Collection[tuple[int, int]] = (),
    most: int = 3,
) -> list[Excerpt]:
    """The parts of a stored file that answer a sentence best, in the order of its text; its beginning where none does."""
    store = searcher.store
    with store.telling_damage():
        content, _ = _stored(store, path)
        if not content:
            return []
        text = store.contents.text(content, 0, LOOKED_THROUGH)
        query = softened(searcher.understood(sentence, today=today, plain=plain))
        words = words_to_find(query.words[:MOST_WORDS], query.phrases)
        passages = [one for one in store.contents.passages(content) if one[1] < len(text)]
        chosen = _best(passages, _worth(searcher, query, content, passages, text, words), most)
        if not chosen:
            return [_excerpt(words, text, 0, min(len(text), BEGINNING))] if text.strip() else []
        return [_excerpt(words, text, *_window(words, text, start, min(stop, len(text)))) for _, start, stop in chosen]


def facts(store: Store, path: str | Path) -> dict[str, str]:
    """What the file's reader found beside its text (`Document.facts`)."""
    with store.telling_damage():
        return store.contents.facts(_stored(store, path)[0])


def _stored(store: Store, path: str | Path) -> tuple[int, int]:
    """(content, number) of a file, 0 where the index has none."""
    folder, _, name = absolute(path).rpartition(SEPARATOR)
    row = store.files.find(folder, name)
    return (row[3] or 0, row[0]) if row else (0, 0)


def _hits(store: Store, evidence: Sequence[Evidence]) -> list[Hit]:
    describer = Describer(store, Query(sentence="", text=""), words_to_find(()))
    titles = store.ask.titles([one.file.content for one in evidence])
    return [describer.hit(one, titles.get(one.file.content, ""), outside=False) for one in evidence]


Passage = tuple[int, int, int]


def _worth(
    searcher: Searcher, query: Query, content: int, passages: Sequence[Passage], text: str, words: Words
) -> NDArray[np.float32]:
    """What speaks for each passage: how many of the words it holds, and how near it is in meaning."""
    found = spots(words, text)
    worth = np.zeros(len(passages), np.float32)
    for place, (_, start, stop) in enumerate(passages):
        worth[place] = len({spot.number for spot in found if start <= spot.start < stop})
    meant = meant_by(query)
    vectors = searcher.vectors() if meant else None
    if vectors is not None:
        group = vectors.group(np.array([content], np.int64))
        near = group.quantizer.decode(group.rows) @ searcher.vector_of(meant)
        by_passage = dict(zip(group.passages.tolist(), near.tolist(), strict=True))
        worth += np.array([max(0.0, by_passage.get(one[0], 0.0)) for one in passages], np.float32)
    return worth


def _best(passages: Sequence[Passage], worth: NDArray[np.float32], most: int) -> list[Passage]:
    """The passages worth most, in the order of the text; those worth less than half of the best are left out."""
    if not len(worth) or worth.max() <= 0:
        return []
    places = [int(place) for place in np.argsort(-worth, kind="stable")[:most] if worth[place] >= worth.max() / 2]
    return [passages[place] for place in sorted(places)]


def _window(words: Words, text: str, start: int, stop: int) -> tuple[int, int]:
    """At most `WIDTH` characters of a passage, round the place that holds most of the words."""
    if stop - start <= WIDTH * 3 // 2:
        return start, stop
    at, count = densest_of(spots(words, text[start:stop]), WIDTH)
    begin = max(0, at - WIDTH // 4) if count else 0
    begin = min(begin, stop - start - WIDTH)
    space = text.find(" ", start + begin, start + at) if begin else -1
    begin = space + 1 if space >= 0 else start + begin
    end = min(stop, begin + WIDTH)
    space = text.rfind(" ", begin + WIDTH // 2, end) if end < stop else -1
    return begin, space if space > 0 else end


def _excerpt(words: Words, text: str, start: int, stop: int) -> Excerpt:
    part = _GAP.sub("\n\n", harmless_lines(text[start:stop])).strip()
    return Excerpt(start, part, apart(spot[:2] for spot in spots(words, part)))
