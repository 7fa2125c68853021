"""`homespun models get` of a pipeline that is made here, by the real recipe on tiny random weights, to a painted hole."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

from homespun.progress import Progress
from models import Source, Store
from models.making import SETTING
from models.pipelines import read_pipeline, verify_pipeline
from models.schema import parse

pytestmark = [pytest.mark.export, pytest.mark.slow, pytest.mark.timeout(1500)]

torch_route = pytest.mark.skipif(
    importlib.util.find_spec("diffusers") is None or importlib.util.find_spec("optimum") is not None,
    reason="needs the torch export environment (python3 -m installer export-env)",
)

CATALOGUE = """
[[model]]
id = "tiny-hub"
title = "Random weights"
task = "fill-by-words"
licence = "CC0-1.0"
ship = "yes"
form = "weights"
origin = "made here"
hub = "no/where"
revision = "main"
about_mb = 9
precisions = ["fp32"]

FILES
[[model.graph]]
file = "unet.onnx"
inputs = [{ name = "x", dtype = "float32", shape = [1] }]
outputs = [{ name = "y", dtype = "float32", shape = [1] }]

[[model]]
id = "tiny-made"
title = "A tiny pipeline"
task = "fill-by-words"
licence = "CC0-1.0"
ship = "yes"
form = "made"
origin = "made here"
made_from = ["tiny-hub"]
recipe = [
  "diffusion", "{tiny-hub}", "{out}", "--id", "tiny-made", "--title", "A tiny pipeline", "--origin", "made here",
  "--licence", "CC0-1.0",
]
about_mb = 9
precisions = ["fp32"]

[[model.file]]
name = "pipeline.json"
sha256 = "on-first-download"
"""
FILE = """
[[model.file]]
name = "{0}"
path = "{0}"
sha256 = "on-first-download"
"""


@torch_route
def test_weights_on_a_stick_become_a_pipeline_that_paints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from engines.diffusion import Parts, Wish, inpaint
    from models.recipes.export.diffusion.tiny import make as make_tiny

    monkeypatch.setenv(SETTING, sys.executable)
    shelf = tmp_path / "stick" / "tiny-hub"
    make_tiny(shelf, channels=9, seed=0, size=128)
    names = sorted(path.relative_to(shelf).as_posix() for path in shelf.rglob("*") if path.is_file())
    catalogue = parse(CATALOGUE.replace("FILES", "".join(FILE.format(name) for name in names)))
    store = Store(catalogue, tmp_path / "models", tmp_path / "bundled")

    made = store.get("tiny-made", consent=False, mirror=shelf.parent, progress=Progress())

    assert made.source is Source.MADE
    assert store.locate("tiny-made").source is Source.LOCAL
    pipeline = read_pipeline(made.folder)
    verify_pipeline(pipeline)
    pixels = np.random.default_rng(0).random((pipeline.height, pipeline.width, 3), np.float32)
    mask = np.zeros((pipeline.height, pipeline.width), np.bool_)
    mask[40:80, 40:80] = True
    with Parts(pipeline) as parts:
        painted = inpaint(parts, pixels, mask, Wish("a bench", steps=2))
    assert painted.pixels[0].shape == pixels.shape
    assert np.isfinite(painted.pixels[0]).all()
