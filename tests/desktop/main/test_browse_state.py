from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from desktop.state.browse import TABLE, BrowseState
from desktop.state.observed import Observed
from desktop.state.palette_words import Palette
from desktop.state.previews import Preview
from desktop.state.rows import Row
from desktop.state.understood import Chip
from indexer.query import parse

TODAY = date(2026, 11, 30)
NOTHING = Palette(
    text="",
    chips=(),
    everything=False,
    heading="",
    rows=(),
    selected=-1,
    dimmed=False,
    nothing=("", ""),
    footer="",
    notice=None,
    preview=Preview(),
    actions=(),
    acting=-1,
    large=False,
    left=0,
)


@dataclass
class Searching(Observed):
    """A palette that shows what a test says."""

    shown: Palette = NOTHING
    taken: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def snapshot(self) -> Palette:
        return self.shown

    def type(self, text: str) -> None:
        self.shown = replace(self.shown, text=text)
        self.changed()

    def remove_chip(self, place: int) -> None:
        self.taken.append(place)


@pytest.fixture
def palette() -> Searching:
    return Searching()


@pytest.fixture
def browse(palette: Searching) -> BrowseState:
    return BrowseState(palette, folders=lambda: ["Tax 2024", "Photos"], today=lambda: TODAY)


def words(browse: BrowseState) -> list[str]:
    return [one.words for one in browse.snapshot().filters]


def test_a_filter_writes_the_query_language_into_the_sentence(browse: BrowseState, palette: Searching) -> None:
    palette.type("invoice heat pump")
    assert words(browse) == ["Any kind", "Any time", "Any folder"]
    browse.choose("kind", "kind:pdf")
    browse.choose("folder", 'in:"Tax 2024"')
    assert palette.shown.text == 'invoice heat pump kind:pdf in:"Tax 2024"'
    assert words(browse) == ["PDFs", "Any time", "Tax 2024"]
    browse.choose("kind", "kind:picture")
    assert palette.shown.text == 'invoice heat pump in:"Tax 2024" kind:picture'
    browse.choose("kind", "")
    browse.choose("folder", "")
    assert palette.shown.text == "invoice heat pump"


def test_what_a_person_wrote_is_shown_in_the_filter(browse: BrowseState, palette: Searching) -> None:
    palette.type("before:2020-05-01 type:epub folder:Books")
    assert words(browse) == ["epub", "2020-05-01", "Books"]
    browse.choose("when", f"since:{TODAY}")
    assert palette.shown.text == f"type:epub folder:Books since:{TODAY}"


def test_every_choice_is_understood_by_the_query_language(browse: BrowseState) -> None:
    for filter_ in browse.snapshot().filters:
        for choice in filter_.choices[1:]:
            understood = parse(f"cat {choice.sign}", today=TODAY, is_folder=lambda _name: True).as_dict()
            assert understood.pop("text") == "cat", choice
            assert understood, choice


def test_a_chip_that_a_filter_shows_already_is_not_shown_twice(browse: BrowseState, palette: Searching) -> None:
    text = "photos from summer kind:pdf"
    chips = (Chip("Summer", "date", 7, 18), Chip("PDFs", "kind", 19, 27))
    palette.shown = replace(palette.shown, text=text, chips=chips)
    assert [chip.words for chip in browse.snapshot().chips] == ["Summer"]
    palette.shown = replace(palette.shown, chips=chips[::-1])
    browse.remove_chip(0)
    assert palette.taken == [1]  # its place among all chips


def test_a_table_sorts_by_each_column_and_returns_to_the_answers_order(browse: BrowseState, palette: Searching) -> None:
    rows = (
        Row("b.txt", Path("/b.txt"), place="Z", moment="2026-01-02", size=3),
        Row("Erase something", do="erase"),
        Row("A.txt", Path("/A.txt"), place="Y", moment="2026-01-03", size=1),
        Row("c.txt", Path("/c.txt"), place="X", moment="2026-01-01", size=2),
    )
    palette.shown = replace(palette.shown, rows=rows)
    assert browse.snapshot().lines == ()  # a list needs none
    browse.show_as(TABLE)

    def places() -> list[int]:
        return [line.place for line in browse.snapshot().lines]

    assert places() == [0, 2, 3]  # what is to be done is no file
    browse.sort("name")
    assert places() == [2, 0, 3]
    browse.sort("name")
    assert places() == [3, 0, 2]
    browse.sort("name")
    assert places() == [0, 2, 3]
    browse.sort("date")
    assert places() == [2, 0, 3]  # the newest first
    browse.sort("size")
    assert places() == [0, 3, 2]  # the largest first
    browse.sort("folder")
    assert places() == [3, 2, 0]
