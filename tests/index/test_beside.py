"""Beside an answer: newest files, files like one, passages in place, sentences that are still being typed."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path

import pytest

from homespun.errors import Damaged
from homespun.folders import folders
from homespun.progress import Cancelled
from homespun.settings import load
from indexer.anew import make_anew
from indexer.answer import Hit
from indexer.beside import excerpts, facts, recent, similar
from indexer.index import Index
from indexer.report import Reach
from tests.index.corpus import HashEncoder, mixed_folder, name, names, open_index, run, write

TODAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own."""
    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def indexed(folder: Path) -> Index:
    """The person's own index over one folder."""
    index = open_index()
    index.add(folder)
    run(index)
    return index


def told(hits: list[Hit]) -> list[str]:
    """The names of hits."""
    return [name(hit) for hit in hits]


def test_the_newest_files_come_first_and_none_from_the_future(documents: Path) -> None:
    write(documents, {"old.txt": "one", "middle.txt": "two", "new.txt": "three", "future.txt": "four"})
    later = time.time() + 10 * 86_400
    os.utime(documents / "future.txt", (later, later))
    with indexed(documents) as index:
        assert told(recent(index.store, 2)) == ["new.txt", "middle.txt"]
        assert recent(index.store, 2)[0].size == 5


def test_similar_files_are_those_that_say_the_same_and_never_the_file_itself(documents: Path) -> None:
    write(
        documents,
        {
            "soup.txt": "red lentil soup with ginger and cumin",
            "stew.txt": "red lentil stew with ginger and cumin",
            "copy of soup.txt": "red lentil soup with ginger and cumin",
            "engine.txt": "the tunnel bridge engine needs a copper valley",
        },
    )
    with indexed(documents) as index:
        found = told(similar(index.searcher(), documents / "soup.txt", 3))
        assert sorted(found[:2]) == ["copy of soup.txt", "stew.txt"]
        assert "soup.txt" not in found
        assert similar(index.searcher(), documents / "no such file.txt", 3) == []


def test_the_passages_of_a_file_are_those_that_answer_with_the_words_marked(documents: Path) -> None:
    filler = "\n\n".join(f"Paragraph {number} speaks of ladders and of nothing else at all." for number in range(150))
    write(documents, {"long.txt": f"{filler}\n\nThe walrus sleeps on the harbour stones.\n\n{filler}"})
    with indexed(documents) as index:
        parts = excerpts(index.searcher(), documents / "long.txt", "walrus harbour", today=TODAY)
        best = next(part for part in parts if "walrus" in part.text)
        assert best.start > 3_000
        assert {best.text[start:stop] for start, stop in best.marks} == {"walrus", "harbour"}
        assert max(len(part.text) for part in parts) <= 720


def test_without_a_sentence_a_file_shows_its_beginning(documents: Path) -> None:
    write(documents, {"a.txt": "First line.\nSecond line.\x1b[2J"})
    with indexed(documents) as index:
        [part] = excerpts(index.searcher(), documents / "a.txt", "")
        assert part.text == "First line.\nSecond line. [2J"
        assert part.marks == ()


def test_the_facts_of_a_file_are_those_that_its_reader_found(documents: Path) -> None:
    mixed_folder(documents)
    with indexed(documents) as index:
        assert facts(index.store, documents / "Home/Insurance.pdf")["author"] == "Nordlys Mutual"
        assert facts(index.store, documents / "nowhere.txt") == {}


def test_a_chip_that_was_taken_back_does_not_filter(documents: Path) -> None:
    mixed_folder(documents)
    sentence = "lentil soup pdfs"
    with indexed(documents) as index:
        searcher = index.searcher()
        *_, filtered = searcher.stages(sentence, today=TODAY)
        *_, free = searcher.stages(sentence, today=TODAY, plain=[(12, 16)])
        assert filtered.understood["kinds"] == ["pdf"]
        assert "kinds" not in free.understood
        assert names(free)[0] == "soup.html"
        assert not free.hits[0].outside


