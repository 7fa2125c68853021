"""XML, SVG and other markup that is XML: the text between the tags, and the attributes that hold words."""

from __future__ import annotations

from contextlib import suppress
from typing import BinaryIO

from indexer.document import Document, Limits, State, Unreadable
from indexer.kinds import Kind
from indexer.readers.clean import Full, Sink, document
from indexer.readers.families import VERSIONS
from indexer.readers.plain import read_text
from indexer.readers.safexml import Element, Malformed, done_with, elements, local

_WORDS = frozenset(
    ("title", "label", "name", "alt", "text", "value", "description", "desc", "summary", "caption", "comment")
)
_UNSEEN = frozenset(("style", "script"))


class Xml:
    """Reads the words of an XML file; one that is not well-formed is read as text."""

    kinds = frozenset({Kind.DATA, Kind.PICTURE, Kind.WEB, Kind.DOCUMENT, Kind.SPREADSHEET, Kind.PRESENTATION})
    version = VERSIONS["xml"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The text in `source`; raises `Unreadable` where entities are declared or elements nest too deep."""
        sink = Sink(limits)
        try:
            with suppress(Full):
                title = _add_text(source, sink)
                return sink.document(Kind.DATA, title)
            return sink.document(Kind.DATA)
        except Malformed:
            source.seek(0)
            return _as_text(source, limits)


def _add_text(source: BinaryIO, sink: Sink) -> str:
    """Put all text of the XML in `source` into `sink`; the content of its first `title`, or ""."""
    title = ""
    for event, element in elements(source, events=("start", "end")):
        before = element.getprevious()
        if event == "start":
            # What stands before this element: its parent's first text, or the tail of the element before it.
            parent = element.getparent()
            text = (before.tail if before is not None else parent.text if parent is not None else "") or ""
            seen = parent is None or local(parent) not in _UNSEEN
            words = [value for key, value in element.attrib.items() if key.rpartition("}")[2].lower() in _WORDS]
            text = "\n".join([text.strip() if seen else "", *words])
        else:
            name = local(element)
            last = element[-1] if len(element) else None
            text = ((last.tail if last is not None else element.text) or "") if name not in _UNSEEN else ""
            if name == "title" and not title:
                title = text
        if text.strip():
            sink.line(text.strip())
        if event == "end":
            _shrink(element)
    return title


def _shrink(element: Element) -> None:
    """Give back the memory of a finished element, but not the text after it, which is still to be read."""
    before = element.getprevious()
    if before is not None:
        done_with(before)
    element.clear(keep_tail=True)


def _as_text(source: BinaryIO, limits: Limits) -> Document:
    """The file as plain text, for XML that breaks its own rules."""
    text, _more = read_text(source, limits)
    if "<!ENTITY" in text[:100_000]:
        raise Unreadable("xml: entities not allowed")
    return document(Kind.DATA, text, limits, reason="xml: not well-formed, read as text", state=State.PARTIAL)


READERS = {"xml": Xml()}
