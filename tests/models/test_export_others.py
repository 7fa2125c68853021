"""The recipes of Real-ESRGAN's compact network and of CLIP, on small random weights."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from homespun.errors import Damaged, UsageError


def there(*packages: str) -> bool:
    return all(importlib.util.find_spec(name) is not None for name in packages)


pytestmark = [
    pytest.mark.export,
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        not there("torch", "transformers", "onnxscript") or there("optimum"),
        reason="needs the torch export environment (python3 -m installer export-env)",
    ),
]


def compact(seed: int, wide: int = 8) -> dict[str, Any]:
    """Weights as the author's files name them: a network that enlarges four times."""
    import torch

    random = torch.Generator().manual_seed(seed)
    shapes = [(wide, 3), None, (wide, wide), None, (48, wide)]
    weights = {}
    for i, shape in enumerate(shapes):
        if shape is None:
            weights[f"body.{i}.weight"] = 0.2 * torch.rand(wide, generator=random)
        else:
            weights[f"body.{i}.weight"] = 0.2 * torch.randn(*shape, 3, 3, generator=random)
            weights[f"body.{i}.bias"] = 0.1 * torch.randn(shape[0], generator=random)
    return weights


def saved(file: Path, told: object) -> Path:
    import torch

    torch.save(told, file)
    return file


@pytest.mark.parametrize("size", [None, "40x32"])
def test_the_compact_network_is_the_same_in_onnx_at_other_sizes_too(size: str | None, tmp_path: Path) -> None:
    import onnxruntime
    import torch

    from models.recipes.export.realesrgan import Compact, main

    file = saved(tmp_path / "a.pth", {"params_ema": compact(0)})
    out = tmp_path / "a.onnx"
    assert main([str(file), str(out), *(["--size", size] if size else [])]) == 0
    network = Compact(compact(0)).eval()
    assert network.scale == 4
    picture = torch.rand(1, 3, 32, 40)
    session = onnxruntime.InferenceSession(str(out), providers=["CPUExecutionProvider"])
    assert (list(session.get_inputs()[0].shape) == [1, 3, 32, 40]) == (size is not None)
    (ours,) = session.run(None, {"input": picture.numpy()})
    with torch.no_grad():
        np.testing.assert_allclose(ours, network(picture).numpy(), atol=1e-5)


def test_without_weights_the_network_repeats_every_pixel() -> None:
    import torch

    from models.recipes.export.realesrgan import Compact

    nothing = {name: torch.zeros_like(tensor) for name, tensor in compact(0).items()}
    picture = torch.rand(1, 3, 5, 7)
    with torch.no_grad():
        large = Compact(nothing)(picture)
    assert torch.equal(large, picture.repeat_interleave(4, 2).repeat_interleave(4, 3))


def test_weights_are_mixed_along_a_line() -> None:
    import torch

    from models.recipes.export.realesrgan import mixed

    one, other = compact(0), compact(1)
    assert all(torch.equal(mixed(one, other, 0.0)[name], one[name]) for name in one)
    for name, tensor in mixed(one, other, 0.25).items():
        torch.testing.assert_close(tensor, 0.75 * one[name] + 0.25 * other[name])
    with pytest.raises(UsageError, match="different networks"):
        mixed(one, compact(0, wide=6), 0.5)


def test_other_files_are_refused(tmp_path: Path) -> None:
    import torch

    from models.recipes.export.realesrgan import read

    with pytest.raises(UsageError, match=r"conv_first.weight: it is no compact"):
        read(saved(tmp_path / "a.pth", {"params": {"conv_first.weight": torch.ones(1)}}))
    with pytest.raises(UsageError, match="RGB into RGB"):
        read(saved(tmp_path / "b.pth", {"body.0.weight": torch.ones(7, 3, 3, 3)}))
    with pytest.raises(Damaged, match="more than weights"):
        read(saved(tmp_path / "c.pth", {"params": Path("a")}))
    (tmp_path / "d.pth").write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(Damaged):
        read(tmp_path / "d.pth")


def test_both_towers_of_a_clip_are_the_same_in_onnx(tmp_path: Path) -> None:
    from transformers import CLIPConfig, CLIPModel

    from models.recipes.export.clip import TEXT, main, make

    small = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4}
    text = {**small, "vocab_size": 300, "bos_token_id": 298, "eos_token_id": 299, "pad_token_id": 299}
    config = CLIPConfig(text_config=text, vision_config={**small, "image_size": 32, "patch_size": 8}, projection_dim=24)
    CLIPModel(config).save_pretrained(tmp_path / "clip")
    found = make(tmp_path / "clip", tmp_path / "out")
    assert max(found.values()) <= 1e-5
    import onnxruntime

    session = onnxruntime.InferenceSession(str(tmp_path / "out" / TEXT), providers=["CPUExecutionProvider"])
    ids = np.full((1, 77), 299, np.int64)
    ids[0, :4] = (298, 5, 6, 7)
    (vector,) = session.run(None, {"input_ids": ids})
    assert vector.shape == (1, 24)
    assert float(np.linalg.norm(vector)) == pytest.approx(1.0, abs=1e-5)
    (tmp_path / "clip" / "model.safetensors").unlink()
    assert main([str(tmp_path / "clip"), str(tmp_path / "out")]) == 3
