"""`Exemplar`: the filler that needs no weights; and `synthesise`, which tells where each pixel came from as well."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from engines.erase.exemplar import layouts, membrane, peeling, pyramid, synthesis
from engines.erase.exemplar.layouts import Run, Sight
from engines.erase.exemplar.pyramid import COLOUR, MOST, Level
from engines.erase.exemplar.synthesis import Canvas
from engines.erase.exemplar.workers import Workers
from engines.pictures import Box
from engines.runtime import CPU
from homespun.progress import Progress

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]

MARGIN = 1.0
"""Surroundings on every side, in longer sides of the hole's box; at least and at most the pixels below."""

LEAST, MOST_MARGIN = 96, 640

SWEEPS = (2, 3, 4)
"""Passes of search a round, by level from full size on."""

REACH = (4, 8, 16)
"""Farthest probe by level, from full size on: the finer, the better the field that it begins with."""

CERTAIN = 0.9
"""How sure a direction must be to be gone by whatever the surroundings are like."""

TRUSTED = 0.75
"""How sure it must be to be the only layout that is tried."""

LIKELY = 0.5
"""How sure it must be to hold sources near its lines where it is one layout of several."""

OFF_LINE = 0.3
"""Cost of a source one pixel off the direction that the surroundings run in, in patches that differ by 2 % everywhere."""

COST = 1e6
"""Patch costs are told in this unit: the squared distance of two patches that differ by 6 % everywhere."""

EASY = 0.5
"""Mean patch cost at the smallest size, in `COST`, up to which the surroundings are as good as all alike: any source will do."""

DEEP = 3
"""Halvings from which a hole is deep (over 12 pixels to its edge), so that its middle is not decided by its edges."""

NEAR = 2.0
"""Cost of a source one length of the hole above or below its target, in mean patch costs (less `EASY`); twice that at most."""

SIDEWAYS = 0.4
"""What a pixel sideways counts beside one up or down, squared: photos are upright, so what is level with a hole is like it."""

FADING = 0.6
"""Share of that cost that is left at each finer size: there it would keep nearby texture from being varied."""

MUDDY = 0.4
"""Exponent by which a layout's cost grows for a texture unlike that of the hole's edge, each doubling counting."""


@dataclass(frozen=True)
class Synthesis:
    """A filled photo; `sources` int32 (M, 2), row and column each hole pixel (raster order) was copied from; the `layout`
    that won, and its `strain`: the distance of its patches to their sources near the coarsest size; `patches` False when there was nothing to copy and the hole was filled smoothly."""

    photo: Floats
    sources: Ints
    layout: str
    run: Run
    strain: float = 0.0
    patches: bool = True


@dataclass(frozen=True)
class Effort:
    """How one hole went: its `pixels`, how unlike its patches are to their sources (`strain`), whether there were any."""

    pixels: int
    strain: float
    patches: bool


class Exemplar:
    """Fills holes with patches of their surroundings. The same input gives the same bytes; the seed plays no part."""

    name = "exemplar"
    channels = frozenset({1, 2, 3, 4})
    ran_on = (CPU, "")
    """As `OnePass` tells it."""

    def __init__(self) -> None:
        self.efforts: list[Effort] = []

    def crop(self, box: Box, size: tuple[int, int]) -> Box:
        """The hole's box with as much on every side as it is long, but so that most of the crop is known, if it can be."""
        margin = min(max(LEAST, round(MARGIN * max(box.width, box.height))), MOST_MARGIN)
        wide = box.grown(margin).within(*size)
        while box.width * box.height > 0.6 * wide.width * wide.height and (wide.width, wide.height) != size:
            margin *= 2
            wide = box.grown(margin).within(*size)
        return wide

    def fill(self, photo: Floats, hole: Mask, *, seed: int, progress: Progress) -> Floats:
        """The photo (float32 (H, W, C) in [0, 1], C from 1 to 4) with `hole` (bool (H, W)) filled; raises `Cancelled`."""
        del seed  # nothing here is left to chance
        done = synthesise(photo, hole, progress)
        self.efforts.append(Effort(int(np.count_nonzero(hole)), done.strain, done.patches))
        return done.photo


