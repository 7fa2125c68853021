"""What a `pipeline.json` says, for tests that need one; the files may hold anything."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.pipelines import Noise, Pipeline, PipelineFile, TextPart, told


def pipeline_of(files: Mapping[str, bytes], folder: Path = Path()) -> Pipeline:
    """A 9-channel pipeline of 64 pixels whose files hold what `files` says."""
    return Pipeline(
        folder=folder,
        id="tiny",
        title="A tiny pipeline",
        origin="made here",
        licence="CC0-1.0",
        channels=9,
        height=64,
        width=64,
        shrink=8,
        latent_factor=0.18215,
        text=TextPart(width=32, tokens=77, start=1, end=2, pad=2),
        widths=(16, 32),
        bias=(64, 16),
        noise=Noise("scaled_linear", 0.00085, 0.012, 1000, "epsilon", "leading", 1, alpha_one=False, zero_snr=False),
        scheduler="lcm",
        steps=4,
        guidance=1.0,
        precisions={},
        files=tuple(PipelineFile(name, hashlib.sha256(data).hexdigest(), len(data)) for name, data in files.items()),
    )


def told_of(files: Mapping[str, bytes]) -> dict[str, Any]:
    """The same as it stands in `pipeline.json`."""
    return told(pipeline_of(files))
