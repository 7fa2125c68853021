"""What engines and index say of failures is said in the person's language too."""

from __future__ import annotations

import os
import re

import pytest

from desktop.words import speak
from desktop.words.reasons import failure, reason
from tests.desktop.words.sentences import (
    all_told,
    devices,
    folder_warnings,
    menus,
    notes,
    raised,
    reader_reasons,
    translated,
    whys,
)


def test_every_sentence_of_a_failure_has_a_translation() -> None:
    assert sorted(raised() - translated().keys()) == []


def test_every_sentence_beside_a_success_has_a_translation() -> None:
    assert len(folder_warnings()) == 3
    assert len(notes()) > 3 + 3 + 2 + len(devices())  # of files, of the eraser, of enlarging
    assert sorted((notes() | folder_warnings()) - translated().keys()) == []


def test_every_sentence_about_a_file_that_is_found_or_not_has_a_translation() -> None:
    assert {"{1} is hidden.", "{1} can be found in part: {2}.", "it is a Python environment"} <= whys()
    assert {"pdf: some pages are damaged", "text cut at the limit", "took longer than {1} seconds"} <= reader_reasons()
    assert sorted((whys() | reader_reasons()) - translated().keys()) == []


def test_every_sentence_about_right_click_menus_has_a_translation() -> None:
    assert {"{1} has Homespun's entries.", "Run: thunar -q. Thunar reads its menu when it starts."} <= menus()
    assert sorted(menus() - translated().keys()) == []


def test_no_translation_is_left_of_a_sentence_that_nobody_says() -> None:
    assert sorted(translated().keys() - all_told()) == []


def test_a_translation_puts_in_what_the_sentence_does() -> None:
    for source, form in translated().items():
        assert set(re.findall(r"\{(\d)\}", source)) == set(re.findall(r"\{(\d)!?\}", form)), source


def test_what_the_code_put_in_stays_as_it_is() -> None:
    speak("de")
    assert reason("/home/ann/a {1} picture.jpg is empty.") == "/home/ann/a {1} picture.jpg ist leer."
    told = {
        "what": "The mask is 20 × 10 pixels, and the picture is 30 × 40.",
        "todo": "Make a mask of the picture's size.",
    }
    assert failure(told) == ("Die Maske hat 20 × 10 Pixel, das Bild 30 × 40. Nimm eine Maske in der Größe des Bildes.")


def test_a_name_in_a_sentence_is_fit_for_the_screen_in_every_language() -> None:
    wild = os.fsdecode(b"p\xe9che\xe2\x80\xaegpj\n.jpg")
    assert reason(f"{wild} is empty.") == "p\\xe9che\\u202egpj .jpg is empty."
    assert reason("half \ud800 is empty.") == "half ? is empty."
    speak("de")
    assert reason(f"{wild} is empty.") == "p\\xe9che\\u202egpj .jpg ist leer."


def test_the_longest_fixed_sentence_wins() -> None:
    speak("de")
    assert (
        reason("a.tif is a TIFF of rgb pixels, which isn't read.")
        == "a.tif ist ein TIFF mit rgb-Pixeln, das nicht gelesen wird."
    )
    assert reason("x is a HEIC picture, and the part that reads those is not installed.").startswith(
        "x ist ein HEIC-Bild"
    )


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("a.jpg is empty. Take another copy of the file.", "a.jpg ist leer. Nimm eine andere Kopie der Datei."),
        ("a.jpg is empty. Nobody has said this.", "a.jpg is empty. Nobody has said this."),
        ("/a. b/c.jpg is empty.", "/a. b/c.jpg ist leer."),
    ],
)
def test_sentences_in_a_row_are_translated_each_by_itself(english: str, german: str) -> None:
    speak("de")
    assert reason(english) == german


def test_words_of_the_code_inside_a_sentence_are_translated_and_names_are_not() -> None:
    speak("de")
    assert reason("a.pdf can be found in part: pdf: some pages are damaged.") == (
        "a.pdf ist teilweise zu finden: PDF: einige Seiten sind beschädigt."
    )
    assert reason("permission is empty.") == "permission ist leer."


def test_english_and_the_unknown_stay() -> None:
    speak("en")
    assert reason("a.jpg is empty.") == "a.jpg is empty."
    speak("de")
    assert reason("Nobody has ever said this.") == "Nobody has ever said this."
