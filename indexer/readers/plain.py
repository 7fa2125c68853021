"""Plain text: notes, logs, code, tables kept as text, in whatever encoding."""

from __future__ import annotations

import re
from typing import BinaryIO

from indexer.document import Document, Limits, State, Unreadable
from indexer.kinds import Kind, kind_of
from indexer.readers.clean import CUT, TITLE_CHARS, document, first_line
from indexer.readers.encoding import decode
from indexer.readers.families import VERSIONS

KINDS = frozenset({Kind.TEXT, Kind.NOTE, Kind.CODE, Kind.CSV, Kind.DATA, Kind.WEB})

_FRONT_MATTER = re.compile(r"---\n(.{0,2000}?)\n(?:---|\.\.\.)\n", re.DOTALL)
_FRONT_FIELD = re.compile(r"^(title|author|date)\s*:\s*[\"']?(.+?)[\"']?\s*$", re.IGNORECASE | re.MULTILINE)
_MARKDOWN_HEADING = re.compile(r"^ {0,3}#{1,3}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"^(?:([=\-~^*#])\1{2,}\n)?([^\s=\-~^*#.:|].{0,158})\n([=\-~^*#])\3{2,}[ \t]*$", re.MULTILINE)
_ORG_TITLE = re.compile(r"^#\+title:\s*(.+)$", re.IGNORECASE | re.MULTILINE)


class Plain:
    """Reads text as it is."""

    kinds = KINDS
    version = VERSIONS["text"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:
        """The text in `source`; raises `Unreadable` (skipped) if it is none."""
        text, more = read_text(source, limits)
        kind = kind_of(name)
        kind = kind if kind in KINDS else Kind.TEXT
        title, facts = _title(text, kind)
        return document(kind, text, limits, title=title, facts=facts, reason=CUT if more else "")


def read_text(source: BinaryIO, limits: Limits) -> tuple[str, bool]:
    """The text at the beginning of `source`, and whether there is more of it than was read.

    Raises `Unreadable` (skipped) where there is no text.
    """
    # Four bytes are the most that a character takes in any encoding at hand.
    data = source.read(limits.text_chars * 4)
    more = bool(source.read(1))
    text = decode(data)
    if text is None or (not text.strip("\0 \n\r\t") and data.strip(b" \n\r\t\xef\xbb\xbf\xff\xfe")):
        raise Unreadable("no text" if not data.strip(b"\0") else "not text", State.SKIPPED)
    return text, more


def _title(text: str, kind: Kind) -> tuple[str, dict[str, str]]:
    """The title that a text gives itself, and what its front matter says."""
    start = text[:8_000].replace("\r\n", "\n").lstrip("\ufeff\n")
    if kind is Kind.NOTE:
        facts: dict[str, str] = {}
        if front := _FRONT_MATTER.match(start):
            facts = {field.lower(): value for field, value in _FRONT_FIELD.findall(front[1])}
            start = start[front.end() :]
            if "date" in facts:
                facts["created"] = facts.pop("date")
        title = facts.pop("title", "")
        for pattern, group in ((_ORG_TITLE, 1), (_MARKDOWN_HEADING, 1), (_UNDERLINED, 2)):
            if not title and (found := pattern.search(start)):
                title = found[group]
        return (title or first_line(start))[:TITLE_CHARS], facts
    return (first_line(start) if kind is Kind.TEXT else ""), {}


READERS = {"text": Plain()}
