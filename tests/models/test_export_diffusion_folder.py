"""What the recipe of diffusion pipelines reads and decides before any network is loaded: no export environment needed."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homespun.errors import Damaged, HomespunError, NotFound, UsageError
from models.recipes.export.diffusion.making import STATE, Workshop, fingerprint
from models.recipes.export.diffusion.noise import noise_of, sampling_of
from models.recipes.export.diffusion.source import licence_of, origin_of, read_hub
from models.recipes.export.diffusion.words import (
    CLOSE,
    END,
    MERGES,
    START,
    TEXT,
    joined,
    learned,
    letters,
    vocabulary,
    write_tokenizer,
)

PNDM = {
    "_class_name": "PNDMScheduler",
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "beta_start": 0.00085,
    "clip_sample": False,
    "num_train_timesteps": 1000,
    "set_alpha_to_one": False,
    "skip_prk_steps": True,
    "steps_offset": 1,
    "trained_betas": None,
}
"""What Stable Diffusion 1.5 comes with."""

PARTS: dict[str, dict[str, Any]] = {
    "text_encoder": {"architectures": ["CLIPTextModel"], "hidden_size": 48, "max_position_embeddings": 77},
    "unet": {"_class_name": "UNet2DConditionModel", "in_channels": 9, "out_channels": 4, "cross_attention_dim": 48},
    "vae": {"_class_name": "AutoencoderKL", "latent_channels": 4, "block_out_channels": [8, 8, 8, 8]},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A hub folder with everything but weights that mean anything."""
    hub = tmp_path / "hub"
    for name, config in PARTS.items():
        write(hub / name / "config.json", config)
        stem = "model" if name == "text_encoder" else "diffusion_pytorch_model"
        (hub / name / f"{stem}.safetensors").write_bytes(b"")
    write(hub / "scheduler" / "scheduler_config.json", PNDM)
    write_tokenizer(hub / "tokenizer", 77)
    return hub


def write(file: Path, value: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value), encoding="utf-8")


def changed(hub: Path, part: str, **settings: object) -> Path:
    write(hub / part / "config.json", {**PARTS[part], **settings})
    return hub


def test_a_whole_folder_is_read(folder: Path) -> None:
    hub = read_hub(folder)
    assert (hub.channels, hub.shrink) == (9, 8)
    assert hub.weights("unet") == ([folder / "unet" / "diffusion_pytorch_model.safetensors"], None)


@pytest.mark.parametrize(
    "name",
    [
        "text_encoder/config.json",
        "text_encoder/model.safetensors",
        "unet/config.json",
        "unet/diffusion_pytorch_model.safetensors",
        "vae/config.json",
        "vae/diffusion_pytorch_model.safetensors",
        "scheduler/scheduler_config.json",
        "tokenizer/vocab.json",
        "tokenizer/merges.txt",
    ],
)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(NotFound) as caught:
        read_hub(folder)
    assert str(folder / name) in caught.value.what


def test_what_a_catalogue_does_not_download_is_not_missed(folder: Path) -> None:
    (folder / "tokenizer" / "tokenizer_config.json").unlink()
    (folder / "tokenizer" / "special_tokens_map.json").unlink()
    assert read_hub(folder).tokenizer == {}
    with pytest.raises(NotFound, match="is no folder"):
        read_hub(folder / "elsewhere")


def test_a_damaged_configuration_is_named(folder: Path) -> None:
    (folder / "unet" / "config.json").write_text("{")
    with pytest.raises(Damaged, match=r"unet.config\.json can't be read"):
        read_hub(folder)


def test_weights_that_could_run_programs_are_not_read(folder: Path) -> None:
    weights = folder / "vae" / "diffusion_pytorch_model.safetensors"
    weights.rename(weights.with_suffix(".bin"))
    with pytest.raises(NotFound, match=r"\.bin are not read"):
        read_hub(folder)


