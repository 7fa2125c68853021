"""First guesses for the smallest size: several, because what is right at a horizon is wrong at a corner."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engines.erase.exemplar.pyramid import Level, pull_push

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

    @property
    def gap(self) -> Floats:
        """Squared difference of both ends (A, M), NaN where there is one end or none."""
        both = np.isfinite(self.reach).all(1)
        return np.where(both, ((self.ends[:, 0] - self.ends[:, 1]) ** 2).sum(-1), np.nan).astype(np.float32)

    @property
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


def look(level: Level, angles: Floats = ANGLES) -> Sight:
    """Straight lines from each hole pixel, in both directions, to the first known pixel."""
    ys, xs = np.nonzero(level.hole)
    height, width = level.size
    many = len(ys)
    ends = np.zeros((len(angles), 2, many, level.features.shape[2]), np.float32)
    reach = np.full((len(angles), 2, many), np.inf, np.float32)
    for number, angle in enumerate(angles):
        dy, dx = np.sin(angle), np.cos(angle)
        for side, sign in enumerate((-1, 1)):
            going = np.arange(many)
            for step in range(1, height + width):
                y = np.rint(ys[going] + sign * dy * step).astype(int)
                x = np.rint(xs[going] + sign * dx * step).astype(int)
                inside = (y >= 0) & (x >= 0) & (y < height) & (x < width)
                going, y, x = going[inside], y[inside], x[inside]
                known = ~level.hole[y, x]
                hit = going[known]
                ends[number, side, hit] = level.features[y[known], x[known]]
                reach[number, side, hit] = step
                going = going[~known]
                if not going.size:
                    break
    return Sight(ends, reach)


def _scores(gap: Floats) -> Floats:
    """Mean difference of the ends by direction; inf where under half of the lines have two."""
    seen = np.isfinite(gap)
    return np.where(seen.mean(1) > 0.5, np.nansum(gap, 1) / np.maximum(seen.sum(1), 1), np.inf)


def running(levels: list[Level], sight: Sight) -> Run:
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
        angle = float(near[int(np.argmin(_scores(look(finer[0], near).gap)))])
    return Run(angle, sure)


def _structured(level: Level, sight: Sight, best: int) -> float:
    """From 0 where lines say no more than a smooth continuation (a wall, a sky) to 1 where they carry edges that it blurs."""
    line, seen = sight.lines
    smooth = pull_push(level.features, ~level.hole)
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
    smooth = pull_push(level.features, ~level.hole)[ys, xs]
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
