"""Kills, full disks, damage, cancelling and company: the index stays whole, or says in a sentence that it is not."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from homespun.errors import Busy, Damaged, HomespunError, NoPermission, NoSpace, NotFound, UsageError
from homespun.progress import Cancel, Cancelled, Progress, Report
from indexer import stages
from indexer.document import Limits
from indexer.index import Index
from indexer.readers import Outcome, Readers
from indexer.store import Store
from indexer.store.files import NEVER
from tests.index.corpus import (
    assert_sound,
    names,
    open_index,
    run,
    sentences,
    state_of,
    write,
    write_logs,
)
from tests.walk.trees import as_nobody

TODAY = date(2026, 11, 24)
REPOSITORY = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("HOMESPUN_KILL_ROUNDS", "40"))
DAMAGES = int(os.environ.get("HOMESPUN_DAMAGES", "30"))

RUN = """
import sys
from pathlib import Path
from indexer import scan, stages
from tests.index.corpus import open_index, run
scan.BATCH, stages.BATCH_FILES, stages.EMBED_AT_ONCE = 20, 7, 11
with open_index(Path(sys.argv[1])) as index:
    print("begins", flush=True)
    run(index)
"""
"""A whole run in a process of its own, with many small transactions, so that there is much to interrupt."""


def start_run(index: Path, code: str = RUN) -> subprocess.Popen[str]:
    """A process that brings `index` up to date, at the moment where it begins."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, index], cwd=REPOSITORY, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    if process.stdout.readline() != "begins\n":
        raise AssertionError(process.communicate()[1])
    return process


def churn(folder: Path, chance: random.Random, number: int) -> None:
    """What people do to files: add, change, rename, copy, delete."""
    files = sorted(folder.rglob("*.txt"))
    for path in chance.sample(files, 6):
        path.unlink()
    left = sorted(folder.rglob("*.txt"))
    for path in chance.sample(left, 8):
        path.write_text(sentences(chance.randrange(1_000, 100_000)), encoding="utf-8")
    for path in chance.sample(left, 4):
        path.rename(path.with_name(f"moved {number} {path.name}"))
    left = sorted(folder.rglob("*.txt"))
    for copied in chance.sample(left, 2):
        shutil.copy(copied, folder / f"copy {number} {copied.name}")
    write(folder, {f"new {number}/{fresh}.txt": sentences(chance.randrange(1_000, 100_000)) for fresh in range(6)})


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_run_killed_anywhere_leaves_a_sound_index_that_the_next_run_completes(
    documents: Path, tmp_path: Path
) -> None:
    chance = random.Random(9)
    write_logs(documents, 150)
    path = tmp_path / "killed" / "index.sqlite"
    with open_index(path) as index:
        index.add(documents)
    longest, killed, unfinished = 1.0, 0, 0
    for number in range(ROUNDS):
        process = start_run(path)
        started = time.monotonic()
        try:
            process.wait(chance.uniform(0, longest))
            assert process.returncode == 0, process.communicate()[1]
            longest = (longest + time.monotonic() - started) / 2  # what a whole run takes here and now
        except subprocess.TimeoutExpired:
            killed += 1
        process.kill()
        process.communicate()
        with open_index(path, create=False) as index:
            assert_sound(index)
            unfinished += index.store.unfinished()
            assert index.searcher().search("entry log", today=TODAY).sentence == "entry log"
        if process.returncode == 0 or chance.random() < 0.3:
            churn(documents, chance, number)
    assert killed >= ROUNDS / 4
    with open_index(path) as index, open_index(tmp_path / "fresh.sqlite") as fresh:
        fresh.add(documents)
        run(index)
        run(fresh)
        _sweep(index)
        assert_sound(index)
        assert state_of(index, documents) == state_of(fresh, documents)
        assert index.store.vectors.count() == index.store.ask.total("passage")
        for file in chance.sample(sorted(documents.rglob("*.txt")), 20):
            words = file.read_text(encoding="utf-8").split()[:14]
            assert _keyword_scores(index, words) == pytest.approx(_keyword_scores(fresh, words), abs=1e-4)
            own = words[1]  # the number of the log, which hardly any other has
            answers = [names(one.searcher().search(f"entry {own}", today=TODAY)) for one in (index, fresh)]
            assert all(file.name in answer for answer in answers)
        assert run(index).unchanged == len(list(documents.rglob("*.txt")))
    print(f"{ROUNDS} rounds, {killed} killed, {unfinished} of them with work left")


