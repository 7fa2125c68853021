"""Whether a device computes the same as the processor: the inputs that tell, and how close the outputs must be.

The gates are those of the dispatch design (§6.4), where right outputs lay between 50 and 82 dB and wrong ones at 13.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models import Task

PSNR_FLOAT = 50.0
PSNR_QUANTISED = 45.0
PSNR_SAME = 200.0
"""Decibels that stand for "no difference at all"."""

STEADIER = 6.0
"""Decibels by which two runs on the same input must be closer to each other than to the processor."""

COSINE = 0.999
NEIGHBOURS = 10
QUERIES = 10
SAME_NEIGHBOURS = 9
"""Of ten queries, so many must find the same ten sentences."""

LEAST_EFFECT, MOST_EFFECT = 0.5, 2.0
SAME_EFFECT = 0.9
"""What another text changes in a diffusion network's answer must be so strong, as a share of the right change, and point where
that points (cosine). A published NPU file kept a nineteenth of it, with outputs that looked right (`diffusion.md` §2.3)."""

VECTORS = frozenset({Task.SENTENCE_VECTORS, Task.IMAGE_TEXT_VECTORS, Task.FILL_BY_WORDS})
"""Tasks whose outputs are directions, or latents, which diffusion takes as such."""

Outputs = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Parity:
    """Whether outputs are close enough: `value` of `measure`, where `least` is asked for, and a sentence."""

    passed: bool
    measure: str
    value: float
    least: float
    text: str


def compare(
    task: Task, reference: Sequence[Outputs], got: Sequence[Outputs], *, quantised: bool, pairs: bool = False
) -> Parity:
    """Hold `got` against the processor's `reference`, sample by sample as `samples` made them.

    Where the reference is the same twice, `got` must be too (a device that doesn't repeat itself can't be trusted). With
    `pairs` (`in_pairs`) the first four are two pairs, and what differs within a pair must differ alike.
    """
    if task in VECTORS:
        measure, least = "cosine", COSINE
    else:
        measure, least = "PSNR dB", PSNR_QUANTISED if quantised else PSNR_FLOAT
    fault = _fault(reference, got)
    if fault:
        return Parity(False, measure, 0.0, least, fault)
    value, worst = _cosine(reference, got) if task in VECTORS else _psnr(reference, got)
    told = f"{measure.split()[0]} is {value:.5g} at worst ({worst}); at least {least:g} is asked for."
    if value < least:
        return Parity(False, measure, value, least, told)
    fault = _unsteady(task, reference, got, least)
    if not fault and task == Task.SENTENCE_VECTORS:
        fault = _other_neighbours(reference, got)
    if not fault and pairs:
        fault = _other_effect(reference, got)
    return Parity(not fault, measure, value, least, f"{fault} {told}" if fault else told)


def black_or_nan(outputs: Outputs, inputs: Outputs | None = None) -> bool:
    """Whether something is plainly wrong: not a number anywhere, nothing finite, or one value all over.

    One value is right for `inputs` that hold one value each. Cheap enough for each call: two passes over each output.
    """
    flat = inputs is not None and all(_constant(array) for array in inputs.values())
    for array in outputs.values():
        if not array.size or array.dtype.kind not in "fiu":
            continue
        low, high = array.min(), array.max()
        if array.dtype.kind == "f" and (math.isnan(low) or math.isnan(high) or (math.isinf(low) and low == high)):
            return True
        if not flat and array.size > FEW and low == high:
            return True
    return False


FEW = 16
"""Outputs of no more numbers (a class, a score) may well be one value."""


def _constant(array: NDArray[Any]) -> bool:
    return not array.size or bool(array.min() == array.max())


def _fault(reference: Sequence[Outputs], got: Sequence[Outputs]) -> str:
    """What is wrong without measuring anything."""
    if not reference or len(reference) != len(got):
        return f"There are {len(got)} outputs for {len(reference)} samples."
    for number, (right, mine) in enumerate(zip(reference, got, strict=True), 1):
        if right.keys() != mine.keys():
            return f"Sample {number} has the outputs {', '.join(sorted(mine))}, not {', '.join(sorted(right))}."
        for name, wanted in right.items():
            array = mine[name]
            if array.shape != wanted.shape or array.dtype != wanted.dtype:
                return f"{name} is {array.dtype} {list(array.shape)}, not {wanted.dtype} {list(wanted.shape)}."
            if array.dtype.kind == "f" and not np.isfinite(array[np.isfinite(wanted)]).all():
                return f"{name} of sample {number} holds values that are not numbers."
            if _constant(array) and array.size > FEW and _varies(wanted):
                return f"{name} of sample {number} is one value all over."
    return ""


def _varies(array: NDArray[Any]) -> bool:
    """Whether an output holds more than rounding around one value."""
    low, high = float(array.min()), float(array.max())
    return high - low > 1e-3 * max(abs(low), abs(high), 1e-6)


def _psnr(reference: Sequence[Outputs], got: Sequence[Outputs]) -> tuple[float, str]:
    """The least peak signal-to-noise ratio of any output of any sample."""
    found = []
    for name in reference[0]:
        spans = _spans([right[name] for right in reference])
        for number, (right, mine, span) in enumerate(zip(reference, got, spans, strict=True), 1):
            found.append((psnr(right[name], mine[name], span), f"{name} of sample {number}"))
    return min(found)


def _spans(arrays: Sequence[NDArray[Any]]) -> list[float]:
    """The range of each output, and at least that of the first: what becomes of a black picture has none to speak of."""
    spans = []
    for array in arrays:
        finite = array[np.isfinite(array)] if array.dtype.kind == "f" else array
        spans.append(float(finite.max()) - float(finite.min()) if finite.size else 0.0)
    return [max(span, spans[0] or max(spans)) for span in spans]


def psnr(right: NDArray[Any], mine: NDArray[Any], span: float) -> float:
    """Peak signal-to-noise ratio in decibels, where the peak is `span`; 200 where nothing differs."""
    one, other = right.astype(np.float64).ravel(), mine.astype(np.float64).ravel()
    finite = np.isfinite(one)
    error = float(np.sqrt(np.mean((one[finite] - other[finite]) ** 2))) if finite.any() else 0.0
    if error == 0:
        return PSNR_SAME
    return min(PSNR_SAME, 20 * math.log10(span / error)) if span > 0 else 0.0


def rows(array: NDArray[Any], task: Task) -> NDArray[np.float64]:
    """An output as directions: one row a sentence or picture; of a vector a token, their mean; else one row in all."""
    wide = array.astype(np.float64)
    if task == Task.FILL_BY_WORDS or wide.ndim < 2:
        return wide.reshape(1, -1)
    return wide.mean(axis=1) if wide.ndim == 3 else wide.reshape(len(wide), -1)


def cosines(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """The cosine of the angle between each row and its twin; 1 for two rows of zeros, 0 for one."""
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    both_zero = ~one.any(axis=1) & ~other.any(axis=1)
    return np.where(both_zero, 1.0, (one * other).sum(axis=1) / np.where(lengths > 0, lengths, 1.0))


def _cosine(reference: Sequence[Outputs], got: Sequence[Outputs]) -> tuple[float, str]:
    found = []
    for number, (right, mine) in enumerate(zip(reference, got, strict=True), 1):
        for name, wanted in right.items():
            task = Task.SENTENCE_VECTORS if wanted.ndim in {2, 3} else Task.FILL_BY_WORDS
            value = cosines(rows(wanted, task), rows(mine[name], task)).min()
            found.append((float(value), f"{name} of sample {number}"))
    return min(found)


def _unsteady(task: Task, reference: Sequence[Outputs], got: Sequence[Outputs], least: float) -> str:
    """What differs between two runs on the same input."""
    seen: dict[tuple[bytes, ...], int] = {}
    for number, right in enumerate(reference):
        key = tuple(right[name].tobytes() for name in sorted(right))
        first = seen.setdefault(key, number)
        if first == number:
            continue
        for name in right:
            one, other = got[first][name], got[number][name]
            if task in VECTORS:
                steady = cosines(rows(one, Task.FILL_BY_WORDS), rows(other, Task.FILL_BY_WORDS)).min() >= COSINE
            else:
                steady = psnr(one, other, _spans([each[name] for each in reference])[number]) >= least + STEADIER
            if not steady:
                return f"{name} is not the same twice for the same input."
    return ""


def _other_effect(reference: Sequence[Outputs], got: Sequence[Outputs]) -> str:
    """What is wrong with how much, and where to, another text changes the answer; "" for nothing."""
    for first in range(0, min(4, len(got)) - 1, 2):
        for name in reference[first]:
            right = (reference[first + 1][name].astype(np.float64) - reference[first][name]).ravel()
            mine = (got[first + 1][name].astype(np.float64) - got[first][name]).ravel()
            strength = float(np.linalg.norm(mine) / max(float(np.linalg.norm(right)), 1e-30))
            alike = float(mine @ right / max(float(np.linalg.norm(mine) * np.linalg.norm(right)), 1e-30))
            if not LEAST_EFFECT <= strength <= MOST_EFFECT or alike < SAME_EFFECT:
                return (
                    f"Another text changes {name} {strength:.2g} times as much as it should (cosine {alike:.2f}): prompts "
                    "would be followed wrongly."
                )
    return ""


def _other_neighbours(reference: Sequence[Outputs], got: Sequence[Outputs]) -> str:
    """Whether queries find other sentences; for samples that begin with `samples.SENTENCES` and then the queries."""
    from engines.runtime.proof.inputs import sentences

    texts, queries = sentences()
    for name in reference[0]:
        sides = [
            np.concatenate([rows(each[name], Task.SENTENCE_VECTORS) for each in side]) for side in (reference, got)
        ]
        if len(sides[0]) < len(texts) + len(queries):
            continue
        right, mine = (_nearest(side[: len(texts)], side[len(texts) :][: len(queries)]) for side in sides)
        same = sum(one == other for one, other in zip(right, mine, strict=True))
        if same < SAME_NEIGHBOURS:
            return f"Only {same} of {len(queries)} queries find the same {NEIGHBOURS} sentences."
    return ""


def _nearest(texts: NDArray[np.float64], queries: NDArray[np.float64]) -> list[frozenset[int]]:
    lengths = np.linalg.norm(texts, axis=1)
    scores = queries @ (texts / np.where(lengths > 0, lengths, 1.0)[:, None]).T
    return [frozenset(map(int, np.argsort(-row, kind="stable")[:NEIGHBOURS])) for row in scores]
