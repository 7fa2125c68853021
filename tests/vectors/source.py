"""Vectors as an index would have them, and a source of them in plain lists."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.vectors import Quantizer

WIDTH = 384

Block = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int8]]


def clustered(count: int, seed: int, *, clusters: int = 200, spread: float = 0.7) -> NDArray[np.float32]:
    """Vectors float32 [count, 384] of length 1 in groups (the same for all seeds), off centre, as sentence vectors are."""
    always, chance = np.random.default_rng(1), np.random.default_rng(seed)
    centres = always.standard_normal((clusters, WIDTH)) + 0.5 * always.standard_normal(WIDTH)
    vectors = centres[chance.integers(0, clusters, count)] + spread * chance.standard_normal((count, WIDTH))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors, np.float32)


class ListSource:
    """A `VectorSource` that keeps all in memory."""

    def __init__(self, quantizer: Quantizer, identity: str = "a model, an index", block: int = 700) -> None:
        self.quantizer: Quantizer | None = quantizer
        self.identity = identity
        self.rows: dict[int, tuple[int, int, NDArray[np.int8]]] = {}
        self.gone: list[int] = []
        self._sequence = 0
        self._block = block

    def add(self, passages: NDArray[np.int64], contents: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Put vectors in, in this order."""
        assert self.quantizer is not None
        for passage, content, row in zip(
            passages.tolist(), contents.tolist(), self.quantizer.encode(vectors), strict=True
        ):
            self._sequence += 1
            self.rows[self._sequence] = (passage, content, row)

    def drop(self, contents: set[int]) -> None:
        """Take out all vectors of these contents."""
        for sequence, (passage, content, _) in list(self.rows.items()):
            if content in contents:
                del self.rows[sequence]
                self.gone.append(passage)

    def newest(self) -> int:
        return self._sequence

    def newest_gone(self) -> int:
        return len(self.gone)

    def gone_after(self, number: int) -> NDArray[np.int64]:
        return np.array(self.gone[number:], np.int64)

    def rows_after(self, sequence: int) -> Iterator[Block]:
        found = [(number, *row) for number, row in sorted(self.rows.items()) if number > sequence]
        for start in range(0, len(found), self._block):
            part = found[start : start + self._block]
            ids = [np.array([row[place] for row in part], np.int64) for place in range(3)]
            yield ids[0], ids[1], ids[2], np.stack([row[3] for row in part])

    def all_rows(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
        """(passages, contents, vectors as they are stored) of all that is there."""
        assert self.quantizer is not None
        held = list(self.rows.values())
        rows = np.stack([row for _, _, row in held]) if held else np.empty((0, WIDTH), np.int8)
        passages = np.array([passage for passage, _, _ in held], np.int64)
        return passages, np.array([content for _, content, _ in held], np.int64), self.quantizer.decode(rows)


def filled(count: int, seed: int = 0, *, per_content: int = 4) -> tuple[ListSource, NDArray[np.float32]]:
    """A source with `count` clustered vectors, passages from 1 and `per_content` to each content; and the vectors."""
    vectors = clustered(count, seed)
    source = ListSource(Quantizer.fit(vectors[:2_000]))
    source.add(np.arange(1, count + 1), 1 + np.arange(count) // per_content, vectors)
    return source, vectors
