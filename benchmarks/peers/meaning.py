"""The sentence encoder alone as a peer: one vector a passage, the best passage of a document counts, exact cosines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from indexer.passages import Span, spans

if TYPE_CHECKING:
    from engines.text import Encoder

VERSION = "all-MiniLM-L6-v2, int8"


class Meaning:
    """All passages of (id, title, text), in float32."""

    def __init__(self, texts: Iterable[tuple[str, str, str]], encoder: Encoder) -> None:
        self._encoder = encoder
        self._ids: list[str] = []
        owners: list[int] = []
        passages: list[str] = []
        for at, (name, title, text) in enumerate(texts):
            self._ids.append(name)
            for start, stop in spans(text) or [Span(0, 0)]:
                owners.append(at)
                passages.append(f"{title}. {text[start:stop]}")
        self._first = np.flatnonzero(np.diff(owners, prepend=-1))
        self._vectors = encoder.encode(passages)

    def search(self, question: str, limit: int) -> list[str]:
        """The ids of the nearest documents."""
        scores = np.maximum.reduceat(self._vectors @ self._encoder.encode_one(question), self._first)
        return [self._ids[at] for at in np.argsort(-scores, kind="stable")[:limit]]
