"""Every word is there in every language, says the same things, and is used."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from desktop.words import LANGUAGES, PSEUDO, language, say, speak
from desktop.words.catalogue import read_words

DESKTOP = Path(__file__).parents[3] / "desktop"
WORDS = DESKTOP / "words"
SCREENS = sorted({path.name.split(".")[0] for path in WORDS.glob("*.en.ts")})
OTHERS = [spoken for spoken in LANGUAGES if spoken != "en"]


def messages(screen: str, spoken: str) -> dict[str, ET.Element]:
    found = list(ET.parse(WORDS / f"{screen}.{spoken}.ts").iter("message"))
    assert len({one.get("id") for one in found}) == len(found), "an id twice"
    return {one.get("id", ""): one for one in found}


def used() -> dict[str, set[str]]:
    """Every string in the code that could be an id, with the files it is in."""
    pattern = re.compile(
        rf"(?:{'|'.join(SCREENS)})\.(?!jsonl$)[a-z0-9_]+(?:\.[a-z0-9_]+)*"
    )  # the queue's file is no word
    found: dict[str, set[str]] = {}
    for path in DESKTOP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and pattern.fullmatch(node.value):
                found.setdefault(node.value, set()).add(path.name)
    return found


def said() -> list[tuple[str, ast.Call]]:
    """Each call of `say`, with the file it is in."""
    return [
        (path.name, node)
        for path in DESKTOP.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
    ]


def names_in(form: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(form) if name}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("spoken", OTHERS)
def test_every_word_is_translated_from_the_english_that_is_shown(screen: str, spoken: str) -> None:
    english, other = messages(screen, "en"), messages(screen, spoken)
    assert other.keys() == english.keys()
    for name, message in english.items():
        assert other[name].findtext("source") == message.findtext("source"), f"{name}: the English has changed"
        assert other[name].get("numerus") == message.get("numerus"), name
        translation = other[name].find("translation")
        assert translation is not None, name
        assert translation.get("type") is None, f"{name} is not finished"


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_form_of_a_word_has_the_same_places_to_fill(spoken: str) -> None:
    english = read_words("en")
    for name, forms in read_words(spoken).items():
        assert all(forms), name
        assert len(forms) == len(english[name]), name
        wanted = names_in(english[name][-1])
        for form in forms:
            assert names_in(form) <= wanted, name
        assert names_in(forms[-1]) == wanted, name


def test_every_word_in_the_code_is_there() -> None:
    there = read_words("en")
    assert {name: files for name, files in used().items() if name not in there} == {}


def test_every_word_that_is_there_is_used() -> None:
    assert sorted(set(read_words("en")) - set(used())) == []


def test_no_id_is_put_together_where_no_test_can_find_it() -> None:
    assert [file for file, call in said() if call.args and isinstance(call.args[0], ast.JoinedStr)] == []


def test_the_german_is_german() -> None:
    english, german = read_words("en"), read_words("de")
    same = [name for name, forms in german.items() if forms == english[name] and re.search(r"[a-z]{4}", forms[0])]
    # names, and words that both languages have
    allowed = re.compile(
        r"(\{[^}]*\}|Homespun|Index|Name|PNG|JPEG|TIFF|WebP|Ctrl|Shift|Alt|Start|Original|Version|[\W\d])+"
    )
    borrowed = [name for name in same if not allowed.fullmatch(german[name][0]) and len(german[name][0].split()) > 2]
    assert borrowed == []


def test_the_typography_is_the_languages_own() -> None:
    for spoken in LANGUAGES:
        for name, forms in read_words(spoken).items():
            for form in forms:
                assert "..." not in form, name
                assert "!" not in form, name
                assert '"' not in form, name
                assert not re.search(r"\b(please|bitte|successfully|erfolgreich|oops)\b", form, re.IGNORECASE), name


def test_numbers_and_forms_follow_the_language() -> None:
    speak("en")
    assert say("common.files", 1) == "1 file"
    assert say("common.files", 12_480) == "12,480 files"
    assert say("welcome.done", seconds=0.84).startswith("Gone in 0.8 s")
    speak("de")
    assert say("common.files", 12_480) == "12.480 Dateien"
    assert say("welcome.done", seconds=0.84).startswith("Weg in 0,8 s")
    assert say("welcome.done", seconds="1").startswith("Weg in 1 s")


def test_the_pseudo_language_is_a_third_longer_and_fills_its_places() -> None:
    speak("en")
    plain = say("common.bug")
    speak(PSEUDO)
    assert 1.25 < len(say("common.bug")) / len(plain) < 1.4
    assert "12,480" in say("common.files", 12_480)


def test_a_language_that_we_do_not_speak_becomes_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "fi_FI.UTF-8")
    assert speak("") == "en"
    monkeypatch.setenv("LANG", "de_AT.UTF-8")
    assert speak("") == language() == "de"
    assert speak("klingon") == "en"