def test_a_word_that_is_still_being_typed_finds_what_begins_with_it(documents: Path) -> None:
    write(documents, {"one.txt": "the harbour at night", "Harvest.txt": "nothing here"})
    with indexed(documents) as index:
        searcher = index.searcher()
        assert "one.txt" in names(next(searcher.stages("harb", typing=True)))
        assert "Harvest.txt" in names(next(searcher.stages("ha", typing=True)))
        assert names(next(searcher.stages("harb ", typing=True))) == []
        assert names(next(searcher.stages("harb"))) == []


def test_the_answer_by_keywords_does_not_wait_for_the_model(documents: Path) -> None:
    mixed_folder(documents)
    indexed(documents).close()
    loaded: list[bool] = []

    def load_encoder() -> HashEncoder:
        loaded.append(True)
        return HashEncoder()

    with open_index() as index:
        searcher = index.searcher()
        searcher._load_encoder = load_encoder  # type: ignore[assignment]
        stages = searcher.stages("lentil soup")
        assert "soup.html" in names(next(stages))
        assert not loaded
        next(stages)
        assert loaded


def test_the_first_answer_may_be_shorter_than_the_complete_one(documents: Path) -> None:
    write(documents, {f"{number}.txt": f"walrus number {number}" for number in range(9)})
    with indexed(documents) as index:
        first, complete = index.searcher().stages("walrus", limit=9, first=3)
        assert (len(first.hits), len(complete.hits)) == (3, 9)
        assert index.store.ask.how_many_hold(["walrus"]) == 9


@pytest.mark.parametrize("odd", ["plain", "with [one] star* and ?", "#hash !bang"])
def test_a_folder_that_is_left_out_goes_and_comes_back_and_no_other_does(documents: Path, odd: str) -> None:
    write(documents, {f"{odd}/a.txt": "walrus", "other/b.txt": "walrus", "other/plain/c.txt": "walrus"})
    with indexed(documents) as index:
        assert index.leave_out(documents / odd) == 1
        run(index)
        assert sorted(names(index.searcher().search("walrus"))) == ["b.txt", "c.txt"]
    with open_index() as index:
        index.take_back(documents / odd)
        run(index)
        assert sorted(names(index.searcher().search("walrus"))) == ["a.txt", "b.txt", "c.txt"]
        assert load(folders().settings).index.exclude == ()


def test_a_root_that_is_left_out_is_removed_and_comes_back(documents: Path) -> None:
    write(documents, {"a.txt": "walrus"})
    with indexed(documents) as index:
        assert index.leave_out(documents) == 1
        assert index.roots() == ()
        index.take_back(documents)
        run(index)
        assert names(index.searcher().search("walrus")) == ["a.txt"]


