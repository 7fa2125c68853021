"""The mark put into XMP beside what stands there: the text around it stays as it is, byte by byte."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from engines.pictures.marks import Edit, Mark

NAMESPACE = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PROPERTY = "DigitalSourceType"

_EMPTY = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    f' <rdf:RDF xmlns:rdf="{RDF}">\n'
    " </rdf:RDF>\n"
    "</x:xmpmeta>\n"
    '<?xpacket end="w"?>'
)
_PADDING = re.compile(r"[ \t\r\n]+(?=<\?xpacket end=)")
_THUMBNAILS = re.compile(r"<(xmp|xap):Thumbnails\b(?:[^>]*/>|.*?</\1:Thumbnails\s*>)", re.DOTALL)


_NO_TEXT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What may not stand in XML."""


def marked(packet: bytes | None, mark: Mark | Edit, *, limit: int | None = None) -> bytes | None:
    """The packet with IPTC's digital source type, and what else `mark` says; a new packet where there is none.

    A packet that is not UTF-8, or has no RDF to add to, comes back as it is. Its padding is given up where the packet would
    be longer than `limit` bytes; None when that is not enough.
    """
    text = _text(packet) if packet else _EMPTY
    if text is None:
        return packet
    new: str | None = without_thumbnails_text(text)
    missing = []
    for name, value in (Mark(mark) if isinstance(mark, Edit) else mark).properties():
        replaced = _replaced(new or "", name, value)
        if replaced is None:
            missing.append((name, value))
        new = replaced or new
    if missing:
        new = _added(new or "", missing)
    if new is None:
        return packet
    if limit is not None and len(new.encode()) > limit:
        new = _PADDING.sub("\n", new)
        if len(new.encode()) > limit:
            return None
    return new.encode()


def without_thumbnails(packet: bytes) -> bytes:
    """The packet without the small pictures of how things were."""
    text = _text(packet)
    return packet if text is None else without_thumbnails_text(text).encode()


def without_thumbnails_text(text: str) -> str:
    """The same for a text."""
    return _THUMBNAILS.sub("", text) if "Thumbnails" in text else text


def source_type(packet: bytes | None) -> str | None:
    """The digital source type that a packet gives, as its URI."""
    text = _text(packet) if packet else None
    for prefix in _prefixes(text, NAMESPACE) if text else ():
        for pattern in _patterns(prefix, PROPERTY):
            if found := re.search(pattern, text or ""):
                return found["value"]
    return None


def _text(packet: bytes) -> str | None:
    try:
        return packet.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _prefixes(text: str, namespace: str) -> list[str]:
    """The prefixes that the packet binds to a namespace."""
    return list(dict.fromkeys(re.findall(rf"""xmlns:([\w.-]+)\s*=\s*["']{re.escape(namespace)}["']""", text)))


def _patterns(prefix: str, of: str) -> tuple[str, ...]:
    name = re.escape(f"{prefix}:{of}")
    return (
        rf"""(?P<before>\b{name}\s*=\s*["'])(?P<value>[^"'<]*)(?P<after>["'])""",
        rf"""(?P<before><{name}\s+[\w.-]+:resource\s*=\s*["'])(?P<value>[^"'<]*)(?P<after>["'])""",
        rf"(?P<before><{name}\s*>\s*)(?P<value>[^<]*?)(?P<after>\s*</{name}\s*>)",
    )


def _quoted(value: str) -> str:
    """`value` for an attribute in either kind of quotes, or between tags."""
    return quoteattr(_NO_TEXT.sub(" ", value), {'"': "&quot;", "'": "&apos;"})[1:-1]


def _replaced(text: str, name: str, value: str) -> str | None:
    quoted = _quoted(value)
    for prefix in _prefixes(text, NAMESPACE):
        for pattern in _patterns(prefix, name):
            new, count = re.subn(pattern, lambda found: found["before"] + quoted + found["after"], text)
            if count:
                return new
    return None


def _added(text: str, properties: Sequence[tuple[str, str]]) -> str | None:
    """One more description of the same thing, before the end of the RDF: XMP reads them as one."""
    prefix = (_prefixes(text, RDF) or [""])[0]
    if not prefix:
        return None
    end = text.rfind(f"</{prefix}:RDF")
    if end < 0:
        empty = re.search(rf"<{re.escape(prefix)}:RDF\b([^>]*)/>", text)
        if not empty:
            return None
        opened = f"<{prefix}:RDF{empty[1]}></{prefix}:RDF>"
        text = text[: empty.start()] + opened + text[empty.end() :]
        end = empty.start() + opened.index("></") + 1
    about = re.search(rf"""\b{re.escape(prefix)}:about\s*=\s*("[^"<]*"|'[^'<]*')""", text)
    subject = about[1] if about else '""'
    told = " ".join(f'Iptc4xmpExt:{name}="{_quoted(value)}"' for name, value in properties)
    line = f'<{prefix}:Description {prefix}:about={subject} xmlns:Iptc4xmpExt="{NAMESPACE}" {told}/>\n'
    return text[:end] + line + text[end:]
