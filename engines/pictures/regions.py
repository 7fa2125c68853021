"""A mask cut into regions, each filled in its own crop and pasted back; nothing outside the grown mask changes, to the bit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.pictures.boxes import Box
from engines.pictures.errors import WrongMask
from engines.pictures.fillers import Filler, Mask
from engines.pictures.lending import filled_crop
from engines.pictures.masks import widened
from engines.pictures.picture import Picture
from homespun.progress import Progress, Report

CLOSE = 32
"""Pixels: two parts of a mask whose boxes, grown by this, touch are filled together (`erase.md` §6)."""
CELL = 16
"""Pixels: parts are looked for on a grid this coarse; what shares a cell or has neighbouring cells is closer than CLOSE."""
FEATHER = 2
"""Pixels over which the fill fades in, inside the ring that growing added."""
STEPS = 1000
"""Progress per region."""


@dataclass(frozen=True)
class Region:
    """One hole: `box` around it in the picture, and inside the box the `hole` to fill and the `asked` part of it.

    Both are bool (box.height, box.width); `hole` is `asked`, grown.
    """

    box: Box
    hole: Mask
    asked: Mask

    @property
    def pixels(self) -> int:
        """How many pixels are filled."""
        return int(np.count_nonzero(self.hole))


def grow_for(width: int, height: int) -> int:
    """How far a mask is grown by default: 3 px up to 2 megapixels, then with the picture's side (`erase.md` §6)."""
    pixels = width * height
    return 3 if pixels <= 2_000_000 else round(0.0022 * pixels**0.5)


def find_regions(mask: Mask, *, grow: int | None = None) -> tuple[Region, ...]:
    """The regions of a mask (bool (H, W), True = remove), smallest first; none for an empty mask.

    Parts whose boxes, grown by `CLOSE` pixels, touch are one region. Each is grown by `grow` pixels (a disc). A mask that
    only its growing would make cover everything is not grown.
    """
    height, width = mask.shape
    grow = grow_for(width, height) if grow is None else max(0, grow)
    regions = tuple(_region(mask, box, grow) for box in _joined(_parts(mask), CLOSE + grow))
    if len(regions) == 1 and regions[0].pixels == width * height:
        regions = (_region(mask, regions[0].box, 0),)
    return tuple(sorted(regions, key=lambda region: (region.pixels, region.box)))


def check_mask(mask: Mask, picture: Picture) -> None:
    """Raise `WrongMask` unless `mask` is of the picture's size and leaves something of it."""
    if mask.shape != (picture.height, picture.width):
        raise WrongMask(
            f"The mask is {mask.shape[1]} × {mask.shape[0]} pixels, and the picture is {picture.width} × {picture.height}.",
            "Make a mask of the picture's size.",
        )
    if mask.all():
        raise WrongMask(
            "The mask covers the whole picture, and leaves nothing to fill from.", "Mark only what should go."
        )


def fill_regions(
    picture: Picture,
    regions: Sequence[Region],
    filler: Filler,
    *,
    seed: int = 0,
    progress: Progress | None = None,
    opaque: bool = False,
) -> Picture:
    """The picture with all `regions` (of `find_regions`) filled; the same picture for none.

    They are filled one after another in the order given, each on the picture with the earlier ones filled; the later ones
    are holes there. Pixels outside the holes are bit-identical, which is checked. Region i gets seed + i.
    In a picture with transparency the fill continues it, or hides what is behind it all over if it is `opaque`.
    """
    if not regions:
        return picture
    progress = Progress() if progress is None else progress
    pixels = picture.pixels.copy()
    holes = np.zeros(pixels.shape[:2], np.bool_)
    for region in regions:
        holes[region.box.slices] |= region.hole
    grown = holes.copy()
    for number, region in enumerate(regions):
        part = _Part(progress, number, len(regions))
        part.progress.report(0, 1, filler.name)
        crop = _crop(filler, region, holes)
        fill = filled_crop(
            filler,
            pixels[crop.slices],
            picture.space,
            holes[crop.slices],
            seed=seed + number,
            progress=part.progress,
            opaque=opaque,
        )
        _paste(pixels, crop, region, fill, alpha=picture.alpha)
        holes[region.box.slices] &= ~region.hole
        progress.report((number + 1) * STEPS, len(regions) * STEPS, part.note)
    assert same_outside(picture.pixels, pixels, grown), f"{filler.name} changed pixels outside the grown mask"
    return picture.with_pixels(pixels)


def same_outside(before: NDArray[Any], after: NDArray[Any], grown: Mask) -> bool:
    """Whether every pixel outside `grown` has the same bits in both, looked at in bands so that memory stays small."""
    for top in range(0, len(grown), 256):
        rows = slice(top, top + 256)
        one, other = (np.ascontiguousarray(pixels[rows]).view(np.uint8) for pixels in (before, after))
        if np.array_equal(one, other):
            continue
        different = (one != other).any(axis=2)
        if (different & ~grown[rows]).any():
            return False
    return True


