"""How well the concept guard finds and removes concepts, and what gets past it, beside no guard and a word filter.

    python -m benchmarks concepts
    python -m benchmarks concepts --encoder sentences --targets 6
    python -m benchmarks concepts --model FOLDER --markdown

The prompts, sets and measures are those of papers.md §4 (SEE), the attacks those of §5. Without trained weights of a picture
network nothing here saw a picture: all measures are proxies on what that network would be told. With `random`, a transformer
with random weights, they are algebra alone. With `sentences`, sentence vectors stand in for the encoder: a proxy of a proxy.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.machine import ROOT, describe, load

ENCODERS = ("random", "sentences")


def main(argv: Sequence[str]) -> int:
    """The command line."""
    given = arguments(argv)
    # Behind the arguments: --help needs none of it.
    from benchmarks.concepts import encoders
    from benchmarks.concepts.alarms import alarms
    from benchmarks.concepts.cost import cost
    from benchmarks.concepts.pictures import draw
    from benchmarks.concepts.report import evaluate, tables

    makers: dict[str, Callable[[], encoders.Side]] = {
        "random": encoders.random_side,
        "sentences": encoders.sentence_side,
    }
    sides = [encoders.pipeline_side(given.model)] if given.model else []
    sides += [makers[name]() for name in given.encoder or (() if given.model else ENCODERS)]
    parts = []
    for side in sides:
        begun = time.perf_counter()
        print(f"{side.name} …", file=sys.stderr, flush=True)
        parts.append(evaluate(side, targets=given.targets, split=given.split, tries=given.tries))
        print(f"{side.name}: {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    shared = given.shared / "ir" / "cacm"
    false = alarms(given.shared) if shared.is_dir() else None
    foot = [*cost(), f"{time.strftime('%Y-%m-%d %H:%M')}, {describe()}", f"load {load()}"]
    if false:
        found = f"{len(false.wrong)} of {false.read:,}" + (f" ({', '.join(false.wrong)})" if false.wrong else "")
        foot.insert(0, f"False alarms of the shipped policy's words in sentences of Cranfield and CACM: {found}.")
    if given.json:
        told = {"read": false.read, "wrong": false.wrong} if false else None
        print(json.dumps({"encoders": [part.figures() for part in parts], "alarms": told, "machine": foot}, indent=1))
    else:
        print("\n".join([*(line for part in parts for line in tables(part, markdown=given.markdown)), *foot]))
    if given.pictures and given.model:
        draw(given.model, given.pictures, given.targets or 1)
    return 0


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks concepts", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, help="an exported pipeline, whose text encoder is measured")
    parser.add_argument("--encoder", action="append", choices=ENCODERS, help="a stand-in; may be given again")
    parser.add_argument("--targets", type=int, default=0, help="so many of the 24 classes (0 = all)")
    parser.add_argument("--split", choices=("all", "tune", "test"), default="all")
    parser.add_argument("--tries", type=int, default=60, help="texts that the token search tries for a target")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data", help="the evaluation data")
    parser.add_argument("--pictures", type=Path, help="with --model: draw each method's pictures into this folder")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    return parser.parse_args(argv)
