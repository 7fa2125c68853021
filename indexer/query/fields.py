"""Filters as they are gathered: from operators (`ext:pdf`, `in:downloads`), signs, and the grammar."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from indexer.kinds import Kind
from indexer.query.meaning import Chip, Part
from indexer.query.nouns import Named, kind_called, of_extension
from indexer.query.relative import Times
from indexer.query.sizes import size_of
from indexer.query.spans import DAY
from indexer.query.tokens import Sort, Token, as_sign, as_word, tokens_of

_GLOB = re.compile(r"[^*?/\\]*\*[^/\\]*\.\w{1,12}")
_UNITS = ((10**12, "TB"), (10**9, "GB"), (10**6, "MB"), (10**3, "KB"), (1, "bytes"))


@dataclass
class Filters:
    """What was understood so far of `sentence`."""

    sentence: str
    chips: list[Chip] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    dashed: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    passes: frozenset[Kind] | None = None
    after: date | None = None
    before: date | None = None
    folder: str | None = None
    name: str | None = None
    extension: str | None = None
    size_min: int | None = None
    size_max: int | None = None

    def take_kind(self, named: Named, start: int, end: int) -> None:
        """Only these kinds."""
        self.kinds += [label for label in named.labels if label not in self.kinds]
        if named.nouns and not named.extension:
            self.passes = named.passes if self.passes is None else self.passes | named.passes
        self.extension = named.extension or self.extension
        label = f".{named.extension}" if named.extension else " or ".join(named.labels)
        self._chip(Part.KIND, label, start, end)

    def take_dates(self, after: date | None, before: date | None, start: int, end: int) -> bool:
        """Only files of that time; False, and nothing taken, where no day is left with what was said before."""
        later = max((day for day in (self.after, after) if day), default=None)
        earlier = min((day for day in (self.before, before) if day), default=None)
        if later and earlier and later >= earlier:
            return False
        self.after, self.before = later, earlier
        self._chip(Part.DATE, _period_label(after, before), start, end)
        return True

    def take_size(self, least: int | None, most: int | None, start: int, end: int) -> None:
        """Only files of that size."""
        self.size_min = least if least is not None else self.size_min
        self.size_max = most if most is not None else self.size_max
        parts = [f"at least {_size(least)}"] if least is not None else []
        parts += [f"at most {_size(most)}"] if most is not None else []
        self._chip(Part.SIZE, ", ".join(parts), start, end)

    def take_folder(self, folder: str, start: int, end: int) -> None:
        """Only files below folders of that name."""
        self.folder = folder
        self._chip(Part.FOLDER, f"in {folder}", start, end)

    def take_exclusion(self, word: str, start: int, end: int) -> None:
        """No files with that word."""
        self.excluded.append(word)
        self._chip(Part.EXCLUSION, f"without {word}", start, end)

    def sign(self, token: Token, today: date, week_start: int) -> Token:
        """Take a token that its signs alone explain: a phrase, an exclusion, an operator, a glob.

        Returns the token as what it then is: a sign, or a word where its signs said nothing.
        """
        match token.sort:
            case Sort.PHRASE:
                self.phrases.append(token.text)
                self._chip(Part.PHRASE, f'"{token.text}"', token.start, token.end)
            case Sort.EXCLUSION:
                self.dashed.append(token.text)
                self.take_exclusion(token.text, token.start, token.end)
            case Sort.FIELD:
                return token if self._take_field(token, today, week_start) else as_word(token, self.sentence)
            case Sort.WORD:
                if "*" not in token.core:
                    return token
                if self.name is not None or not _GLOB.fullmatch(token.core) or token.core == "*.*":
                    return as_word(token, self.sentence)
                self._take_name(token.core, token)
                return as_sign(token)
        return token

    def _take_field(self, token: Token, today: date, week_start: int) -> bool:
        value = token.text
        match token.field:
            case "in" | "folder" | "dir" | "path":
                if self.folder is not None:
                    return False
                self.take_folder(value, token.start, token.end)
            case "ext" | "extension" | "filetype" | "kind" | "type":
                named = kind_called(value) if token.field in ("kind", "type") else of_extension(value)
                if named is None or (named.extension and self.extension):
                    return False
                if named.nouns:
                    self.take_kind(named, token.start, token.end)
                elif token.field in ("kind", "type") or self.name is not None:
                    return False
                else:
                    self._take_name(f"*.{named.extension}", token)
            case "name" | "filename":
                if self.name is not None:
                    return False
                self._take_name(value if "*" in value or "?" in value else f"*{value}*", token)
            case "size":
                size = size_of(value)
                if size is None:
                    return False
                self.take_size(*size, token.start, token.end)
            case _:
                return self._take_time(token, today, week_start)
        return True

    def _take_name(self, glob: str, token: Token) -> None:
        self.name = glob
        self._chip(Part.NAME, glob, token.start, token.end)

    def _take_time(self, token: Token, today: date, week_start: int) -> bool:
        keys = [part.key for part in tokens_of(token.text)]
        when = Times(keys, today, week_start).at(0) if keys else None
        if when is None or when.end != len(keys):
            return False
        span = when.span
        after, before = {
            "after": (span.end, None),
            "since": (span.start, None),
            "before": (None, span.start),
            "until": (None, span.end),
        }.get(token.field, (span.start, span.end))
        return self.take_dates(after, before, token.start, token.end)

    def offer(self, token: Token) -> None:
        """Show a date in figures that could be read in two ways."""
        self._chip(Part.OFFER, f"{token.core} as a date?", token.start, token.start + len(token.text))

    def _chip(self, part: Part, label: str, start: int, end: int) -> None:
        self.chips.append(Chip(part, label, start, end))


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _period_label(after: date | None, before: date | None) -> str:
    if after and before:
        last = before - DAY
        return _day(after) if after == last else f"{_day(after)} to {_day(last)}"
    if after:
        return f"since {_day(after)}"
    assert before is not None
    return f"before {_day(before)}"


def _size(count: int) -> str:
    for unit, name in _UNITS:
        if count >= unit:
            return f"{round(count / unit, 2):g} {name}"
    return "0 bytes"