def _keyword_scores(index: Index, words: list[str]) -> dict[bytes, float]:
    """Path → BM25 score of all files that hold one of the words."""
    found = index.store.ask.keywords(words, limit=1_000)
    scores = dict(zip(found.contents.tolist(), found.scores.tolist(), strict=True))
    return {file.folder + b"/" + file.name: scores[file.content] for file in index.store.ask.files(scores)}


def _sweep(index: Index) -> None:
    """Let the minute pass in which texts without a file are kept."""
    with index.store.transaction():
        index.store.contents.sweep(int(time.time()) + 3_600)


@pytest.mark.slow
def test_cancelling_anywhere_leaves_a_sound_index_that_the_next_run_completes(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.scan.BATCH", 20)
    monkeypatch.setattr("indexer.stages.BATCH_FILES", 7)
    monkeypatch.setattr("indexer.stages.EMBED_AT_ONCE", 11)
    chance = random.Random(3)
    write_logs(documents, 60)
    with open_index(tmp_path / "fresh.sqlite") as fresh:
        fresh.add(documents)
        run(fresh)
        expected = state_of(fresh, documents)
    cancelled = 0
    for number in range(12):
        path = tmp_path / f"cancelled {number}.sqlite"
        with open_index(path) as index:
            index.add(documents)
            for _ in range(3):
                try:
                    index.run(progress=StopsAt(chance.randrange(1, 20)))
                except Cancelled:
                    cancelled += 1
                assert_sound(index)
                assert not index.store.lock.held
            run(index)
            assert_sound(index)
            assert state_of(index, documents) == expected
    assert cancelled > 10


class StopsAt(Progress):
    """Is cancelled at its `count`-th report."""

    def __init__(self, count: int) -> None:
        super().__init__(lambda _report: None, Cancel())
        self.left = count

    def report(self, done: int, total: int, note: str = "") -> None:
        self.left -= 1
        if self.left <= 0:
            self.cancel.cancel()
        super().report(done, total, note)


def test_a_run_tells_how_far_it_is(documents: Path) -> None:
    write_logs(documents, 30)
    reports: list[Report] = []
    with open_index() as index:
        index.add(documents)
        index.run(progress=EveryReport(reports))
    by_note: dict[str, list[Report]] = {}
    for report in reports:
        by_note.setdefault(report.note, []).append(report)
    assert list(by_note) == ["files seen", "files read", "passages understood"]
    for steps in by_note.values():
        assert [step.done for step in steps] == sorted(step.done for step in steps)
        assert all(step.done <= step.total or step.total == 0 for step in steps)
        assert steps[-1].done == 30


class EveryReport(Progress):
    """Keeps each report, also those that a person is not shown."""

    def __init__(self, reports: list[Report]) -> None:
        super().__init__()
        self.reports = reports

    def report(self, done: int, total: int, note: str = "") -> None:
        self.reports.append(Report(done, total, note))
        super().report(done, total, note)


# full disks


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 900 KB."""
    place = tmp_path / "small disk"
    place.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"mount is not allowed here: {mounted.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=False)


def test_a_full_disk_stops_a_run_with_a_sentence_and_room_lets_it_go_on(
    documents: Path, small_disk: Path, tmp_path: Path
) -> None:
    write_logs(documents, 250, words=300)
    with open_index(small_disk / "index.sqlite") as index:
        index.add(documents)
        for _ in range(3):
            with pytest.raises(NoSpace, match="disk is full"):
                run(index)
            assert not index.store.lock.held
            assert_sound(index)
        found = len(index.searcher().search("entry log", today=TODAY).hits)
        assert found == 20  # names, and what was read before
    with open_index(small_disk / "index.sqlite", create=False) as index:
        assert len(index.searcher().search("entry log", today=TODAY).hits) == found
    subprocess.run(["mount", "-o", "remount,size=60m", small_disk], check=True)
    with open_index(small_disk / "index.sqlite") as index, open_index(tmp_path / "fresh.sqlite") as fresh:
        run(index)
        assert_sound(index)
        fresh.add(documents)
        run(fresh)
        assert state_of(index, documents) == state_of(fresh, documents)


def test_an_index_is_not_begun_on_a_disk_that_is_full(documents: Path, small_disk: Path) -> None:
    write(documents, {"a.txt": "text"})
    _fill(small_disk)
    with pytest.raises(NoSpace):
        _index_anew(small_disk / "index.sqlite", documents)


def _index_anew(path: Path, documents: Path) -> None:
    with open_index(path) as index:
        index.add(documents)
        run(index)


def _fill(disk: Path) -> None:
    with open(disk / "filler", "wb", buffering=0) as stream:
        try:
            while True:
                stream.write(b"\1" * 4_096)
        except OSError:
            pass


# company

WRITER = """
import sys
from pathlib import Path
from tests.index.corpus import open_index, run
with open_index(Path(sys.argv[1])) as index:
    print("begins", flush=True)
    run(index)
"""


@pytest.mark.slow
def test_one_process_answers_while_another_writes(documents: Path, tmp_path: Path) -> None:
    write_logs(documents, 2_000)
    path = tmp_path / "shared" / "index.sqlite"
    with open_index(path) as index:
        index.add(documents)
    process = start_run(path, WRITER)
    waits: list[float] = []
    counts = [0]
    with open_index(path, create=False) as index:
        searcher = index.searcher()
        while len(waits) < 300 or process.poll() is None:
            started = time.perf_counter()
            answer = searcher.search(sentences(len(waits), 3), today=TODAY)
            waits.append(time.perf_counter() - started)
            counts.append(len(index.store.ask.keywords(["entry"], limit=5_000).contents))
            assert all(hit.why for hit in answer.hits)
            time.sleep(0.01)
        assert process.communicate()[1] == ""
        assert process.returncode == 0
        assert counts == sorted(counts)
        assert len(set(counts)) > 3, "the answers did not grow while the other process wrote"
        assert len(index.store.ask.keywords(["entry"], limit=5_000).contents) == 2_000
        assert index.status().vectors == 2_000
        assert not searcher.search("entry 7 of the log", today=TODAY).partial
    waits.sort()
    print(
        f"{len(waits)} answers, longest wait {waits[-1] * 1000:.0f} ms, middle {waits[len(waits) // 2] * 1000:.0f} ms"
    )


def test_a_second_writer_is_told_who_writes(documents: Path) -> None:
    with open_index() as first, open_index() as second:
        first.add(documents)
        assert second.status().writer is None
        with first.store.lock:
            assert second.status().writer == os.getpid()
            with pytest.raises(Busy, match=rf"process {os.getpid()}\)"):
                run(second)
        run(second)
        assert second.status().writer is None


def test_a_writer_that_was_killed_holds_nothing(documents: Path, tmp_path: Path) -> None:
    write_logs(documents, 100)
    path = tmp_path / "index.sqlite"
    with open_index(path) as index:
        index.add(documents)
        process = start_run(path)
        deadline = time.monotonic() + 20
        while index.status().writer != process.pid:
            assert time.monotonic() < deadline
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert index.status().writer is None
        run(index)
        assert index.status().waiting_text == 0


def test_a_searcher_sees_that_its_index_was_forgotten_in_another_process(documents: Path) -> None:
    write_logs(documents, 30)
    with open_index() as writer, open_index(create=False) as reader:
        writer.add(documents)
        run(writer)
        searcher = reader.searcher()
        assert "log 0007.txt" in names(searcher.search("entry 7", today=TODAY))
        writer.forget(documents / "part000")
        assert "log 0007.txt" not in names(searcher.search("entry 7", today=TODAY))
        assert names(searcher.search("entry 27", today=TODAY))[0] == "log 0027.txt"


# damage


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(an index file that is closed and sound, the folder it is of)."""
    top = tmp_path_factory.mktemp("whole")
    write_logs(top / "documents", 80)
    with open_index(top / "index.sqlite") as index:
        index.add(top / "documents")
        run(index)
    assert not (top / "index.sqlite-wal").exists()
    return top / "index.sqlite", top / "documents"


def use_all_of(path: Path, documents: Path) -> set[str]:
    """Everything that is done with an index, and the kinds of errors met; all else than our own is a failure."""
    met: list[HomespunError] = []

    def look(index: Index) -> None:
        for step in (
            lambda: index.searcher().search("entry 7 of the log", today=TODAY),
            lambda: index.searcher().search("harbor lantren in:part001", today=TODAY),
            lambda: index.searcher().search("log", today=TODAY),
            index.status,
            index.problems,
            lambda: index.why(documents / "part000" / "log 0003.txt"),
        ):
            try:
                step()
            except HomespunError as error:
                met.append(error)

    for create in (False, True):
        try:
            with open_index(path, create=create) as index:
                look(index)
                if create:
                    try:
                        run(index)
                        index.forget(documents / "part002")
                    except HomespunError as error:
                        met.append(error)
        except HomespunError as error:
            met.append(error)
    assert all(error.what.endswith(".") and error.todo for error in met)
    return {type(error).__name__ for error in met}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # a mean of random bytes overflows
@pytest.mark.parametrize("seed", range(DAMAGES))
def test_bytes_overwritten_in_the_index_are_met_with_a_sentence(
    whole: tuple[Path, Path], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    path = tmp_path / "index.sqlite"
    shutil.copy(whole[0], path)
    size = path.stat().st_size
    with open(path, "r+b") as stream:
        for _ in range(chance.choice((1, 3, 10, 50))):
            stream.seek(chance.randrange(0 if seed % 2 else 4_096, size))
            stream.write(chance.randbytes(chance.choice((1, 16, 300, 4_096))))
    assert use_all_of(path, whole[1]) <= {"Damaged", "NotFound", "NoSpace", "NoPermission"}


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.7, 0.99])
def test_a_truncated_index_is_met_with_a_sentence(whole: tuple[Path, Path], tmp_path: Path, share: float) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(whole[0].read_bytes()[: int(whole[0].stat().st_size * share)])
    said = use_all_of(path, whole[1])
    assert "Damaged" in said or share == 0.0


