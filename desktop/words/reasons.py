"""What the floors below say of a failure, in the person's language.

Engines and index raise `HomespunError`s with English sentences. Their translations stand in `reasons.<language>.ts`, by
the sentence itself with {1}, {2}… for what the code puts in; a test collects the sentences from the code and fails on one
that has no translation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

from desktop.words.catalogue import language

_PLACE = re.compile(r"\{(\d)\}")


def reason(text: str) -> str:
    """`text` in the language spoken; as it is in English, or where nobody has translated it."""
    for pattern, form in _patterns(language()):
        if found := pattern.fullmatch(text):
            return _PLACE.sub(lambda place: found[int(place[1])] or "", form)
    return text


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
    return "".join("(.*)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
