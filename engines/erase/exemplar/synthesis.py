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

from engines.erase.exemplar import exhaustive, kernels, votes
from engines.erase.exemplar.pyramid import COLOUR, Level, quantised, window
from engines.erase.exemplar.sweeps import sweep
from engines.erase.exemplar.workers import BANDS, Workers

ROUNDS = (2, 3, 4, 6, 10)
"""Rounds of search and vote per level, from full size on; the last holds for all smaller ones."""

STILL = 0.0015
"""Mean change of the hole's colours under which a level is finished."""

EXHAUSTIVE = 4_000_000
"""Pairs of target and source up to which the smallest level looks at all of them one by one."""

SLIDING = 32_000_000
"""Pairs of source and place in the targets' box up to which it looks at all of them by sliding windows (2 to 4 ns each)."""

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
    near_edge: Floats
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


def allowed_in(hole: Mask) -> NDArray[np.bool_]:
    """Where a patch may be taken (H, W): wholly inside the photo, and wholly known."""
    side = 2 * kernels.HALF + 1
    part = window(hole, side)
    allowed = np.zeros(hole.shape, np.bool_)
    allowed[kernels.HALF : -kernels.HALF, kernels.HALF : -kernels.HALF] = True
    allowed[part] &= ~ndimage.maximum_filter(hole[part], side, mode="constant")
    return allowed


def canvas(level: Level, workers: Workers) -> Canvas:
    """Lists and fields for a level that has a patch to take, hole still empty."""
    hole = level.hole
    height, width = hole.shape
    part = window(hole, 2 * kernels.HALF + 1)
    y0, x0 = (axis.start for axis in part)
    ys, xs = np.nonzero(ndimage.maximum_filter(hole[part], 2 * kernels.HALF + 1, mode="constant"))
    rows, columns = (ys + y0).astype(np.int32), (xs + x0).astype(np.int32)
    order = np.full(hole.shape, -1, np.int32)
    order[rows, columns] = np.arange(len(rows), dtype=np.int32)
    hole_rows, hole_columns = (
        (axis + start).astype(np.int32) for axis, start in zip(np.nonzero(hole[part]), (y0, x0), strict=True)
    )
    seen_rows = np.minimum(rows, 3) + np.minimum(height - 1 - rows, 3) + 1
    seen_columns = np.minimum(columns, 3) + np.minimum(width - 1 - columns, 3) + 1
    return Canvas(
        level=level, features=quantised(level.features, workers), step=level.features.shape[2], order=order,
        rows=rows, columns=columns, hole_rows=hole_rows, hole_columns=hole_columns,
        near_edge=np.float32(1.15) ** -level.depths[rows, columns], allowed=allowed_in(hole).view(np.uint8),
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
            sweep, art.features, art.step, art.rows, art.columns, art.order, art.field, before, art.costs, art.allowed,
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
    heavy: Floats = np.maximum(np.exp(-costs / (2 * spread)) * art.near_edge, 1e-30).astype(np.float32)
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
    if int(np.ptp(art.rows) + 1) * int(np.ptp(art.columns) + 1) * len(ys) <= SLIDING:
        art.field[:], art.costs[:] = exhaustive.nearest(
            art.features, art.step, art.rows, art.columns, art.allowed, art.lean, workers
        )
        return
    apart = -(-art.targets * len(ys) // EXHAUSTIVE)
    ys, xs = np.ascontiguousarray(ys[::apart]), np.ascontiguousarray(xs[::apart])
    art.field[:] = ys[0], xs[0]
    art.costs[:] = kernels.FAR

    def band(first: int, last: int) -> None:
        kernels.exhaust(
            art.features, art.step, art.rows, art.columns, art.field, art.costs, ys, xs, art.allowed,
            art.lean, first, last, workers.halt,
        )  # fmt: skip

    workers.run(band, art.targets, parts=BANDS)
    if apart > 1:
        search(art, workers, sweeps=4, radius=64, offsets=_NONE)


def descend(art: Canvas, coarse: Canvas, workers: Workers) -> None:
    """Field and hole colours from the level above."""
    start = int(np.argmax(art.allowed))  # the first that may be taken
    workers.run(
        lambda first, last: votes.inherit(
            art.rows, art.columns, coarse.order, coarse.field, art.allowed, art.field, start, first, last
        ),
        art.targets,
    )
    painted = np.empty((len(art.hole_rows), art.step), np.int16)
    workers.run(
        lambda first, last: votes.doubled(
            coarse.features, art.step, art.hole_rows, art.hole_columns, painted, first, last
        ),
        len(painted),
    )
    art.paint(painted)


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
