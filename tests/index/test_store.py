"""The store against plain Python: texts, keyword rows, word counts, filters, and questions made of any characters."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from homespun.errors import UsageError
from indexer.document import Document
from indexer.kinds import Kind
from indexer.stages import let_go
from indexer.store import Filter, NewFile, Reading, Settled, Store
from indexer.store.ask import quoted
from indexer.store.contents import BLOCK, SEGMENT, vocabulary
from indexer.store.files import NEVER, folder_words

ANY_TEXT = st.text(alphabet=st.characters(), max_size=60)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with three texts in it."""
    with Store(tmp_path_factory.mktemp("store") / "index.sqlite", create=True) as opened:
        filled = Shelf(opened)
        filled.put("a/penguin.txt", "The emperor penguin keeps its egg warm.")
        filled.put("b/deposit.txt", 'A "quoted" deposit AND a column: name NEAR the end.')
        filled.put("b/long.txt", LONG)
        yield opened


LONG = "".join(f"number{number} " for number in range(30_000))


class Shelf:
    """Puts texts into a store as a run does, without a disk."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with store.transaction():
            self.root = store.files.add_root(b"/top", 0, 0, "", mounted=False)

    def put(self, path: str, text: str, *, size: int = 1, day: int = 1_000, kind: Kind = Kind.TEXT) -> int:
        """Store the file `path` with this text, new or changed; its content's id."""
        where, _, name = path.rpartition("/")
        folder = f"/top/{where}"
        store, now = self.store, 1_000
        with store.transaction():
            number = store.files.folder(self.root, folder.encode(), folder)
            known = store.files.row(folder.encode(), name.encode())[1]
            store.files.upsert(
                [NewFile(known.id if known else 0, number, name.encode(), name, size, day * 10**9, 1, False, kind)]
            )
            file = store.files.row(folder.encode(), name.encode())[1]
            assert file is not None
            document = Document(kind, title=text[:10], text=text)
            reading = Reading(b"hash of " + text.encode(), document, "text", 1, len(text), day)
            content, is_new = store.contents.put(reading, [(name, folder_words(folder))])
            before = store.files.settle(Settled(file.id, kind, "indexed", "", content, day, size, day * 10**9, 1))
            if before != content:
                if not is_new:
                    store.contents.rename(content, store.files.names_of(content))
                if before:
                    let_go(store, [before], now)
        return content

    def remove(self, path: str) -> None:
        """Drop a file as a scan does."""
        where, _, name = path.rpartition("/")
        row = self.store.files.row(f"/top/{where}".encode(), name.encode())[1]
        assert row is not None
        with self.store.transaction():
            let_go(self.store, self.store.files.remove([row.id]), 1_000)

    def sweep(self) -> None:
        """Drop the contents that no file has."""
        with self.store.transaction():
            self.store.contents.sweep(2_000, grace=0)


# texts


@given(st.integers(0, len(LONG) + 10), st.one_of(st.none(), st.integers(0, len(LONG) + 10)))
@example(0, 0)
@example(BLOCK, 2 * BLOCK)
@example(BLOCK - 1, BLOCK + 1)
@example(len(LONG), None)
@example(300 * BLOCK, 300 * BLOCK + 5)
@example(9, 3)
def test_any_part_of_a_text_is_what_python_says(store: Store, start: int, stop: int | None) -> None:
    assert store.contents.text(3, start, stop) == LONG[start:stop]


@pytest.mark.parametrize("content", [0, 4, 1_000_000])
def test_a_content_that_is_not_there_has_no_text(store: Store, content: int) -> None:
    assert store.contents.text(content) == ""
    assert store.contents.passages(content) == []
    assert store.contents.span(content + 10_000_000) is None


def test_every_passage_of_a_text_can_be_read(store: Store) -> None:
    for number, (passage, start, stop) in enumerate(store.contents.passages(3)):
        assert store.contents.span(passage) == (start, stop)
        assert store.contents.text(3, start, stop) == LONG[start:stop]
        assert number < 10_000


def test_a_word_far_behind_in_a_long_text_is_found(store: Store) -> None:
    assert len(LONG) > 2 * SEGMENT
    for number in (0, 15_000, 29_999):
        assert store.ask.keywords([f"number{number}"]).contents.tolist() == [3]


