"""Files inside files: members of archives, attachments of mails. One level, no deeper."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from indexer.document import State, Unreadable
from indexer.readers.clean import CUT, Full, Sink, tightened
from indexer.readers.families import CONTAINERS, reader_of
from indexer.readers.magic import DAMAGED, HEAD, NAME_ONLY, detect

TOO_DEEP = "archive: nested too deep"


def add_member(data: bytes, name: str, sink: Sink) -> None:
    """Put the text of the file `name` with the contents `data` into `sink`.

    Why something of it is missing is noted in `sink`; an archive in here is not opened, nor are a mail's attachments.
    """
    source = BytesIO(data)
    found = detect(data[:HEAD], name, source)
    if found.family in (NAME_ONLY, DAMAGED):
        return
    if found.family in CONTAINERS:
        sink.mark(TOO_DEEP)
        return
    try:
        document = reader_of(found.family).read(source, name, replace(tightened(sink.limits, sink), members=0))
    except Unreadable as error:
        if error.state is State.ERROR:
            sink.mark(error.reason)
        return
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, RecursionError):
        # A reader's own fault shows when the file is read by itself; here it must not cost the other members.
        sink.mark(f"{found.family}: damaged")
        return
    if document.title and document.title not in document.text[:500]:
        sink.line(document.title)
    sink.line(document.text)
    if document.state is State.PARTIAL and document.reason != CUT:
        sink.mark(document.reason)
    if document.reason == CUT:
        sink.mark(CUT)
        raise Full