def _parts(mask: Mask) -> list[Box]:
    """Boxes around the parts of the mask, found on the coarse grid."""
    from scipy import ndimage

    height, width = mask.shape
    rows = np.array([mask[top : top + CELL].any(axis=0) for top in range(0, height, CELL)])
    cells = np.logical_or.reduceat(rows, np.arange(0, width, CELL), axis=1)
    labels, _count = ndimage.label(cells, structure=np.ones((3, 3)))
    boxes = []
    for found in ndimage.find_objects(labels):
        coarse = Box(found[1].start, found[0].start, found[1].stop - found[1].start, found[0].stop - found[0].start)
        boxes.append(Box(*(CELL * value for value in coarse)).within(width, height))
    return [_tight(mask, box) for box in boxes]


def _tight(mask: Mask, box: Box) -> Box:
    """The smallest box around what the mask has inside `box`."""
    part = mask[box.slices]
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    return Box(
        box.x + int(columns[0]), box.y + int(rows[0]), int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1
    )


def _joined(boxes: Sequence[Box], close: int) -> list[Box]:
    """The boxes, with those that touch once grown by `close` put together until none do."""
    waiting, done = list(boxes), np.empty((0, 4), np.int64)
    while waiting:
        box = waiting.pop()
        wide = box.grown(2 * close)
        near = (
            (done[:, 0] <= wide.right)
            & (wide.x <= done[:, 0] + done[:, 2])
            & (done[:, 1] <= wide.bottom)
            & (wide.y <= done[:, 1] + done[:, 3])
        )
        if near.any():
            for other in done[near]:
                box = box.joined(Box(*map(int, other)))
            done = done[~near]
            waiting.append(box)
        else:
            done = np.vstack([done, np.array([box])])
    return [Box(*map(int, box)) for box in done]


def _region(mask: Mask, box: Box, grow: int) -> Region:
    height, width = mask.shape
    wide = box.grown(grow).within(width, height)
    asked = np.zeros((wide.height, wide.width), np.bool_)
    inner = Box(box.x - wide.x, box.y - wide.y, box.width, box.height)
    asked[inner.slices] = mask[box.slices]
    return Region(wide, widened(asked, grow), asked)


def _crop(filler: Filler, region: Region, holes: Mask) -> Box:
    """The surroundings that the filler wants, inside the picture; all of it where they would hold nothing known."""
    height, width = holes.shape
    crop = filler.crop(region.box, (width, height)).joined(region.box).within(width, height)
    return Box(0, 0, width, height) if holes[crop.slices].all() else crop


def _paste(pixels: NDArray[Any], crop: Box, region: Region, fill: NDArray[Any], *, alpha: bool) -> None:
    """Put the fill where the region's hole is; in the ring that growing added it fades into what stood there."""
    inner = Box(region.box.x - crop.x, region.box.y - crop.y, region.box.width, region.box.height)
    there = pixels[region.box.slices]
    new = fill[inner.slices]
    weight = _weights(region, pixels.shape[1], pixels.shape[0])
    ring = region.hole & (weight < 1)
    mixed = _mixed(there[ring], new[ring], weight[ring], alpha=alpha)
    there[region.hole] = new[region.hole]
    there[ring] = mixed


def _weights(region: Region, width: int, height: int) -> NDArray[np.float32]:
    """1 where the person asked, rising from the edge of the grown hole over `FEATHER` pixels in the ring around that.

    At the picture's own edge there is nothing to fade into.
    """
    from scipy import ndimage

    box = region.box
    outside = ((box.y > 0, box.bottom < height), (box.x > 0, box.right < width))
    weight = np.ones(region.hole.shape, np.float32)
    inside = np.pad(region.hole, tuple((int(before), int(after)) for before, after in outside))
    core = (slice(int(outside[0][0]), None), slice(int(outside[1][0]), None))
    for step in range(1, FEATHER + 1):
        smaller = ndimage.binary_erosion(inside, structure=np.ones((3, 3)), border_value=1)
        edge = (inside & ~smaller)[core][: box.height, : box.width]
        weight[edge & ~region.asked] = step / (FEATHER + 1)
        inside = smaller
    return weight


def _mixed(old: NDArray[Any], new: NDArray[Any], weight: NDArray[np.float32], *, alpha: bool) -> NDArray[Any]:
    """Between old and new values (N, C) of any depth; with `alpha`, a colour weighs as much as it is opaque."""
    share = np.repeat(weight[:, None].astype(np.float64), old.shape[1], axis=1)
    if alpha:
        before, after = (values[:, -1:].astype(np.float64) for values in (old, new))
        opaque = before * (1 - share) + after * share
        with np.errstate(divide="ignore", invalid="ignore"):
            share[:, :-1] = np.where((before == after) | (opaque == 0), share, after * share / opaque)[:, :-1]
    values = old * (1 - share) + new * share
    if old.dtype == np.float32:
        return np.where(np.isfinite(values), values, new).astype(np.float32)
    return np.floor(values + 0.5).astype(old.dtype)


class _Part:
    """A filler's progress as a part of the whole: region `number` of `count`."""

    def __init__(self, whole: Progress, number: int, count: int) -> None:
        self._whole, self._number, self._count = whole, number, count
        self.note = ""
        self.progress = Progress(show=self._show, cancel=whole.cancel)

    def _show(self, report: Report) -> None:
        self.note = report.note
        share = min(report.done / report.total, 1.0) if report.total else 0.0
        done = self._number * STEPS + int(share * (STEPS - 1))
        self._whole.report(done, self._count * STEPS, report.note)
