"""The figures of the app itself: what is asked, what came out, how it was taken."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from benchmarks.desktop.stage import Stage
from benchmarks.metrics import percentile
from benchmarks.table import Row
from engines.runtime.cores import fast_cores

MB = 1e6


def cold(stage: Stage) -> list[Row]:
    """From the start of `homespun app --palette` to a palette that can be typed into."""
    told = stage.told("cold")
    seconds = [one["seconds"] for one in told]
    assert {one["window"] for one in told} == {"PaletteWindow"}
    return [
        Row(
            "cold start to usable palette",
            f"{median(seconds):.2f} s",
            "< 1.0 s",
            notes=(
                f"from the spawn of the process to a painted window with the focus in its field; {_range(seconds, 's')}",
                "files are in the system's cache; the X server and the window manager are there",
            ),
            figures={"seconds": median(seconds), "worst": max(seconds)},
        )
    ]


def warm(stage: Stage) -> list[Row]:
    """The palette of an app that runs."""
    told = stage.told("warm", {"times": 20})
    again = [one for run in told for one in run["ms"]]
    first = [run["first_ms"] for run in told]
    return [
        Row(
            "warm show of the palette, p50 / p95",
            f"{median(again):.0f} / {percentile(again, 0.95):.0f} ms",
            "< 100 ms",
            notes=(
                f"from the key's call to a painted window with the focus; the first of a run {median(first):.0f} ms",
                f"{len(again)} times in {len(told)} processes; the window manager's answer is in it",
            ),
            figures={"p50_ms": median(again), "p95_ms": percentile(again, 0.95), "first_ms": median(first)},
        )
    ]


def idle(stage: Stage) -> list[Row]:
    """Memory in the tray."""
    told = stage.told("idle", {"settle": 15}, home=stage.read_home())
    rows = []
    for state, words in (("fresh", "after its start"), ("used", "after the palette was used")):
        runs = [one[state] for one in told]
        rss, pss, uss = (median(run[name] for run in runs) for name in ("rss", "pss", "uss"))
        others = [sum(run["others"].values()) for run in runs]
        names = ", ".join(f"{name} {size / MB:.0f}" for name, size in sorted(runs[-1]["others"].items()))
        rows.append(
            Row(
                f"idle in the tray, {words}: the app's process",
                f"{rss / MB:.0f} MB",
                "< 150 MB",
                notes=(
                    f"resident; its share (PSS) {pss / MB:.0f} MB, its own alone (USS) {uss / MB:.0f} MB",
                    f"with its worker processes {(pss + median(others)) / MB:.0f} MB (PSS): {names}",
                    "15 s after the last thing done, a small index read; the search process rests after ten minutes",
                ),
                figures={"rss": rss, "pss": pss, "uss": uss, "workers_pss": median(others)},
            )
        )
    return rows


def typing(stage: Stage) -> list[Row]:
    """Rows for every letter, at 100,000 passages."""
    told = stage.told("typing", {"sentences": stage.sentences(4), "warm": 8}, home=stage.indexed_home())
    first = [one for run in told for one in run["first_ms"]]
    whole = [one for run in told for one in run["whole_ms"]]
    about = (
        f"{len(first)} letters in {len(told)} processes, index of 100,000 passages, model warm, typed letter by letter"
    )
    return [
        Row(
            "keystroke to results painted at 100k passages, p50 / p95",
            f"{median(first):.0f} / {percentile(first, 0.95):.0f} ms",
            "< 50 ms",
            notes=(f"the first rows that answer the new sentence: names and words; {about}",),
            figures={"p50_ms": median(first), "p95_ms": percentile(first, 0.95)},
        ),
        Row(
            "keystroke to the complete answer painted, p50 / p95",
            f"{median(whole):.0f} / {percentile(whole, 0.95):.0f} ms",
            notes=("with what the sentence means",),
            figures={"p50_ms": median(whole), "p95_ms": percentile(whole, 0.95)},
        ),
    ]


def opening(stage: Stage) -> list[Row]:
    """A photo of 24 megapixels."""
    told = stage.told("opening", {"photo": str(stage.photo())})
    first, full, window = ([run[name] for run in told] for name in ("first", "full", "window"))
    return [
        Row(
            "open a 24 MP JPEG: something of it / all of it",
            f"{median(first):.0f} / {median(full):.0f} ms",
            "< 150 / < 1,000 ms",
            notes=(
                f"in an app that runs, its process for this picture started for it; the window itself {median(window):.0f} ms",
                f"all of it: {_range(full, 'ms', 0)}; 6000 × 4000, quality 90, in the system's cache",
            ),
            figures={"first_ms": median(first), "full_ms": median(full)},
        )
    ]


def strokes(stage: Stage) -> list[Row]:
    """Painting and panning on it."""
    told = stage.told("strokes", {"photo": str(stage.photo())})
    brush = [one for run in told for one in run["brush_ms"]]
    pan = [one for run in told for one in run["pan_ms"]]
    return [
        _frames("a piece of a brush stroke on 24 MP, p50 / p95", brush, "≤ 16 ms", "in the fitted view"),
        _frames("a frame of panning 24 MP at 100 %, p50 / p95", pan, "≤ 16 ms", "middle button"),
    ]


def _frames(what: str, took: Sequence[float], target: str, how: str) -> Row:
    return Row(
        what,
        f"{median(took):.1f} / {percentile(took, 0.95):.1f} ms",
        target,
        notes=(f"from the pointer's movement to the pixels, {len(took)} movements, {how}, window 1280 × 860",),
        figures={"p50_ms": median(took), "p95_ms": percentile(took, 0.95), "worst_ms": max(took)},
    )


def stall(stage: Stage) -> list[Row]:
    """The window while its processes work as hard as they can."""
    given: dict[str, Any] = {
        "photo": str(stage.photo()),
        "folder": str(stage.papers(600)),
        "x": 2600,
        "y": 1700,
        "side": 500,
        "after": 5,
    }
    told = stage.told("stall", given)
    longest, own = ([run[name] for run in told] for name in ("longest_ms", "own_ms"))
    reading = sum(bool(run["still_reading"]) for run in told)
    return [
        Row(
            "longest stall of the window while it erases and files are read",
            f"{median(longest):.0f} ms",
            "< 50 ms",
            notes=(
                f"{_range(longest, 'ms', 0)}; 99 of 100 gaps are shorter than {median(r['p99_ms'] for r in told):.0f} ms",
                f"without the time in which other processes had the processor: {median(own):.0f} ms, {_range(own, 'ms', 0)}",
                f"500 × 500 of 24 MP erased in {median(run['erased_s'] for run in told):.1f} s on {fast_cores()} cores",
                f"reading still went on at the end in {reading} of {len(told)} runs",
            ),
            figures={"longest_ms": median(longest), "own_ms": median(own), "worst_ms": max(longest)},
        )
    ]


def pages(stage: Stage) -> list[Row]:
    """From page to page of the main window."""
    told = stage.told("pages", {"turns": 4}, home=stage.read_home())
    again = [one for run in told for one in run["again_ms"]]
    slowest = max(told[-1]["first_ms"], key=lambda name: median(run["first_ms"][name] for run in told))
    first = [one for run in told for one in run["first_ms"].values()]
    shown = [run["window_ms"] for run in told]
    return [
        Row(
            "switch between pages, p50 / p95",
            f"{median(again):.0f} / {percentile(again, 0.95):.0f} ms",
            "< 100 ms",
            notes=(
                f"the first time {median(first):.0f} ms in the middle",
                f"the slowest, {slowest}, then {median(run['first_ms'][slowest] for run in told):.0f} ms",
                f"the main window itself is there after {median(shown):.0f} ms, all its pages built",
            ),
            figures={"p50_ms": median(again), "p95_ms": percentile(again, 0.95), "window_ms": median(shown)},
        )
    ]


def _range(values: Sequence[float], unit: str, places: int = 2) -> str:
    return f"{min(values):.{places}f} to {max(values):.{places}f} {unit} in {len(values)} runs"
