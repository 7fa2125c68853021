"""Search over all vectors of an index: 1-bit codes first, the best scored again on their int8 rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from indexer.vectors import cache as files
from indexer.vectors.codes import distances, pack, pack_query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.vectors.quantizer import Quantizer

EXACT = 20_000
"""Candidate passages up to which every one is scored on its bytes: quicker than codes, and exact."""

RESCORED = 1_000
SHORT = 3
"""Passages of a text that is read as a whole: an abstract's end says as much as its beginning."""

_TAIL = 5_000
_SHARE = 0.1


class VectorSource(Protocol):
    """Where the vectors are kept for good. Sequence numbers rise with every vector written."""

    @property
    def identity(self) -> str:
        """Tells these vectors from all others: the model that made them, and for which index."""
        ...

    @property
    def quantizer(self) -> Quantizer | None:
        """How the int8 rows are read; None when there are none."""
        ...

    def newest(self) -> int:
        """The highest sequence number ever given, 0 if none was."""
        ...

    def rows_after(
        self, sequence: int
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int8]]]:
        """Blocks of (sequence numbers, passages, contents, rows) after `sequence`, in order."""
        ...

    def newest_gone(self) -> int:
        """The highest number in the list of dropped passages, 0 if there is none."""
        ...

    def gone_after(self, number: int) -> NDArray[np.int64]:
        """The passages dropped after `number` of that list."""
        ...


@dataclass(frozen=True)
class Near:
    """Passages by score, best first: passages and contents int64 [k], cosines float32 [k]."""

    passages: NDArray[np.int64]
    contents: NDArray[np.int64]
    scores: NDArray[np.float32]


@dataclass(frozen=True)
class Group:
    """The passages of some contents: `vectors` float32 [n, d], each with the position of its content, and its id.

    Those of one content stand together, in the order of its text.
    """

    vectors: NDArray[np.float32]
    owner: NDArray[np.int64]
    passages: NDArray[np.int64]
    contents: int

    @property
    def place(self) -> NDArray[np.int64]:
        """How many passages of the same content stand before each, int64 [n]; 0 in a content of `SHORT` or fewer."""
        numbers = np.arange(len(self.owner))
        starts = np.flatnonzero(np.diff(self.owner, prepend=-1))
        counts = np.diff(starts, append=len(numbers))
        return np.where(np.repeat(counts, counts) > SHORT, numbers - np.repeat(starts, counts), 0)

    def best(self, query: NDArray[np.float32], *, deeper: float = 0.0) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Each content's best passage: (scores float32 [n], passages int64 [n]); -inf and -1 where it has no vector.

        A score is the cosine, less `deeper` times the logarithm of one more than its `place`.
        """
        scores = np.full(self.contents, -np.inf, np.float32)
        best = np.full(self.contents, -1, np.int64)
        values = (self.vectors @ query).astype(np.float32)
        if deeper:
            values -= (deeper * np.log1p(self.place)).astype(np.float32)
        np.maximum.at(scores, self.owner, values)
        first = np.flatnonzero(values == scores[self.owner])
        best[self.owner[first]] = self.passages[first]
        return scores, best

    def of(self, passages: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors float32 [k, d] of some of the passages, in their order; those that are not here are left out."""
        places = {int(passage): number for number, passage in enumerate(self.passages)}
        return self.vectors[[places[int(passage)] for passage in passages if int(passage) in places]]


