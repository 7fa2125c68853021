"""A sentence as tokens with positions: words, quoted phrases, words left out, and operators such as `ext:pdf`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from indexer.query.vocabulary import COMMANDS


class Sort(Enum):
    """What a token is by its signs alone."""

    WORD = auto()
    PHRASE = auto()
    EXCLUSION = auto()
    FIELD = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the sentence from `start` until before `end`.

    `text` is what it holds: a word as written, what stands between quotes or after the operator. `core` is a word
    without the punctuation around it, `key` the same in small letters and without a possessive 's (`owns`); `key` is ""
    for all but words. `field` is the operator's name. `closed`: a comma or the like follows, or a bracket ends.
    """

    sort: Sort
    start: int
    end: int
    text: str
    core: str = ""
    key: str = ""
    field: str = ""
    owns: bool = False
    closed: bool = False


_FIELDS = (
    "in folder dir path ext extension filetype name filename kind type before after since until date modified size"
)
FIELDS = frozenset(_FIELDS.split(" "))

_AFTER_QUOTE = r"(?=[\s,.;:!?)\]}]|$)"
_QUOTES = {
    '"': re.compile('"' + _AFTER_QUOTE),
    "“": re.compile("”" + _AFTER_QUOTE),
    "„": re.compile("[“”]" + _AFTER_QUOTE),
    "«": re.compile("»" + _AFTER_QUOTE),
}
LONGEST_PHRASE = 1_000
"""Characters between quotes: a page full of quotes must not cost its square."""

_FIELD = re.compile(r"([A-Za-z]{2,9}):(?=\S)")
_CHUNK = re.compile(r"\S+")
_DASHED = re.compile(r"(?i)(early|mid|late)-(?=\w)")
_LEADING = "([{'‘’`\"“„«"
_TRAILING = ".,;:!?)]}'‘’`\"”»…"
_CLOSING = frozenset(",;:)]}!?")
_WORTH_EXCLUDING = re.compile(r"-[^\W\d_]\w")


def tokens_of(sentence: str) -> list[Token]:
    """All tokens of a sentence, in order. A quote that is never closed is no quote."""
    tokens: list[Token] = []
    at = 0
    while True:
        chunk = _CHUNK.search(sentence, at)
        if chunk is None:
            return tokens
        start = chunk.start()
        made = _signed(sentence, start, chunk.end(), tokens)
        if made is None:
            at = _words(sentence, start, chunk.end(), tokens)
        else:
            at = made.end
            if made.text.strip():
                tokens.append(made)


def _signed(sentence: str, start: int, end: int, before: list[Token]) -> Token | None:
    """The phrase, exclusion or operator that begins at `start`, or None."""
    char = sentence[start]
    if char in _QUOTES:
        quoted = _quoted(sentence, start)
        return quoted and Token(Sort.PHRASE, start, quoted[1], quoted[0], closed=True)
    if char == "-":
        return _exclusion(sentence, start, end, before)
    field = _FIELD.match(sentence, start)
    if field is None or field[1].lower() not in FIELDS:
        return None
    name, value_at = field[1].lower(), field.end()
    quoted = _quoted(sentence, value_at)
    if quoted:
        return Token(Sort.FIELD, start, quoted[1], quoted[0], field=name, closed=True)
    value = sentence[value_at:end].rstrip(",;")
    return Token(Sort.FIELD, start, value_at + len(value), value, field=name, closed=True) if value else None


def _quoted(sentence: str, start: int) -> tuple[str, int] | None:
    """What stands between the quotes that open at `start`, and where they end; None if they never close."""
    closing = _QUOTES.get(sentence[start])
    found = closing and closing.search(sentence, start + 1, start + LONGEST_PHRASE)
    if not found or start + LONGEST_PHRASE == found.end() < len(sentence):
        return None
    return " ".join(sentence[start + 1 : found.start()].split()), found.end()


def _exclusion(sentence: str, start: int, end: int, before: list[Token]) -> Token | None:
    quoted = _quoted(sentence, start + 1) if start + 1 < len(sentence) else None
    if quoted:
        return Token(Sort.EXCLUSION, start, quoted[1], quoted[0], closed=True)
    word = sentence[start + 1 : end].rstrip(_TRAILING)
    option = any(len(word) <= COMMANDS.get(token.key, 0) for token in before[:2])
    if option or not _WORTH_EXCLUDING.match(sentence, start):
        return None
    return Token(Sort.EXCLUSION, start, start + 1 + len(word), word, closed=True)


def _words(sentence: str, start: int, end: int, tokens: list[Token]) -> int:
    """Add the word between `start` and `end`; "mid-March" is two. Returns where to go on."""
    if sentence[start] in _QUOTES and end - start > 1:  # never closed
        start += 1
    dashed = _DASHED.match(sentence, start, end)
    if dashed:
        tokens.append(_word(sentence, start, dashed.end() - 1))
        start = dashed.end()
    tokens.append(_word(sentence, start, end))
    return end


def _word(sentence: str, start: int, end: int) -> Token:
    text = sentence[start:end]
    core = text.lstrip(_LEADING).rstrip(_TRAILING) or text
    key = core.lower().replace("’", "'")
    if core[0].isdigit() and text[0] in "'‘’" and len(core) in (2, 3):  # '24, '90s
        key = f"'{key}"
    owns = key.endswith("'s") and len(key) > 2 and key[0] != "'"
    if owns:
        key = key[:-2]
    closed = any(char in _CLOSING for char in text[-2:] if not char.isalnum()) and core != text
    return Token(Sort.WORD, start, end, text, core, key, owns=owns, closed=closed)


def as_word(token: Token, sentence: str) -> Token:
    """The token as a word that no rule reads, with its signs."""
    text = sentence[token.start : token.end]
    return Token(Sort.WORD, token.start, token.end, text, text)


def as_sign(token: Token) -> Token:
    """A word that was understood by its signs (`*.docx`) and is no word any more."""
    return replace(token, sort=Sort.FIELD, key="", closed=True)
