"""LoRAs in the weights of a tiny pipeline, and the judge of exported files: nothing is exported here."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from models.pipelines import UNET

if TYPE_CHECKING:
    from models.recipes.export.diffusion.recipe import Recipe


def there(*packages: str) -> bool:
    return all(importlib.util.find_spec(name) is not None for name in packages)


pytestmark = [
    pytest.mark.export,
    pytest.mark.skipif(
        not there("torch", "diffusers", "onnxscript") or there("optimum"),
        reason="needs the torch export environment (python3 -m installer export-env)",
    ),
]


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny pipeline of nine channels."""
    from models.recipes.export.diffusion.tiny import make

    folder = tmp_path_factory.mktemp("lora") / "hub"
    make(folder, size=64)
    return folder


def recipe_of(folder: Path, **others: Any) -> Recipe:
    from models.recipes.export.diffusion.load import Origin, offline
    from models.recipes.export.diffusion.recipe import Recipe
    from models.recipes.export.diffusion.source import read_hub

    offline()
    return Recipe(Origin(read_hub(folder), **others), 64, 64)


@pytest.mark.parametrize("form", ["kohya", "diffusers", "old diffusers"])
def test_a_lora_is_added_to_the_weights_it_was_made_for(form: str, hub: Path, tmp_path: Path) -> None:
    import torch

    from models.recipes.export.diffusion.lora import find_lora

    plain = recipe_of(hub).origin
    layer = "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q"
    conv = "mid_block.resnets.0.conv1"
    tensors = lora_tensors(form, plain.unet(), layer, conv)
    lora = write_lora(tmp_path / "some.safetensors", tensors)
    before, after = plain.unet(), recipe_of(hub, loras=[find_lora(lora, 0.5)]).origin.unet()
    alpha = 0.5 if form == "kohya" else 1.0
    for name in (layer, conv) if form == "kohya" else (layer,):
        change = after.get_submodule(name).weight - before.get_submodule(name).weight
        up, down = (
            next(t for key, t in tensors.items() if like(key, name) and end(key) == which) for which in ("up", "down")
        )
        wanted = 0.5 * alpha * (up.flatten(1) @ down.flatten(1)).reshape(change.shape)
        torch.testing.assert_close(change, wanted, atol=1e-6, rtol=1e-4)
    same = before.get_submodule("conv_in").weight - after.get_submodule("conv_in").weight
    assert not same.any()


def lora_tensors(form: str, unet: Any, layer: str, conv: str) -> dict[str, Any]:
    import torch

    random = torch.Generator().manual_seed(1)
    shape = unet.get_submodule(layer).weight.shape
    up, down = torch.randn(shape[0], 4, generator=random), torch.randn(4, shape[1], generator=random)
    if form == "diffusers":
        return {f"unet.{layer}.lora_A.weight": down, f"unet.{layer}.lora_B.weight": up}
    if form == "old diffusers":
        old = layer.replace(".to_q", ".processor.to_q_lora")
        return {f"unet.{old}.down.weight": down, f"unet.{old}.up.weight": up}
    wide = unet.get_submodule(conv).weight.shape
    flat = {name: "lora_unet_" + name.replace(".", "_") for name in (layer, conv)}
    return {
        f"{flat[layer]}.lora_down.weight": down,
        f"{flat[layer]}.lora_up.weight": up,
        f"{flat[layer]}.alpha": torch.tensor(2.0),
        f"{flat[conv]}.lora_down.weight": torch.randn(4, *wide[1:], generator=random),
        f"{flat[conv]}.lora_up.weight": torch.randn(wide[0], 4, 1, 1, generator=random),
        f"{flat[conv]}.alpha": torch.tensor(2.0),
    }


def like(key: str, name: str) -> bool:
    return name.replace(".", "_") in key.replace(".processor", "").replace(".", "_")


def end(key: str) -> str:
    if key.endswith(("up.weight", "lora_B.weight")):
        return "up"
    return "down" if key.endswith(("down.weight", "lora_A.weight")) else "alpha"


