"""PDF: the text of its pages through PDFium, in the order that the file has it."""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO
from typing import Any, BinaryIO

import pypdfium2 as pdfium

from indexer.document import Document, Limits, State, Unreadable
from indexer.kinds import Kind
from indexer.readers.clean import Full, Sink, first_line
from indexer.readers.families import VERSIONS

_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?")
# PDFium marks a hyphen at the end of a line so; without it the halves of the word are one again.
_HYPHEN = re.compile("[\x02\ufffe\u00ad]\r?\n?")
_USELESS_TITLE = re.compile(
    r"(?:untitled|microsoft word - |document\d*$|slide \d+$|.*\.(?:docx?|indd|qxd|tex|dvi|pptx?)$)", re.IGNORECASE
)


class Pdf:
    """Reads a PDF page by page."""

    kinds = frozenset({Kind.PDF})
    version = VERSIONS["pdf"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The text of at most `limits.pages` pages; raises `Unreadable` where a password is needed or it is damaged."""
        file = _open(source)
        try:
            return _read(file, limits)
        finally:
            file.close()


def _open(source: BinaryIO) -> Any:
    """The open document; large files stay on disk."""
    try:
        return pdfium.PdfDocument(source.getvalue() if isinstance(source, BytesIO) else source)
    except pdfium.PdfiumError as error:
        # The code is an attribute of newer releases only; the sentence is in all.
        if "assword" in str(error) or "ecurity" in str(error):
            raise Unreadable("pdf: password", State.SKIPPED) from error
        raise Unreadable("pdf: damaged") from error


def _read(file: Any, limits: Limits) -> Document:
    """All text and facts of an open document."""
    pages = len(file)
    sink = Sink(limits)
    unread = 0
    try:
        for number in range(min(pages, limits.pages)):
            text = _page_text(file, number, sink.room)
            if text is None:
                unread += 1
                if unread > 50:
                    break
            else:
                sink.line(_HYPHEN.sub("", text))
        if pages > limits.pages:
            sink.mark("pdf: too many pages, read in part")
    except Full:
        pass
    if unread:
        sink.mark("pdf: some pages are damaged")
    if not sink.text.strip():
        sink.mark("pdf: no text (scanned or empty)")
    facts, title = _about(file)
    facts["pages"] = str(pages)
    return sink.document(Kind.PDF, title or first_line(sink.text), facts)


def _page_text(file: Any, number: int, room: int) -> str | None:
    """The text of one page, at most `room` characters and a few; None if the page can't be read."""
    try:
        page = file[number]
    except pdfium.PdfiumError:
        return None
    try:
        text = page.get_textpage()
    except pdfium.PdfiumError:
        return None
    try:
        count = text.count_chars()
        return str(text.get_text_range(0, min(count, room + 1))) if count > 0 else ""
    except pdfium.PdfiumError:
        return None
    finally:
        text.close()
        page.close()


def _about(file: Any) -> tuple[dict[str, str], str]:
    """Author, date and title from the document's own dictionary."""
    facts: dict[str, str] = {}
    about: dict[str, str] = {}
    with suppress(pdfium.PdfiumError, ValueError, UnicodeError):
        about = file.get_metadata_dict(skip_empty=True)
    if author := about.get("Author"):
        facts["author"] = author
    if subject := about.get("Subject"):
        facts["subject"] = subject
    if keywords := about.get("Keywords"):
        facts["keywords"] = keywords
    if date := _DATE.match(about.get("CreationDate", "")):
        year, month, day, hour, minute, second = (part or "" for part in date.groups())
        facts["created"] = f"{year}-{month or '01'}-{day or '01'}"
        if hour and minute:
            facts["created"] += f"T{hour}:{minute}:{second or '00'}"
    title = about.get("Title", "").strip()
    return facts, "" if _USELESS_TITLE.match(title) else title


READERS = {"pdf": Pdf()}
