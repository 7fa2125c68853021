"""Kill indexing at random points, again and again: nothing corrupt, nothing lost, nothing twice.

Each round changes some files, starts an index run, kills it (SIGKILL) after a random time, and has SQLite check the file.
Only kills in the midst of a run count. Every few rounds a run may end, and the index has to hold exactly what lies on the
disk.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.machine import ROOT, describe, homespun, load
from benchmarks.scratch import Bench, at_home
from benchmarks.table import Row, as_text
from homespun.errors import Damaged
from homespun.folders import folders
from indexer.store import Store

FILES = 400
CHANGED = 40
"""Files that are written, renamed, copied or removed before each round."""

MOST = 5
"""Rounds at most for each kill that counts."""

LONGEST_WAIT = 8.0
"""Seconds after which a blow falls at the latest."""

SETTLE_EVERY = 10
"""Rounds between two runs that may end."""

WORDS = ("river", "ladder", "copper", "window", "meadow", "silver", "engine", "basket", "candle", "marble", "velvet")


@dataclass
class Count:
    """What went wrong, in sentences; `killed` runs were cut off at work, `early` before it began, `late` had ended."""

    corrupt: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    killed: int = 0
    early: int = 0
    late: int = 0


def main(argv: list[str]) -> int:
    """Run the rounds and print one row; 1 when anything went wrong."""
    parser = argparse.ArgumentParser("python -m benchmarks kill", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()) / "homespun-benchmarks")
    options = parser.parse_args(argv)
    bench = Bench(options.scratch.absolute(), None)
    before = load()
    count = rounds(bench, options.rounds, options.seed)
    bad = count.corrupt + count.lost + count.double + count.left
    row = Row(
        f"kill -9 of indexing, {options.rounds} times",
        f"{len(count.corrupt)} corrupt, {len(count.lost)} lost, {len(count.double)} double",
        "0, 0, 0",
        notes=(
            f"{count.killed} runs were cut off at work, {count.early} more before, {count.late} had ended",
            f"{len(count.left)} processes left over",
            *bad,
        ),
    )
    print(as_text([row]), f"\n{describe()}; load before {before}, after {load()}")
    return int(bool(bad))


def rounds(bench: Bench, number: int, seed: int) -> Count:
    """Kill `number` runs at work and count what went wrong."""
    rng, count = random.Random(seed), Count()
    tree, home = bench.fresh("kill", "files"), bench.fresh("kill", "home")
    for at in range(FILES):
        _write(tree / f"{at % 20:02}" / f"file-{at}.txt", rng, at)
    homespun(home, "index", "add", "--no-run", str(tree))
    reach, before = LONGEST_WAIT / 2, ""
    for at in range(1, MOST * number + 1):
        _change(tree, rng, at)
        late = _killed_run(home, rng.uniform(0.3, 1) * reach, count)
        reach = reach * 0.9 if late else min(reach * 1.03, LONGEST_WAIT)  # most blows have to find it at work
        began = _checked(home, count, at)
        if not late:
            count.killed += began != before
            count.early += began == before
        before = began
        if at % SETTLE_EVERY == 0 or count.killed == number:
            homespun(home, "index", "run")
            _compare(home, tree, count, at)
            print(f"\r{count.killed} of {number} killed", end="", file=sys.stderr, flush=True)
        if count.killed == number:
            break
    print(file=sys.stderr)
    return count


def _write(path: Path, rng: random.Random, stamp: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    words = " ".join(rng.choices(WORDS, k=rng.choice((30, 60, 400))))
    path.write_text(f"Paper {stamp}-{rng.randrange(10**9)}\n\n{words}\n", "ascii")


def _change(tree: Path, rng: random.Random, stamp: int) -> None:
    """Change some files the ways that people do."""
    files = sorted(path for path in tree.rglob("*.txt"))
    for number, path in enumerate(rng.sample(files, CHANGED)):
        other = tree / f"{rng.randrange(20):02}" / f"new-{stamp}-{number}.txt"
        other.parent.mkdir(exist_ok=True)
        action = rng.randrange(5)
        if action == 0:
            path.rename(other)
        elif action == 1:
            other.write_bytes(path.read_bytes())
        elif action == 2 and len(files) > FILES // 2:
            path.unlink()
        else:
            _write(path, rng, stamp)


def _killed_run(home: Path, seconds: float, count: Count) -> bool:
    """Start a run and kill it after so many seconds; whether it had ended before."""
    process = subprocess.Popen(
        [sys.executable, "-m", "desktop", "index", "run", "--quiet"],
        cwd=ROOT,
        env={**os.environ, "HOMESPUN_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    if process.poll() is not None:
        count.late += 1
        return True
    children = []
    with suppress(psutil.Error):
        children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    process.wait()
    _, alive = psutil.wait_procs(children, timeout=10)
    count.left += [f"the reader {child.pid} outlived its parent" for child in alive]
    for child in alive:
        with suppress(psutil.Error):
            child.kill()
    return False


def _checked(home: Path, count: Count, at: int) -> str:
    """SQLite's own check, keyword rows included, right after the blow; returns when the last run began."""
    with at_home(home), Store(folders().index, create=True) as store:
        try:
            store.check()
        except Damaged as error:
            count.corrupt.append(f"round {at}: {error}")
        return store.meta("last_run")