class Vectors:
    """All vectors of one index, ready to be searched. Not for sharing between threads."""

    def __init__(self, path: Path | None, source: VectorSource, quantizer: Quantizer) -> None:
        self._path = path
        self._source = source
        self._quantizer = quantizer
        self._key = quantizer.to_bytes()
        width = len(quantizer.mean)
        found = files.read(path, source.identity, self._key, source.newest(), source.newest_gone()) if path else None
        self._base = found or files.empty(width)
        self._base_codes = pack(self._base.rows, quantizer.mean, quantizer.scale)
        self._alive = np.ones(len(self._base.rows), np.bool_)
        self._tail = files.empty(width)
        self._tail_codes = pack(self._tail.rows, quantizer.mean, quantizer.scale)
        self._newest, self._gone = self._base.newest, self._base.gone

    @classmethod
    def open(cls, path: Path | None, source: VectorSource) -> Vectors:
        """The vectors of `source`, from the cache at `path` as far as it fits; a cache that does not is made anew."""
        quantizer = source.quantizer
        if quantizer is None:
            raise ValueError("the source has no vectors yet")
        vectors = cls(path, source, quantizer)
        fresh = not len(vectors._base.rows)
        vectors.refresh()
        if fresh and len(vectors._tail.rows) > _TAIL:
            vectors.compact()
        return vectors

    def __len__(self) -> int:
        return int(self._alive.sum()) + len(self._tail.rows)

    def refresh(self) -> None:
        """Take in what the source has got and lost since."""
        quantizer = self._source.quantizer
        if quantizer is not None and quantizer.to_bytes() != self._key:
            self.__init__(self._path, self._source, quantizer)  # type: ignore[misc]  # the mean was fixed anew
        self._take_new()
        gone_until = self._source.newest_gone()
        if gone_until > self._gone:
            gone = self._source.gone_after(self._gone)
            self._alive &= ~np.isin(self._base.passages, gone)
            keep = ~np.isin(self._tail.passages, gone)
            if not keep.all():
                self._tail = _only(self._tail, keep)
                self._tail_codes = np.ascontiguousarray(self._tail_codes[:, keep])
            self._gone = gone_until

    def _take_new(self) -> None:
        blocks = list(self._source.rows_after(self._newest))
        if not blocks:
            return
        fresh = [self._tail, *(files.Base(ids, contents, rows, 0, 0) for _, ids, contents, rows in blocks)]
        self._tail = files.Base(
            np.concatenate([part.passages for part in fresh]),
            np.concatenate([part.contents for part in fresh]),
            np.concatenate([part.rows for part in fresh]),
            0,
            0,
        )
        mean, scale = self._quantizer.mean, self._quantizer.scale
        new_codes = [pack(np.ascontiguousarray(rows), mean, scale) for *_, rows in blocks]
        self._tail_codes = np.concatenate([self._tail_codes, *new_codes], axis=1)
        self._newest = int(blocks[-1][0][-1])

    # searching

    def search(
        self, query: NDArray[np.float32], *, k: int = RESCORED, contents: NDArray[np.int64] | None = None
    ) -> Near:
        """The `k` nearest passages to float32 [d], best first; with `contents` (sorted, each once) only theirs.

        Scores are dot products with the int8 rows, so cosines for L2-normalised vectors.
        """
        alive = self._alive
        tail_alive = np.ones(len(self._tail.rows), np.bool_)
        if contents is not None:
            alive = alive & _member(self._base.contents, contents)
            tail_alive = _member(self._tail.contents, contents)
        base, tail = np.flatnonzero(alive), np.flatnonzero(tail_alive)
        if len(base) + len(tail) > max(EXACT, k):
            code = pack_query(query, self._quantizer.mean)
            base = _closest(distances(self._base_codes, code), base, k, whole=len(base) == len(alive))
            tail = _closest(distances(self._tail_codes, code), tail, k, whole=len(tail) == len(tail_alive))
        scores = np.concatenate((self._score(self._base.rows, base, query), self._score(self._tail.rows, tail, query)))
        passages = np.concatenate((self._base.passages[base], self._tail.passages[tail]))
        owners = np.concatenate((self._base.contents[base], self._tail.contents[tail]))
        best = np.argsort(-scores, kind="stable")[:k]
        return Near(passages[best], owners[best], scores[best])

    def _score(
        self, rows: NDArray[np.int8], chosen: NDArray[np.int64], query: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        scaled = (query / np.float32(self._quantizer.scale)).astype(np.float32)
        result = np.empty(len(chosen), np.float32)
        for start in range(0, len(chosen), 8_192):
            part = chosen[start : start + 8_192]
            result[start : start + len(part)] = rows[part].astype(np.float32) @ scaled
        return result

    def group(self, contents: NDArray[np.int64]) -> Group:
        """The passages of these contents, to be scored against several queries."""
        rows, owner, passages = self._of(contents)
        order = np.lexsort((passages, owner))
        return Group(self._quantizer.decode(rows[order]), owner[order], passages[order], len(contents))

    def best_of(
        self, query: NDArray[np.float32], contents: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """As `Group.best` for these contents."""
        return self.group(contents).best(query)

    def _of(self, contents: NDArray[np.int64]) -> tuple[NDArray[np.int8], NDArray[np.int64], NDArray[np.int64]]:
        """The rows of these contents, with the position of each row's content in `contents`, and the passages."""
        starts = np.searchsorted(self._base.contents, contents, side="left")
        counts = np.searchsorted(self._base.contents, contents, side="right") - starts
        owner = np.repeat(np.arange(len(contents)), counts)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
        places = np.repeat(starts, counts) + within
        living = self._alive[places]
        places, owner = places[living], owner[living]
        order = np.argsort(contents, kind="stable")
        at = np.searchsorted(contents[order], self._tail.contents)
        at_clipped = np.minimum(at, max(len(contents) - 1, 0))
        hit = (
            np.flatnonzero(contents[order][at_clipped] == self._tail.contents)
            if len(contents)
            else np.empty(0, np.int64)
        )
        return (
            np.concatenate((self._base.rows[places], self._tail.rows[hit])),
            np.concatenate((owner, order[at_clipped[hit]])),
            np.concatenate((self._base.passages[places], self._tail.passages[hit])),
        )

    # upkeep

    @property
    def needs_compaction(self) -> bool:
        """Whether so much came or went since the cache was written that writing it anew is worth it."""
        count = len(self._base.rows)
        dead = count - int(self._alive.sum())
        return len(self._tail.rows) > max(_TAIL, _SHARE * count) or dead > max(_TAIL, _SHARE * count)

    def compact(self) -> bool:
        """Write the cache anew from what is alive; False when it could not be written (the search goes on all the same)."""
        passages = np.concatenate((self._base.passages[self._alive], self._tail.passages))
        contents = np.concatenate((self._base.contents[self._alive], self._tail.contents))
        rows = np.concatenate((self._base.rows[self._alive], self._tail.rows))
        order = np.lexsort((passages, contents))
        merged = files.Base(passages[order], contents[order], rows[order], self._newest, self._gone)
        written = bool(self._path) and files.write(self._path, merged, self._source.identity, self._key)  # type: ignore[arg-type]
        found = (
            files.read(self._path, self._source.identity, self._key, self._newest, self._gone)
            if written and self._path
            else None
        )
        self._base = found or merged
        self._base_codes = pack(self._base.rows, self._quantizer.mean, self._quantizer.scale)
        self._alive = np.ones(len(self._base.rows), np.bool_)
        self._tail = files.empty(rows.shape[1])
        self._tail_codes = pack(self._tail.rows, self._quantizer.mean, self._quantizer.scale)
        return written


def _only(base: files.Base, keep: NDArray[np.bool_]) -> files.Base:
    return files.Base(base.passages[keep], base.contents[keep], base.rows[keep], base.newest, base.gone)


def _member(values: NDArray[np.int64], among: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each of `values` is in the sorted `among`."""
    if not len(among):
        return np.zeros(len(values), np.bool_)
    at = np.minimum(np.searchsorted(among, values), len(among) - 1)
    return np.asarray(among[at] == values)


def _closest(found: NDArray[np.uint16], chosen: NDArray[np.int64], k: int, *, whole: bool) -> NDArray[np.int64]:
    """The `k` of `chosen` rows with the smallest distance, in no order."""
    if len(chosen) <= k:
        return chosen
    values = found if whole else found[chosen]
    best = np.argpartition(values, k)[:k]
    return best.astype(np.int64) if whole else chosen[best]
