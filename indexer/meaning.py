"""What a sentence means, worked out in a second thread while the first one looks up its words."""

from __future__ import annotations

from concurrent.futures import CancelledError, ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    import numpy as np
    from numpy.typing import NDArray

    from engines.text import Encoder
    from indexer.vectors import Near, Vectors

PASSAGES = 1_000
"""Passages of the whole index that are taken as near."""

LOOKING = 0.004
"""Seconds between two looks whether somebody still waits: the next letter is answered that much later at most."""


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
        self._ending: Future[Meant] | None = None
        self._unwanted = Event()

    def begin(self, text: str, encoder: Encoder, vectors: Vectors) -> None:
        """Start on `text`. Until `settle` the vectors must not change."""
        self.drop()
        unwanted = self._unwanted = Event()

        def work() -> Meant:
            if unwanted.is_set():
                raise CancelledError
            vector = encoder.encode_one(text)
            if unwanted.is_set():
                raise CancelledError
            return Meant(text, vector, vectors.search(vector, k=PASSAGES))

        self._coming = self._aside.submit(work)

    def drop(self) -> None:
        """Forget what an answer that nobody took to its end had begun. It ends by itself, and nobody waits for it."""
        self._unwanted.set()
        if self._coming is not None:
            self._coming, self._ending = None, self._coming

    def settle(self) -> None:
        """Forget it as well, and wait until it has ended: from here on the vectors may change."""
        self.drop()
        if self._ending is not None:  # they end in the order in which they were begun
            self._ending.exception()
            self._ending = None

    def coming(self) -> bool:
        """Whether what was begun last is still under way."""
        return self._coming is not None and not self._coming.done()

    def wait(self, check: Callable[[], None]) -> None:
        """Wait for what was begun last; `check` is called again and again, and may raise to stop."""
        while self._coming is not None and self.coming():
            check()
            wait([self._coming], LOOKING)

    def found(self) -> Meant | None:
        """What was begun last, once it is there; None when nothing was. Raises what went wrong in it."""
        return self._coming.result() if self._coming is not None else None
