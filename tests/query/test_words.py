"""Words as the keyword index cuts them, and file names in parts."""

from __future__ import annotations

import unicodedata

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query.words import STOP_WORDS, split_name, words_of

_SURROGATES = range(0xD800, 0xE000)


def cut_by_the_index(texts: list[str]) -> list[list[str]]:
    connection = apsw.Connection(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize = 'unicode61 remove_diacritics 2')")
    connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')")
    with connection:
        connection.executemany("INSERT INTO t(rowid, x) VALUES (?, ?)", enumerate(texts, start=1))
    words: list[list[str]] = [[] for _ in texts]
    for term, row in connection.execute("SELECT term, doc FROM v ORDER BY doc, offset"):
        words[row - 1].append(term)
    return words


def test_sentences_are_cut_as_the_index_cuts_them() -> None:
    texts = [
        "Größe der Wärmepumpe: 12 kW",
        "naïve café — l’été",
        "e-mail, AT&T, c++ and .net 4.8",
        "Ελλάδα Σίσυφος",
        "Съешь ещё этих мягких булок",
        "日本語のテキスト 漢字",
        "NFD: cafe\u0301 Zu\u0308rich",
        "snake_case camelCase 3.14 v2.0",
        "🦊 fox 🎉 party",
        "Đặng Việt ſeas µm",
    ]
    assert [words_of(text) for text in texts] == cut_by_the_index(texts)


def test_nearly_every_character_is_read_as_the_index_reads_it() -> None:
    """SQLite's tables are of Unicode 6.1: characters added since may differ, old ones may not."""
    characters = [chr(code) for code in range(1, 0x3000) if code not in _SURROGATES]
    texts = [f"a{character}b" for character in characters]
    pairs = zip(characters, texts, cut_by_the_index(texts), strict=True)
    different = [character for character, text, cut in pairs if words_of(text) != cut]
    assert len(different) < 0.04 * len(characters)
    assert [c for c in different if ord(c) < 0x370] == ["Ǡ", "ǡ"]


@given(st.text())
def test_words_are_letters_and_digits_in_small_form(text: str) -> None:
    for word in words_of(text):
        assert word
        assert not any(character.isspace() for character in word)
        assert not any(
            unicodedata.category(character) in ("Lu", "Zs", "Po") for character in word if ord(character) < 0x500
        )


@given(st.text())
def test_words_cut_again_are_the_same(text: str) -> None:
    words = words_of(text)
    assert words_of(" ".join(words)) == words


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("IMG_2024HolidayPlan.docx", ["IMG", "2024", "Holiday", "Plan", "docx"]),
        ("HTMLParser.py", ["HTML", "Parser", "py"]),
        ("tax-return 2023 (final).pdf", ["tax", "return", "2023", "final", "pdf"]),
        ("invoice.2024.03.15", ["invoice", "2024", "03", "15"]),
        ("song01.mp3", ["song", "01", "mp", "3"]),
        ("größeÜbersicht.txt", ["größe", "Übersicht", "txt"]),
        ("a/b\\c", ["a", "b", "c"]),
        ("", []),
        ("___", []),
    ],
)
def test_a_name_is_cut_at_signs_humps_and_digits(name: str, parts: list[str]) -> None:
    assert split_name(name) == parts


@given(st.text())
def test_no_letter_of_a_name_is_lost(name: str) -> None:
    assert "".join(split_name(name)) == "".join(c for c in name if c == "_" or c.isalnum()).replace("_", "")


def test_stop_words_are_words_as_the_index_cuts_them() -> None:
    assert all(words_of(word) == [word] for word in STOP_WORDS)
