"""XML without its traps: no entities, no network, no deep nesting, and never a whole tree in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from lxml import etree

from indexer.document import Unreadable

ENTITIES = "xml: entities not allowed"
TOO_DEEP = "xml: nested too deep"


class Readable(Protocol):
    """Something that gives bytes when it is asked."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""
        ...


Element = Any
"""An lxml element; lxml's own types are generic in ways that only get in the way here."""


class Malformed(Unreadable):
    """The XML is not well-formed."""

    def __init__(self) -> None:
        super().__init__("xml: damaged")


def elements(
    stream: Readable, tags: Sequence[str] | None = None, events: Sequence[str] = ("end",)
) -> Iterator[tuple[str, Element]]:
    """(event, element) pairs of the XML in `stream` as it is read; call `done_with` on those that were used.

    `tags` may use the wildcard `{*}name`. Raises `Unreadable` where the document type declares an entity (refused, not
    resolved: an external one would name a local file), where elements nest deeper than libxml2's own limit of 256, and
    `Malformed`.
    """
    try:
        parser = etree.iterparse(
            stream,
            events=tuple(events),
            tag=tags,
            load_dtd=False,
            dtd_validation=False,
            attribute_defaults=False,
            no_network=True,
            resolve_entities=False,
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
        )
        checked = False
        for event, element in parser:
            if not checked:
                _refuse_entities(element)
                checked = True
            yield event, element
        if not checked and parser.root is not None:
            _refuse_entities(parser.root)
    except etree.XMLSyntaxError as error:
        raise _refusal(error) from error


def whole(data: bytes) -> Element:
    """The root element of a small piece of XML, by the rules of `elements`."""
    parser = etree.XMLParser(
        load_dtd=False, no_network=True, resolve_entities=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise (_refusal(error) if isinstance(error, etree.XMLSyntaxError) else Malformed()) from error
    _refuse_entities(root)
    return root


def done_with(element: Element) -> None:
    """Give back the memory of `element` and of everything before it below the same parent."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without a namespace; "" if there is none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def text_of(root: Element, name: str) -> str:
    """The text of the first descendant called `name`, without a namespace; "" if there is none."""
    found = root.find(f".//{{*}}{name}")
    return "" if found is None else "".join(found.itertext()).strip()


def _refuse_entities(element: Element) -> None:
    """Raise `Unreadable` if the document of `element` declares entities."""
    dtd = element.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise Unreadable(ENTITIES)


def _refusal(error: etree.XMLSyntaxError) -> Unreadable:
    """What libxml2's complaint means here."""
    message = str(error).lower()
    if "depth" in message:
        return Unreadable(TOO_DEEP)
    if "entity" in message or "amplification" in message:
        return Unreadable(ENTITIES)
    return Malformed()