def synthesise(photo: Floats, hole: Mask, progress: Progress, *, texture: float = pyramid.TEXTURE) -> Synthesis:
    """Fill `hole`, coarse to fine; where the hole leaves no patch to copy, smoothly. Raises `Cancelled`.

    `texture` is the weight of texture beside colour when patches are compared.
    """
    run = Run(0.0, 0.0)
    if not hole.any() or hole.all():
        return Synthesis(photo.copy(), np.zeros((0, 2), np.int32), "none", run, patches=False)
    progress.report(0, 1, "filling")
    with Workers(progress) as workers:
        levels = pyramid.build(_coloured(photo), hole, workers, weight=texture)
        while levels and not synthesis.allowed_in(levels[-1].hole).any():  # too small for a whole patch beside the hole
            levels.pop()
        if not levels:
            smooth = pyramid.pull_push(np.where(hole[..., None], 0, photo).astype(np.float32), ~hole)
            return Synthesis(smooth, np.zeros((0, 2), np.int32), "smooth", run, patches=False)
        workers.expect(_work(levels))
        sight = layouts.look(levels[-1], workers)
        run = layouts.running(levels, sight, workers)
        start = _best_start(levels, sight, run, workers)
        art, taken = start.art, start.taken
        for number in reversed(range(start.level)):
            art, taken = _finer(levels, number, art, start.leans, workers)
        rows, columns = art.hole_rows, art.hole_columns
        filled = photo.copy()
        filled[rows, columns] = photo[taken[:, 0], taken[:, 1]]
        part, more = membrane.correction(photo, art, workers, reach=membrane.reach(levels[0], texture))
        inside = hole[part]
        filled[part][inside] = np.clip(filled[part][inside] + more[inside], 0, 1)
    return Synthesis(filled, taken, start.name, run, start.cost / COST)


@dataclass(frozen=True)
class _Start:
    """A layout carried through the smallest sizes: how far it got, and what it costs there; `leans` (`kernels`) by level."""

    name: str
    level: int
    art: Canvas
    taken: Ints
    leans: list[Floats]
    cost: float


def _best_start(levels: list[Level], sight: Sight, run: Run, workers: Workers) -> _Start:
    """The layout to go on with: along `run` when that is sure; amid things of many kinds what grows in from the edges, from
    sources near by; else the one of `layouts.guesses` whose patches fit best two levels down."""
    guesses = layouts.guesses(levels[-1], sight)
    freely = [synthesis.FREELY] * len(levels)
    along = _along(run, len(levels)) if run.sure > LIKELY else freely

    def start(name: str, guess: Floats, leans: list[Floats]) -> _Start:
        return _carried(levels, name, _settled(levels[-1], guess, leans[-1], workers), leans, workers)

    if run.sure > CERTAIN:
        return start("along", guesses["along"], along)
    smooth = _settled(levels[-1], guesses["smooth"], freely[-1], workers)
    strain = float((smooth[0].costs * smooth[0].whole).mean()) - EASY * COST
    if strain > 0 and len(levels) > DEEP and _few(smooth[0]):
        near = _near(levels, strain)
        if run.sure > TRUSTED:
            return start("along", guesses["along"], near)
        return start("peeled", peeling.peeled(levels[-1], smooth[0].allowed, near[-1], workers), near)
    if run.sure > TRUSTED:
        return start("along", guesses["along"], along)
    tasks = [
        partial(_carried, levels, "smooth", smooth, freely, workers),
        partial(start, "along", guesses["along"], along),
        partial(start, "across", guesses["across"], freely),
        partial(start, "woven", guesses["woven"], freely),
    ]
    return min(workers.side_by_side(tasks), key=lambda one: one.cost)


