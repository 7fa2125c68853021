"""How things that were erased look and how long it took, beside G'MIC, OpenCV and MI-GAN in the same run.

    python -m benchmarks erase --peer-python .peers/bin/python --out benchmarks/out/erase.png

Every way fills the same hole in the same crop; seconds are of the filling alone, ours the median of `--runs`. Measures as in
`docs/erase.md`. The contact sheet shows them all; look at it: no measure replaces looking.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.erase import sheet, ways
from benchmarks.erase.cases import Case, load
from benchmarks.machine import ROOT, describe, run
from benchmarks.machine import load as busy
from engines.erase.measures import Measures, measure

OURS = "Homespun"

LARGE = ((4000, 3000, 150_000, 5.0), (6000, 4000, 400_000, 15.0))
"""Width, height, pixels of the hole, and the seconds it may take."""


@dataclass(frozen=True)
class Result:
    """One way's fill of one case."""

    case: Case
    pixels: NDArray[np.uint8]
    seconds: float
    strain: float
    measures: Measures


def main(argv: Sequence[str]) -> int:
    """Run the benchmark; 0, or 2 when the shared photos are not there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks erase", description=__doc__.partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder of shared data")
    parser.add_argument("--peer-python", type=Path, help="a Python that has opencv-contrib-python-headless")
    parser.add_argument("--cases", nargs="*", default=[], help="only these cases")
    parser.add_argument("--runs", type=int, default=3, help="how often ours is timed")
    parser.add_argument("--no-peers", action="store_true", help="ours alone")
    parser.add_argument(
        "--without", nargs="*", default=[], help="peers to leave out, as their names begin (shift-map is slow)"
    )
    parser.add_argument("--limit", type=float, default=120, help="seconds that a peer may take for one case")
    parser.add_argument("--no-large", action="store_true", help="without the 12 and 24 megapixel photos")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "out" / "erase.png", help="the contact sheet")
    asked = parser.parse_args(argv)
    data = asked.shared / "data"
    if not (data / "masks" / "cases.json").is_file():
        print(f"There are no cases in {data}. Name the folder with --shared.", file=sys.stderr)
        return 2
    cases = load(data, asked.cases)
    print(f"{describe()}; load {busy()}")
    print("seconds / grain / seam / plant; grain by blocks, 1 = as the surroundings (docs/erase.md)\n")
    names, found = _all(cases, asked)
    slow = f"took over {asked.limit:.0f} s"
    rows: list[tuple[Case, dict[str, NDArray[np.uint8] | str]]] = [
        (made[OURS].case, {name: made[name].pixels if name in made else slow for name in names}) for made in found
    ]
    sheet.save(rows, asked.out, cell=400)
    worst = sorted(range(len(found)), key=lambda n: -found[n][OURS].strain if cases[n].pixels > 30_000 else 0)[:3]
    sheet.save([rows[n] for n in worst], asked.out.with_stem(asked.out.stem + "-worst"), cell=900)
    print(f"\ncontact sheet: {asked.out}; the three hardest, large: {asked.out.stem}-worst{asked.out.suffix}")
    _summary([made[OURS] for made in found], found, names)
    if not asked.no_large:
        _large(data / "photos" / "plaigne-fields.jpg")
    return 0


def _all(cases: Sequence[Case], asked: argparse.Namespace) -> tuple[list[str], list[dict[str, Result]]]:
    """The names of all ways, and what they made of every case, too slow ones left out; a line is printed for each."""
    found = []
    with ways.scratch() as folder, ways.peers(asked.peer_python, folder, asked.limit) as others:
        if asked.no_peers:
            others.clear()
        for name in [name for name in others if name.startswith(tuple(asked.without))]:
            del others[name]
        names = [OURS, *others]
        ways.ours(cases[0])  # kernels are loaded here, not in the first time that counts
        for case in cases:
            times = [ways.ours(case) for _ in range(max(1, asked.runs))]
            made = {OURS: _result(case, times[0], statistics.median(one.seconds for one in times))}
            for name, way in others.items():
                with suppress(ways.TooSlow):
                    filled = way(case)
                    made[name] = _result(case, filled, filled.seconds)
            found.append(made)
            print(f"{case.name} ({case.pixels // 1000} k px)")
            for name in names:
                print(f"  {name:28} {_told(made.get(name), asked.limit)}", flush=True)
    return names, found


def _result(case: Case, filled: ways.Filled, seconds: float) -> Result:
    told = measure(filled.pixels.astype(np.float32) / np.float32(255), case.hole)
    return Result(case, filled.pixels, seconds, filled.strain, told)


def _told(result: Result | None, limit: float) -> str:
    if result is None:
        return f"took over {limit:.0f} s"
    m = result.measures
    return f"{result.seconds:6.2f} / {m.grain:4.2f} / {m.seam:5.2f} / {m.plant:5.2f}"


def _summary(mine: Sequence[Result], found: Sequence[dict[str, Result]], names: Sequence[str]) -> None:
    many = len(mine)
    print(f"grain 0.7 to 1.4: {sum(0.7 <= one.measures.grain <= 1.4 for one in mine)} of {many} (target 14 of 17)")
    print(f"seam at most 2.2: {sum(one.measures.seam <= 2.2 for one in mine)} of {many} (target 15 of 17)")
    print(f"plant under 2: {sum(one.measures.plant < 2 for one in mine)} of {many} (target 14 of 17)")
    for name in names:
        if name != OURS:
            ratios = [made[name].seconds / made[OURS].seconds if name in made else math.inf for made in found]
            slow = f", {ratios.count(math.inf)} of {many} too slow" if math.inf in ratios else ""
            print(f"{name}: {statistics.median(ratios):.1f} × our time (median{slow})")


def _large(photo: Path) -> None:
    for width, height, pixels, limit in LARGE:
        argv = [sys.executable, "-m", "benchmarks.erase.large", str(photo), str(width), str(height), str(pixels)]
        done = run(argv, sample=True)
        if done.code:
            raise SystemExit(done.err)
        told = json.loads(done.out)
        print(
            f"{width * height / 1e6:.0f} megapixels, {told['pixels']:,} px erased: {told['seconds']:.1f} s (target "
            f"{limit:.0f}), peak {done.peak.resident / 2**20:.0f} MB with the photo (target 1024); "
            f"the first erasure, kernels loaded: {told['first']:.1f} s"
        )
