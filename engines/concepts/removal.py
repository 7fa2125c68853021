"""Taking what was found out of a prompt, until nothing is left of it, and closing up the text as a person would write it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from engines.concepts.literal import Span, Terms

_ARTICLE = re.compile(r"(?<![^\W_])(?:an?|the)$", re.IGNORECASE)


def without(prompt: str, terms: Terms) -> tuple[str, tuple[tuple[Span, str], ...]]:
    """`prompt` without every listed concept, and what was removed: each span with the words that stood there.

    An article before a word goes with it. Looks again until nothing is left, as what closes up may be a name too, though
    after the second look only around what was taken out; the spans are those of the prompt at the time. The same string
    when there was nothing.
    """
    removed: list[tuple[Span, str]] = []
    found = terms.find(prompt)
    if not found:
        return prompt, ()
    removed += [(span, prompt[span.start : span.end]) for span in found]
    for span in reversed(found):
        prompt = f"{prompt[: _start(prompt, span)]} {prompt[span.end :]}"
    prompt = _tidy(prompt)  # which may bring anything together anywhere, so all is looked at once more
    found = terms.find(prompt)
    while found:
        removed += [(span, prompt[span.start : span.end]) for span in found]
        prompt, places = _closed(prompt, found)
        found = tuple(
            span for start, stop in _windows(prompt, places, terms) for span in terms.find(prompt, start, stop)
        )
    return prompt, tuple(removed)


def _windows(prompt: str, places: Iterable[int], terms: Terms) -> list[tuple[int, int]]:
    """Where to look again around `places`, in order: stretches that overlap are one."""
    windows: list[tuple[int, int]] = []
    for place in places:
        start, stop = terms.around(prompt, place)
        if windows and start <= windows[-1][1]:
            windows[-1] = windows[-1][0], max(stop, windows[-1][1])
        else:
            windows.append((start, stop))
    return windows


def _start(prompt: str, span: Span) -> int:
    """Where `span` begins with the article before it."""
    before = prompt[: span.start].rstrip()
    article = _ARTICLE.search(before[-4:]) if len(before) < span.start else None
    return len(before) - len(article[0]) if article else span.start


def _closed(prompt: str, spans: Sequence[Span]) -> tuple[str, list[int]]:
    """A tidy `prompt` without `spans`, as tidy, and where in it something was taken out."""
    gaps: list[tuple[int, int, str]] = []
    for span in spans:
        least = gaps[-1][1] if gaps else 0
        start, end = max(least, _start(prompt, span)), span.end
        while start > least and (prompt[start - 1].isspace() or prompt[start - 1] in ",;"):
            start -= 1
        while end < len(prompt) and (prompt[end].isspace() or prompt[end] in ",;"):
            end += 1
        sign = next((each for each in prompt[start : span.start] + prompt[span.end : end] if each in ",;"), "")
        if gaps and start == least:
            start, _, before = gaps.pop()
            sign = before or sign
        gaps.append((start, end, sign))
    parts: list[str] = []
    places: list[int] = []
    length = last = 0
    for start, end, sign in gaps:
        gap = "" if not start or end == len(prompt) else sign if prompt[end] == "." else f"{sign} "
        parts += [prompt[last:start], gap]
        length += start - last + len(gap)
        places.append(length)
        last = end
    parts.append(prompt[last:])
    return "".join(parts), places


def _tidy(prompt: str) -> str:
    """Blanks and commas as a person sets them."""
    prompt = re.sub(r"\s+", " ", prompt)
    prompt = re.sub(r"\s+([,;.])", r"\1", prompt)
    prompt = re.sub(r"([,;])(?:\s*[,;])+", r"\1", prompt)
    return prompt.strip(" ,;")
