"""LoRAs, fused into the weights: W + scale · (alpha / rank) · up · down (Hu et al. 2021, §4.1).

The two ways in which such files name their layers are read: kohya's (`lora_unet_down_blocks_0_….lora_down.weight`) and
diffusers' (`unet.down_blocks.0.….lora_A.weight`). No package for it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from homespun.errors import Damaged, NotFound, UsageError

PARTS = {
    "unet": ("lora_unet_", "unet."),
    "text_encoder": ("lora_te_", "lora_te1_", "text_encoder."),
}
"""How the layers of each part begin."""

ENDINGS = {
    ".lora_down.weight": "down",
    ".lora_up.weight": "up",
    ".lora_A.weight": "down",
    ".lora_B.weight": "up",
    ".lora.down.weight": "down",
    ".lora.up.weight": "up",
    "_lora.down.weight": "down",
    "_lora.up.weight": "up",
    ".alpha": "alpha",
}


@dataclass(frozen=True)
class Lora:
    """A file and how strongly it is fused (1 = as it was trained)."""

    file: Path
    scale: float = 1.0


@dataclass
class Pair:
    """The two matrices of a layer; alpha is the rank where a file doesn't say."""

    down: Tensor | None = None
    up: Tensor | None = None
    alpha: Tensor | None = None

    def change(self) -> Tensor:
        """What is added to the layer's weight, in float32 [out, in] or [out, in, height, width]."""
        assert self.down is not None
        assert self.up is not None
        down, up = self.down.float(), self.up.float()
        rank = down.shape[0]
        scale = float(self.alpha) / rank if self.alpha is not None else 1.0
        product = up.reshape(up.shape[0], rank) @ down.reshape(rank, -1)
        return scale * product.reshape(up.shape[0], *down.shape[1:])


def find_lora(given: Path, scale: float = 1.0) -> Lora:
    """The file, or the only one in a folder. Raises `NotFound` or `UsageError`."""
    if given.is_file():
        return Lora(given, scale)
    files = sorted(given.glob("*.safetensors")) if given.is_dir() else []
    if not files:
        raise NotFound(f"{given} is no LoRA: there is no .safetensors.", "Give the file, or the folder that holds it.")
    if len(files) > 1:
        raise UsageError(f"{given} holds {len(files)} files.", f"Name one of them: {files[0].name}, for instance.")
    return Lora(files[0], scale)


def fuse(module: torch.nn.Module, lora: Lora, part: str) -> int:
    """Add the layers of `lora` that are for `part` (`unet` or `text_encoder`) to `module`; how many there were.

    Raises `UsageError`, naming the layer, for a file made for another network.
    """
    pairs = read(lora.file)
    layers = {plain(name): layer for name, layer in module.named_modules() if hasattr(layer, "weight")}
    fused = 0
    for name, pair in pairs.items():
        begin = next((begin for begin in PARTS[part] if name.startswith(begin)), None)
        if begin is None:
            if not any(name.startswith(other) for begins in PARTS.values() for other in begins):
                raise UsageError(f"{lora.file} names a layer {name}, of no part that is known.", OTHER)
            continue
        layer = layers.get(plain(name.removeprefix(begin)))
        if layer is None:
            raise UsageError(f"{lora.file} changes {name}, and the {part} has no such layer.", OTHER)
        change = pair.change()
        if change.numel() != layer.weight.numel() or change.shape[0] != layer.weight.shape[0]:
            raise UsageError(
                f"{lora.file} changes {name} by a matrix {tuple(change.shape)}, and it is {tuple(layer.weight.shape)}.",
                OTHER,
            )
        with torch.no_grad():
            layer.weight += lora.scale * change.reshape(layer.weight.shape).to(layer.weight.dtype)
        fused += 1
    if part == "unet" and not fused:
        raise UsageError(f"{lora.file} changes nothing of a unet.", OTHER)
    return fused


OTHER = "It was made for another network, or in a form that isn't read here."


def read(file: Path) -> Mapping[str, Pair]:
    """The pairs of a file by the name of their layer. Raises `Damaged` for half of one."""
    try:
        tensors = load_file(str(file))
    except (OSError, SafetensorError) as error:
        raise Damaged(f"{file} can't be read: {error}.", "Get the file once more.") from error
    pairs: dict[str, Pair] = {}
    for key, tensor in tensors.items():
        name, what = told(file, key)
        setattr(pairs.setdefault(name, Pair()), what, tensor)
    for name, pair in pairs.items():
        if pair.down is None or pair.up is None:
            raise Damaged(f"{file} holds only half of {name}.", "Get the file once more.")
    return pairs


def told(file: Path, key: str) -> tuple[str, str]:
    """The layer of a tensor, and which of its tensors it is. Raises `UsageError` for another kind of file."""
    for ending, what in ENDINGS.items():
        if key.endswith(ending):
            return key.removesuffix(ending), what
    raise UsageError(f"{file} holds {key}, which belongs to no plain LoRA.", "LoCon, LoHa and DoRA are not read.")


def plain(name: str) -> str:
    """A layer's name in the form that all the ways of writing it share."""
    name = re.sub(r"^text_model[._]", "", name)
    name = name.replace(".processor.to_", ".to_").replace("to_out.0", "to_out").replace("to_out_0", "to_out")
    return name.replace(".", "_")