def _few(art: Canvas) -> bool:
    """Whether all pairs of hole pixel and source can be looked at in a moment."""
    return len(art.hole_rows) * int(np.count_nonzero(art.allowed)) <= synthesis.EXHAUSTIVE


def _settled(level: Level, guess: Floats, lean: Floats, workers: Workers) -> tuple[Canvas, Ints]:
    """The smallest size, begun with `guess` (M, F)."""
    art = synthesis.canvas(level, workers)
    art.lean = lean
    art.paint(np.clip(np.rint(guess * COLOUR), -MOST, MOST).astype(np.int16))
    synthesis.first_field(art, workers)
    return art, synthesis.settle(art, workers, rounds=synthesis.ROUNDS[-1], sweeps=4, whole=2)


def _carried(
    levels: list[Level], name: str, settled: tuple[Canvas, Ints], leans: list[Floats], workers: Workers
) -> _Start:
    """What was settled at the smallest size, one size finer, where there is one."""
    top = len(levels) - 1
    art, taken = settled
    if top > 0:
        top -= 1
        art, taken = _finer(levels, top, art, leans, workers)
    return _Start(name, top, art, taken, leans, _cost(art, workers))


def _finer(
    levels: list[Level], number: int, above: Canvas, leans: list[Floats], workers: Workers
) -> tuple[Canvas, Ints]:
    """The next level, begun with the field and colours of the one above."""
    art = synthesis.canvas(levels[number], workers)
    art.lean = leans[number]
    synthesis.descend(art, above, workers)
    taken = synthesis.settle(
        art, workers, rounds=_rounds(number), sweeps=SWEEPS[min(number, 2)], whole=1, radius=REACH[min(number, 2)]
    )
    return art, taken


def _rounds(number: int) -> int:
    return synthesis.ROUNDS[min(number, len(synthesis.ROUNDS) - 1)]


def _cost(art: Canvas, workers: Workers) -> float:
    """Mean distance of all patches to their sources, dearer where the texture is not that of the hole's edge."""
    synthesis.measure(art, workers, synthesis.FREELY)
    hole = art.level.hole
    edge = art.level.smooth[hole][:, -2:].sum(1)
    own = art.pixels()[:, -2:].sum(1) / COLOUR
    unlike = float(np.abs(np.log2((np.maximum(own, 0) + 0.02) / (np.maximum(edge, 0) + 0.02))).mean())
    return float((art.costs * art.whole).mean() * 2.0 ** (MUDDY * unlike))


def _along(run: Run, many: int) -> list[Floats]:
    """For each level, sources held near the lines of `run`."""
    each = run.sure * OFF_LINE * 245 * (0.02 * COLOUR) ** 2
    return [np.array([np.cos(run.angle), -np.sin(run.angle), each, 20 * each, 0], np.float32)] * many


def _near(levels: list[Level], strain: float) -> list[Floats]:
    """For each level, sources held near their targets, above all in height."""
    leans = []
    for number, level in enumerate(levels):
        cost = NEAR * strain * FADING ** (len(levels) - 1 - number)
        ys, xs = np.nonzero(level.hole)
        length = max(int(np.ptp(ys)), int(np.ptp(xs))) + 1
        leans.append(np.array([1, 0, cost / length, 2 * cost, SIDEWAYS], np.float32))
    return leans


def _coloured(photo: Floats) -> Floats:
    """Grey as three channels, so that the quick kernels see it and it weighs as much as colour beside texture."""
    if photo.shape[2] > 2:
        return photo
    return np.concatenate([photo[..., :1]] * 3 + [photo[..., 1:]], axis=2)


def _work(levels: list[Level]) -> float:
    """About how many visits of targets the sweeps will make; layouts tried beside the first count a quarter each."""
    visits = [1.3 * float(level.hole.sum()) * _rounds(n) * SWEEPS[min(n, 2)] for n, level in enumerate(levels)]
    return sum(visits) + 4 * sum(visits[-2:])
