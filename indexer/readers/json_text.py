"""JSON as text: escapes resolved, never parsed into a tree, so that no depth can hurt."""

from __future__ import annotations

import re
from typing import BinaryIO

from indexer.document import Document, Limits
from indexer.kinds import Kind
from indexer.readers.clean import CUT, document
from indexer.readers.families import VERSIONS
from indexer.readers.plain import read_text

TOO_DEEP = "json: nested too deep"

_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|([bfnrt"\\/]))')
_SIMPLE = {"b": " ", "f": " ", "n": "\n", "r": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/"}
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_BRACKETS = re.compile(r"[\[{]+|[\]}]+")


class Json:
    """Reads a JSON file as the text that it is, with its escaped characters as characters."""

    kinds = frozenset({Kind.DATA, Kind.CODE, Kind.TEXT})
    version = VERSIONS["json"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The text in `source`, partial if it nests deeper than `limits.depth`; raises `Unreadable`."""
        text, more = read_text(source, limits)
        return json_document(text, limits, more=more)


def json_document(text: str, limits: Limits, *, more: bool) -> Document:
    """The document of a JSON text; `more` if its end is missing."""
    reason = TOO_DEEP if depth_of(text) > limits.depth else CUT if more else ""
    return document(Kind.DATA, unescaped(text), limits, reason=reason)


def unescaped(text: str) -> str:
    r"""`text` with `\u00e9`, `\n` and their kin as the characters they stand for; lone surrogates may be among them."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else _SIMPLE[found[2]], text)


def depth_of(text: str) -> int:
    """The deepest nesting of lists and objects in a JSON text, by counting brackets outside strings."""
    deepest = depth = 0
    for run in _BRACKETS.findall(_STRING.sub("", text)):
        if run[0] in "[{":
            depth += len(run)
            deepest = max(deepest, depth)
        else:
            depth -= len(run)
    return deepest


READERS = {"json": Json()}
