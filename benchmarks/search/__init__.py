"""Search against the targets of its issue: quality, speed, size, memory, robustness, with peers in the same run."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from benchmarks.machine import ROOT, describe, load
from benchmarks.scratch import Bench
from benchmarks.table import Row, Skipped, as_json, as_markdown, as_text

__all__ = ["SECTIONS", "main"]

SECTIONS = {
    "quality": "quality",
    "known": "known",
    "understanding": "understanding",
    "speed100k": "speed",
    "speed1m": "speed",
    "index": "indexing",
    "disk": "indexing",
    "memory": "indexing",
    "live": "live",
    "nochange": "nochange",
    "hostile": "hostile",
}
"""Section → the module that measures it, in the order of the issue's table. A module has one function per section."""


def main(argv: list[str]) -> int:
    """Measure the sections asked for and print one table; 1 when a section broke."""
    options = _options(argv)
    shared = options.shared or ROOT.parent / "shared"
    bench = Bench(
        scratch=options.scratch.absolute(),
        shared=shared if (shared / "data").is_dir() else None,
        peer_python=options.peer_python,
        peers=not options.no_peers,
        runs=options.runs,
    )
    bench.folder()
    chosen = options.only.split(",") if options.only else list(SECTIONS)
    unknown = [name for name in chosen if name not in SECTIONS]
    if unknown:
        print(f"There is no section {', '.join(unknown)}. These exist: {', '.join(SECTIONS)}.", file=sys.stderr)
        return 2
    before, rows, broken = load(), [], False
    for name in (name for name in SECTIONS if name in chosen):
        made, sound = _measured(name, bench)
        rows += made
        broken |= not sound
    foot = [
        f"{time.strftime('%Y-%m-%d %H:%M')}, {describe()}",
        f"Load average (1, 5, 15 minutes) before: {before}; after: {load()}. Times are medians of {bench.runs} runs.",
    ]
    shown = as_json(rows, foot) if options.json else as_markdown(rows, foot) if options.markdown else as_text(rows)
    print(shown if options.json or options.markdown else "\n".join([shown, "", *foot]))
    return int(broken)


def _measured(name: str, bench: Bench) -> tuple[list[Row], bool]:
    """The rows of one section, and whether it came to its end. One broken section must not cost the others' hours."""
    print(f"{name} …", file=sys.stderr, flush=True)
    started, before = time.perf_counter(), load()
    try:
        measure: Callable[[Bench], list[Row]] = getattr(import_module(f"benchmarks.search.{SECTIONS[name]}"), name)
        rows = measure(bench)
        sound = True
    except Skipped as reason:
        rows, sound = [Row(name, f"not run: {reason}")], True
    except Exception:  # noqa: BLE001  # the job boundary
        traceback.print_exc()
        rows, sound = [Row(name, "broke: see the traceback")], False
    took = f"{name}: {time.perf_counter() - started:.0f} s, load {before} → {load()}"
    print(took, file=sys.stderr, flush=True)
    return rows, sound


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks search", description=__doc__)
    parser.add_argument("--only", default="", help=f"sections, with commas: {','.join(SECTIONS)}")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="the table for the README")
    form.add_argument("--json", action="store_true", help="figures for a program")
    parser.add_argument(
        "--scratch",
        type=Path,
        default=Path(tempfile.gettempdir()) / "homespun-benchmarks",
        help="where corpora and indexes are made, and kept for the next run (several GB for speed1m)",
    )
    parser.add_argument(
        "--shared", type=Path, help="the folder of evaluation data; default: shared beside the checkout"
    )
    parser.add_argument("--peer-python", type=Path, help="a Python with usearch, sqlite-vec, dateparser installed")
    parser.add_argument("--no-peers", action="store_true", help="ours alone, for tuning")
    parser.add_argument("--runs", type=int, default=3, help="how often each time is taken; the median counts")
    return parser.parse_args(argv)