def test_weights_in_halves_and_in_pieces_are_found(folder: Path) -> None:
    unet = folder / "unet"
    (unet / "diffusion_pytorch_model.safetensors").rename(unet / "diffusion_pytorch_model.fp16.safetensors")
    assert read_hub(folder).weights("unet")[1] == "fp16"
    text = folder / "text_encoder"
    (text / "model.safetensors").rename(text / "model-00001-of-00002.safetensors")
    index = {"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}
    write(text / "model.safetensors.index.json", index)
    with pytest.raises(NotFound, match="model-00002-of-00002"):
        read_hub(folder)
    (text / "model-00002-of-00002.safetensors").write_bytes(b"")
    assert len(read_hub(folder).weights("text_encoder")[0]) == 2


@pytest.mark.parametrize(
    ("part", "settings", "says"),
    [
        ("unet", {"time_cond_proj_dim": 256}, "guidance as an input"),
        ("unet", {"class_embed_type": "timestep"}, "class embeddings"),
        ("unet", {"num_class_embeds": 10}, "class embeddings"),
        ("unet", {"addition_embed_type": "text_time"}, "Stable Diffusion XL"),
        ("unet", {"in_channels": 8}, "neither 4 nor 9"),
        ("unet", {"in_channels": 5}, "neither 4 nor 9"),
        ("unet", {"out_channels": 8}, "give 4 channels"),
        ("unet", {"encoder_hid_dim_type": "text_proj"}, "changes the text"),
        ("unet", {"attention_type": "gated"}, "gated"),
        ("unet", {"dual_cross_attention": True}, "two cross-attentions"),
        ("unet", {"cross_attention_dim": [48, 96]}, "different widths"),
        ("unet", {"cross_attention_dim": 64}, "reads 64 numbers a token"),
        ("unet", {"_class_name": "SD3Transformer2DModel"}, "no UNet2DConditionModel"),
        ("text_encoder", {"architectures": ["T5EncoderModel"]}, "no CLIPTextModel"),
        ("text_encoder", {"use_attention_mask": True}, "attention mask"),
        ("vae", {"latent_channels": 16}, "4 channels"),
        ("vae", {"latents_mean": [0, 0, 0, 0]}, "one factor"),
        ("vae", {"_class_name": "VQModel"}, "no AutoencoderKL"),
    ],
)
def test_what_cannot_be_exported_is_refused_with_a_reason(
    folder: Path, part: str, settings: dict[str, object], says: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read_hub(changed(folder, part, **settings))
    assert says in str(caught.value)
    assert str(folder) in caught.value.what


def test_licence_and_origin_come_from_the_card_unless_told(folder: Path) -> None:
    with pytest.raises(UsageError, match="--licence"):
        licence_of(read_hub(folder), None)
    with pytest.raises(UsageError, match="--origin"):
        origin_of(read_hub(folder), None)
    card = "---\nlicense: creativeml-openrail-m\ntags:\n- a\nbase_model: 'somebody/something'\n---\n# A model\nlicense: no\n"
    (folder / "README.md").write_text(card, encoding="utf-8")
    hub = read_hub(folder)
    assert (licence_of(hub, None), origin_of(hub, None)) == ("creativeml-openrail-m", "somebody/something")
    assert (licence_of(hub, "mine"), origin_of(hub, "here")) == ("mine", "here")


def test_a_folder_of_the_hubs_cache_tells_its_origin(folder: Path, tmp_path: Path) -> None:
    cached = tmp_path / "models--org--name" / "snapshots" / "0123"
    shutil.copytree(folder, cached)
    assert origin_of(read_hub(cached), None) == "https://huggingface.co/org/name"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("pytorch_lora_weights", "lcm-lora-sdv1-5"), ("lcm", 4, 1.0)),
        (("Hyper-SD15-8steps-lora",), ("tcd", 8, 1.0)),
        (("TCD-SD15-LoRA",), ("tcd", 4, 1.0)),
        (("sd-turbo",), ("ddim", 4, 1.0)),
        (("stable-diffusion-inpainting",), ("ddim", 20, 7.5)),
        (("hyperbole",), ("ddim", 20, 7.5)),
    ],
)
def test_names_of_distilled_pipelines_choose_the_sampling(names: tuple[str, ...], expected: tuple[object, ...]) -> None:
    found = sampling_of(PNDM, names)
    assert (found.scheduler, found.steps, found.guidance) == expected
    assert bool(found.notes) == (found.guidance == 1.0)


def test_what_is_told_goes_before_names() -> None:
    found = sampling_of(PNDM, ("lcm-lora",), scheduler="euler", steps=7, guidance=3.0)
    assert (found.scheduler, found.steps, found.guidance) == ("euler", 7, 3.0)
    with pytest.raises(UsageError, match="no scheduler 'heun'"):
        sampling_of(PNDM, (), scheduler="heun")


def test_noise_is_read_with_the_defaults_of_the_scheduler_that_is_used() -> None:
    noise = noise_of(PNDM, "ddim")
    assert (noise.betas, noise.beta_start, noise.beta_end, noise.train_steps) == ("scaled_linear", 0.00085, 0.012, 1000)
    assert (noise.prediction, noise.spacing, noise.offset, noise.alpha_one) == ("epsilon", "leading", 1, False)
    assert noise_of(PNDM, "euler").spacing == "linspace"
    assert noise_of({**PNDM, "timestep_spacing": "trailing"}, "euler").spacing == "trailing"
    assert noise_of({**PNDM, "rescale_betas_zero_snr": True, "prediction_type": "v_prediction"}, "ddim").zero_snr


@pytest.mark.parametrize(
    "settings",
    [
        {"trained_betas": [0.1, 0.2]},
        {"clip_sample": True},
        {"use_karras_sigmas": True},
        {"beta_schedule": "sigmoid"},
        {"prediction_type": "flow"},
    ],
)
def test_noise_that_cannot_be_run_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        noise_of({**PNDM, **settings}, "ddim")


