"""Scenes to measure on: real things, cut out of the shared cases' photos, put into photos that nothing was learned from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from homespun.errors import NotFound
from models.recipes.train.eraser.data import Floats, Scenes, sizes, unlike_ring
from models.recipes.train.eraser.masks import LARGEST, SMALLEST, Mask, grown
from models.recipes.train.upscale.photos import BOX, Photo

Bytes = NDArray[np.uint8]

LONG = (0.3, 0.7)
"""The longer side of a thing, in sides of the crop."""


@dataclass(frozen=True)
class Thing:
    """Something cut out of a photo: `pixels` uint8 [h, w, 4], the fourth saying where it is."""

    photo: str
    pixels: Bytes


@dataclass(frozen=True)
class Wide:
    """The whole photo around a scene: `shown` uint8 [h, w, 3] with the thing in it; the scene begins at `top`, `left`."""

    shown: Bytes
    top: int
    left: int


def things(photos: Path, cases: Path) -> list[Thing]:
    """The things that the shared cases' object masks show."""
    found = []
    for case in json.loads((cases / "cases.json").read_text(encoding="utf-8")):
        with Image.open(photos / case["photo"]) as photo, Image.open(cases / case["object_mask"]) as mask:
            whole = photo.convert("RGB")
            whole.putalpha(mask.convert("L"))
        found.append(Thing(case["photo"], np.asarray(whole.crop(whole.getchannel("A").getbbox()))))
    return found


def measured_on(
    photos: Sequence[Photo], these: Sequence[Thing], count: int, side: int, seed: int
) -> tuple[Scenes, list[Wide]]:
    """`count` scenes of `side` pixels, each with a thing from another photo, and the photos around them.

    Raises `NotFound`.
    """
    random = np.random.default_rng(seed)
    each = [(sizes(photo, side), [one for one in these if one.photo != photo.path.name]) for photo in photos]
    read = [(levels, foreign) for levels, foreign in each if levels and foreign]
    if not read:
        raise NotFound(
            "There is nothing to measure on.", "Photos that are held out, and things from other photos, are needed."
        )
    scenes: list[tuple[Floats, Floats, Mask]] = []
    around: list[Wide] = []
    while len(scenes) < count:
        levels, foreign = read[len(scenes) % len(read)]
        thing = foreign[int(random.integers(len(foreign)))]
        level = levels[int(random.integers(len(levels)))]
        cover, colour = _placed(random, thing, side)
        hole = grown(cover > 0.05, int(random.integers(1, 4)))
        if not SMALLEST <= hole.mean() <= LARGEST:
            continue
        corners = [tuple(int(random.integers(0, n - side + 1)) for n in level.shape[:2]) for _ in range(4)]
        cuts = [level[top : top + side, left : left + side] for top, left in corners]
        place = int(np.argmin([unlike_ring(cut.astype(np.float32), hole) for cut in cuts]))
        top, left = corners[place]
        shown = np.rint(cuts[place] * (1 - cover[..., None]) + colour * cover[..., None]).astype(np.uint8)
        whole = level.copy()
        whole[top : top + side, left : left + side] = shown
        scenes.append((signed(cuts[place]), signed(shown), hole))
        around.append(Wide(whole, top, left))
    photo, with_thing, holes = (np.stack(parts) for parts in zip(*scenes, strict=True))
    return Scenes(photo, with_thing, holes), around


def signed(pixels: Bytes) -> Floats:
    """0..255 → -1..1."""
    return np.asarray(pixels / np.float32(127.5) - 1, np.float32)


def _placed(random: np.random.Generator, thing: Thing, side: int) -> tuple[Floats, Floats]:
    """The thing somewhere on an empty square: how much it covers [s, s], and its colours [s, s, 3]."""
    height, width = thing.pixels.shape[:2]
    scale = side * random.uniform(*LONG) / max(height, width)
    size = (max(2, round(width * scale)), max(2, round(height * scale)))
    small = np.asarray(Image.fromarray(thing.pixels).resize(size, BOX), np.float32)
    top, left = (int(random.integers(2, side - length - 1)) for length in (size[1], size[0]))
    square = np.zeros((side, side, 4), np.float32)
    square[top : top + size[1], left : left + size[0]] = small
    return square[..., 3] / np.float32(255), square[..., :3]
