"""The language of `.gitignore`, on bytes, with the number of the line that decides.

Semantics are git's own (`dir.c` and `wildmatch.c`), held by tests against `git check-ignore`. Own code because 100,000
files against 20 lines took pathspec 1.1.1 0.93 s, more than the whole walk takes; and because a person is told the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property, lru_cache

_SPECIAL = frozenset(b"*?[\\")

_CLASSES = {
    b"alnum": rb"0-9A-Za-z",
    b"alpha": rb"A-Za-z",
    b"blank": rb" \t",
    b"cntrl": rb"\x00-\x1f\x7f",
    b"digit": rb"0-9",
    b"graph": rb"!-~",
    b"lower": rb"a-z",
    b"print": rb" -~",
    b"punct": rb"!-/:-@\[-`{-~",
    b"space": rb" \t\n\r\f\v",
    b"upper": rb"A-Z",
    b"xdigit": rb"0-9A-Fa-f",
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line: its number from 1, its text without line end, and the two marks that `!` in front and `/` behind make."""

    line: int
    text: bytes
    negative: bool
    folders_only: bool
    glob: bytes


class _Wild(Enum):
    """A part of a glob that stands for more than one fixed byte."""

    STAR = "any bytes but a slash"
    ZERO_OR_MORE_FOLDERS = "**/"
    ANYTHING_THEN_SLASH = "** in front of an escaped slash"
    EVERYTHING = "** at the end"


_Token = bytes | _Wild
"""Bytes: a regular expression for exactly one byte of the text."""


@dataclass
class _Table:
    """The patterns that can hit a file, or a folder, sorted by how they are looked up. Values are places in the list."""

    fold: bool
    names: dict[bytes, int] = field(default_factory=dict)
    endings: dict[bytes, int] = field(default_factory=dict)
    paths: dict[bytes, int] = field(default_factory=dict)
    wild_names: list[tuple[int, bytes]] = field(default_factory=list)
    wild_paths: list[tuple[int, bytes]] = field(default_factory=list)
    last_parts: list[bytes] | None = field(default_factory=list)

    @cached_property
    def _wild_name(self) -> _Alternatives:
        return _Alternatives(self.wild_names, self.fold)

    @cached_property
    def _wild_path(self) -> _Alternatives:
        return _Alternatives(self.wild_paths, self.fold)

    @cached_property
    def _last_part(self) -> _Alternatives:
        return _Alternatives(list(enumerate(self.last_parts or [b""])), self.fold)

    def last(self, prefix: bytes, name: bytes) -> int:
        """The place of the last pattern that hits `name` in the folder `prefix`, -1 for none."""
        key = name.lower() if self.fold else name
        found = self.names.get(key, -1)
        if self.endings:
            place = self.endings.get(key[key.rfind(b".") :], -1)
            if place > found:
                found = place
        if self.wild_names:
            place = self._wild_name.last(name)
            if place > found:
                found = place
        if self.paths or self.wild_paths:
            found = max(found, self._last_path(prefix, name))
        return found

    def _last_path(self, prefix: bytes, name: bytes) -> int:
        path = prefix + name
        found = self.paths.get(path.lower() if self.fold else path, -1)
        # The name alone rules out nearly every `**/folder/name`, at a tenth of the cost.
        if self.wild_paths and (self.last_parts is None or self._last_part.last(name) >= 0):
            found = max(found, self._wild_path.last(path))
        return found

    def add_wild(self, place: int, glob: bytes, expression: bytes, *, in_name: bool) -> None:
        """Take in a pattern with wildcards."""
        if in_name:
            self.wild_names.append((place, expression))
            return
        self.wild_paths.append((place, expression))
        last_part = _last_part(glob)
        if last_part is None:
            self.last_parts = None
        elif self.last_parts is not None:
            self.last_parts.append(last_part)


class _Alternatives:
    """Many expressions as one; the last of the list that fits is found first."""

    def __init__(self, expressions: list[tuple[int, bytes]], fold: bool) -> None:
        backwards = expressions[::-1]
        self._places = [place for place, _ in backwards]
        joined = b"|".join(b"(" + expression + rb"\Z)" for _, expression in backwards)
        self._match = re.compile(joined, re.IGNORECASE if fold else 0).match

    def last(self, text: bytes) -> int:
        hit = self._match(text)
        return -1 if hit is None or hit.lastindex is None else self._places[hit.lastindex - 1]


