"""The words themselves: a concept that is named in a prompt, however it is spelt, is taken out before anything is encoded.

Ours, and first in line: what is left is a prompt that the encoder knows how to read, wherever in the sentence the word
stood, while the published subtraction is locked to positions. Whole words only, and nothing that isn't listed: what a prompt
implies without naming it is the biopsy's to find.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

import numpy as np

from engines.concepts.coder import Floats
from engines.concepts.lexicon import COMPOUNDS, Known
from engines.concepts.spelling import DIGITS, INVISIBLE, folded, inflected, letters, misspelt, runs, small, undigited


class How(StrEnum):
    """How a word was found."""

    WORD = "named"
    SYNONYM = "synonym"
    LANGUAGE = "other language"
    ALIKE = "look-alike letters"
    DIGITS = "digits or signs for letters"
    APART = "letters set apart or run together"
    MISSPELT = "misspelt"


@dataclass(frozen=True)
class Term:
    """A word or several that stand for a concept."""

    concept: str
    text: str
    how: How = How.WORD


@dataclass(frozen=True)
class Span:
    """Where a prompt names a concept: characters `start` to `end`, read as `term`."""

    start: int
    end: int
    concept: str
    term: str
    how: How


@dataclass(frozen=True)
class _Word:
    """A stretch of the prompt and what it may be read as, folded, with how that reading came about (None = as it stands)."""

    start: int
    end: int
    readings: Mapping[str, How | None]


# A sign with no look of its own, or an accent, inside a word belongs to it.
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[\u0300-\u036f{INVISIBLE}])*")
_SIGNED = re.compile(rf"[@$€£]?[^\W_](?:[^\W_]|[\u0300-\u036f{INVISIBLE}]|[@$!|+€£(<](?=[^\W_@$]))*[@$]*")
_FOR_LETTERS = re.compile(f"[{re.escape(''.join(DIGITS))}]")
# What may stand in a word and yet end a run of letters: numerals and marks of all scripts are told apart there.
_ENDING = re.compile(rf"[^\x00-\u02ff]|[\d²³¹¼½¾{INVISIBLE}]")
_GAP = r"[\s.\-_*·~/|,]{1,3}"
_LETTERS = re.compile(rf"(?<![^\W_])[^\W_](?:{_GAP}[^\W_](?![^\W_])){{2,}}")
_BETWEEN = re.compile(_GAP)
_POSSESSIVE = re.compile(r"['’]s(?![^\W_])")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")  # scripts that set no blanks between words
# Between the words of one name: blanks, hyphens, brackets, or one dot that glues; a comma or a full stop ends a name.
_JOINT = re.compile(r"(?:[^\w.,;:!?…。、，]|_)*|\.")

WIDEST = 4
"""Pieces that one word may have been cut into, blanks between them."""

COMMON = frozenset({
    "a", "an", "the", "at", "are", "is", "in", "on", "of", "or", "as", "to", "it", "be", "we", "he", "no", "so", "by",
    "my", "us", "if", "do", "up", "go", "me", "am", "and", "for", "not", "all", "can", "was", "has", "had", "his",
    "her", "our", "you", "but", "out", "one", "two", "who", "how", "its", "did", "get", "may", "new", "now", "old",
    "see", "any", "few", "own",
})  # fmt: skip
"""Words so common that a piece which is one is meant as it stands."""

TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof", "st", "jr", "sr", "ph"})
"""Words in names that a full stop often follows."""

LONGEST = 64
"""Letters of a word that may be another one misspelt."""

FOREIGN = 6
"""Letters from which a word of another language is looked for misspelt: shorter ones are too near to names and to English."""

ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "ally")

STEM = 5
"""Letters of a word whose forms are words too."""

CRUMB = 3
"""Letters of a piece that says little by itself."""


class Terms:
    """What is listed, ready to be looked for. `known` says which words are words in their own right."""

    def __init__(self, terms: Iterable[Term], known: Known) -> None:
        self._known = known
        self._first: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
        self._joined: dict[str, Term] = {}
        self._names: set[tuple[str, ...]] = set()
        self._unspaced: list[Term] = []
        self._reach = WIDEST
        vocabulary: set[str] = set()
        for term in terms:
            if _UNSPACED.search(term.text):
                self._unspaced.append(term)
                continue
            words = [folded(each[0]) for each in _WORD.finditer(term.text)]
            if not words:
                continue
            vocabulary.update(word for word in words if term.how is not How.LANGUAGE or len(word) >= FOREIGN)
            self._joined.setdefault("".join(words), term)
            self._names.add(tuple(words))
            self._reach = max(self._reach, len(words))
            for last in inflected(words[-1]):
                entry = (*words[:-1], last)
                self._first.setdefault(entry[0], []).append((entry, term))
        for entries in self._first.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._vocabulary = [(word, letters(word)) for word in sorted(vocabulary)]
        self._row = max(map(len, self._joined), default=0)
        self._slips = lru_cache(4096)(self._slips_of)

    def find(self, prompt: str, start: int = 0, stop: int | None = None) -> tuple[Span, ...]:
        """Every place of `prompt` that names a listed concept, in order; they don't overlap.

        Where readings compete, the plainest one counts: a word as it stands before a word misspelt. With `start` and `stop`
        only the words between those characters are looked at.
        """
        found: list[Span] = []
        passes: tuple[Callable[[str, int, int], Iterator[Span]], ...] = (
            self._as_it_stands,
            self._inside,
            self._with_digits,
            self._as_clip_cuts,
            self._apart,
            self._slipped,
        )
        taken = bytearray(len(prompt))
        for look in passes:
            for span in look(prompt, start, len(prompt) if stop is None else stop):
                if not any(taken[span.start : span.end]) and not _compound(prompt, span):
                    found.append(span)
                    taken[span.start : span.end] = b"\1" * (span.end - span.start)
        return tuple(sorted(found, key=lambda span: span.start))

    def around(self, prompt: str, place: int) -> tuple[int, int]:
        """From where to where a name may reach that has formed at the character `place`, where something was taken out.

        Some words on each side; of letters that stand alone, as many as the longest name has.
        """
        start, stop = place, place
        for count, each in enumerate(_before(prompt, place)):
            if count >= self._reach and (count > self._row or each.end() - each.start() > 1):
                break
            start = each.start()
        for count, each in enumerate(_WORD.finditer(prompt, place)):
            if count >= self._reach and (count > self._row or each.end() - each.start() > 1):
                break
            stop = each.end()
        while start and prompt[start - 1] in "@$€£":
            start -= 1
        while stop < len(prompt) and prompt[stop] in "@$":
            stop += 1
        return start, stop

    def _as_it_stands(self, prompt: str, start: int, stop: int) -> Iterator[Span]:
        found = _WORD.finditer(prompt, start, stop)
        yield from self._matched(prompt, [_Word(each.start(), each.end(), {folded(each[0]): None}) for each in found])

    def _as_clip_cuts(self, prompt: str, start: int, stop: int) -> Iterator[Span]:
        """Runs of letters alone: the encoder reads the very word in `nude24`, and beside a sign that nobody sees."""
        if not _ENDING.search(prompt, start, stop):
            return  # every word is one run, and was looked at as it stands
        words = [_Word(begin, end, {folded(prompt[begin:end]): None}) for begin, end in runs(prompt, start, stop)]
        yield from self._matched(prompt, words)

    def _inside(self, prompt: str, start: int, stop: int) -> Iterator[Span]:
        for term in self._unspaced:
            for each in re.compile(re.escape(term.text)).finditer(prompt, start, stop):
                yield Span(each.start(), each.end(), term.concept, term.text, term.how)

    def _with_digits(self, prompt: str, start: int, stop: int) -> Iterator[Span]:
        if not _FOR_LETTERS.search(prompt, start, stop):
            return
        words = []
        for each in _SIGNED.finditer(prompt, start, stop):
            readings = dict.fromkeys(undigited(each[0].casefold()), How.DIGITS)
            words.append(_Word(each.start(), each.end(), {**readings, folded(each[0]): None}))
        yield from self._matched(prompt, words)

    def _slipped(self, prompt: str, start: int, stop: int) -> Iterator[Span]:
        found = _WORD.finditer(prompt, start, stop)
        words = [_Word(each.start(), each.end(), self._slips(folded(each[0]))) for each in found]
        yield from self._matched(prompt, words)

    def _slips_of(self, word: str) -> dict[str, How | None]:
        slips: dict[str, How | None] = {}
        if word.isalpha() and len(word) <= LONGEST and not self._own(word):
            mine = letters(word)
            # Two slips change at most four letters of the set: most words are out without a closer look.
            near = (meant for meant, its in self._vocabulary if (mine ^ its).bit_count() <= 4)
            slips = dict.fromkeys((meant for meant in near if misspelt(word, meant)), How.MISSPELT)
        return {**slips, word: None}

    def _own(self, word: str) -> bool:
        """Whether it is a word of its own, or the form of a longer one."""
        stems = (word.removesuffix(ending) for ending in ENDINGS if word.endswith(ending))
        return self._known(word) or any(len(stem) >= STEM and self._known(stem) for stem in stems)

    def _matched(self, prompt: str, words: Sequence[_Word]) -> Iterator[Span]:
        """The terms that follow one another in `words`, the longest at each place."""
        place = 0
        while place < len(words):
            span = self._at(prompt, words, place)
            if span is None:
                place += 1
                continue
            yield span
            while place < len(words) and words[place].start < span.end:
                place += 1

    def _at(self, prompt: str, words: Sequence[_Word], place: int) -> Span | None:
        best: tuple[int, Term, How] | None = None
        for first in words[place].readings:
            for entry, term in self._first.get(first, ()):
                part = words[place : place + len(entry)]
                if len(part) < len(entry) or (best is not None and len(entry) <= best[0]):
                    continue
                if all(each in word.readings for word, each in zip(part, entry, strict=True)) and _joins(
                    prompt, part, term
                ):
                    hows = [word.readings[each] for word, each in zip(part, entry, strict=True)]
                    strange = next((how for how in hows if how is not None), None)
                    best = len(entry), term, strange or _plainly(prompt, part, term)
        if best is None:
            return None
        last = words[place + best[0] - 1].end
        owning = _POSSESSIVE.match(prompt, last)
        return Span(words[place].start, owning.end() if owning else last, best[1].concept, best[1].text, best[2])

    def _apart(self, prompt: str, start: int, stop: int) -> Iterator[Span]:
        for row in _LETTERS.finditer(prompt, start, stop):
            places = [row.start() + each.start() for each in re.finditer(r"[^\W_]", row[0])]
            yield from self._spelt(prompt, places)
        words = list(_WORD.finditer(prompt, start, stop))
        pieces = [folded(each[0]) for each in words]
        near = [_BETWEEN.fullmatch(prompt, one.end(), other.start()) is not None for one, other in pairwise(words)]
        for first in range(len(words)):
            joined = ""
            for last in range(first, min(first + WIDEST, len(words))):
                if last > first and not near[last - 1]:
                    break
                joined += pieces[last]
                term = self._joined.get(joined)
                if term is not None and (last == first or not self._words_of_their_own(pieces[first : last + 1])):
                    yield Span(words[first].start(), words[last].end(), term.concept, term.text, How.APART)

    def _words_of_their_own(self, pieces: Sequence[str]) -> bool:
        """Whether pieces are likely to be meant as the words that they are: crumbs of three letters hardly are.

        The words of a name that stand here in their order, but with a sign between that ends a name, are.
        """
        if tuple(pieces) in self._names:
            return True
        if any(piece in COMMON for piece in pieces):
            return all(len(piece) == 1 or self._known(piece) for piece in pieces)
        return all(map(self._known, pieces)) and all(len(piece) > CRUMB for piece in pieces)

    def _spelt(self, prompt: str, places: Sequence[int]) -> Iterator[Span]:
        """Terms within letters that stand alone one after another, the longest first."""
        single = [prompt[place] for place in places]
        rows = {"".join(folded(letter) for letter in single), *undigited("".join(single).casefold())}
        for row in rows:
            if len(row) != len(places):
                continue
            for joined, term in sorted(self._joined.items(), key=lambda item: -len(item[0])):
                at = row.find(joined) if len(joined) >= CRUMB else -1
                while at >= 0:
                    last = at + len(joined) - 1
                    yield Span(places[at], places[last] + 1, term.concept, term.text, How.APART)
                    at = row.find(joined, last + 1)


def _plainly(prompt: str, words: Sequence[_Word], term: Term) -> How:
    """The term's own way, or look-alike letters where what stands there isn't what is listed."""
    written = [small(prompt[word.start : word.end]) for word in words]
    listed = [small(each[0]) for each in _WORD.finditer(term.text)]
    same = written[:-1] == listed[:-1] and written[-1] in inflected(listed[-1])
    return term.how if same else How.ALIKE


def _joins(prompt: str, words: Sequence[_Word], term: Term) -> bool:
    """Whether nothing stands between the words that ends a name: a full stop doesn't behind an initial or a title, and
    what stands there in the name itself doesn't either."""
    if len(words) == 1:
        return True
    listed = [term.text[one.end() : other.start()].strip() for one, other in pairwise(_WORD.finditer(term.text))]
    for (one, other), own in zip(pairwise(words), listed, strict=True):
        gap = prompt[one.end : other.start].strip()
        short = one.end - one.start == 1 or folded(prompt[one.start : one.end]) in TITLES
        if not (_JOINT.fullmatch(prompt, one.end, other.start) or gap == own or (gap == "." and short)):
            return False
    return True


def _compound(prompt: str, span: Span) -> bool:
    """Whether the word behind makes something else of it: bottomless coffee, no clothes line."""
    others = COMPOUNDS.get(span.term)
    behind = _WORD.search(prompt, span.end) if others else None
    return behind is not None and folded(behind[0]) in (others or ()) and prompt[span.end : behind.start()].isspace()


def _before(prompt: str, place: int) -> Iterator[re.Match[str]]:
    """The words before the character `place`, the nearest first; looks no further back than it is asked."""
    width, told = 64, 0
    while True:
        begin = max(0, place - width)
        words = list(_WORD.finditer(prompt, begin, place))
        whole = words if begin == 0 else words[1:]  # the first may begin further back
        yield from whole[: len(whole) - told][::-1]
        if begin == 0:
            return
        width, told = 2 * width, len(whole)


def mixed(states: Floats, cleaned: Floats, rho: float) -> Floats:
    """(1 - rho) of `states` and rho of `cleaned`, both [T, D]: the one object or the other at 0 and 1."""
    if rho <= 0:
        return states
    if rho >= 1:
        return cleaned
    blend: Floats = np.float32(1 - rho) * states + np.float32(rho) * cleaned
    return blend
