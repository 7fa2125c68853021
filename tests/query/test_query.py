"""What a query hands on: kinds that pass, folders, chips, words, and the way back."""

from __future__ import annotations

import time
from collections.abc import Collection
from datetime import date

import pytest

from indexer.kinds import Kind
from indexer.query import Part, Query, is_known_folder, parse

TODAY = date(2026, 11, 24)


def read(sentence: str, folders: Collection[str] = (), plain: Collection[tuple[int, int]] = ()) -> Query:
    known = {folder.lower() for folder in folders}
    return parse(sentence, today=TODAY, is_folder=lambda name: name.lower() in known, plain=plain)


@pytest.mark.parametrize(
    ("sentence", "passes"),
    [
        ("photos about rome", {Kind.PICTURE, Kind.SCREENSHOT}),
        ("screenshots about rome", {Kind.SCREENSHOT}),
        ("spreadsheets about rome", {Kind.SPREADSHEET, Kind.CSV}),
        ("csv files about rome", {Kind.CSV}),
        ("word documents about rome", {Kind.DOCUMENT}),
        ("documents about rome", {Kind.DOCUMENT, Kind.PDF, Kind.TEXT, Kind.NOTE, Kind.EBOOK}),
        ("notes about rome", {Kind.NOTE, Kind.TEXT}),
        ("markdown files about rome", {Kind.NOTE}),
        ("emails about rome", {Kind.MAIL}),
        ("recordings about rome", {Kind.AUDIO, Kind.VIDEO}),
        ("photos and videos from rome", {Kind.PICTURE, Kind.SCREENSHOT, Kind.VIDEO}),
        ("jupyter notebooks about rome", {Kind.NOTEBOOK}),
    ],
)
def test_each_noun_lets_the_right_kinds_pass(sentence: str, passes: set[Kind]) -> None:
    assert read(sentence).kind_filter == frozenset(passes)


def test_photos_not_screenshots_leaves_the_screenshots_out() -> None:
    assert read("photos not screenshots").kind_filter == frozenset({Kind.PICTURE})


def test_an_extension_filters_by_extension_and_shows_its_kind() -> None:
    query = read("ext:docx lease")
    assert (query.extension, query.kinds, query.kind_filter) == ("docx", ("document",), None)
    assert read("docx files about leases").extension == "docx"


def test_an_extension_of_no_kind_is_a_name() -> None:
    query = read("ext:foo lease")
    assert (query.name, query.extension, query.kinds) == ("*.foo", None, ())


@pytest.mark.parametrize(
    ("sentence", "folder"),
    [
        ("lease in Tax 2024", "Tax 2024"),
        ("lease in the Tax 2024 folder", "Tax 2024"),
        ("lease in contracts", "contracts"),
        ("photos in Work from 2019", "Work"),
        ("lease in the work folder", "work"),
        ("photos in work", "work"),
        ("pdfs in ~/Contracts", "~/Contracts"),
    ],
)
def test_a_folder_is_taken_if_the_index_has_it(sentence: str, folder: str) -> None:
    folders = ("Tax 2024", "contracts", "Work", "~/contracts")
    assert read(sentence, folders).folder == folder
    assert read(sentence).folder is None


@pytest.mark.parametrize("sentence", ["careers in work", "lost in translation", "Lost In Translation", "in Work"])
def test_a_folder_named_like_a_common_word_is_taken_only_when_written_as_a_place(sentence: str) -> None:
    assert read(sentence, ("Work", "translation")).folder is None


def test_only_the_folders_that_every_system_makes_are_known_without_an_index() -> None:
    assert is_known_folder("Downloads")
    assert is_known_folder("downloads")
    assert not is_known_folder("Tax 2024")


def test_chips_point_at_the_words_that_said_them() -> None:
    sentence = 'slides from last week in Downloads over 5 MB without charts "heat pump" -draft'
    query = read(sentence, ("Downloads",))
    said = {chip.part: sentence[chip.start : chip.end] for chip in query.chips() if chip.part is not Part.EXCLUSION}
    assert said == {
        Part.KIND: "slides",
        Part.DATE: "from last week",
        Part.FOLDER: "in Downloads",
        Part.PHRASE: '"heat pump"',
    }
    left_out = [sentence[chip.start : chip.end] for chip in query.chips() if chip.part is Part.EXCLUSION]
    assert left_out == ["without charts", "-draft"]


