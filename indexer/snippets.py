"""The part of a text that shows best why it was found."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from indexer.answer import Snippet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 240
"""Characters of a snippet: three lines of a terminal."""

_SUFFIX = re.compile(r"(?:ations?|ingly|ings?|edly|ies|ied|ness|ments?|ers?|ed|es|ly|s|e|y)$")
_LATITUDE = 5
_WHITE = re.compile(r"\s+")
_PLAIN_SIGN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MARKS = re.compile("([\u0300-\u036f\u20d0-\u20ff])[\u0300-\u036f\u20d0-\u20ff]{3,}")


_MOST_SPOTS = 100
"""Places of one word that are looked at: in a long text the rest would change little and cost much."""


class Words(NamedTuple):
    """What to look for in a text: `roots` are the beginnings of the words, `phrases` the patterns of what stands as said.

    `said` holds what the person wrote for each: first the words, then the phrases.
    """

    roots: tuple[str, ...]
    phrases: tuple[re.Pattern[str], ...]
    said: tuple[str, ...]


class Spot(NamedTuple):
    """Where a text holds something looked for: half-open characters, and its number in `Words.said`."""

    start: int
    stop: int
    number: int


def words_to_find(words: Sequence[str], phrases: Sequence[str] = ()) -> Words:
    """The finder for the words and phrases of a query. Stems are cut roughly, as a reader's eye would match them."""
    by_root = {root_of(word): word for word in words if word}
    kept = [phrase for phrase in phrases if phrase.strip()]
    patterns = (re.compile(r"\s+".join(map(re.escape, plain(phrase.lower()).split()))) for phrase in kept)
    return Words(tuple(by_root), tuple(patterns), (*by_root.values(), *kept))


def root_of(word: str) -> str:
    """A word without its ending, at least four letters of it: running → runn, leases → leas."""
    low = word.lower()
    cut = _SUFFIX.sub("", low)
    return cut if len(cut) >= 4 else low


def spots(words: Words, text: str) -> list[Spot]:
    """Where `text` holds the words and phrases, in order; of two that begin at one place, the longer."""
    low = _lowered(plain(text))
    found: dict[int, Spot] = {}
    for number, root in enumerate(words.roots):
        at, left = low.find(root), _MOST_SPOTS
        while at >= 0 and left:
            stop = _end_of_word(low, at, at + len(root), root)
            if stop and (at not in found or found[at].stop < stop):
                found[at] = Spot(at, stop, number)
                left -= 1
            at = low.find(root, at + 1)
    for number, pattern in enumerate(words.phrases, len(words.roots)):
        for match in islice(pattern.finditer(low), _MOST_SPOTS):
            found[match.start()] = Spot(match.start(), match.end(), number)
    return [found[at] for at in sorted(found)]


def _end_of_word(low: str, start: int, stop: int, root: str) -> int:
    """Where the word ends that begins with `root` at `start`; 0 if it begins earlier or goes on too long."""
    if not root.isascii():
        return stop
    if start and _in_word(low[start - 1]):
        return 0
    longest = stop + _LATITUDE
    while stop < len(low) and _in_word(low[stop]):
        stop += 1
        if stop > longest:
            return 0
    return stop


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _lowered(text: str) -> str:
    """`text` in small letters and as long as it was."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(sign if len(sign.lower()) > 1 else sign.lower() for sign in text)


def matched(words: Words, text: str) -> list[str]:
    """The words of the query that `text` holds, each once, in the order in which they come."""
    return list(dict.fromkeys(words.said[spot.number] for spot in spots(words, text)))


def densest(words: Words, text: str, width: int = WIDTH) -> tuple[int, int]:
    """(start of the window of `width` characters that holds most of the query's words, how many); (0, 0) for none."""
    return densest_of(spots(words, text), width)


def densest_of(found: Sequence[Spot], width: int = WIDTH) -> tuple[int, int]:
    """As `densest`, from spots in order."""
    best, inside, first = (0, 0), Counter[int](), 0
    for last in found:
        inside[last.number] += 1
        while found[first].start <= last.start - width:
            inside[found[first].number] -= 1
            if not inside[found[first].number]:
                del inside[found[first].number]
            first += 1
        if len(inside) > best[1]:
            best = (found[first].start, len(inside))
    return best


def apart(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Half-open ranges, in order, without those that lie over an earlier one: a phrase may lie over a word of it."""
    kept: list[tuple[int, int]] = []
    for start, stop in ranges:
        if not kept or start >= kept[-1][1]:
            kept.append((start, stop))
    return tuple(kept)


def snippet(words: Words, text: str, width: int = WIDTH) -> Snippet:
    """About `width` characters of `text` on one line, round its densest spot, with the words that matched marked.

    Control, zero-width and direction-changing characters are left out and towers of combining marks cut, so that a hostile
    text can't reorder or break a screen.
    """
    return snippet_at(words, text, *densest(words, text, width), width)


def snippet_at(words: Words, text: str, start: int, count: int, width: int = WIDTH) -> Snippet:
    """As `snippet`, round the place `start` that holds `count` of the words (0 = none: the text's beginning)."""
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
    return Snippet(line, apart(spot[:2] for spot in spots(words, line)))


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
    return _WHITE.sub(" ", _harmless(text)).strip()


def harmless_lines(text: str) -> str:
    """`text` with its lines, but nothing in them that moves the cursor or turns the direction."""
    return _harmless(text.replace("\r\n", "\n").replace("\r", "\n"))


def _harmless(text: str) -> str:
    return _MARKS.sub(r"\1", _PLAIN_SIGN.sub("", text.replace("\x00", " ")))
