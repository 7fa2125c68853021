"""A text cut into the passages that are embedded: windows of words, as offsets into the text."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

WORDS = 180
OVERLAP = 30
"""Words of a passage, and words that it shares with the next: `shared/design/search.md` §6 measured 60 to 180."""

LONG = 3_000
OPENING = 50
"""A text of `LONG` characters has its first `OPENING` words as a passage of their own, before the others: they say what it
is about. Known items gain 0.01 to 0.02 by it; abstracts would lose (`benchmarks search`)."""

CHARS = 1_400
"""A passage is never longer, so that text without spaces is cut too (180 words of English are about 1,100)."""


class Span(NamedTuple):
    """Half-open character range of a passage."""

    start: int
    stop: int


def spans(text: str) -> list[Span]:
    """The passages of `text`, in order, each at most `WORDS` words and `CHARS` characters; [] for blank text."""
    starts, stops = _words(text)
    result: list[Span] = []
    first, count = 0, len(starts)
    while first < count:
        last = min(first + WORDS, count) - 1
        begin, end = int(starts[first]), int(stops[last])
        if end - begin > CHARS:
            last = max(first, int(np.searchsorted(stops, begin + CHARS, side="right")) - 1)
            end = int(stops[last])
        if end - begin > CHARS:  # one endless word
            result += [Span(at, min(at + CHARS, end)) for at in range(begin, end, CHARS)]
        else:
            result.append(Span(begin, end))
        if last + 1 >= count:
            break
        first = max(last + 1 - OVERLAP, first + 1) if last - first >= 2 * OVERLAP else last + 1
    return result


def opening(text: str) -> Span | None:
    """The passage of a long text's first words; None for a text that is not `LONG`."""
    starts, stops = _words(text[:LONG])
    if len(text) <= LONG or len(starts) <= OPENING:
        return None
    return Span(int(starts[0]), min(int(stops[OPENING - 1]), int(starts[0]) + CHARS))


def _words(text: str) -> tuple[np.ndarray, np.ndarray]:
    """Starts and stops (int64 [n]) of the runs between white space, for megabytes in milliseconds."""
    if text.isascii():
        letters = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
        dark = letters > 32  # the ASCII control characters count as white
    else:
        points = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
        dark = (points > 32) & (points != 0xA0) & (points != 0x3000) & ((points < 0x2000) | (points > 0x200B))
    edges = np.flatnonzero(np.diff(dark.view(np.int8), prepend=0, append=0))
    return edges[0::2], edges[1::2]


_CJK = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


def spread(text: str) -> str:
    """`text` with white space round each Chinese, Japanese or Korean sign, so that the keyword index takes them singly.

    SQLite's tokenizer sees a whole run of them as one word; a person's word is then found as a phrase of signs.
    """
    return text if text.isascii() or not _CJK.search(text) else _CJK.sub(r" \g<0> ", text)
