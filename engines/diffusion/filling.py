"""`fill`: a hole in a picture painted as words say, and pictures made wider than they were."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

import models
from engines.diffusion.filler import Diffusion
from engines.diffusion.parts import Parts
from engines.diffusion.pipeline import Wish
from engines.diffusion.rectify import Rectify
from engines.pictures import Box, Picture, check_mask, fill_regions, find_regions
from engines.runtime import DeviceName
from homespun.errors import NotFound, UsageError
from homespun.progress import Progress, Report
from models.catalog import Form, Task
from models.pipelines import Pipeline, read_pipeline

if TYPE_CHECKING:
    from engines.concepts import Finding, Guard

Mask = NDArray[np.bool_]

THOUSAND = 1000

LARGEST = 40_000_000
"""Pixels of the largest picture that is made by extending one."""


@dataclass(frozen=True)
class Filled:
    """The candidates with their seeds; what the guard found; sentences for the person; seconds; the UNet's device.

    Nothing outside `boxes` changed.
    """

    pictures: tuple[Picture, ...]
    seeds: tuple[int, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    seconds: float
    device: str
    boxes: tuple[Box, ...]


def pipeline_here(folder: Path | None = None) -> Pipeline:
    """The pipeline in `folder`, or the first of the catalogue's that is on this computer. Raises `NotFound`, `Damaged`."""
    if folder is not None:
        return read_pipeline(folder)
    for located in models.installed():
        if located.model.task is Task.FILL_BY_WORDS and located.model.form is Form.MADE:
            return read_pipeline(located.folder)
    raise NotFound(
        "Nothing that fills by words is on this computer.",
        "Get it: homespun models get erase-best. Or name the folder of an exported pipeline with --model.",
    )


def fill(
    picture: Picture,
    mask: Mask,
    wish: Wish,
    *,
    pipeline: Pipeline,
    guard: Guard | None = None,
    rectify: Rectify | None = None,
    grow: int | None = None,
    device: DeviceName | None = None,
    progress: Progress | None = None,
) -> Filled:
    """`picture` with what `mask` (bool (H, W), True = paint) marks painted as `wish` says, once for each candidate.

    Every pixel outside the mask, grown by `grow` pixels (None: a few), keeps its bits. `guard` takes what its policy names out
    of the words. Raises `WrongMask` (another size, everything or nothing marked), what `inpaint` raises, and `Cancelled`.
    """
    started = time.monotonic()
    progress = Progress() if progress is None else progress
    mask = mask.astype(np.bool_, copy=False)
    check_mask(mask, picture)
    regions = find_regions(mask, grow=grow)
    if not regions:
        raise UsageError("The mask is empty: nothing says where to paint.", "Mark the place that should be filled.")
    seeds = tuple(wish.seed + number for number in range(wish.candidates))
    with Parts(pipeline, device=device) as parts:
        filler = Diffusion(parts, wish, guard=guard, rectify=rectify)
        shares = _shares(len(regions), len(seeds))
        pictures = tuple(
            fill_regions(picture, regions, filler, seed=seed, progress=_share(progress, *share), opaque=True)
            for seed, share in zip(seeds, shares, strict=True)
        )
        return Filled(
            pictures,
            seeds,
            filler.findings,
            filler.notes,
            time.monotonic() - started,
            device=filler.ran_on[0],
            boxes=tuple(region.box for region in regions),
        )


def _shares(regions: int, candidates: int) -> list[tuple[float, float]]:
    """Where in the whole work each candidate begins and ends: the first region's are all painted with the first one."""
    work = [candidates + regions - 1, *[regions - 1] * (candidates - 1)]
    ends = np.cumsum(work) / sum(work)
    return list(zip([0.0, *ends[:-1].tolist()], ends.tolist(), strict=True))


def _share(whole: Progress, begin: float, end: float) -> Progress:
    """The progress of a part of the work, from `begin` to `end` of it (0 to 1)."""

    def show(report: Report) -> None:
        done = report.done / report.total if report.total else 0.0
        whole.report(int(THOUSAND * (begin + done * (end - begin))), THOUSAND, report.note)

    return Progress(show=show, cancel=whole.cancel)


def extended(picture: Picture, *, left: int = 0, top: int = 0, right: int = 0, bottom: int = 0) -> tuple[Picture, Mask]:
    """`picture` with so many pixels more on its sides, continued from its edge for now, and the mask of what is new.

    Raises `UsageError` where nothing is added or the result would be larger than 40 megapixels.
    """
    width, height = picture.width + left + right, picture.height + top + bottom
    if min(left, top, right, bottom) < 0 or (width, height) == (picture.width, picture.height):
        raise UsageError("Nothing is added to the picture.", "Say on which side and how much, as in left=25%.")
    if width * height > LARGEST:
        raise UsageError(
            f"The picture would become {width} × {height} pixels, and up to 40 million are made.", "Add less."
        )
    pixels = np.pad(picture.pixels, ((top, bottom), (left, right), (0, 0)), mode="edge")
    mask = np.ones((height, width), np.bool_)
    mask[top : top + picture.height, left : left + picture.width] = False
    if picture.alpha:  # what is painted is there
        pixels[..., -1][mask] = 1 if pixels.dtype.kind == "f" else np.iinfo(pixels.dtype).max
    return picture.with_pixels(pixels), mask
