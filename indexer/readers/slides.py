"""PowerPoint presentations (pptx and its kin): slides in order, each with its notes."""

from __future__ import annotations

import re
from typing import BinaryIO

from indexer.document import Document, Limits, Unreadable
from indexer.kinds import Kind
from indexer.readers.clean import Full, Sink, first_line
from indexer.readers.families import VERSIONS
from indexer.readers.ooxml import add_part, facts_and_title, numbered, paragraph
from indexer.readers.safexml import Element, attribute, done_with, local
from indexer.readers.zipped import Zip

_USELESS_TITLE = re.compile(
    r"(?:powerpoint presentation|powerpoint-präsentation|présentation powerpoint|presentation\d*|slide \d+)$",
    re.IGNORECASE,
)


class Slides:
    """Reads the text of every shape and table, and the speaker's notes."""

    kinds = frozenset({Kind.PRESENTATION})
    version = VERSIONS["pptx"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The presentation in `source`; raises `Unreadable`."""
        archive = Zip(source, limits)
        slides = numbered(archive, r"ppt/slides/slide\d+\.xml")
        if not slides and not archive.has("ppt/presentation.xml"):
            raise Unreadable("document: damaged")
        sink = Sink(limits)
        facts, title = facts_and_title(archive)
        facts["pages"] = str(len(slides))
        shown = ""
        try:
            for slide in slides:
                found = _add_slide(archive, slide, sink)
                shown = shown or found
                notes = slide.replace("ppt/slides/slide", "ppt/notesSlides/notesSlide")
                if archive.has(notes):
                    _add_slide(archive, notes, sink)
                sink.line("")
        except Full:
            pass
        title = "" if _USELESS_TITLE.match(title) else title
        return sink.document(Kind.PRESENTATION, title or shown or first_line(sink.text), facts)


def _add_slide(archive: Zip, part: str, sink: Sink) -> str:
    """Put the paragraphs of one slide into `sink`; the text of its title, or ""."""
    title = ""
    try:
        for element in add_part(archive, part, sink, ("{*}p",)):
            text = paragraph(element)
            role = _role(element)
            if role == "title" and text.strip():
                title = title or text.strip()
            if text.strip() and role != "number":
                sink.line(text)
            done_with(element)
    except Unreadable as error:
        sink.mark(error.reason)
    return title


def _role(element: Element) -> str:
    """What the shape around a paragraph is: "title", "number" (a counter in a corner) or ""."""
    for ancestor in element.iterancestors():
        if local(ancestor) == "sp":
            holder = ancestor.find("{*}nvSpPr/{*}nvPr/{*}ph")
            kind = "" if holder is None else attribute(holder, "type")
            return "title" if kind in ("title", "ctrTitle") else "number" if kind == "sldNum" else ""
    return ""


READERS = {"pptx": Slides()}