def write_lora(file: Path, tensors: dict[str, Any]) -> Path:
    from safetensors.torch import save_file

    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, str(file))
    return file


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (
            (
                "lora_unet_input_blocks_1_1_proj_in.lora_down.weight",
                "lora_unet_input_blocks_1_1_proj_in.lora_up.weight",
            ),
            "no such layer",
        ),
        (("lora_unet_conv_in.lora_down.weight",), "only half"),
        (("lora_unet_conv_in.hada_w1_a",), "no plain LoRA"),
        (("elsewhere.lora_A.weight", "elsewhere.lora_B.weight"), "no part that is known"),
        (
            (
                "lora_te_text_model_encoder_layers_0_mlp_fc1.lora_down.weight",
                "lora_te_text_model_encoder_layers_0_mlp_fc1.lora_up.weight",
            ),
            "nothing of a unet",
        ),
    ],
)
def test_a_lora_for_another_network_is_refused(names: tuple[str, ...], says: str, hub: Path, tmp_path: Path) -> None:
    import torch

    from homespun.errors import HomespunError
    from models.recipes.export.diffusion.lora import find_lora

    lora = write_lora(tmp_path / "other.safetensors", {name: torch.ones(4, 4) for name in names})
    with pytest.raises(HomespunError, match=says):
        recipe_of(hub, loras=[find_lora(lora)]).origin.unet()


def test_a_lora_changes_the_fingerprint_of_what_it_changes_alone(
    hub: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from models.recipes.export.diffusion.command import main
    from models.recipes.export.diffusion.lora import find_lora

    layer = "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q"
    tensors = lora_tensors("kohya", recipe_of(hub).origin.unet(), layer, "mid_block.resnets.0.conv1")
    folder = tmp_path / "lcm-lora-tiny"
    folder.mkdir()
    lora = find_lora(write_lora(folder / "pytorch_lora_weights.safetensors", tensors).parent)
    plain, fused = recipe_of(hub), recipe_of(hub, loras=[lora])
    assert plain.inputs_of(UNET) != fused.inputs_of(UNET)
    assert plain.inputs_of("vae_decoder.onnx") == fused.inputs_of("vae_decoder.onnx")
    assert main([str(hub), str(tmp_path / "none"), "--lora", str(folder), "--size", "65x64"]) == 2
    assert "multiples of 64" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("precision", "what", "noise", "scale", "passes"),
    [
        ("fp32", "a picture", 1e-6, 1.0, True),
        ("fp32", "a picture", 1e-3, 1.0, False),
        ("fp16", "a picture", 1e-3, 1.0, True),
        ("fp16", "a picture", 1e-1, 1.0, False),
        ("a16w8", "painting, all", 1e-2, 1.0, True),
        ("a16w8", "painting, all", 1e-1, 1.0, False),
        ("a8w8", "painting, all", 1e-1, 1.0, True),
        ("fp32", "a picture", math.nan, 1.0, False),
    ],
)
def test_the_judge_passes_what_is_near_and_nothing_else(
    precision: str, what: str, noise: float, scale: float, passes: bool
) -> None:
    from models.recipes.export.diffusion.findings import compare

    random = np.random.default_rng(0)
    theirs = random.normal(size=1000).astype(np.float32)
    ours = (theirs * scale + noise * random.normal(size=1000)).astype(np.float32)
    assert compare("unet.onnx", what, precision, ours, theirs).passed is passes


@pytest.mark.parametrize(("kept", "passes"), [(1.0, True), (1 / 19, False), (3.0, False)])
def test_the_judge_hears_when_a_prompt_hardly_counts(kept: float, passes: bool) -> None:
    from models.recipes.export.diffusion.findings import compare

    effect = np.random.default_rng(0).normal(size=1000).astype(np.float32)
    found = compare("unet-npu.onnx", "e_cond-e_uncond", "a16w8", effect * np.float32(kept), effect, spread=True)
    assert found.ratio == pytest.approx(kept, rel=1e-3)
    assert found.passed is passes
