"""The words of one language, read from the .ts files the first time that something is said."""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

LANGUAGES = ("en", "de")
PSEUDO = "xx"
"""No language: English, a third longer and with accents, to see what would not fit and what was never translated."""

_PLACEHOLDER = re.compile(r"(\{[^}]*\})")
_ACCENTED = str.maketrans("aeiouyAEIOUYcnszCNSZ", "áéíóúýÁÉÍÓÚÝçñšžÇÑŠŽ")

Forms = tuple[str, ...]

PLURAL: Mapping[str, Callable[[int], int]] = {"en": lambda n: int(n != 1), "de": lambda n: int(n != 1)}
"""Which form a number takes, as in Qt's own rules."""


class _Spoken:
    """What is spoken now; the words are read once a language."""

    language = ""
    words: Mapping[str, Forms] = {}


def speak(wanted: str = "") -> str:
    """Speak `wanted` ("de"; "" = as the system does, English where we have no words); gives the language spoken."""
    chosen = wanted or _of_system()
    if chosen not in (*LANGUAGES, PSEUDO):
        chosen = "en"
    if chosen != _Spoken.language:
        words = read_words("en" if chosen == PSEUDO else chosen)
        if chosen == PSEUDO:
            words = {name: tuple(map(_stretched, forms)) for name, forms in words.items()}
        _Spoken.language, _Spoken.words = chosen, words
    return chosen


def language() -> str:
    """The language spoken now."""
    return _Spoken.language or speak()


def say(name: str, /, count: int | None = None, **values: object) -> str:
    """The words with this id; `count` chooses the form and stands for {count}, `values` for the other {names}.

    Numbers are written as the language writes them; pass what is not to be (a year) as text. Raises `KeyError`.
    """
    spoken = language()
    forms = _Spoken.words[name]
    form = forms[0]
    if count is not None:
        form = forms[min(PLURAL.get(spoken, PLURAL["en"])(count), len(forms) - 1)]
        values["count"] = count
    return form.format(**{key: number(value) for key, value in values.items()}) if values else form


def number(value: object) -> object:
    """A whole number or a float with the language's separators (12,480 or 12.480; 0.8 or 0,8); anything else as it is.

    A float keeps one place after the point; format it yourself for another.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
    return text.translate(_TURNED) if language() == "de" else text


_TURNED = str.maketrans(",.", ".,")


def read_words(spoken: str) -> dict[str, Forms]:
    """All words of a language, from this folder's .ts files: id → its forms (one, or one for each plural)."""
    words: dict[str, Forms] = {}
    for path in sorted(Path(__file__).parent.glob(f"*.{spoken}.ts")):
        for message in ET.parse(path).iter("message"):  # noqa: S314 - our own file
            name = message.get("id", "")
            forms = _forms(message)
            if not name or not all(forms):
                continue  # not translated: the tests say so, and the person sees English
            words[name] = forms
    if spoken != "en":
        words = read_words("en") | words
    return words


def _forms(message: ET.Element) -> Forms:
    translation = message.find("translation")
    if translation is None or translation.get("type") in ("unfinished", "obsolete", "vanished"):
        return ("",)
    plural = [form.text or "" for form in translation.iter("numerusform")]
    return tuple(plural) if plural else (translation.text or "",)


def _of_system() -> str:
    """The system's language as two letters; the variables first, because Python's locale is "C" until it is set."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value[:2].lower()
    return (locale.getlocale()[0] or "en")[:2].lower()


def _stretched(text: str) -> str:
    """English a third longer, accented; what is in braces stays."""
    parts = [part if part.startswith("{") else part.translate(_ACCENTED) for part in _PLACEHOLDER.split(text)]
    return "".join(parts) + "·" * max(1, round(0.3 * len(text)))
