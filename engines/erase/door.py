"""`erase`: which filler, over which mask, and what the person should know about the result."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

import models
from engines.erase.growth import FARTHEST, LOOKING, grown_by_content
from engines.pictures import Box, Picture, Region, check_mask, fill_regions, find_regions, shown
from homespun.errors import HomespunError, NotFound
from homespun.progress import Progress

if TYPE_CHECKING:
    from engines.diffusion import Diffusion
    from engines.erase.exemplar import Effort, Exemplar
    from engines.erase.onepass import OnePass

Mask = NDArray[np.bool_]


class Quality(StrEnum):
    """How long the person is ready to wait, and whether a downloaded model may help."""

    INSTANT = "instant"
    """From the surroundings alone: seconds, with nothing to download."""

    BALANCED = "balanced"
    """A network in one pass, if one was downloaded."""

    BEST = "best"
    """The best network that was downloaded: one that paints in several steps, if it is here and fits."""


NETWORKS: dict[Quality, tuple[str, ...]] = {
    Quality.INSTANT: (),
    Quality.BALANCED: ("mi-gan", "lama"),
    Quality.BEST: ("erase-best", "lama", "mi-gan"),
}
"""The catalogue's models that may fill, the first one that is on the disk."""

DIFFUSION = "erase-best"
"""The pipeline that paints by words, here without any: `engines.diffusion`."""

EXEMPLAR = "exemplar"
"""The filler that copies from the surroundings; it is always here, and runs on the processor."""

PREPARING = "preparing the eraser for this processor (once)"
"""What is told while kernels are compiled."""

STRAINED = 1.6
"""Patch distance two sizes above the coarsest from which a large hole is beyond copying: of the 17 shared cases those over
it are the four that look worst (`docs/erase.md`)."""

LARGE = 30_000
"""Pixels under which a hole is filled well enough whatever its patches say."""


@dataclass(frozen=True)
class Erased:
    """`picture` without what the mask marked; the filler's name for each region; sentences for the person; seconds.

    Nothing outside `boxes` changed, and `pixels` of them were filled. `device` ran the filler, which it took over from
    `fell_back_from` ("" = nothing failed).
    """

    picture: Picture
    fillers: tuple[str, ...]
    advice: tuple[str, ...]
    seconds: float
    boxes: tuple[Box, ...] = ()
    pixels: int = 0
    device: str = "cpu"
    fell_back_from: str = ""


def fillers() -> tuple[str, ...]:
    """The names that `erase` takes as `filler` here: the exemplar filler, then the networks that are on the disk."""
    here = {located.model.id for located in models.installed()}
    return (EXEMPLAR, *(name for name in (*NETWORKS[Quality.BALANCED], DIFFUSION) if name in here))


def filler_for(quality: Quality) -> str:
    """The name of the filler that `quality` means here."""
    here = fillers() if NETWORKS[quality] else ()
    return next((name for name in NETWORKS[quality] if name in here), EXEMPLAR)


def erase(
    picture: Picture,
    mask: Mask,
    *,
    quality: Quality = Quality.INSTANT,
    seed: int = 0,
    grow: int | None = None,
    filler: str | None = None,
    progress: Progress | None = None,
) -> Erased:
    """The picture with everything that `mask` (bool (H, W), True = remove) marks filled from what is around it.

    `grow` None lets the mask grow by a few pixels and over the object's soft shadow; a number is the rim in pixels, and
    shadows stay. `filler` is one of `fillers()`, whatever the quality would choose. The pipeline that paints in several steps
    may fail (memory, a damaged file): then the next best does it, and the advice says why. Pixels outside the grown mask are
    bit-identical. An empty mask gives the same picture. Raises `WrongMask` for a mask of another size or one that covers
    everything, `NotFound` for a filler that is not here, and `Cancelled`.
    """
    started = time.monotonic()
    progress = Progress() if progress is None else progress
    progress.report(0, 0, LOOKING)
    mask = mask.astype(np.bool_, copy=False)
    check_mask(mask, picture)
    regions = find_regions(mask if grow is not None else _with_content(picture, mask, progress), grow=grow)
    if not regions:
        return Erased(picture, (), (), time.monotonic() - started)
    if filler is not None and filler not in fillers():
        raise NotFound(f"The eraser {filler} is not here.", f"These are: {', '.join(fillers())}.")
    chosen = filler_for(quality) if filler is None else filler
    reasons: list[str] = []
    try:
        done = _filled(picture, regions, chosen, seed, progress)
    except HomespunError as error:
        if chosen != DIFFUSION or filler is not None:
            raise
        chosen = filler_for(Quality.BALANCED)
        reasons = [f"The best eraser could not be used, so {chosen} did it. {error.what}"]
        done = _filled(picture, regions, chosen, seed, progress)
    return Erased(
        done.picture,
        (done.name,) * len(regions),
        (*reasons, *done.notes, *(_advice(quality, done.name, done.efforts) if filler is None else ())),
        time.monotonic() - started,
        tuple(region.box for region in regions),
        sum(region.pixels for region in regions),
        *done.ran_on,
    )


