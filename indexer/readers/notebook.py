"""Jupyter notebooks: text and code of the cells, and what they printed."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any, BinaryIO

from indexer.document import Document, Limits
from indexer.kinds import Kind
from indexer.readers.clean import Full, Sink, first_line
from indexer.readers.families import VERSIONS
from indexer.readers.json_text import depth_of, json_document
from indexer.readers.plain import read_text

OUTPUT_CHARS = 2_000
"""Characters of one printed output that are kept: a table's head is worth finding, ten thousand rows are not."""


class Notebook:
    """Reads a notebook; one that is not valid is read as JSON text."""

    kinds = frozenset({Kind.NOTEBOOK})
    version = VERSIONS["notebook"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The notebook in `source`; raises `Unreadable` where there is no text."""
        # Pictures inside are most of a notebook: it may be several times the text that comes of it.
        text, more = read_text(source, Limits(text_chars=limits.text_chars * 6))
        cells = None if more else _cells(text, limits.depth)
        if cells is None:
            return json_document(text, limits, more=more)
        sink = Sink(limits)
        title = ""
        with suppress(Full):
            for cell in cells:
                source_text = _joined(cell.get("source"))
                if not title and cell.get("cell_type") == "markdown":
                    title = first_line(source_text)
                sink.line(source_text)
                for output in _list(cell.get("outputs")):
                    sink.line(_printed(output)[:OUTPUT_CHARS])
        return sink.document(Kind.NOTEBOOK, title)


def _cells(text: str, depth: int) -> list[dict[str, Any]] | None:
    """The cells of a notebook, or None if it is none."""
    if depth_of(text) > depth:
        return None
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(notebook, dict):
        return None
    # The format before 2015 keeps the cells in worksheets.
    sheets = _list(notebook.get("worksheets")) or [notebook]
    cells = [cell for sheet in sheets for cell in _list(sheet.get("cells"))]
    return cells or None


def _list(value: object) -> list[dict[str, Any]]:
    """The objects of a list; nothing if it is no list."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _joined(value: object) -> str:
    """A text that may be kept as a list of lines."""
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _printed(output: dict[str, Any]) -> str:
    """What an output shows as text."""
    data = output.get("data")
    shown = _joined(data.get("text/plain")) if isinstance(data, dict) else ""
    return _joined(output.get("text")) or shown or _joined(output.get("evalue"))


READERS = {"notebook": Notebook()}
