"""A hub folder in diffusers' format: what is in it, and whether it is one that can be exported. Reads no weights."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from homespun.errors import Damaged, NotFound, UsageError

TEXT, UNET, VAE, TOKENIZER, SCHEDULER = "text_encoder", "unet", "vae", "tokenizer", "scheduler"

WEIGHTS = {TEXT: "model", UNET: "diffusion_pytorch_model", VAE: "diffusion_pytorch_model"}
"""What the weights of a part are called, without their ending."""

WANTED = "Give the folder of an inpainting pipeline in diffusers' format of Stable Diffusion 1.x or 2.x."

Config = Mapping[str, Any]


@dataclass(frozen=True)
class Hub:
    """The folder, and the configurations of its parts. `card` is the front matter of its README.

    The tokenizer's are empty where a folder has none; Stable Diffusion 1.x needs none.
    """

    folder: Path
    text: Config
    unet: Config
    vae: Config
    scheduler: Config
    tokenizer: Config
    card: Config

    @property
    def channels(self) -> int:
        """What the UNet takes: 9 (latent, mask, masked picture) or 4 (the latent)."""
        return int(self.unet["in_channels"])

    @property
    def shrink(self) -> int:
        """Pixels a latent pixel."""
        blocks = self.vae.get("block_out_channels") or self.vae["encoder_block_out_channels"]
        return int(2 ** (len(blocks) - 1))

    def vocabulary(self) -> Config:
        """Token → id. Raises `NotFound` or `Damaged`, naming the file."""
        found: Config = _json(self.folder / TOKENIZER / "vocab.json")
        return found

    def weights(self, part: str) -> tuple[list[Path], str | None]:
        """The files of a part's weights, and diffusers' name for that variant of them (None = the plain one).

        Raises `NotFound`, which names the file, when they aren't there as safetensors.
        """
        place, stem = self.folder / part, WEIGHTS[part]
        for variant in (None, "fp16"):
            name = f"{stem}.{variant}" if variant else stem
            if (place / f"{name}.safetensors").is_file():
                return [place / f"{name}.safetensors"], variant
            index = place / (
                f"{stem}.safetensors.index.{variant}.json" if variant else f"{stem}.safetensors.index.json"
            )
            if index.is_file():
                shards = sorted(set(_json(index)["weight_map"].values()))
                for shard in shards:
                    _need(place / shard)
                return [place / shard for shard in shards], variant
        raise NotFound(
            f"{place / stem}.safetensors is missing.",
            "Get the whole folder. Weights as .bin are not read, because such files can run programs.",
        )


def read_hub(folder: Path, vae: Path | None = None) -> Hub:
    """What is in `folder`; with `vae` another autoencoder than its own.

    Raises `NotFound` or `Damaged`, naming the file, for a folder that isn't whole, and `UsageError` for a pipeline that
    can't be exported, saying what was expected.
    """
    if not folder.is_dir():
        raise NotFound(f"{folder} is no folder.", WANTED)
    hub = Hub(
        folder=folder,
        text=_json(folder / TEXT / "config.json"),
        unet=_json(folder / UNET / "config.json"),
        vae=_json((vae or folder / VAE) / "config.json"),
        scheduler=_json(folder / SCHEDULER / "scheduler_config.json"),
        tokenizer=_json(settings) if (settings := folder / TOKENIZER / "tokenizer_config.json").is_file() else {},
        card=_front_matter(folder / "README.md"),
    )
    for name in ("vocab.json", "merges.txt"):
        _need(folder / TOKENIZER / name)
    for part, config, refusals in ((TEXT, hub.text, TEXTS), (UNET, hub.unet, UNETS), (VAE, hub.vae, VAES)):
        for is_other, sentence in refusals:
            if is_other(config):
                raise UsageError(f"The {part} in {folder} can't be exported: {sentence}", WANTED)
    if hub.unet.get("cross_attention_dim") != hub.text.get("hidden_size"):
        raise UsageError(
            f"The unet in {folder} reads {hub.unet.get('cross_attention_dim')} numbers a token, and its text encoder gives"
            f" {hub.text.get('hidden_size')}.",
            WANTED,
        )
    for part in (TEXT, UNET):
        hub.weights(part)
    if vae is None:
        hub.weights(VAE)
    return hub


Refusals = tuple[tuple[Callable[[Config], object], str], ...]

TEXTS: Refusals = (
    (lambda c: "CLIPTextModel" not in c.get("architectures", ["CLIPTextModel"]), "it is no CLIPTextModel."),
    (lambda c: c.get("use_attention_mask"), "it wants an attention mask, and an exported one takes ids alone."),
)

UNETS: Refusals = (
    (lambda c: c.get("_class_name") != "UNet2DConditionModel", "it is no UNet2DConditionModel."),
    (lambda c: c.get("in_channels") not in (4, 9), "it takes neither 4 nor 9 channels."),
    (lambda c: c.get("out_channels", 4) != 4, "it doesn't give 4 channels."),
    (
        lambda c: c.get("time_cond_proj_dim") is not None,
        "it takes the guidance as an input (time_cond_proj_dim). Export its original with the LCM LoRA instead.",
    ),
    (
        lambda c: c.get("class_embed_type") or c.get("num_class_embeds"),
        "it takes class embeddings; expected is a UNet that takes a picture, a time and a text.",
    ),
    (
        lambda c: c.get("addition_embed_type"),
        "it takes added conditions, as Stable Diffusion XL does; expected is a UNet of a picture, a time and a text.",
    ),
    (lambda c: c.get("encoder_hid_dim_type") or c.get("encoder_hid_dim"), "it changes the text before it reads it."),
    (lambda c: c.get("attention_type", "default") != "default", "its attention is gated."),
    (lambda c: c.get("dual_cross_attention"), "it has two cross-attentions at each place."),
    (
        lambda c: isinstance(c.get("cross_attention_dim"), (list, tuple)),
        "its blocks read texts of different widths; expected is one width.",
    ),
)

VAES: Refusals = (
    (lambda c: c.get("_class_name") not in ("AutoencoderKL", "AutoencoderTiny"), "it is no AutoencoderKL."),
    (lambda c: c.get("latent_channels", 4) != 4, "its latents don't have 4 channels."),
    (lambda c: not _is_scale(c.get("scaling_factor", 1.0)), "its scaling_factor is no number above 0."),
    (
        lambda c: c.get("latents_mean") is not None or c.get("latents_std") is not None,
        "it scales each latent channel by its own mean; expected is one factor.",
    ),
)


def tokens_of(hub: Hub) -> int:
    """Tokens that the text encoder reads; 77 for CLIP."""
    return int(hub.text.get("max_position_embeddings", 77))


def origin_of(hub: Hub, given: str | None) -> str:
    """Where the pipeline comes from: as told, as its card says, or by the name under which the hub's cache keeps it."""
    if given:
        return given
    for key in ("origin", "source", "base_model"):
        if isinstance(hub.card.get(key), str):
            return str(hub.card[key])
    for place in (hub.folder, *hub.folder.parents):
        if place.name.startswith("models--"):
            return "https://huggingface.co/" + "/".join(place.name.split("--")[1:])
    raise UsageError(f"Nothing in {hub.folder} says where it comes from.", "Give --origin, its address for instance.")


def licence_of(hub: Hub, given: str | None) -> str:
    """The licence: as told, or as the card says."""
    found = given or hub.card.get("license_name") or hub.card.get("license")
    if not isinstance(found, str):
        raise UsageError(f"Nothing in {hub.folder} says what its licence is.", "Give --licence.")
    return found


def _is_scale(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < float("inf")


def _need(file: Path) -> None:
    if not file.is_file():
        raise NotFound(f"{file} is missing.", WANTED)


def _json(file: Path) -> Any:
    _need(file)
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise Damaged(f"{file} can't be read: {error}.", "Get the folder once more.") from error
    if not isinstance(found, dict):
        raise Damaged(f"{file} holds no settings.", "Get the folder once more.")
    return found


def _front_matter(file: Path) -> dict[str, str]:
    """The plain `key: value` lines between the first two `---`."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    block = re.match(r"---\s*\n(.*?)\n---", text, re.DOTALL)
    pairs = re.findall(r"^([\w-]+):[ \t]*(\S.*?)[ \t]*$", block[1], re.MULTILINE) if block else []
    return {key: value.strip("\"'") for key, value in pairs}
