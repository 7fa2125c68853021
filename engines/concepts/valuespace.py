"""AdaVD: taking a concept's direction out of the values of cross-attention (arXiv 2412.06143), token by token, layer by layer.

Keys say where, values say what: so only values change. A concept's target is the value of its last token, the same for every
token but the first, which is never touched. `remove` is ours: the prompt's own row alone, an orthonormal basis of all
targets (true for any number of concepts), the shift held within 0 to 1. `paper_code` is what the public code computes, for
comparison. Dot products are in float64: those of 1,280 entries leave the range of half floats.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engines.concepts.coder import Floats

Wide = NDArray[np.float64]

OPEN = 0.5
"""The shift from which a direction is taken out of a token."""

SAME = 1e-3
"""A direction is dropped when less than this share of the largest is left of it: it is a near-duplicate."""

NOTHING = 1e-6
"""What is left of a row relative to its length when all of it lay in the targets: rounding, so it becomes 0."""


@dataclass(frozen=True)
class Shift:
    """How strongly a token is changed, by its cosine x with the target: scale / (1 + exp(-steepness (x - middle))).

    `most` holds it: 1 removes, and 2 would turn a component round. The middle .86 is what the paper code's .93 means once
    the unconditional row is left out; it wants measuring for each network.
    """

    middle: float = 0.86
    steepness: float = 50.0
    scale: float = 2.0
    most: float = 1.0

    def of(self, cosine: Wide, middles: Wide | None = None) -> Wide:
        """The shift for each cosine, without overflow anywhere; `middles`, where given, are those of the last axis."""
        x = self.steepness * (cosine - (self.middle if middles is None else middles))
        grown = np.exp(-np.abs(x))
        held: Wide = np.minimum(self.scale * np.where(x >= 0, 1.0, grown) / (1.0 + grown), self.most)
        return held


OVERSTEER = Shift(most=2.0)
"""The public demo's scale of 2 without a hold: at cosine 1 the component is reflected instead of removed."""

PAPER = Shift(middle=0.93, steepness=100.0, scale=2.0, most=2.0)


def remove(
    values: Floats,
    targets: Floats,
    widths: Sequence[int],
    shift: Shift | None = Shift(),
    strengths: Sequence[float] | None = None,
    middles: Sequence[float] | None = None,
) -> Floats:
    """`values` [T, W] without the `targets` [n, W] where the gate is open; the same object when it opens nowhere.

    W is the sum of `widths`, one for each layer; layers don't know of each other, as their norms differ. Without a `shift`
    every target is taken out of every token whole. `strengths` [n], 0 to 1, say how much of each goes at most; of several
    in one token the largest counts. `middles` [n] are the shift's, a target each. Row 0 stays as it is.
    """
    shares = np.ones(len(targets)) if strengths is None else np.asarray(strengths, np.float64)
    gates = None if middles is None else np.asarray(middles, np.float64)
    if not len(targets):
        return values
    result: Floats | None = None
    for layer in _layers(widths):
        before = values[1:, layer].astype(np.float64)
        after = _without(before, targets[:, layer].astype(np.float64), shift, shares, gates)
        if after is not before:
            if result is None:
                result = values.copy()
            result[1:, layer] = after
    return values if result is None else result


def _without(values: Wide, targets: Wide, shift: Shift | None, shares: Wide, gates: Wide | None) -> Wide:
    """One layer: [T, w] and [n, w]; the same object when nothing is to be done."""
    cosine = similarities(values, targets)
    delta = np.ones_like(cosine) if shift is None else shift.of(cosine, gates)
    delta[:, ~targets.any(axis=1)] = 0.0
    opened = (delta >= OPEN) & (shares > 0)
    if not opened.any():
        return values
    result = values.copy()
    for pattern in np.unique(opened, axis=0):
        if not pattern.any():
            continue
        rows = np.flatnonzero((opened == pattern).all(axis=1))
        directions = basis(targets[pattern])
        inside = values[rows] @ directions.T @ directions
        factor = (delta * shares)[rows][:, pattern].max(axis=1, keepdims=True)
        left = values[rows] - factor * inside
        gone = (np.linalg.norm(left, axis=1) <= NOTHING * np.linalg.norm(values[rows], axis=1)) & (factor[:, 0] == 1)
        left[gone] = 0.0
        result[rows] = left
    return result


