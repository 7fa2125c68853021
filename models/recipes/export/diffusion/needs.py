"""What an export needs, estimated from the configurations alone, and whether it is there."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import torch

from homespun.errors import HomespunError, NoSpace
from models.recipes.export.diffusion.making import room
from models.recipes.export.diffusion.source import Hub

COPIES = 2.2
"""Memory at the peak, as a multiple of the largest part's weights: the module and what is being written. With the sizes of
Stable Diffusion 1.5 in float32 7.6 GB were measured at the peak, of which the libraries are one."""

MORE_COPIES = 3.2
"""The same while a part is halved or quantised: an estimate, not measured at that size."""

LIBRARIES = 1_000_000_000
"""What torch, diffusers and the exporter take before any weight."""


@dataclass(frozen=True)
class Needs:
    """Bytes: weights by part in float32, what stays on the disk, what is needed there on the way, and memory."""

    weights: Mapping[str, int]
    kept: int
    disk: int
    memory: int

    def __str__(self) -> str:
        return (
            f"The export needs about {gigabytes(self.disk)} on the disk, of which {gigabytes(self.kept)} stay, and"
            f" {gigabytes(self.memory)} of memory."
        )


def needs_of(hub: Hub, height: int, width: int, precision: str, npu: str | None) -> Needs:
    """Estimate. The largest self-attention and the autoencoder's largest layer are in memory beside the weights."""
    weights = counted(hub)
    kept = sum(weights.values())
    if precision == "fp16":
        kept //= 2
    if npu:
        kept += weights["unet"] // 4
    largest = max(weights.values())
    disk = kept + largest * (3 if npu else 1)
    pixels = height * width
    tokens = pixels // hub.shrink**2
    working = max(4 * 2 * 8 * tokens**2, 4 * 3 * 256 * pixels)
    copies = MORE_COPIES if npu or precision == "fp16" else COPIES
    return Needs(weights, kept, int(disk * 1.05), int(LIBRARIES + copies * largest + working))


def counted(hub: Hub) -> dict[str, int]:
    """Bytes of each part's weights in float32; the networks are laid out without memory."""
    import diffusers
    from transformers import CLIPTextConfig, CLIPTextModel

    def plain(config: Mapping[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in config.items() if not key.startswith("_")}

    with torch.device("meta"):
        modules = {
            "text_encoder": CLIPTextModel(CLIPTextConfig(**plain(hub.text))),
            "unet": diffusers.UNet2DConditionModel.from_config(dict(hub.unet)),
            "vae": getattr(diffusers, hub.vae["_class_name"]).from_config(dict(hub.vae)),
        }
    return {name: 4 * sum(weight.numel() for weight in module.parameters()) for name, module in modules.items()}


def require(needs: Needs, out: Path) -> None:
    """Raises `NoSpace` or `HomespunError` when the disk or the memory isn't there. Parts that are kept count as needed."""
    place = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
    free = shutil.disk_usage(place).free
    if free + room(out) < needs.disk:
        raise NoSpace(
            f"The export needs about {gigabytes(needs.disk)} in {place}, and {gigabytes(free)} are free.",
            "Make room, or export to another disk.",
        )
    memory = psutil.virtual_memory().available
    if memory < needs.memory:
        raise HomespunError(
            f"The export needs about {gigabytes(needs.memory)} of memory, and {gigabytes(memory)} are free.",
            "Close other programs, or export on a larger machine: the folder can be copied.",
        )


def gigabytes(size: int) -> str:
    """A size for people."""
    return f"{size / 1e9:.1f} GB" if size >= 100_000_000 else f"{max(1, round(size / 1e6))} MB"