class Patterns:
    """The lines of one ignore file, or of one list in the settings. `fold` = capitals don't count (Windows, macOS)."""

    def __init__(self, lines: Iterable[tuple[int, bytes]], *, fold: bool) -> None:
        self._fold = fold
        self._patterns = tuple(pattern for line, text in lines if (pattern := _pattern(line, text)) is not None)
        self._files = _Table(fold)
        self._folders = _Table(fold)
        for place, pattern in enumerate(self._patterns):
            self._sort_in(place, pattern)

    def __len__(self) -> int:
        return len(self._patterns)

    def followed_by(self, later: Patterns) -> Patterns:
        """Both lists as one."""
        both = (*self._patterns, *later._patterns)
        return Patterns(((pattern.line, pattern.text) for pattern in both), fold=self._fold)

    def last_match(self, prefix: bytes, name: bytes, is_folder: bool) -> Pattern | None:
        """The last pattern that hits `name` in the folder `prefix`: b"" or a path that ends with `/`, from the file's folder.

        What lies in a folder that a pattern hits is not asked about here: the walk does not go in.
        """
        place = (self._folders if is_folder else self._files).last(prefix, name)
        return None if place < 0 else self._patterns[place]

    def _sort_in(self, place: int, pattern: Pattern) -> None:
        tables = (self._folders,) if pattern.folders_only else (self._files, self._folders)
        glob = pattern.glob
        in_name = b"/" not in glob
        glob = glob.removeprefix(b"/")
        if not _SPECIAL.intersection(glob):
            key = glob.lower() if self._fold else glob
            for table in tables:
                (table.names if in_name else table.paths)[key] = place
        elif in_name and glob.startswith(b"*.") and not _SPECIAL.union(b".").intersection(glob[2:]):
            key = glob[1:].lower() if self._fold else glob[1:]
            for table in tables:
                table.endings[key] = place
        elif (expression := _expression(glob, in_name)) is not None:
            for table in tables:
                table.add_wild(place, glob, expression, in_name=in_name)


@lru_cache(maxsize=512)
def parse(data: bytes, *, fold: bool) -> Patterns:
    """The patterns in the bytes of an ignore file. Kept for the next folder with the same file: copies are common."""
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return Patterns(((number, line.removesuffix(b"\r")) for number, line in enumerate(lines, 1)), fold=fold)


def _pattern(line: int, text: bytes) -> Pattern | None:
    """One line, or None for a comment, an empty line and a pattern that can't hit anything."""
    if text.startswith(b"#"):
        return None
    glob = _without_trailing_spaces(text.partition(b"\0")[0])
    shown = glob
    negative = glob.startswith(b"!")
    glob = glob[1:] if negative else glob
    folders_only = glob.endswith(b"/")
    glob = glob[:-1] if folders_only else glob
    return Pattern(line, shown, negative, folders_only, glob) if glob else None


def _without_trailing_spaces(text: bytes) -> bytes:
    """Cut spaces off the end, but one behind a backslash (git's `trim_trailing_spaces`)."""
    cut = -1
    at = 0
    while at < len(text):
        if text[at] == 0x20:
            cut = at if cut < 0 else cut
        else:
            if text[at] == 0x5C:
                at += 1
                if at == len(text):
                    return text
            cut = -1
        at += 1
    return text if cut < 0 else text[:cut]


def _expression(glob: bytes, in_name: bool) -> bytes | None:
    """The regular expression of a glob (without anchors), or None when the glob is malformed and hits nothing."""
    tokens = _tokens(glob, in_name)
    if tokens is None:
        return None
    groups: list[list[_Token]] = [[]]
    openers: list[bytes] = [b""]
    for token in tokens:
        if token is _Wild.ZERO_OR_MORE_FOLDERS or token is _Wild.ANYTHING_THEN_SLASH:
            openers.append(rb"(?:(?s:.*?)/)??" if token is _Wild.ZERO_OR_MORE_FOLDERS else rb"(?s:.*?)/")
            groups.append([])
        else:
            groups[-1].append(token)
    # Between two `**` the first fit is as good as any later one, so it is never taken back: no pattern, however
    # hostile, makes the match take longer than the square of the path's length.
    parts = [opener + _stretch(group) for opener, group in zip(openers, groups, strict=True)]
    return b"".join(b"(?>" + part + b")" for part in parts[:-1]) + parts[-1]


def _last_part(glob: bytes) -> bytes | None:
    """The expression that the name must fit for a glob of a path to fit, None when that can't be told from its end."""
    above, _, last = glob.rpartition(b"/")
    if b"[" in glob or b"\\" in glob or b"**" in last:
        return None
    if above.endswith(b"**") and above != b"**" and not above.endswith(b"/**"):
        return None
    return _expression(last, in_name=True)


