"""A watcher at work: how long after a file was saved it is found by its words, and by its meaning alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from benchmarks.judged import known_items
from benchmarks.machine import ROOT, homespun
from benchmarks.metrics import median
from benchmarks.scratch import Bench, at_home, kept_index, remembering_encoder
from benchmarks.table import Row, Skipped
from indexer.index import Index

SAVED = (
    ("zebulon", "Cats nap upon heated couches all through winter.", "felines sleeping on a warm sofa"),
    (
        "quillfish",
        "The physician prescribed tablets against high blood pressure.",
        "medicine a doctor gave for hypertension",
    ),
    ("marrowby", "Our automobile needs new tyres before the holidays.", "replacing the wheels of the car"),
    ("tansyfold", "Beat the eggs, fold in flour and sugar, bake until golden.", "recipe for a sponge cake"),
    ("orrisgate", "The landlord raised what we pay for the flat each month.", "higher rent of the apartment"),
)
"""A word that no other file has, a text, and a question without any of the text's words."""

FIRST = 100
"""Hits among which the file has to be: how soon is measured here, how far up is `quality`'s business."""

PATIENCE = 60.0


def live(bench: Bench) -> list[Row]:
    """Seconds from saving to found, with the known-item corpus in the same index."""
    items = known_items(bench)
    with remembering_encoder(bench) as encoder, kept_index(bench, "known", items.folder, encoder):
        pass
    home = bench.fresh("live") / "home"
    shutil.copytree(bench.scratch / "known" / "home", home)
    saved = bench.folder("live", "saved")
    homespun(home, "index", "add", str(saved))
    watcher = subprocess.Popen(
        [sys.executable, "-m", "desktop", "index", "watch", "--json"],
        cwd=ROOT,
        env={**os.environ, "HOMESPUN_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert watcher.stdout is not None
        if not watcher.stdout.readline():
            raise Skipped(f"the watcher ended: {(watcher.stderr.read() if watcher.stderr else '').strip()[-300:]}")
        time.sleep(1)  # the first look at the folders
        with at_home(home), Index() as index:
            times = [_one(index, saved, number, *one) for number, one in enumerate(SAVED)]
    finally:
        watcher.terminate()
        watcher.wait(20)
    by_word, by_meaning = ([pair[side] for pair in times] for side in (0, 1))
    return [
        Row(
            "saved file found by keyword / by meaning",
            f"{median(by_word):.2f} / {median(by_meaning):.2f} s",
            "≤ 2 / ≤ 10 s",
            "",
            (f"{len(times)} files saved one after another; slowest {max(by_word):.2f} / {max(by_meaning):.2f} s",),
            {"keyword_seconds": median(by_word), "meaning_seconds": median(by_meaning)},
        )
    ]


def _one(index: Index, folder: Path, number: int, word: str, text: str, question: str) -> tuple[float, float]:
    path = folder / f"{number}.txt"
    searcher = index.searcher()

    def among_first(sentence: str, *, complete: bool) -> bool:
        answer = searcher.search(sentence, limit=FIRST) if complete else next(searcher.stages(sentence, limit=FIRST))
        return any(hit.path == os.fsencode(path) for hit in answer.hits)

    searcher.search(question, limit=1)  # warm
    path.with_suffix(".part").write_text(f"{text} {word}\n", "utf-8")
    path.with_suffix(".part").replace(path)  # as editors save
    saved = time.perf_counter()
    by_word = _until(lambda: among_first(word, complete=False), saved)
    return by_word, _until(lambda: among_first(question, complete=True), saved)


def _until(found: Callable[[], bool], since: float) -> float:
    """Seconds from `since` until `found`. Raises `TimeoutError`."""
    while time.perf_counter() - since < PATIENCE:
        with suppress(StopIteration):
            if found():
                return time.perf_counter() - since
        time.sleep(0.02)
    raise TimeoutError(f"a saved file was not found within {PATIENCE:.0f} s")
