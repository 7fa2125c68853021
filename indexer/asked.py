"""A query as the search takes it: what of it ranks, what has a meaning, and what the store filters by."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from datetime import time as clock
from typing import TYPE_CHECKING

from indexer.query.words import STOP_WORDS, words_of
from indexer.store import Filter

if TYPE_CHECKING:
    from indexer.query import Query

MOST_WORDS = 60
_MOST_TIMES = 4
"""What of a pasted text is searched by words: each costs a look through its files."""

_LONG_SENTENCE = 12
"""Words, stop words included, from which quotation marks are those of prose."""


def meant_by(query: Query) -> str:
    """What of the query has a meaning to look for."""
    return " ".join((query.text, *query.phrases)).strip()


def last_word(query: Query) -> str:
    """The word that the sentence ends with, if it is one that is searched for; "" else."""
    words = words_of(query.sentence)
    return words[-1] if words and words[-1] in query.words else ""


def softened(query: Query) -> Query:
    """The query as it ranks: in a long sentence a quotation is an example of what is meant, not a condition."""
    if len(words_of(query.text)) > _LONG_SENTENCE:
        return loosened(query)
    return replace(query, phrases=tuple(phrase for phrase in query.phrases if words_of(phrase)))  # signs match nothing


def loosened(query: Query) -> Query:
    """The query with its phrases as mere words."""
    if not query.phrases:
        return query
    quoted = [word for phrase in query.phrases for word in words_of(phrase) if word not in STOP_WORDS]
    text = " ".join((query.text, *query.phrases)).strip()
    return replace(query, text=text, words=tuple(dict.fromkeys((*query.words, *quoted))), phrases=())


def repeated(query: Query) -> list[str]:
    """The query's words as often as they were said, within reason: a word said twice weighs twice."""
    left = dict.fromkeys(query.words[:MOST_WORDS], _MOST_TIMES)
    said: list[str] = []
    for word in words_of(query.text):
        if left.get(word):
            left[word] -= 1
            said.append(word)
    return said or list(left)


def filter_of(query: Query) -> Filter | None:
    """The store's filter for a query; None when it has none."""

    def midnight(day: date | None) -> int | None:
        if day is None:
            return None
        try:
            return int(datetime.combine(day, clock.min).astimezone().timestamp())
        except (OSError, OverflowError, ValueError):
            # The system's clock does not reach that far (Windows: before 1970); the zone matters little there.
            return int(datetime.combine(day, clock.min, UTC).timestamp())

    globs = tuple(glob for glob in (query.name, f"*.{query.extension}" if query.extension else None) if glob)
    made = Filter(
        kinds=tuple(sorted(query.kind_filter or ())),
        after=midnight(query.after),
        before=midnight(query.before),
        folder=query.folder,
        globs=globs,
        size_min=query.size_min,
        size_max=query.size_max,
        below=query.below,
    )
    return None if made == Filter() else made
