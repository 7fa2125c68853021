"""A pipeline so small that its tests take milliseconds: five graphs written by hand, which keep the contract.

The UNet has one self-attention for each grid and one cross-attention, and nothing else that looks from one place to another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models import pipelines
from models.pipelines import Noise, Pipeline, PipelineFile, TextPart
from tests.engines.onnx_file import field, model

TYPES = {"float32": 1, "int64": 7}
START, END = 512, 513
LETTERS = [chr(n) for n in (*range(33, 127), *range(161, 173), *range(174, 256))]
LETTERS += [chr(256 + n) for n in range(256 - len(LETTERS))]

Changes = Mapping[str, Callable[["Graph"], None]]


class Graph:
    """A graph that is being written: nodes take names and give a name."""

    def __init__(self, seed: int = 0) -> None:
        self.random = np.random.default_rng(seed)
        self.nodes: list[bytes] = []
        self.inputs: dict[str, tuple[str, tuple[int | str, ...]]] = {}
        self.outputs: dict[str, tuple[str, tuple[int | str, ...]]] = {}
        self.weights: dict[str, NDArray[Any]] = {}

    def const(self, array: Any, dtype: str = "float32") -> str:
        name = f"c{len(self.weights)}"
        self.weights[name] = np.asarray(array, dtype)
        return name

    def noise(self, *shape: int, scale: float = 1.0) -> str:
        return self.const(self.random.standard_normal(shape) * scale / np.sqrt(shape[0]))

    def do(self, kind: str, *inputs: str, into: str = "", **attributes: list[int]) -> str:
        output = into or f"n{len(self.nodes)}"
        told = [
            field(1, name) + b"".join(field(8, n) for n in ints) + field(20, 7) for name, ints in attributes.items()
        ]
        body = b"".join(field(1, name) for name in inputs) + field(2, output) + field(3, output) + field(4, kind)
        self.nodes.append(body + b"".join(field(5, one) for one in told))
        return output

    def reshape(self, x: str, *shape: int, into: str = "") -> str:
        return self.do("Reshape", x, self.const(shape, "int64"), into=into)

    def turned(self, x: str, *order: int) -> str:
        return self.do("Transpose", x, perm=list(order))

    def attention(self, q: str, k: str, v: str, bias: str = "") -> str:
        """Softmax(q kT + bias) v, all [1, n, d]; no scale."""
        logits = self.do("MatMul", q, self.turned(k, 0, 2, 1))
        if bias:
            rows = self.do("Squeeze", bias, self.const([1], "int64"))
            logits = self.do("Add", logits, rows)
        return self.do("MatMul", self.do("Softmax", logits), v)

    def written(self) -> bytes:
        weights = [
            b"".join(field(1, n) for n in array.shape)
            + field(2, TYPES[array.dtype.name])
            + field(8, name)
            + field(9, array.tobytes())
            for name, array in self.weights.items()
        ]
        inputs, outputs = ([_port(name, *told) for name, told in side.items()] for side in (self.inputs, self.outputs))
        return model(self.nodes, inputs, outputs, weights)


def _port(name: str, dtype: str, shape: tuple[int | str, ...]) -> bytes:
    dimensions = b"".join(field(1, field(1, d) if isinstance(d, int) else field(2, d)) for d in shape)
    return field(1, name) + field(2, field(1, field(1, TYPES[dtype]) + field(2, dimensions)))


@dataclass(frozen=True)
class Sizes:
    """What a tiny pipeline is like. `grids` are factors by which its self-attentions see less than every latent pixel."""

    channels: int = 9
    height: int = 32
    width: int = 48
    shrink: int = 8
    tokens: int = 12
    text: int = 6
    widths: tuple[int, ...] = (5, 3)
    grids: tuple[int, ...] = (1,)
    scheduler: str = "ddim"
    steps: int = 4
    guidance: float = 3.0
    prediction: str = "epsilon"

    @property
    def latent(self) -> tuple[int, int]:
        return self.height // self.shrink, self.width // self.shrink

    @property
    def bias(self) -> tuple[int, ...]:
        h, w = self.latent
        return tuple(-(-h // f) * -(-w // f) for f in self.grids)


def text_encoder(sizes: Sizes) -> Graph:
    """A table of words, and each position sees the mean of those before it."""
    graph = Graph(1)
    graph.inputs["input_ids"] = ("int64", (1, sizes.tokens))
    graph.outputs["last_hidden_state"] = ("float32", (1, sizes.tokens, sizes.text))
    words = graph.do("Gather", graph.noise(END + 1, sizes.text, scale=8.0), "input_ids")
    before = np.tril(np.ones((sizes.tokens, sizes.tokens))) / np.arange(1, sizes.tokens + 1)[:, None]
    graph.do("MatMul", graph.const(before), words, into="last_hidden_state")
    return graph


def text_kv(sizes: Sizes) -> Graph:
    """Two matrices."""
    graph = Graph(2)
    graph.inputs["last_hidden_state"] = ("float32", (1, sizes.tokens, sizes.text))
    for name in ("k", "v"):
        graph.outputs[name] = ("float32", (1, sizes.tokens, sum(sizes.widths)))
        graph.do("MatMul", "last_hidden_state", graph.noise(sizes.text, sum(sizes.widths)), into=name)
    return graph


def unet(sizes: Sizes) -> Graph:
    """Self-attention on each grid, cross-attention, the timestep, each latent pixel for itself."""
    graph, width = Graph(3), sum(sizes.widths)
    (h, w), c = sizes.latent, sizes.channels
    graph.inputs = {
        "sample": ("float32", (1, c, h, w)),
        "timestep": ("float32", (1,)),
        "k": ("float32", (1, sizes.tokens, width)),
        "v": ("float32", (1, sizes.tokens, width)),
        **{f"bias_{n}": ("float32", (1, 1, 1, n)) for n in sizes.bias},
    }
    graph.outputs["out_sample"] = ("float32", (1, 4, h, w))
    x = graph.turned(graph.reshape("sample", 1, c, h * w), 0, 2, 1)
    told = [graph.do("MatMul", x, graph.noise(c, 4))]
    for factor, n in zip(sizes.grids, sizes.bias, strict=True):
        pool = graph.const(pooled(h, w, factor))
        y = graph.do("MatMul", pool, x)
        q, k, v = (graph.do("MatMul", y, graph.noise(c, 6)) for _ in range(3))
        seen = graph.do("MatMul", graph.attention(q, k, v, f"bias_{n}"), graph.noise(6, 4))
        told.append(graph.do("MatMul", graph.const((pooled(h, w, factor) > 0).T), seen))
    q = graph.do("MatMul", x, graph.noise(c, width))
    told.append(graph.do("MatMul", graph.attention(q, "k", "v"), graph.noise(width, 4)))
    told.append(graph.do("Mul", graph.do("Mul", "timestep", graph.const([1e-3])), graph.noise(4)))
    total = told[0]
    for one in told[1:]:
        total = graph.do("Add", total, one)
    graph.reshape(graph.turned(total, 0, 2, 1), 1, 4, h, w, into="out_sample")
    return graph


def pooled(h: int, w: int, factor: int) -> NDArray[np.float32]:
    """The matrix [cells, pixels] that averages squares of a side of `factor` pixels."""
    rows, columns = -(-h // factor), -(-w // factor)
    y, x = np.divmod(np.arange(h * w), w)
    cell = (y // factor) * columns + x // factor
    found = (np.arange(rows * columns)[:, None] == cell[None]).astype(np.float32)
    return np.asarray(found / found.sum(axis=1, keepdims=True), np.float32)


def encoder(sizes: Sizes) -> Graph:
    """Each square of pixels through a matrix."""
    graph, ((h, w), s) = Graph(4), (sizes.latent, sizes.shrink)
    graph.inputs["pixels"] = ("float32", (1, 3, sizes.height, sizes.width))
    graph.outputs["latent"] = ("float32", (1, 4, h, w))
    squares = graph.turned(graph.reshape("pixels", 1, 3, h, s, w, s), 0, 2, 4, 1, 3, 5)
    latent = graph.do("MatMul", graph.reshape(squares, 1, h, w, 3 * s * s), graph.noise(3 * s * s, 4))
    graph.do("Transpose", latent, into="latent", perm=[0, 3, 1, 2])
    return graph


def decoder(sizes: Sizes) -> Graph:
    """The other way round."""
    graph, ((h, w), s) = Graph(5), (sizes.latent, sizes.shrink)
    graph.inputs["latent"] = ("float32", (1, 4, h, w))
    graph.outputs["pixels"] = ("float32", (1, 3, sizes.height, sizes.width))
    rows = graph.do("MatMul", graph.turned("latent", 0, 2, 3, 1), graph.noise(4, 3 * s * s, scale=0.2))
    squares = graph.turned(graph.reshape(rows, 1, h, w, 3, s, s), 0, 3, 1, 4, 2, 5)
    graph.reshape(squares, 1, 3, sizes.height, sizes.width, into="pixels")
    return graph


WRITERS: Mapping[str, Callable[[Sizes], Graph]] = {
    pipelines.TEXT: text_encoder,
    pipelines.TEXT_KV: text_kv,
    pipelines.UNET: unet,
    pipelines.ENCODER: encoder,
    pipelines.DECODER: decoder,
}

NOISE = Noise("scaled_linear", 0.00085, 0.012, 1000, "epsilon", "leading", 1, alpha_one=False, zero_snr=False)


def tiny_pipeline(folder: Path, sizes: Sizes = Sizes(), changes: Changes | None = None) -> Pipeline:
    """A pipeline in `folder`, as `read_pipeline` reads it. `changes` alter a part's graph before it is written."""
    (folder / "tokenizer").mkdir(parents=True)
    names = [*LETTERS, *(f"{letter}</w>" for letter in LETTERS), "<|startoftext|>", "<|endoftext|>"]
    (folder / pipelines.VOCABULARY).write_text(json.dumps({name: n for n, name in enumerate(names)}), encoding="utf-8")
    (folder / pipelines.MERGES).write_text("#version: 0.2\n", encoding="utf-8")
    for part, writer in WRITERS.items():
        graph = writer(sizes)
        if changes and part in changes:
            changes[part](graph)
        (folder / part).write_bytes(graph.written())
    made = Pipeline(
        folder=folder,
        id="tiny",
        title="Tiny",
        origin="tests/engines/diffusion/tiny.py",
        licence="MIT",
        channels=sizes.channels,
        height=sizes.height,
        width=sizes.width,
        shrink=sizes.shrink,
        latent_factor=1.0,
        text=TextPart(sizes.text, sizes.tokens, START, END, END),
        widths=sizes.widths,
        bias=sizes.bias,
        noise=replace(NOISE, prediction=sizes.prediction),
        scheduler=sizes.scheduler,
        steps=sizes.steps,
        guidance=sizes.guidance,
        precisions={},
        files=tuple(_listed(folder, name) for name in pipelines.NEEDED),
    )
    (folder / pipelines.NAME).write_text(json.dumps(pipelines.told(made)), encoding="utf-8")
    return pipelines.read_pipeline(folder)


def _listed(folder: Path, name: str) -> PipelineFile:
    data = (folder / name).read_bytes()
    return PipelineFile(name, hashlib.sha256(data).hexdigest(), len(data))
