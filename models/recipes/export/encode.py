"""Texts → vectors with an ONNX file on trial, or with sentence-transformers as the reference."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.recipes.export.source import LONGEST

PAD_TO = (32, 64, 128, LONGEST)
"""Lengths that static files exist for."""


class OnnxEncoder:
    """An ONNX file with the inputs of the bundled encoder. A file with fixed shapes gets padded and cut texts."""

    def __init__(self, file: Path, tokenizer: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        tokens = self._session.get_inputs()[0].shape[1]
        self._tokens = tokens if isinstance(tokens, int) else None
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(self._tokens or LONGEST)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors float32 [n, 384]; each text alone, as at run time."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return np.stack(list(pool.map(self.one, texts)))

    def one(self, text: str) -> NDArray[np.float32]:
        """The vector of one text."""
        (encoding,) = self._tokenizer.encode_batch_fast([text])
        size = self._tokens or len(encoding.ids)
        pieces, mask = np.zeros((2, 1, size), dtype=np.int64)
        pieces[0, : len(encoding.ids)] = encoding.ids
        mask[0, : len(encoding.ids)] = 1
        (vectors,) = self._session.run(["sentence_vector"], {"input_ids": pieces, "attention_mask": mask})
        vector: NDArray[np.float32] = vectors[0].astype(np.float32)
        return vector


class ReferenceEncoder:
    """sentence-transformers in float32."""

    def __init__(self, folder: Path) -> None:
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(str(folder), device="cpu")

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors float32 [n, 384]."""
        found: NDArray[np.float32] = self._model.encode(list(texts), batch_size=16, show_progress_bar=False)
        return found
