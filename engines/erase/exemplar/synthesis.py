"""A hole filled with patches of its surroundings, coarse to fine, without chance.

Patch voting after Wexler, Shechtman and Irani (2004), texture features as Newson et al. (IPOL 2017). The search for like
patches is exhaustive at the smallest size and goes on with sources of neighbouring pixels, frequent offsets and fixed
probes; no random probes, no rotation or scaling of patches, no gradients voted: `docs/erase.md` says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from engines.erase.exemplar import kernels, votes
from engines.erase.exemplar.pyramid import COLOUR, Level, depths, doubled, quantised, window
from engines.erase.exemplar.workers import Workers

ROUNDS = (2, 3, 4, 6, 10)
"""Rounds of search and vote per level, from full size on; the last holds for all smaller ones."""

STILL = 0.0015
"""Mean change of the hole's colours under which a level is finished."""

EXHAUSTIVE = 4_000_000
"""Pairs of target and source up to which the smallest level looks at all of them."""

NEAR = np.exp(-(np.add.outer(np.arange(-3, 4) ** 2, np.arange(-3, 4) ** 2)) / 8).astype(np.float32)
"""How much nearer patches count when one of them gives a whole pixel."""

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]


FREELY: Floats = np.zeros(5, np.float32)
"""The `lean` (`kernels`) of a source that costs the same wherever it lies."""

_NONE: Ints = np.zeros((0, 2), np.int32)


@dataclass
class Canvas:
    """One level at work. Lists of N targets and M hole pixels are in raster order; `kernels` tells the shapes."""

    level: Level
    features: NDArray[np.int16]
    step: int
    order: Ints
    rows: Ints
    columns: Ints
    hole_rows: Ints
    hole_columns: Ints
    depth: Floats
    allowed: NDArray[np.uint8]
    lean: Floats
    whole: Floats
    field: Ints
    costs: Ints

    @property
    def targets(self) -> int:
        """How many patches touch the hole."""
        return len(self.rows)

    def pixels(self) -> NDArray[np.int16]:
        """The hole's features now: (M, F)."""
        height, width = self.order.shape
        found: NDArray[np.int16] = self.features.reshape(height, width, self.step)[self.hole_rows, self.hole_columns]
        return found

    def paint(self, pixels: NDArray[np.int16]) -> None:
        """Put features (M, F) into the hole."""
        height, width = self.order.shape
        self.features.reshape(height, width, self.step)[self.hole_rows, self.hole_columns] = pixels


def canvas(level: Level) -> Canvas | None:
    """Lists and fields for a level, hole still empty; None when there is no patch to take."""
    hole = level.hole
    height, width = hole.shape
    part = window(hole, 2 * kernels.HALF + 1)
    near = np.zeros(hole.shape, np.bool_)
    near[part] = ndimage.maximum_filter(hole[part], 2 * kernels.HALF + 1, mode="constant")
    allowed = ~near
    edge = kernels.HALF
    allowed[:edge] = allowed[-edge:] = False
    allowed[:, :edge] = allowed[:, -edge:] = False
    if not allowed.any():
        return None
    rows, columns = (axis.astype(np.int32) for axis in np.nonzero(near))
    order = np.full(hole.shape, -1, np.int32)
    order[rows, columns] = np.arange(len(rows), dtype=np.int32)
    hole_rows, hole_columns = (axis.astype(np.int32) for axis in np.nonzero(hole))
    seen_rows = np.minimum(rows, 3) + np.minimum(height - 1 - rows, 3) + 1
    seen_columns = np.minimum(columns, 3) + np.minimum(width - 1 - columns, 3) + 1
    return Canvas(
        level=level, features=quantised(level.features), step=level.features.shape[2], order=order,
        rows=rows, columns=columns, hole_rows=hole_rows, hole_columns=hole_columns,
        depth=depths(hole)[rows, columns], allowed=allowed.astype(np.uint8),
        lean=FREELY,
        whole=(49 / np.minimum(49, np.minimum(seen_rows, 7) * np.minimum(seen_columns, 7))).astype(np.float32),
        field=np.zeros((len(rows), 2), np.int32), costs=np.full(len(rows), kernels.FAR, np.int32),
    )  # fmt: skip


def frequent_offsets(art: Canvas, many: int = 12) -> Ints:
    """The commonest ways from target to source, to 2 pixels: (≤ many, 2) of dy, dx."""
    offsets = (art.field - np.stack([art.rows, art.columns], 1)) // 2 * 2
    key = (offsets[:, 0].astype(np.int64) << 32) + offsets[:, 1]
    values, counts = np.unique(key, return_counts=True)
    best = values[np.lexsort((values, -counts))[:many]]
    rows = (best + (1 << 31)) >> 32
    return np.ascontiguousarray(np.stack([rows, best - (rows << 32)], 1).astype(np.int32))


def measure(art: Canvas, workers: Workers, lean: Floats) -> None:
    """Costs anew, with sources held by `lean` (`kernels`)."""
    workers.run(
        lambda first, last: kernels.measure(
            art.features, art.step, art.rows, art.columns, art.field, art.costs, lean, first, last
        ),
        art.targets,
    )


