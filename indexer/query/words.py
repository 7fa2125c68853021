"""Sentences and file names as words, cut the way the keyword index cuts them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from indexer.query.vocabulary import STOP_WORDS

__all__ = ["STOP_WORDS", "fold", "split_name", "words_of"]

# The combining marks that SQLite's unicode61 takes for part of a word, and drops; all others end one.
_MARKS = frozenset(map(chr, (*range(0x300, 0x305), *range(0x306, 0x30D), 0x30F, 0x311, 0x31B, *range(0x323, 0x329))))
_MARKS |= frozenset(map(chr, (0x32D, 0x32E, 0x330, 0x331)))

# Letters, digits, private use, and what has no category, which to SQLite's older tables is also every newer emoji.
_IN_WORDS = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Co", "Cn"))
_NEWER_EMOJI = re.compile("[\U0001f900-\U0001f9ff\U0001fa70-\U0001faff]")
_PART = re.compile(r"[^\W\d_]+|\d+")


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    """`char` as the index stores it: lower-case and without its diacritic, "" for a mark, " " where a word ends."""
    if char in _MARKS:
        return ""
    if unicodedata.category(char) not in _IN_WORDS and not _NEWER_EMOJI.match(char):
        return " "
    folded = char.casefold()
    lower = folded if len(folded) == 1 else char.lower()[0]
    base = unicodedata.normalize("NFD", lower)[0]
    return base if base.isascii() else lower


def fold(text: str) -> str:
    """`text` with every character as the keyword index stores it and a space wherever a word ends.

    Follows FTS5's `unicode61 remove_diacritics 2`: only marks on Latin letters are taken off.
    """
    if text.isascii():
        return "".join([char if char.isalnum() else " " for char in text.lower()])
    return "".join(map(_letter, text))


def words_of(text: str) -> list[str]:
    """The words of `text` in order: runs of letters, digits and private-use characters, folded by `fold`."""
    return fold(text).split()


def split_name(name: str) -> list[str]:
    """The parts of a file name: cut at signs and spaces, between lower and upper case, between letters and digits.

    "IMG_2024HolidayPlan.docx" → IMG, 2024, Holiday, Plan, docx. The case is kept. "mp3" becomes "mp" and "3", so
    index the parts beside the whole name, not in its place.
    """
    parts: list[str] = []
    for run in _PART.findall(name):
        parts += _humps(run) if not (run.islower() or run.isupper() or run.isdigit()) else [run]
    return parts


def _humps(run: str) -> list[str]:
    """A run of letters cut before each capital that begins a word: "HTMLParser" → HTML, Parser."""
    parts: list[str] = []
    start = 0
    for i in range(1, len(run)):
        if run[i].isupper() and (run[i - 1].islower() or (i + 1 < len(run) and run[i + 1].islower())):
            parts.append(run[start:i])
            start = i
    parts.append(run[start:])
    return parts
