"""The folders page's state with real processes and a real, small index."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.state.folders import FoldersState
from desktop.state.reading import Phase
from homespun.folders import folders
from homespun.settings import load
from tests.desktop.main.fakes import KnownDoors
from tests.desktop.turns import Turns


@pytest.fixture
def loop() -> Iterator[Turns]:
    """A loop in which no wait is longer than half a second."""
    made = Turns(longest=0.5)
    yield made
    made.close()


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with letters, one of them locked away in a broken PDF."""
    folder = tmp_path / "Documents"
    (folder / "old").mkdir(parents=True)
    for number in range(12):
        (folder / f"letter {number}.txt").write_text(f"Dear aunt, this is letter number {number} about the garden.")
    (folder / "old" / "diary.md").write_text("# Diary\nThe winter was cold and the lake froze over.")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of a PDF follows")
    return folder


class Page:
    def __init__(self, loop: Turns) -> None:
        self.loop = loop
        self.chores = loop.worker("chores")
        self.index = loop.worker("index")
        self.doors = KnownDoors()
        self.state = FoldersState(self.chores, self.index, loop.later, self.doors)
        self.state.start()
        loop.until(lambda: self.state.snapshot().known)

    def up_to_date(self, files: int) -> None:
        """Wait until so many files are known, all is read and changes are watched for."""

        def happened() -> bool:
            told = self.state._told
            waits = told.get("waiting_text") or told.get("waiting_vectors")
            return self.state.engine.phase is Phase.WATCHING and not waits and told.get("files") == files

        self.loop.until(happened)

    def files(self) -> int:
        return int(self.state._told["files"])


def test_from_the_first_folder_to_the_last(loop: Turns, documents: Path) -> None:
    page = Page(loop)
    assert page.state.snapshot().rows == ()

    page.state.add(["/proc"])
    loop.until(lambda: page.state.snapshot().notice is not None)
    notice = page.state.snapshot().notice
    assert notice is not None
    assert "belongs to the system" in notice.words

    page.state.add([documents])
    loop.until(lambda: page.state.any_folder)
    page.up_to_date(14)
    snapshot = page.state.snapshot()
    assert [row.detail for row in snapshot.rows] == ["14 files"]
    assert (snapshot.line.words, snapshot.problem_count) == ("Up to date", 1)

    page.state.show_problems(shown=True)
    loop.until(lambda: bool(page.state.snapshot().problems))
    assert page.state.snapshot().problems[0].name == "broken.pdf"

    (documents / "new.txt").write_text("A word about the harbour.")  # it is watched
    loop.until(lambda: page.files() == 15)

    page.state.ask_why(str(documents / "new.txt"))
    loop.until(lambda: page.state.snapshot().why is not None)
    why = page.state.snapshot().why
    assert why is not None
    assert why.found

    page.state.exclude(documents / "old")
    loop.until(lambda: page.files() == 14)
    assert load(folders().settings).index.exclude == (f"{documents / 'old'}{os.sep}",)
    page.up_to_date(14)  # and it stays out

    page.state.ask_to_forget(documents / "letter 3.txt")
    page.state.act("yes")
    loop.until(lambda: (page.state.snapshot().notice or notice).words == "Forgot 1 file.")

    page.state.ask_to_remove(str(documents))
    page.state.act("yes")
    loop.until(lambda: page.state.snapshot().rows == ())
    loop.until(lambda: page.state.engine.phase is Phase.REST)
    assert (documents / "letter 3.txt").exists()  # the files themselves are nobody's to touch


def test_killed_in_the_middle_reading_goes_on_and_nothing_is_lost(loop: Turns, tmp_path: Path) -> None:
    folder = tmp_path / "Notes"
    folder.mkdir()
    for number in range(400):
        (folder / f"note {number}.txt").write_text(f"Note {number}. " + f"Of bees and hives, part {number}. " * 30)
    page = Page(loop)
    page.state.add([folder])
    loop.until(lambda: page.state.engine.phase is Phase.MEANING)
    first = page.index.pid
    assert first is not None
    os.kill(first, signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    loop.until(lambda: page.state.snapshot().notice is not None)
    notice = page.state.snapshot().notice
    assert notice is not None
    assert "started again" in notice.words
    loop.until(lambda: page.index.running and page.index.pid != first)
    page.up_to_date(400)
    assert page.state.snapshot().notice is None
    with sqlite3.connect(folders().index) as index:  # the test's own look, past all of our code
        assert index.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def test_another_process_that_writes_is_named_and_waited_for(loop: Turns, documents: Path) -> None:
    page = Page(loop)
    holder = (
        "import sys, indexer\nindex = indexer.open_index(create=True)\nindex.store.lock.acquire()\n"
        "print('held', flush=True)\nsys.stdin.read()"
    )
    other = subprocess.Popen([sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        page.state.add([documents])
        loop.until(lambda: page.state.engine.phase is Phase.HELD)
        assert page.state.snapshot().line.note == "This goes on by itself when it is done."
    finally:
        other.communicate()
    page.up_to_date(14)


def test_a_damaged_index_is_put_aside_and_made_anew_of_the_same_folders(loop: Turns, documents: Path) -> None:
    page = Page(loop)
    page.state.add([documents])
    loop.until(lambda: page.state.any_folder)
    page.up_to_date(14)
    page.state.pause()
    loop.until(lambda: not page.index.busy)
    for suffix in ("-wal", "-shm"):
        Path(f"{folders().index}{suffix}").unlink(missing_ok=True)
    folders().index.write_bytes(b"not a database, whatever it was before" * 500)
    page.state.resume()
    loop.until(lambda: page.state.engine.damaged)
    page.state.act("repair")
    page.up_to_date(14)
    assert list(folders().data.glob("index.sqlite.damaged-*"))


def test_a_pause_holds_until_the_person_resumes(loop: Turns, documents: Path) -> None:
    page = Page(loop)
    page.state.pause()
    page.state.add([documents])
    loop.until(lambda: page.state.any_folder)
    assert page.state.snapshot().line.words == "Paused"
    assert not page.index.running
    page.state.act("resume")
    page.up_to_date(14)
