"""UNets that others exported get the inputs of ours, and compute the same: in both export environments."""

from __future__ import annotations

import importlib.util
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from numpy.typing import NDArray

from homespun.errors import UsageError

if TYPE_CHECKING:
    from models.recipes.export.diffusion.recipe import Recipe

pytestmark = [pytest.mark.export, pytest.mark.timeout(900)]


def there(*packages: str) -> bool:
    return all(importlib.util.find_spec(name) is not None for name in packages)


EXPORTS = there("torch", "diffusers", "onnxscript")

torch_route = pytest.mark.skipif(
    not EXPORTS or there("optimum"), reason="needs the torch export environment (python3 -m installer export-env)"
)

optimum_route = pytest.mark.skipif(not EXPORTS or not there("optimum"), reason="needs the Optimum export environment")

SIDE = 64
WIDTHS = (32, 48, 64, 64, 64, 64, 48, 48, 32, 32)
NAMES: dict[str, Any] = {
    "input_names": ["sample", "timestep", "encoder_hidden_states"],
    "output_names": ["out_sample"],
}

Feed = dict[str, NDArray[Any]]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where everything is made."""
    return tmp_path_factory.mktemp("surgery")


@pytest.fixture(scope="module")
def recipe(work: Path) -> Recipe:
    """A tiny pipeline."""
    from models.recipes.export.diffusion.load import Origin, offline
    from models.recipes.export.diffusion.recipe import Recipe
    from models.recipes.export.diffusion.source import read_hub
    from models.recipes.export.diffusion.tiny import make

    offline()
    make(work / "hub", size=SIDE)
    return Recipe(Origin(read_hub(work / "hub")), SIDE, SIDE)


@pytest.fixture(scope="module")
def ours(recipe: Recipe, work: Path) -> Path:
    """Its UNet and text_kv by our own export."""
    out = work / "ours"
    out.mkdir()
    recipe.unet(out / "unet.onnx")
    recipe.text_kv(out / "text_kv.onnx")
    return out


@pytest.fixture(scope="module")
def given() -> Feed:
    """What a UNet takes."""
    random = np.random.default_rng(0)
    sample = random.normal(size=(1, 9, SIDE // 8, SIDE // 8)).astype(np.float32)
    text = random.normal(size=(1, 77, 48)).astype(np.float32)
    return {"sample": sample, "timestep": np.array([961.0], np.float32), "encoder_hidden_states": text}


def run(file: Path, feed: Feed, optimised: bool = True) -> list[NDArray[Any]]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    if not optimised:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    opened = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    return list(opened.run(None, feed))


def stock(kind: str, recipe: Recipe, given: Feed, work: Path) -> Path:
    """The UNet as others export it: by the newer exporter, by the older one, and by that with any batch and size."""
    import torch

    unet = recipe.origin.unet()

    class Plain(torch.nn.Module):  # type: ignore[misc]
        def forward(self, sample: Any, timestep: Any, encoder_hidden_states: Any) -> Any:
            return unet(sample, timestep, encoder_hidden_states, return_dict=False)[0]

    example = [torch.from_numpy(value) for value in given.values()]
    out = work / f"{kind}.onnx"
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Plain()
        plain.unet = unet
        if kind == "dynamo":
            torch.onnx.export(plain, tuple(example), dynamo=True, opset_version=18, verbose=False, **NAMES).save(
                str(out)
            )
        elif kind == "legacy":
            torch.onnx.export(plain, tuple(example), str(out), dynamo=False, opset_version=17, **NAMES)
        else:
            example[1] = torch.tensor(961.0)
            any_size = {"sample": {0: "b", 2: "h", 3: "w"}, "encoder_hidden_states": {0: "b", 1: "s"}}
            torch.onnx.export(
                plain, tuple(example), str(out), dynamo=False, opset_version=17, dynamic_axes=any_size, **NAMES
            )
    return out


def check_surgery(file: Path, before: NDArray[Any], given: Feed, ours: Path, work: Path, *, bitwise: bool) -> None:
    """Operate on `file` and compare: with zeros to `before`, with biases to our own export."""
    import onnx

    from models.recipes.export.diffusion.surgery import operate, save

    unet, kv, found = operate(onnx.load(file), (SIDE // 8, SIDE // 8))
    assert (found.widths, found.bias, found.own) == (WIDTHS, (64, 16, 4, 1), 10)
    save(unet, work / "unet.onnx")
    save(kv, work / "text_kv.onnx")
    text = {"last_hidden_state": given["encoder_hidden_states"]}
    k, v = run(work / "text_kv.onnx", text)
    for mine, theirs in zip((k, v), run(ours / "text_kv.onnx", text), strict=True):
        np.testing.assert_allclose(mine, theirs, atol=1e-5)
    zeros = {f"bias_{n}": np.zeros((1, 1, 1, n), np.float32) for n in found.bias}
    feed = {"sample": given["sample"], "timestep": given["timestep"], "k": k, "v": v, **zeros}
    for optimised in (True, False) if bitwise else (False,):
        (plain,) = run(work / "unet.onnx", feed, optimised)
        (reference,) = run(file, stock_feed(file, given), optimised)
        np.testing.assert_array_equal(plain, reference)
    np.testing.assert_allclose(plain, before, atol=2e-5)
    random = np.random.default_rng(1)
    for name, zero in zeros.items():
        feed[name] = random.normal(size=zero.shape).astype(np.float32)
    (biased,) = run(work / "unet.onnx", feed)
    np.testing.assert_allclose(biased, run(ours / "unet.onnx", feed)[0], atol=2e-5)
    assert np.abs(biased - plain).max() > 1e-3


def stock_feed(file: Path, given: Feed) -> Feed:
    """`given`, with the timestep of the rank that the file wants."""
    import onnx

    (port,) = [one for one in onnx.load(file, load_external_data=False).graph.input if one.name == "timestep"]
    scalar = not port.type.tensor_type.shape.dim
    return {**given, "timestep": np.array(961.0, np.float32) if scalar else given["timestep"]}


@torch_route
@pytest.mark.parametrize("kind", ["dynamo", "legacy", "dynamic"])
def test_surgery_gives_the_same_numbers_as_our_own_export(
    kind: str, recipe: Recipe, given: Feed, ours: Path, work: Path
) -> None:
    import torch

    with torch.no_grad():
        before = recipe.origin.unet()(*(torch.from_numpy(value) for value in given.values())).sample.numpy()
    # Fixed shapes let the runtime optimise in other ways, so a file for any size is compared as it is written.
    check_surgery(stock(kind, recipe, given, work), before, given, ours, work, bitwise=kind != "dynamic")


@torch_route
def test_what_is_no_such_unet_is_refused_with_a_reason(recipe: Recipe, given: Feed, ours: Path) -> None:
    import onnx

    from models.recipes.export.diffusion.surgery import operate

    with pytest.raises(UsageError, match="no input encoder_hidden_states"):
        operate(onnx.load(ours / "unet.onnx"))
    halved = onnx.load(ours / "unet.onnx")
    halved.graph.input[2].name = "encoder_hidden_states"
    halved.graph.input[2].type.tensor_type.elem_type = onnx.TensorProto.FLOAT16
    with pytest.raises(UsageError, match="isn't in float32"):
        operate(halved)


@optimum_route
def test_optimums_export_of_the_same_folder_agrees_with_ours(
    recipe: Recipe, given: Feed, ours: Path, work: Path
) -> None:
    from optimum.exporters.onnx import main_export

    from models.recipes.export.diffusion.painting import made_up_case

    os.environ["HF_HUB_OFFLINE"] = "1"
    out = work / "optimum"
    main_export(str(recipe.origin.hub.folder), out, task="inpainting", opset=18, do_validation=False)
    # Text, autoencoder: part against part.
    recipe.text_encoder(work / "text.onnx")
    recipe.vae_encoder(work / "encoder.onnx")
    recipe.vae_decoder(work / "decoder.onnx")
    ids = {"input_ids": recipe.origin.ids("a red cat").numpy()}
    theirs = run(out / "text_encoder" / "model.onnx", ids)[0]
    np.testing.assert_allclose(run(work / "text.onnx", ids)[0], theirs, atol=1e-5)
    factor = float(recipe.origin.hub.vae["scaling_factor"])
    pixels = made_up_case(SIDE, SIDE, prompt="").pixels.numpy() * 2 - 1
    mean = run(out / "vae_encoder" / "model.onnx", {"sample": pixels})[0][:, :4]
    latent = run(work / "encoder.onnx", {"pixels": pixels})[0]
    np.testing.assert_allclose(latent, mean * factor, atol=1e-5)
    decoded = run(out / "vae_decoder" / "model.onnx", {"latent_sample": latent / np.float32(factor)})[0]
    np.testing.assert_allclose(run(work / "decoder.onnx", {"latent": latent})[0], decoded, atol=5e-5)
    # The UNet: theirs after surgery is ours.
    unet = out / "unet" / "model.onnx"
    (before,) = run(unet, stock_feed(unet, given))
    check_surgery(unet, before, given, ours, work, bitwise=False)