def test_a_damaged_index_is_kept_aside_and_made_anew_with_its_folders(documents: Path) -> None:
    write(documents, {f"{number}.txt": f"walrus {number}" for number in range(60)})
    with indexed(documents) as index:
        rows = index.store._sql.execute(
            "SELECT rootpage FROM sqlite_master WHERE name IN ('passage', 'vec')"
        ).fetchall()
    path = folders().index
    data = bytearray(path.read_bytes())
    for (page,) in rows:
        data[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(data)
    with open_index(create=False) as index, pytest.raises(Damaged):
        index.store.check()
    anew = make_anew()
    assert anew.aside.read_bytes() == bytes(data)
    assert anew.roots == (str(documents),)
    with open_index() as index:
        run(index)
        assert len(index.searcher().search("walrus", limit=100).hits) == 60


def test_a_file_that_is_no_index_at_all_is_kept_aside_too(home: Path) -> None:
    path = folders().index
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a database" * 1000)
    anew = make_anew()
    assert anew.roots == ()
    assert anew.aside.read_bytes() == b"not a database" * 1000
    with open_index(create=False) as index:
        assert index.roots() == ()
    assert home.is_dir()


def test_only_the_hits_that_are_seen_are_quoted_and_a_check_stops_the_answer(documents: Path) -> None:
    write(documents, {f"soup {number}.txt": f"red lentil soup, try number {number}" for number in range(12)})
    with indexed(documents) as index:
        searcher = index.searcher()
        *_, whole = searcher.stages("lentil soup", limit=12)
        *_, some = searcher.stages("lentil soup", limit=12, quoted=5)
        assert names(some) == names(whole)
        assert [bool(hit.snippet.text) for hit in whole.hits] == [True] * 12
        assert [bool(hit.snippet.text) for hit in some.hits] == [True] * 5 + [False] * 7

        looked = 0

        def stop_soon() -> None:
            nonlocal looked
            looked += 1
            if looked == 3:
                raise Cancelled

        with pytest.raises(Cancelled):
            list(searcher.stages("lentil soup", limit=12, check=stop_soon))
        *_, again = searcher.stages("lentil soup", limit=12)
        assert names(again) == names(whole)


def test_a_sentence_with_what_is_no_text_is_understood_everywhere_alike(documents: Path) -> None:
    write(documents, {"a.txt": "the walrus sleeps"})
    with indexed(documents) as index:
        searcher = index.searcher()
        sentence = "walrus in folder \udc80x"
        *_, answer = searcher.stages(sentence)
        assert answer.sentence == searcher.understood(sentence).sentence == "walrus in folder ?x"
        [part] = excerpts(searcher, documents / "a.txt", sentence)
        assert part.text == "the walrus sleeps"


# in one folder


def in_folder(index: Index, sentence: str, folder: Path) -> list[str]:
    """The names of what the complete answer finds in a folder."""
    *_, answer = index.searcher().stages(sentence, below=os.fsencode(folder))
    return [name(hit) for hit in answer.hits]


def test_a_search_in_one_folder_finds_what_lies_in_it_at_any_depth_and_nothing_beside_it(documents: Path) -> None:
    texts = {
        "trip/a.txt": "a walrus",
        "trip/deep/er/b.txt": "a walrus",
        "trip 2/c.txt": "a walrus",
        "trip.txt": "a walrus",
        "trip0/d.txt": "a walrus",
        "other/trip/e.txt": "a walrus",
    }
    write(documents, texts)
    with indexed(documents) as index:
        assert sorted(in_folder(index, "walrus", documents / "trip")) == ["a.txt", "b.txt"]
        assert len(in_folder(index, "walrus", documents)) == 6
        assert in_folder(index, "walrus", documents / "nowhere") == []
        assert sorted(told(recent(index.store, 9, below=os.fsencode(documents / "trip")))) == ["a.txt", "b.txt"]


def test_filters_are_loosened_within_the_folder_and_never_beyond_it(documents: Path) -> None:
    write(documents, {"in/a.txt": "a walrus", "in/b.md": "a walrus", "out/c.txt": "a walrus"})
    with indexed(documents) as index:
        *_, answer = index.searcher().stages("walrus *.md", below=os.fsencode(documents / "in"))
    assert [(name(hit), hit.outside) for hit in answer.hits] == [("b.md", False), ("a.txt", True)]


@pytest.mark.parametrize(
    "odd", ["%", "_", "50% off_*?[a]", 'it\'s "quoted"', "new\nline", "$(id)", "ünï", "\u202eevil", "caf\udce9"]
)
def test_a_folder_of_any_name_can_be_searched_in(documents: Path, odd: str) -> None:
    try:
        write(documents, {f"{odd}/a.txt": "a walrus", "b.txt": "a walrus", "50 off_x/c.txt": "a walrus"})
    except OSError:
        pytest.skip("this system has no such names")
    with indexed(documents) as index:
        assert in_folder(index, "walrus", documents / odd) == ["a.txt"]


def test_how_much_of_a_folder_is_read_is_known(documents: Path) -> None:
    write(documents, {"a/b/c.txt": "walrus", "a/.git/d.txt": "walrus", "e/f.txt": "walrus"})
    with indexed(documents / "a") as index:
        reach = {name: index.reach(os.fsencode(documents / name)) for name in ("a", "a/b", "a/.git", "e", ".")}
        above = index.reach(os.fsencode(documents))
        index.add(documents / "e")
        assert index.reach(os.fsencode(documents / "e")) == (Reach.COMING, "")
    assert [reach[name][0] for name in ("a", "a/b", "e")] == [Reach.WHOLE, Reach.WHOLE, Reach.NONE]
    assert reach["a/.git"][0] is Reach.LEFT_OUT
    assert reach["a/.git"][1]
    assert above == (Reach.PART, "")