def similarities(values: Wide, targets: Wide) -> Wide:
    """The cosine of each of `values` [T, w] with each of `targets` [n, w]: [T, n], 0 where either is zero."""
    lengths = np.linalg.norm(values, axis=1)[:, None] * np.linalg.norm(targets, axis=1)[None]
    found: Wide = np.divide(values @ targets.T, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return found


def closest(values: Floats, target: Floats, widths: Sequence[int]) -> float:
    """The largest cosine of a token's value with the target's, over the tokens after the first and all layers."""
    wide, one = values[1:].astype(np.float64), target[None].astype(np.float64)
    return max(float(similarities(wide[:, layer], one[:, layer]).max()) for layer in _layers(widths))


def basis(targets: Wide) -> Wide:
    """Orthonormal rows that span the `targets` [n, w], near-duplicates and zeros left out: a QR that pivots.

    Lengths and signs of targets don't matter, nor does their order, but for which of two near-duplicates is left out.
    """
    lengths = np.linalg.norm(targets, axis=1, keepdims=True)
    left = np.divide(targets, lengths, out=np.zeros_like(targets), where=lengths > 0)
    found: list[Wide] = []
    while len(found) < min(targets.shape):
        pivots = np.linalg.norm(left, axis=1)
        place = int(pivots.argmax())
        if pivots[place] < SAME:  # the largest pivot is 1: all were made that long
            break
        direction = left[place] / pivots[place]
        for other in found:  # once more against all, or rounding adds up
            direction = direction - (direction @ other) * other
        direction /= np.linalg.norm(direction)
        found.append(direction)
        left = left - np.outer(left @ direction, direction)
    return np.array(found).reshape(len(found), targets.shape[1])


def paper_code(
    conditional: Floats, unconditional: Floats, targets: Floats, widths: Sequence[int], shift: Shift | None = PAPER
) -> tuple[Floats, Floats]:
    """What the public code computes, as far as it could be read: both rows of guidance as one vector twice as long.

    So a conditional value that has nothing of the target still loses half its projection, and the unconditional row changes
    too; from the third concept on its Gram-Schmidt, which projects on raw vectors, leaves a part of them. `conditional` and
    `unconditional` are [T, W], `targets` [n, W]; returned are the same two, changed.
    """
    results = conditional.copy(), unconditional.copy()
    for layer in _layers(widths):
        neutral = unconditional[1:, layer].astype(np.float64)
        values = np.concatenate([neutral, conditional[1:, layer].astype(np.float64)], axis=1)
        wide = neutral.shape[1]
        for row, value in enumerate(values):
            raw = [np.concatenate([neutral[row], one]) for one in targets[:, layer].astype(np.float64)]
            joint = np.zeros_like(value)
            for number, one in enumerate(raw):
                direction = one - sum((_share(one, earlier) * earlier for earlier in raw[:number]), np.zeros_like(one))
                joint += _share(value, direction) * direction
            delta = 1.0 if shift is None else float(shift.of(similarities(value[None], joint[None]))[0, 0])
            left = value - delta * joint
            results[1][row + 1, layer], results[0][row + 1, layer] = left[:wide], left[wide:]
    return results


def _share(value: Wide, direction: Wide) -> float:
    """How much of `direction` is in `value`; 0 for a direction of length 0."""
    squared = float(direction @ direction)
    return float(value @ direction) / squared if squared > 0 else 0.0


def _layers(widths: Sequence[int]) -> Iterator[slice]:
    """Where each layer's columns are."""
    first = 0
    for width in widths:
        yield slice(first, first + width)
        first += width
