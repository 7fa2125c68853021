"""Word documents (docx and its kin)."""

from __future__ import annotations

from typing import BinaryIO

from indexer.document import Document, Limits, Unreadable
from indexer.kinds import Kind
from indexer.readers.clean import Full, Sink, first_line
from indexer.readers.families import VERSIONS
from indexer.readers.ooxml import add_part, facts_and_title, in_fallback, numbered, paragraph, style_of
from indexer.readers.safexml import done_with
from indexer.readers.zipped import Zip


class Word:
    """Reads the body first, then notes, comments, headers and footers."""

    kinds = frozenset({Kind.DOCUMENT})
    version = VERSIONS["docx"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The document in `source`; raises `Unreadable`."""
        archive = Zip(source, limits)
        body = "word/document.xml"
        if not archive.has(body):
            # Strict and exotic writers name it otherwise; there is one main part all the same.
            body = next(
                (part for part in archive.names if part.startswith("word/document") and part.endswith(".xml")), ""
            )
        if not body:
            raise Unreadable("document: damaged")
        sink = Sink(limits)
        facts, title = facts_and_title(archive)
        heading = ""
        try:
            heading = _add_paragraphs(archive, body, sink)
            for part in numbered(archive, r"word/(?:footnotes|endnotes|comments|header\d*|footer\d*)\.xml"):
                try:
                    _add_paragraphs(archive, part, sink)
                except Unreadable as error:
                    sink.mark(error.reason)
        except Full:
            pass
        return sink.document(Kind.DOCUMENT, title or heading or first_line(sink.text), facts)


def _add_paragraphs(archive: Zip, part: str, sink: Sink) -> str:
    """Put the paragraphs of one part into `sink`; the text of the first that is a title or heading, or ""."""
    heading = ""
    for element in add_part(archive, part, sink, ("{*}p",)):
        if not in_fallback(element):
            text = paragraph(element)
            if not heading and text.strip() and style_of(element).lower().startswith(("title", "heading1", "titel")):
                heading = text.strip()
            sink.line(text)
        done_with(element)
    return heading


READERS = {"docx": Word()}
