"""Painting by diffusion: time and memory of each part and step, diffusers on the same weights, and what SD 1.5 would take.

    python -m benchmarks diffusion --model FOLDER [--hub FOLDER]
    python -m benchmarks diffusion

FOLDER is an exported pipeline, by default the one that is installed; with none installed, a tiny one with random weights is
made in the export environment. `--hub` is the diffusers folder that it was exported from: the peer runs on that. Each part is
measured in a process of its own. The projection divides the arithmetic of Stable Diffusion 1.5 at 512 × 512 by the speed
that the parts reached here, if the pipeline is of that size; a tiny one is mostly overhead, so then by that of a convolution
of each part's own size on the processor.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.machine import ROOT
from benchmarks.sections import run
from benchmarks.table import Row, Skipped

GIGA = 1e9
SD_GFLOP = {
    "text_encoder.onnx": 13.1,
    "vae_encoder.onnx": 1117.0,
    "unet.onnx": 803.0,
    "vae_decoder.onnx": 2515.0,
}
"""One run of each part of Stable Diffusion 1.5 at 512 × 512, in GFLOP with 2 for a multiply-add: counted by torch
(diffusion.md §3.5); the text encoder by its 85 million weights and 77 words."""

LEAST = 500_000_000
"""Bytes of a UNet from which its speed tells something of Stable Diffusion's."""

PARTS = ("text_encoder.onnx", "text_kv.onnx", "vae_encoder.onnx", "unet.onnx", "vae_decoder.onnx")


