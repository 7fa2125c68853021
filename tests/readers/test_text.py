"""Plain text: encodings, titles, and what is cleaned away."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.document import Limits, State
from indexer.kinds import Kind
from indexer.readers.clean import LONG_WORD, clean, short
from indexer.readers.encoding import decode, is_text
from tests.readers.conftest import Read

GERMAN = "Die Küche wurde gestern geputzt, und die Straße war naß. Größe und Höhe stimmen überein.\n" * 4


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "naïve café – 請求書\n"),
        ("utf-8-sig", "with a mark\n"),
        ("utf-16", "with a mark, sixteen bit\n"),
        ("utf-32", "with a mark, thirty-two bit\n"),
        ("utf-16-le", "plain words without a mark, sixteen bit\n"),
        ("utf-16-be", "plain words without a mark, sixteen bit\n"),
        ("cp1252", GERMAN),
        ("shift_jis", "これは日本語の文章です。請求書は来週届きます。\n" * 20),
        ("cp1251", "Это письмо написано на русском языке и отправлено вчера вечером.\n" * 10),
    ],
)
def test_a_text_is_read_in_the_encoding_it_was_written_in(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_character_cut_by_the_end_of_what_was_read_costs_nothing_else() -> None:
    data = ("ab" + "é" * 5).encode()
    assert decode(data[:-1]) == "abéééé"
    japanese = "請求書は来週届きます。".encode("shift_jis") * 30
    decoded = decode(japanese[:-1])
    assert decoded is not None
    assert decoded.startswith("請求書は来週届きます。")


@pytest.mark.parametrize("data", [b"\0" * 500, bytes(range(32)) * 20, bytes(range(256)) * 40])
def test_noise_is_no_text(data: bytes) -> None:
    assert decode(data) is None
    assert not is_text(data)


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_both_ways_to_ask_agree_whether_bytes_are_text(data: bytes) -> None:
    assert is_text(data) == (decode(data) is not None)


@given(st.text(st.characters(codec=None), max_size=300))
@settings(max_examples=200, deadline=None)
def test_a_cleaned_text_can_be_stored_and_cleaning_it_again_changes_nothing(text: str) -> None:
    limits = Limits(text_chars=200, token_chars=20)
    cleaned = clean(text, limits)
    cleaned.text.encode()
    assert "\0" not in cleaned.text
    assert not any(ord(character) < 32 and character not in "\t\n" for character in cleaned.text)
    assert len(cleaned.text) <= 200
    assert clean(cleaned.text, limits).text == cleaned.text


def test_nul_and_escape_become_spaces_and_lone_surrogates_are_replaced() -> None:
    assert clean("a\0b\x1b[1m\r\nc\rd\ud800e", Limits()).text == "a b [1m\nc\nd\ufffde"


def test_halves_of_a_character_that_follow_each_other_are_joined() -> None:
    assert clean("\ud83e\udd85", Limits()).text == "🦅"


def test_bidi_controls_stay_in_the_text() -> None:
    assert clean("a\u202eb\u202c", Limits()).text == "a\u202eb\u202c"


def test_a_word_without_end_is_cut_and_said_so_when_it_matters() -> None:
    cleaned = clean("before " + "x" * 200_000 + " after", Limits())
    assert cleaned.text == "before " + "x" * 64 + " after"
    assert cleaned.reason == LONG_WORD
    assert clean("key " + "A" * 400 + " end", Limits()).reason == ""


def test_a_sentence_without_spaces_is_not_a_word() -> None:
    text = "これは日本語の文章です" * 30
    assert clean(text, Limits()).text == text


def test_a_text_over_the_limit_is_partial(read: Read) -> None:
    document = read("long.txt", b"word " * 500_000)
    assert document.state is State.PARTIAL
    assert len(document.text) == 2_000_000


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.md", "intro first\n\n# The *real* title #\n", "The *real* title"),
        ("a.md", "---\ntitle: From the front\nauthor: Me\n---\n# Other\n", "From the front"),
        ("a.md", "no heading, first line\nmore", "no heading, first line"),
        ("a.rst", "======\nManual\n======\n\ntext", "Manual"),
        ("a.rst", "Manual\n------\n", "Manual"),
        ("a.org", "#+TITLE: Week plan\n* Monday\n", "Week plan"),
        ("a.txt", "\n\n   Minutes of the meeting  \n\ntext", "Minutes of the meeting"),
        ("a.txt", "x" * 400, ""),
        ("a.py", "import os\n", ""),
        ("a.csv", "a,b\n", ""),
    ],
)
def test_a_text_says_its_title(read: Read, name: str, text: str, title: str) -> None:
    assert read(name, text.encode()).title == title


def test_front_matter_gives_facts(read: Read) -> None:
    facts = read("a.md", b"---\ntitle: T\nauthor: Jo Doe\ndate: 2023-04-05\n---\ntext").facts
    assert facts == {"author": "Jo Doe", "created": "2023-04-05"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [("readme", Kind.TEXT), ("a.log", Kind.TEXT), ("a.rs", Kind.CODE), ("a.pdf", Kind.TEXT), ("x.unknown", Kind.TEXT)],
)
def test_text_under_any_name_is_read(read: Read, name: str, kind: Kind) -> None:
    document = read(name, b"plain words, aardvark\n" * 3)
    assert (document.kind, document.state) == (kind, State.INDEXED)
    assert "aardvark" in document.text


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.docx", "a.jpg", "a.json", "noname"])
def test_an_empty_file_is_found_by_name(read: Read, name: str) -> None:
    document = read(name, b"")
    assert (document.state, document.reason, document.text) == (State.INDEXED, "by name only", "")


def test_a_title_is_one_short_line_without_controls() -> None:
    assert short(" a\tb\n\0c ") == "a b c"
    assert len(short("word " * 100)) <= 160
