"""RTF: one pass over groups and control words, no recursion, pictures left out."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import BinaryIO

from indexer.document import Document, Limits
from indexer.kinds import Kind
from indexer.readers.clean import CUT, Full, Sink, first_line
from indexer.readers.families import VERSIONS

READ_BYTES = 60_000_000
DEEPEST = 1_000
"""Groups inside groups that are followed; Word itself stops far before."""

# Specification 1.9.1: control words, control symbols, hex characters, groups; then runs of plain characters.
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_UNSEEN = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable rsidtbl generator info pict object objdata themedata "
    b"colorschememapping latentstyles datastore xmlnstbl filetbl revtbl pgdsctbl fldinst bkmkstart bkmkend mmathPr "
    b"header footer headerl headerr footerl footerr private1".split()
)
_SPACES = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"cell": "\t", b"tab": "\t", b"emdash": "—",
    b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ",
    b"enspace": " ",
}  # fmt: skip
# \fcharset of a font → the code page of its \'xx characters.
_CHARSETS = {0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
             163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250"}  # fmt: skip


@dataclass(slots=True)
class _Group:
    """What holds inside one pair of braces: whether it is shown, characters to skip after `\\u`, the code page."""

    seen: bool = True
    skip: int = 1
    encoding: str = "cp1252"


@dataclass
class _Parser:
    """Reads one RTF file into a sink."""

    sink: Sink
    group: _Group = field(default_factory=_Group)
    stack: list[_Group] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)
    codepage: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    in_fonts: int = 0
    to_skip: int = 0
    star: bool = False
    too_deep: int = 0

    def run(self, data: bytes) -> None:
        """Take all of `data`; raises `Full`."""
        place = 0
        while place < len(data) and (token := _TOKEN.match(data, place)):
            place = token.end()
            word, number, hexadecimal, symbol, brace, text = token.groups()
            if word:
                place = self._word(word, number, data, place)
            elif hexadecimal:
                self._byte(int(hexadecimal, 16))
            elif symbol:
                self._symbol(symbol)
            elif brace:
                self._brace(brace)
            elif text and self.group.seen:
                self._text(text)
        self._flush()
        if self.stack or self.too_deep:
            self.sink.mark("document: its end is missing")

    def _word(self, word: bytes, number: bytes | None, data: bytes, place: int) -> int:
        """One control word; where to go on."""
        value = int(number) if number is not None else None
        if word == b"bin":
            # Raw bytes follow; what claims more than there is would swallow the rest of the file.
            count = max(0, value or 0)
            if place + count > len(data):
                self.sink.mark("document: damaged, read in part")
                return place
            return place + count
        if self.star or word in _UNSEEN:
            self._flush()
            self.group.seen = False
            self.in_fonts = len(self.stack) if word == b"fonttbl" else self.in_fonts
        elif word == b"u" and value is not None:
            self._flush()
            if self.group.seen:
                self.sink.add(chr(value % 65_536))
            self.to_skip = self.group.skip
        elif word == b"uc":
            self.group.skip = min(8, max(0, value or 0))
        elif word in _SPACES:
            self._flush()
            if self.group.seen:
                self.sink.add(_SPACES[word])
        else:
            self._font(word, value)
        self.star = False
        return place

    def _font(self, word: bytes, value: int | None) -> None:
        """Control words that say which code page holds."""
        if word == b"ansicpg" and value:
            self.codepage = self.group.encoding = _known(f"cp{value}")
        elif word == b"f" and value is not None:
            self._flush()
            self.font = value
            if not self.in_fonts:
                self.group.encoding = self.fonts.get(value, self.codepage)
        elif word == b"fcharset" and self.in_fonts and value is not None:
            # 1 is "the default", 2 symbols: neither names a code page.
            self.fonts[self.font] = self.codepage if value in (0, 1, 2) else _CHARSETS.get(value, self.codepage)

    def _symbol(self, symbol: bytes) -> None:
        r"""`\~`, `\-`, `\{` and their kin."""
        self.star = symbol == b"*"
        if symbol in b"{}\\":
            self._byte(symbol[0])
        elif symbol == b"~":
            self._byte(0x20)
        elif symbol == b"_":
            self._byte(0x2D)
        elif symbol in b"\r\n" and self.group.seen:
            self._flush()
            self.sink.add("\n")

    def _brace(self, brace: bytes) -> None:
        """The beginning or the end of a group."""
        self._flush()
        self.to_skip = 0
        self.star = False
        if brace == b"{":
            if len(self.stack) >= DEEPEST:
                self.too_deep += 1
                self.sink.mark("document: nested too deep")
            else:
                self.stack.append(self.group)
                self.group = _Group(self.group.seen, self.group.skip, self.group.encoding)
        elif self.too_deep:
            self.too_deep -= 1
        elif self.stack:
            self.group = self.stack.pop()
            if len(self.stack) < self.in_fonts:
                self.in_fonts = 0

    def _text(self, text: bytes) -> None:
        r"""Plain characters, less those that only stand in for a `\u` before them."""
        if self.to_skip:
            skipped = min(self.to_skip, len(text))
            self.to_skip -= skipped
            text = text[skipped:]
        self.pending += text

    def _byte(self, value: int) -> None:
        """One character by its number in the code page."""
        if self.to_skip:
            self.to_skip -= 1
        elif self.group.seen:
            self.pending.append(value)

    def _flush(self) -> None:
        """Hand on the characters that wait, decoded."""
        if self.pending:
            self.sink.add(self.pending.decode(self.group.encoding, "replace"))
            self.pending.clear()


class Rtf:
    """Reads the visible text of an RTF file."""

    kinds = frozenset({Kind.DOCUMENT})
    version = VERSIONS["rtf"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The text in `source`, partial where groups nest too deep or the end is missing."""
        data = source.read(READ_BYTES)
        sink = Sink(limits)
        if source.read(1):
            sink.mark(CUT)
        title, facts = _about(data)
        with suppress(Full):
            _Parser(sink).run(data)
        return sink.document(Kind.DOCUMENT, title or first_line(sink.text), facts)


def _about(data: bytes) -> tuple[str, dict[str, str]]:
    """Title and author from the `info` group at the beginning."""
    start = data[:100_000]
    facts = {}
    title = re.search(rb"\{\\title ([^{}\\]{1,400})\}", start)
    author = re.search(rb"\{\\author ([^{}\\]{1,400})\}", start)
    if author:
        facts["author"] = author[1].decode("cp1252", "replace")
    when = re.search(rb"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})", start)
    if when:
        facts["created"] = f"{int(when[1]):04}-{int(when[2]):02}-{int(when[3]):02}"
    return (title[1].decode("cp1252", "replace") if title else ""), facts


def _known(encoding: str) -> str:
    """`encoding` if Python knows it, else the one that most files are in."""
    try:
        "".encode(encoding)
    except LookupError:
        return "cp1252"
    return encoding


READERS = {"rtf": Rtf()}
