"""Lines of words with ink: what a command shows a person, on a terminal or in a pipe.

A command says what is strong, dim or a match; this page decides how that looks. On a terminal lines are wrapped and cut to
its width and coloured by rich in the terminal's own palette, so light and dark both read well. In a pipe each line is
plain text of any length. Either way no character of a file's own text reaches the terminal as a control.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDEST = 100
"""Columns at most: longer lines are hard to read however wide the window is."""

_BLANKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
# C0, DEL, C1, lone surrogates, and the marks that turn the direction of what follows: text of a file could otherwise
# move the cursor, set the window's title or show a name backwards.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


class Ink(StrEnum):
    """What a stretch of a line means."""

    PLAIN = "plain"
    STRONG = "strong"
    DIM = "dim"
    MARK = "mark"
    ACCENT = "accent"
    GOOD = "good"
    WARN = "warn"


# Names of the terminal's sixteen colours only: they follow its theme. Weight says the same as colour, so NO_COLOR loses
# nothing but the colour.
_STYLES: Mapping[Ink, str] = {
    Ink.PLAIN: "",
    Ink.STRONG: "bold",
    Ink.DIM: "dim",
    Ink.MARK: "bold cyan",
    Ink.ACCENT: "cyan",
    Ink.GOOD: "green",
    Ink.WARN: "bold yellow",
}


@dataclass(frozen=True)
class Span:
    """A stretch of text in one ink; `link` is the address that it opens, or ""."""

    text: str
    ink: Ink = Ink.PLAIN
    link: str = ""


@dataclass(frozen=True)
class Line:
    """One line: `lead` stands in the `indent` columns before it.

    On a terminal it may take `rows` rows (0 = as many as it needs) and ends in "…" where it is cut; with `bends` the span
    of that number is shortened in its middle first, as a path is.
    """

    spans: tuple[Span, ...] = ()
    indent: int = 0
    lead: str = ""
    rows: int = 0
    bends: int | None = None


BLANK = Line()


def line(*parts: Span | str, indent: int = 0, lead: str = "", rows: int = 0, bends: int | None = None) -> Line:
    """A `Line` of spans and plain strings."""
    spans = tuple(part if isinstance(part, Span) else Span(part) for part in parts)
    return Line(spans, indent, lead, rows, bends)


def dim(text: str) -> Span:
    """Text that stays in the background."""
    return Span(text, Ink.DIM)


def strong(text: str, link: str = "") -> Span:
    """Text that is seen first."""
    return Span(text, Ink.STRONG, link)


def marked(text: str, marks: Iterable[tuple[int, int]], ink: Ink = Ink.PLAIN) -> tuple[Span, ...]:
    """`text` in `ink` with the half-open character ranges `marks` in `Ink.MARK`; ranges may touch, overlap or overshoot."""
    spans: list[Span] = []
    at = 0
    for start, end in sorted(marks):
        begin, stop = max(start, at), min(end, len(text))
        if begin >= stop:
            continue
        if begin > at:
            spans.append(Span(text[at:begin], ink))
        spans.append(Span(text[begin:stop], Ink.MARK))
        at = stop
    if at < len(text):
        spans.append(Span(text[at:], ink))
    return tuple(spans)


def harmless(text: str) -> str:
    """`text` on one line, with every control character shown as "�" instead of obeyed.

    For any text on its way to a terminal. A path has been through `indexer.paths.shown` before, which says its bytes.
    """
    return _CONTROLS.sub("�", _BLANKS.sub(" ", text))


def plain(row: Line) -> str:
    """`row` for a pipe: no colour, no wrapping."""
    text = "".join(harmless(span.text) for span in row.spans)
    return f"{row.lead:>{max(row.indent - 1, 0)}}{' ' if row.indent else ''}{text}".rstrip()


@dataclass
class Painter:
    """Paints lines on a terminal. `links` is whether it understands OSC 8."""

    console: Console
    links: bool = False
    width: int = field(init=False)

    def __post_init__(self) -> None:
        self.width = max(min(self.console.width, WIDEST), 20)

    def paint(self, row: Line) -> None:
        """Print `row`."""
        for piece in self._rows(row):
            self.console.print(piece, soft_wrap=True)

    def _rows(self, row: Line) -> list[Text]:
        from rich.text import Text

        indent = min(row.indent, self.width // 4)
        room = self.width - indent
        whole = self._assemble(row.spans)
        excess = whole.cell_len - room
        if row.bends is not None and excess > 0:
            whole = self._assemble(_bent(row.spans, row.bends, excess))
        rows = list(whole.wrap(self.console, room)) or [Text()]
        for piece in rows:
            piece.rstrip()
        if row.rows and len(rows) > row.rows:
            # The cut row is taken from the whole text, so that it is filled to its end and not to its last wrap.
            rest = Text(" ").join(rows[row.rows - 1 :])
            rest.truncate(room, overflow="ellipsis")
            rows = [*rows[: row.rows - 1], rest]
        for number, piece in enumerate(rows):
            lead = f"{row.lead if number == 0 else '':>{max(indent - 1, 0)}} " if indent else ""
            rows[number] = Text.assemble((lead, _STYLES[Ink.DIM]), piece)
        return rows

    def _assemble(self, spans: Iterable[Span]) -> Text:
        from rich.style import Style
        from rich.text import Text

        text = Text()
        for span in spans:
            style = Style.parse(_STYLES[span.ink])
            if span.link and self.links:
                style += Style(link=span.link)
            text.append(harmless(span.text), style)
        return text


def _bent(spans: tuple[Span, ...], which: int, excess: int) -> tuple[Span, ...]:
    """`spans` with the one numbered `which` shortened by `excess` columns in its middle, down to twelve at least."""
    from rich.cells import cell_len, set_cell_size

    span = spans[which]
    text = harmless(span.text)
    keep = max(cell_len(text) - excess - 1, 11)
    if keep >= cell_len(text):
        return spans
    # More of the end than of the beginning: a path tells most in its last folders.
    head = set_cell_size(text, keep // 3).rstrip()
    tail = set_cell_size(text[::-1], keep - cell_len(head))[::-1].lstrip()
    return (*spans[:which], Span(f"{head}…{tail}", span.ink, span.link), *spans[which + 1 :])
