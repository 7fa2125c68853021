"""Makes a tiny inpainting pipeline in diffusers' format: the parts of Stable Diffusion 1.5, small, with random weights.

    python -m models.recipes.export.diffusion.tiny OUT [--channels 9|4] [--seed N] [--size 128]

in an export environment. Its pictures mean nothing; its shapes, names, files and arithmetic are those of a real one, so
whatever is exact on it is exact. The same seed gives the same weights.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers import __version__ as diffusers_version
from transformers import CLIPTextConfig, CLIPTextModel

from models.recipes.export.diffusion.words import END, START, write_tokenizer

TOKENS = 77
WIDTH = 48

UNET: dict[str, Any] = {
    "block_out_channels": (32, 48, 64, 64),
    "down_block_types": ("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
    "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
    "layers_per_block": 1,
    "norm_num_groups": 16,
    "attention_head_dim": 2,  # diffusers' name for the number of heads, as in Stable Diffusion 1.5
    "cross_attention_dim": WIDTH,
    "out_channels": 4,
}

VAE: dict[str, Any] = {
    "block_out_channels": (16, 16, 32, 32),
    "down_block_types": ("DownEncoderBlock2D",) * 4,
    "up_block_types": ("UpDecoderBlock2D",) * 4,
    "layers_per_block": 1,
    "norm_num_groups": 8,
    "latent_channels": 4,
    "scaling_factor": 0.18215,
}

SCHEDULER: dict[str, Any] = {
    "_class_name": "DDIMScheduler",
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "num_train_timesteps": 1000,
    "prediction_type": "epsilon",
    "timestep_spacing": "leading",
    "steps_offset": 1,
    "set_alpha_to_one": False,
    "clip_sample": False,
    "trained_betas": None,
}

CARD = """---
license: apache-2.0
origin: made up by models.recipes.export.diffusion.tiny
---
A pipeline with random weights, for tests. Its pictures mean nothing.
"""

LOUDER = 6.0
"""How much larger the queries and keys are than fresh ones: else every attention is a plain mean, and hides mistakes."""

TEXT_LOUDER = 3.0
"""How much larger the values of cross-attention are: else a prompt hardly changes the picture."""


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--channels", type=int, choices=(4, 9), default=9)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", type=int, default=128, help="pixels a side, a multiple of 64")
    given = parser.parse_args()
    make(given.out, channels=given.channels, seed=given.seed, size=given.size)
    size = sum(file.stat().st_size for file in given.out.rglob("*") if file.is_file())
    print(f"{given.out}: {size} bytes")


def make(out: Path, *, channels: int = 9, seed: int = 0, size: int = 128) -> None:
    """Write the pipeline to `out`. Raises `ValueError` for a size that the network can't halve six times."""
    if size % 64:
        raise ValueError(f"{size} is no multiple of 64")
    ids = write_tokenizer(out / "tokenizer", TOKENS)
    text = CLIPTextConfig(
        vocab_size=len(ids),
        hidden_size=WIDTH,
        intermediate_size=2 * WIDTH,
        num_hidden_layers=3,
        num_attention_heads=4,
        max_position_embeddings=TOKENS,
        hidden_act="quick_gelu",
        bos_token_id=ids[START],
        eos_token_id=ids[END],
        pad_token_id=ids[END],
        projection_dim=WIDTH,
    )
    torch.manual_seed(seed)
    with torch.no_grad():
        encoder = CLIPTextModel(text).eval()
        unet = louder(UNet2DConditionModel(sample_size=size // 8, in_channels=channels, **UNET).eval())
        vae = AutoencoderKL(sample_size=size, **VAE).eval()
    encoder.save_pretrained(out / "text_encoder")
    unet.save_pretrained(out / "unet")
    vae.save_pretrained(out / "vae")
    write(out / "scheduler" / "scheduler_config.json", SCHEDULER)
    write(
        out / "model_index.json",
        {
            "_class_name": "StableDiffusionInpaintPipeline",
            "_diffusers_version": diffusers_version,
            "feature_extractor": [None, None],
            "image_encoder": [None, None],
            "requires_safety_checker": False,
            "safety_checker": [None, None],
            "scheduler": ["diffusers", SCHEDULER["_class_name"]],
            "text_encoder": ["transformers", "CLIPTextModel"],
            "tokenizer": ["transformers", "CLIPTokenizer"],
            "unet": ["diffusers", "UNet2DConditionModel"],
            "vae": ["diffusers", "AutoencoderKL"],
        },
    )
    (out / "README.md").write_text(CARD, encoding="utf-8", newline="\n")


def louder(unet: torch.nn.Module) -> torch.nn.Module:
    """`unet` with attention that attends, and listens to the text."""
    for name, weight in unet.named_parameters():
        if name.endswith(("to_q.weight", "to_k.weight")):
            weight.mul_(LOUDER**0.5)
        elif name.endswith("attn2.to_v.weight"):
            weight.mul_(TEXT_LOUDER)
    return unet


def write(file: Path, value: dict[str, Any]) -> None:
    """A dictionary as JSON."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, indent=1), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
