"""What a sentence means, worked out in a second thread while the first one looks up its words."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Future

    import numpy as np
    from numpy.typing import NDArray

    from engines.text import Encoder
    from indexer.vectors import Near, Vectors

PASSAGES = 1_000
"""Passages of the whole index that are taken as near."""


@dataclass(frozen=True)
class Meant:
    """What a sentence means: its text, its vector float32 [d], and the passages of the whole index that are near it."""

    text: str
    vector: NDArray[np.float32]
    near: Near


class Meaning:
    """One sentence at a time. SQLite, ONNX Runtime and NumPy let each other run, so a complete answer takes a fifth less
    time (`benchmarks search --only speed100k`). Not for sharing between threads."""

    def __init__(self) -> None:
        self._aside = ThreadPoolExecutor(1, "meaning")
        self._coming: Future[Meant] | None = None

    def begin(self, text: str, encoder: Encoder, vectors: Vectors) -> None:
        """Start on `text`. Until `settle` the vectors must not change."""

        def work() -> Meant:
            vector = encoder.encode_one(text)
            return Meant(text, vector, vectors.search(vector, k=PASSAGES))

        self._coming = self._aside.submit(work)

    def settle(self) -> None:
        """Wait for what an answer that nobody took to its end had begun, and forget it."""
        if self._coming is not None:
            self._coming.exception()
            self._coming = None

    def found(self) -> Meant | None:
        """What was begun last, once it is there; None when nothing was. Raises what went wrong in it."""
        return self._coming.result() if self._coming is not None else None
