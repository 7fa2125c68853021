"""Real-ESRGAN's compact network from the author's weights, as ONNX for pictures of one size or of any.

    python -m models.recipes.export realesrgan WEIGHTS.pth OUT.onnx [--mix OTHER.pth 0.5] [--size 512x512]

in the torch export environment. The network (SRVGGNetCompact: Wang et al. 2021, Real-ESRGAN, and its release notes) is
written anew here from its weights' names: convolutions and PReLUs, then a shuffle into pixels, added to the enlarged picture.
`--mix` goes part of the way to a second file of weights; that is the author's way to choose how much noise is taken out.
"""

from __future__ import annotations

import argparse
import pickle
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from torch import Tensor
from torch.nn import functional

from homespun.errors import Damaged, HomespunError, UsageError
from models.recipes.export.diffusion.write import OPSET, quiet, strip

TOLERANCE = 1e-4
"""Largest difference of the file to PyTorch, in values of about 0..1."""

Weights = dict[str, Tensor]


class Compact(torch.nn.Module):  # type: ignore[misc]  # torch is not there when mypy runs
    """RGB float32 [1, 3, h, w] in 0..1 → [1, 3, scale · h, scale · w], not clipped."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        convolutions = [index for index in indexes(weights) if weights[f"body.{index}.weight"].dim() == 4]
        last = weights[f"body.{convolutions[-1]}.weight"]
        self.scale = round((last.shape[0] / 3) ** 0.5)
        layers: list[torch.nn.Module] = []
        for index in indexes(weights):
            weight = weights[f"body.{index}.weight"]
            if weight.dim() == 4:
                layers.append(torch.nn.Conv2d(weight.shape[1], weight.shape[0], 3, 1, 1))
            else:
                layers.append(torch.nn.PReLU(weight.shape[0]))
        self.body = torch.nn.ModuleList(layers)
        self.load_state_dict(weights)

    def forward(self, picture: Tensor) -> Tensor:
        """See the class."""
        found = picture
        for layer in self.body:
            found = layer(found)
        return functional.pixel_shuffle(found, self.scale) + functional.interpolate(
            picture, scale_factor=self.scale, mode="nearest"
        )


def indexes(weights: Weights) -> list[int]:
    """The numbers of the layers, in order."""
    return sorted({int(name.split(".")[1]) for name in weights})


def read(file: Path) -> Weights:
    """The weights of a file, checked for being of this network. Nothing in it is run.

    Raises `Damaged` for what can't be read and `UsageError` for another network.
    """
    try:
        told: Any = torch.load(file, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise Damaged(f"{file} holds more than weights.", "Get it from the author once more.") from error
    except (OSError, RuntimeError, ValueError, EOFError, KeyError) as error:
        raise Damaged(f"{file} can't be read: {error}.", "Get the file once more.") from error
    weights: Weights = (told.get("params_ema") or told.get("params") or told) if isinstance(told, dict) else {}
    names = [name for name in weights if not re.fullmatch(r"body\.\d+\.(weight|bias)", name)]
    if not weights or names:
        what = names[0] if names else "no weights"
        raise UsageError(f"{file} holds {what}: it is no compact Real-ESRGAN.", "realesr-general-x4v3.pth is one.")
    first, last = (weights[f"body.{one}.weight"] for one in (indexes(weights)[0], indexes(weights)[-1]))
    scale = (last.shape[0] / 3) ** 0.5
    if first.dim() != 4 or first.shape[1] != 3 or last.dim() != 4 or scale != round(scale):
        raise UsageError(f"{file} doesn't turn RGB into RGB.", "realesr-general-x4v3.pth does.")
    return {name: tensor.float() for name, tensor in weights.items()}


def mixed(one: Weights, other: Weights, share: float) -> Weights:
    """The weights `share` of the way from `one` to `other`. Raises `UsageError` when they are of two networks."""
    if {name: tensor.shape for name, tensor in one.items()} != {name: tensor.shape for name, tensor in other.items()}:
        raise UsageError("The two files hold different networks.", "Mix two of the same shape.")
    return {name: torch.lerp(tensor, other[name], share) for name, tensor in one.items()}


def export(network: Compact, out: Path, size: tuple[int, int] | None) -> float:
    """Write the network for `size` (height, width), or any; the largest difference to PyTorch on noise."""
    quiet()
    height, width = size or (48, 64)
    example = torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(0))
    free = {2: torch.export.Dim("height", min=2), 3: torch.export.Dim("width", min=2)}
    with torch.no_grad():
        torch.onnx.export(
            network.eval(),
            (example,),
            input_names=["input"],
            output_names=["output"],
            dynamic_shapes=None if size else (free,),
            opset_version=OPSET,
            dynamo=True,
            verbose=False,
        ).save(str(out))
        theirs = network(example).numpy()
    strip(out)
    session = onnxruntime.InferenceSession(str(out), providers=["CPUExecutionProvider"])
    (ours,) = session.run(None, {"input": example.numpy()})
    return float(np.abs(ours - theirs).max())


def main(argv: list[str] | None = None) -> int:
    """The command line; 1 when the file is too far from PyTorch."""
    parser = argparse.ArgumentParser(
        prog="models.recipes.export realesrgan",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--mix", nargs=2, metavar=("OTHER", "SHARE"))
    parser.add_argument("--size", help="width x height; default: any")
    given = parser.parse_args(argv)
    try:
        weights = read(given.weights)
        if given.mix:
            weights = mixed(weights, read(Path(given.mix[0])), float(given.mix[1]))
    except HomespunError as error:
        print(error, file=sys.stderr)
        return int(error.code)
    size = None
    if given.size:
        width, height = (int(side) for side in given.size.split("x"))
        size = height, width
    network = Compact(weights)
    difference = export(network, given.out, size)
    print(f"{given.out}: {network.scale} times, max |difference| {difference:.1e}")
    return int(difference > TOLERANCE)


if __name__ == "__main__":
    sys.exit(main())