def test_damage_is_found_by_the_run_after_an_unclean_end(whole: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    shutil.copy(whole[0], path)
    with open_index(path) as index:
        index.store.set_state("running")
        root = index.store._sql.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'passage'").fetchall()[0][0]
    with open(path, "r+b") as stream:
        stream.seek((root - 1) * 4_096)
        stream.write(b"\xff" * 4_096)
    with open_index(path) as index, pytest.raises(Damaged, match="is damaged"):
        run(index)


@pytest.mark.parametrize(
    "contents", [b"This is a letter, not an index.\n" * 50, b"", b"SQLite format 3\x00" + b"\xff" * 4_000]
)
def test_a_file_that_is_no_index_is_not_touched(tmp_path: Path, contents: bytes) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(contents)
    with pytest.raises((Damaged, NotFound)), open_index(path, create=False) as index:
        index.status()
    if contents:
        with pytest.raises(Damaged), open_index(path):
            pass
    assert path.read_bytes() == contents


@pytest.mark.parametrize("create", [False, True])
def test_an_index_of_another_version_says_so_and_stays(
    whole: tuple[Path, Path], tmp_path: Path, *, create: bool
) -> None:
    path = tmp_path / "index.sqlite"
    shutil.copy(whole[0], path)
    with open_index(path) as index:
        index.store._sql.pragma("user_version", 99)
    before = path.read_bytes()
    with pytest.raises(Damaged, match="another version"), open_index(path, create=create):
        pass
    assert path.read_bytes() == before


# permissions


def test_nothing_of_an_index_is_for_others(documents: Path, home: Path) -> None:
    write_logs(documents, 5)
    with open_index() as index:
        index.add(documents)
        run(index)
        if os.name == "posix":
            data = home / "data"
            assert stat.S_IMODE(data.stat().st_mode) == 0o700
            assert {path.name: stat.S_IMODE(path.stat().st_mode) & 0o077 for path in data.iterdir()} == {
                path.name: 0 for path in data.iterdir()
            }


def test_a_folder_that_cannot_be_written_is_met_with_a_sentence(whole: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    shutil.copy(whole[0], folder / "index.sqlite")
    (folder / "index.sqlite").chmod(0o444)
    folder.chmod(0o555)
    try:
        with as_nobody():
            for create in (True, False):
                with pytest.raises(NoPermission), open_index(folder / "index.sqlite", create=create) as index:
                    run(index)
            with pytest.raises(NoPermission):
                open_index(folder / "deeper" / "index.sqlite")
    finally:
        folder.chmod(0o755)


def test_there_is_no_index_until_one_is_made(home: Path) -> None:
    with pytest.raises(NotFound, match="no index yet"):
        open_index(create=False)
    assert not home.exists()


def test_a_file_that_keeps_changing_is_left_for_the_next_run(documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_logs(documents, 3)
    restless = documents / "part000" / "log 0001.txt"
    reads = 0

    class Unlucky(Readers):
        """Finds that one file changed while it was read, every time."""

        def read_all(self, paths: Iterable[bytes]) -> Iterator[Outcome]:
            nonlocal reads
            for outcome in super().read_all(paths):
                mine = outcome.path == os.fsencode(restless)
                reads += mine
                yield replace(outcome, steady=not mine)

    monkeypatch.setattr(stages, "QUIET_SECONDS", 0.01)
    monkeypatch.setattr(stages, "Readers", Unlucky)
    with open_index() as index:
        index.add(documents)
        run(index)
        assert reads == NEVER
        assert index.status().states == {"indexed": 2, "waiting": 1}
        assert not index.store.unfinished(), "a watcher would try again and again"
        monkeypatch.undo()
        os.utime(restless, (1_800_000_000, 1_800_000_000))
        run(index)
        assert index.status().states == {"indexed": 3}


def test_a_file_deleted_between_the_look_and_the_reading_is_gone(
    documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_logs(documents, 10)
    shutil.copy(documents / "part000" / "log 0003.txt", documents / "copy.txt")
    read_texts = stages.read_texts

    def read_too_late(store: Store, progress: Progress, limits: Limits) -> tuple[int, int]:
        for name in ("log 0003.txt", "log 0005.txt"):
            (documents / "part000" / name).unlink()
        return read_texts(store, progress, limits)

    with open_index() as index:
        index.add(documents)
        monkeypatch.setattr(stages, "read_texts", read_too_late)
        run(index)
        assert index.status().files == 9
        assert_sound(index)
        assert names(index.searcher().search("entry 3", today=TODAY))[0] == "copy.txt"
        assert "log 0005.txt" not in names(index.searcher().search("entry 5", today=TODAY))


def test_a_folder_of_homespun_is_never_a_root(home: Path) -> None:
    with open_index() as index, pytest.raises(UsageError, match="keeps its own files"):
        index.add(home / "data")


def test_status_is_json(documents: Path) -> None:
    write_logs(documents, 3)
    with open_index() as index:
        index.add(documents)
        run(index)
        status = index.status()
    assert json.loads(json.dumps({"states": status.states, "kinds": status.kinds})) == {
        "states": {"indexed": 3},
        "kinds": {"text": 3},
    }
