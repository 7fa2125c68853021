"""Hits as objects for a row of the list: what of an answer goes to the window, and what speaks for it."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.answer import Hit
    from indexer.find import Searcher
    from indexer.query import Query
    from indexer.snippets import Words

SURE = 8
"""Rows that a list may have of files that are only nearest in meaning; after them something must speak for a file."""

PART = 3
"""Letters from which a word of a sentence is marked inside another: "im" says nothing in IMG_2044.jpg."""

PATIENCE = 0.03
"""Seconds that are spent on looking whether the files of an answer are still there: a folder may be on a slow network."""


class Hits:
    """Hits as objects for a row of the list."""

    def __init__(self, searcher: Searcher, query: Query | None) -> None:
        from indexer.snippets import words_to_find

        self._roots = [os.fsdecode(row.path) for row in searcher.store.files.roots()]
        self._said = query.words if query is not None else ()
        self._words = words_to_find(self._said, query.phrases if query is not None else ())
        self._until = time.perf_counter() + PATIENCE
        self._folders: dict[tuple[str, str], list[str]] = {}

    def objects(self, hits: Sequence[Hit]) -> list[dict[str, Any]]:
        """One for each hit."""
        return [self._object(hit) for hit in hits]

    def _object(self, hit: Hit) -> dict[str, Any]:
        path = os.fsdecode(hit.path)
        name = os.path.basename(hit.shown) or hit.shown
        gone = time.perf_counter() < self._until and not os.path.lexists(path)
        return {
            "path": path,
            "name": name,
            "marks": _name_marks(self._words, self._said, name),
            "title": hit.title,
            "kind": str(hit.kind),
            "date": hit.dated or hit.modified,
            "size": hit.size,
            "why": [_reason(why) for why in hit.why],
            "snippet": hit.snippet.text,
            "snippet_marks": hit.snippet.marks,
            "folder": self._folders_of(path, os.path.dirname(hit.shown)),
            "gone": gone,
            "outside": hit.outside,
        }

    def _folders_of(self, path: str, shown: str) -> list[str]:
        """As below; many files of an answer lie in the same folder."""
        key = (os.path.dirname(path), shown)
        if key not in self._folders:
            self._folders[key] = self._folder(path, shown)
        return self._folders[key]

    def _folder(self, path: str, shown: str) -> list[str]:
        """The folders from the root that the person chose down to the file."""
        for root in self._roots:
            if path.startswith(root.rstrip(os.sep) + os.sep):
                depth = path.count(os.sep, len(root.rstrip(os.sep))) - 1
                return list(Path(shown).parts[-depth - 1 :])
        return [shown]


_REASONS = {
    "this is its name": "named",
    "words of the same stem": "stem",
    "nearest in meaning": "near",
    "outside your filters": "outside",
}
_BEGINNINGS = (
    ("name: ", "name"),
    ("words: ", "words"),
    ("meaning: ", "meaning"),
    ("kind: ", "kind"),
    ("dated ", "date"),
)
_SURE = frozenset({"named", "name", "words", "meaning", "stem"})


def _reason(why: str) -> tuple[str, str]:
    """(what sort of reason, what it names) of a hit's sentence."""
    if why in _REASONS:
        return _REASONS[why], ""
    for beginning, sort in _BEGINNINGS:
        if why.startswith(beginning):
            return sort, why.removeprefix(beginning)
    return ("folder", why.removeprefix("in ")) if why.startswith("in ") else ("other", why)


def sure(hit: Hit) -> bool:
    """Whether more than a faint likeness or a filter speaks for it, or nothing but filters was asked for."""
    sorts = {_reason(why)[0] for why in hit.why}
    return bool(sorts & _SURE) or not sorts & {"near", "outside"}


def worth_a_row(hit: Hit, place: int) -> bool:
    """Whether something speaks for a hit: outside of the filters the words do, inside a filter is enough."""
    sorts = {_reason(why)[0] for why in hit.why}
    if hit.outside:
        return bool(sorts & _SURE)
    return place < SURE or sorts != {"near"}


def _name_marks(words: Words, said: Sequence[str], name: str) -> list[tuple[int, int]]:
    """Where the name holds what was asked for: whole words, else the parts of words that were typed so far."""
    from indexer.snippets import apart, spots

    found = [(spot.start, spot.stop) for spot in spots(words, name)]
    if not found:
        low = name.lower()
        if len(low) == len(name):
            typed = [word for word in said if len(word) >= PART or len(said) == 1]
            found = sorted((low.index(word), low.index(word) + len(word)) for word in typed if word in low)
    return list(apart(found))
