"""Times, memory and recall of search over 100,000 and over a million passages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import ROOT, homespun
from benchmarks.metrics import mean, median, percentile, recall
from benchmarks.peers.recoll import Recoll
from benchmarks.scratch import Bench, at_home, fingerprint, index_side, remembering_encoder
from benchmarks.search.synthetic import CHUNK, Made, build, real_passages
from benchmarks.table import Row, Skipped
from homespun.folders import folders
from indexer.store import Store
from indexer.vectors import Vectors

ASKED = 200
WARM_UP = 50
NEIGHBOURS = 10
VECTOR_QUERIES = 60


def speed100k(bench: Bench) -> list[Row]:
    """The answer at 100,000 passages."""
    made, answers = _answers(bench, "100k", 100_000)
    vectors = _vector_part(bench, made)
    recoll = _recoll(bench, made)
    about = f"{made.files:,} files, {made.passages:,} passages, {ASKED} questions a run, 20 hits each, model and vectors warm"
    return [
        _times("answer at 100k passages, keyword, p50 / p99", answers.keyword, "≤ 10 / 30 ms", recoll, (about,)),
        _times("answer at 100k passages, complete, p50 / p99", answers.complete, "≤ 20 / 50 ms", "", answers.notes),
        vectors.row("100k"),
        _cold(bench, made),
    ]


def speed1m(bench: Bench) -> list[Row]:
    """The answer at a million passages, and the memory of search."""
    made, answers = _answers(bench, "1m", 1_000_000)
    vectors = _vector_part(bench, made)
    about = f"{made.files:,} files, {made.passages:,} passages"
    return [
        _times("answer at 1M passages, keyword, p50 / p99", answers.keyword, "", "", (about,)),
        _times("answer at 1M passages, complete, p50 / p99", answers.complete, "≤ 60 / 150 ms", "", answers.notes),
        vectors.row("1M"),
        Row(
            "resident memory of search at 1M passages",
            f"{answers.private / 1e6:.0f} MB ({answers.resident / 1e6:.0f} MB with mapped files)",
            "≤ 300 MB",
            "",
            ("the process's private pages; mapped are the int8 rows and the index file, which the system may drop",),
            {"private": answers.private, "resident": answers.resident},
        ),
    ]


@dataclass(frozen=True)
class Answers:
    """Milliseconds of every question by run; bytes."""

    keyword: list[list[float]]
    complete: list[list[float]]
    private: float
    resident: float
    notes: tuple[str, ...]


def _answers(bench: Bench, name: str, passages: int) -> tuple[Made, Answers]:
    """The made index, and what a warm process takes for its answers: `bench.runs` processes, each with its own questions."""
    home = bench.folder(f"speed-{name}")
    mark = home / "made-by.txt"
    if not mark.exists() or mark.read_text("ascii") != index_side():
        home = bench.fresh(f"speed-{name}")
        (home / "made-by.txt").write_text(index_side(), "ascii")
    started = time.perf_counter()
    with remembering_encoder(bench) as encoder:
        made = build(home, passages, encoder, write_files=passages <= 100_000)
    took = time.perf_counter() - started
    runs = [_asked(made, seed) for seed in range(1, bench.runs + 1)]
    return made, Answers(
        [run["keyword"] for run in runs],
        [run["complete"] for run in runs],
        median(run["private"] for run in runs),
        median(run["resident"] for run in runs),
        (f"the made index was ready after {took:.0f} s (kept from an earlier run if that is short)",),
    )


def _asked(made: Made, seed: int) -> dict[str, Any]:
    questions = made.words.questions(WARM_UP + ASKED, seed)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.search.answering"],
        input=json.dumps({"warm": questions[:WARM_UP], "asked": questions[WARM_UP:]}),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=_env(made),
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _env(made: Made) -> dict[str, str]:
    return {**os.environ, "HOMESPUN_HOME": str(made.home)}


def _times(what: str, runs: Sequence[Sequence[float]], target: str, peer: str, notes: tuple[str, ...]) -> Row:
    p50, p99 = (median(percentile(run, share) for run in runs) for share in (0.5, 0.99))
    return Row(what, f"{p50:.1f} / {p99:.1f} ms", target, peer, notes, {"p50_ms": p50, "p99_ms": p99})


@dataclass(frozen=True)
class VectorPart:
    """The nearest passages alone: milliseconds, recall@10 against exact float32, and the peers' words."""

    milliseconds: list[float]
    recall: float
    peers: str

    def row(self, name: str) -> Row:
        """As a line of the table."""
        p50, p99 = percentile(self.milliseconds, 0.5), percentile(self.milliseconds, 0.99)
        return Row(
            f"vector part at {name}, p50 / p99; recall@10",
            f"{p50:.1f} / {p99:.1f} ms; {self.recall:.3f}",
            "",
            self.peers,
            (f"{VECTOR_QUERIES} real sentences; recall against exact float32",),
            {"p50_ms": p50, "p99_ms": p99, "recall10": self.recall},
        )


