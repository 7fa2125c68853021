"""How well a box, one click and three clicks select the objects of the shared masks, beside OpenCV's GrabCut in the same run.

    python -m benchmarks select --peer-python PEERS/bin/python

PEERS is an environment with opencv-python-headless; without it only ours is measured. The box is the tight one around the
object's own mask. The first click is the case's first point; each further one is where a patient person would click: in
the middle of what is most wrong, each method on its own errors. --sheet FILE draws wanted, box, one click and three clicks
of every case. Speed is measured on one megapixel (1,228 x 814 pixels of a shared photo), compiled code warm.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from benchmarks.machine import ROOT, describe, load
from benchmarks.table import Row, as_json, as_markdown, as_text
from engines.select import Hints, Selector

Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]
Select = Callable[[Hints], Mask]

SHARED = ROOT.parent / "shared" / "data"

TILE = 320
"""Pixels of a side of a picture of the sheet."""


@dataclass(frozen=True)
class Case:
    """One object of the shared masks; `box` is x, y, width, height of `wanted`, `points` lie on the object."""

    id: str
    file: Path
    photo: Floats
    wanted: Mask
    box: tuple[int, int, int, int]
    points: list[tuple[int, int]]


@dataclass
class Scores:
    """Intersection over union by case, and the masks for the sheet."""

    box: list[float] = field(default_factory=list)
    one: list[float] = field(default_factory=list)
    three: list[float] = field(default_factory=list)
    masks: list[tuple[Mask, Mask, Mask]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def main(argv: Sequence[str]) -> int:
    """The command line."""
    given = arguments(argv)
    cases = read_cases(given.shared)
    ours, theirs, version = Scores(), Scores(), ""
    selectors = {case.file: Selector(case.photo) for case in cases}
    if given.peer_python:
        with GrabCut(given.peer_python) as peer:
            version = peer.version
            for case in cases:
                measure(ours, case, selectors[case.file].select)
                measure(theirs, case, peer.on(case.file))
                shown(case, ours, theirs)
    else:
        for case in cases:
            measure(ours, case, selectors[case.file].select)
            shown(case, ours, theirs)
    rows = [*quality(ours, theirs, version), *speed(cases)]
    foot = [describe(), f"load {load()}"]
    if given.sheet:
        sheet(cases, ours).save(given.sheet)
    print(as_json(rows, foot) if given.json else as_markdown(rows, foot) if given.markdown else as_text(rows))
    return 0


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks select", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peer-python", type=Path, help="Python of an environment with OpenCV")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder that holds photos and masks")
    parser.add_argument("--sheet", type=Path, help="draw the masks into this PNG")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    return parser.parse_args(argv)


def read_cases(shared: Path) -> list[Case]:
    """The cases with their photos. Those of one photo share the array."""
    photos: dict[str, Floats] = {}
    cases = []
    for one in json.loads((shared / "masks" / "cases.json").read_text("utf-8")):
        file = shared / "photos" / one["photo"]
        if one["photo"] not in photos:
            photos[one["photo"]] = np.asarray(Image.open(file).convert("RGB"), np.float32) / np.float32(255)
        wanted = np.asarray(Image.open(shared / "masks" / one["object_mask"])) > 127
        rows, columns = np.nonzero(wanted)
        x, y = int(columns.min()), int(rows.min())
        box = (x, y, int(columns.max()) + 1 - x, int(rows.max()) + 1 - y)
        points = [(int(px), int(py)) for px, py in one["points"]]
        cases.append(Case(one["id"], file, photos[one["photo"]], wanted, box, points))
    return cases


def measure(scores: Scores, case: Case, select: Select) -> None:
    """Box, one click, and two more clicks on what is most wrong."""
    start = time.perf_counter()
    boxed = select(Hints(box=case.box))
    scores.seconds.append(time.perf_counter() - start)
    include, exclude = [case.points[0]], list[tuple[int, int]]()
    first = last = select(Hints(include=tuple(include)))
    for _ in range(2):
        missing, point = next_click(case.wanted, last)
        (include if missing else exclude).append(point)
        last = select(Hints(include=tuple(include), exclude=tuple(exclude)))
    scores.box.append(iou(boxed, case.wanted))
    scores.one.append(iou(first, case.wanted))
    scores.three.append(iou(last, case.wanted))
    scores.masks.append((boxed, first, last))


def iou(found: Mask, wanted: Mask) -> float:
    """Intersection over union."""
    return float((found & wanted).sum() / (found | wanted).sum())


def next_click(wanted: Mask, found: Mask) -> tuple[bool, tuple[int, int]]:
    """Whether something is missing (else something is too much), and the x, y deepest inside the largest such error."""
    deepest, missing, place = -1.0, True, (0, 0)
    for lacking, error in ((True, wanted & ~found), (False, found & ~wanted)):
        depth = ndimage.distance_transform_edt(np.pad(error, 1))[1:-1, 1:-1]
        row, column = np.unravel_index(int(depth.argmax()), depth.shape)
        if depth[row, column] > deepest:
            deepest, missing, place = float(depth[row, column]), lacking, (int(column), int(row))
    return missing, place


def quality(ours: Scores, theirs: Scores, version: str) -> list[Row]:
    """Mean intersection over union: box, one click, three clicks."""
    rows = []
    for name, mine, other, target in (
        ("box", ours.box, theirs.box, "peer + 0.08"),
        ("one click", ours.one, theirs.one, ""),
        ("three clicks", ours.three, theirs.three, ""),
    ):
        figures: dict[str, float | str] = {"ours": statistics.fmean(mine)}
        peer = ""
        if other:
            figures["peer"] = statistics.fmean(other)
            won = sum(m > o for m, o in zip(mine, other, strict=True))
            peer = f"{figures['peer']:.3f} (GrabCut, {version}); ours better in {won} of {len(mine)}"
        rows.append(Row(f"IoU, {name}, mean of {len(mine)}", f"{figures['ours']:.3f}", target, peer, figures=figures))
    if theirs.seconds:
        slow = statistics.median(theirs.seconds)
        quick = statistics.median(ours.seconds)
        rows.append(
            Row("one box, median", f"{quick:.2f} s", "", f"{slow:.2f} s", figures={"ours": quick, "peer": slow})
        )
    return rows


def speed(cases: Sequence[Case]) -> list[Row]:
    """Seconds on one megapixel: looking at the photo, then clicks and boxes."""
    case = next(case for case in cases if case.id == "fig")
    scale = (1e6 / case.wanted.size) ** 0.5
    height, width = (round(side * scale) for side in case.wanted.shape)
    planes = [Image.fromarray(case.photo[..., c]).resize((width, height)) for c in range(3)]
    photo = np.clip(np.stack([np.asarray(plane) for plane in planes], axis=2), 0, 1)
    x, y = (round(value * scale) for value in case.points[0])
    left, top, wide, high = (value * scale for value in case.box)
    tries = (
        ("one click", Hints(include=((x, y),))),
        ("three clicks", Hints(include=((x, y), (x + 40, y)), exclude=((20, 20),))),
        ("box", Hints(box=(left, top, wide, high))),
    )
    selector = Selector(photo)
    for _, hints in tries:
        selector.select(hints)
    rows = [timed("preparation", 600, lambda: Selector(photo))]
    for name, hints in tries:
        rows.append(timed(name, 150, lambda hints=hints: selector.select(hints)))  # type: ignore[misc]
    return rows


def timed(name: str, most: int, action: Callable[[], object]) -> Row:
    """Medians of seven: seconds of the clock, and of the processors, which other programs hardly disturb."""
    clock, processors = [], []
    for _ in range(7):
        start, used = time.perf_counter(), time.process_time()
        action()
        clock.append(time.perf_counter() - start)
        processors.append(time.process_time() - used)
    wall, cpu = statistics.median(clock), statistics.median(processors)
    figures: dict[str, float | str] = {"seconds": wall, "processor_seconds": cpu}
    shown_times = f"{wall * 1000:.0f} ms ({cpu * 1000:.0f} ms of processor)"
    return Row(f"{name}, 1 MP", shown_times, f"≤ {most} ms", figures=figures)


def shown(case: Case, ours: Scores, theirs: Scores) -> None:
    """One line of progress."""
    peer = f" | GrabCut {theirs.box[-1]:.3f} {theirs.one[-1]:.3f} {theirs.three[-1]:.3f}" if theirs.box else ""
    print(
        f"{case.id:14} box, 1, 3 clicks: {ours.box[-1]:.3f} {ours.one[-1]:.3f} {ours.three[-1]:.3f}{peer}", flush=True
    )


def sheet(cases: Sequence[Case], scores: Scores) -> Image.Image:
    """A row per case: what is wanted, then what a box, one click and three clicks gave."""
    rows = []
    for case, found in zip(cases, scores.masks, strict=True):
        rows.append(np.concatenate([tile(case, mask) for mask in (case.wanted, *found)], axis=1))
    return Image.fromarray(np.concatenate(rows, axis=0))


def tile(case: Case, mask: Mask) -> NDArray[np.uint8]:
    """The surroundings of the object, dark outside `mask`, with its outline."""
    height, width = mask.shape
    x, y, wide, high = case.box
    side = min(max(round(1.8 * max(wide, high)), 120), height, width)
    top = min(max(0, y + high // 2 - side // 2), height - side)
    left = min(max(0, x + wide // 2 - side // 2), width - side)
    part = np.s_[top : top + side, left : left + side]
    inside = mask[part]
    shade = np.where(inside[..., None], case.photo[part], case.photo[part] * 0.35)
    shade[inside & ~ndimage.binary_erosion(inside)] = (1, 0, 1)
    image = Image.fromarray(np.round(shade * 255).astype(np.uint8)).resize((TILE, TILE), Image.Resampling.LANCZOS)
    return np.asarray(image)


class GrabCut:
    """The peer, in a process of its own."""

    def __init__(self, python: Path) -> None:
        self._process = subprocess.Popen(
            [str(python), "-m", "benchmarks.peers.grabcut"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._folder = tempfile.TemporaryDirectory()
        self.version = str(self._answer()["version"])

    def on(self, photo: Path) -> Select:
        """GrabCut on that photo, called as ours is."""

        def select(hints: Hints) -> Mask:
            out = Path(self._folder.name) / "mask.png"
            asked: dict[str, Any] = {"photo": str(photo), "out": str(out)}
            if hints.box is not None:
                asked["box"] = hints.box
            else:
                asked |= {"include": hints.include, "exclude": hints.exclude}
            stream = cast("IO[str]", self._process.stdin)
            stream.write(json.dumps(asked) + "\n")
            stream.flush()
            self._answer()
            return np.asarray(Image.open(out)) > 127

        return select

    def _answer(self) -> dict[str, Any]:
        line = cast("IO[str]", self._process.stdout).readline()
        if not line:
            raise RuntimeError("the peer ended without an answer; its error stands above")
        return cast("dict[str, Any]", json.loads(line))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        cast("IO[str]", self._process.stdin).close()
        self._process.wait(10)
        self._folder.cleanup()
