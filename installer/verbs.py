"""What the right-click menus of all systems offer: said once, here, and made real by `installer.shell` and `installer.build`.

A verb is a word in a menu and the request that the app gets for the chosen files (`desktop/handoff.py`). Icons are named
as in `desktop/window/icons`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

PROGRAM = "Homespun"
"""The word that the cascade hangs on, where a system has cascades."""

LANGUAGES = ("en", "de")
"""The first is for every language that we don't speak."""


class On(StrEnum):
    """What was right-clicked."""

    PICTURES = "pictures"
    FOLDERS = "folders"


@dataclass(frozen=True)
class Verb:
    """One entry of the menu.

    `request` is what the app is asked (`Request.do`), `arguments` the same for the command line, before the paths.
    `several` says whether one call takes many paths.
    """

    name: str
    words: Mapping[str, str]
    about: Mapping[str, str]
    on: On
    icon: str
    request: str
    arguments: tuple[str, ...]
    several: bool = True

    def label(self, language: str) -> str:
        """The entry's words in `language` ("de", "de_AT", "de-CH"), else in English."""
        return self.words[spoken(language)]


VERBS = (
    Verb(
        "erase",
        {"en": "Erase…", "de": "Entfernen …"},
        {"en": "Erase something from the picture", "de": "Etwas aus dem Bild entfernen"},
        On.PICTURES,
        "erase",
        "erase",
        ("app", "--erase"),
    ),
    Verb(
        "enlarge-2",
        {"en": "Enlarge 2×", "de": "2× vergrößern"},
        {"en": "Make a copy twice as wide and high", "de": "Eine Kopie, doppelt so breit und hoch"},
        On.PICTURES,
        "enlarge",
        "enlarge-2",
        ("app", "--enlarge", "--by", "2"),
    ),
    Verb(
        "enlarge-4",
        {"en": "Enlarge 4×", "de": "4× vergrößern"},
        {"en": "Make a copy four times as wide and high", "de": "Eine Kopie, viermal so breit und hoch"},
        On.PICTURES,
        "enlarge",
        "enlarge-4",
        ("app", "--enlarge", "--by", "4"),
    ),
    Verb(
        "search",
        {"en": "Search in this folder", "de": "In diesem Ordner suchen"},
        {"en": "Find files here by what they are about", "de": "Dateien hier nach ihrem Inhalt finden"},
        On.FOLDERS,
        "search",
        "search",
        ("app", "--search"),
        several=False,
    ),
)
"""In the order of the menu."""

PICTURE_TYPES: Mapping[str, str] = {
    ".avif": "image/avif",
    ".bmp": "image/bmp",
    ".gif": "image/gif",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".jfif": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".webp": "image/webp",
}
"""The pictures that the verbs are offered for where a system wants them named one by one. A test holds it to what
`engines.pictures` reads."""


def verb(name: str) -> Verb:
    """The verb `name`. Raises `KeyError`."""
    return {one.name: one for one in VERBS}[name]


def verbs_on(what: On) -> tuple[Verb, ...]:
    """The verbs for `what`, in the order of the menu."""
    return tuple(one for one in VERBS if one.on == what)


def spoken(language: str) -> str:
    """Which of `LANGUAGES` serves `language`."""
    base = language.replace("_", "-").partition("-")[0].lower()
    return base if base in LANGUAGES else LANGUAGES[0]
