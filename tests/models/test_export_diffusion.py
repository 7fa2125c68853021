"""The recipe of diffusion pipelines on tiny ones with random weights, in the torch export environment."""

from __future__ import annotations

import importlib.util
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from models.pipelines import PARTS, TEXT, TEXT_KV, UNET, Pipeline, read_pipeline, verify_pipeline

if TYPE_CHECKING:
    from models.recipes.export.diffusion.parity import Reference
    from models.recipes.export.diffusion.recipe import Recipe


def there(*packages: str) -> bool:
    return all(importlib.util.find_spec(name) is not None for name in packages)


pytestmark = [
    pytest.mark.export,
    pytest.mark.timeout(900),
    pytest.mark.skipif(
        not there("torch", "diffusers", "onnxscript") or there("optimum"),
        reason="needs the torch export environment (python3 -m installer export-env)",
    ),
]

SIDE = 64
"""Pixels: the smallest picture that the tiny network can halve as often as it does."""


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where everything is made."""
    return tmp_path_factory.mktemp("diffusion")


@pytest.fixture(scope="module")
def hub(work: Path) -> Path:
    """A tiny pipeline of nine channels."""
    return tiny(work / "hub", 9)


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    """What the command said while it made `exported`."""
    return []


@pytest.fixture(scope="module")
def exported(hub: Path, work: Path, lines: list[dict[str, Any]]) -> Pipeline:
    """The tiny pipeline, exported by the command and judged by it."""
    code, said = command(str(hub), str(work / "out"))
    lines += said
    assert code == 0, said[-1]
    return read_pipeline(work / "out")


@pytest.fixture(scope="module")
def recipe(hub: Path) -> Recipe:
    """The recipe that the command used."""
    return recipe_of(hub)


@pytest.fixture(scope="module")
def known(recipe: Recipe, exported: Pipeline) -> list[Reference]:
    """What PyTorch makes of the inputs that parts are judged on."""
    from models.recipes.export.diffusion.parity import references

    found: list[Reference] = references(recipe, exported)
    return found


def tiny(out: Path, channels: int) -> Path:
    from models.recipes.export.diffusion.tiny import make

    make(out, channels=channels, size=SIDE)
    return out


def recipe_of(folder: Path, **others: Any) -> Recipe:
    from models.recipes.export.diffusion.load import Origin, offline
    from models.recipes.export.diffusion.recipe import Recipe
    from models.recipes.export.diffusion.source import read_hub

    offline()
    return Recipe(Origin(read_hub(folder), **others), SIDE, SIDE)


def command(*words: str) -> tuple[int, list[dict[str, Any]]]:
    """The exit code of the command and the objects that it printed."""
    import contextlib
    import io

    from models.recipes.export.diffusion.command import main

    with contextlib.redirect_stdout(io.StringIO()) as heard:
        code = main([*words, "--json"])
    return code, [json.loads(line) for line in heard.getvalue().splitlines()]


def session(file: Path, optimised: bool = True) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    if not optimised:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def test_a_folder_is_exported_that_reads_and_verifies(exported: Pipeline, hub: Path) -> None:
    verify_pipeline(exported)
    config = json.loads((hub / "unet" / "config.json").read_text())
    assert exported.widths == (32, 48, 64, 64, 64, 64, 48, 48, 32, 32)
    assert exported.bias == (64, 16, 4, 1)
    assert (exported.channels, exported.height, exported.width, exported.shrink) == (9, SIDE, SIDE, 8)
    assert (exported.text.tokens, exported.text.width) == (77, config["cross_attention_dim"])
    assert exported.latent_factor == pytest.approx(0.18215)
    assert (exported.scheduler, exported.steps, exported.guidance) == ("ddim", 20, 7.5)
    assert exported.licence == "apache-2.0"
    assert exported.precisions == {}


def test_every_part_takes_and_gives_what_the_contract_says(exported: Pipeline) -> None:
    w, n, d = sum(exported.widths), exported.text.tokens, exported.text.width
    side = SIDE // 8
    expected = {
        TEXT: ({"input_ids": [1, n]}, {"last_hidden_state": [1, n, d]}),
        TEXT_KV: ({"last_hidden_state": [1, n, d]}, {"k": [1, n, w], "v": [1, n, w]}),
        UNET: (
            {"sample": [1, 9, side, side], "timestep": [1], "k": [1, n, w], "v": [1, n, w]}
            | {f"bias_{count}": [1, 1, 1, count] for count in exported.bias},
            {"out_sample": [1, 4, side, side]},
        ),
        "vae_encoder.onnx": ({"pixels": [1, 3, SIDE, SIDE]}, {"latent": [1, 4, side, side]}),
        "vae_decoder.onnx": ({"latent": [1, 4, side, side]}, {"pixels": [1, 3, SIDE, SIDE]}),
    }
    assert set(expected) == set(PARTS)
    for part, ports in expected.items():
        opened = session(exported.folder / part)
        found = tuple(
            {port.name: list(port.shape) for port in some} for some in (opened.get_inputs(), opened.get_outputs())
        )
        assert found == ports
        kinds = {port.type for port in (*opened.get_inputs(), *opened.get_outputs())}
        assert kinds <= ({"tensor(int64)", "tensor(float)"} if part == TEXT else {"tensor(float)"})


def test_files_tell_nothing_of_the_machine_they_were_made_on(exported: Pipeline) -> None:
    for part in PARTS:
        data = (exported.folder / part).read_bytes()
        assert b"site-packages" not in data
        assert str(Path.cwd()).encode() not in data


def test_the_command_tells_needs_parts_and_parity_and_all_passes(
    exported: Pipeline, lines: list[dict[str, Any]]
) -> None:
    events = [line["event"] for line in lines]
    assert events[0] == "needs"
    assert lines[0]["memory"] > lines[0]["kept"] > 0
    assert [line["part"] for line in lines if line.get("state") == "made"] == list(
        dict.fromkeys(line["part"] for line in lines if line["event"] == "part")
    )
    findings = [line for line in lines if line["event"] == "parity"]
    assert all(one["passed"] and one["relative"] <= 1e-4 for one in findings)
    assert {one["part"] for one in findings} == {*PARTS, "whole pipeline"}
    assert any(one["what"].endswith("e_cond-e_uncond") for one in findings)
    told = json.loads((exported.folder / "parity.json").read_text())
    assert told["passed"]
    assert len(told["findings"]) == len(findings)


def test_a_second_run_keeps_what_is_whole_and_makes_what_is_not(exported: Pipeline, hub: Path, work: Path) -> None:
    again = work / "again"
    shutil.copytree(exported.folder, again)
    (again / TEXT_KV).write_bytes(b"cut off")
    code, said = command(str(hub), str(again), "--parity", "none")
    states = {line["part"]: line["state"] for line in said if line["event"] == "part"}
    assert code == 0
    assert states == {**dict.fromkeys(PARTS, "kept"), TEXT_KV: "made"}
    verify_pipeline(read_pipeline(again))
    (again / f"{UNET}.data").write_bytes(b"of another export")
    assert command(str(hub), str(again), "--parity", "none")[0] == 0
    assert read_pipeline(again) == replace(exported, folder=again)


def test_zero_biases_are_bit_identical_to_the_twin_without_biases(
    recipe: Recipe, exported: Pipeline, known: list[Reference], work: Path
) -> None:
    twin = work / "twin.onnx"
    recipe.unet(twin, biased=False)
    feed = next(one.feed for one in known if one.part == UNET)
    plain = {name: value for name, value in feed.items() if not name.startswith("bias_")}
    for optimised in (True, False):
        ours = session(exported.folder / UNET, optimised).run(None, feed)[0]
        np.testing.assert_array_equal(ours, session(twin, optimised).run(None, plain)[0])


def test_a_bias_reaches_every_self_attention_of_its_size(exported: Pipeline, known: list[Reference]) -> None:
    feed = dict(next(one.feed for one in known if one.part == UNET))
    opened = session(exported.folder / UNET)
    before = opened.run(None, feed)[0]
    for count in exported.bias:
        hidden = np.zeros((1, 1, 1, count), np.float32)
        hidden[..., : count // 2] = -1e4
        changed = opened.run(None, {**feed, f"bias_{count}": hidden})[0]
        assert np.isfinite(changed).all()
        # Over one token alone the softmax is 1, whatever is added.
        assert (np.abs(changed - before).max() > 1e-4) == (count > 1)


@pytest.mark.parametrize(
    ("scheduler", "settings"),
    [
        ("ddim", {"steps": 5}),
        ("ddim", {"steps": 6, "strength": 0.5, "guidance": 1.0}),
        ("euler", {"steps": 4}),
        ("dpm++2m", {"steps": 6, "strength": 0.6}),
        ("unipc", {"steps": 5, "guidance": 3.0}),
        ("lcm", {"steps": 4, "guidance": 1.0}),
        ("tcd", {"steps": 4, "guidance": 1.0}),
    ],
)
def test_a_whole_picture_is_what_diffusers_paints(
    recipe: Recipe, exported: Pipeline, scheduler: str, settings: dict[str, Any]
) -> None:
    from models.recipes.export.diffusion import painting

    case = painting.made_up_case(
        SIDE, SIDE, prompt="a dog on a beach", negative="blurry", scheduler=scheduler, seed=5, **settings
    )
    theirs = painting.painted_by_diffusers(recipe.origin, exported.noise, case)
    ours = painting.paint(painting.Graphs(exported.folder, exported.bias), recipe.origin, exported.noise, case)
    assert theirs.std() > 0.01
    assert float(np.abs(ours - theirs).max()) <= 1e-5


def test_a_pipeline_of_four_channels_blends_as_diffusers_does(hub: Path, exported: Pipeline, work: Path) -> None:
    from models.recipes.export.diffusion import painting

    folder = tiny(work / "hub4", 4)
    for name in ("text_encoder", "vae"):  # the same as before, so that what was made of them is kept
        shutil.copytree(hub / name, folder / name, dirs_exist_ok=True)
    shutil.copytree(exported.folder, work / "out4")
    words = ("--parity", "none", "--scheduler", "euler", "--id", "four")
    code, said = command(str(folder), str(work / "out4"), *words)
    assert code == 0, said[-1]
    states = {line["part"]: line["state"] for line in said if line["event"] == "part"}
    assert [part for part, state in states.items() if state == "made"] == [TEXT_KV, UNET]
    made, recipe = read_pipeline(work / "out4"), recipe_of(folder)
    verify_pipeline(made)
    assert (made.id, made.channels, made.scheduler) == ("four", 4, "euler")
    for settings in ({"scheduler": "ddim"}, {"scheduler": "lcm", "guidance": 1.0, "strength": 0.5}):
        case = painting.made_up_case(SIDE, SIDE, prompt="a cat", **settings)
        theirs = painting.painted_by_diffusers(recipe.origin, made.noise, case)
        ours = painting.paint(painting.Graphs(made.folder, made.bias), recipe.origin, made.noise, case)
        assert float(np.abs(ours - theirs).max()) <= 1e-5


def test_layers_of_the_text_encoder_are_left_out_as_diffusers_does(hub: Path, work: Path) -> None:
    import torch

    from models.recipes.export.diffusion.painting import embedded

    recipe = recipe_of(hub, clip_skip=1)
    recipe.text_encoder(work / "skipped.onnx")
    ids = recipe.origin.ids("an old man with a hat")
    encoder = recipe.origin.text_encoder()
    with torch.no_grad():
        # As encode_prompt does it: an earlier state, behind the final normalisation.
        states = encoder(ids, output_hidden_states=True).hidden_states
        theirs = encoder.final_layer_norm(states[-2]).numpy()
        assert np.abs(theirs - embedded(encoder, ids, 0).numpy()).max() > 0.1
    ours = session(work / "skipped.onnx").run(None, {"input_ids": ids.numpy()})[0]
    assert float(np.abs(ours - theirs).max()) <= 1e-5


def test_large_weights_lie_beside_the_file(hub: Path, exported: Pipeline, known: list[Reference], work: Path) -> None:
    from models.recipes.export.diffusion.making import Workshop, fingerprint

    recipe = replace(recipe_of(hub), largest=1000)
    shop = Workshop.at(work / "large")
    shop.part(TEXT_KV, fingerprint(recipe.inputs_of(TEXT_KV)), recipe.text_kv, lambda *_: None)
    assert shop.digests(TEXT_KV).keys() == {TEXT_KV, f"{TEXT_KV}.data"}
    assert (work / "large" / TEXT_KV).stat().st_size < 60_000 < (work / "large" / f"{TEXT_KV}.data").stat().st_size
    feed = next(one.feed for one in known if one.part == TEXT_KV)
    for ours, theirs in zip(
        session(work / "large" / TEXT_KV).run(None, feed),
        session(exported.folder / TEXT_KV).run(None, feed),
        strict=True,
    ):
        np.testing.assert_array_equal(ours, theirs)


def test_half_precision_is_near_and_keeps_the_time_whole(
    exported: Pipeline, known: list[Reference], work: Path
) -> None:
    import onnx

    from models.recipes.export.diffusion.half import half
    from models.recipes.export.diffusion.parity import part_findings

    folder = work / "half"
    folder.mkdir()
    files = (TEXT, TEXT_KV, UNET, "vae_encoder.onnx")
    for name in files:
        half(exported.folder / name, folder / name)
        assert (folder / name).stat().st_size < 0.62 * (exported.folder / name).stat().st_size
    found = part_findings(replace(exported, folder=folder), known, {name: (name, "fp16") for name in files})
    assert all(one.passed for one in found), [str(one) for one in found if not one.passed]
    # The time's sine in float16 costs a dozen decibels at large times: these are as good as at small ones.
    by_time = {one.what: one.snr_db for one in found if one.part == UNET and one.what.startswith("noise")}
    assert by_time["noise, t 981, cond"] > by_time["noise, t 20.5, cond"] - 3
    graph = onnx.load(folder / UNET).graph
    kinds = {port.name: port.type.tensor_type.elem_type for port in (*graph.input, *graph.output)}
    assert set(kinds.values()) == {onnx.TensorProto.FLOAT}


@pytest.mark.parametrize(("kind", "floor"), [("a16w8", 34.0), ("a8w8", 15.0)])
def test_quantised_files_are_above_their_floor_and_still_hear_the_prompt(
    kind: str, floor: float, recipe: Recipe, exported: Pipeline, known: list[Reference], work: Path
) -> None:
    from models.recipes.export.diffusion.findings import WALK
    from models.recipes.export.diffusion.parity import part_findings
    from models.recipes.export.diffusion.quantise import FILE, make_variant

    folder = work / kind
    folder.mkdir()
    make_variant(recipe, exported, folder / FILE, kind, 24)
    assert (folder / FILE).stat().st_size < 0.45 * exported.size_of(UNET)
    found = part_findings(replace(exported, folder=folder), known, {FILE: (UNET, kind)})
    walk = next(one for one in found if one.what == WALK)
    assert walk.snr_db >= floor
    assert walk.passed
    ratios = [one.ratio for one in found if one.ratio is not None]
    assert len(ratios) == 4
    assert all(0.5 < ratio < 2 for ratio in ratios)


def test_calibration_sees_all_times_and_both_halves(recipe: Recipe, exported: Pipeline) -> None:
    from models.recipes.export.diffusion.quantise import trajectory_feeds

    feeds = trajectory_feeds(recipe, exported, exported.folder / UNET, 16)
    times = sorted({float(feed["timestep"][0]) for feed in feeds})
    assert len(feeds) == 16
    assert times[0] < 250
    assert times[-1] > 750
    for first, second in zip(feeds[::2], feeds[1::2], strict=True):
        assert first["timestep"] == second["timestep"]
        assert np.abs(first["k"] - second["k"]).max() > 0


def test_what_is_not_there_is_refused_before_anything_is_made(
    hub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("psutil.virtual_memory", lambda: type("Memory", (), {"available": 200_000_000}))
    code, said = command(str(hub), str(tmp_path / "out"))
    assert code == 1
    assert "of memory" in said[-1]["words"]
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Disk", (), {"free": 1000}))
    code, said = command(str(hub), str(tmp_path / "out"))
    assert code == 6
    assert "on the disk" in said[0]["words"]
    assert not (tmp_path / "out").exists()


def test_the_files_of_the_catalogues_entry_are_enough(hub: Path, tmp_path: Path) -> None:
    from models.catalog import ModelId
    from models.recipes.export.diffusion.manifest import text_part
    from models.schema import shipped

    wanted = [file.name for file in shipped()[ModelId("sd-1.5-inpainting")].files]
    for name in wanted:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(hub / name, tmp_path / name)
    few, all_ = recipe_of(tmp_path).origin, recipe_of(hub).origin
    for text in ("a red cat, 猫 it's", ""):
        assert few.ids(text).tolist() == all_.ids(text).tolist()
    assert text_part(few.hub) == text_part(all_.hub)


def test_needs_are_counted_from_the_configurations(hub: Path) -> None:
    from models.recipes.export.diffusion.needs import counted
    from models.recipes.export.diffusion.source import read_hub

    recipe = recipe_of(hub)
    networks = (recipe.origin.text_encoder(), recipe.origin.unet(), recipe.origin.autoencoder())
    sizes = [4 * sum(weight.numel() for weight in one.parameters()) for one in networks]
    assert list(counted(read_hub(hub)).values()) == sizes


def test_a_distilled_autoencoder_may_stand_in(hub: Path, tmp_path: Path) -> None:
    import torch
    from diffusers import AutoencoderTiny

    from models.recipes.export.diffusion.load import Origin
    from models.recipes.export.diffusion.recipe import Recipe
    from models.recipes.export.diffusion.source import read_hub

    wide = (8, 8, 8, 8)
    small = AutoencoderTiny(
        encoder_block_out_channels=wide,
        decoder_block_out_channels=wide,
        num_encoder_blocks=(1, 1, 1, 1),
        num_decoder_blocks=(1, 1, 1, 1),
    ).eval()
    small.save_pretrained(tmp_path / "taesd")
    read = read_hub(hub, tmp_path / "taesd")
    recipe = Recipe(Origin(read, vae=tmp_path / "taesd"), SIDE, SIDE)
    recipe.vae_decoder(tmp_path / "decoder.onnx")
    recipe.vae_encoder(tmp_path / "encoder.onnx")
    random = torch.Generator().manual_seed(0)
    latent, pixels = torch.randn(1, 4, 8, 8, generator=random), torch.rand(1, 3, SIDE, SIDE, generator=random) * 2 - 1
    with torch.no_grad():
        decoded, encoded = small.decode(latent).sample.numpy(), small.encode(pixels).latents.numpy()
    assert read.shrink == 8
    ours = session(tmp_path / "decoder.onnx").run(None, {"latent": latent.numpy()})[0]
    assert float(np.abs(ours - decoded).max()) <= 1e-5
    ours = session(tmp_path / "encoder.onnx").run(None, {"pixels": pixels.numpy()})[0]
    assert float(np.abs(ours - encoded).max()) <= 1e-5
