"""Thunar's list of custom actions as bytes: entries of ours put in and taken out, everything else left as it is.

The file is the person's. A parser that writes it anew would lose comments, order of attributes, and what it doesn't know;
so it is only read with one, to find where our entries begin and end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

DEEPEST = 100
"""Elements within elements; Thunar knows three."""


class Malformed(ValueError):
    """What Thunar would not read either."""


@dataclass(frozen=True)
class Action:
    """One action: the bytes from `begin` to `end`, and the texts of its elements (the first of each name)."""

    begin: int
    end: int
    texts: Mapping[str, str]

    @property
    def id(self) -> str:
        """Its unique id; "" when it has none."""
        return self.texts.get("unique-id", "")


@dataclass
class Uca:
    """A list of actions, found in `content`."""

    content: bytes
    actions: list[Action] = field(default_factory=list)
    close: int = -1
    """Where the root's end tag begins, or the root itself when it is one empty tag."""


def read(content: bytes) -> Uca:
    """The actions in `content`. Raises `Malformed`."""
    found = Uca(content)
    try:
        content.decode("utf-8")
        _Reader(found).parse()
    except (expat.ExpatError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(str(error)) from error
    return found


def without(content: bytes, ours: Callable[[str], bool]) -> bytes:
    """`content` without the actions whose unique id is `ours`. Raises `Malformed`."""
    for action in reversed(read(content).actions):
        if ours(action.id):
            content = content[: action.begin] + content[_line_end(content, action.end) :]
    return content


def merged(content: bytes, ours: Callable[[str], bool], actions: Sequence[str]) -> bytes:
    """`content` with `actions` (XML) instead of those that are `ours`: where the first of them stood, else at the end.

    Raises `Malformed`.
    """
    first = next((place for place, one in enumerate(read(content).actions) if ours(one.id)), None)
    rest = without(content, ours)
    found = read(rest)
    block = "".join(f"{one}\n" for one in actions).encode()
    if first is not None and first < len(found.actions):
        at = found.actions[first].begin
        return rest[:at] + block + rest[at:]
    at = found.close
    if rest[at : at + 2] == b"</":
        return rest[:at] + block + rest[at:]
    end = _tag_end(rest, at)  # <actions/>
    return rest[: end - 2].rstrip() + b">\n" + block + b"</actions>" + rest[end:]


class _Reader:
    def __init__(self, found: Uca) -> None:
        self._found = found
        self._begins: list[int] = []
        self._texts: dict[str, str] = {}
        self._text: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append
        self._parser.EntityDeclHandler = self._entity

    def parse(self) -> None:
        """Read it all."""
        self._parser.Parse(self._found.content, True)

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._begins.append(self._parser.CurrentByteIndex)
        depth = len(self._begins)
        if depth > DEEPEST or (depth == 1 and name != "actions"):
            raise Malformed(f"<{name}>")
        if depth == 2:
            self._texts = {}
        self._text.clear()

    def _end(self, name: str) -> None:
        depth, begin = len(self._begins), self._begins.pop()
        if depth == 3:
            self._texts.setdefault(name, "".join(self._text))
        elif depth < 3:
            # The parser says where an end tag begins; of an empty tag, which has none, where it ends.
            first = _tag_end(self._found.content, begin)
            empty = self._found.content[first - 2 : first] == b"/>"
            at = begin if empty else self._parser.CurrentByteIndex
            if depth == 1:
                self._found.close = at
            elif name == "action":
                self._found.actions.append(Action(begin, _tag_end(self._found.content, at), self._texts))

    def _entity(self, *_told: object) -> None:
        # Thunar's own files have none, and a few of them can fill the memory.
        raise Malformed("entities")


def _tag_end(content: bytes, begin: int) -> int:
    """Where the tag that begins at `begin` ends; a ">" in quotes doesn't end it."""
    quote = 0
    for at in range(begin, len(content)):
        one = content[at]
        if quote:
            quote = 0 if one == quote else quote
        elif one in b"\"'":
            quote = one
        elif one == ord(">"):
            return at + 1
    raise Malformed("a tag without an end")


def _line_end(content: bytes, at: int) -> int:
    return at + 1 if content[at : at + 1] == b"\n" else at
