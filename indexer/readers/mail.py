"""Mails: headers, the text a person reads, and attachments one level deep; single ones and whole mailboxes."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from indexer.document import Document, Limits
from indexer.kinds import Kind
from indexer.readers.clean import Full, Sink, short
from indexer.readers.encoding import decode
from indexer.readers.families import VERSIONS
from indexer.readers.html import add_page
from indexer.readers.nested import add_member

DEEPEST = 60
"""Multiparts inside multiparts that are followed; the standard library calls itself once for each."""

MESSAGE_BYTES = 30_000_000
"""Bytes of one message of a mailbox that are looked at."""

_BOUNDARY = re.compile(rb"content-type:\s*(?:multipart|message)/", re.IGNORECASE)
_SHOWN = (("Subject", "subject"), ("From", "from"), ("To", "to"), ("Cc", "cc"))


@dataclass(slots=True)
class Letter:
    """One message: its facts by their names (see `Document.facts`), and the parts that hold its text and attachments."""

    facts: dict[str, str]
    plain: list[str] = field(default_factory=list)
    pages: list[bytes] = field(default_factory=list)
    attachments: list[tuple[str, bytes]] = field(default_factory=list)
    reason: str = ""


class Mail:
    """Reads one mail (eml, emlx)."""

    kinds = frozenset({Kind.MAIL, Kind.WEB})
    version = VERSIONS["mail"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:
        """The mail in `source`; at least its headers, whatever the rest is like."""
        data = source.read(MESSAGE_BYTES * 2)
        if name.lower().endswith(".emlx"):
            # Apple Mail writes the length of the message on a line before it.
            data = data.partition(b"\n")[2]
        sink = Sink(limits)
        letter = parse(data)
        with suppress(Full):
            add_letter(letter, sink)
        return sink.document(Kind.MAIL, letter.facts.get("subject", ""), letter.facts)


class Mailbox:
    """Reads a mailbox of many mails (mbox), attachments by their names."""

    kinds = frozenset({Kind.MAIL})
    version = VERSIONS["mbox"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The mails in `source`, one after the other."""
        sink = Sink(limits)
        facts: dict[str, str] = {}
        count = 0
        with suppress(Full):
            for message in _messages(source):
                count += 1
                letter = parse(message)
                facts = letter.facts if count == 1 else {}
                letter.attachments = [(attached, b"") for attached, _ in letter.attachments]
                add_letter(letter, sink)
                sink.line("")
        return sink.document(Kind.MAIL, facts.get("subject", ""), facts)


def _messages(source: BinaryIO) -> Iterator[bytes]:
    """The messages of a mailbox: each begins with a `From ` line after an empty one."""
    lines: list[bytes] = []
    size = 0
    blank = True
    while line := source.readline(1_000_000):
        if blank and line.startswith(b"From "):
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        elif size < MESSAGE_BYTES:
            lines.append(line[1:] if line.startswith(b">From ") else line)
            size += len(line)
        blank = line in (b"\n", b"\r\n")
    if lines:
        yield b"".join(lines)


def parse(data: bytes) -> Letter:
    """The parts of one message, however broken."""
    end = min((place for place in (data.find(b"\n\n"), data.find(b"\r\n\r\n")) if place >= 0), default=len(data))
    letter = Letter(_facts(data[: min(end, 400_000)]))
    if len(_BOUNDARY.findall(data[:5_000_000])) > DEEPEST:
        letter.reason = "mail: nested too deep"
        return letter
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        for part in message.walk():
            _sort(part, letter)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError):
        # The standard library's parser has no errors of its own for these.
        letter.reason = "mail: damaged, read in part"
    return letter


def add_letter(letter: Letter, sink: Sink) -> None:
    """Put a message into `sink`: headers, text, names of attachments, then their text; raises `Full`."""
    for shown, fact in _SHOWN:
        if value := letter.facts.get(fact):
            sink.line(f"{shown}: {value}")
    sink.line("")
    if any(text.strip() for text in letter.plain):
        for text in letter.plain:
            sink.line(text)
    else:
        for page in letter.pages:
            add_page(page, sink)
    for name, _data in letter.attachments:
        sink.line(f"Attachment: {short(name)}")
    if letter.reason:
        sink.mark(letter.reason)
    for name, data in letter.attachments[: sink.limits.members]:
        if data:
            add_member(data, name, sink)
    letter.facts.pop("cc", None)


def _sort(part: Message, letter: Letter) -> None:
    """Put one part of a message where it belongs."""
    if part.is_multipart():
        return
    name = header_words(part.get_filename() or "")
    kind = part.get_content_type()
    body = part.get_payload(decode=True)
    data = body if isinstance(body, bytes) else b""
    attached = part.get_content_disposition() == "attachment" or (name and not kind.startswith("text/"))
    if attached:
        letter.attachments.append((name or "attachment", data[:MESSAGE_BYTES]))
    elif kind == "text/html":
        letter.pages.append(_in_utf8(part, data))
    elif kind.startswith("text/"):
        letter.plain.append(_text(part, data))


def _text(part: Message, data: bytes) -> str:
    """The text of a part in the encoding that it names, or in whatever fits."""
    charset = part.get_content_charset()
    if charset:
        with suppress(LookupError, UnicodeError, ValueError):
            return data.decode(charset)
    return decode(data) or data.decode("cp1252", "replace")


def _in_utf8(part: Message, data: bytes) -> bytes:
    """A page in UTF-8, with a mark that outranks what the page says of itself."""
    if not part.get_content_charset():
        return data
    return b"\xef\xbb\xbf" + _text(part, data).encode("utf-8", "replace")


def _facts(head: bytes) -> dict[str, str]:
    """What the headers say; those that can't be decoded are kept as they are."""
    facts: dict[str, str] = {}
    message = BytesHeaderParser(policy=email.policy.compat32).parsebytes(head)
    for name, raw in message.raw_items():
        key = name.lower()
        if key == "date" and "created" not in facts:
            if created := _date(str(raw)):
                facts["created"] = created
        elif key in ("subject", "from", "to", "cc") and key not in facts and (value := header_words(str(raw))):
            facts[key] = value
    return facts


def header_words(raw: str) -> str:
    """A header as a person reads it: encoded words decoded, folded lines joined."""
    plain = raw.encode("utf-8", "surrogateescape")
    text = (decode(plain) or "").replace("\r", "").replace("\n", " ")
    if "=?" not in text:
        return short(text, 500)
    try:
        parts = decode_header(text)
    except (HeaderParseError, ValueError, TypeError):
        return short(text, 500)
    words = []
    for part, charset in parts:
        if isinstance(part, str):
            words.append(part)
            continue
        try:
            words.append(part.decode(charset or "ascii"))
        except (LookupError, UnicodeError, ValueError):
            words.append(decode(part) or "")
    return short("".join(words), 500)


def _date(raw: str) -> str:
    """A mail's date as ISO date and time on the sender's clock; "" if it is none."""
    try:
        return parsedate_to_datetime(raw).replace(tzinfo=None).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return ""


READERS = {"mail": Mail(), "mbox": Mailbox()}