def test_chips_have_labels_for_people() -> None:
    labels = [chip.label for chip in read("photos from summer 2019 larger than 1.5 MB").chips()]
    assert labels == ["picture", "1 June 2019 to 31 August 2019", "at least 1.5 MB"]
    assert [chip.label for chip in read("files since yesterday").chips()] == ["since 23 November 2026"]
    assert [chip.label for chip in read("reports from 12.05.2024").chips()] == ["12 May 2024"]


def test_an_ambiguous_date_is_offered_and_stays_in_the_text() -> None:
    query = read("tax 04/05/06")
    assert query.text == "tax 04/05/06"
    assert [(chip.part, chip.start, chip.end) for chip in query.chips()] == [(Part.OFFER, 4, 12)]


def test_a_chip_taken_back_is_words_again_and_the_others_stay() -> None:
    sentence = "pdf about heat pumps from 2022"
    date_chip = next(chip for chip in read(sentence).chips() if chip.part is Part.DATE)
    again = read(sentence, plain=[(date_chip.start, date_chip.end)])
    assert again.kinds == ("pdf",)
    assert again.after is None
    assert again.text == "heat pumps from 2022"


def test_a_year_alone_is_a_boost_and_no_filter() -> None:
    query = read("tax return 2023")
    assert (query.year, query.after, query.text) == (2023, None, "tax return 2023")
    assert read("from 2019 to paris 2023").year is None
    assert read("tax return from 2023").year is None
    assert read("blade runner 2049").year is None


def test_words_are_folded_without_stop_words_and_each_once() -> None:
    assert read("The Café in the café of Zürich").words == ("cafe", "zurich")


def test_a_sentence_of_stop_words_keeps_them() -> None:
    assert read("to be or not to be").words == ("to", "be", "or", "not")
    assert read("what is this").words == ("what", "is", "this")


def test_without_filters_every_word_counts_again() -> None:
    free = read('pdf about heat pumps from 2022 without noise -draft "air source" ext:pdf').without_filters()
    assert free.text == "pdf about heat pumps from 2022 without noise"
    assert free.words == ("pdf", "heat", "pumps", "2022", "noise")
    assert free.phrases == ("air source",)
    assert free.excluded == ("draft",)
    assert free.kind_filter is None
    assert [chip.part for chip in free.chips()] == [Part.EXCLUSION, Part.PHRASE]


def test_repaired_words_replace_those_in_the_text_too() -> None:
    query = read("pdfs about Haet pumps").with_words({"haet": "heat"})
    assert query.words == ("heat", "pumps")
    assert query.text == "heat pumps"
    assert query.kinds == ("pdf",)


def test_a_long_text_is_read_for_its_signs_alone() -> None:
    text = "photos from last summer " * 10
    assert read(text).chips() == ()
    assert read(text + "-draft").excluded == ("draft",)


def test_as_dict_holds_text_always_and_else_only_what_was_said() -> None:
    assert read("Heat Pumps").as_dict() == {"text": "heat pumps"}
    assert read("videos over 1 GB in:Films").as_dict() == {
        "text": "",
        "kinds": ["video"],
        "folder": "Films",
        "size_min": 1_000_000_000,
    }


def test_the_index_is_asked_for_folders_only_after_a_preposition() -> None:
    asked: list[str] = []

    def is_folder(name: str) -> bool:
        asked.append(name)
        return False

    parse("heat pump manual from 2019", today=TODAY, is_folder=is_folder)
    assert asked == []
    parse("manual in Contracts", today=TODAY, is_folder=is_folder)
    assert asked == ["Contracts"]


@pytest.mark.parametrize("piece", ['"x ', '-"x ', "in:", "photos from ", "the ", "(", "“a ", "early ", "x:y "])
def test_a_page_of_signs_is_read_in_no_time(piece: str) -> None:
    started = time.process_time()
    read(piece * 20_000)
    assert time.process_time() - started < 5.0
