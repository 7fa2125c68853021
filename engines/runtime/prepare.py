"""Fixed shapes for devices that need them: inputs cut or padded to a bucket, outputs put together again.

A bucket is one set of sizes for a model's free dimensions, named by the catalogue (`static`). What a device runs is
always of a bucket's size; what goes in and comes out of a session is of the caller's.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.runtime.contract import Port

Bucket = Mapping[str, int]

ROWS = "batch"
"""The name of the dimension whose items don't know of each other: it may be cut anywhere."""

TIMES = re.compile(r"(?:(\d+)\*)?(.+)")


@dataclass(frozen=True)
class Rules:
    """What a model allows besides runs of exactly a bucket's size.

    `pads` are dimensions that may be filled up with zeros without changing what the rest becomes (words that a mask
    hides). `halo` > 0 says of all the others that the caller doesn't look at outputs that see less than `halo` items
    from the border: they may be filled up, and longer ones cut into pieces that overlap by twice as much.
    """

    pads: frozenset[str] = frozenset()
    halo: int = 0


@dataclass(frozen=True)
class Span:
    """A piece of one dimension: it reads from `start` on, and `first` to `last` (exclusive) of the whole is kept."""

    start: int
    first: int
    last: int


def sizes_of(ports: Sequence[Port], arrays: Mapping[str, NDArray[Any]]) -> dict[str, int]:
    """The size of every named dimension, as the (checked) arrays have it."""
    return {
        name: size
        for port in ports
        for name, size in zip(port.shape, arrays[port.name].shape, strict=True)
        if isinstance(name, str)
    }


def pieces(sizes: Mapping[str, int], bucket: Bucket, rules: Rules) -> dict[str, list[Span]] | None:
    """How each dimension is cut so that every piece fits `bucket`; None when it can't be done exactly."""
    if set(sizes) != set(bucket):
        return None
    found = {}
    for name, size in sizes.items():
        spans = _spans(name, size, bucket[name], rules)
        if spans is None:
            return None
        found[name] = spans
    return found


def _spans(name: str, size: int, most: int, rules: Rules) -> list[Span] | None:
    if size == most or (size < most and name in rules.pads):
        return [Span(0, 0, size)]
    if name == ROWS:
        return [Span(start, start, min(size, start + most)) for start in range(0, size, most)]
    if name in rules.pads or not rules.halo:
        return None
    if size < most:
        return [Span(0, 0, size)]
    core = most - 2 * rules.halo
    if core <= 0:
        return None
    starts = [min(number * core, size - most) for number in range(math.ceil((size - most) / core) + 1)]
    inner = [start + rules.halo for start in starts[1:]]
    return [Span(start, first, last) for start, first, last in zip(starts, [0, *inner], [*inner, size], strict=True)]


def runs(cut: Mapping[str, Sequence[Span]]) -> int:
    """How many runs of the bucket the cut takes."""
    return math.prod(len(spans) for spans in cut.values())


def windows(cut: Mapping[str, Sequence[Span]]) -> Iterator[dict[str, Span]]:
    """Every combination of pieces: one run each."""
    names = list(cut)
    for spans in itertools.product(*cut.values()):
        yield dict(zip(names, spans, strict=True))


def cut_out(
    ports: Sequence[Port], arrays: Mapping[str, NDArray[Any]], window: Mapping[str, Span], bucket: Bucket
) -> dict[str, NDArray[Any]]:
    """The inputs of one run, of exactly `bucket`'s sizes: what the arrays don't have is 0."""
    found = {}
    for port in ports:
        array = arrays[port.name]
        wanted = tuple(bucket[size] if isinstance(size, str) else size for size in port.shape)
        part = array[
            tuple(
                slice(window[size].start, window[size].start + bucket[size]) if isinstance(size, str) else slice(None)
                for size in port.shape
            )
        ]
        if part.shape != wanted:
            filled = np.zeros(wanted, array.dtype)
            filled[tuple(slice(0, length) for length in part.shape)] = part
            part = filled
        found[port.name] = np.ascontiguousarray(part)
    return found


def factor(size: int | str, names: Mapping[str, int]) -> tuple[int, str] | None:
    """How an output's dimension follows from an input's: `2*height` → (2, height); None where it doesn't."""
    if isinstance(size, str) and (match := TIMES.fullmatch(size)) and match[2] in names:
        return int(match[1] or 1), match[2]
    return None


def follows(ports: Sequence[Port], bucket: Bucket) -> bool:
    """Whether every dimension of the outputs is fixed or follows from one of `bucket`'s: else nothing can be put together."""
    return all(isinstance(size, int) or factor(size, bucket) for port in ports for size in port.shape)


def new_outputs(ports: Sequence[Port], sizes: Mapping[str, int]) -> dict[str, NDArray[Any]]:
    """Room for the whole outputs. The ports must `follow`."""
    return {port.name: np.zeros(tuple(_length(size, sizes) for size in port.shape), port.dtype) for port in ports}


def _length(size: int | str, sizes: Mapping[str, int]) -> int:
    if isinstance(size, int):
        return size
    found = factor(size, sizes)
    assert found is not None
    return found[0] * sizes[found[1]]


def misshapen(ports: Sequence[Port], got: Mapping[str, NDArray[Any]], bucket: Bucket) -> str:
    """What is wrong with the names, dtypes or shapes of one run's outputs; empty when nothing is."""
    for port in ports:
        array = got.get(port.name)
        wanted = tuple(_length(size, bucket) for size in port.shape)
        if array is None or array.shape != wanted or array.dtype != port.dtype:
            told = "missing" if array is None else f"{array.dtype} {list(array.shape)}"
            return f"{port.name} is {told} where {port.dtype} {list(wanted)} was meant"
    return ""


def put_in(
    ports: Sequence[Port],
    whole: Mapping[str, NDArray[Any]],
    got: Mapping[str, NDArray[Any]],
    window: Mapping[str, Span],
) -> None:
    """Put the kept part of one run's outputs where it belongs."""
    for port in ports:
        into: list[slice] = []
        out_of: list[slice] = []
        for size in port.shape:
            followed = factor(size, window)  # type: ignore[arg-type]  # only the names count
            if followed is None:
                into.append(slice(None))
                out_of.append(slice(None))
            else:
                times, span = followed[0], window[followed[1]]
                into.append(slice(span.first * times, span.last * times))
                out_of.append(slice((span.first - span.start) * times, (span.last - span.start) * times))
        whole[port.name][tuple(into)] = got[port.name][tuple(out_of)]


def smallest(buckets: Sequence[Bucket], sizes: Mapping[str, int], rules: Rules) -> list[Bucket]:
    """The buckets that can take inputs of `sizes`, the one with the least work first."""
    able = [(cut, bucket) for bucket in buckets if (cut := pieces(sizes, bucket, rules)) is not None]
    able.sort(key=lambda one: (runs(one[0]) * math.prod(one[1].values()), runs(one[0])))
    return [bucket for _, bucket in able]


def shown(bucket: Bucket) -> str:
    """A bucket in a few signs: `height=256 width=256`."""
    return " ".join(f"{name}={size}" for name, size in sorted(bucket.items()))