@pytest.mark.parametrize("length", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, SEGMENT, 2_000_000])
def test_a_text_of_any_length_comes_back_whole(tmp_path: Path, length: int) -> None:
    text = ("längeres Wort " * (length // 14 + 1))[:length]
    with Store(tmp_path / "index.sqlite", create=True) as store:
        content = Shelf(store).put("a/b.txt", text)
        assert store.contents.text(content) == text


# questions


@settings(deadline=None, max_examples=60)
@given(ANY_TEXT)
@example("")
@example('"')
@example('""')
@example("penguin\0egg")
@example("\0")
@example("\ud800")
@example("*")
@example("emperor OR deposit")
@example("NEAR(emperor penguin)")
@example("name : penguin")
@example("^emperor")
@example("日本" * 50)
@example("x" * 100_000)
@example("a " * 5_000)
def test_any_string_is_a_question_and_never_syntax(store: Store, text: str) -> None:
    for words, phrases, excluded in (
        ([text], [], []),
        ([], [text], []),
        (["penguin"], [], [text]),
        (["penguin"], [text], []),
    ):
        found = store.ask.keywords(words, phrases=phrases, excluded=excluded)
        assert len(found.contents) == len(found.scores) <= 3
    store.ask.occurs(text)
    store.ask.holding([text])
    store.ask.without([text], store.ask.passing(Filter()))
    store.ask.frequencies([text.encode("utf-8", "replace").decode()])


@pytest.mark.parametrize(
    "text",
    ["emperor OR deposit", "emperor AND egg", "emperor NOT deposit", "pengui*", "name: emperor", "emperor + egg"],
)
def test_operators_are_words(store: Store, text: str) -> None:
    assert store.ask.keywords([], phrases=[text]).contents.tolist() == []


def test_a_quoted_word_is_one_fts5_string() -> None:
    assert quoted('say "hello"') == '"say ""hello"""'
    assert quoted("自行车") == '"自 行 车"'


@settings(deadline=None)
@given(ANY_TEXT.map(lambda text: text.encode("utf-8", "replace").decode()))
@example("%")
@example("_")
@example("!")
@example("\\")
@example("a" * 60_000)
@example("[")
def test_any_string_is_a_folder_or_a_name_to_ask_for(store: Store, text: str) -> None:
    assert not store.ask.is_folder(text) or text.strip("/\\").lower() in (
        "a",
        "b",
        "top",
        "top/a",
        "top/b",
        "top\\a",
        "top\\b",
        "",
    )
    assert len(store.ask.passing(Filter(folder=text, globs=(text,)))) <= 3
    assert len(store.ask.named(text)) <= 1
    assert len(store.ask.name_parts([text, text], waiting=False)) <= 3


def test_a_name_is_found_by_its_stem_whatever_the_case(store: Store) -> None:
    assert [hit.shown for hit in store.ask.named("PENGUIN")] == ["penguin.txt"]
    assert [hit.shown for hit in store.ask.named("penguin.TXT")] == ["penguin.txt"]
    assert store.ask.named("penguin.tx") == []
    assert store.ask.named("pengu") == []
    assert store.ask.named("") == []


def test_an_unknown_table_or_column_is_a_mistake_of_ours(store: Store) -> None:
    for question in (store.ask.total, store.ask.counts):
        with pytest.raises(ValueError, match="nonsense"):
            question("nonsense")


def test_a_transaction_that_fails_leaves_nothing_and_the_next_one_works(tmp_path: Path) -> None:
    with Store(tmp_path / "index.sqlite", create=True) as store:
        shelf = Shelf(store)
        shelf.put("a/one.txt", "first text")
        with pytest.raises(UsageError):
            _fail_after_writing(store)
        assert store.ask.keywords(["second"]).contents.tolist() == []
        assert store.ask.frequencies(["second", "first", "text"]) == {"first": 1, "text": 1}
        shelf.put("a/three.txt", "third text")
        assert store.ask.frequencies(["second", "first", "text", "third"]) == {"first": 1, "text": 2, "third": 1}


def _fail_after_writing(store: Store) -> None:
    with store.transaction():
        reading = Reading(b"2", Document(Kind.TEXT, text="second text"), "text", 1, 1, 1)
        store.contents.put(reading, [("two.txt", "")])
        raise UsageError("Stop.", "Now.")


def test_the_settings_that_forgetting_and_company_rely_on_are_in_force(tmp_path: Path) -> None:
    with Store(tmp_path / "index.sqlite", create=True) as store, Store(tmp_path / "index.sqlite") as reader:
        for one in (store, reader):
            assert one._sql.pragma("secure_delete") == 1
            assert one._sql.pragma("foreign_keys") == 1
            assert one._sql.pragma("busy_timeout") == 5_000
            assert one._sql.pragma("journal_mode") == "wal"
            assert one._sql.pragma("mmap_size") == 268_435_456
            assert one._sql.pragma("temp_store") == 2
        assert store._sql.pragma("synchronous") == 1


def test_the_version_rises_with_every_write_of_anybody(tmp_path: Path) -> None:
    with Store(tmp_path / "index.sqlite", create=True) as store, Store(tmp_path / "index.sqlite") as reader:
        shelf = Shelf(store)
        seen = [(store.version(), reader.version())]
        for number in range(3):
            shelf.put(f"a/{number}.txt", f"text {number}")
            seen.append((store.version(), reader.version()))
        for side in zip(*seen, strict=True):
            assert list(side) == sorted(set(side))


# filters


FILES = {
    "a/old.pdf": (10, 100, Kind.PDF),
    "a/new.pdf": (2_000, 900, Kind.PDF),
    "a/deep/er/photo.JPG": (50, 500, Kind.PICTURE),
    "b/Äpfel.txt": (7, 500, Kind.TEXT),
    "b/100%_sure.txt": (7, 501, Kind.TEXT),
}


@pytest.fixture(scope="module")
def filtered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("filtered") / "index.sqlite", create=True) as opened:
        shelf = Shelf(opened)
        for path, (size, day, kind) in FILES.items():
            shelf.put(path, f"common text of {path}", size=size, day=day, kind=kind)
        yield opened


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Filter(), set(FILES)),
        (Filter(kinds=("pdf",)), {"a/old.pdf", "a/new.pdf"}),
        (Filter(kinds=("pdf", "text")), set(FILES) - {"a/deep/er/photo.JPG"}),
        (Filter(after=500), {"a/new.pdf", "a/deep/er/photo.JPG", "b/Äpfel.txt", "b/100%_sure.txt"}),
        (Filter(before=500), {"a/old.pdf"}),
        (Filter(after=500, before=501), {"a/deep/er/photo.JPG", "b/Äpfel.txt"}),
        (Filter(folder="A"), {"a/old.pdf", "a/new.pdf", "a/deep/er/photo.JPG"}),
        (Filter(folder="deep"), {"a/deep/er/photo.JPG"}),
        (Filter(folder="a/deep"), {"a/deep/er/photo.JPG"}),
        (Filter(folder="a\\deep\\"), {"a/deep/er/photo.JPG"}),
        (Filter(folder="ee"), set()),
        (Filter(folder="%"), set()),
        (Filter(globs=("*.jpg",)), {"a/deep/er/photo.JPG"}),
        (Filter(globs=("äpfel*",)), {"b/Äpfel.txt"}),
        (Filter(globs=("*.pdf", "ÄPFEL.*")), {"a/old.pdf", "a/new.pdf", "b/Äpfel.txt"}),
        (Filter(size_min=50), {"a/new.pdf", "a/deep/er/photo.JPG"}),
        (Filter(size_max=7), {"b/Äpfel.txt", "b/100%_sure.txt"}),
        (Filter(kinds=("text",), folder="b", size_min=7, after=501), {"b/100%_sure.txt"}),
    ],
    ids=str,
)
def test_a_filter_lets_through_what_it_says(filtered: Store, where: Filter, expected: set[str]) -> None:
    ask = filtered.ask

    def paths(contents: list[int]) -> set[str]:
        return {f"{hit.folder.decode()}/{hit.shown}".removeprefix("/top/") for hit in ask.files(contents)}

    assert paths(ask.passing(where).tolist()) == expected
    assert paths(ask.keywords(["common"], where=where).contents.tolist()) == expected
    everything = ask.files(ask.passing(Filter()).tolist(), where)
    assert {f"{hit.folder.decode()}/{hit.shown}".removeprefix("/top/") for hit in everything if hit.passes} == expected
    assert set(ask.passing_files([hit.id for hit in everything], where)) == {hit.id for hit in everything if hit.passes}
    newest = ask.newest(where, 10)
    assert [hit.dated for hit in newest] == sorted((hit.dated for hit in newest), reverse=True)
    assert len(newest) == len(expected) == ask.how_many(where)
    assert [*ask.newest(where, 2), *ask.newest(where, 10, skip=2)] == newest


