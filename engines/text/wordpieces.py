"""Texts → word-pieces, with the `tokenizers` library and nothing of `transformers`."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from homespun.errors import Damaged, NotFound

# Its own thread pool would not survive a fork (it warns, or hangs, in the child). The encoder has threads of its own.
os.environ["TOKENIZERS_PARALLELISM"] = "false"

LONGEST = 256
"""Word-pieces the model was trained to read, with the two that mark start and end. The rest of a text is cut off."""

LOOKED_AT = 16_384
"""Characters of a text that are looked at: more than 256 word-pieces of any language, unless it is mostly blanks."""


class WordPieces:
    """The tokenizer of a model, read from its `tokenizer.json`. Several threads may use it at once."""

    def __init__(self, file: Path) -> None:
        """Raises `NotFound` and `Damaged`."""
        from tokenizers import Tokenizer

        if not file.is_file():
            raise NotFound(f"The tokenizer {file} is not there.", "Install Homespun again.")
        try:
            self._tokenizer = Tokenizer.from_file(str(file))
        except Exception as error:
            raise Damaged(f"The tokenizer {file} is damaged ({error}).", "Install Homespun again.") from error
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()

    def has(self, word: str) -> bool:
        """Whether a whole word is one piece."""
        return self._tokenizer.token_to_id(word) is not None

    def of(self, text: str) -> NDArray[np.int64]:
        """The numbers of the word-pieces of `text`, int64 [2 to 256]."""
        # A batch of one: unlike `encode`, it lets other threads run and leaves the offsets out.
        (encoding,) = self._tokenizer.encode_batch_fast([readable(text)])
        return np.array(encoding.ids, dtype=np.int64)


def readable(text: str) -> str:
    """The part of `text` that is looked at, as valid Unicode: halves of a surrogate pair become one sign or U+FFFD."""
    text = text[:LOOKED_AT]
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
