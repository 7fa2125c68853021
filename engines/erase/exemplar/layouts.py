"""First guesses for the smallest size: several, because what is right at a horizon is wrong at a corner."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from engines.compiled import kernel_of
from engines.erase.exemplar.pyramid import Level
from engines.erase.exemplar.workers import Workers

Floats = NDArray[np.float32]

ANGLES = np.arange(48, dtype=np.float32) * np.float32(np.pi / 48)
"""Directions that are looked along, evenly over half a turn; 0 is level, a quarter turn is down."""


@dataclass(frozen=True)
class Sight:
    """What straight lines through the hole meet: A directions, M hole pixels.

    `ends` (A, 2, M, F) the first known features on either side, `reach` (A, 2, M) their distance (inf: none).
    """

    ends: Floats
    reach: Floats

    @cached_property
    def gap(self) -> Floats:
        """Squared difference of both ends (A, M), NaN where there is one end or none."""
        both = np.isfinite(self.reach).all(1)
        return np.where(both, ((self.ends[:, 0] - self.ends[:, 1]) ** 2).sum(-1), np.nan).astype(np.float32)

    @cached_property
    def lines(self) -> tuple[Floats, NDArray[np.bool_]]:
        """Features between both ends (A, M, F), and where there was at least one (A, M)."""
        near = np.where(np.isfinite(self.reach), 1 / np.maximum(self.reach, 1), 0)
        total = near.sum(1)
        return (self.ends * near[..., None]).sum(1) / np.maximum(total, 1e-6)[..., None], total > 0


@dataclass(frozen=True)
class Run:
    """The direction in which the surroundings run on through the hole: `angle` in radians, `sure` from 0 to 1."""

    angle: float
    sure: float


def look(level: Level, workers: Workers, angles: Floats = ANGLES) -> Sight:
    """Straight lines from each hole pixel, in both directions, to the first known pixel."""
    ys, xs = (np.ascontiguousarray(axis, np.int64) for axis in np.nonzero(level.hole))
    features, hole = np.ascontiguousarray(level.features), np.ascontiguousarray(level.hole)
    ends = np.zeros((len(angles), 2, len(ys), level.features.shape[2]), np.float32)
    reach = np.full((len(angles), 2, len(ys)), np.inf, np.float32)
    lines = partial(_look, features, hole, ys, xs, np.sin(angles), np.cos(angles), ends, reach)
    workers.spread(lines, len(angles), pixels=4 * len(angles) * len(ys))
    return Sight(ends, reach)


@kernel_of(
    "void(float32[:,:,::1],boolean[:,::1],int64[::1],int64[::1],float32[::1],float32[::1],float32[:,:,:,::1],float32[:,:,::1],int64,int64)"
)
def _look(
    features: Floats,
    hole: NDArray[np.bool_],
    ys: NDArray[np.int64],
    xs: NDArray[np.int64],
    down: Floats,
    right: Floats,
    ends: Floats,
    reach: Floats,
    first: int,
    last: int,
) -> None:
    """Walk the lines of the angles `first` to `last`."""
    height, width = hole.shape
    for angle in range(first, last):
        for side in range(2):
            dy = down[angle] if side else -down[angle]
            dx = right[angle] if side else -right[angle]
            for at in range(ys.shape[0]):
                for step in range(1, height + width):
                    y = np.int64(np.rint(ys[at] + np.float64(dy * np.float32(step))))
                    x = np.int64(np.rint(xs[at] + np.float64(dx * np.float32(step))))
                    if y < 0 or x < 0 or y >= height or x >= width:
                        break
                    if not hole[y, x]:
                        for n in range(features.shape[2]):
                            ends[angle, side, at, n] = features[y, x, n]
                        reach[angle, side, at] = step
                        break


def _scores(gap: Floats) -> Floats:
    """Mean difference of the ends by direction; inf where under half of the lines have two."""
    seen = np.isfinite(gap)
    return np.where(seen.mean(1) > 0.5, np.nansum(gap, 1) / np.maximum(seen.sum(1), 1), np.inf)


def running(levels: list[Level], sight: Sight, workers: Workers) -> Run:
    """Whether one direction has ends far more alike than most: a horizon, a kerb, a wall's foot, a smooth slope."""
    scores = _scores(sight.gap)
    possible = np.isfinite(scores)
    if possible.sum() < len(ANGLES) // 2:
        return Run(0.0, 0.0)
    best = int(np.argmin(scores))
    ratio = float(scores[best] / max(float(np.median(scores[possible])), 1e-9))
    sure = float(np.clip((0.45 - ratio) / 0.2, 0, 1)) * _structured(levels[-1], sight, best)
    angle = float(ANGLES[best])
    if sure:
        finer = [level for level in levels if level.hole.sum() < 8000] or [levels[-1]]
        near = (angle + np.deg2rad(np.arange(-4, 4.1, 0.5))).astype(np.float32)
        angle = float(near[int(np.argmin(_scores(look(finer[0], workers, near).gap)))])
    return Run(angle, sure)


def _structured(level: Level, sight: Sight, best: int) -> float:
    """From 0 where lines say no more than a smooth continuation (a wall, a sky) to 1 where they carry edges that it blurs."""
    line, seen = sight.lines
    smooth = level.smooth
    lined = smooth.copy()
    lined[level.hole] = np.where(seen[best][:, None], line[best], smooth[level.hole])
    inside = level.hole
    sharp = []
    for values in (lined[..., :-2], smooth[..., :-2]):
        down = np.diff(values, axis=0)[inside[1:] & inside[:-1]]
        right = np.diff(values, axis=1)[inside[:, 1:] & inside[:, :-1]]
        sharp.append(float((down**2).sum()) + float((right**2).sum()))
    return float(np.clip(sharp[0] / max(sharp[1], 1e-9) - 1.5, 0, 1))


def guesses(level: Level, sight: Sight) -> dict[str, Floats]:
    """Features (M, F) for the hole's pixels, by name, each from another idea of what goes on under the hole.

    smooth: pull-push; along: straight lines between both edges, in the one direction whose ends are most alike;
    across: the same for the best direction at least 45° off; woven: each pixel along the directions that are best for it.
    """
    ys, xs = np.nonzero(level.hole)
    smooth = level.smooth[ys, xs]
    found = {"smooth": smooth}
    gap = sight.gap
    line, seen = sight.lines
    scores = _scores(gap)
    first = int(np.argmin(scores))
    count = len(ANGLES)
    off = np.abs((np.arange(count) - first + count // 2) % count - count // 2)
    second = int(np.argmin(np.where(off >= count // 4, scores, np.inf)))
    for name, angle in (("along", first), ("across", second)):
        found[name] = np.where(seen[angle][:, None], line[angle], smooth)
    usual = float(np.nanmedian(gap)) if np.isfinite(gap).any() else 1.0
    span = np.where(np.isfinite(sight.reach).all(1), sight.reach.sum(1), 1e4)
    heavy = np.exp(-np.nan_to_num(gap, nan=4 * usual) / (0.1 * usual + 1e-6)) / span**2 * seen + 1e-20
    found["woven"] = (line * heavy[..., None]).sum(0) / heavy.sum(0)[:, None]
    return {name: pixels.astype(np.float32) for name, pixels in found.items()}
