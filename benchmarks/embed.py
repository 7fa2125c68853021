"""How many passages a second become vectors, beside sentence-transformers in the same run.

    python -m benchmarks embed --peer-python .export-torch/bin/python --texts ../shared/data/ir/cranfield/docs.jsonl

Rounds of both alternate, so that whatever else the machine does meets both. Passages a second are the median of the
rounds; beside them stand passages per second of processor time, which other programs hardly disturb.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

import numpy as np

from benchmarks.machine import describe, load
from engines.runtime import Mode, open_model
from engines.text import Encoder

QUERY = "the slides about penguins from last summer"

PASSAGE = "word " * 126
"""128 word-pieces, with the two that mark start and end."""


@dataclass(frozen=True)
class Round:
    """Seconds of the clock and of the processors for one set of texts."""

    seconds: float
    cpu: float


class Peer:
    """sentence-transformers in a process of its own."""

    def __init__(self, python: Path, threads: int) -> None:
        script = Path(__file__).parent / "peers" / "sentence_vectors.py"
        self._process = subprocess.Popen(
            [str(python), str(script), str(threads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        about = self._answer()
        self.name = f"sentence-transformers {about['version']} (torch {about['torch']})"

    def encode(self, texts: Sequence[str]) -> Round:
        """One round."""
        asked = cast(IO[str], self._process.stdin)
        asked.write(json.dumps(texts) + "\n")
        asked.flush()
        answer = self._answer()
        return Round(float(answer["seconds"]), float(answer["cpu"]))

    def _answer(self) -> dict[str, str]:
        line = cast(IO[str], self._process.stdout).readline()
        if not line:
            raise SystemExit(
                "The peer ended without an answer: has its environment sentence-transformers and the weights?"
            )
        found: dict[str, str] = json.loads(line)
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()


def main(argv: Sequence[str]) -> int:
    """Print the figures; always 0."""
    given = arguments(argv)
    print(f"{describe()}, load {load()}")
    start = time.perf_counter()
    encoder = Encoder.open(threads=given.threads)
    encoder.encode_one(QUERY)
    print(f"{encoder.why().sentences[0]} Open, with the first query: {time.perf_counter() - start:.2f} s.")
    sets = {"128 word-pieces": [PASSAGE] * given.passages}
    if given.texts:
        sets[f"first {given.passages} of {given.texts.parent.name}"] = real(given.texts, given.passages)
    if given.peer_python:
        with Peer(given.peer_python, encoder.why().at_once) as peer:
            compare(encoder, sets, given.rounds, peer)
    else:
        compare(encoder, sets, given.rounds, None)
    batches(encoder, given.passages)
    query(encoder)
    print(f"load after: {load()}")
    return 0


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        "benchmarks embed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peer-python", type=Path, help="Python of the torch export environment")
    parser.add_argument("--texts", type=Path, help="JSON lines with title and text")
    parser.add_argument("--passages", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=0)
    return parser.parse_args(argv)


def real(file: Path, count: int) -> list[str]:
    """Title and text of the first `count` documents."""
    documents = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()[:count]]
    return [f"{document['title']} {document['text']}" for document in documents]


def compare(encoder: Encoder, sets: dict[str, list[str]], rounds: int, peer: Peer | None) -> None:
    """Ours and the peer's figures for each set of texts."""
    for name, texts in sets.items():
        ours: list[Round] = []
        theirs: list[Round] = []
        for _ in range(rounds):
            ours.append(timed(partial(encoder.encode, texts)))
            if peer:
                theirs.append(peer.encode(texts))
        print(f"{name}: Homespun {figures(ours, len(texts))}")
        if peer:
            print(f"{name}: {peer.name} {figures(theirs, len(texts))}")
            clock = statistics.median(b.seconds / a.seconds for a, b in zip(ours, theirs, strict=True))
            cpu = statistics.median(b.cpu / a.cpu for a, b in zip(ours, theirs, strict=True))
            print(f"{name}: {clock:.2f} times as fast, {cpu:.2f} times per processor second")


def timed(work: Callable[[], object]) -> Round:
    """One round of ours."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Round(time.perf_counter() - wall, time.process_time() - cpu)


def figures(rounds: Sequence[Round], count: int) -> str:
    """`152.3 passages/s (88.1 per processor second)`."""
    wall = statistics.median(count / one.seconds for one in rounds)
    cpu = statistics.median(count / one.cpu for one in rounds)
    return f"{wall:.1f} passages/s ({cpu:.1f} per processor second)"


def batches(encoder: Encoder, passages: int) -> None:
    """The same model fed in batches, all threads on one run: what the encoder does not do, and why."""
    threads = encoder.why().at_once
    with open_model(encoder.model_id, mode=Mode.EAGER, threads=threads) as session:
        for size in (1, 4, 16):
            ids = np.full((size, 128), 2773, dtype=np.int64)
            feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
            session.run(feed)
            runs = max(1, passages // size)
            rounds = [timed(partial(repeat, runs, partial(session.run, feed))) for _ in range(3)]
            print(f"batches of {size} on {threads} threads, 128 word-pieces: {figures(rounds, runs * size)}")


def repeat(times: int, work: Callable[[], object]) -> None:
    """Do the same again and again."""
    for _ in range(times):
        work()


def query(encoder: Encoder) -> None:
    """How long a person's sentence takes."""
    times = []
    for _ in range(300):
        start = time.perf_counter()
        encoder.encode_one(QUERY)
        times.append((time.perf_counter() - start) * 1000)
    print(
        f"one query: {np.percentile(times, 50):.1f} ms in the middle, {np.percentile(times, 99):.1f} ms at most in 99 of 100"
    )
