"""Things and their kinds: who is whose sibling, and what else each is called."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Kind:
    """A class of things: its `family`, its `siblings` there, other words for it, and its word in other languages."""

    name: str
    family: str
    siblings: tuple[str, ...]
    synonyms: tuple[str, ...]
    other_languages: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """A superclass: what it is called, and its classes."""

    name: str
    words: tuple[str, ...]
    kinds: tuple[Kind, ...]


@cache
def families() -> dict[str, Family]:
    """Every family of `families.toml`, by its name."""
    data = tomllib.loads((Path(__file__).parent / "families.toml").read_text("utf-8"))
    found = {}
    for name, told in data.items():
        kinds = [each for each in told if each != "words"]
        found[name] = Family(
            name,
            tuple(told["words"]),
            tuple(
                Kind(
                    kind,
                    name,
                    tuple(other for other in kinds if other != kind),
                    tuple(told[kind]["synonyms"]),
                    tuple(told[kind]["other_languages"]),
                )
                for kind in kinds
            ),
        )
    return found


@cache
def kinds() -> dict[str, Kind]:
    """Every class, by its name."""
    return {kind.name: kind for family in families().values() for kind in family.kinds}


def siblings(text: str) -> tuple[str, ...]:
    """The siblings of what `text` names; none for what no family knows."""
    kind = kinds().get(text.strip().lower())
    return kind.siblings if kind else ()
