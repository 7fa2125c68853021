"""The prompts of the evaluation: a small grammar whose every sentence can be read back, and sets of them around a target."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from engines.concepts.families import Kind, families, kinds

VOWELS = "aeiou"


@cache
def see() -> dict[str, Any]:
    """What `see.toml` says."""
    return tomllib.loads((Path(__file__).parent / "see.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Thing:
    """A class with its attributes, "" for none: small red wooden car."""

    kind: str
    size: str = ""
    colour: str = ""
    material: str = ""

    @property
    def attributes(self) -> tuple[str, ...]:
        """Its attributes, in order."""
        return tuple(each for each in (self.size, self.colour, self.material) if each)

    def __str__(self) -> str:
        return with_article(" ".join((*self.attributes, self.kind)))


@dataclass(frozen=True)
class Prompt:
    """One prompt: what it shows, in its order, and its text."""

    text: str
    things: tuple[Thing, ...]

    @property
    def id(self) -> str:
        """A hash of the text: the same on every machine, and where the split comes from."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    @property
    def split(self) -> str:
        """ "tune" or "test", by the id alone."""
        return "tune" if int(self.id[0], 16) < 4 else "test"


def with_article(words: str) -> str:
    """`words` with a or an before them."""
    return f"{'an' if words[0].lower() in VOWELS else 'a'} {words}"


def single(thing: Thing | str) -> Prompt:
    """The prompt that shows one thing; a plain text is a class or a superclass."""
    shown = str(thing) if isinstance(thing, Thing) else with_article(thing)
    things = (thing,) if isinstance(thing, Thing) else ()
    return Prompt(see()["single"].format(thing=shown), things)


def pair(one: Thing, other: Thing) -> Prompt:
    """The prompt that shows two things."""
    return Prompt(see()["pair"].format(one=one, other=other), (one, other))


def read(text: str) -> Prompt:
    """The prompt that a text of the grammar is. Raises `ValueError` for any other text."""
    opening = see()["single"].format(thing="")
    if not text.startswith(opening):
        raise ValueError(f"{text!r} begins in no way that the grammar knows")
    things = tuple(_thing(part) for part in text[len(opening) :].split(" and "))
    made = single(things[0]) if len(things) == 1 else pair(*things) if len(things) == 2 else None
    if made is None or made.text != text:
        raise ValueError(f"{text!r} is not of the grammar")
    return made


def _thing(words: str) -> Thing:
    article, *attributes, kind = words.split()
    if article not in ("a", "an") or kind not in kinds():
        raise ValueError(f"{words!r} is no thing of the grammar")
    found: dict[str, str] = {}
    for each in attributes:
        sort = next((name for name, values in see()["attributes"].items() if each in values), "")
        if not sort or sort in found:
            raise ValueError(f"{each!r} is no attribute here")
        found[sort] = each
    return Thing(kind, **found)


def things(kind: str) -> Iterator[Thing]:
    """The 27 ways in which a class is shown: plain, one attribute, colour and material."""
    attributes = see()["attributes"]
    yield Thing(kind)
    yield from one_attribute(kind)
    for colour, material in product(attributes["colour"], attributes["material"]):
        yield Thing(kind, colour=colour, material=material)


def one_attribute(kind: str) -> Iterator[Thing]:
    """The ten ways with a single attribute."""
    for sort, values in see()["attributes"].items():
        for value in values:
            yield Thing(kind, **{sort: value})


def targets() -> tuple[Kind, ...]:
    """The 24 classes."""
    return tuple(kind for name in see()["families"] for kind in families()[name].kinds)


def prompts() -> tuple[Prompt, ...]:
    """The 648 prompts of one thing."""
    return tuple(single(thing) for kind in targets() for thing in things(kind.name))


def pairs() -> tuple[Prompt, ...]:
    """The 96 pairs: a class in each colour beside a plain thing of another family."""
    return tuple(each for kind in targets() for each in _pairs(kind))


def _pairs(kind: Kind) -> Iterator[Prompt]:
    others = [other.name for other in targets() if other.family != kind.family]
    place = [other.name for other in targets()].index(kind.name)
    for number, colour in enumerate(see()["attributes"]["colour"]):
        yield pair(Thing(kind.name, colour=colour), Thing(others[(place * 7 + number * 5) % len(others)]))


@dataclass(frozen=True)
class Sets:
    """The prompts around a target: what has to go (`target`, `described`, `parent`, `synonym`) and what has to stay
    (`sibling`, `attribute`, `far`), and pairs, in which one goes and one stays. They don't overlap."""

    target: tuple[Prompt, ...]
    described: tuple[Prompt, ...]
    parent: tuple[Prompt, ...]
    synonym: tuple[Prompt, ...]
    sibling: tuple[Prompt, ...]
    attribute: tuple[Prompt, ...]
    far: tuple[Prompt, ...]
    pair: tuple[Prompt, ...]

    def split(self, name: str) -> Sets:
        """Those of one split; all for "all"."""
        return Sets(
            **{
                field: tuple(each for each in found if name in ("all", each.split))
                for field, found in vars(self).items()
            }
        )


def sets(kind: Kind) -> Sets:
    """The sets of one target. Of each attribute two other objects, taken in turn; siblings plain and with one attribute."""
    strangers = [other.name for other in targets() if other.family != kind.family]
    attributes = [(sort, value) for sort, values in see()["attributes"].items() for value in values]
    return Sets(
        target=(single(Thing(kind.name)),),
        described=tuple(single(thing) for thing in things(kind.name) if thing.attributes),
        parent=tuple(single(word) for word in families()[kind.family].words),
        synonym=tuple(single(word) for word in kind.synonyms),
        sibling=tuple(single(thing) for name in kind.siblings for thing in (Thing(name), *one_attribute(name))),
        attribute=tuple(
            single(Thing(strangers[(2 * number + step) % len(strangers)], **{sort: value}))
            for number, (sort, value) in enumerate(attributes)
            for step in range(2)
        ),
        far=tuple(single(Thing(name)) for name in strangers),
        pair=tuple(_pairs(kind)),
    )
