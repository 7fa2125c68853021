"""The table: what every rule learned on the same budget, beside a smooth fill and Homespun's exemplar filler."""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from models.recipes.train.eraser.cases import Bytes, Wide, measured_on, things
from models.recipes.train.eraser.data import Floats, Masks, Scenes, split
from models.recipes.train.eraser.measure import Found, measured
from models.recipes.train.eraser.network import Eraser, Shape
from models.recipes.train.eraser.sampling import Answer, erased
from models.recipes.train.eraser.targets import LAST, Rule, schedule
from models.recipes.train.eraser.train import answer, trained

STEPS = (1, 4, 8)

LATE = 600
"""A later beginning, where much of the thing still shows: 2.3 parts of noise for one of picture."""

SEED = 20
"""Of the scenes and the noise: the same for all that is compared."""

PLAN = schedule()


def compare(options: argparse.Namespace) -> int:
    """Print the table for every rule whose checkpoint is in the folder; 0."""
    side = Shape().side
    _, held = split(options.photos, options.cases)
    scenes, around = measured_on(held, things(options.photos, options.cases), options.scenes, side, SEED)
    print(
        f"{len(scenes.photo)} scenes from {len(held)} held-out photos. Each cell: object left, its size, PSNR in the hole"
    )
    print(f"{'':22}{'from the picture, t 1000':28}{f'from the picture, t {LATE}':28}from a smooth fill, t 1000")
    for name, found in others(scenes, around, options.homespun):
        print(f"{name:22}{found}", flush=True)
    for rule in Rule:
        checkpoint = options.work / f"{rule}.pt"
        if checkpoint.is_file():
            for steps, row in rows(trained(checkpoint), scenes):
                print(f"{f'{rule}, {steps} steps':22}" + "".join(f"{found!s:28}" for found in row), flush=True)
    return 0


def rows(network: Eraser, scenes: Scenes) -> Iterator[tuple[int, list[Found]]]:
    """For each number of steps, what is found with the beginnings of the table."""
    noise = np.random.default_rng(SEED).standard_normal(scenes.photo.shape, np.float32)
    for steps in STEPS:
        row = []
        for begin, first in ((scenes.shown, LAST), (scenes.shown, LATE), (scenes.known, LAST)):
            filled = erased(PLAN, asked(network), scenes.known, scenes.hole, begin, noise, steps, first)
            row.append(measured(filled, scenes))
        yield steps, row


def asked(network: Eraser) -> Answer:
    """The network as `sampling` asks it."""

    def say(x: Floats, known: Floats, hole: Masks, t: int, u: int) -> Floats:
        times = (np.full(len(x), time, np.int64) for time in (t, u))
        with torch.no_grad():
            found = answer(network, x, known, hole, *times)
        return np.asarray(found.permute(0, 2, 3, 1).numpy(), np.float32)

    return say


def others(scenes: Scenes, around: list[Wide], homespun: Path | None) -> Iterator[tuple[str, Found]]:
    """What needs no learning, in the same scenes: nothing done, a smooth fill, and the exemplar filler where it is at hand."""
    yield "nothing", measured(scenes.shown, scenes)
    yield "smooth fill", measured(scenes.known, scenes)
    if homespun is None:
        return
    small = [Wide(bytes_of(shown), 0, 0) for shown in scenes.shown]
    yield "exemplar, same crop", measured(copied(homespun, scenes, small), scenes)
    yield "exemplar, whole photo", measured(copied(homespun, scenes, around), scenes)


def copied(homespun: Path, scenes: Scenes, around: list[Wide]) -> Floats:
    """The scenes as `homespun erase` fills them in the pictures `around`, in a process of its own environment."""
    side = scenes.photo.shape[1]
    with tempfile.TemporaryDirectory() as made:
        folders = [Path(made) / name for name in ("shown", "masks", "filled", "home")]
        shown, masks, filled, home = folders
        for folder in folders:
            folder.mkdir()
        for number, (wide, hole) in enumerate(zip(around, scenes.hole, strict=True)):
            mask = np.zeros(wide.shown.shape[:2], np.uint8)
            mask[wide.top : wide.top + side, wide.left : wide.left + side] = hole * np.uint8(255)
            Image.fromarray(wide.shown).save(shown / f"{number:03}.png")
            Image.fromarray(mask).save(masks / f"{number:03}.png")
        asked_for: list[str | Path] = ["erase", shown, "--mask", masks, "--grow", "0", "--no-mark", "--output", filled]
        environment = {**os.environ, "HOMESPUN_HOME": str(home)}
        subprocess.run([homespun, *asked_for], check=True, env=environment, stdout=subprocess.DEVNULL)
        found = []
        for number, wide in enumerate(around):
            (file,) = filled.glob(f"{number:03}*.png")
            with Image.open(file) as picture:
                cut = picture.convert("RGB").crop((wide.left, wide.top, wide.left + side, wide.top + side))
            found.append(np.asarray(np.asarray(cut) / np.float32(127.5) - 1, np.float32))
    return np.stack(found)


def bytes_of(pixels: Floats) -> Bytes:
    """-1..1 → 0..255."""
    return np.asarray(np.rint((pixels + 1) * 127.5).clip(0, 255), np.uint8)
