"""The real search process over a real index: what it tells, and what becomes of it when it dies."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import indexer
import models
from desktop import demo_formats as make
from desktop.workers import Ended, Event, open_sheet
from desktop.workers.hits import _name_marks
from homespun.folders import folders
from homespun.progress import Progress
from indexer.snippets import words_to_find
from tests.desktop.turns import Turns
from tests.engines.diffusion.installed import install
from tests.index.corpus import mixed_folder, write

PATIENCE = 60.0


class Search:
    """A search process and the events that came."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.worker = turns.worker("search")

    def events(self, do: str, **told: Any) -> list[Event]:
        """Ask, and wait for the end."""
        events: list[Event] = []
        self.worker.ask(do, told, events.append)
        self.wait(lambda: bool(events) and events[-1].last)
        return events

    def done(self, do: str, **told: Any) -> dict[str, Any]:
        """Ask, and give the answer; it must be one."""
        last = self.events(do, **told)[-1]
        assert last.how is Ended.DONE, last
        return dict(last.told)

    def wait(self, until: Callable[[], bool]) -> None:
        self._turns.until(until, PATIENCE)


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A dozen indexed files of a person, one of whose names is no text."""
    base = tmp_path_factory.mktemp("palette")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOMESPUN_HOME", str(base / "home"))
        documents = mixed_folder(base / "Documents")
        pages = [["A page about ferries."], ["A page about walruses."], ["A page about ferries again."]]
        write(documents, {"Home/three pages.pdf": make.pdf("Three pages", "Clara", "2024-01-08", pages)})
        if sys.platform == "linux":
            (Path(os.fsdecode(os.fsencode(documents) + b"/caf\xe9 walrus.txt"))).write_text("a walrus in a café")
        with indexer.open_index(create=True) as index:
            index.add(documents)
            indexer.run(index, progress=Progress())
        yield documents


@pytest.fixture(scope="module")
def search(household: Path) -> Iterator[Search]:
    """The process, warm."""
    assert household.is_dir()
    with closing(Turns()) as turns:
        made = Search(turns)
        assert made.done("warm") == {"index": "ready"}
        yield made


@pytest.fixture(autouse=True)
def at_home(household: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is started in a test finds the household's index."""
    monkeypatch.setenv("HOMESPUN_HOME", str(household.parent / "home"))


def _names(told: dict[str, Any]) -> list[str]:
    return [hit["name"] for hit in told["hits"]]


def test_words_answer_first_and_the_complete_answer_follows(search: Search) -> None:
    events = search.events("ask", sentence="lentil soup with ginger")
    parts = [event.told for event in events if event.how is Ended.PART and "hits" in event.told]
    assert len(parts) == 1
    assert parts[0]["complete"] is False
    assert _names(dict(parts[0]))[0] == "soup.html"
    last = events[-1].told
    assert last["complete"] is True
    assert _names(dict(last))[0] == "soup.html"
    hit = last["hits"][0]
    assert hit["folder"] == ["Documents", "Recipes"]
    assert hit["snippet"][slice(*hit["snippet_marks"][0])].startswith("lentil")
    assert ["words", "lentil, ginger"] in hit["why"] or ["name", "soup"] in hit["why"]


def test_meaning_finds_what_no_word_does(search: Search) -> None:
    assert "volcano.txt" in _names(search.done("ask", sentence="how do eruptions of molten rock begin"))[:3]


def test_chips_have_the_characters_that_say_them_and_can_be_taken_back(search: Search) -> None:
    told = search.done("ask", sentence="lentil soup pdfs", today="2026-11-30")
    [chip] = told["chips"]
    assert (chip["part"], chip["kinds"], chip["start"], chip["end"]) == ("kind", ["pdf"], 12, 16)
    assert all(hit["kind"] == "pdf" or hit["outside"] for hit in told["hits"])
    free = search.done("ask", sentence="lentil soup pdfs", today="2026-11-30", plain=[[12, 16]])
    assert free["chips"] == []
    assert not any(hit["outside"] for hit in free["hits"])


def test_near_misses_count_what_each_filter_hides(search: Search) -> None:
    told = search.done("nearly", sentence="lentil soup pdfs", today="2026-11-30", plain=[])
    assert told["nearly"][0][:3] == ["kind", 12, 16]
    assert told["nearly"][0][3] >= 1


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_a_name_that_is_no_text_comes_through_the_pipe_whole(search: Search, household: Path) -> None:
    told = search.done("ask", sentence="walrus café")
    path = next(hit["path"] for hit in told["hits"] if "walrus" in hit["name"])
    assert os.fsencode(path) == os.fsencode(household) + b"/caf\xe9 walrus.txt"
    assert Path(path).exists()
    json.dumps(told).encode("ascii")
    assert "walrus" in search.done("text", path=path, sentence="walrus")["excerpts"][0]["text"]


