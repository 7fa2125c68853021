"""What a sentence was understood to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from indexer.kinds import Kind
from indexer.query.words import STOP_WORDS, words_of


class Part(StrEnum):
    """What a chip stands for."""

    KIND = "kind"
    DATE = "date"
    FOLDER = "folder"
    NAME = "name"
    SIZE = "size"
    PHRASE = "phrase"
    EXCLUSION = "exclusion"
    OFFER = "offer"


@dataclass(frozen=True)
class Chip:
    """One thing that was understood: the characters from `start` until before `end` of the sentence, and what they do.

    A person takes it back by reading the sentence again with its range in `plain` (see `parse`). An `OFFER` filters
    nothing: it shows a date in figures that could be read in two ways.
    """

    part: Part
    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Query:
    """A sentence as a search.

    `text` is what is left to search by words and meaning, case kept; all of the sentence when nothing was certain.
    `words` are its words for the keyword side, folded, without stop words (all when nothing else is left). `phrases`
    must stand as written, `excluded` must not. `kinds` are shown, `kind_filter` holds the kinds that pass (None: all).
    Dates are half-open, [after, before), in the local calendar. `name` is a glob (`*.docx`), `extension` has no dot.
    Sizes are bytes, both ends included. `year` is a year that stands alone: a boost, no filter. `ambiguous` are dates
    in figures that could be read in two ways; they stay words. `dashed` are the excluded written with a minus. `whole` is what would be searched without filters.
    `below` is not of the sentence: the folder, as its exact path, that whoever asks searches in; nothing loosens it.
    """

    sentence: str
    text: str
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    kind_filter: frozenset[Kind] | None = None
    after: date | None = None
    before: date | None = None
    folder: str | None = None
    name: str | None = None
    extension: str | None = None
    size_min: int | None = None
    size_max: int | None = None
    year: int | None = None
    ambiguous: tuple[str, ...] = ()
    dashed: tuple[str, ...] = ()
    whole: str = ""
    said: tuple[Chip, ...] = field(default=(), repr=False)
    below: bytes | None = None

    def as_dict(self) -> dict[str, Any]:
        """The query for people and programs: `text` in small letters always, all else only when set; dates are ISO."""
        shown: dict[str, Any] = {
            "phrases": list(self.phrases),
            "not": list(self.excluded),
            "kinds": list(self.kinds),
            "after": self.after and self.after.isoformat(),
            "before": self.before and self.before.isoformat(),
            "folder": self.folder,
            "name": self.name,
            "size_min": self.size_min,
            "size_max": self.size_max,
            "ambiguous": list(self.ambiguous),
        }
        set_ones = {key: value for key, value in shown.items() if value not in (None, [])}
        return {"text": self.text.casefold(), **set_ones}

    def chips(self) -> tuple[Chip, ...]:
        """What was understood, in the order of the sentence, each with the characters that say it."""
        return self.said

    def without_filters(self) -> Query:
        """The query with all its filters taken back: every word counts again, but for operators and signs.

        Quoted phrases and words left out with a minus stay: nobody writes those by chance.
        """
        signed = tuple(chip for chip in self.said if chip.part in (Part.PHRASE, Part.OFFER) or self._minus(chip))
        return Query(
            sentence=self.sentence,
            text=self.whole,
            words=content_words(self.whole),
            phrases=self.phrases,
            excluded=self.dashed,
            dashed=self.dashed,
            year=self.year,
            ambiguous=self.ambiguous,
            whole=self.whole,
            said=signed,
            below=self.below,
        )

    def _minus(self, chip: Chip) -> bool:
        return chip.part is Part.EXCLUSION and self.sentence[chip.start] == "-"

    def with_words(self, repaired: Mapping[str, str]) -> Query:
        """The query with words replaced, in `words` and in `text`: keys are words as in `words`."""
        return replace(
            self,
            words=tuple(repaired.get(word, word) for word in self.words),
            text=" ".join(_replaced(part, repaired) for part in self.text.split()),
            whole=" ".join(_replaced(part, repaired) for part in self.whole.split()),
        )


def _replaced(part: str, repaired: Mapping[str, str]) -> str:
    """A word of the text, replaced if it is nothing but a key."""
    words = words_of(part)
    return repaired.get(words[0], part) if len(words) == 1 else part


def content_words(text: str) -> tuple[str, ...]:
    """The words of `text` for the keyword side, once each: without stop words; all of them if no other is left."""
    words = tuple(dict.fromkeys(words_of(text)))
    return tuple(word for word in words if word not in STOP_WORDS) or words
