"""The sentence encoder: all-MiniLM-L6-v2 (Reimers and Gurevych, Sentence-BERT, 2019), as shipped in `models/bundled`."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait

import numpy as np
from numpy.typing import NDArray

import models
from engines.runtime import Closing, Explanation, Mode, Session, cores_for, open_model
from engines.text.wordpieces import WordPieces
from homespun.progress import Progress

MODEL = "all-minilm-l6-v2"

OUTPUT = "sentence_vector"

REPORT_EVERY = 0.1
"""Seconds between two looks at how far the lanes are."""


class Encoder(Closing):
    """Turns texts into vectors of length 1, so that their dot product is the cosine of the angle between them.

    Each text goes through the model alone, on one thread, and as many texts at once as there are cores. That is no
    slower than batches of equally long texts (154 passages of 128 word-pieces a second on 2 cores, against 149 in fours
    and 136 in sixteens, `benchmarks embed`), and texts are not equally long: here nothing is padded. It also makes the
    vector of a text independent of its neighbours, which an int8 model's is not in a batch, because the batch shares
    its scales.
    """

    def __init__(self, model_id: str, session: Session, pieces: WordPieces) -> None:
        self.model_id = model_id
        self._session = session
        self._pieces = pieces
        (shape,) = (port.shape for port in session.outputs if port.name == OUTPUT)
        self.dimensions = int(shape[1])

    @classmethod
    def open(cls, *, threads: int = 0, mode: Mode = Mode.BALANCED) -> Encoder:
        """The bundled encoder, warm in about 0.3 s. `threads` = 0 leaves the number to `mode`.

        Raises `NotFound` or `Damaged` when the model's files are missing or broken.
        """
        pieces = WordPieces(models.locate(MODEL).folder / "tokenizer.json")
        session = open_model(MODEL, mode=mode, threads=1, at_once=threads or cores_for(mode))
        return cls(MODEL, session, pieces)

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> NDArray[np.float32]:
        """One vector of length 1 per text, float32 [n, 384], in the order of `texts`.

        Only the first 256 word-pieces of a text count. Raises `Cancelled` when `progress` says so.
        """
        progress = progress or Progress()
        progress.report(0, len(texts), "texts")
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        rows = iter(range(len(texts)))
        done: list[int] = []
        stop = threading.Event()

        def lane() -> None:
            for row in rows:  # one iterator for all lanes: each takes the next text when it is free
                if stop.is_set():
                    return
                try:
                    vectors[row] = self.encode_one(texts[row])
                except BaseException:
                    stop.set()
                    raise
                done.append(row)

        with ThreadPoolExecutor(self._session.why().at_once, "homespun-encode") as pool:
            lanes = [pool.submit(lane) for _ in range(min(len(texts), self._session.why().at_once))]
            try:
                while wait(lanes, REPORT_EVERY).not_done:
                    progress.report(len(done), len(texts), "texts")
            finally:
                stop.set()
        for ended in lanes:
            ended.result()
        progress.report(len(texts), len(texts), "texts")
        return vectors

    def encode_one(self, text: str) -> NDArray[np.float32]:
        """The vector of one text, float32 [384]: the same as `encode` gives, without starting threads."""
        pieces = self._pieces.of(text)[None]
        result = self._session.run({"input_ids": pieces, "attention_mask": np.ones_like(pieces)})
        vector: NDArray[np.float32] = result.outputs[OUTPUT][0]
        return vector

    def knows(self, word: str) -> bool:
        """Whether the model has a piece for this whole word (lower case): so for some 20,000 words of everyday English."""
        return self._pieces.has(word)

    def why(self) -> Explanation:
        """Which device runs the model, and why."""
        return self._session.why()

    def close(self) -> None:
        """Give back the model's memory."""
        self._session.close()
