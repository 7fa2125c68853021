"""Nouns for kinds of files in a sentence, and whether they ask for files or belong to a title."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indexer.kinds import Kind, kind_of
from indexer.query import vocabulary as v
from indexer.query.vocabulary import KindNoun

_LONGEST = 3


@dataclass(frozen=True, slots=True)
class Named:
    """The words from `start` until before `end` name kinds: `nouns` in order ("photos and videos" are two).

    `many`: the last is a plural, or a mass noun. `extension`: "docx files" narrows the kind to one format.
    """

    start: int
    end: int
    nouns: tuple[KindNoun, ...]
    many: bool
    extension: str | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """What is shown, without repeats."""
        return tuple(dict.fromkeys(label for noun in self.nouns for label in noun.labels))

    @property
    def passes(self) -> frozenset[Kind]:
        """The kinds of file that pass."""
        return frozenset().union(*(noun.passes for noun in self.nouns))


def _forms() -> dict[tuple[str, ...], tuple[KindNoun, bool]]:
    forms: dict[tuple[str, ...], tuple[KindNoun, bool]] = {}
    for noun in v.KIND_NOUNS:
        for text, many in ((noun.one, False), (noun.many, True)):
            for form in filter(None, text.split("|")):
                forms[tuple(form.split())] = (noun, many)
    return forms


_FORMS = _forms()
_FIRST = frozenset(form[0] for form in _FORMS)
_BY_LABEL = {noun.labels[0]: noun for noun in reversed(v.KIND_NOUNS) if len(noun.labels) == 1}


def named_at(keys: Sequence[str], i: int, commas: Collection[int] = ()) -> Named | None:
    """The nouns for files that begin with the word `i`, or None.

    Nouns joined by "and", "or", or a comma (after the words `commas`) count as one.
    """
    first = _one(keys, i)
    if first is None:
        return None
    found = first
    while found.end < len(keys):
        joined = keys[found.end] in v.AND
        if not joined and found.end - 1 not in commas:
            break
        other = _one(keys, found.end + joined) if found.end + joined < len(keys) else None
        if other is None:
            break
        found = Named(i, other.end, (*found.nouns, *other.nouns), other.many)
    return found


def _one(keys: Sequence[str], i: int) -> Named | None:
    form = _form(keys, i) if keys[i] in _FIRST else None
    if form and form.end > i + 1:
        return form
    if i + 1 < len(keys) and keys[i + 1] in ("files", "file"):
        kind = kind_of(f"x.{keys[i]}") if keys[i].isalnum() else Kind.OTHER
        noun = _BY_LABEL.get(kind.value)
        if noun:
            return Named(i, i + 2, (noun,), keys[i + 1] == "files", keys[i])
    return form


def _form(keys: Sequence[str], i: int) -> Named | None:
    """The longest form of a noun at the word `i`."""
    for count in range(_LONGEST, 0, -1):
        words = tuple(keys[i : i + count])
        found = _FORMS.get(words)
        if found:
            return Named(i, i + len(words), (found[0],), found[1])
    return None


def kind_called(value: str) -> Named | None:
    """What `kind:VALUE` asks for: a noun in any of its forms, or an extension; None if it is neither."""
    keys = value.lower().split()
    found = named_at(v.KIND_NAMES.get(value.lower(), value.lower()).split(), 0) if keys else None
    if found:
        return Named(0, 1, found.nouns, True, None)
    return of_extension(value)


def of_extension(value: str) -> Named | None:
    """What `ext:VALUE` asks for; None where the value cannot be an extension. Unknown extensions name no kind."""
    extension = value.lower().lstrip("*").lstrip(".")
    if not extension.isalnum() or len(extension) > 12:
        return None
    noun = _BY_LABEL.get(kind_of(f"x.{extension}").value)
    return Named(0, 1, (noun,) if noun else (), True, extension)
