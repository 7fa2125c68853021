"""What Word, Excel and PowerPoint files have in common: a ZIP of XML parts, with their facts in one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from indexer.document import Unreadable
from indexer.readers.clean import CUT, Full, Sink
from indexer.readers.safexml import Element, attribute, elements, local, text_of, whole
from indexer.readers.zipped import Overflow, Zip

_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t", "lastRenderedPageBreak": ""}
_NUMBER = re.compile(r"(\d+)")


def facts_and_title(archive: Zip) -> tuple[dict[str, str], str]:
    """Author, date, subject and title from `docProps/core.xml`; nothing where that is missing or damaged."""
    facts: dict[str, str] = {}
    title = ""
    with suppress(Unreadable):
        if archive.has("docProps/core.xml"):
            core = whole(archive.read("docProps/core.xml", 200_000))
            for fact, element in (
                ("author", "creator"),
                ("created", "created"),
                ("subject", "subject"),
                ("keywords", "keywords"),
            ):
                if value := text_of(core, element):
                    facts[fact] = value
            title = text_of(core, "title")
    return facts, title


def numbered(archive: Zip, pattern: str) -> list[str]:
    """The names of the parts that match `pattern`, in the order of the numbers in them."""
    expression = re.compile(pattern)
    names = [name for name in archive.names if expression.fullmatch(name)]
    return sorted(names, key=lambda name: [int(number) for number in _NUMBER.findall(name)])


def add_part(archive: Zip, name: str, sink: Sink, tags: Sequence[str]) -> Iterator[Element]:
    """The elements called `tags` of one part as they end.

    A part larger than the limits is read as far as they reach, and marked so in `sink`.
    """
    try:
        with archive.open(name) as stream:
            for _event, element in elements(stream, tags):
                yield element
    except Overflow as error:
        sink.mark(CUT)
        raise Full from error


def paragraph(element: Element) -> str:
    """The text of one paragraph: runs joined, tabs and line breaks kept."""
    parts = []
    for piece in element.iter("{*}t", "{*}tab", "{*}br", "{*}cr", "{*}noBreakHyphen"):
        name = local(piece)
        if name == "t":
            parts.append(piece.text or "")
        elif name != "tab" or local(piece.getparent()) != "tabs":
            # Inside `tabs` it is a tab stop, which is a measure and not a character.
            parts.append(_BREAKS[name])
    return "".join(parts)


def in_fallback(element: Element) -> bool:
    """Whether an element is the copy for old programs of something that is there already."""
    return any(local(ancestor) == "Fallback" for ancestor in element.iterancestors())


def style_of(element: Element) -> str:
    """The name of a paragraph's style; "" if it has none."""
    style = element.find("{*}pPr/{*}pStyle")
    return "" if style is None else attribute(style, "val")
