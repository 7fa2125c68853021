"""Finding the object among superpixels: in a box or lasso, or around clicks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engines.select.maps import Maps, bounds
from engines.select.patchwork import Patchwork

PUSHES = (0.0, 0.5, 1.0, 1.5, 2.0)
"""Log odds added, one after the other, until the selection reaches the sides of its box."""

SLACK = 0.08
"""How far from a side of the box, as a part of the box, a selection may end."""

RADII = (0.03, 0.06, 0.11, 0.2, 0.33)
"""Sizes of object that a click may mean, as parts of the photo's short side."""

REACH = 2.6
"""How far from the clicks, in radii, a selection may go."""

HINTED = 0.15
"""How much of the looks of a side comes from the hints on it."""

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]


class Search:
    """One call of `select`: `Maps` on a `Patchwork` of the same pixels."""

    def __init__(self, work: Patchwork, maps: Maps) -> None:
        self.work = work
        self.maps = maps
        self.on = work.share(maps.on) > 0
        beside = np.zeros(len(self.on), bool)
        for x, y in maps.exclude:
            beside[work.labels[y, x]] = True
        self.beside = beside & ~self.on
        self.off = (beside | (work.share(maps.off) > 0.5)) & ~self.on
        self.x, self.y = work.patches.middles.T

    def boxed(self) -> Mask:
        """The object inside the region, bool (n,). The region must not be empty."""
        region = self.maps.region
        assert region is not None
        top, bottom, left, right = bounds(region)
        inside = self.work.share(region)
        wide, high = (right - left) / 2, (bottom - top) / 2
        u, v = np.abs(self.x - left - wide) / wide, np.abs(self.y - top - high) / high
        middle = (0.08 + 0.85 * np.exp(-(u**2 + v**2) * 0.9)).astype(np.float32)
        distance = np.hypot(np.maximum(u - 1, 0) * wide, np.maximum(v - 1, 0) * high)
        outside = ((1 - inside) * np.exp(-distance / (0.7 * np.sqrt(wide * high)))).astype(np.float32)
        place = np.log(middle / (1 - middle))
        chosen = self.on
        for push in PUSHES:
            chosen = self._settled(inside * middle, outside, inside, place + np.float32(push), self.off)
            if not self.maps.tight or self._reaches(chosen, top, bottom, left, right):
                return chosen
        if not chosen.any():  # it looks like what is around it: then the middle of the box is the best there is
            chosen = (inside > 0.5) & (middle > 0.4)
        return chosen

    def _settled(self, front: Floats, outside: Floats, inside: Floats, place: Floats, off: Mask) -> Mask:
        """Cut, learn the looks of both sides, and cut again until nothing changes."""
        front = self._with(front, self.on)
        back = outside = self._with(outside, self.beside)
        chosen = np.zeros(len(front), bool)
        for turn in range(4):
            before = chosen
            trust = np.float32(1.0 if turn == 0 else 0.5)
            chosen = self.work.cut(self.work.ratio(front, back) + trust * place, self.on, off)
            if turn and (chosen == before).all():
                break
            front = self._with((chosen * inside).astype(np.float32), self.on)
            back = (outside + ~chosen * inside).astype(np.float32)
        return chosen

    def _with(self, weights: Floats, shown: Mask) -> Floats:
        """`weights` with what a hint is on as `HINTED` of the whole: a person who clicks has seen something."""
        sizes = self.work.sizes
        if not shown.any():
            return weights
        more = HINTED * float((weights * sizes).sum() or 1.0) / float(sizes[shown].sum())
        return (weights + more * shown).astype(np.float32)

    def _reaches(self, chosen: Mask, top: int, bottom: int, left: int, right: int) -> bool:
        """Whether the selection nearly reaches all four sides of the box: a person draws a box around the whole object."""
        mask = chosen[self.work.labels[top:bottom, left:right]]
        if not mask.any():
            return False
        first, last, start, end = bounds(mask)
        high, wide = SLACK * (bottom - top), SLACK * (right - left)
        return first <= high and start <= wide and last >= bottom - top - high and end >= right - left - wide

    def clicked(self) -> Mask:
        """The selection that looks most like one object among several around the clicks, from small to large, bool (n,)."""
        height, width = self.work.labels.shape
        points = np.array(self.maps.include)
        away = self._away(along(points))
        geodesic = np.exp(-self.work.far(np.flatnonzero(self.on)) / 40)
        to_side = np.minimum.reduce([self.x, self.y, width - 1 - self.x, height - 1 - self.y])
        at_side = (to_side < 1.2 * self.work.side).astype(np.float32)
        doubt = np.zeros(len(away), np.float32)
        if self.maps.exclude:
            from_off = self._away(np.array(self.maps.exclude))
            doubt = np.log(from_off / (from_off + away + 1e-6) + np.float32(0.1))
        tries = []
        for part in RADII:
            radius = part * min(height, width)
            near = (np.exp(-((away / radius) ** 2) / 2) * geodesic).astype(np.float32)
            inside = np.exp(-((away / (2.2 * radius)) ** 4)).astype(np.float32)
            outside = (1 - inside) * np.exp(-away / (5 * radius)) + np.float32(0.3) * at_side
            odds = np.clip(near * 0.8 + 0.1, 0.02, 0.98)
            place = np.log(odds / (1 - odds)) + np.log(inside + 0.02) * 0.8 + doubt + 0.7
            off = self.off | ((away > REACH * radius) & ~self.on)
            tries.append(self._settled(near, outside, inside, place.astype(np.float32), off))
        scores = [
            self._wholeness(chosen, tries[i - 1] if i else None, tries[i + 1] if i + 1 < len(tries) else None)
            for i, chosen in enumerate(tries)
        ]
        return tries[int(np.argmax(scores))]

    def _away(self, points: NDArray[np.generic]) -> Floats:
        """Pixels to the nearest of `points`, per superpixel."""
        away: Floats = (
            np.hypot(self.x[:, None] - points[:, 0], self.y[:, None] - points[:, 1]).min(axis=1).astype(np.float32)
        )
        return away

    def _wholeness(self, chosen: Mask, smaller: Mask | None, larger: Mask | None) -> float:
        """How much a selection looks like one object.

        Edges along its border, looks that its surroundings don't have, a size that people click on, and above all that
        the next smaller and the next larger try found the same. The weights were fitted on 117 clicks on the shared
        cases, and give 0.58 on photos that were left out of the fit, where they give 0.63 on all.
        """
        if not chosen.any() or chosen.all():
            return -np.inf
        sizes, borders = self.work.sizes, self.work.patches.borders
        a, b = self.work.patches.pairs.T
        border = chosen[a] != chosen[b]
        length = borders[border].sum()
        strength = float((self.work.strength[border] * borders[border]).sum() / length)
        beside = np.zeros(len(chosen), np.float32)
        beside[a[border]] = 1
        beside[b[border]] = 1
        ratio = self.work.ratio(chosen.astype(np.float32), beside * ~chosen)
        own = float(np.average(ratio[chosen] > 0, weights=sizes[chosen]))
        unlike = float(np.average(ratio[chosen], weights=sizes[chosen]))
        share = np.log(sizes[chosen].sum() / sizes.sum())
        mask = chosen[self.work.labels]
        cut_off = float(mask[0].sum() + mask[-1].sum() + mask[:, 0].sum() + mask[:, -1].sum())
        return float(
            1.5 * strength
            + 0.5 * own
            + 0.3 * unlike
            + 1.2 * self._alike(chosen, smaller)
            + 0.5 * self._alike(chosen, larger)
            - 2.5 * max(0.0, share - np.log(0.12))
            - 0.5 * max(0.0, np.log(0.004) - share)
            - 0.4 * cut_off / (cut_off + length)
        )

    def _alike(self, one: Mask, other: Mask | None) -> float:
        """Intersection over union, by superpixels."""
        if other is None:
            return 0.0
        union = self.work.sizes[one | other].sum()
        return float(self.work.sizes[one & other].sum() / union) if union else 0.0


def along(points: NDArray[np.int_]) -> NDArray[np.float64]:
    """`points` (n, 2), and more of them on the shortest lines that join them all: clicks on one object span it."""
    joined = [points.astype(float)]
    done, waiting = [0], set(range(1, len(points)))
    while waiting:
        a, b = min(
            ((a, b) for a in done for b in waiting), key=lambda ab: float(np.hypot(*(points[ab[0]] - points[ab[1]])))
        )
        steps = max(2, int(np.hypot(*(points[a] - points[b])) / 6))
        joined.append(points[a] + np.linspace(0, 1, steps)[:, None] * (points[b] - points[a]))
        done.append(b)
        waiting.remove(b)
    return np.concatenate(joined)
