"""Words of every day, so that a word which is one is never taken for another one misspelt."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache

Known = Callable[[str], bool]

ENCODER = "all-minilm-l6-v2"
"""The bundled sentence encoder: its tokenizer has a piece of its own for some 20,000 whole words."""

ALONE = frozenset("aio")
"""Letters that are words."""

COMPOUNDS: Mapping[str, frozenset[str]] = {
    "bottomless": frozenset({"coffee", "tea", "cup", "cups", "brunch", "pit", "pits", "lake", "well", "fries"}),
    "no clothes": frozenset(
        {"line", "lines", "hanger", "hangers", "horse", "rack", "racks", "peg", "pegs", "shop", "shops"}
    ),
}
"""Listed words that mean something else before these. Few, and nobody in them: each is a way past the list."""

_GERMAN = """
nudel nacken nackens nachte nachten poren knackte knackten packte packten hackte hackten backte backten nickte nickten
neckte neckten lackte
"""
_ADJECTIVES = "exotisch neurotisch kritisch britisch ironisch heroisch gotisch arktisch tropisch erratisch genial"
_DUTCH = "nachten maakte raakte haakte raakten maakten"
_ROMANCE = """
gelado gelada helado helada velado velada pecado pecada pesado pesada pegado pegada peludo peluda pelato pelata pilado petado
celada melado telado zelado eroico eroica eretico eretica exotico exotica esotico esotica exotique exotiques heroique
heroiques ironique ironiques critique critiques erratique neurotique nevrotique heretique
"""
_ENGLISH = "genial pron nudge nudges nudged nudging exotica exoticism unclouded uncloaked unclosed unpressed"

OWN = frozenset(
    f"{_GERMAN} {_DUTCH} {_ROMANCE} {_ENGLISH}".split()
    + [word + ending for word in _ADJECTIVES.split() for ending in ("", "e", "er", "es", "en", "em")]
)
"""Words of the other languages and rarer English ones, without accents, that are a slip from what the shipped policy lists."""


@cache
def everyday() -> Known:
    """Whether a word in small letters is one of the bundled encoder's whole pieces, or of `OWN`.

    Raises `NotFound` and `Damaged`.
    """
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
    return (words | OWN).__contains__


def is_everyday(word: str) -> bool:
    """`everyday` for one word, which is read when the first one is asked about."""
    return everyday()(word)
