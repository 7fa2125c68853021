"""Inputs that show whether a device computes what it should: photos, masks, sentences, noise; the same at each call."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import models
from engines.runtime.contract import Port
from homespun.errors import NotFound
from models import Model, Task, Tensor

QUERIES = 10
"""The last lines of the file of sentences are queries."""

SIDE = 64
LENGTH = 32
"""Sizes of dimensions that nobody fixed: of pictures, and of anything else. The first dimension is 1 then."""

IDS = 1000
"""Numbers of word-pieces that are made up stay below this: every vocabulary has so many."""

CLIP_MEAN = (0.48145466, 0.4578275, 0.40821073)
CLIP_DEVIATION = (0.26862954, 0.26130258, 0.27577711)

GUIDED = frozenset({"sample", "timestep", "k", "v"})
"""The inputs of a diffusion network whose text comes as keys and values (`models.pipelines`)."""

TIMES = (981.0, 261.0)
HIDDEN = -1e4

Sample = dict[str, NDArray[Any]]


def samples(model: Model, file: str, inputs: Sequence[Port], shapes: Mapping[str, int]) -> list[Sample]:
    """Inputs for the graph in `file` of `model`, or a variant of it, each of the shapes that `inputs` and `shapes` say.

    Sentence encoders get sentences, then queries; graphs with a picture among their inputs a photo-like picture, black,
    white and noise; diffusion networks two latents, each with one text and with another; others noise.
    """
    same = {file, *(variant.of for variant in model.variants if variant.file == file)}
    tensors = {tensor.name: tensor for graph in model.graphs if graph.file in same for tensor in graph.inputs}
    sizes = {port.name: _shape(port, shapes) for port in inputs}
    made = _sentences(model, inputs, sizes) if model.task == Task.SENTENCE_VECTORS else []
    if in_pairs(inputs):
        made = _with_two_texts(inputs, sizes)
    if not made:
        kinds = {port.name: _kind(port, sizes[port.name], tensors.get(port.name)) for port in inputs}
        made = [
            {
                port.name: _filled(port, sizes[port.name], tensors.get(port.name), kinds[port.name], number)
                for port in inputs
            }
            for number in range(len(PICTURES))
        ]
    return made


def in_pairs(inputs: Sequence[Port]) -> bool:
    """Whether `samples` come in pairs that differ in their text alone: what it changes is what guidance works with."""
    return {port.name for port in inputs} >= GUIDED


def _with_two_texts(inputs: Sequence[Port], sizes: Mapping[str, tuple[int, ...]]) -> list[Sample]:
    """Early and late in a painting, each with two texts; late a quarter of the tokens is hidden from self-attention."""
    made = []
    for time, text in ((time, text) for time in range(len(TIMES)) for text in range(2)):
        sample = {}
        for port in inputs:
            shape = sizes[port.name]
            random = np.random.default_rng([14, time, text if port.name in {"k", "v"} else 0, *port.name.encode()])
            if port.name == "timestep":
                array = np.full(shape, TIMES[time])
            elif port.name.startswith("bias_"):
                array = np.zeros(shape)
                array[..., : time * shape[-1] // 4] = HIDDEN
            else:
                array = random.standard_normal(shape)
            sample[port.name] = array.astype(port.dtype)
        made.append(sample)
    return made


def _shape(port: Port, shapes: Mapping[str, int]) -> tuple[int, ...]:
    other = SIDE if len(port.shape) == 4 else LENGTH
    return tuple(
        size if isinstance(size, int) else shapes.get(size, 1 if place == 0 else other)
        for place, size in enumerate(port.shape)
    )


# Sentences


@cache
def sentences() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Forty plain sentences, and ten queries that mean one or another of them."""
    lines = Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").splitlines()
    return tuple(lines[:-QUERIES]), tuple(lines[-QUERIES:])


def _sentences(model: Model, inputs: Sequence[Port], sizes: Mapping[str, tuple[int, ...]]) -> list[Sample]:
    """All sentences, then all queries, as many at once as the first dimension holds; nothing without a tokenizer.

    Padded to the length of the graph, mask 0. The last batch is filled with its last sentence again.
    """
    first = inputs[0]
    try:
        file = models.locate(model.id).folder / "tokenizer.json"
    except NotFound:
        return []
    if not file.is_file() or any(len(sizes[port.name]) != 2 for port in inputs):
        return []
    from tokenizers import Tokenizer

    batch, length = sizes[first.name]
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.enable_truncation(length)
    tokenizer.no_padding()
    texts, queries = sentences()
    rules = model.text
    before, asking = (rules.passage_prefix, rules.query_prefix) if rules else ("", "")
    prefixed = [*(before + text for text in texts), *(asking + query for query in queries)]
    ids = [encoding.ids for encoding in tokenizer.encode_batch_fast(prefixed)]
    ids += [ids[-1]] * (-len(ids) % batch)
    made = []
    for start in range(0, len(ids), batch):
        numbers = np.zeros((batch, length), np.int64)
        mask = np.zeros((batch, length), np.int64)
        for row, each in enumerate(ids[start : start + batch]):
            numbers[row, : len(each)] = each
            mask[row, : len(each)] = 1
        made.append({port.name: _tokens(port.name, numbers, mask).astype(port.dtype) for port in inputs})
    return made


def _tokens(name: str, numbers: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.int64]:
    if "mask" in name.lower():
        return mask
    return np.zeros_like(numbers) if "type" in name.lower() or "segment" in name.lower() else numbers


# Pictures


