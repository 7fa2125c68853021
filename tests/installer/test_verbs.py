"""The source of all menus: its words, and the pictures that it names."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from desktop.handoff import VERBS as REQUESTS
from desktop.handoff import WITH_PATHS
from desktop.jobs.walk import SUFFIXES as IN_FOLDERS
from desktop.window.icons import FOLDER
from engines.pictures import Picture
from engines.pictures.files import SUFFIXES
from installer.verbs import LANGUAGES, PICTURE_TYPES, VERBS, On, spoken, verb, verbs_on

WITH_A_PART_OF_ITS_OWN = {".heic", ".heif"}
"""What pillow-heif reads, which is not always there."""


def test_every_word_is_there_in_every_language() -> None:
    for one in VERBS:
        for words in (one.words, one.about):
            assert set(words) == set(LANGUAGES)
            assert all(text.strip() == text and text for text in words.values())
        assert len(set(one.words.values())) == len(LANGUAGES)


def test_every_verb_asks_what_the_app_understands() -> None:
    for one in VERBS:
        assert one.request in REQUESTS
        assert one.request in WITH_PATHS
        assert (FOLDER / f"{one.icon}.svg").is_file()
    assert verbs_on(On.PICTURES) + verbs_on(On.FOLDERS) == VERBS
    assert verb("search").several is False


def test_a_language_is_spoken_in_its_dialects() -> None:
    assert [spoken(one) for one in ("de", "de_AT", "de-CH", "DE", "en_GB", "fr", "")] == ["de"] * 4 + ["en"] * 3


def test_the_pictures_of_the_menus_are_those_that_are_read() -> None:
    assert set(PICTURE_TYPES) <= set(SUFFIXES)
    assert set(PICTURE_TYPES) == set(IN_FOLDERS)
    assert {SUFFIXES[ending] for ending in PICTURE_TYPES} == set(SUFFIXES.values())


@pytest.mark.parametrize("ending", sorted(set(PICTURE_TYPES) - WITH_A_PART_OF_ITS_OWN))
def test_a_picture_of_each_kind_is_opened(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    Image.new("RGB", (20, 10), (200, 30, 30)).save(path, format=Image.registered_extensions().get(ending))

    opened = Picture.open(path)

    assert (opened.width, opened.height) == (20, 10)