class Stage:
    """The pipeline that is measured, and what was found of it so far."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.given = given
        self.folder, self.hub = chosen(given)
        self.parts: dict[str, dict[str, Any]] = {}

    def told(self, *words: str) -> dict[str, Any]:
        """What a process of its own measures."""
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.diffusion.child", os.fspath(self.folder), *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return told


def main(argv: Sequence[str]) -> int:
    """Print the table; 1 when a section broke."""
    given = arguments(argv)
    return run(SECTIONS, given, _stage(given), about="painting by diffusion", medians=f"Medians of {given.runs} runs.")


@contextmanager
def _stage(given: argparse.Namespace) -> Iterator[Stage]:
    yield Stage(given)


def each_part(stage: Stage) -> list[Row]:
    """Opening and running, part by part."""
    from engines.diffusion.forecast import work
    from models.pipelines import read_pipeline

    pipeline = read_pipeline(stage.folder)
    rows = []
    for name in PARTS:
        told = stage.parts[name] = stage.told(name, str(stage.given.runs))
        took = median(told["runs"])
        told["gflops"] = work(pipeline, name) / took / GIGA
        size, peak = pipeline.size_of(name), told["peak"] - told["before"]
        rows.append(
            Row(
                name,
                f"{shown(took)} a run",
                notes=(
                    f"opens in {shown(told['load'])}; {size / 1e6:.1f} MB of file, {peak / 1e6:.0f} MB of memory at most",
                    f"about {told['gflops']:.0f} GFLOP/s on {told['device']}",
                ),
                figures={"seconds": took, "load": told["load"], "bytes": size, "peak": peak},
            )
        )
    return rows


def painting(stage: Stage) -> list[Row]:
    """A hole painted from an empty process, and again with all parts open; beside diffusers."""
    ours = stage.told("whole", str(stage.given.steps))
    peer = _diffusers(stage)
    cold, again = ("", "") if peer is None else (shown(peer["load"] + peer["first"]), shown(peer["warm"]))
    step, rectified = median(ours["steps"]), median(ours["rectified_steps"])
    return [
        Row(
            f"{stage.given.steps} steps without guidance, from an empty process",
            shown(ours["seconds"]),
            peer=f"diffusers {cold}" if cold else "",
            notes=(f"with opening; {ours['peak'] / 1e6:.0f} MB in all" + _peak(peer),),
            figures={
                "seconds": ours["seconds"],
                "peak": ours["peak"],
                **({} if peer is None else {"peer": peer["first"]}),
            },
        ),
        Row(
            "the same again, and attention kept from the hole",
            shown(ours["warm"]),
            peer=f"diffusers {again}" if again else "",
            notes=("diffusers has no such attention: it paints plainly",),
            figures={"seconds": ours["warm"]},
        ),
        Row(
            "one step, without and with attention kept from the hole",
            f"{shown(step)} / {shown(rectified)}",
            notes=(f"all steps: {', '.join(shown(one) for one in ours['steps'])}",),
            figures={"step": step, "rectified": rectified},
        ),
    ]


def projection(stage: Stage) -> list[Row]:
    """What Stable Diffusion 1.5 would take at the speed that was reached."""
    from benchmarks.diffusion.speed import speeds
    from models.pipelines import UNET, read_pipeline

    real = read_pipeline(stage.folder).size_of(UNET) > LEAST
    if real and not stage.parts:
        each_part(stage)
    speed = {name: stage.parts[name]["gflops"] for name in SD_GFLOP} if real else speeds()
    seconds = {name: gflop / speed[name] for name, gflop in SD_GFLOP.items()}
    by = "its parts' own speed" if real else "a convolution of each part's size, for this pipeline is tiny"
    step, around = seconds["unet.onnx"], sum(seconds.values()) - seconds["unet.onnx"]
    told = ", ".join(f"{name.removesuffix('.onnx')} {shown(value)}" for name, value in seconds.items())
    return [
        Row(
            f"projected: SD 1.5, 512 × 512, {steps} steps{', guided' if runs > 1 else ''}",
            shown(around + steps * runs * step),
            notes=(f"by {by}", f"one run each: {told}"),
            figures={"seconds": around + steps * runs * step},
        )
        for steps, runs in ((4, 1), (20, 2))
    ]


SECTIONS: dict[str, Callable[[Stage], list[Row]]] = {"parts": each_part, "painting": painting, "projection": projection}


def _diffusers(stage: Stage) -> dict[str, Any] | None:
    from models.making import exporter

    python = exporter()
    if python is None or stage.hub is None:
        return None
    script = Path(__file__).with_name("peer.py")
    done = subprocess.run(
        [os.fspath(python), os.fspath(script), os.fspath(stage.hub), str(stage.given.steps)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
    )
    if done.returncode:  # what was measured of ours must not be lost with it
        print(f"diffusers could not run it:\n{done.stderr[-2000:]}", file=sys.stderr, flush=True)
        return None
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _peak(peer: dict[str, Any] | None) -> str:
    return "" if peer is None else f", diffusers {peer['peak'] / 1e6:.0f} MB on {peer['threads']} threads"


def chosen(given: argparse.Namespace) -> tuple[Path, Path | None]:
    """The pipeline to measure and where it came from. Raises `Skipped`."""
    from engines.diffusion import pipeline_here
    from homespun.errors import NotFound
    from models.making import exporter

    if given.model:
        return given.model.absolute(), given.hub.absolute() if given.hub else None
    try:
        return pipeline_here().folder, given.hub
    except NotFound:
        python = exporter()
    if python is None:
        raise Skipped("no pipeline is installed, and there is no export environment to make a tiny one")
    folder, hub = given.scratch.absolute() / "tiny", given.scratch.absolute() / "tiny-hub"
    if not (folder / "pipeline.json").is_file():
        print("making a tiny pipeline of random weights …", file=sys.stderr, flush=True)
        for words in (
            ("models.recipes.export.diffusion.tiny", os.fspath(hub)),
            ("models.recipes.export", "diffusion", os.fspath(hub), os.fspath(folder)),
        ):
            environment = {**os.environ, "PYTHONPATH": os.fspath(ROOT), "HF_HUB_OFFLINE": "1"}
            subprocess.run([os.fspath(python), "-m", *words], cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
    return folder, hub


def shown(seconds: float) -> str:
    """As a person reads it: 3 ms, 0.42 s, 12.9 s, 85 s, 7 min."""
    if seconds < 0.1:
        return f"{seconds * 1000:.0f} ms" if seconds >= 0.0095 else f"{seconds * 1000:.1f} ms"
    if seconds < 120:
        return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min"


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks diffusion", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, help="an exported pipeline")
    parser.add_argument("--hub", type=Path, help="the diffusers folder that it was exported from")
    parser.add_argument("--runs", type=int, default=3, help="runs of each part (default 3)")
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--only", default="", help=f"sections, with commas between: {', '.join(SECTIONS)}")
    parser.add_argument("--scratch", type=Path, default=ROOT / "benchmarks" / "out" / "diffusion")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    return parser.parse_args(argv)
