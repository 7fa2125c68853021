"""Scenes to learn from: a crop of a photo, the same with a thing put into it, and the hole that a person would paint.

The thing comes from another photo, so that what was behind it is known (EraDiff cuts things out of the same photo; we
have no matting). Whole photos are held out: share-alike ones and all that the shared cases show. Arrays are float32 in
-1..1, masks bool.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from homespun.errors import NotFound
from models.recipes.train.eraser.masks import LARGEST, SMALLEST, Mask, grown, hole_over, silhouette, soft
from models.recipes.train.upscale.photos import BOX, Photo, credited

Floats = NDArray[np.float32]
Masks = NDArray[np.bool_]

REDUCED = (2.0, 3.0, 4.5, 6.7, 10.0)
"""How far photos are made smaller: a crop of 64 pixels is a detail of a photo, or nearly all of it."""

TRIES = 4
"""Crops that are looked at for each scene; the one whose hole is most like its ring is taken."""

EMPTY = 0.5
"""Share of scenes in which no thing shows."""

SHADOWED = 0.4
"""Share of things that throw a shadow."""


@dataclass(frozen=True)
class Scenes:
    """n scenes: `photo` and `shown` [n, s, s, 3], the second with the thing; `hole` bool [n, s, s]."""

    photo: Floats
    shown: Floats
    hole: Masks

    @property
    def known(self) -> Floats:
        """What is shown outside the hole, and a smooth fill inside."""
        return smooth_fill(self.shown, self.hole)


def split(folder: Path, cases: Path) -> tuple[list[Photo], list[Photo]]:
    """Photos to learn from, and whole photos held out: share-alike ones, and those of the shared cases.json in `cases`.

    Raises `NotFound` where either is missing: what serves to judge would be learned.
    """
    learn, held = credited(folder)
    told = cases / "cases.json"
    if not told.is_file():
        raise NotFound(
            f"{told} is not there.", "Name the folder of the shared cases: their photos must not be learned."
        )
    shown = {case["photo"] for case in json.loads(told.read_text(encoding="utf-8"))}
    return (
        [photo for photo in learn if photo.path.name not in shown],
        [*held, *(photo for photo in learn if photo.path.name in shown)],
    )


def sizes(photo: Photo, side: int) -> list[NDArray[np.uint8]]:
    """The photo at each size of `REDUCED` that is large enough for a crop, uint8 [h, w, 3]."""
    with Image.open(photo.path) as opened:
        whole = opened.convert("RGB")
    found = []
    for times in REDUCED:
        size = (round(whole.width / times), round(whole.height / times))
        if min(size) >= side:
            found.append(np.asarray(whole.resize(size, BOX)))
    return found


class Maker:
    """Draws scenes of `side` pixels from photos, each given at several sizes."""

    def __init__(self, photos: Sequence[Sequence[NDArray[np.uint8]]], side: int, seed: int) -> None:
        self.photos = [photo for photo in photos if photo]
        self.side = side
        self.random = np.random.default_rng(seed)

    def scenes(self, count: int, *, empty: float = EMPTY) -> Scenes:
        """`count` scenes; in a share of about `empty` of them nothing is to be seen in the hole but the photo."""
        made = [self._scene(empty) for _ in range(count)]
        photo, shown, hole = (np.stack(parts) for parts in zip(*made, strict=True))
        return Scenes(photo, shown, hole)

    def _scene(self, empty: float) -> tuple[Floats, Floats, Mask]:
        thing, hole = self.shapes()
        tries = [self.crop(int(self.random.integers(len(self.photos)))) for _ in range(TRIES)]
        photo = min(tries, key=lambda one: unlike_ring(one, hole))
        if self.random.random() < empty:
            return photo, photo, hole
        other = self.crop(int(self.random.integers(len(self.photos))))
        return photo, self.put(photo, other, thing), hole

    def shapes(self) -> tuple[Mask, Mask]:
        """A thing and the hole painted over it, of a size that leaves enough around."""
        while True:
            thing = silhouette(self.random, self.side)
            if thing.any():
                hole = hole_over(self.random, thing)
                if SMALLEST <= hole.mean() <= LARGEST:
                    return thing, hole

    def crop(self, place: int) -> Floats:
        """A crop of a photo at one of its sizes, now and then mirrored, with its light changed a little."""
        photo = self.photos[place]
        whole = photo[int(self.random.integers(len(photo)))]
        top, left = (int(self.random.integers(0, length - self.side + 1)) for length in whole.shape[:2])
        cut = whole[top : top + self.side, left : left + self.side]
        cut = cut[:, ::-1] if self.random.random() < 0.5 else cut
        light = self.random.uniform(0.8, 1.1) * self.random.uniform(0.95, 1.05, 3)
        return np.asarray(np.clip(cut * (light / 127.5) - 1, -1, 1), np.float32)

    def put(self, photo: Floats, other: Floats, thing: Mask) -> Floats:
        """`photo` with `thing` made of `other` in it: feathered, of another contrast, perhaps with a shadow beside it."""
        shown = photo
        if self.random.random() < SHADOWED:
            down, right = (int(by) for by in self.random.integers(-5, 6, 2))
            wide = np.pad(grown(thing, 1), 5)[5 + down :, 5 + right :][: self.side, : self.side]
            dark = soft(soft(wide.astype(np.float32)))
            shown = shown - np.float32(self.random.uniform(0.1, 0.5)) * dark[..., None] * (shown + 1)
        mean = other.mean((0, 1))
        other = np.clip(mean + (other - mean) * self.random.uniform(0.5, 1.6) + self.random.normal(0, 0.2, 3), -1, 1)
        cover = soft(thing.astype(np.float32))[..., None]
        return np.asarray(shown + cover * (other - shown), np.float32)


def unlike_ring(photo: Floats, hole: Mask) -> float:
    """How unlike what is in the hole is to a ring around it: where it is, the photo's own thing would be learned."""
    ring = grown(hole, 6) & ~hole
    if not ring.any():
        return np.inf
    inside, around = photo[hole], photo[ring]
    return float(np.abs(inside.mean(0) - around.mean(0)).sum() + np.abs(inside.std(0) - around.std(0)).sum())


def smooth_fill(pictures: Floats, holes: Masks) -> Floats:
    """`pictures` [n, s, s, 3] with the `holes` [n, s, s] filled from around them: averages down to one pixel and back up.

    The side is a power of two.
    """
    known = ~holes[..., None]
    return np.where(known, pictures, _pulled(np.where(known, pictures, 0), known.astype(np.float32)))


def _pulled(sums: Floats, weight: Floats) -> Floats:
    """Weighted sums and weights at one size → a value everywhere."""
    side = sums.shape[1]
    if side == 1:
        return np.asarray(sums / np.maximum(weight, 1e-6), np.float32)
    shape = (len(sums), side // 2, 2, side // 2, 2, -1)
    coarse = _pulled(sums.reshape(shape).mean((2, 4)), weight.reshape(shape).mean((2, 4)))
    rough: Floats = coarse.repeat(2, 1).repeat(2, 2)
    for axis in (1, 2):
        ends = [(1, 1) if at == axis else (0, 0) for at in range(4)]
        wide = np.pad(rough, ends, mode="edge")
        before, after = (np.take(wide, range(start, start + side), axis) for start in (0, 2))
        rough = np.asarray((before + 2 * rough + after) / 4, np.float32)
    return np.asarray(sums + rough * (1 - weight), np.float32)
