"""The measures of the evaluation, on what the picture network would be told: proxies, named so, for what pictures would show.

All look at values, since every method reaches them; keys, which the closed form changes too, are not looked at. Nothing
here saw a picture: that a proxy follows pictures is to be shown once trained weights are at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.concepts.encoders import Floats
from benchmarks.concepts.grammar import Prompt, Sets
from benchmarks.concepts.methods import Bench, Say, Threshold, Told
from engines.concepts import surgery

TINY = 1e-9

RESAMPLES = 1000

SEEN = 0.1
"""Strength above that of saying nothing from which a prompt can show whether a target went."""


def still_there(bench: Bench, target: str, told: Told, found: Threshold) -> float:
    """How strongly the target is in the values, 0 to 1: the guard's own biopsy, on values, averaged over the layers.

    Their map is linear, so a threshold that was found on encodings is used for values too.
    """
    direction, tokens = bench.difference(target), bench.coder.chunks(told.prompt)[0].tokens
    rows = surgery.content_rows(tokens, len(told.v)) if found.measured else slice(None)
    scores, first = [], 0
    for width in bench.side.widths:
        layer = slice(first, first + width)
        scores.append(surgery.biopsy(told.v[:, layer], direction[:, layer], rows))
        first += width
    return surgery.strength(mean(scores), found.value)


def efficacy(bench: Bench, target: str, prompt: str, told: Told, found: Threshold) -> float | None:
    """How much of the target's strength went, 0 to 1: 0 where nothing was done, 1 where as little is left as in saying nothing.

    None for a prompt in which the biopsy sees no more of the target than in nothing: it can't show what went.
    """
    before = still_there(bench, target, bench.untouched(prompt), found)
    nothing = still_there(bench, target, bench.untouched(""), found)
    if before - nothing < SEEN:
        return None
    return float(np.clip((before - still_there(bench, target, told, found)) / (before - nothing), 0.0, 1.0))


def changed(bench: Bench, prompt: str, told: Told) -> float:
    """How far the values were moved, 0 to 1, in lengths of what the prompt says at all. 1 = it says nothing any more."""
    before, neutral = bench.values(prompt), bench.values("")
    whole = float(np.linalg.norm(before - neutral))
    return min(1.0, float(np.linalg.norm(told.v - before)) / whole) if whole > TINY else 0.0


def attribute_seen(bench: Bench, prompt: Prompt, told: Told) -> tuple[float, float]:
    """How near an attribute of a pair's first thing is to the second's own token, before and after: two cosines."""
    attribute = prompt.things[0].attributes[0]
    coder, neutral = bench.coder, bench.values("")
    direction = bench.difference(attribute)[coder.subject(attribute)]

    def near(text: str, values: Floats) -> float:
        row = coder.subject(text)
        state = values[row] - neutral[row]
        length = float(np.linalg.norm(state) * np.linalg.norm(direction))
        return float(state @ direction) / length if length > TINY else 0.0

    return near(prompt.text, bench.values(prompt.text)), near(told.prompt, told.v)


@dataclass
class Measured:
    """One number a prompt for each measure of a method, over all targets."""

    gone: list[float]
    silent: list[float]
    sibling: list[float]
    attribute: list[float]
    far: list[float]
    leaked: list[float]
    same: list[float]

    @classmethod
    def empty(cls) -> Measured:
        """Nothing measured yet."""
        return cls([], [], [], [], [], [], [])

    def add(self, bench: Bench, target: str, around: Sets, say: Say, found: Threshold) -> None:
        """Measure one target."""
        gone = [efficacy(bench, target, each.text, say(each.text), found) for each in around.target]
        self.gone += [each for each in gone if each is not None]
        evading = (*around.described, *around.synonym, *around.parent)
        self.silent += [float(not say(each.text).fired) for each in evading]
        for into, around_it in (
            (self.sibling, around.sibling),
            (self.attribute, around.attribute),
            (self.far, around.far),
        ):
            into += [changed(bench, each.text, say(each.text)) for each in around_it]
        for each in around.pair:
            before, after = attribute_seen(bench, each, say(each.text))
            self.leaked.append(after - before)
        self.same += [float(say(each.text).same) for each in around.far]

    @property
    def neighbours(self) -> list[float]:
        """Change of everything that should have stayed."""
        return [*self.sibling, *self.attribute, *self.far]

    def auc(self) -> float:
        """How often a sibling is changed more than something far off, ties half: 0.5 = it doesn't matter how near it is."""
        near, far = np.array(self.sibling), np.array(self.far)
        if not len(near) or not len(far):
            return float("nan")
        return float((near[:, None] > far).mean() + 0.5 * (near[:, None] == far).mean())

    def overall(self) -> float:
        """The harmonic mean of efficacy, 1 - evasion and 1 - neighbour change."""
        return harmonic((mean(self.gone), 1 - mean(self.silent), 1 - middle(self.neighbours)))


def mean(values: Sequence[float] | NDArray[np.float64]) -> float:
    """The mean; nan of nothing."""
    return float(np.mean(values)) if len(values) else float("nan")


def middle(values: Sequence[float] | NDArray[np.float64]) -> float:
    """The median; nan of nothing."""
    return float(np.median(values)) if len(values) else float("nan")


def harmonic(values: Sequence[float]) -> float:
    """The harmonic mean of numbers from 0: 0 as soon as one of them is."""
    return len(values) / sum(1 / each for each in values) if all(each > 0 for each in values) else 0.0


def interval(
    values: Sequence[float], of: Callable[[NDArray[np.float64]], float] = mean, seed: int = 0
) -> tuple[float, float]:
    """The 95 % interval of a statistic by the bootstrap over prompts: a thousand resamples, the same ones every time."""
    if not values:
        return float("nan"), float("nan")
    found = np.asarray(values, np.float64)
    rng = np.random.Generator(np.random.Philox(seed))
    drawn = [of(found[rng.integers(0, len(found), len(found))]) for _ in range(RESAMPLES)]
    return float(np.percentile(drawn, 2.5)), float(np.percentile(drawn, 97.5))
