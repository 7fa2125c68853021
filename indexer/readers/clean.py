"""Text as the index may hold it: no control characters, no lone surrogates, no word of a megabyte, no end of it."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from indexer.document import Document, Limits, State
from indexer.kinds import Kind

CUT = "text cut at the limit"
LONG_WORD = "over-long words cut at the token length limit"
TITLE_CHARS = 160
WORTH_TELLING = 100_000
"""Characters of over-long words that make a file partial: fewer are an embedded picture or a key, which nobody seeks."""

# NUL ends a text for C programs, and escape sequences drive a terminal: neither belongs into an index.
_CONTROLS = bytes(
    0x0A if byte in (0x0B, 0x0C, 0x0D) else 0x20 if (byte < 0x20 and byte not in (0x09, 0x0A)) or byte == 0x7F else byte
    for byte in range(256)
)
# Bytes of words become "a", all others a space: a long word is then found by one search for a run of "a".
_WORD_BYTES = bytes(0x61 if byte >= 0x80 or chr(byte).isalnum() or byte == 0x5F else 0x20 for byte in range(256))
# Scripts written without spaces: a long run there is a sentence and not a word.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d)?)?)?)?(?!\d)")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`text` ready for the index; `dropped` characters of over-long words are gone; `cut` if the end is missing."""

    text: str
    dropped: int
    cut: bool

    @property
    def reason(self) -> str:
        """Why this is not all of the text; "" if it is."""
        if self.dropped >= WORTH_TELLING:
            return LONG_WORD
        return CUT if self.cut else ""


def clean(text: str, limits: Limits) -> Cleaned:
    """`text` within `limits.text_chars`, words within `limits.token_chars`, free of what a store can't hold.

    Control characters become spaces or line ends, lone surrogates U+FFFD. Bidi controls stay: they are part of some
    scripts and are made harmless where the text is shown.
    """
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        raw = text.encode()
    raw = raw.replace(b"\r\n", b"\n").translate(_CONTROLS)
    text = raw.decode()
    dropped = 0
    if b"a" * (limits.token_chars + 1) in raw.translate(_WORD_BYTES):
        text, dropped = _cut_words(text, limits.token_chars)
    cut = len(text) > limits.text_chars
    return Cleaned(text[: limits.text_chars] if cut else text, dropped, cut)


def _cut_words(text: str, longest: int) -> tuple[str, int]:
    """`text` with every word of more than `longest` characters cut there, and how many characters went."""
    dropped = 0

    def shorter(match: re.Match[str]) -> str:
        nonlocal dropped
        word = match[0]
        if _UNSPACED.search(word, 0, 4_000):
            return word
        dropped += len(word) - longest
        return word[:longest]

    return re.sub(r"[^\s!-/:-@\[-^`{-~]{" + str(longest + 1) + ",}", shorter, text), dropped


class Full(Exception):
    """The text, or the time for it, has reached its limit: keep what is there and stop."""


class Sink:
    """Collects the text of one file; raises `Full` once there is enough of it or the time is over.

    `limits.seconds` is counted from the making of the sink, and looked at with every `add`.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.reason = ""
        self._parts: list[str] = []
        self._size = 0
        self._end = time.monotonic() + limits.seconds

    def add(self, text: str) -> None:
        """Take `text`; raise `Full` when this was the last that fits."""
        if text:
            self._parts.append(text)
            self._size += len(text)
        if self._size > self.limits.text_chars:
            self.mark(CUT)
            raise Full
        if time.monotonic() > self._end:
            self.mark("took too long, read in part")
            raise Full

    def line(self, text: str) -> None:
        """Take `text` as a line of its own."""
        self.add(text + "\n")

    def mark(self, reason: str) -> None:
        """Remember why the file is not read as a whole; the first reason stays."""
        self.reason = self.reason or reason

    @property
    def room(self) -> int:
        """Characters that still fit."""
        return max(0, self.limits.text_chars - self._size)

    @property
    def seconds_left(self) -> float:
        """Seconds until the time for this file is over; never negative."""
        return max(0.0, self._end - time.monotonic())

    @property
    def text(self) -> str:
        """All of it so far."""
        return "".join(self._parts)

    def document(self, kind: Kind, title: str = "", facts: Mapping[str, str] | None = None) -> Document:
        """The document of what was collected: partial if a reason was marked."""
        return document(kind, self.text, self.limits, title=title, facts=facts, reason=self.reason)


def document(
    kind: Kind,
    text: str,
    limits: Limits,
    *,
    title: str = "",
    facts: Mapping[str, str] | None = None,
    reason: str = "",
    state: State | None = None,
) -> Document:
    """A `Document` with everything cleaned; partial where `reason`, or the cleaning, says that something is missing."""
    cleaned = clean(text, limits)
    why = reason or cleaned.reason
    return Document(
        kind=kind,
        title=short(title),
        text=cleaned.text,
        facts={name: value for name, raw in (facts or {}).items() if (value := _fact(name, raw))},
        state=state or (State.PARTIAL if why else State.INDEXED),
        reason=why,
    )


def _fact(name: str, raw: str) -> str:
    """A fact on one line; a date only as far as it is one."""
    if name == "created":
        date = _DATE.match(raw.strip())
        return date[0] if date else ""
    return short(raw, 500)


def short(text: str, longest: int = TITLE_CHARS) -> str:
    """`text` on one line, without control characters, of at most `longest` characters."""
    if not text:
        return ""
    line = " ".join(clean(text[: longest * 8], Limits(text_chars=longest * 8, token_chars=longest)).text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def first_line(text: str) -> str:
    """The first line of `text` that could be a title: not empty, not a rule, at most `TITLE_CHARS` characters; or ""."""
    for line in text[:4_000].split("\n", 40)[:40]:
        stripped = line.strip(" \t#*=-_~>|+\ufeff\u200b")
        if stripped and any(character.isalnum() for character in stripped):
            return stripped if len(stripped) <= TITLE_CHARS else ""
    return ""


def tightened(limits: Limits, sink: Sink) -> Limits:
    """`limits` for one part of a file whose text goes into `sink`: what is left of characters and seconds."""
    return replace(limits, text_chars=sink.room, seconds=sink.seconds_left)
