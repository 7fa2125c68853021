"""The model card of one style: what was measured, how it learned, and whom to thank."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.recipes.train.upscale.gates import Findings
from models.recipes.train.upscale.network import Shape
from models.recipes.train.upscale.photos import Photo

POINTS = 12
"""Points of the learning curve that the card shows."""

ABOUT = {
    "faithful": "for good pictures. It puts details where they are and invents none.",
    "restore": "for phone and web pictures. It takes noise and JPEG's blocks away and sharpens mild blur.",
}

TEST = {
    "faithful": "the pictures made small with Pillow's antialiased bicubic filter",
    "restore": "the pictures blurred, made small, made noisy and saved as JPEG by the chain that it learned on, with other random numbers",
}


@dataclass(frozen=True)
class Made:
    """One network as shipped."""

    stem: str
    shape: Shape
    parameters: int
    steps: int
    hours: float
    sizes: tuple[int, int]
    found: Findings
    curve: Path


INPUTS = """## Inputs and outputs

`picture` float32 [1, 3, height, width], RGB, 0..1 → `large` float32 [1, 3, scale·height, scale·width], not clipped. The
network has learned without a border: mirror the picture's edge by the radius, and cut it off again."""

INSIDE = """## What it is

Plain 3x3 convolutions with ReLU, a linear 5x5 skip that started as exact bicubic, Add, DepthToSpace (CRD): ONNX opset 17,
nothing else. The int8 files are QDQ: activations of 8 bits, weights of 7 with a scale per channel; skip, Add and
DepthToSpace stay float. While learning, each middle kernel was a product of two kernels plus the identity (Bhardwaj et al.
2022, SESR), multiplied out on export."""

HOW = """## How it was made

```
{command}
```

Learned on {photos} photos and 24 drawn pictures. The photos were made at least twice smaller first, which takes their own
JPEG and noise away. Only photos that are CC0 or CC-BY were used; share-alike ones served to measure (`kept photos`). The
test pictures were never trained on, and the quantiser never saw them. What is shipped is the smoothed network (a moving
average) at the end of the schedule; it was not picked by a test set."""


def card(style: str, made: Sequence[Made], photos: Sequence[Photo], command: str) -> str:
    """README.md of the model's folder."""
    head = (
        f"# Enlarger `{style}`\n\nMakes pictures larger, {ABOUT[style]} "
        "Trained by Homespun's own recipe; licence Apache-2.0, like the code."
    )
    thanks = "## Credits\n\nThanks to the people who gave these photos away:\n\n" + _credits(photos)
    how = HOW.format(command=command, photos=len(photos))
    parts = [head, _files(made), INPUTS, INSIDE, _measured(style, made), *map(_curve, made), how, thanks]
    return "\n\n".join(parts) + "\n"


def _files(made: Sequence[Made]) -> str:
    rows = ["| file | network | parameters | radius | bytes |", "|---|---|---|---|---|"]
    for one in made:
        for name, size in zip((f"{one.stem}.onnx", f"{one.stem}-int8.onnx"), one.sizes, strict=True):
            rows.append(f"| `{name}` | {one.shape.name} | {one.parameters:,} | {one.shape.radius} | {size:,} |")
    return "\n".join(rows)


def _measured(style: str, made: Sequence[Made]) -> str:
    rows = ["| network | set | bicubic | Lanczos | float32 | int8 |", "|---|---|---|---|---|---|"]
    for one in made:
        for name, values in one.found.psnr.items():
            cells = " | ".join(f"{values[way]:.2f}" for way in ("bicubic", "Lanczos", "fp32", "int8"))
            rows.append(f"| {one.shape.name} | {name} | {cells} |")
    lines = []
    for one in made:
        table = ", ".join(f"{halo}: {value:.2g}" for halo, value in one.found.tiling.items())
        lines.append(
            f"- {one.shape.name}: largest difference between a tile and the whole, by halo: {table}; int8 moves flat colours by at most {one.found.shift:.2f} levels."
        )
    return (
        f"## Measured\n\nPSNR of Y in dB, mean over pictures, on {TEST[style]}; `scale` pixels cut from every side. bsd18 is not the "
        "literature's BSD100.\n\n" + "\n".join(rows) + "\n\n" + "\n".join(lines)
    )


def _curve(one: Made) -> str:
    points = [json.loads(line) for line in one.curve.read_text(encoding="utf-8").splitlines()]
    every = max(1, -(-len(points) // POINTS))
    shown = points[every - 1 :: every]
    if shown[-1] is not points[-1]:
        shown.append(points[-1])
    rows = [
        "| step | minutes | learning rate | kept photos | its skip alone | Set5 | Set14 | live channels |",
        "|---|---|---|---|---|---|---|---|",
    ]
    rows += [
        f"| {at['step']} | {at['seconds'] / 60:.1f} | {at['rate']:.1e} | {at['kept']:.2f} | {at['kept_skip']:.2f} "
        f"| {at.get('Set5', float('nan')):.2f} | {at.get('Set14', float('nan')):.2f} | {at['live']:.0%} |"
        for at in shown
    ]
    return (
        f"## How {one.shape.name} learned\n\n{one.steps:,} steps, {one.hours * 60:.0f} minutes on one core of a shared processor. "
        "PSNR in dB, Set5 and Set14 made small by bicubic alone; "
        "`live channels` is the share that answers in the poorest layer.\n\n" + "\n".join(rows)
    )


def _credits(photos: Sequence[Photo]) -> str:
    rows = ["| photo | author | licence | source |", "|---|---|---|---|"]
    rows += [f"| {one.title} | {one.author} | {one.licence} | {one.source} |" for one in photos]
    return "\n".join(rows)
