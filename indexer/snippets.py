"""The part of a text that shows best why it was found."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from indexer.answer import Snippet

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 240
"""Characters of a snippet: three lines of a terminal."""

_SUFFIX = re.compile(r"(?:ations?|ingly|ings?|edly|ies|ied|ness|ments?|ers?|ed|es|ly|s|e|y)$")
_LATITUDE = 5
_WHITE = re.compile(r"\s+")
_PLAIN_SIGN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MARKS = re.compile("([\u0300-\u036f\u20d0-\u20ff])[\u0300-\u036f\u20d0-\u20ff]{3,}")


class Words(NamedTuple):
    """What to look for in a text: `pattern` finds a word of the query, or one of its stem; `roots` tells which."""

    pattern: re.Pattern[str] | None
    roots: dict[str, str]

    def of(self, found: str) -> str:
        """The query word that `found` stands for."""
        low = found.lower()
        return max((root for root in self.roots if low.startswith(root)), key=len, default="")


def words_to_find(words: Sequence[str], phrases: Sequence[str] = ()) -> Words:
    """The finder for the words and phrases of a query. Stems are cut roughly, as a reader's eye would match them."""
    roots = {root_of(word): word for word in words}
    phrases = [phrase for phrase in phrases if phrase.strip()]
    parts = [
        re.escape(plain(phrase.lower())).replace(r"\ ", r"\s+") for phrase in sorted(phrases, key=len, reverse=True)
    ]
    parts += [
        rf"\b{re.escape(root)}\w{{0,{_LATITUDE}}}\b" if root.isascii() else re.escape(root)
        for root in sorted(roots, key=len, reverse=True)
    ]
    roots.update({plain(phrase.lower()): phrase for phrase in phrases})
    return Words(re.compile("|".join(parts), re.IGNORECASE) if parts else None, roots)


def root_of(word: str) -> str:
    """A word without its ending, at least four letters of it: running → runn, leases → leas."""
    low = word.lower()
    cut = _SUFFIX.sub("", low)
    return cut if len(cut) >= 4 else low


def matched(words: Words, text: str) -> list[str]:
    """The words of the query that `text` holds, each once, in the order in which they come."""
    if words.pattern is None:
        return []
    found = (words.roots.get(words.of(match.group()), "") for match in words.pattern.finditer(plain(text)))
    return list(dict.fromkeys(word for word in found if word))


def densest(words: Words, text: str, width: int = WIDTH) -> tuple[int, int]:
    """(start of the window of `width` characters that holds most of the query's words, how many); (0, 0) for none."""
    if words.pattern is None:
        return 0, 0
    hits = [(match.start(), words.of(match.group())) for match in words.pattern.finditer(plain(text))]
    best = (0, 0)
    for number, (start, _) in enumerate(hits[:2_000]):
        inside = {root for at, root in hits[number : number + 40] if at < start + width}
        if len(inside) > best[1]:
            best = (start, len(inside))
    return best


def snippet(words: Words, text: str, width: int = WIDTH) -> Snippet:
    """About `width` characters of `text` on one line, round its densest spot, with the words that matched marked.

    Control, zero-width and direction-changing characters are left out and towers of combining marks cut, so that a hostile
    text can't reorder or break a screen.
    """
    start, count = densest(words, text, width)
    begin = max(0, start - width // 4) if count else 0
    if begin:
        space = text.find(" ", begin, start)
        begin = space + 1 if space >= 0 else begin
    end = min(len(text), begin + width)
    if end < len(text):
        space = text.rfind(" ", begin + width // 2, end)
        end = space if space > 0 else end
    line = one_line(text[begin:end])
    if not line:
        return Snippet("")
    line = ("… " if begin and line else "") + line + (" …" if end < len(text) else "")
    marks = tuple(match.span() for match in words.pattern.finditer(plain(line))) if words.pattern else ()
    return Snippet(line, marks)


class _Plain(dict[int, str]):
    """Character → the same without its diacritic, as the keyword index has it; made as they come."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0]
        self[code] = base if base.isascii() and char.isalpha() else char
        return self[code]


_plain = _Plain()


def plain(text: str) -> str:
    """`text` without diacritics on its Latin letters, as long as it was, so that places in one are places in the other."""
    return text if text.isascii() else text.translate(_plain)


def one_line(text: str) -> str:
    """`text` for one line of a screen: white space runs to one space, nothing that moves the cursor or the direction."""
    return _WHITE.sub(" ", _MARKS.sub(r"\1", _PLAIN_SIGN.sub("", text.replace("\x00", " ")))).strip()
