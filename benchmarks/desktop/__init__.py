"""The app in a real window: start, palette, memory, pictures, stalls; other programs in the same run.

    python -m benchmarks desktop

Every figure comes from fresh processes with the real app and its real worker processes, under the X server that is there or
one of our own. A time that a person waits is taken from what they do to what is painted. `--scratch` keeps the made index of
100,000 passages and the photo, so that the next run begins at once.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.desktop import peers, sections
from benchmarks.desktop.screen import screen
from benchmarks.desktop.stage import Stage
from benchmarks.machine import ROOT
from benchmarks.sections import run
from benchmarks.table import Row

SECTIONS: dict[str, Callable[[Stage], list[Row]]] = {
    "cold": sections.cold,
    "warm": sections.warm,
    "idle": sections.idle,
    "typing": sections.typing,
    "opening": sections.opening,
    "strokes": sections.strokes,
    "stall": sections.stall,
    "pages": sections.pages,
    "launcher": peers.launcher,
    "viewer": peers.viewer,
}


def main(argv: Sequence[str]) -> int:
    """Print the table; 1 when a section broke."""
    given = arguments(argv)
    return run(
        SECTIONS, given, _stage(given), about="the app in a window", medians=f"Medians of {given.runs} fresh processes."
    )


@contextmanager
def _stage(given: argparse.Namespace) -> Iterator[Stage]:
    with screen() as environment:
        yield Stage(given.scratch.absolute(), environment, given.runs)


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks desktop", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5, help="fresh processes for each figure (default 5)")
    parser.add_argument("--only", default="", help=f"sections, with commas between: {', '.join(SECTIONS)}")
    parser.add_argument("--scratch", type=Path, default=ROOT / "benchmarks" / "out" / "desktop")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    return parser.parse_args(argv)