def test_the_months_of_files_are_counted_newest_first(tmp_path: Path) -> None:
    day = 86_400
    with Store(tmp_path / "index.sqlite", create=True) as store:
        shelf = Shelf(store)
        for number, days in enumerate((15, 16, 45, 20_000, -400)):  # January and February 1970, 2024, 1968
            shelf.put(f"a/{number}.jpg", f"text {number}", day=days * day, kind=Kind.PICTURE)
        shelf.put("a/other.txt", "text", day=15 * day)
        found = store.ask.months(Filter(kinds=("picture",)))
        assert found == [(2024, 10, 1), (1970, 2, 1), (1970, 1, 2), (1968, 11, 1)]
        assert store.ask.months(Filter(kinds=("video",))) == []


def test_the_files_that_wait_are_counted_for_each_root(tmp_path: Path) -> None:
    with Store(tmp_path / "index.sqlite", create=True) as store:
        with store.transaction():
            roots = [store.files.add_root(path, 0, 0, "", mounted=False) for path in (b"/one", b"/two")]
            for root, names in zip(roots, (("a", "b"), ("c",)), strict=True):
                number = store.files.folder(root, b"/in%d" % root, f"/in{root}")
                store.files.upsert(
                    NewFile(0, number, name.encode(), name, 1, 10**9, 1, False, Kind.TEXT) for name in names
                )
        assert [store.files.count_waiting_in(root) for root in roots] == [2, 1]
        for _ in range(NEVER):
            with store.transaction():
                store.files.unsteady(store.files.waiting(1)[0].id)
        assert sum(store.files.count_waiting_in(root) for root in roots) == store.files.count_waiting() == 2


