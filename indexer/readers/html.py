"""Web pages: the words that a person would see, in their order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from indexer.document import Document, Limits, State, Unreadable
from indexer.kinds import Kind
from indexer.readers.clean import CUT, Full, Sink, short
from indexer.readers.encoding import decode
from indexer.readers.families import VERSIONS

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

PARSED_CHARS = 8_000_000
"""Characters of markup that are parsed: the tree takes some twenty times as much memory."""

_UNSEEN = frozenset({"script", "style", "template", "head", "noframes", "object", "iframe", "select", "datalist"})
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_CELLS = frozenset({"td", "th"})
# Elements that close themselves, or that nobody closes: they do not nest.
_FLAT = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "option",
        "dt",
        "dd",
        "optgroup",
        "colgroup",
    ]
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})")
_DATA_URI = re.compile(r"data:[a-z]{1,20}/[a-z0-9.+-]{1,80};base64,[A-Za-z0-9+/=%\s]{64,}")
_CHARSET = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of itself."""

    title: str
    facts: dict[str, str]


class Html:
    """Reads a page as a person would; runs and loads nothing."""

    kinds = frozenset({Kind.WEB})
    version = VERSIONS["html"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The visible text of the page in `source`; raises `Unreadable`."""
        sink = Sink(limits)
        page = add_page(source.read(PARSED_CHARS * 4), sink)
        return sink.document(Kind.WEB, page.title, page.facts)


def add_page(data: bytes, sink: Sink) -> Page:
    """Put the visible text of the page in `data` into `sink`; raises `Unreadable` (skipped) if it is no text."""
    markup = markup_text(data)
    if markup is None:
        raise Unreadable("not text", State.SKIPPED)
    return add_markup(markup, sink)


def markup_text(data: bytes) -> str | None:
    """The page in `data` as text, by the encoding that it names itself if that fits."""
    named = _CHARSET.search(data[:4096]) or _XML_CHARSET.match(data)
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        encoding = named[1].decode("ascii").lower()
        if encoding not in ("utf-8", "utf8", "utf-16", "unicode"):
            # Browsers read Latin-1 as Windows-1252, and so do the people who write it.
            encoding = "cp1252" if encoding in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii") else encoding
            try:
                return data.decode(encoding, "replace")
            except (LookupError, UnicodeError):
                pass
    return decode(data)


def add_markup(markup: str, sink: Sink) -> Page:
    """Put the visible text of a page into `sink`, as much as it takes; the page's title and facts."""
    from selectolax.lexbor import LexborHTMLParser

    markup = markup.replace("\0", " ").encode("utf-8", "replace").decode()
    if "base64," in markup:
        markup = _DATA_URI.sub("data:", markup)
    if len(markup) > PARSED_CHARS:
        markup = markup[:PARSED_CHARS]
        sink.mark(CUT)
    tree = LexborHTMLParser(_flattened(markup, sink.limits.depth))
    if tree.root is None:
        return Page("", {})
    page = _about(tree)
    try:
        if description := page.facts.get("description"):
            sink.line(description)
        _walk(tree.root, sink)
    except Full:
        pass
    page.facts.pop("description", None)
    return page


def _about(tree: object) -> Page:
    """Title, author and language of a page."""
    from selectolax.lexbor import LexborHTMLParser

    assert isinstance(tree, LexborHTMLParser)
    title = tree.css_first("title")
    heading = tree.css_first("h1")
    facts: dict[str, str] = {}
    for meta in tree.css("meta[name]")[:100]:
        name = (meta.attributes.get("name") or "").lower()
        if name in ("author", "description", "keywords"):
            facts.setdefault(name, short(meta.attributes.get("content") or "", 500))
    root = tree.root
    if root is not None and (language := root.attributes.get("lang")):
        facts["language"] = language
    words = short(title.text()) if title is not None else ""
    return Page(words or (short(heading.text()) if heading is not None else ""), facts)


class _Lines:
    """Puts the words of a page on lines as a person sees them: blocks apart, inline parts joined, no empty lines."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._fresh = True  # whether the present line has nothing on it yet
        self._preformatted = 0

    def text(self, text: str) -> None:
        """Words of the page."""
        if self._preformatted:
            self._sink.add(text)
            self._fresh = False
            return
        shown = _SPACE.sub(" ", text)
        shown = shown.lstrip() if self._fresh else shown
        self._sink.add(shown)
        self._fresh = self._fresh and not shown

    def enter(self, node: LexborNode, tag: str) -> None:
        """An element begins."""
        if tag in _BLOCKS:
            self._end_line()
        elif tag == "img" and (alt := node.attributes.get("alt")):
            self.text(f" {short(alt, 300)} ")
        self._preformatted += tag == "pre"

    def leave(self, tag: str) -> None:
        """An element ends."""
        self._preformatted -= tag == "pre"
        if tag in _BLOCKS:
            self._end_line()
        elif tag in _CELLS:
            self._sink.add("\t")

    def _end_line(self) -> None:
        """What comes next stands on a line of its own."""
        if not self._fresh:
            self._sink.add("\n")
            self._fresh = True


def _walk(root: LexborNode, sink: Sink) -> None:
    """Put every text below `root` into `sink`, in order and without recursion."""
    lines = _Lines(sink)
    node: LexborNode | None = root
    while node is not None:
        tag = node.tag or ""
        if tag == "-text":
            lines.text(node.text_content or "")
        elif tag not in _UNSEEN:
            lines.enter(node, tag)
            if node.child is not None:
                node = node.child
                continue
            lines.leave(tag)
        while node is not None and node.next is None:
            node = node.parent
            if node is not None:
                lines.leave(node.tag or "")
        node = node.next if node is not None else None


def _flattened(markup: str, depth: int) -> str:
    """`markup` without the opening tags that nest deeper than `depth`: parsing takes quadratic time in the depth."""
    if markup.count("<") <= depth:
        return markup
    kept: list[str] = []
    open_now = start = 0
    for tag in _TAG.finditer(markup):
        if tag[2].lower() in _FLAT:
            continue
        if tag[1]:
            open_now = max(0, open_now - 1)
            continue
        open_now += 1
        if open_now > depth:
            end = markup.find(">", tag.end())
            kept.append(markup[start : tag.start()])
            start = len(markup) if end < 0 else end + 1
            if end < 0:
                break
    kept.append(markup[start:])
    return "".join(kept)


READERS = {"html": Html()}