@dataclass(frozen=True)
class _Done:
    picture: Picture
    name: str
    efforts: Sequence[Effort]
    notes: tuple[str, ...]
    ran_on: tuple[str, str]


def _filled(picture: Picture, regions: Sequence[Region], named: str, seed: int, progress: Progress) -> _Done:
    progress.report(0, 0, LOOKING)
    with _filler(named, seed, progress) as (filler, efforts):
        filled = fill_regions(picture, regions, filler, seed=seed, progress=progress)
        return _Done(filled, filler.name, efforts, getattr(filler, "notes", ()), filler.ran_on)


def _with_content(picture: Picture, mask: Mask, progress: Progress) -> Mask:
    """The mask grown by what sticks out of it, looked for around each region alone: a photo may be large."""
    grown = mask.copy()
    for region in find_regions(mask, grow=0):
        around = region.box.grown(4 * FARTHEST).within(picture.width, picture.height).slices
        pixels, inside = picture.pixels[around], mask[around]
        if picture.alpha:  # what can't be seen casts no shadow, and its colour is arbitrary
            inside = inside & (pixels[..., -1] != 0)
            pixels = shown(pixels, inside)
        photo = picture.with_pixels(pixels).photo()
        found = grown_by_content(photo, inside, longest=max(mask.shape), progress=progress)
        grown[around] |= found & (pixels[..., -1] != 0) if picture.alpha else found
    return mask if grown.all() else grown


@contextmanager
def _filler(
    named: str, seed: int, progress: Progress
) -> Iterator[tuple[Exemplar | OnePass | Diffusion, Sequence[Effort]]]:
    """The filler `named`, and where it notes its efforts (networks note none)."""
    if named == DIFFUSION:
        from engines.diffusion import Diffusion, Parts, Rectify, Wish, pipeline_here

        with Parts(pipeline_here(models.locate(named).folder)) as parts:
            yield Diffusion(parts, Wish("", seed=seed), rectify=Rectify()), []
        return
    if named != EXEMPLAR:
        from engines.erase.onepass import OnePass

        with OnePass.open(named) as filler:
            yield filler, []
        return
    from engines.compiled import told

    progress.report(0, 0, LOOKING)
    with told(progress, PREPARING):
        from engines.erase.exemplar import Exemplar  # compiles, or loads what was compiled: not before it is needed

        exemplar = Exemplar()
        yield exemplar, exemplar.efforts


def _advice(quality: Quality, name: str, efforts: Sequence[Effort]) -> tuple[str, ...]:
    """What the person should know: what was asked for and is not there, and where copying was out of its depth."""
    advice = []
    missing = name == EXEMPLAR and quality is not Quality.INSTANT
    if missing:
        advice.append(
            f"No eraser model is downloaded, so the hole was filled from its surroundings. For {quality} quality: "
            "homespun models get mi-gan"
        )
    if any(not effort.patches for effort in efforts):
        advice.append("There was nothing beside the hole to copy from, so it was filled smoothly. Mark less.")
    elif any(effort.strain > STRAINED and effort.pixels >= LARGE for effort in efforts) and not missing:
        advice.append(
            "This hole is large and lies across different things; a downloaded model would fill it better: "
            "homespun models get mi-gan, then erase with --quality balanced"
        )
    return tuple(advice)
