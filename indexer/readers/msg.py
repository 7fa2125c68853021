"""Outlook's mails (.msg): properties of an OLE container, by Microsoft's [MS-OXMSG]."""

from __future__ import annotations

import datetime as dt
import struct
from contextlib import suppress
from typing import BinaryIO

from indexer.document import Document, Limits
from indexer.kinds import Kind
from indexer.readers.clean import Full, Sink
from indexer.readers.families import VERSIONS
from indexer.readers.mail import Letter, add_letter, parse
from indexer.readers.ole import Ole

# Property tags of [MS-OXPROPS].
_SUBJECT, _BODY, _HTML = 0x0037, 0x1000, 0x1013
_SENDER_NAME, _SENDER_MAIL, _SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
_TO, _CC, _HEADERS = 0x0E04, 0x0E03, 0x007D
_FILE_LONG, _FILE_SHORT, _FILE_DATA = 0x3707, 0x3704, 0x3701
_SUBMITTED, _DELIVERED, _CREATED = 0x0039, 0x0E06, 0x3007
_FIXED_HEADER = 32
_EPOCH = dt.datetime(1601, 1, 1)  # noqa: DTZ001  FILETIME counts from here, in UTC


class Msg:
    """Reads sender, recipients, subject, text and attachments."""

    kinds = frozenset({Kind.MAIL})
    version = VERSIONS["msg"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The mail in `source`; raises `Unreadable` if it is damaged."""
        ole = Ole(source, "mail")
        letter = Letter(_facts(ole))
        if body := _string(ole, _BODY):
            letter.plain.append(body)
        if page := ole.read(f"__substg1.0_{_HTML:04X}0102"):
            letter.pages.append(page)
        letter.attachments = _attachments(ole, limits.members)
        sink = Sink(limits)
        with suppress(Full):
            add_letter(letter, sink)
        return sink.document(Kind.MAIL, letter.facts.get("subject", ""), letter.facts)


def _facts(ole: Ole) -> dict[str, str]:
    """Subject, sender, recipients and date."""
    address = _string(ole, _SENDER_SMTP) or _string(ole, _SENDER_MAIL)
    sender = _string(ole, _SENDER_NAME)
    if "@" in address and address != sender:
        sender = f"{sender} <{address}>".strip()
    facts = {"subject": _string(ole, _SUBJECT), "from": sender, "to": _string(ole, _TO), "cc": _string(ole, _CC)}
    facts["created"] = _date(ole.read("__properties_version1.0"))
    if headers := _string(ole, _HEADERS):
        # The headers as they came over the wire know the date, and addresses where the properties have names.
        wire = parse(headers.encode("utf-8", "surrogatepass")).facts
        facts = {
            **wire,
            **{name: value for name, value in facts.items() if value and name != "to"},
            "to": wire.get("to", facts["to"]),
        }
    return {name: value.strip("\0 ") for name, value in facts.items() if value.strip("\0 ")}


def _attachments(ole: Ole, at_most: int) -> list[tuple[str, bytes]]:
    """(name, contents) of what is attached; without contents beyond `at_most`."""
    found = []
    for number, folder in enumerate(name for name in ole.folders() if name.startswith("__attach_version1.0_")):
        name = _string(ole, _FILE_LONG, folder) or _string(ole, _FILE_SHORT, folder) or "attachment"
        data = ole.read(folder, f"__substg1.0_{_FILE_DATA:04X}0102") if number < at_most else b""
        found.append((name.strip("\0 "), data))
    return found


def _string(ole: Ole, tag: int, *folder: str) -> str:
    """A text property: Unicode, or the 8-bit form of old files."""
    if data := ole.read(*folder, f"__substg1.0_{tag:04X}001F"):
        return data.decode("utf-16-le", "replace")
    return ole.read(*folder, f"__substg1.0_{tag:04X}001E").decode("cp1252", "replace")


def _date(properties: bytes) -> str:
    """When the mail was sent, else delivered, else made: ISO in UTC; "" if nothing says so."""
    dates: dict[int, str] = {}
    for place in range(_FIXED_HEADER, len(properties) - 15, 16):
        kind, tag, _flags, value = struct.unpack_from("<HHIQ", properties, place)
        if kind == 0x0040 and tag in (_SUBMITTED, _DELIVERED, _CREATED):
            with suppress(OverflowError):
                moment = _EPOCH + dt.timedelta(microseconds=value // 10)
                dates[tag] = moment.replace(microsecond=0).isoformat()
    return next((dates[tag] for tag in (_SUBMITTED, _DELIVERED, _CREATED) if tag in dates), "")


READERS = {"msg": Msg()}
