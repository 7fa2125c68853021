"""Rows as a search holds them: ids, int8 rows, codes, and which of them went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_AT_ONCE = 1_024
"""Rows scored at a time: 1.5 MB of floats stay in the cache; 8,192 at a time took three times as long (2 cores)."""


class Held:
    """`passages` and `contents` int64 [n], `rows` int8 [n, d], `codes` uint64 [d / 64, n], `dead` bool [n].

    Grows by `add`; the arrays then move to larger ones, so that adding a little often costs little. The arrays that it
    starts from are never written to: they may be a mapped file.
    """

    def __init__(
        self,
        passages: NDArray[np.int64],
        contents: NDArray[np.int64],
        rows: NDArray[np.int8],
        codes: NDArray[np.uint64],
    ) -> None:
        self.count = len(passages)
        self.lost = 0
        self._passages, self._contents, self._rows, self._codes = passages, contents, rows, codes
        self._dead = np.zeros(self.count, np.bool_)

    @classmethod
    def nothing(cls, width: int) -> Held:
        """No rows of `width` numbers."""
        ids = np.empty(0, np.int64)
        return cls(ids, ids, np.empty((0, width), np.int8), np.empty((width // 64, 0), np.uint64))

    @property
    def passages(self) -> NDArray[np.int64]:
        """Of each row."""
        return self._passages[: self.count]

    @property
    def contents(self) -> NDArray[np.int64]:
        """Of each row."""
        return self._contents[: self.count]

    @property
    def rows(self) -> NDArray[np.int8]:
        """The numbers."""
        return self._rows[: self.count]

    @property
    def codes(self) -> NDArray[np.uint64]:
        """The signs."""
        return self._codes[:, : self.count]

    @property
    def dead(self) -> NDArray[np.bool_]:
        """Which rows went."""
        return self._dead[: self.count]

    @property
    def living(self) -> int:
        """How many rows did not go."""
        return self.count - self.lost

    def add(
        self,
        passages: NDArray[np.int64],
        contents: NDArray[np.int64],
        rows: NDArray[np.int8],
        codes: NDArray[np.uint64],
    ) -> None:
        """Take in more rows, at the end."""
        start, self.count = self.count, self.count + len(passages)
        if self.count > len(self._passages):
            room = max(1_024, self.count + self.count // 2)
            self._passages = _roomier(self._passages, room)
            self._contents = _roomier(self._contents, room)
            self._rows = _roomier(self._rows, room, axis=0)
            self._codes = _roomier(self._codes, room)
            self._dead = _roomier(self._dead, room)
        self._passages[start : self.count] = passages
        self._contents[start : self.count] = contents
        self._rows[start : self.count] = rows
        self._codes[:, start : self.count] = codes
        self._dead[start : self.count] = False

    def drop(self, passages: NDArray[np.int64]) -> None:
        """Mark the rows of these passages (sorted) as gone."""
        self._dead[: self.count] |= member(self.passages, passages)
        self.lost = int(np.count_nonzero(self.dead))


def score(rows: NDArray[np.int8], places: NDArray[np.int64] | None, query: NDArray[np.float32]) -> NDArray[np.float32]:
    """Dot products float32 of int8 rows [n, d], those at `places` or all, with float32 [d].

    `vecdot` sums each row by itself, in one thread: a row has the same score wherever it lies, so copies of a text stay
    tied, and the search does not wait for a second core that the indexer keeps busy.
    """
    count = len(rows) if places is None else len(places)
    result = np.empty(count, np.float32)
    numbers = np.empty((min(_AT_ONCE, count), rows.shape[1]), np.float32)
    for start in range(0, count, _AT_ONCE):
        stop = min(start + _AT_ONCE, count)
        part = numbers[: stop - start]
        part[...] = rows[start:stop] if places is None else rows[places[start:stop]]
        np.vecdot(part, query, out=result[start:stop])
    return result


def _roomier(array: NDArray[Any], room: int, axis: int = -1) -> NDArray[Any]:
    """A copy with `room` places along `axis`; the new ones hold nothing yet."""
    shape = list(array.shape)
    shape[axis] = room
    larger = np.empty(shape, array.dtype)
    if axis == 0:
        larger[: len(array)] = array
    else:
        larger[..., : array.shape[-1]] = array
    return larger


def member(values: NDArray[np.int64], among: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each of `values` is in the sorted `among`."""
    if not len(among):
        return np.zeros(len(values), np.bool_)
    at = np.minimum(np.searchsorted(among, values), len(among) - 1)
    return np.asarray(among[at] == values)


def spread(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of the ranges [start, start + count), one range after the other."""
    first = np.cumsum(counts) - counts
    return np.asarray(np.arange(int(counts.sum())) + np.repeat(starts - first, counts))
