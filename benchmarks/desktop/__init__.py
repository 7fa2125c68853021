"""The app in a real window: start, palette, memory, pictures, stalls; other programs in the same run.

    python -m benchmarks desktop

Every figure comes from fresh processes with the real app and its real worker processes, under the X server that is there or
one of our own. A time that a person waits is taken from what they do to what is painted. `--scratch` keeps the made index of
100,000 passages and the photo, so that the next run begins at once.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.desktop import peers, sections
from benchmarks.desktop.screen import screen
from benchmarks.desktop.stage import Stage
from benchmarks.machine import ROOT, describe, load
from benchmarks.table import Row, Skipped, as_json, as_markdown, as_text

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
    chosen = given.only.split(",") if given.only else list(SECTIONS)
    if unknown := [name for name in chosen if name not in SECTIONS]:
        print(f"There is no section {', '.join(unknown)}. These exist: {', '.join(SECTIONS)}.", file=sys.stderr)
        return 2
    before, rows, broken = load(), [], False
    try:
        with screen() as environment:
            stage = Stage(given.scratch.absolute(), environment, given.runs)
            for name in (name for name in SECTIONS if name in chosen):
                made, sound = _measured(name, stage)
                rows += made
                broken |= not sound
    except Skipped as reason:
        rows = [Row("the app in a window", f"not run: {reason}")]
    foot = [
        f"{time.strftime('%Y-%m-%d %H:%M')}, {describe()}",
        f"Load average (1, 5, 15 minutes) before: {before}; after: {load()}. Medians of {given.runs} fresh processes.",
    ]
    shown = as_json(rows, foot) if given.json else as_markdown(rows, foot) if given.markdown else as_text(rows)
    print(shown if given.json or given.markdown else "\n".join([shown, "", *foot]))
    return int(broken)


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


def _measured(name: str, stage: Stage) -> tuple[list[Row], bool]:
    """The rows of one section, and whether it came to its end: a broken one must not cost the others."""
    print(f"{name} …", file=sys.stderr, flush=True)
    try:
        return SECTIONS[name](stage), True
    except Skipped as reason:
        return [Row(name, f"not run: {reason}")], True
    except Exception:  # noqa: BLE001 - the job boundary
        traceback.print_exc()
        return [Row(name, "broke: see the traceback")], False