def _vector_part(bench: Bench, made: Made) -> VectorPart:
    with remembering_encoder(bench) as encoder:
        texts = real_passages()
        sentences = [" ".join(text.split()[:12]) for text in texts[1 :: len(texts) // VECTOR_QUERIES]][:VECTOR_QUERIES]
        queries = encoder.encode(sentences)
    exact = _exact(made, queries)
    with at_home(made.home), Store(folders().index) as store:
        vectors = Vectors.open(folders().cache / "vectors.cache", store.vectors)
        quantizer = store.vectors.quantizer
        assert quantizer is not None
        for query in queries[:10]:
            vectors.search(query)
        times, found = [], []
        for query in queries:
            started = time.perf_counter()
            near = vectors.search(query)
            times.append((time.perf_counter() - started) * 1000)
            found.append([int(passage) - 1 for passage in near.passages[:NEIGHBOURS]])
        peers = _vector_peers(bench, store, quantizer.encode(queries), exact) if bench.peers else ""
    return VectorPart(times, mean(map(recall, found, exact)), peers)


def _exact(made: Made, queries: NDArray[np.float32]) -> list[list[int]]:
    """The numbers of the ten nearest vectors of each query, by float32. Passage k has vector k - 1."""
    best = np.full((len(queries), NEIGHBOURS), -np.inf, np.float32)
    ids = np.zeros((len(queries), NEIGHBOURS), np.int64)
    for chunk in range((made.passages + CHUNK - 1) // CHUNK):
        rows = made.vectors.chunk(chunk)[: made.passages - chunk * CHUNK]
        scores = np.concatenate([best, queries @ rows.T], axis=1)
        numbers = np.concatenate(
            [ids, np.broadcast_to(chunk * CHUNK + np.arange(len(rows)), (len(queries), len(rows)))], 1
        )
        top = np.argpartition(-scores, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        best, ids = np.take_along_axis(scores, top, 1), np.take_along_axis(numbers, top, 1)
    return [row.tolist() for row in ids]


def _vector_peers(bench: Bench, store: Store, queries: NDArray[np.int8], exact: list[list[int]]) -> str:
    """usearch and sqlite-vec over the same int8 rows, in the Python that has them."""
    folder = bench.folder("vectors")
    rows = np.concatenate([block for *_, block in store.vectors.rows_after(0)])
    np.save(folder / "rows.npy", rows)
    np.save(folder / "queries.npy", queries)
    script = ROOT / "benchmarks" / "peers" / "nearest.py"
    done = subprocess.run(
        [str(bench.peer_python or sys.executable), str(script), str(folder / "rows.npy"), str(folder / "queries.npy")],
        capture_output=True,
        text=True,
        check=False,
    )
    (folder / "rows.npy").unlink()
    if done.returncode:
        return f"peers failed: {done.stderr.strip().splitlines()[-1:]}"
    parts = []
    for name, one in json.loads(done.stdout).items():
        if "missing" in one:
            parts.append(f"{name}: not installed")
            continue
        times = f"{percentile(one['ms'], 0.5):.0f} / {percentile(one['ms'], 0.99):.0f} ms"
        parts.append(f"{name} {one['version']} exact int8 {times}; {mean(map(recall, one['found'], exact)):.3f}")
    return ", ".join(parts)


def _recoll(bench: Bench, made: Made) -> str:
    """Recoll over the same files; its index is kept."""
    if not bench.peers:
        return ""
    try:
        peer = Recoll(made.home / "recoll", made.files_folder)
    except Skipped as reason:
        return str(reason)
    mark = made.home / "recoll-made.txt"
    wanted = fingerprint([], peer.name, str(made.files), index_side())
    if not mark.exists() or mark.read_text("ascii") != wanted:
        peer.build()
        mark.write_text(wanted, "ascii")
    times = []
    for question in made.words.questions(WARM_UP + ASKED, 1):
        started = time.perf_counter()
        peer.search(question, 20)
        times.append((time.perf_counter() - started) * 1000)
    p50, p99 = (percentile(times[WARM_UP:], share) for share in (0.5, 0.99))
    return f"{peer.name}, any term, with its process's start: {p50:.0f} / {p99:.0f} ms"


def _cold(bench: Bench, made: Made) -> Row:
    """The command line from nothing: start, one question, end."""
    questions = made.words.questions(bench.runs + 1, 99)
    seconds = [homespun(made.home, "search", "--json", question).seconds for question in questions][1:]
    return Row(
        "`homespun search` from nothing, at 100k passages",
        f"{median(seconds):.2f} s",
        notes=("a new process each time: start, model, vectors, answer; files in the system's cache",),
        figures={"seconds": median(seconds)},
    )