# any sequence of changes

WORD = st.sampled_from(["ant", "ants", "bee", "bees", "cat", "dog", "eel", "running", "runs", "naïve", "日本"])
NAMES = st.sampled_from(["a/one.txt", "a/two.txt", "b/one.txt", "b/three words.txt", "c/d/four.txt"])
TEXTS = st.lists(WORD, min_size=0, max_size=8).map(" ".join)


class Changes(RuleBasedStateMachine):
    """Files come, change, are copied, renamed and go; the store must always equal one made anew from what is left."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(Path(self.folder.name) / "index.sqlite", create=True)
        self.shelf = Shelf(self.store)
        self.files: dict[str, str] = {}

    @initialize(path=NAMES, text=TEXTS)
    def begin(self, path: str, text: str) -> None:
        self.put(path, text)

    @rule(path=NAMES, text=TEXTS)
    def put(self, path: str, text: str) -> None:
        self.shelf.put(path, text)
        self.files[path] = text

    @rule(chance=st.randoms(use_true_random=False))
    def remove(self, chance: random.Random) -> None:
        if self.files:
            path = chance.choice(sorted(self.files))
            self.shelf.remove(path)
            del self.files[path]

    @rule(chance=st.randoms(use_true_random=False), to=NAMES)
    def rename(self, chance: random.Random, to: str) -> None:
        if self.files and to not in self.files:
            path = chance.choice(sorted(self.files))
            self.shelf.remove(path)
            self.shelf.put(to, self.files[path])
            self.files[to] = self.files.pop(path)

    @rule()
    def sweep(self) -> None:
        self.shelf.sweep()

    @invariant()
    def words_are_counted_right(self) -> None:
        kept = self.store._sql.execute("SELECT id, title FROM content").fetchall()
        expected: Counter[str] = Counter()
        for content, title in kept:
            expected.update(vocabulary(f"{title} {self.store.contents.text(content)}"))
        assert dict(self.store._sql.execute("SELECT text, files FROM word").fetchall()) == dict(expected)

    def found(self, store: Store) -> dict[str, set[str]]:
        answers = {}
        for word in ("ant", "running", "cat", "naive", "日本", "one", "three", "four", "d"):
            hits = store.ask.files(store.ask.keywords([word]).contents.tolist())
            answers[word] = {f"{hit.folder.decode()}/{hit.shown}".removeprefix("/top/") for hit in hits}
        return answers

    def teardown(self) -> None:
        with Store(Path(self.folder.name) / "fresh.sqlite", create=True) as fresh:
            shelf = Shelf(fresh)
            for path, text in sorted(self.files.items()):
                shelf.put(path, text)
            assert self.found(self.store) == self.found(fresh)
        self.shelf.sweep()
        self.store.check()
        assert self.store.ask.total("content") == len(set(self.files.values()))
        self.store.close()
        self.folder.cleanup()


Changes.TestCase.settings = settings(
    max_examples=30, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
TestChanges = Changes.TestCase