def photo(height: int, width: int) -> NDArray[np.float64]:
    """Something like a photo: a sky, hills with edges, fine texture, a dark and a bright thing; (3, h, w) in 0..1."""
    random = np.random.default_rng(11)
    down, across = np.mgrid[0:height, 0:width]
    y, x = down / max(height, 2), across / max(width, 2)
    sky = np.stack([0.35 + 0.4 * y, 0.55 + 0.3 * y, 0.9 - 0.2 * y])
    ridge = 0.55 + 0.12 * np.sin(5 * x + 1) + 0.05 * np.sin(17 * x)
    grain = random.normal(0, 0.06, (height, width)) + 0.05 * np.sin(across * 1.3) * np.sin(down * 0.9)
    ground = np.stack([0.3 + 0.2 * x, 0.4 + 0.1 * y, 0.2 + 0.1 * x]) + grain
    picture = np.where(y > ridge, ground, sky)
    picture = np.where((x - 0.25) ** 2 + (y - 0.3) ** 2 < 0.012, 0.97, picture)
    picture = np.where((abs(x - 0.7) < 0.09) & (abs(y - 0.65) < 0.2), 0.08, picture)
    stripes = (across // 2 % 2 == 0) & (abs(x - 0.45) < 0.05) & (abs(y - 0.8) < 0.1)
    return np.asarray(np.clip(np.where(stripes, 0.9, picture), 0, 1))


def black(height: int, width: int) -> NDArray[np.float64]:
    """(3, h, w) of 0."""
    return np.zeros((3, height, width))


def white(height: int, width: int) -> NDArray[np.float64]:
    """(3, h, w) of 1."""
    return np.ones((3, height, width))


def noise(height: int, width: int) -> NDArray[np.float64]:
    """Each value on its own; (3, h, w) in 0..1."""
    return np.random.default_rng(12).random((3, height, width))


PICTURES = (photo, black, white, noise)


def hole(height: int, width: int, number: int) -> NDArray[np.bool_]:
    """A hole of some shape: a disc, a stroke, a box and a few specks; bool (h, w), other places for other `number`."""
    y, x = np.mgrid[0:height, 0:width]
    y, x = y / max(height, 2), x / max(width, 2)
    at = 0.3 + 0.1 * number
    disc = (x - at) ** 2 + (y - 0.4) ** 2 < 0.02
    stroke = (abs(y - x - 0.2) < 0.02) & (x > 0.1)
    box = (abs(x - 0.75) < 0.1) & (abs(y - at) < 0.08)
    return np.asarray(disc | stroke | box)


def _kind(port: Port, shape: tuple[int, ...], tensor: Tensor | None) -> str:
    """What an input is: `picture`, `mask`, `hole and picture`, `ids` or `noise`; with the place of its channels."""
    told = f"{port.name} {tensor.meaning if tensor else ''}".lower()
    if len(shape) in {3, 4}:
        places = [place for place in (-3, -1) if shape[place] in {1, 3, 4}]
        pictures = [place for place in places if shape[place] == 3]
        if pictures and port.dtype.kind in "fu":
            return f"picture {pictures[0]}"
        if "mask" in told or "hole" in told:
            return f"mask {places[0] if places else 0}"
        if places and shape[places[0]] == 4 and "latent" not in told and min(shape[-2:]) > SIDE:
            return f"hole and picture {places[0]}"
    if "mask" in told:
        return "mask 0"
    return "ids" if port.dtype.kind in "iu" else "noise"


def _filled(port: Port, shape: tuple[int, ...], tensor: Tensor | None, kind: str, number: int) -> NDArray[Any]:
    meaning = tensor.meaning if tensor else ""
    what, _, place = kind.rpartition(" ")
    if what:
        if what == "mask" and place == "0":
            return _stored(np.ones(shape), port.dtype, meaning)
        height, width = (shape[-2], shape[-1]) if place == "-3" else (shape[-3], shape[-2])
        planes = _planes(what, height, width, number, meaning)
        laid = planes if place == "-3" else planes.transpose(1, 2, 0)
        return np.ascontiguousarray(
            np.broadcast_to(_stored(laid, port.dtype, "" if what == "mask" else meaning), shape)
        )
    random = np.random.default_rng([13, number, *port.name.encode()])
    if kind == "ids":
        return random.integers(1, IDS if port.dtype.itemsize > 1 else 100, shape).astype(port.dtype)
    if port.dtype.kind == "b":
        return random.random(shape) < 0.5
    return random.standard_normal(shape).astype(port.dtype)


def _planes(what: str, height: int, width: int, number: int, meaning: str) -> NDArray[np.float64]:
    """The channels of an input, (channels, h, w), colours and masks in 0..1."""
    open_here = hole(height, width, number)
    if what == "mask":
        kept = re.match(r"\s*0\s*=\s*hole", meaning) is not None
        return (~open_here if kept else open_here)[None].astype(np.float64)
    picture = PICTURES[number](height, width)
    if what == "picture":
        return picture
    known = (~open_here)[None].astype(np.float64)  # as MI-GAN's inner network takes it
    return np.concatenate([known - 0.5, (picture * 2 - 1) * known])


def _stored(values: NDArray[np.float64], dtype: np.dtype[Any], meaning: str) -> NDArray[Any]:
    """Values in 0..1 in the range that the catalogue tells, as `dtype`."""
    if dtype.kind == "b":
        return values > 0.5
    if dtype.kind == "u":
        return np.round(values * 255).astype(dtype)
    if "-1..1" in meaning:
        values = values * 2 - 1
    elif "0..255" in meaning:
        values = values * 255
    elif "mean" in meaning and values.ndim == 3 and len(values) == 3:
        values = (values - np.reshape(CLIP_MEAN, (3, 1, 1))) / np.reshape(CLIP_DEVIATION, (3, 1, 1))
    return values.astype(dtype)
