"""Typos: a word that the index doesn't know becomes the nearest one that it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SHORTEST = 5
"""Letters: shorter words have too many neighbours."""

LONGEST = 40
"""Letters: longer words are not in the vocabulary, and their neighbours would fill the memory."""

SEEN_IN = 3
"""Files that must hold the word offered, in an index of more than `SMALL` files: rarer ones are often typos themselves."""

SMALL = 500

_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "αβγδεζηθικλμνξοπρσςτυφχψω")


class Vocabulary(Protocol):
    """The words of an index."""

    def occurs(self, word: str) -> bool:
        """Whether the word or its stem is in the index."""
        ...

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """In how many files each of the words is."""
        ...


def repair(
    words: Sequence[str], vocabulary: Vocabulary, files: int, *, is_word: Callable[[str], bool] = lambda _word: False
) -> dict[str, str]:
    """Word → the word to search instead, for those of `words` (lower case) that the index of `files` files doesn't know.

    One letter added, left out, changed or two neighbours swapped (Damerau 1964: four in five typos); the most frequent
    candidate wins. Words with digits, words under `SHORTEST` or over `LONGEST` letters, and words that `is_word` knows are
    left alone: "letter" is no typo of "latter" only because no file has it.
    """
    least = SEEN_IN if files > SMALL else 1
    found: dict[str, str] = {}
    for word in words:
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            continue
        if vocabulary.occurs(word) or is_word(word):
            continue
        known = vocabulary.frequencies(_one_away(word))
        candidates = [(count, other) for other, count in known.items() if count >= least]
        if candidates:
            found[word] = max(candidates, key=lambda pair: (pair[0], pair[1]))[1]
    return found


def _one_away(word: str) -> set[str]:
    """Every string at one typing error from `word`. About 450 for eight letters."""
    letters = set(word).union(*(alphabet for alphabet in _ALPHABETS if not set(word).isdisjoint(alphabet)))
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(left + right[1:] for left, right in cuts if right),
        *(left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1),
        *(left + letter + right[1:] for left, right in cuts if right for letter in letters),
        *(left + letter + right for left, right in cuts for letter in letters),
    } - {word}