@given(
    st.dictionaries(st.sampled_from(sorted({*PNDM, "prediction_type"})), st.one_of(st.text(), st.integers(), st.none()))
)
def test_a_schedulers_settings_are_read_or_refused(settings: dict[str, object]) -> None:
    try:
        noise = noise_of({**PNDM, **settings}, "ddim")
    except HomespunError:
        return
    assert noise.train_steps == settings.get("num_train_timesteps", 1000)


def test_the_small_vocabulary_has_clips_form(tmp_path: Path) -> None:
    ids = write_tokenizer(tmp_path, 77)
    assert len(letters()) == len(set(letters())) == 256
    assert [ids[letter] for letter in letters()] == list(range(256))
    assert ids["a" + CLOSE] == 256 + letters().index("a")
    assert sorted(ids.values()) == list(range(len(ids)))
    assert (ids[START], ids[END]) == (len(ids) - 2, len(ids) - 1)
    merges = (tmp_path / "merges.txt").read_text(encoding="utf-8").splitlines()
    assert merges[0].startswith("#version")
    assert all(len(line.split(" ")) == 2 and "".join(line.split(" ")) in ids for line in merges[1:])
    assert ids == write_tokenizer(tmp_path / "again", 77)


def test_common_words_became_one_token() -> None:
    ids = vocabulary(learned(TEXT, MERGES))
    assert {"a</w>", "cat</w>", "with</w>", "photo</w>"} <= ids.keys()


@given(st.lists(st.sampled_from("abc")), st.tuples(st.sampled_from("abc"), st.sampled_from("abc")))
def test_joining_a_pair_loses_no_letter(symbols: list[str], pair: tuple[str, str]) -> None:
    made = joined(tuple(symbols), pair)
    assert "".join(made) == "".join(symbols)
    assert all(one != pair[0] or other != pair[1] for one, other in pairwise(made)) or pair[0] == pair[1]


class Maker:
    """Writes a part, and notes what the folder is told."""

    def __init__(self) -> None:
        self.states: list[tuple[str, str]] = []

    def say(self, name: str, state: str) -> None:
        self.states.append((name, state))

    def make(self, file: Path) -> dict[str, object]:
        file.write_bytes(b"part")
        file.with_name(f"{file.name}.data").write_bytes(b"weights")
        return {"widths": [1, 2]}

    def run(self, out: Path, mark: str) -> dict[str, object]:
        self.states.clear()
        return Workshop.at(out).part("a.onnx", mark, self.make, self.say)


def test_a_part_is_made_once_and_its_facts_are_kept(tmp_path: Path) -> None:
    maker = Maker()
    assert maker.run(tmp_path, "x") == {"widths": [1, 2]}
    assert maker.states == [("a.onnx", "making"), ("a.onnx", "made")]
    assert maker.run(tmp_path, "x") == {"widths": [1, 2]}
    assert maker.states == [("a.onnx", "kept")]
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == ["a.onnx", "a.onnx.data", STATE]


@pytest.mark.parametrize("spoil", ["other inputs", "a missing file", "a damaged file", "a damaged state"])
def test_a_part_is_made_again_when_anything_about_it_changed(tmp_path: Path, spoil: str) -> None:
    maker = Maker()
    maker.run(tmp_path, "x")
    if spoil == "a missing file":
        (tmp_path / "a.onnx.data").unlink()
    elif spoil == "a damaged file":
        (tmp_path / "a.onnx").write_bytes(b"tarp")
    elif spoil == "a damaged state":
        (tmp_path / STATE).write_text('{"made": ')
    maker.run(tmp_path, "y" if spoil == "other inputs" else "x")
    assert maker.states == [("a.onnx", "making"), ("a.onnx", "made")]
    assert (tmp_path / "a.onnx").read_bytes() == b"part"


def test_what_stops_half_way_leaves_the_part_of_before(tmp_path: Path) -> None:
    maker = Maker()
    maker.run(tmp_path, "x")

    def stops(file: Path) -> dict[str, object]:
        file.write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Workshop.at(tmp_path).part("a.onnx", "y", stops, maker.say)
    assert (tmp_path / "a.onnx").read_bytes() == b"part"
    assert not list(tmp_path.glob("*.part"))
    maker.run(tmp_path, "x")
    assert maker.states == [("a.onnx", "kept")]


@given(st.dictionaries(st.text(), st.one_of(st.integers(), st.text(), st.lists(st.integers()))))
def test_a_fingerprint_hangs_on_the_values_alone(inputs: dict[str, object]) -> None:
    turned = dict(reversed(inputs.items()))
    assert fingerprint(inputs) == fingerprint(turned)
    assert fingerprint(inputs) != fingerprint({**inputs, "one more": 1}) or "one more" in inputs
