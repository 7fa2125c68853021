"""A benchmark in sections: which ones are asked for, one after another, and the table of what they gave."""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import TypeVar

from benchmarks.machine import describe, load
from benchmarks.table import Row, Skipped, as_json, as_markdown, as_text

S = TypeVar("S")


def asked_for(only: str, known: Iterable[str]) -> list[str] | None:
    """The sections that `only` names with commas between, "" for all, in their order; None, and a word, for others."""
    known = list(known)
    chosen = only.split(",") if only else known
    if unknown := [name for name in chosen if name not in known]:
        print(f"There is no section {', '.join(unknown)}. These exist: {', '.join(known)}.", file=sys.stderr)
        return None
    return [name for name in known if name in chosen]


def measured(name: str, measure: Callable[[], list[Row]]) -> tuple[list[Row], bool]:
    """The rows of one section, and whether it came to its end. One broken section must not cost the others' hours."""
    print(f"{name} …", file=sys.stderr, flush=True)
    started, before = time.perf_counter(), load()
    try:
        rows, sound = measure(), True
    except Skipped as reason:
        rows, sound = [Row(name, f"not run: {reason}")], True
    except Exception:  # noqa: BLE001 - the job boundary
        traceback.print_exc()
        rows, sound = [Row(name, "broke: see the traceback")], False
    took = f"{name}: {time.perf_counter() - started:.0f} s, load {before} → {load()}"
    print(took, file=sys.stderr, flush=True)
    return rows, sound


def run(
    sections: Mapping[str, Callable[[S], list[Row]]],
    given: argparse.Namespace,
    opened: AbstractContextManager[S],
    *,
    about: str,
    medians: str,
) -> int:
    """Measure the sections that `given.only` names on what `opened` gives, and print the table.

    1 when a section broke, 2 for names that there are not. A `Skipped` from `opened` becomes the one row, called `about`.
    """
    chosen = asked_for(given.only, sections)
    if chosen is None:
        return 2
    before, rows, broken = load(), [], False
    try:
        with opened as stage:
            for name in chosen:
                made, sound = measured(name, partial(sections[name], stage))
                rows += made
                broken |= not sound
    except Skipped as reason:
        rows = [Row(about, f"not run: {reason}")]
    show(rows, given, before, medians)
    return int(broken)


def show(rows: Sequence[Row], given: argparse.Namespace, before: str, medians: str) -> None:
    """Print the table as `--json` and `--markdown` say; below it the machine, its load `before` and now, and `medians`."""
    foot = [
        f"{time.strftime('%Y-%m-%d %H:%M')}, {describe()}",
        f"Load average (1, 5, 15 minutes) before: {before}; after: {load()}. {medians}",
    ]
    if given.json:
        print(as_json(rows, foot))
    elif given.markdown:
        print(as_markdown(rows, foot))
    else:
        print("\n".join([as_text(rows), "", *foot]))
