"""The bundled files for NPUs on Qualcomm's simulator: placed as a whole, and with the processor's numbers."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

import models
from models.recipes.export.npu.simulator import cosine, decibels, simulate

pytestmark = [pytest.mark.devices, pytest.mark.timeout(900)]

BUNDLED = Path(models.__file__).parent / "bundled"
TINY = Path(__file__).parents[1] / "engines" / "runtime" / "models"


@pytest.fixture
def simulator() -> Path:
    """The Python that holds the simulator."""
    python = os.environ.get("HOMESPUN_QNN_PYTHON")
    if not python:
        pytest.skip("HOMESPUN_QNN_PYTHON is not set: python3 -m installer test --devices sets it")
    return Path(python)


@pytest.mark.parametrize("tokens", [32, 256])
def test_the_sentence_encoder_runs_on_the_npu_at_each_length(simulator: Path, tokens: int) -> None:
    random = np.random.default_rng(tokens)
    cases = {}
    for name, length in (("short", 6), ("full", tokens)):
        ids, mask = np.zeros((2, 1, tokens), np.int64)
        ids[0, :length] = [101, *random.integers(1_996, 30_522, length - 2), 102]
        mask[0, :length] = 1
        cases[name] = {"input_ids": ids, "attention_mask": mask}
    file = BUNDLED / "all-minilm-l6-v2" / "model-npu.onnx"
    done = simulate(simulator, file, {"batch": 1, "tokens": tokens}, cases)
    assert done.share >= 0.95
    for found, exact in done.pairs.values():
        assert cosine(found, exact) >= 0.999
        assert np.linalg.norm(found) == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize("style", ["faithful", "restore"])
@pytest.mark.parametrize("scale", [2, 4])
def test_each_enlarger_runs_on_the_npu(simulator: Path, style: str, scale: int) -> None:
    noise = np.random.default_rng(scale).random((1, 3, 64, 64), np.float32)
    cases = {"noise": {"picture": noise}, "white": {"picture": np.ones_like(noise)}}
    file = BUNDLED / f"enlarge-{style}" / f"x{scale}-npu.onnx"
    done = simulate(simulator, file, {"height": 64, "width": 64}, cases)
    assert done.share >= 0.95
    for found, exact in done.pairs.values():
        assert found.shape == (1, 3, 64 * scale, 64 * scale)
        assert decibels(found, exact) >= 45


def test_the_simulator_tells_a_right_scale_from_a_wrong_one_and_leaves_open_sizes_alone(simulator: Path) -> None:
    cases = {"noise": {"x": np.random.default_rng(7).random((1, 3, 32, 32), np.float32)}}
    right = simulate(simulator, TINY / "right-scale.onnx", {}, cases)
    wrong = simulate(simulator, TINY / "wrong-scale.onnx", {}, cases)
    assert right.share == wrong.share == 1.0
    assert decibels(*right.pairs["noise"]) > 45 > decibels(*wrong.pairs["noise"])
    assert simulate(simulator, TINY / "open-sizes.onnx", {}, cases).share == 0.0