def search(art: Canvas, workers: Workers, *, sweeps: int, radius: int, offsets: Ints, turn: int = 0) -> None:
    """Costs anew, then `sweeps` passes; `offsets` are tried in the first."""
    measure(art, workers, art.lean)
    now = np.ones(art.targets, np.uint8)
    for number in range(sweeps):
        before, was = art.field.copy(), now
        now = np.zeros(art.targets, np.uint8)
        kernel = partial(
            kernels.sweep, art.features, art.step, art.rows, art.columns, art.order, art.field, before, art.costs, art.allowed,
            art.lean, _NONE if number else offsets, was, now, radius, turn + number,
        )  # fmt: skip
        workers.run(partial(_stoppable, kernel, workers), art.targets)
        workers.did(art.targets)


def _stoppable(kernel: Callable[..., None], workers: Workers, first: int, last: int) -> None:
    kernel(first, last, workers.halt)


def weights(art: Canvas) -> Floats:
    """How much each patch has to say: like its source, and near the hole's edge. Scale: 75th percentile of the costs."""
    costs = art.costs * art.whole
    spread = max(float(np.percentile(costs, 75)), 49.0)
    heavy: Floats = np.maximum(np.exp(-costs / (2 * spread)) * np.float32(1.15) ** -art.depth, 1e-30).astype(np.float32)
    return heavy


def vote_mean(art: Canvas, workers: Workers) -> float:
    """Paint the weighted mean of all patches; returns the mean change of the features, in colours of 0 to 1."""
    heavy = weights(art)
    voted = np.empty((len(art.hole_rows), art.step), np.int16)
    workers.run(
        lambda first, last: votes.vote_mean(
            art.features, art.step, art.hole_rows, art.hole_columns, art.order, art.field, heavy, voted, first, last
        ),
        len(voted),
    )
    change = float(np.abs(voted - art.pixels()).mean()) / COLOUR
    art.paint(voted)
    return change


def vote_best(art: Canvas, workers: Workers) -> Ints:
    """Paint each pixel whole from its heaviest patch; returns the source pixels (M, 2)."""
    heavy = weights(art)
    taken = np.empty((len(art.hole_rows), 2), np.int32)
    workers.run(
        lambda first, last: votes.vote_best(
            art.hole_rows, art.hole_columns, art.order, art.field, heavy, NEAR, taken, first, last
        ),
        len(taken),
    )
    height, width = art.order.shape
    art.paint(art.features.reshape(height, width, art.step)[taken[:, 0], taken[:, 1]])
    return taken


def first_field(art: Canvas, workers: Workers) -> None:
    """Sources for the painted hole: the best of all if they are few, else of an even sample, then sweeps with long reach."""
    ys, xs = (axis.astype(np.int32) for axis in np.nonzero(art.allowed))
    apart = -(-art.targets * len(ys) // EXHAUSTIVE)
    ys, xs = np.ascontiguousarray(ys[::apart]), np.ascontiguousarray(xs[::apart])
    art.field[:] = ys[0], xs[0]
    art.costs[:] = kernels.FAR

    def band(first: int, last: int) -> None:
        kernels.exhaust(
            art.features, art.step, art.rows, art.columns, art.field, art.costs, ys, xs, art.allowed,
            art.lean, first, last, workers.halt,
        )  # fmt: skip

    workers.run(band, art.targets)
    if apart > 1:
        search(art, workers, sweeps=4, radius=64, offsets=_NONE)


def descend(art: Canvas, coarse: Canvas) -> None:
    """Field and hole colours from the level above."""
    votes.inherit(art.rows, art.columns, coarse.order, coarse.field, art.allowed, art.field)
    height, width = coarse.order.shape
    y0, x0 = (int(axis.min()) // 2 for axis in (art.hole_rows, art.hole_columns))
    y1, x1 = (int(axis.max()) // 2 + 1 for axis in (art.hole_rows, art.hole_columns))
    y0, x0, y1, x1 = max(0, y0 - 1), max(0, x0 - 1), min(height, y1 + 1), min(width, x1 + 1)
    part = coarse.features.reshape(height, width, coarse.step)[y0:y1, x0:x1].astype(np.float32)
    fine = doubled(part, 2 * part.shape[0], 2 * part.shape[1])
    art.paint(np.rint(fine[art.hole_rows - 2 * y0, art.hole_columns - 2 * x0]).astype(np.int16))


def settle(art: Canvas, workers: Workers, *, rounds: int, sweeps: int, whole: int, radius: int = 16) -> Ints:
    """Rounds of search and vote until the hole is still; the last `whole` take whole pixels. Returns their sources (M, 2)."""
    taken = np.zeros((0, 2), np.int32)
    still = False
    for number in range(rounds):
        last = number >= rounds - whole
        offsets = frequent_offsets(art) if number == 0 or radius >= 16 else _NONE
        if still and not last:
            workers.did(art.targets * sweeps)
            continue
        search(art, workers, sweeps=sweeps, radius=radius, offsets=offsets, turn=number)
        if last:
            taken = vote_best(art, workers)
        else:
            still = vote_mean(art, workers) < STILL
    return taken