def _stretch(tokens: list[_Token]) -> bytes:
    """The expression of tokens without `**/`."""
    out = bytearray()
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token is _Wild.EVERYTHING:
            out += rb"(?s:.*)"
        elif token is _Wild.STAR:
            start = at
            while at < len(tokens) and isinstance(tokens[at], bytes) and tokens[at] != b"/":
                at += 1
            fixed = b"".join(part for part in tokens[start:at] if isinstance(part, bytes))
            # Followed by another star, the first fit is as good as any later one: see above.
            again = at < len(tokens) and tokens[at] is _Wild.STAR
            out += b"(?>[^/]*?" + fixed + b")" if again else b"[^/]*" + fixed
        elif isinstance(token, bytes):
            out += token
    return bytes(out)


def _tokens(glob: bytes, in_name: bool) -> list[_Token] | None:
    """Cut a glob into its parts; None when a bracket is not closed or a class has no such name."""
    tokens: list[_Token] = []
    # git compares the part before the first wildcard as plain bytes and starts its matcher behind it, so that a `**`
    # there counts as being at the start even in `name**/`.
    matcher_start = min((at for at, byte in enumerate(glob) if byte in _SPECIAL), default=len(glob))
    at = 0
    while at < len(glob):
        byte = glob[at : at + 1]
        if byte == b"*":
            end = at
            while end < len(glob) and glob[end] == 0x2A:
                end += 1
            wild, at = _stars(glob, at, end, matcher_start, in_name)
            tokens.append(wild)
        elif byte == b"?":
            tokens.append(b"[^/]")
            at += 1
        elif byte == b"[":
            bracket = _bracket(glob, at)
            if bracket is None:
                return None
            expression, at = bracket
            tokens.append(expression)
        else:
            if byte == b"\\":
                at += 1
                if at == len(glob):
                    return None
            tokens.append(re.escape(glob[at : at + 1]))
            at += 1
    return tokens


def _stars(glob: bytes, start: int, end: int, matcher_start: int, in_name: bool) -> tuple[_Wild, int]:
    """What the stars `glob[start:end]` mean, and where to go on."""
    if in_name or end - start == 1:
        return _Wild.STAR, end
    alone_before = start == matcher_start or glob[start - 1] == 0x2F
    if alone_before and end == len(glob):
        return _Wild.EVERYTHING, end
    if alone_before and glob[end] == 0x2F:
        return _Wild.ZERO_OR_MORE_FOLDERS, end + 1
    if alone_before and glob[end : end + 2] == b"\\/":
        return _Wild.ANYTHING_THEN_SLASH, end + 2
    return _Wild.STAR, end


def _bracket(glob: bytes, start: int) -> tuple[bytes, int] | None:
    """The expression of the bracket that opens at `start`, and the place behind it; None when it is malformed."""
    negated = glob[start + 1 : start + 2] in (b"!", b"^")
    at = first = start + 1 + negated
    members: list[bytes] = []
    previous = 0
    while at == first or glob[at : at + 1] != b"]":
        part = _bracket_part(glob, at, previous)
        if part is None:
            return None
        member, at, previous = part
        members.append(member)
    inside = b"".join(members)
    if negated:
        return b"[^/" + inside + b"]", at + 1
    return (b"(?!/)[" + inside + b"]" if inside else b"(?!)"), at + 1


def _bracket_part(glob: bytes, at: int, previous: int) -> tuple[bytes, int, int] | None:
    """One byte, range or class inside a bracket: its expression, the place behind it, and the byte a range may start at.

    0 instead of that byte means that `-` is itself. None when the bracket ends too early or a class has no such name.
    """
    if at >= len(glob):
        return None
    byte = glob[at]
    if byte == 0x5B and glob[at + 1 : at + 2] == b":" and (close := glob.find(b"]", at + 2)) != at + 2:
        if close < 0:
            return None
        if glob[close - 1] == 0x3A:
            named = _CLASSES.get(glob[at + 2 : close - 1])
            return None if named is None else (named, close + 1, 0)
    is_range = byte == 0x2D and previous > 0 and glob[at + 1 : at + 2] not in (b"", b"]")
    at += is_range
    at += glob[at] == 0x5C
    if at >= len(glob):
        return None
    byte = glob[at]
    if is_range:
        return (_member(previous) + b"-" + _member(byte) if previous <= byte else b""), at + 1, 0
    return _member(byte), at + 1, byte


def _member(byte: int) -> bytes:
    return b"\\x%02x" % byte
