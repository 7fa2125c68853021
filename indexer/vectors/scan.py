"""Search over all vectors of an index: 1-bit codes first, the best scored again on their int8 rows."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from indexer.vectors import cache as files
from indexer.vectors.codes import closest, pack, pack_query
from indexer.vectors.held import Held, member, score, spread

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
_AT_ONCE = 16_384
"""Rows on their way into the cache at a time: 6 MB."""


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
    """The passages of some contents: int8 `rows` [n, d], each with the position of its content, and its id.

    Those of one content stand together, in the order of its text.
    """

    rows: NDArray[np.int8]
    owner: NDArray[np.int64]
    passages: NDArray[np.int64]
    contents: int
    quantizer: Quantizer

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
        values = score(self.rows, None, query / np.float32(self.quantizer.scale))
        if deeper:
            values -= (deeper * np.log1p(self.place)).astype(np.float32)
        np.maximum.at(scores, self.owner, values)
        first = np.flatnonzero(values == scores[self.owner])
        first = first[::-1]  # of those that tie the earliest is written last
        best[self.owner[first]] = self.passages[first]
        return scores, best

    def of(self, passages: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors float32 [k, d] of some of the passages, in their order; those that are not here are left out."""
        wanted = [int(at[0]) for at in (np.flatnonzero(self.passages == one) for one in passages) if len(at)]
        return self.quantizer.decode(self.rows[np.array(wanted, np.int64)])