def test_newest_and_similar_files_are_told(search: Search, household: Path) -> None:
    assert len(search.done("recent", limit=3)["hits"]) == 3
    told = search.done("similar", path=str(household / "Home/Tenancy agreement.docx"))
    assert "Tenancy agreement.docx" not in _names(told)
    assert "deposit.eml" in _names(told)[:3]


def test_a_preview_has_passages_and_facts_and_says_when_the_file_is_gone(search: Search, household: Path) -> None:
    path = household / "School/penguins.md"
    told = search.done("text", path=str(path), sentence="penguins")
    assert told["there"]
    [part] = told["excerpts"]
    assert {part["text"][start:stop].lower() for start, stop in part["marks"]} == {"penguins"}
    assert search.done("text", path=str(household / "no.txt"), sentence="x")["there"] is False


def test_the_page_with_the_words_is_drawn(search: Search, household: Path) -> None:
    told = search.done("page", path=str(household / "Home/three pages.pdf"), width=300, height=300, words=["walruses"])
    assert (told["page"], told["pages"]) == (1, 3)
    sheet = open_sheet(told["sheet"])
    assert max(told["width"], told["height"]) == 300
    assert len(set(sheet.memory[: told["stride"] * told["height"]])) > 2  # paper and ink


@pytest.mark.parametrize("bytes_of_it", [b"", b"%PDF-1.7\nnothing more", b"no pdf at all"])
def test_what_is_no_pdf_has_no_page_and_ends_nothing(search: Search, tmp_path: Path, bytes_of_it: bytes) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(bytes_of_it)
    before = search.worker.pid
    assert search.done("page", path=str(path), width=300, height=300) == {}
    assert search.worker.pid == before


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_page_is_cancelled_at_once_and_leaves_no_process_behind(search: Search, household: Path) -> None:
    events: list[Event] = []
    path = str(household / "Home/three pages.pdf")
    ticket = search.worker.ask("page", {"path": path, "width": 300, "height": 300}, events.append)
    ticket.cancel()
    search.wait(lambda: bool(events) and events[-1].last)
    assert events[-1].how in (Ended.CANCELLED, Ended.DONE)
    children = Path(f"/proc/{search.worker.pid}/task/{search.worker.pid}/children").read_text()
    assert children.strip() == ""


def test_after_a_kill_the_next_question_is_answered_by_a_new_process(search: Search) -> None:
    events: list[Event] = []
    search.done("ask", sentence="volcano")
    search.worker.ask("ask", {"sentence": "penguins"}, events.append)
    search.worker.kill()
    search.wait(lambda: bool(events) and events[-1].last)
    assert events[-1].how in (Ended.DIED, Ended.DONE)
    assert "penguins.md" in _names(search.done("ask", sentence="penguins"))


def test_a_folder_is_left_out_and_taken_back(search: Search, household: Path) -> None:
    assert search.done("leave_out", path=str(household / "Travel"))["files"] == 1
    assert "night train.txt" not in _names(search.done("ask", sentence="night train"))
    search.done("take_back", path=str(household / "Travel"))
    with indexer.open_index() as index:
        assert index.settings.index.exclude == ()
        indexer.run(index, progress=Progress())
    assert _names(search.done("ask", sentence="night train"))[0] == "night train.txt"


def test_without_an_index_the_answer_says_so_and_one_made_later_is_found(
    turns: Turns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path / "home"))
    alone = Search(turns)
    assert alone.done("ask", sentence="walrus")["index"] == "none"
    assert alone.done("recent")["index"] == "none"
    write(tmp_path / "docs", {"walrus.txt": "a walrus"})
    with indexer.open_index(create=True) as index:
        assert alone.done("recent")["index"] == "none"  # no folder in it yet
        index.add(tmp_path / "docs")
        indexer.run(index, progress=Progress())
    assert _names(alone.done("ask", sentence="walrus")) == ["walrus.txt"]


def test_whether_something_fills_by_words_is_told_with_the_recent_files(
    turns: Turns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path / "home"))
    alone = Search(turns)
    assert alone.done("recent")["fills"] is False
    install()
    assert alone.done("recent")["fills"] is True
    models.remove("erase-best")
    assert alone.done("recent")["fills"] is False


def test_a_damaged_index_is_named_and_repaired_only_when_asked(
    turns: Turns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path / "home"))
    path = folders().index
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a database" * 1000)
    alone = Search(turns)
    assert alone.done("ask", sentence="walrus")["index"] == "damaged"
    assert path.read_bytes() == b"not a database" * 1000
    told = alone.done("repair")
    assert Path(told["aside"]).read_bytes() == b"not a database" * 1000
    assert alone.done("ask", sentence="walrus")["index"] == "none"


def test_small_words_of_a_sentence_are_not_marked_inside_of_names() -> None:
    assert _name_marks(words_to_find(("fotos", "im", "sommer"), ()), ("fotos", "im", "sommer"), "IMG_2044.jpg") == []
    assert _name_marks(words_to_find(("im",), ()), ("im",), "IMG_2044.jpg") == [(0, 2)]
