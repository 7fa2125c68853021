"""A sentence → what it asks for: words, and filters by kind, date, folder, size and name. Standard library only."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from indexer.query.fields import Filters
from indexer.query.grammar import Grammar
from indexer.query.meaning import Chip, Part, Query, content_words
from indexer.query.tokens import Sort, as_word, tokens_of
from indexer.query.vocabulary import KNOWN_FOLDERS

__all__ = ["Chip", "Part", "Query", "is_known_folder", "parse"]


def is_known_folder(name: str) -> bool:
    """Whether `name` is a folder that every system makes for its people (Downloads, Documents), whatever the case."""
    return name.lower() in KNOWN_FOLDERS


def parse(
    sentence: str,
    *,
    today: date,
    is_folder: Callable[[str], bool] = is_known_folder,
    week_start: int = 0,
    plain: Collection[tuple[int, int]] = (),
) -> Query:
    """What `sentence` asks for. Any string is a sentence; nothing is raised.

    `today` is the day that "yesterday" is counted from. `is_folder` says whether the index has a folder of a name
    (asked only after "in" and the like). `week_start` is the first day of the week, Monday 0. `plain` are ranges of
    characters that are words whatever they say: the chips that a person took back.
    """
    filters = Filters(sentence)
    tokens = [
        as_word(token, sentence)
        if any(start < token.end and token.start < end for start, end in plain)
        else filters.sign(token, today, week_start)
        for token in tokens_of(sentence)
    ]
    if filters.dashed and all(token.sort is Sort.EXCLUSION for token in tokens):
        text = " ".join(sentence.split())  # nothing is left to leave the words out of
        return Query(sentence=sentence, text=text, words=content_words(text), whole=text)
    grammar = Grammar(tokens, filters, today, is_folder, week_start)
    grammar.read()
    offers = grammar.offers()
    for token in offers:
        filters.offer(token)
    left = grammar.left()
    text = left.text() if grammar.filtered else left.all_words()
    return Query(
        sentence=sentence,
        text=text,
        words=content_words(text),
        phrases=tuple(filters.phrases),
        excluded=tuple(filters.excluded),
        kinds=tuple(filters.kinds),
        kind_filter=filters.passes,
        after=filters.after,
        before=filters.before,
        folder=filters.folder,
        name=filters.name,
        extension=filters.extension,
        size_min=filters.size_min,
        size_max=filters.size_max,
        year=grammar.lone_year(),
        ambiguous=tuple(token.core for token in offers),
        dashed=tuple(filters.dashed),
        whole=left.all_words(),
        said=tuple(sorted(filters.chips, key=lambda chip: chip.start)),
    )
