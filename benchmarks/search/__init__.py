"""Search against the targets of its issue: quality, speed, size, memory, robustness, with peers in the same run."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from importlib import import_module
from pathlib import Path

from benchmarks.machine import ROOT
from benchmarks.scratch import Bench
from benchmarks.sections import run
from benchmarks.table import Row

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
    sections = {name: partial(_measure, name) for name in SECTIONS}
    medians = f"Times are medians of {bench.runs} runs."
    return run(sections, options, nullcontext(bench), about="search", medians=medians)


def _measure(name: str, bench: Bench) -> list[Row]:
    measure: Callable[[Bench], list[Row]] = getattr(import_module(f"benchmarks.search.{SECTIONS[name]}"), name)
    return measure(bench)


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
