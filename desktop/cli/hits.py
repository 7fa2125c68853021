"""An answer as lines for a person and as an object for a program."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from desktop.cli.page import BLANK, Ink, Line, Span, dim, line, marked, strong
from desktop.cli.wording import (
    count,
    from_home,
    kind_text,
    kinds_text,
    listed,
    milliseconds_text,
    moment_text,
    period_text,
    size_range_text,
)

if TYPE_CHECKING:
    from indexer.answer import Answer, Hit

SNIPPET_ROWS = 2
INDENT = 4


def as_object(answer: Answer) -> dict[str, Any]:
    """`answer` as the JSON that `docs/commands.md` promises."""
    return {
        "query": answer.sentence,
        "understood": answer.understood,
        "took_ms": round(answer.took_ms, 3),
        "hits": [_hit_object(hit) for hit in answer.hits],
        "repaired": answer.repaired,
        "partial": answer.partial,
    }


def _hit_object(hit: Hit) -> dict[str, Any]:
    return {
        "path": os.fsdecode(hit.path),
        "title": hit.title,
        "kind": str(hit.kind),
        "modified": hit.modified,
        "score": round(float(hit.score), 6),
        "why": list(hit.why),
        "snippet": hit.snippet.text,
        "marks": [list(mark) for mark in hit.snippet.marks],
        "outside": hit.outside,
    }


def head_lines(answer: Answer) -> Iterator[Line]:
    """What was understood: the filters taken, words repaired, dates that could be read in two ways."""
    chips = understood_chips(answer.understood)
    if chips:
        parts: list[Span] = [dim("Only ")]
        for number, chip in enumerate(chips):
            if number:
                parts.append(dim(" · "))
            parts.append(Span(chip, Ink.ACCENT))
        yield line(*parts)
    if answer.repaired:
        swaps: list[Span] = [dim("Showing results for ")]
        for number, word in enumerate(answer.repaired.values()):
            if number:
                swaps.append(dim(", "))
            swaps.append(strong(f"“{word}”"))
        typed = " ".join(f'"{word}"' for word in answer.repaired)
        swaps.append(dim(f" · as you typed it: {typed}, in quotes"))
        yield line(*swaps)
    for text in _texts(answer.understood.get("ambiguous")):
        yield line(dim(f"“{text}” was searched as words. A date is clear as year-month-day: 2024-05-31"))
    if chips or answer.repaired or answer.understood.get("ambiguous"):
        yield BLANK


def understood_chips(understood: Mapping[str, Any]) -> list[str]:
    """The filters of a query in words, one text a filter."""
    chips: list[str] = []
    kinds = _texts(understood.get("kinds"))
    if kinds:
        chips.append(listed([kinds_text(kind) for kind in kinds]))
    period = period_text(understood.get("after"), understood.get("before"))
    if period:
        chips.append(period)
    chips.extend(f"in {folder}" for folder in _texts(understood.get("folder")))
    chips.extend(f"named {name}" for name in _texts(understood.get("name")))
    size = size_range_text(understood.get("size_min"), understood.get("size_max"))
    if size:
        chips.append(size)
    chips.extend(f"with “{phrase}”" for phrase in _texts(understood.get("phrases")))
    chips.extend(f"without “{word}”" for word in _texts(understood.get("not")))
    return chips


def _texts(value: object) -> list[str]:
    """A key of `understood` as a list of texts: some hold one text, some several."""
    if not value:
        return []
    return [str(each) for each in value] if isinstance(value, list | tuple | set | frozenset) else [str(value)]


def hit_lines(answer: Answer, *, exact: bool) -> Iterator[Line]:
    """The hits, numbered; those outside the sentence's filters below a line of their own.

    With `exact`, for a pipe, each hit's second line is its whole path; else folders are shortened for reading.
    """
    divided = False
    for number, hit in enumerate(answer.hits, 1):
        if number > 1:
            yield BLANK
        if hit.outside and not divided:
            divided = True
            yield line(
                dim("── Without your filters ──" if number > 1 else "── Nothing within your filters; without them ──")
            )
            yield BLANK
        yield from _one_hit(hit, number, exact=exact)


def _one_hit(hit: Hit, number: int, *, exact: bool) -> Iterator[Line]:
    address = _address(hit.path)
    name = PurePath(hit.shown).name or hit.shown
    title = hit.title.strip()
    if title in ("", PurePath(name).stem):  # a file without a title of its own: its name says more
        title = name
    yield line(strong(title, address), indent=INDENT, lead=str(number), rows=1)
    about = f"{kind_text(str(hit.kind))} · {moment_text(hit.modified)} · "
    if exact:
        yield line(hit.shown, indent=INDENT)
        yield line(about.removesuffix(" · "), indent=INDENT)
    else:
        # The name is not said twice: below a title of its own stands the whole path, below the name its folder.
        where = hit.shown if title != name else str(PurePath(hit.shown).parent)
        yield line(dim(about), Span(from_home(where), Ink.DIM, address), indent=INDENT, rows=1, bends=1)
    if hit.snippet.text.strip() not in ("", title):  # a short note's title may be all of it
        yield line(*marked(hit.snippet.text, hit.snippet.marks), indent=INDENT, rows=SNIPPET_ROWS)
    if hit.why:
        yield line(dim(" · ".join(hit.why)), indent=INDENT, rows=1)


def _address(path: bytes) -> str:
    try:
        return Path(os.fsdecode(path)).as_uri()
    except ValueError:  # a relative path has none
        return ""


def foot_lines(answer: Answer) -> Iterator[Line]:
    """How many, how long, and where it ran."""
    if answer.hits:
        yield BLANK
        found = count(len(answer.hits), "result")
        yield line(dim(f"{found} in {milliseconds_text(answer.took_ms)}, on this computer"))


def nothing_lines(answer: Answer) -> Iterator[Line]:
    """What to say, and to try, when nothing was found."""
    yield line(f"Nothing found for “{answer.sentence.strip()}”.")
    advice = "Try fewer words, or other words for the same thing."
    if understood_chips(answer.understood):
        advice = "Try it without the date, kind or folder, or with other words."
    yield line(dim(advice))
