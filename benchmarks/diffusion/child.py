"""One part, or one whole painting, in a process of its own: its memory is nobody else's. Prints one JSON object.

python -m benchmarks.diffusion.child FOLDER PART RUNS
python -m benchmarks.diffusion.child FOLDER whole STEPS
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from engines.diffusion import Parts, Rectify, Wish, inpaint
from models.pipelines import DECODER, ENCODER, TEXT, TEXT_KV, UNET, Pipeline, read_pipeline

PROMPT = "a wooden bench under an old oak tree, morning light"


def resident() -> int:
    """The most that this process ever held, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def photo(pipeline: Pipeline) -> tuple[np.ndarray, np.ndarray]:
    """Waves of the pipeline's size, float32 in 0..1, and a hole in their middle."""
    rows, columns = np.mgrid[: pipeline.height, : pipeline.width]
    waves = np.stack([np.sin(rows / 17), np.cos(columns / 23), np.sin((rows + columns) / 31)], axis=2)
    hole = np.zeros((pipeline.height, pipeline.width), np.bool_)
    hole[pipeline.height // 3 : pipeline.height // 2, pipeline.width // 3 : pipeline.width // 2] = True
    return np.ascontiguousarray(waves * 0.4 + 0.5, np.float32), hole


def call(parts: Parts, part: str) -> Callable[[], object]:
    """What runs `part` once, on inputs like those of a painting."""
    pipeline, rng = parts.pipeline, np.random.default_rng(0)
    text, channels = pipeline.text, pipeline.channels

    def drawn(*shape: int) -> np.ndarray:
        return rng.standard_normal(shape, np.float32)

    width = sum(pipeline.widths)
    return {
        TEXT: lambda: parts.text(parts.tokenizer.tokens(PROMPT).ids),
        TEXT_KV: lambda: parts.keys_values(drawn(text.tokens, text.width)),
        ENCODER: lambda: parts.encode(photo(pipeline)[0]),
        UNET: lambda: parts.unet(
            drawn(1, channels, *pipeline.latent[2:]), 499.0, drawn(text.tokens, width), drawn(text.tokens, width)
        ),
        DECODER: lambda: parts.decode(drawn(*pipeline.latent)),
    }[part]


def part(pipeline: Pipeline, name: str, runs: int) -> dict[str, Any]:
    """Seconds of opening and of each run, and bytes before and at most."""
    with Parts(pipeline) as parts:
        once = call(parts, name)
        before = resident()
        for _ in range(runs):
            once()
        return {
            "load": parts.loads[name],
            "runs": parts.runs[name],
            "before": before,
            "peak": resident(),
            "device": parts.ran_on[name],
        }


def whole(pipeline: Pipeline, steps: int) -> dict[str, Any]:
    """A painting with `steps` steps, all parts opened for it, and every step's seconds; then one with rectified attention."""
    pixels, hole = photo(pipeline)
    with Parts(pipeline) as parts:
        wish = Wish(PROMPT, steps=steps, guidance=1.0, scheduler="lcm")
        began = time.perf_counter()
        first = inpaint(parts, pixels, hole, wish)
        took = time.perf_counter() - began
        peak = resident()
        began = time.perf_counter()
        again = inpaint(parts, pixels, hole, wish, rectify=Rectify())
        rectified = time.perf_counter() - began
    return {
        "seconds": took,
        "warm": rectified,
        "steps": first.steps,
        "rectified_steps": again.steps,
        "peak": peak,
        "ran_on": dict(first.ran_on),
    }


if __name__ == "__main__":
    folder, what, number = sys.argv[1:]
    found = read_pipeline(Path(folder))
    print(json.dumps(whole(found, int(number)) if what == "whole" else part(found, what, int(number))))
