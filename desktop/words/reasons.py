"""What the floors below say of a failure, in the person's language.

Engines and index tell what happened in English sentences. Their translations stand in `reasons.<language>.ts`, by the
sentence itself with {1}, {2}… for what the code puts in; a test collects the sentences from the code and fails on one
that has no translation. Where what is put in is words of the code's own, not a name or a number, the translation has
{1!}, and they are translated too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

from desktop.words.catalogue import language
from indexer.paths import shown

_PLACE = re.compile(r"\{(\d)(!?)\}")
_BETWEEN = re.compile(r"(?<=[.…]) ")


def reason(text: str) -> str:
    """`text`, one sentence or several, in the language spoken; as it is in English, or where nobody has translated it."""
    text = _harmless(text)
    return _said(text, language()) or text


def _harmless(text: str) -> str:
    """The text on one line, without what a file's name in it may do to a screen (see `indexer.paths.shown`)."""
    try:
        return " ".join(shown(os.fsencode(line)) for line in text.splitlines())
    except UnicodeEncodeError:  # half a character that no name of a file holds
        return _harmless(text.encode("utf-8", "replace").decode())


@lru_cache(1024)
def _said(text: str, spoken: str) -> str:
    """The translation; "" if there is none. Two sentences that are known are not taken for one with a long name in it."""
    for between in _BETWEEN.finditer(text):
        first, rest = text[: between.start()], text[between.end() :]
        if (one := _alone(first, spoken)) and (others := _said(rest, spoken)):
            return f"{one} {others}"
    return _alone(text, spoken)


def _alone(sentence: str, spoken: str) -> str:
    for pattern, form in _patterns(spoken):
        if found := pattern.fullmatch(sentence):
            return _PLACE.sub(lambda place: reason(found[int(place[1])]) if place[2] else found[int(place[1])], form)
    return ""


def failure(told: Mapping[str, object]) -> str:
    """What a worker told of a failure ({what, todo}), as one text."""
    parts = (reason(str(told.get(name, ""))) for name in ("what", "todo"))
    return " ".join(part for part in parts if part)


@lru_cache(maxsize=4)
def _patterns(spoken: str) -> Sequence[tuple[re.Pattern[str], str]]:
    """The sentences of a language, those with the most fixed letters first."""
    path = Path(__file__).parent / f"reasons.{spoken}.ts"
    if not path.is_file():
        return ()
    found = []
    for message in ET.parse(path).iter("message"):  # noqa: S314 - our own file
        source, form = message.findtext("source", ""), message.findtext("translation", "")
        if source and form:
            found.append((len(_PLACE.sub("", source)), re.compile(_as_pattern(source), re.DOTALL), form))
    return tuple((pattern, form) for _, pattern, form in sorted(found, key=lambda one: -one[0]))


def _as_pattern(source: str) -> str:
    parts = _PLACE.split(source)  # text, number, text, …
    return "".join("(.*)" if place % 3 == 1 else re.escape(part) for place, part in enumerate(parts) if place % 3 < 2)
