"""How a word may be written so that a reader sees it and a list of words doesn't: letters that look alike, digits for
letters, letters set apart, a letter too many or too few."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, islice, product

# What NFKD doesn't bring back to Latin: Cyrillic, Greek and a few others, by looks.
_ALIKE = str.maketrans(
    dict(zip("авеѕіјкмнорстухһԛԝԁѵӏгпьɡ", "abesijkmhopctyxhqwdvlrnbg", strict=True))
    | dict(zip("αβγεηικνορτυχωϲ", "abyenikvoptuxwc", strict=True))
    | {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe"}
)

DIGITS = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "!": "i", "|": "li", "+": "t", "€": "e", "£": "l", "(": "c", "<": "c",
}  # fmt: skip
"""What stands for which letters."""

SHORT = 4
"""Letters of the shortest word in which a slip is looked for."""

READINGS = 64
"""Ways to read one word with digits that are tried."""

INVISIBLE = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
"""Signs without a look of their own, as the inside of a character class."""


@lru_cache(4096)
def small(word: str) -> str:
    """The word in small letters, composed, and nothing else changed."""
    return unicodedata.normalize("NFC", word.casefold())


@lru_cache(4096)
def folded(word: str) -> str:
    """What the word looks like in plain Latin letters: no accents, nothing invisible, no look-alikes."""
    apart = unicodedata.normalize("NFKD", word).casefold()
    kept = "".join(sign for sign in apart if unicodedata.category(sign) not in {"Mn", "Cf", "Me"})
    return unicodedata.normalize("NFC", kept.translate(_ALIKE))


def runs(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """From where to where `text` has letters alone, as CLIP's tokenizer cuts them: digits, numerals, and marks that
    composing doesn't put into their letter end a run, invisible signs too. Marks go with the letter before them.
    """
    begin, place = start, start
    while place < stop:
        after = place + 1
        while after < stop and unicodedata.category(text[after]) in {"Mn", "Mc", "Me"}:
            after += 1
        first = text[place].isalpha()
        if first and (after == place + 1 or unicodedata.normalize("NFC", text[place:after]).isalpha()):
            place = after
            continue
        end = after if first else place
        if begin < end and (first or begin < place):
            yield begin, end
        begin = place = after
    if begin < stop:
        yield begin, stop


def undigited(word: str) -> Iterator[str]:
    """The words that `word` may be once its digits and signs are read as letters; none if it has none, or nothing else."""
    if not any(sign in DIGITS for sign in word) or not any(sign.isalpha() for sign in word):
        return
    for reading in islice(product(*(DIGITS.get(sign, sign) for sign in word)), READINGS):
        yield folded("".join(reading))


def misspelt(word: str, meant: str) -> bool:
    """Whether `word` is `meant` with a slip or, from eight letters on, two: one left out, added, changed, or two swapped.

    Letters said twice are no matter in a word of any length. In a word of four letters a changed one isn't enough: that is
    mostly somebody's name.
    """
    if word != meant and squeezed(word) == squeezed(meant):
        return True
    allowed = 2 if len(meant) >= 8 else 1
    if len(meant) < SHORT or abs(len(word) - len(meant)) > allowed:
        return False
    if len(meant) == len(word) == SHORT and sorted(word) != sorted(meant):
        return False
    return 0 < distance(word, meant, allowed) <= allowed


def letters(word: str) -> int:
    """The set of a word's letters, one bit each; letters that share a bit only make words look more alike."""
    found = 0
    for letter in word:
        found |= 1 << ord(letter) % 61
    return found


def squeezed(word: str) -> str:
    """The word with every letter once where it stands several times in a row."""
    return "".join(letter for letter, _ in groupby(word))


def distance(one: str, other: str, most: int) -> int:
    """Letters to add, drop, change or swap with their neighbour (optimal string alignment); `most` + 1 if it is more."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, a in enumerate(one, 1):
        line = [row]
        for column, b in enumerate(other, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (a != b))
            if row > 1 and column > 1 and a == other[column - 2] and one[row - 2] == b:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return min(last[-1], most + 1)


def inflected(word: str) -> tuple[str, ...]:
    """The word and its English plurals."""
    if not word.isascii() or not word.isalpha():
        return (word,)
    ending = (
        (word[:-1] + "ies",)
        if word.endswith("y")
        else (word + "es",)
        if word.endswith(("s", "x", "ch", "sh", "o"))
        else ()
    )
    return (word, word + "s", *ending)
