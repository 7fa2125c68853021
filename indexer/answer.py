"""What a search gives back: hits that carry their reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indexer.kinds import Kind


@dataclass(frozen=True)
class Snippet:
    """The best passage of a hit: `text` on one line, `marks` = half-open character ranges of the words that matched."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Hit:
    """One file that answers.

    `path` is the file's exact path as bytes, `shown` the same for a screen (escaped, never to be opened). `modified` is an
    ISO 8601 local date and time, `dated` the same of when a picture was taken or a mail written, `size` in bytes. `score`
    orders the hits of one answer and means nothing between two. `outside` marks a file that the sentence's filters would
    have hidden (shown because they left fewer than three).
    """

    path: bytes
    shown: str
    title: str
    kind: Kind
    modified: str
    score: float
    why: tuple[str, ...]
    snippet: Snippet
    outside: bool = False
    dated: str = ""
    size: int = 0


@dataclass(frozen=True)
class Answer:
    """All of one answer. `understood` is the query as it was read (see `indexer.query.Query.as_dict`).

    `repaired` maps each word that was taken for a typo to the word searched instead. `partial` is True while files still
    wait to be read or embedded. `took_ms` counts from the sentence to the last hit.
    """

    sentence: str
    understood: dict[str, Any]
    hits: tuple[Hit, ...]
    took_ms: float
    repaired: dict[str, str] = field(default_factory=dict)
    partial: bool = False
