"""OpenDocument: texts, tables, presentations and drawings of LibreOffice and its kin."""

from __future__ import annotations

from contextlib import suppress
from typing import BinaryIO

from indexer.document import Document, Limits, State, Unreadable
from indexer.kinds import Kind
from indexer.readers.clean import Full, Sink, first_line
from indexer.readers.families import VERSIONS
from indexer.readers.ooxml import add_part
from indexer.readers.safexml import Element, attribute, done_with, local, text_of, whole
from indexer.readers.zipped import Zip

_MIMETYPE_KINDS = (
    (".spreadsheet", Kind.SPREADSHEET),
    (".presentation", Kind.PRESENTATION),
    (".graphics", Kind.PICTURE),
)


class OpenDocument:
    """Reads `content.xml`: paragraphs on lines, table rows with tabs between cells."""

    kinds = frozenset({Kind.DOCUMENT, Kind.SPREADSHEET, Kind.PRESENTATION, Kind.PICTURE})
    version = VERSIONS["opendocument"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The document in `source`; raises `Unreadable`."""
        archive = Zip(source, limits)
        kind = _kind(archive)
        if _encrypted(archive):
            raise Unreadable("document: password", State.SKIPPED)
        if not archive.has("content.xml"):
            raise Unreadable("document: damaged")
        facts, title = _facts_and_title(archive)
        sink = Sink(limits)
        heading = ""
        with suppress(Full):
            if kind is Kind.SPREADSHEET:
                _add_tables(archive, sink)
            else:
                heading = _add_paragraphs(archive, sink)
        return sink.document(
            kind, title or heading or ("" if kind is Kind.SPREADSHEET else first_line(sink.text)), facts
        )


def _kind(archive: Zip) -> Kind:
    """The kind that the archive states itself."""
    stated = archive.read("mimetype", 200).decode("ascii", "replace") if archive.has("mimetype") else ""
    return next((kind for suffix, kind in _MIMETYPE_KINDS if suffix in stated), Kind.DOCUMENT)


def _encrypted(archive: Zip) -> bool:
    """Whether the contents are locked with a password."""
    if not archive.has("META-INF/manifest.xml"):
        return False
    return b"encryption-data" in archive.read("META-INF/manifest.xml", 1_000_000)


def _facts_and_title(archive: Zip) -> tuple[dict[str, str], str]:
    """Author, date, subject and title from `meta.xml`."""
    facts: dict[str, str] = {}
    title = ""
    with suppress(Unreadable):
        if archive.has("meta.xml"):
            root = whole(archive.read("meta.xml", 500_000))
            author = text_of(root, "initial-creator") or text_of(root, "creator")
            created = text_of(root, "creation-date") or text_of(root, "date")
            found = {
                "author": author,
                "created": created,
                "subject": text_of(root, "subject"),
                "keywords": text_of(root, "keyword"),
            }
            facts = {name: value for name, value in found.items() if value}
            title = text_of(root, "title")
    return facts, title


def _add_paragraphs(archive: Zip, sink: Sink) -> str:
    """Put all paragraphs and headings into `sink`; the first heading, or ""."""
    heading = ""
    for element in add_part(archive, "content.xml", sink, ("{*}p", "{*}h")):
        text = _flat(element)
        if not heading and local(element) == "h" and text.strip():
            heading = text.strip()
        sink.line(text)
        done_with(element)
    return heading


def _add_tables(archive: Zip, sink: Sink) -> None:
    """Put the rows of all sheets into `sink`, each sheet's name before its rows."""
    sheet: str | None = None
    for row in add_part(archive, "content.xml", sink, ("{*}table-row",)):
        table = next((ancestor for ancestor in row.iterancestors() if local(ancestor) == "table"), None)
        name = "" if table is None else attribute(table, "name")
        if name != sheet:
            sheet = name
            sink.line(name)
        # Repeated cells and rows are counted, not repeated: a claim of a million costs nothing.
        cells = [text for cell in row.iter("{*}table-cell") if (text := " ".join(_flat(p) for p in cell.iter("{*}p")))]
        if cells:
            sink.line("\t".join(cells))
        done_with(row)


def _flat(element: Element) -> str:
    """The text of a paragraph, with its tabs, breaks and counted spaces."""
    parts = [element.text or ""]
    for piece in element.iterdescendants():
        name = local(piece)
        if name == "tab":
            parts.append("\t")
        elif name == "line-break":
            parts.append("\n")
        elif name == "s":
            parts.append(" ")
        else:
            parts.append(piece.text or "")
        parts.append(piece.tail or "")
    return "".join(parts)


READERS = {"opendocument": OpenDocument()}
