"""What engines and index say of failures is said in the person's language too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from desktop.words import speak
from desktop.words.reasons import failure, reason

ROOT = Path(__file__).parents[3]
ERRORS = {
    *("HomespunError", "UsageError", "NotFound", "Busy", "Damaged", "NoSpace", "NoPermission", "NetworkError"),
    *("NoConsent", "BadPicture", "PictureTooLarge", "UnknownPicture", "WrongMask", "WrongHints", "DeviceRefused"),
    *("Unreadable", "CannotStart", "NameTaken"),
}


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    speak("en")


def template(node: ast.expr) -> str:
    """The sentence with {1}, {2}… where the code puts something in; nothing when it is no sentence of its own."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    parts, number = [], 0
    for value in node.values:
        if isinstance(value, ast.Constant):
            parts.append(str(value.value))
        else:
            number += 1
            parts.append(f"{{{number}}}")
    return "".join(parts)


def raised() -> set[str]:
    found = set()
    for room in ("homespun", "models", "engines", "indexer", "desktop/workers", "desktop/jobs"):
        for path in (ROOT / room).rglob("*.py"):
            if "recipes" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                    found |= {template(argument) for argument in node.args[:2]}
    return {one for one in found if any(letter.isalpha() for letter in one)}


def translated() -> dict[str, str]:
    tree = ET.parse(ROOT / "desktop" / "words" / "reasons.de.ts")
    return {one.findtext("source", ""): one.findtext("translation", "") for one in tree.iter("message")}


def test_every_sentence_of_a_failure_has_a_translation() -> None:
    assert sorted(raised() - translated().keys()) == []


def test_no_translation_is_left_of_a_sentence_that_nobody_says() -> None:
    assert sorted(translated().keys() - raised()) == []


def test_a_translation_puts_in_what_the_sentence_does() -> None:
    for source, form in translated().items():
        assert {place for place in "123456" if f"{{{place}}}" in source} == {
            place for place in "123456" if f"{{{place}}}" in form
        }, source


def test_what_the_code_put_in_stays_as_it_is() -> None:
    speak("de")
    assert reason("/home/ann/a {1} picture.jpg is empty.") == "/home/ann/a {1} picture.jpg ist leer."
    told = {
        "what": "The mask is 20 × 10 pixels, and the picture is 30 × 40.",
        "todo": "Make a mask of the picture's size.",
    }
    assert failure(told) == ("Die Maske hat 20 × 10 Pixel, das Bild 30 × 40. Nimm eine Maske in der Größe des Bildes.")


def test_the_longest_fixed_sentence_wins() -> None:
    speak("de")
    assert (
        reason("a.tif is a TIFF of rgb pixels, which isn't read.")
        == "a.tif ist ein TIFF mit rgb-Pixeln, das nicht gelesen wird."
    )
    assert reason("x is a HEIC picture, and the part that reads those is not installed.").startswith(
        "x ist ein HEIC-Bild"
    )


def test_english_and_the_unknown_stay() -> None:
    speak("en")
    assert reason("a.jpg is empty.") == "a.jpg is empty."
    speak("de")
    assert reason("Nobody has ever said this.") == "Nobody has ever said this."
