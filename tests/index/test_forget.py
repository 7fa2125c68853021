"""What was forgotten is nowhere: not in an answer, not in a row, not in a byte of any file of ours."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

import indexer.vectors.scan
from desktop import demo_formats as make
from homespun.errors import Busy, NotFound
from indexer.index import Index
from tests.index.corpus import assert_sound, names, open_index, raw_bytes, run, sentences, stem_of, write

TODAY = date(2026, 11, 24)

SECRETS = ("quizzaciously", "xylophagous", "zephyrinthine", "jabberwockied", "vexillologist", "brobdingnagians")
"""One each in the text, name, title, folder and author of the file to be forgotten, and in a copy's name."""


@pytest.fixture
def private(documents: Path) -> Path:
    text, own, title, folder, author, _ = SECRETS
    page = make.docx(title, author, "2022-03-18", [("", f"Meet me {text} at the harbour."), ("", sentences(1, 900))])
    write(documents, {f"{folder.capitalize()}/{own.capitalize()}.docx": page})
    return documents / folder.capitalize() / f"{own.capitalize()}.docx"


@pytest.fixture
def index(documents: Path, private: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    monkeypatch.setattr(indexer.vectors.scan, "_TAIL", 10)  # so that even this small index has a cache file
    for number in range(2, 30):
        write(documents, {f"open/log {number}.txt": sentences(number)})
    with open_index() as opened:
        opened.add(documents)
        run(opened)
        yield opened


def traces(home: Path, secrets: tuple[str, ...] = SECRETS) -> list[str]:
    """Where the bytes of the secrets, their stems or their beginnings are."""
    files = raw_bytes(home).items()
    forms = {form.encode(code) for one in secrets for form in (one, stem_of(one)) for code in ("utf-8", "utf-16-le")}
    return [f"{form!r} in {path.name}" for path, data in files for form in sorted(forms) if form in data]


def test_the_search_for_traces_finds_what_is_there(index: Index, home: Path) -> None:
    found = " ".join(traces(home))
    assert all(stem_of(secret) in found for secret in SECRETS[:5])


@pytest.mark.parametrize("whole_folder", [False, True], ids=["the file", "its folder"])
def test_nothing_of_a_forgotten_file_is_left_in_any_file_of_ours(
    index: Index, home: Path, private: Path, *, whole_folder: bool
) -> None:
    before = index.status()
    forgotten = index.forget(private.parent if whole_folder else private)
    assert (forgotten.files, forgotten.passages) == (1, before.passages - 28)
    assert traces(home) == []
    assert_sound(index)
    with open_index():  # whose closing empties the log
        pass
    assert traces(home) == []


def test_nothing_of_a_removed_root_is_left_in_any_file_of_ours(
    index: Index, home: Path, private: Path, tmp_path: Path
) -> None:
    apart = tmp_path / "apart"
    write(apart, {"letter.txt": "A letter that stays, from the lighthouse."})
    index.add(apart)
    run(index)
    assert index.remove(private.parents[1]) == 29
    assert traces(home, (*SECRETS, "entry")) == []
    assert names(index.searcher().search("lighthouse letter", today=TODAY)) == ["letter.txt"]
    assert [root.path for root in index.roots()] == [str(apart)]
    assert_sound(index)


def test_its_vectors_are_gone_from_the_rows_and_from_the_cache(index: Index, private: Path) -> None:
    file = index.store.files.find(bytes(private.parent), bytes(private.name, "utf-8"))
    assert file is not None
    rows = index.store._sql.execute("SELECT v FROM vec WHERE content = ?", (file[3],)).fetchall()
    assert len(rows) > 3
    searcher = index.searcher()
    searcher.search("harbour", today=TODAY)
    assert index.cache.exists()
    assert any(row[0] in index.cache.read_bytes() for row in rows)
    index.forget(private)
    left = index.store._sql.execute("SELECT count(*) FROM vec WHERE content = ?", (file[3],)).fetchall()
    assert left == [(0,)]
    searcher.search("harbour", today=TODAY)
    run(index)  # which finds the file again, as it should, unless its folder is left out
    index.forget(private)
    data = b"".join(raw_bytes(index.store.path.parent).values())
    assert not any(row[0].lower() in data for row in rows)
    assert not index.cache.exists()


def test_others_are_still_found_and_a_warm_searcher_forgets_too(index: Index, private: Path) -> None:
    searcher = index.searcher()
    assert names(searcher.search("quizzaciously", today=TODAY))[0] == private.name
    index.forget(private)
    answer = searcher.search("quizzaciously harbour lantern", today=TODAY)
    assert private.name not in names(answer)
    assert len(answer.hits) == 20
    assert answer.repaired == {}


def test_a_forgotten_word_is_never_offered_for_a_typo(index: Index, private: Path) -> None:
    assert index.searcher().search("quizzaciuosly", today=TODAY).repaired == {"quizzaciuosly": "quizzaciously"}
    index.forget(private)
    assert index.searcher().search("quizzaciuosly", today=TODAY).repaired == {}


@pytest.mark.parametrize("how", ["forget", "remove", "deleted"])
def test_a_copy_that_stays_keeps_the_text_and_loses_the_names(
    index: Index, home: Path, private: Path, tmp_path: Path, how: str
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    shutil.copy(private, kept / "plain.docx")
    index.add(kept)
    assert run(index).embedded == 0
    text, own, title, folder = SECRETS[:4]
    ways: dict[str, Callable[[], object]] = {
        "forget": lambda: index.forget(private),
        "remove": lambda: index.remove(private.parents[1]),
        "deleted": lambda: _delete_and_run(index, private.parent),
    }
    ways[how]()
    assert traces(home, (own, folder)) == []
    assert names(index.searcher().search(f"{text} {title}", today=TODAY))[0] == "plain.docx"
    assert not [hit for hit in index.searcher().search(own, today=TODAY).hits if "name" in " ".join(hit.why)]
    assert_sound(index)


def _delete_and_run(index: Index, folder: Path) -> None:
    shutil.rmtree(folder)
    run(index)
    index.store.erase_traces()


def test_a_forgotten_file_that_still_lies_there_comes_back_with_the_next_run(index: Index, private: Path) -> None:
    index.forget(private)
    assert not index.why(private).found
    assert run(index).new == 1
    assert index.why(private).found


def test_forgetting_what_is_not_there_says_so(index: Index, documents: Path) -> None:
    with pytest.raises(NotFound, match="holds nothing of"):
        index.forget(documents / "nowhere.txt")
    with pytest.raises(NotFound, match="not a folder of the index"):
        index.remove(documents / "open")


def test_a_name_that_only_begins_alike_stays(index: Index, documents: Path) -> None:
    write(documents, {"open-air/concert.txt": "A concert in the park.", "openly.txt": "Said openly."})
    run(index)
    assert index.forget(documents / "open").files == 28
    assert {"concert.txt", "openly.txt"} <= set(names(index.searcher().search("concert openly", today=TODAY)))


def test_forgetting_waits_for_a_writer_and_then_says_who_it_is(
    index: Index, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.index._PATIENCE", 0.1)
    with open_index(create=False) as other, other.store.lock, pytest.raises(Busy, match=rf"process {os.getpid()}"):
        index.forget(private)
    assert index.forget(private).files == 1
