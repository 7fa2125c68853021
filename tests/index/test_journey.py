"""From a folder of real files to answers, the whole way."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import indexer
from engines.text import Encoder
from homespun.errors import NotFound
from homespun.progress import Progress
from indexer import walk
from indexer.answer import Answer
from indexer.find import Searcher
from indexer.index import Index
from indexer.report import Stage
from tests.index.corpus import assert_sound, mixed_folder, name, names, open_index, run, write

TODAY = date(2026, 11, 24)


class Borrowed:
    """The shared encoder as an index may close it."""

    def __init__(self, encoder: Encoder) -> None:
        self.model_id = encoder.model_id
        self.encode = encoder.encode
        self.encode_one = encoder.encode_one
        self.knows = encoder.knows

    def close(self) -> None:
        """The session's encoder stays open."""


@pytest.fixture
def folder(documents: Path) -> Path:
    return mixed_folder(documents)


@pytest.fixture
def index(folder: Path, encoder: Encoder) -> Iterator[Index]:
    with open_index(encoder=Borrowed(encoder)) as opened:
        opened.add(folder)
        yield opened


@pytest.fixture(scope="module")
def standing(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index that is up to date, for tests that only ask."""
    top = tmp_path_factory.mktemp("standing")
    with open_index(top / "index" / "index.sqlite", Borrowed(encoder)) as opened:
        opened.add(mixed_folder(top / "documents"))
        run(opened)
        yield opened


@pytest.fixture
def ready(index: Index) -> Index:
    run(index)
    return index


def ask(index: Index, sentence: str, limit: int = 20) -> Answer:
    return index.searcher().search(sentence, limit=limit, today=TODAY)


def test_the_door_opens_an_index_runs_it_and_answers(documents: Path) -> None:
    mixed_folder(documents)
    with pytest.raises(NotFound):
        indexer.open_index()
    with indexer.open_index(create=True) as index:
        index.add(documents)
        report = indexer.run(index, progress=Progress())
        answer = indexer.search(index, "how do birds stay warm on the ice", today=TODAY)
    assert (report.new, report.problems, report.away) == (12, 0, ())
    assert name(answer.hits[0]) == "penguins.md"
    assert list(report.seconds) == ["names", "text", "passages"]
    with indexer.open_index() as again:
        assert names(indexer.search(again, "how do birds stay warm on the ice", today=TODAY)) == names(answer)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("deposit tenancy rent", "Tenancy agreement.docx"),
        ("covered if somebody breaks in and steals my things", "Insurance.pdf"),
        ("how cold is the bedroom", "room climate.csv"),
        ("when do I get my money back from the landlord", "deposit.eml"),
        ("birds that live in Antarctica", "penguins.md"),
        ("eruption of a mountain", "volcano.txt"),
        ("soup with ginger and cumin", "soup.html"),
        ("give photographs other names", "rename_photos.py"),
        ("which printer and paper", "settings.json"),
        ("bicycle sales", "report 2025.txt"),
        ("sleeper berths to Vienna", "night train.txt"),
    ],
)
def test_the_right_file_comes_first_for_words_and_for_meaning(standing: Index, sentence: str, expected: str) -> None:
    answer = ask(standing, sentence)
    assert name(answer.hits[0]) == expected
    assert answer.hits[0].why
    assert not answer.partial


def test_every_hit_says_why_and_marks_what_it_shows(standing: Index) -> None:
    seen = 0
    for sentence in ("deposit", "trains to vienna", "penguins in the winter", "lava", "printer"):
        answer = ask(standing, sentence)
        assert answer.sentence == sentence
        assert answer.took_ms > 0
        assert [hit.score for hit in answer.hits] == sorted((hit.score for hit in answer.hits), reverse=True)
        for hit in answer.hits:
            assert hit.why, (sentence, hit.shown)
            assert hit.title
            assert "\n" not in hit.snippet.text
            for start, stop in hit.snippet.marks:
                assert 0 <= start < stop <= len(hit.snippet.text)
                assert hit.snippet.text[start:stop].strip()
                seen += 1
    assert seen > 5


def test_a_reason_names_the_words_that_were_found(standing: Index) -> None:
    best = ask(standing, "rent deposit").hits[0]
    assert any("deposit" in reason and "rent" in reason for reason in best.why if reason.startswith("words:"))
    marked = {best.snippet.text[start:stop].lower() for start, stop in best.snippet.marks}
    assert {"rent", "deposit"} <= marked
    by_name = ask(standing, "insurance fire").hits[0]
    assert "name: insurance" in by_name.why
    by_meaning = ask(standing, "birds of the south pole").hits[0]
    assert any(reason.startswith(("meaning:", "nearest in meaning")) for reason in by_meaning.why)


def test_a_kind_filters_and_says_so(standing: Index) -> None:
    inside = [hit for hit in ask(standing, "emails about the deposit").hits if not hit.outside]
    assert [name(hit) for hit in inside] == ["deposit.eml"]
    assert "kind: mail" in inside[0].why


def test_a_folder_filters_whatever_its_case(standing: Index) -> None:
    for sentence in ("penguins in School", "penguins in:school", "penguins folder:SCHOOL"):
        inside = {name(hit) for hit in ask(standing, sentence).hits if not hit.outside}
        assert inside == {"penguins.md", "volcano.txt"}, sentence


def test_a_folder_with_an_umlaut_filters_whatever_its_case(documents: Path) -> None:
    write(documents, {"Ämter/Bescheid.txt": "Die Steuer ist bezahlt.\n", "Brief.txt": "Die Steuer ist offen.\n"})
    with open_index() as index:
        index.add(documents)
        run(index)
        for sentence in ("steuer in:Ämter", "steuer in:ämter", "steuer in:ÄMTER"):
            assert names_inside(ask(index, sentence)) == ["Bescheid.txt"], sentence
        assert names_inside(ask(index, "steuer name:BESCHEID*")) == ["Bescheid.txt"]


def names_inside(answer: Answer) -> list[str]:
    return [name(hit) for hit in answer.hits if not hit.outside]


def test_an_extension_filters(standing: Index) -> None:
    assert {name(hit) for hit in ask(standing, "deposit ext:docx").hits if not hit.outside} == {
        "Tenancy agreement.docx"
    }


def test_a_filter_that_leaves_little_shows_the_best_of_the_rest_marked(standing: Index) -> None:
    answer = ask(standing, "penguins ext:pdf")
    outside = [hit for hit in answer.hits if hit.outside]
    assert name(outside[0]) == "penguins.md"
    assert "outside your filters" in outside[0].why
    assert [hit.outside for hit in answer.hits] == sorted(hit.outside for hit in answer.hits)
    assert len({hit.path for hit in answer.hits}) == len(answer.hits)


def test_an_excluded_word_is_never_in_an_answer(standing: Index) -> None:
    assert {"Tenancy agreement.docx", "deposit.eml"} <= set(names(ask(standing, "deposit")))
    answer = ask(standing, "deposit -tenant")
    assert "Tenancy agreement.docx" not in names(answer)
    assert name(answer.hits[0]) == "deposit.eml"


def test_a_phrase_must_stand_as_written(standing: Index) -> None:
    assert names_inside(ask(standing, '"keep warm"')) == ["penguins.md"]
    assert names_inside(ask(standing, '"warm keep"')) == []
    assert name(ask(standing, '"warm keep"').hits[0]) == "penguins.md"  # marked, below what there is not


def test_a_typo_is_repaired_and_said(standing: Index) -> None:
    answer = ask(standing, "emperor pengiuns")
    assert answer.repaired == {"pengiuns": "penguins"}
    assert name(answer.hits[0]) == "penguins.md"
    assert ask(standing, "emperor penguins").repaired == {}


def test_the_exact_name_comes_first_with_and_without_its_extension(ready: Index, folder: Path) -> None:
    write(folder, {"x/essay.txt": "night train night train night train to the night train museum\n"})
    run(ready)
    for sentence in ("night train.txt", "night train", "NIGHT TRAIN"):
        best = ask(ready, sentence).hits[0]
        assert name(best) == "night train.txt", sentence
        assert "this is its name" in best.why


def test_copies_are_one_text_and_two_files(index: Index, folder: Path) -> None:
    shutil.copy2(folder / "School/penguins.md", folder / "Travel/south pole.md")
    report = run(index)
    answer = ask(index, "emperor penguins")
    assert sorted(names(answer)[:2]) == ["penguins.md", "south pole.md"]
    assert report.new == 13
    assert report.embedded == 12
    assert name(ask(index, "south pole").hits[0]) == "south pole.md"


def test_the_same_bytes_under_two_formats_are_read_by_each_and_the_run_ends(index: Index, folder: Path) -> None:
    write(folder, {"a.json": '{"walrus": "tusk"}', "b.txt": '{"walrus": "tusk"}', "c.html": '{"walrus": "tusk"}'})
    assert run(index).new == 15
    assert set(names(ask(index, "walrus"))[:3]) == {"a.json", "b.txt", "c.html"}
    assert run(index).unchanged == 15
    assert_sound(index)


def test_a_renamed_file_costs_no_embedding(ready: Index, folder: Path) -> None:
    (folder / "School/penguins.md").rename(folder / "School/antarctica.md")
    (folder / "Recipes").rename(folder / "Kitchen")
    report = run(ready)
    assert (report.new, report.removed, report.embedded) == (2, 2, 0)
    assert name(ask(ready, "antarctica").hits[0]) == "antarctica.md"
    assert "antarctica.md" in names(ask(ready, "emperor penguins"))
    assert "penguins.md" not in names(ask(ready, "penguins"))
    assert {name(hit) for hit in ask(ready, "lentils in kitchen").hits if not hit.outside} == {"soup.html"}
    assert_sound(ready)


def test_a_changed_file_is_read_again(ready: Index, folder: Path) -> None:
    (folder / "School/volcano.txt").write_text("Earthquakes\n\nThe ground shakes when plates slip.\n", encoding="utf-8")
    report = run(ready)
    assert (report.changed, report.new, report.removed, report.embedded) == (1, 0, 0, 1)
    assert name(ask(ready, "earthquakes").hits[0]) == "volcano.txt"
    assert all("words" not in " ".join(hit.why) for hit in ask(ready, "lava").hits)


def test_a_deleted_file_is_gone(ready: Index, folder: Path) -> None:
    (folder / "School/volcano.txt").unlink()
    assert run(ready).removed == 1
    assert "volcano.txt" not in names(ask(ready, "volcano lava ash"))
    assert ready.status().files == 11


def test_a_second_run_has_nothing_to_do(ready: Index) -> None:
    report = run(ready)
    assert (report.new, report.changed, report.removed, report.unchanged, report.embedded) == (0, 0, 0, 12, 0)


def test_a_listing_that_tells_no_file_numbers_makes_nothing_look_changed(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = walk._seen
    monkeypatch.setattr(walk, "_seen", lambda name, entry: seen(name, entry)._replace(inode=0))  # as Windows lists
    run(index)
    report = run(index)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 12)


def test_names_are_found_before_anything_is_read(index: Index) -> None:
    report = run(index, Stage.NAMES)
    assert (report.new, report.embedded) == (12, 0)
    answer = ask(index, "tenancy")
    assert names(answer) == ["Tenancy agreement.docx"]
    assert answer.partial
    assert names(ask(index, "night train")) == ["night train.txt"]
    assert names(ask(index, "penguins emperor")) == []
    assert index.status().waiting_text == 12


def test_words_are_found_before_meaning_is_worked_out(index: Index) -> None:
    report = run(index, Stage.TEXT)
    assert report.embedded == 0
    answer = ask(index, "emperor penguins")
    assert names(answer) == ["penguins.md"]
    assert answer.partial
    assert ask(index, "birds at the pole").hits == ()
    assert index.status().waiting_vectors == 12
    assert run(index).embedded == 12


def test_one_vector_a_file_comes_before_all_of_them(index: Index, folder: Path) -> None:
    write(folder, {"long.txt": " ".join(f"word{number}" for number in range(2_000))})
    first = run(index, Stage.MEANING)
    assert first.embedded == 13
    assert index.status().waiting_vectors > 0
    rest = run(index)
    assert rest.embedded == index.status().passages - 13


def test_a_warm_searcher_sees_what_a_run_of_the_same_index_brought(ready: Index, folder: Path) -> None:
    searcher = ready.searcher()
    searcher.search("warm up", today=TODAY)
    write(folder, {"whale.txt": "Humpbacks\n\nThe largest mammals of the sea sing to each other for hours.\n"})
    (folder / "School/penguins.md").unlink()
    run(ready)
    assert name(searcher.search("songs of whales", today=TODAY).hits[0]) == "whale.txt"
    assert "penguins.md" not in names(searcher.search("emperor penguins", today=TODAY))


def test_keywords_answer_first_and_meaning_joins(standing: Index) -> None:
    first, second = Searcher.stages(standing.searcher(), "emperor birds in the cold", today=TODAY)
    assert names(first) == ["penguins.md"]
    assert len(second.hits) > 1
    assert name(second.hits[0]) == "penguins.md"
    assert second.took_ms >= first.took_ms


def test_the_limit_holds(standing: Index) -> None:
    assert len(ask(standing, "deposit", limit=3).hits) == 3
    assert len(ask(standing, "ext:txt", limit=2).hits) == 2


def test_a_filter_alone_lists_the_newest_first(standing: Index) -> None:
    hits = [hit for hit in ask(standing, "ext:txt").hits if not hit.outside]
    assert [name(hit) for hit in hits] == ["night train.txt", "report 2025.txt", "volcano.txt"]
    assert all(hit.why for hit in hits)


def test_words_with_accents_are_found_and_shown(documents: Path) -> None:
    write(documents, {"a.txt": "Treffpunkt: Café Zürich, um acht.\n", "b.txt": "Nothing of that kind.\n"})
    with open_index() as index:
        index.add(documents)
        run(index, Stage.TEXT)
        for sentence in ("café", "cafe", "ZURICH"):
            answer = ask(index, sentence)
            assert names(answer) == ["a.txt"], sentence
            assert answer.hits[0].why, sentence
            assert answer.hits[0].snippet.marks, sentence


def test_words_that_only_share_a_stem_are_found_with_a_reason(documents: Path) -> None:
    write(documents, {"a.txt": "One pony, two foxes, no probable cause.\n"})
    with open_index() as index:
        index.add(documents)
        run(index, Stage.TEXT)
        for sentence in ("ponies", "foxes", "fox", "probably"):
            answer = ask(index, sentence)
            assert names(answer) == ["a.txt"], sentence
            assert answer.hits[0].why, sentence


def test_chinese_words_are_found_inside_their_sentence(documents: Path) -> None:
    write(documents, {"a.txt": "我们在北京买了三台自行车。\n", "b.txt": "今天天气很好。\n"})
    with open_index() as index:
        index.add(documents)
        run(index, Stage.TEXT)
        answer = ask(index, "自行车")
        assert names(answer) == ["a.txt"]
        assert answer.hits[0].why


@pytest.mark.parametrize(
    "sentence",
    ["", " ", '"', '""', '"?!"', "-", "-word", "*", "NEAR(a b)", 'a" OR "b', "name:*", "a\x00b", '"a\x00b"', "\udcff", '"\udcff"',
     "ext:", "in:", "before 1", "after 9999-12-31", "before 0001-01-01", "notes from 0001-01-01", "notes on 9999-12-31", "larger than 99999999999999999999 GB", "(", "a AND NOT b",
     "\u202e\u0301" * 50, "x" * 5_000, "word " * 3_000, " ".join(f"word{n}" for n in range(3_000)), "-a -b", "{}", "col:word", "^a"],
    ids=lambda sentence: repr(sentence[:20]),
)  # fmt: skip
def test_any_sentence_has_an_answer(standing: Index, sentence: str) -> None:
    answer = ask(standing, sentence)
    for hit in answer.hits:
        hit.snippet.text.encode()
    assert answer.took_ms < 5_000


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_a_name_that_is_no_text_is_found_and_opened_again(documents: Path) -> None:
    exact = os.path.join(os.fsencode(documents), b"caf\xe9 \xff.txt")
    with open(exact, "wb") as stream:
        stream.write(b"The bill of the coffee house.\n")
    with open_index() as index:
        index.add(documents)
        run(index)
        hit = ask(index, "coffee bill").hits[0]
        assert hit.path == exact
        assert hit.shown.isprintable()
        hit.shown.encode()
        assert index.why(Path(os.fsdecode(exact))).found
        assert run(index).unchanged == 1


def test_dates_of_any_year_are_taken(documents: Path) -> None:
    moments = {"old.txt": -631_152_000, "new.txt": 4_102_444_800, "far.txt": 13_500_000_000, "zero.txt": 0}
    write(documents, {path: f"The {path[:-4]} penguin\n" for path in moments})
    for path, moment in moments.items():
        os.utime(documents / path, (moment, moment))
    with open_index() as index:
        index.add(documents)
        run(index)
        answer = ask(index, "penguin")
        assert sorted(names(answer)) == sorted(moments)
        assert all(hit.modified for hit in answer.hits)
        assert run(index).unchanged == 4
        assert [name(hit) for hit in ask(index, "notes before 1960").hits if not hit.outside] == ["old.txt"]


def test_a_file_that_went_back_in_time_is_read_again(ready: Index, folder: Path) -> None:
    path = folder / "School/volcano.txt"
    path.write_text("Geysers\n\nHot water shoots out of the ground.\n", encoding="utf-8")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert run(ready).changed == 1
    assert name(ask(ready, "geysers").hits[0]) == "volcano.txt"


def test_a_root_that_is_away_keeps_its_files(ready: Index, folder: Path, tmp_path: Path) -> None:
    folder.rename(tmp_path / "unplugged")
    report = run(ready)
    assert (report.away, report.removed) == ((str(folder),), 0)
    assert [root.state for root in ready.roots()] == ["away"]
    assert name(ask(ready, "emperor penguins").hits[0]) == "penguins.md"
    assert not ready.why(folder / "School/penguins.md").sentence.endswith("can be found.")
    (tmp_path / "unplugged").rename(folder)
    back = run(ready)
    assert (back.away, back.unchanged, back.new) == ((), 12, 0)
    assert [root.state for root in ready.roots()] == ["here"]


def test_a_wider_folder_takes_in_the_one_inside_without_reading_again(
    index: Index, folder: Path, tmp_path: Path
) -> None:
    run(index)
    write(tmp_path / "documents/../wide", {"new.txt": "An albatross glides for hours.\n"})
    shutil.move(str(tmp_path / "wide"), str(folder / "wide"))
    with open_index(tmp_path / "other.sqlite") as other:
        other.add(folder / "School")
        run(other)
        added = other.add(folder)
        assert ["School" in one for one in added.warnings] == [True]
        report = run(other)
        assert (report.unchanged, report.new, report.embedded) == (2, 11, 11)
        assert [root.path for root in other.roots()] == [str(folder)]
        assert_sound(other)
