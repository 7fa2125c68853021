"""The shared cases: a photo, what a person would paint over, and the crop that every filler gets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engines.erase import grown_by_content
from engines.erase.exemplar import Exemplar
from engines.pictures import Box, Picture, find_regions, read_mask


@dataclass(frozen=True)
class Case:
    """`photo` uint8 (H, W, 3) and `hole` bool (H, W): the crop and the grown mask that ours and every peer fill alike."""

    name: str
    photo: NDArray[np.uint8]
    hole: NDArray[np.bool_]
    wanted: str

    @property
    def pixels(self) -> int:
        """Pixels of the hole."""
        return int(np.count_nonzero(self.hole))

    @property
    def floats(self) -> NDArray[np.float32]:
        """The photo in [0, 1]."""
        return self.photo.astype(np.float32) / np.float32(255)

    def pasted(self, filled: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """What a peer made, where the hole is; the photo elsewhere."""
        return np.where(self.hole[..., None], filled, self.photo)

    @property
    def view(self) -> tuple[slice, slice]:
        """The hole with a little around it, to look at."""
        rows, columns = np.flatnonzero(self.hole.any(1)), np.flatnonzero(self.hole.any(0))
        box = Box(int(columns[0]), int(rows[0]), int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1)
        height, width = self.hole.shape
        return box.grown(max(48, round(0.4 * max(box.width, box.height)))).within(width, height).slices


def load(data: Path, names: Sequence[str] = ()) -> list[Case]:
    """The cases of `data`/masks/cases.json, or those named; each the crop around all that is to go."""
    return [
        _case(data, told)
        for told in json.loads((data / "masks" / "cases.json").read_text(encoding="utf-8"))
        if not names or told["id"] in names
    ]


def _case(data: Path, told: dict[str, str]) -> Case:
    picture = Picture.open(data / "photos" / told["photo"])
    mask = read_mask(data / "masks" / told["mask"], (picture.width, picture.height))
    regions = find_regions(grown_by_content(picture.photo(), mask))
    hole = np.zeros(mask.shape, np.bool_)
    box = regions[0].box
    for region in regions:
        hole[region.box.slices] |= region.hole
        box = box.joined(region.box)
    crop = Exemplar().crop(box, (picture.width, picture.height)).slices
    photo = np.ascontiguousarray(np.rint(picture.photo()[crop] * 255).astype(np.uint8))
    return Case(told["id"], photo, np.ascontiguousarray(hole[crop]), told["good_fill"])