class Vectors:
    """All vectors of one index, ready to be searched. Not for sharing between threads."""

    def __init__(self, path: Path | None, source: VectorSource, quantizer: Quantizer) -> None:
        self._path = path
        self._source = source
        self._load(quantizer)

    @classmethod
    def open(cls, path: Path | None, source: VectorSource) -> Vectors:
        """The vectors of `source`, from the cache at `path` as far as it fits; a cache that does not is made anew."""
        quantizer = source.quantizer
        if quantizer is None:
            raise ValueError("the source has no vectors yet")
        vectors = cls(path, source, quantizer)
        vectors.refresh()
        return vectors

    def _load(self, quantizer: Quantizer) -> None:
        self._quantizer = quantizer
        self._key = quantizer.to_bytes()
        self._width = len(quantizer.mean)
        self._base, self._tail = Held.nothing(self._width), Held.nothing(self._width)
        self._newest = self._gone = 0
        self._stamp: files.Stamp | None = None
        if not self._adopt():
            self._gone = self._source.newest_gone()  # what went before the first look is not among what is seen

    def _adopt(self) -> bool:
        """Go over to the cache file, if there is one that fits."""
        if self._path is None:
            return False
        found = files.newest(self._path)
        self._stamp = found[1] if found else None
        base = files.read(self._path, self._cover(self._source.newest(), self._source.newest_gone()))
        if base is None:
            return False
        self._base = Held(base.passages, base.contents, base.rows, base.codes)
        self._tail = Held.nothing(self._width)
        self._newest, self._gone = base.cover.newest, base.cover.gone
        return True

    def _cover(self, newest: int, gone: int) -> files.Cover:
        return files.Cover(self._source.identity, self._key, newest, gone)

    def __len__(self) -> int:
        return self._base.living + self._tail.living

    def refresh(self) -> None:
        """Take in what the source has got and lost since, and the cache file if another process wrote it anew."""
        quantizer = self._source.quantizer
        if quantizer is not None and quantizer.to_bytes() != self._key:
            self._load(quantizer)  # the mean was fixed anew
        found = files.newest(self._path) if self._path else None
        if found and found[1] != self._stamp:
            wiped = self._stamp is not None and found[1].inode == self._stamp.inode
            if not self._adopt() and wiped:
                self._load(self._quantizer)
        self._take_new()
        self._take_gone()

    def _take_new(self) -> None:
        if not self._base.count and not self._tail.count and self._path and self._take_all(self._path):
            return
        for sequences, passages, contents, rows in self._source.rows_after(self._newest):
            self._tail.add(passages, contents, rows, self._pack(rows))
            self._newest = int(sequences[-1])

    def _take_all(self, path: Path) -> bool:
        """Read the whole source by way of a nameless file, so that memory holds the ids alone; False if that can't be."""
        ids: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=path.parent) as spool:
                newest = 0
                for sequences, passages, contents, rows in self._source.rows_after(0):
                    spool.write(np.ascontiguousarray(rows).data)
                    ids.append((passages, contents))
                    newest = int(sequences[-1])
                if not ids:
                    return True
                spool.flush()
                passages, contents = (np.concatenate(part) for part in zip(*ids, strict=True))
                rows = np.memmap(spool, np.int8, "r", shape=(len(passages), self._width))
                self._newest = newest
                if len(passages) <= _TAIL:
                    self._tail.add(passages, contents, rows, self._pack(rows))
                else:
                    self._tail = Held(passages, contents, rows, np.empty((self._width // 64, 0), np.uint64))
                    self.compact()
        except OSError:
            self._base, self._tail = Held.nothing(self._width), Held.nothing(self._width)
            self._newest = 0
            return False
        return True

    def _take_gone(self) -> None:
        until = self._source.newest_gone()
        if until > self._gone:
            gone = np.unique(self._source.gone_after(self._gone))
            self._base.drop(gone)
            self._tail.drop(gone)
            self._gone = until

    def _pack(self, rows: NDArray[np.int8]) -> NDArray[np.uint64]:
        return pack(rows, self._quantizer.mean, self._quantizer.scale)

    # searching

    def search(
        self, query: NDArray[np.float32], *, k: int = RESCORED, contents: NDArray[np.int64] | None = None
    ) -> Near:
        """The `k` nearest passages to float32 [d], best first; with `contents` (sorted, each once) only theirs.

        Scores are dot products with the int8 rows, so cosines for L2-normalised vectors.
        """
        parts = (self._base, self._tail)
        places = self._everywhere(query, k) if contents is None else self._within(query, k, contents)
        scaled = query / np.float32(self._quantizer.scale)
        scores = np.concatenate([score(part.rows, at, scaled) for part, at in zip(parts, places, strict=True)])
        passages = np.concatenate([part.passages[at] for part, at in zip(parts, places, strict=True)])
        owners = np.concatenate([part.contents[at] for part, at in zip(parts, places, strict=True)])
        best = np.lexsort((passages, -scores))[:k]
        return Near(passages[best], owners[best], scores[best])

    def _everywhere(self, query: NDArray[np.float32], k: int) -> list[NDArray[np.int64]]:
        """The places, in base and tail, of all rows worth scoring."""
        parts = (self._base, self._tail)
        if len(self) <= max(EXACT, k):
            return [np.flatnonzero(~part.dead) for part in parts]
        code = pack_query(query, self._quantizer.mean)
        return [closest(part.codes, code, k, part.dead if part.lost else None) for part in parts]

    def _within(self, query: NDArray[np.float32], k: int, contents: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        """The same, of the rows of these contents."""
        starts = np.searchsorted(self._base.contents, contents, side="left")
        stops = np.searchsorted(self._base.contents, contents, side="right")
        inside = member(self._tail.contents, contents) & ~self._tail.dead
        if int((stops - starts).sum()) + np.count_nonzero(inside) <= max(EXACT, k):
            places = spread(starts, stops - starts)
            return [places[~self._base.dead[places]], np.flatnonzero(inside)]
        edges = np.zeros(self._base.count + 1, np.int8)
        some = stops > starts
        edges[starts[some]] += 1
        edges[stops[some]] -= 1
        outside = np.cumsum(edges[:-1], dtype=np.int8) == 0
        code = pack_query(query, self._quantizer.mean)
        return [
            closest(self._base.codes, code, k, outside | self._base.dead),
            closest(self._tail.codes, code, k, ~inside),
        ]

    def group(self, contents: NDArray[np.int64]) -> Group:
        """The passages of these contents, to be scored against several queries."""
        starts = np.searchsorted(self._base.contents, contents, side="left")
        counts = np.searchsorted(self._base.contents, contents, side="right") - starts
        places, owner = spread(starts, counts), np.repeat(np.arange(len(contents)), counts)
        living = ~self._base.dead[places]
        places = places[living]
        order = np.argsort(contents, kind="stable")
        rising = contents[order]
        late = np.flatnonzero(member(self._tail.contents, rising) & ~self._tail.dead)
        late_owner = order[np.searchsorted(rising, self._tail.contents[late])]
        rows = np.concatenate((self._base.rows[places], self._tail.rows[late]))
        owner = np.concatenate((owner[living], late_owner))
        passages = np.concatenate((self._base.passages[places], self._tail.passages[late]))
        if len(late):  # else they are in this order already
            order = np.lexsort((passages, owner))
            rows, owner, passages = rows[order], owner[order], passages[order]
        return Group(rows, owner, passages, len(contents), self._quantizer)

    def best_of(
        self, query: NDArray[np.float32], contents: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """As `Group.best` for these contents."""
        return self.group(contents).best(query)

    # upkeep

    @property
    def needs_compaction(self) -> bool:
        """Whether so much came or went since the cache was written that writing it anew is worth it."""
        much = max(_TAIL, _SHARE * self._base.count)
        return self._tail.count > much or self._base.lost > much

    def compact(self) -> bool:
        """Write the cache anew from what is alive; False when it could not be written (the search goes on all the same)."""
        while True:
            written = self._write()
            if written and self._path:
                files.tidy(self._path)  # on Windows the file before was still mapped while the new one was written
            self._take_gone()
            if not (written and self._base.lost):
                return written  # else something was forgotten meanwhile: its bytes must not stay in the file

    def _write(self) -> bool:
        base, tail = self._base, self._tail
        living = np.concatenate((np.flatnonzero(~base.dead), base.count + np.flatnonzero(~tail.dead)))
        passages = np.concatenate((base.passages, tail.passages))[living]
        contents = np.concatenate((base.contents, tail.contents))[living]
        order = np.lexsort((passages, contents))
        living, passages, contents = living[order], passages[order], contents[order]
        self._base, self._tail = Held.nothing(self._width), Held.nothing(self._width)
        cover = self._cover(self._newest, self._gone)
        written = False
        if self._path and len(living):
            written = files.write(
                self._path, passages, contents, lambda: self._some(base, tail, living), self._width, cover
            )
        if not (written and self._adopt()):
            chunks = list(self._some(base, tail, living)) or [(base.rows[:0], base.codes[:, :0])]
            rows, codes = (np.concatenate(part, axis) for axis, part in enumerate(zip(*chunks, strict=True)))
            self._base = Held(passages, contents, rows, codes)
        return written

    def _some(
        self, base: Held, tail: Held, places: NDArray[np.int64]
    ) -> Iterator[tuple[NDArray[np.int8], NDArray[np.uint64]]]:
        """The rows at these places of base and tail in a row, some at a time, with their codes."""
        for start in range(0, len(places), _AT_ONCE):
            part = places[start : start + _AT_ONCE]
            early = part < base.count
            rows = np.empty((len(part), self._width), np.int8)
            rows[early] = base.rows[part[early]]
            rows[~early] = tail.rows[part[~early] - base.count]
            yield rows, self._pack(rows)
