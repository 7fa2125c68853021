"""Checkpoints → the bundled files, their model cards, and their lines in the catalogue.

    python -m models.recipes.train.upscale.export --work DIR --photos ../shared/data/photos --sets ../shared/data/sr --write

Exports every checkpoint of `--work` that it knows; without `--write` into `--work` only. Refuses a file that fails a gate.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch

from models.recipes.train.upscale import measure
from models.recipes.train.upscale.card import Made, card
from models.recipes.train.upscale.damage import Damage
from models.recipes.train.upscale.gates import calibration, check
from models.recipes.train.upscale.graph import onnx_model, quantise, trained
from models.recipes.train.upscale.network import Shape
from models.recipes.train.upscale.photos import Pair, Photo, credited, learned

MODELS = Path(__file__).resolve().parents[3]

SHIPPED = {
    "x2": Shape(2),
    "x4": Shape(4),
    "wide-x2": Shape(2, 48, 8),
    "wide-x4": Shape(4, 48, 8),
}
"""Names of files, and the network in each."""

TITLES = {
    "faithful": "Enlarger that keeps to what is there (our own, 2 and 4 times)",
    "restore": "Enlarger for phone and web pictures (our own, 2 and 4 times)",
}

SETS = ("Set5", "Set14", "bsd18")

COMMAND = (
    "python -m models.recipes.train.upscale --photos PHOTOS --work DIR --style {style} --minutes M\n"
    "python -m models.recipes.train.upscale.export --work DIR --photos PHOTOS --sets SETS --write"
)


def main(argv: list[str]) -> int:
    """Export; 1 when a gate is not passed (nothing is written then)."""
    options = _options(argv)
    torch.set_num_threads(1)
    photos, _ = credited(options.photos)
    done = {style: style_files(style, options.work, photos, options.sets) for style in TITLES}
    failed = any(one.found.wrong for made in done.values() for one in made)
    for style, made in done.items():
        if made and options.write and not failed:
            write(style, made, options.work / f"enlarge-{style}")
    return int(failed)


def style_files(style: str, work: Path, photos: list[Photo], sets: Path) -> list[Made]:
    """Every file of a style whose checkpoint is there, with the model card, in a folder of `work`."""
    made = []
    folder = work / f"enlarge-{style}"
    folder.mkdir(parents=True, exist_ok=True)
    for stem, shape in SHIPPED.items():
        checkpoint = work / f"{style}-{shape.name}.pt"
        if checkpoint.is_file():
            made.append(export(checkpoint, style, stem, folder, learned(photos, shape.scale), sets))
            print(f"{style} {stem}: {made[-1].found}", flush=True)
    if made:
        (folder / "README.md").write_text(card(style, made, photos, COMMAND.format(style=style)), encoding="utf-8")
    return made


def export(checkpoint: Path, style: str, stem: str, folder: Path, learn: list[Pair], sets: Path) -> Made:
    """Write `stem`.onnx and `stem`-int8.onnx into `folder`, and measure them."""
    network = trained(checkpoint)
    scale = network.shape.scale
    fp32, int8 = folder / f"{stem}.onnx", folder / f"{stem}-int8.onnx"
    onnx.save(onnx_model(network), fp32)
    tests = {name: measure.test_pairs(sets / name, scale) for name in SETS}
    if style == "restore":
        learn = spoilt(learn, scale, seed=3)
        tests = {name: spoilt(pairs, scale, seed=4) for name, pairs in tests.items()}
    quantise(fp32, int8, calibration(learn))
    found = check(network, fp32, int8, tests)
    kept = torch.load(checkpoint, weights_only=True)
    count = sum(int(np.prod(one.dims)) for one in onnx.load(fp32).graph.initializer)
    sizes = (fp32.stat().st_size, int8.stat().st_size)
    curve = checkpoint.with_suffix(".jsonl")
    return Made(stem, network.shape, count, kept["step"], kept["spent"] / 3600, sizes, found, curve)


def spoilt(pairs: list[Pair], scale: int, seed: int) -> list[Pair]:
    """The same pictures, with small ones as `restore` gets them."""
    damage = Damage(scale, seed)
    return [Pair(one.large, damage(one.large)) for one in pairs]


def write(style: str, made: Sequence[Made], files: Path) -> None:
    """Put the files into the folder of bundled models, and what they are into the catalogue."""
    bundled = MODELS / "bundled" / f"enlarge-{style}"
    bundled.mkdir(parents=True, exist_ok=True)
    names = [f"{one.stem}{suffix}.onnx" for one in made for suffix in ("", "-int8")]
    for name in (*names, "README.md"):
        (bundled / name).write_bytes((files / name).read_bytes())
    catalog = MODELS / "catalog.toml"
    text = catalog.read_text(encoding="utf-8")
    catalog.write_text(listed(text, f"enlarge-{style}", entry(style, made, bundled)), encoding="utf-8")


def listed(catalog: str, model: str, text: str) -> str:
    """`catalog` with `text` as the entry of `model`, in its old place or at the end."""
    old = re.compile(rf'\[\[model\]\]\nid = "{re.escape(model)}"\n.*?(?=\n\[\[model\]\]\n|\Z)', re.DOTALL)
    if found := old.search(catalog):
        return catalog[: found.start()] + text + catalog[found.end() :]
    return catalog.rstrip("\n") + "\n\n" + text


def entry(style: str, made: Sequence[Made], folder: Path) -> str:
    """The catalogue's entry: every file with its sum, every graph with its sizes."""
    lines = [
        "[[model]]",
        f'id = "enlarge-{style}"',
        f'title = "{TITLES[style]}"',
        'task = "enlarge"',
        'licence = "Apache-2.0"',
        'ship = "yes"',
        'form = "onnx"',
        "bundled = true",
        'origin = "Trained here by models/recipes/train/upscale on freely licensed photos, credited in the model card."',
        'precisions = ["fp32", "qdq"]',
        f"limits = {{ halo = {max(one.shape.radius for one in made)} }}",
        'evidence = "Computed here from the bundled files."',
        'note = "The scale stands in the name of the file. Mirror the picture at its border: the network knows no padding."',
    ]
    graphs = []
    for one in made:
        scale = one.shape.scale
        for name in (f"{one.stem}.onnx", f"{one.stem}-int8.onnx"):
            body = (folder / name).read_bytes()
            sha256 = hashlib.sha256(body).hexdigest()
            lines += ["", "[[model.file]]", f'name = "{name}"', f'sha256 = "{sha256}"', f"size = {len(body)}"]
            sizes = f'[1, 3, "{scale}*height", "{scale}*width"]'
            graphs += [
                "",
                "[[model.graph]]",
                f'file = "{name}"',
                'inputs = [{ name = "picture", dtype = "float32", shape = [1, 3, "height", "width"], meaning = "RGB, 0..1" }]',
                f'outputs = [{{ name = "large", dtype = "float32", shape = {sizes}, meaning = "RGB, not clipped: clip to 0..1" }}]',
                "static = [{ height = 128, width = 128 }, { height = 256, width = 256 }]",
            ]
    return "\n".join([*lines, *graphs]) + "\n"


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="models.recipes.train.upscale.export", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder with checkpoints and curves")
    parser.add_argument("--photos", type=Path, required=True, help="folder of photos with CREDITS.md")
    parser.add_argument("--sets", type=Path, required=True, help="folder with Set5, Set14 and bsd18")
    parser.add_argument("--write", action="store_true", help="put the files where Homespun ships them")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
