"""Words of everyday English, so that a word which is one is never taken for another one misspelt."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

Known = Callable[[str], bool]

ENCODER = "all-minilm-l6-v2"
"""The bundled sentence encoder: its tokenizer has a piece of its own for some 20,000 whole words."""

ALONE = frozenset("aio")
"""Letters that are words."""


@cache
def everyday() -> Known:
    """Whether a word in small letters is one of the bundled encoder's whole pieces. Raises `NotFound` and `Damaged`."""
    import models
    from homespun.errors import Damaged, NotFound

    file = models.locate(ENCODER).folder / "tokenizer.json"
    try:
        told = json.loads(file.read_text("utf-8"))["model"]["vocab"]
        words = frozenset(word for word in told if word.isalpha() and (len(word) > 1 or word in ALONE))
    except FileNotFoundError as error:
        raise NotFound(f"The tokenizer {file} is not there.", "Install Homespun again.") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Damaged(f"The tokenizer {file} is damaged ({error}).", "Install Homespun again.") from error
    return words.__contains__


def is_everyday(word: str) -> bool:
    """`everyday` for one word, which is read when the first one is asked about."""
    return everyday()(word)