def _compare(home: Path, tree: Path, count: Count, at: int) -> None:
    """Whether the index holds what lies on the disk: every file once, every text whole, every passage with one vector."""
    on_disk = {os.fsencode(path): path.read_text("ascii") for path in tree.rglob("*.txt")}
    with at_home(home), Store(folders().index) as store:
        index = store.path
        stored = Counter(_paths(index))
        count.lost += [f"round {at}: {path!r} is not in the index" for path in on_disk.keys() - stored.keys()]
        count.double += [
            f"round {at}: {path!r} is gone, and still in the index" for path in stored.keys() - on_disk.keys()
        ]
        count.double += [f"round {at}: {path!r} is there {times} times" for path, times in stored.items() if times > 1]
        for path in on_disk.keys() & stored.keys():
            where, _, name = path.rpartition(os.fsencode(os.sep))
            row = store.files.find(where, name)
            if row is None or row[1] != "indexed" or row[3] is None:
                count.lost.append(f"round {at}: {path!r} is {row}")
            elif store.contents.text(row[3]).split() != on_disk[path].split():
                count.lost.append(f"round {at}: {path!r} has another text")
    _compare_counts(index, count, at)


def _paths(index: Path) -> list[bytes]:
    with sqlite3.connect(index) as sql:
        rows = sql.execute("SELECT folder.path, name FROM file JOIN folder ON folder.id = folder").fetchall()
    sql.close()
    return [os.path.join(folder, name) for folder, name in rows]


def _compare_counts(index: Path, count: Count, at: int) -> None:
    """The tables against one another, read straight from the file."""
    questions = {
        "passages without a vector": ("lost", "SELECT count(*) FROM passage WHERE id NOT IN (SELECT passage FROM vec)"),
        "vectors without a passage": (
            "double",
            "SELECT count(*) FROM vec WHERE passage NOT IN (SELECT id FROM passage)",
        ),
        "passages twice": ("double", "SELECT count(*) - count(DISTINCT content || '.' || number) FROM passage"),
        "contents without a keyword row": (
            "lost",
            "SELECT count(*) FROM content WHERE id NOT IN (SELECT id >> 8 FROM fts_docsize)",
        ),
        "keyword rows without a content": (
            "double",
            "SELECT count(*) FROM fts_docsize WHERE id >> 8 NOT IN (SELECT id FROM content)",
        ),
        "texts without a content": (
            "double",
            "SELECT count(*) FROM text WHERE id >> 8 NOT IN (SELECT id FROM content)",
        ),
        "names without a file": ("double", "SELECT count(*) FROM names_docsize WHERE id NOT IN (SELECT id FROM file)"),
        "files without a name": ("lost", "SELECT count(*) FROM file WHERE id NOT IN (SELECT id FROM names_docsize)"),
    }
    with sqlite3.connect(index) as sql:
        for what, (list_name, question) in questions.items():
            [(number,)] = sql.execute(question).fetchall()
            if number:
                getattr(count, list_name).append(f"round {at}: {number} {what}")
    sql.close()
