"""CLIP and TinyCLIP from a local folder in transformers' format: one ONNX file a tower.

    python -m models.recipes.export clip FOLDER OUT

in the torch export environment. OUT/text.onnx takes input_ids int64 [1, tokens] and gives `text_embeds`, OUT/image.onnx
takes pixel_values float32 [1, 3, side, side] (less CLIP's mean, over its deviation) and gives `image_embeds`; both are
float32 [1, width] of length 1. A tower each, because a search runs one of them a million times and the other once.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from homespun.errors import HomespunError, NotFound
from models.recipes.export.diffusion.load import offline
from models.recipes.export.diffusion.painting import session
from models.recipes.export.diffusion.write import export

TOLERANCE = 1e-5
"""Largest difference of a file to PyTorch, in any number of a vector of length 1."""

TEXT, IMAGE = "text.onnx", "image.onnx"


class TextTower(torch.nn.Module):  # type: ignore[misc]  # torch is not there when mypy runs
    """input_ids int64 [1, tokens] → [1, width] of length 1."""

    def __init__(self, clip: torch.nn.Module) -> None:
        super().__init__()
        self.encoder, self.projection = clip.text_model, clip.text_projection

    def forward(self, input_ids: Tensor) -> Tensor:
        """See the class."""
        return unit(self.projection(self.encoder(input_ids=input_ids).pooler_output))


class ImageTower(torch.nn.Module):  # type: ignore[misc]
    """pixel_values float32 [1, 3, side, side] → [1, width] of length 1."""

    def __init__(self, clip: torch.nn.Module) -> None:
        super().__init__()
        self.encoder, self.projection = clip.vision_model, clip.visual_projection

    def forward(self, pixel_values: Tensor) -> Tensor:
        """See the class."""
        return unit(self.projection(self.encoder(pixel_values=pixel_values).pooler_output))


def unit(vectors: Tensor) -> Tensor:
    """Each of length 1."""
    return vectors / vectors.norm(p=2, dim=-1, keepdim=True)


def make(folder: Path, out: Path) -> dict[str, float]:
    """Write both towers; for each file the largest difference to transformers' own model on made-up inputs.

    Raises `NotFound`, which names the file, for a folder that isn't whole.
    """
    for name in ("config.json", "model.safetensors"):
        if not (folder / name).is_file():
            raise NotFound(f"{folder / name} is missing.", "Give the folder of a CLIP in transformers' format.")
    from transformers import CLIPModel

    offline()
    clip = CLIPModel.from_pretrained(
        str(folder), local_files_only=True, use_safetensors=True, attn_implementation="eager", dtype=torch.float32
    ).eval()
    out.mkdir(parents=True, exist_ok=True)
    text, vision = clip.config.text_config, clip.config.vision_config
    random = torch.Generator().manual_seed(0)
    ids = torch.randint(3, text.vocab_size - 3, (1, text.max_position_embeddings), generator=random)
    ids[0, 0], ids[0, 9:] = text.bos_token_id, text.eos_token_id
    pixels = torch.randn(1, 3, vision.image_size, vision.image_size, generator=random)
    with torch.no_grad():
        whole = clip(input_ids=ids, pixel_values=pixels)
    export(TextTower(clip), [ids], ["input_ids"], ["text_embeds"], out / TEXT)
    export(ImageTower(clip), [pixels], ["pixel_values"], ["image_embeds"], out / IMAGE)
    feeds = {TEXT: ({"input_ids": ids}, whole.text_embeds), IMAGE: ({"pixel_values": pixels}, whole.image_embeds)}
    found = {}
    for file, (feed, theirs) in feeds.items():
        (ours,) = session(out / file).run(None, {name: value.numpy() for name, value in feed.items()})
        found[file] = float(np.abs(ours - theirs.numpy()).max())
    return found


def main(argv: list[str] | None = None) -> int:
    """The command line; 1 when a file is too far from PyTorch."""
    parser = argparse.ArgumentParser(
        prog="models.recipes.export clip", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args(argv)
    try:
        found = make(given.folder, given.out)
    except HomespunError as error:
        print(error, file=sys.stderr)
        return int(error.code)
    for file, difference in found.items():
        print(f"{given.out / file}: max |difference| {difference:.1e}")
    return int(max(found.values()) > TOLERANCE)


if __name__ == "__main__":
    sys.exit(main())
