"""The manual page, made from docs/commands.md: a test holds that page to the program, so both are complete."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

_Wanted = Callable[[str], bool]

NAME = "finds files by what they are about; erases, fills and enlarges pictures"
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\[((?:`[^`]*`|[^\]`])+)\]\(([^)]*)\)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_CELL = re.compile(r"(?<!\\)\|")
_GENERAL = {"Options of every command": "OPTIONS OF EVERY COMMAND", "Exit codes": "EXIT STATUS"}
_FILES = """\
The pages that this one names, `erase.md` and others, are in `@DOC@`.

Settings, the index, models and caches lie below your own configuration, data and cache folders;
`homespun settings path` tells where. `HOMESPUN_HOME` moves all of them. Nothing is written anywhere else but where you ask
for a result."""


@dataclass(frozen=True)
class Section:
    """A heading and the lines below it."""

    title: str
    lines: tuple[str, ...]


def page(markdown: str, version: str, time: int, doc: str) -> str:
    """The page in roff. `markdown` is docs/commands.md, `doc` the folder of its sisters; `time` in seconds since 1970 dates it."""
    first, *sections = _sections(markdown)
    day = datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%d")
    rows = [f'.TH HOMESPUN 1 "{day}" "Homespun {version}" "User commands"', ".nh", ".ad l"]
    rows += [".SH NAME", rf"homespun \- {_escaped(NAME)}", ".SH SYNOPSIS"]
    rows += [r".B homespun", r"[\fIoption\fR ...] \fIcommand\fR [\fIargument\fR ...]"]
    rows += [".SH DESCRIPTION", *_body(first.lines)]
    for section in sections:
        if section.title in _GENERAL:
            rows += [f".SH {_GENERAL[section.title]}", *_body(section.lines)]
    rows.append(".SH COMMANDS")
    for section in sections:
        if section.title not in _GENERAL:
            rows += [f'.SS "{_escaped(section.title)}"', *_body(section.lines)]
    rows += [".SH FILES", *_body(_FILES.replace("@DOC@", doc).splitlines())]
    return "\n".join(rows) + "\n"


def plain(markdown: str) -> str:
    """A paragraph of Markdown as words alone."""
    return _BOLD.sub(r"\1", _CODE.sub(r"\1", _LINK.sub(lambda link: link[1], markdown)))


def _sections(markdown: str) -> list[Section]:
    found: list[tuple[str, list[str]]] = []
    fenced = False
    for line in markdown.splitlines():
        fenced ^= line.startswith("```")
        heading = None if fenced else re.match(r"#{1,2} (.*)", line)
        if heading:
            found.append((heading[1].replace("`", ""), []))
        elif found:
            found[-1][1].append(line)
    return [Section(title, tuple(lines)) for title, lines in found]


def _body(lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs, tables and examples, in roff."""
    ahead = list(lines)
    while ahead:
        line = ahead.pop(0)
        if not line.strip():
            continue
        if line.startswith("```"):
            yield from _example(_taken(ahead, lambda one: not one.startswith("```")))
            ahead[:1] = []
        elif line.startswith("    "):
            yield from _example([line[4:], *(one[4:] for one in _taken(ahead, lambda one: one.startswith("    ")))])
        elif line.startswith("|"):
            yield from _table([line, *_taken(ahead, lambda one: one.startswith("|"))])
        elif line.startswith("#"):
            yield ".PP"
            yield rf"\fB{_escaped(line.lstrip('# '))}\fR"
        else:
            yield ".PP"
            yield _safe(_inline(" ".join([line, *_taken(ahead, _is_text)])))


def _taken(ahead: list[str], wanted: _Wanted) -> list[str]:
    found = []
    while ahead and wanted(ahead[0]):
        found.append(ahead.pop(0))
    return found


def _is_text(line: str) -> bool:
    return bool(line.strip()) and not line.startswith(("|", "    ", "```", "#"))


def _example(lines: Sequence[str]) -> Iterator[str]:
    yield ".PP"
    yield ".RS 4"
    yield ".nf"
    for line in lines:
        yield _safe(_escaped(line, code=True))
    yield ".fi"
    yield ".RE"


def _table(lines: Sequence[str]) -> Iterator[str]:
    """Each row: its first cell hangs, the others follow as sentences of their own."""
    for line in lines[2:]:
        first, *rest = [cell.strip().replace(r"\|", "|") for cell in _CELL.split(line.strip().strip("|"))]
        yield ".TP"
        yield _safe(_inline(first) if "`" in first else rf"\fB{_inline(first)}\fR")
        told = [_inline(cell) for cell in rest if cell]
        if len(told) > 1 and rest[0].startswith("`"):  # a name, then what it means
            told[:2] = [f"{told[0]}: {told[1]}"]
        yield _safe("\n.br\n".join(told) or r"\&")


def _inline(text: str) -> str:
    """Code and strong words in bold, links as their words."""
    text = _LINK.sub(_words_of, text)
    rows = []
    for place, part in enumerate(_CODE.split(text)):
        if place % 2:
            rows.append(rf"\fB{_escaped(part, code=True)}\fR")
        else:
            plain = _BOLD.split(part)
            rows += [rf"\fB{_escaped(one)}\fR" if inner % 2 else _escaped(one) for inner, one in enumerate(plain)]
    return "".join(rows)


def _words_of(link: re.Match[str]) -> str:
    """A link's words; a link to another page also says which."""
    page = link[2].partition("#")[0]
    if not page.endswith(".md") or "/" in page:
        return link[1]
    return f"`{page}`" if link[1] == page.removesuffix(".md") else f"{link[1]} (`{page}`)"


def _escaped(text: str, *, code: bool = False) -> str:
    text = text.replace("\\", r"\e").replace("'", r"\(aq").replace("`", r"\(ga").replace("^", r"\(ha")
    text = text.replace("~", r"\(ti")
    return text.replace("-", r"\-") if code else text


def _safe(text: str) -> str:
    """No line of text may begin with what roff takes for a request."""
    return "\n".join(rf"\&{line}" if line.startswith(".") and line != ".br" else line for line in text.split("\n"))
