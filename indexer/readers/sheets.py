"""Excel workbooks (xlsx and its kin): the cells that exist, never the grid that is claimed."""

from __future__ import annotations

from typing import BinaryIO

from indexer.document import Document, Limits, Unreadable
from indexer.kinds import Kind
from indexer.readers.clean import Full, Sink
from indexer.readers.families import VERSIONS
from indexer.readers.ooxml import add_part, facts_and_title, numbered, paragraph
from indexer.readers.safexml import Element, attribute, done_with, local, whole
from indexer.readers.zipped import Zip


class Sheets:
    """Reads every sheet, a row a line, cells apart by tabs."""

    kinds = frozenset({Kind.SPREADSHEET})
    version = VERSIONS["xlsx"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The workbook in `source`; raises `Unreadable`."""
        archive = Zip(source, limits)
        parts = numbered(archive, r"xl/worksheets/[^/]+\.xml")
        if not parts:
            raise Unreadable("document: damaged")
        sink = Sink(limits)
        facts, title = facts_and_title(archive)
        names = _sheet_names(archive)
        try:
            strings = _shared_strings(archive, sink)
            for number, part in enumerate(parts):
                if number < len(names):
                    sink.line(names[number])
                _add_sheet(archive, part, strings, sink)
            for part in numbered(archive, r"xl/(?:comments\d*|comments/comment\d*|drawings/drawing\d*)\.xml"):
                for element in add_part(archive, part, sink, ("{*}text", "{*}p")):
                    sink.line(paragraph(element))
                    done_with(element)
        except Full:
            pass
        return sink.document(Kind.SPREADSHEET, title or (names[0] if len(names) == 1 else ""), facts)


def _sheet_names(archive: Zip) -> list[str]:
    """The names of the sheets in the order of their parts; empty where the workbook can't be read."""
    try:
        root = whole(archive.read("xl/workbook.xml", 1_000_000))
    except Unreadable:
        return []
    return [name for sheet in root.iter("{*}sheet") if (name := attribute(sheet, "name"))]


def _shared_strings(archive: Zip, sink: Sink) -> list[str]:
    """The table of strings that cells point into, as far as it can matter for a text of the limit's length."""
    strings: list[str] = []
    if not archive.has("xl/sharedStrings.xml"):
        return strings
    room = sink.limits.text_chars * 2
    try:
        for element in add_part(archive, "xl/sharedStrings.xml", sink, ("{*}si",)):
            for reading in element.findall("{*}rPh"):
                # How an East Asian word is spoken: it would stand in the text twice.
                element.remove(reading)
            text = paragraph(element)
            done_with(element)
            strings.append(text)
            room -= len(text) + 1
            if room < 0:
                break
    except Full:
        pass  # the sheets are still worth reading with the strings there are
    return strings


def _add_sheet(archive: Zip, part: str, strings: list[str], sink: Sink) -> None:
    """Put the rows of one sheet into `sink`."""
    for row in add_part(archive, part, sink, ("{*}row",)):
        cells = [value for cell in row.iter("{*}c") if (value := _value(cell, strings))]
        if cells:
            sink.line("\t".join(cells))
        done_with(row)


def _value(cell: Element, strings: list[str]) -> str:
    """What a cell shows, without number formats; "" for an empty one or a string that does not exist."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return paragraph(cell)
    value = next((child.text or "" for child in cell if local(child) == "v"), "")
    if kind == "s":
        number = int(value) if value.isdecimal() and len(value) < 10 else -1
        return strings[number] if 0 <= number < len(strings) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return "" if kind == "e" else value


READERS = {"xlsx": Sheets()}
