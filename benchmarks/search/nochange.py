"""A run in which nothing changed, over a hundred thousand files."""

from __future__ import annotations

import json

from benchmarks.machine import homespun
from benchmarks.metrics import median
from benchmarks.scratch import Bench, index_side
from benchmarks.table import Row

FILES = 100_000
A_FOLDER = 100
CONTENTS = 1_000
"""Different texts: copies share theirs, so that the first run doesn't embed for a quarter of an hour."""


def nochange(bench: Bench) -> list[Row]:
    """Seconds of a second run, warm: by its own report, and of the whole command."""
    tree, home = bench.scratch / "nochange" / "files", bench.folder("nochange", "home")
    made_by = home / "made-by.txt"
    if not made_by.exists() or made_by.read_text("ascii") != index_side():
        home = bench.fresh("nochange", "home")
        made_by.write_text(index_side(), "ascii")
    mark = bench.folder("nochange") / "made.txt"
    if not mark.exists():
        for number in range(FILES):
            folder = tree / f"{number // A_FOLDER // A_FOLDER:02}" / f"{number // A_FOLDER:04}"
            if number % A_FOLDER == 0:
                folder.mkdir(parents=True, exist_ok=True)
            text = f"Note {number % CONTENTS}: the minutes of meeting number {number % CONTENTS} are filed here.\n"
            (folder / f"note-{number:06}.txt").write_text(text, "ascii")
        mark.write_text(str(FILES), "ascii")
    if not (home / "data" / "index.sqlite").exists():
        homespun(home, "index", "add", "--no-run", str(tree))
    first = homespun(home, "index", "run", "--json")
    inside, whole = [], []
    for _ in range(bench.runs + 1):
        run = homespun(home, "index", "run", "--json")
        report = json.loads(run.out)
        if report["new"] or report["changed"] or report["removed"] or report["unchanged"] != FILES:
            raise RuntimeError(f"a run without changes reported some: {report}")
        inside.append(sum(report["seconds"].values()))
        whole.append(run.seconds)
    return [
        Row(
            f"no-change run over {FILES:,} files",
            f"{median(whole[1:]):.2f} s",
            "< 2 s warm",
            "",
            (
                f"the whole command with its start; its stages alone {median(inside[1:]):.2f} s",
                f"{FILES // A_FOLDER:,} folders, {CONTENTS:,} different texts; run before it {first.seconds:.1f} s",
            ),
            {"seconds": median(whole[1:]), "stages_seconds": median(inside[1:])},
        )
    ]
