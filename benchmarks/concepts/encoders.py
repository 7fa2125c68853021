"""Text encoders to measure the guard with: a random one, one made of sentence vectors, and the one of an exported pipeline."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engines.concepts.coder import Tokens

Floats = NDArray[np.float32]

START, END = 1, 2
"""Ids of the stand-ins; END fills up, as CLIP's does in Stable Diffusion 1."""

FIRST, VOCABULARY = 10, 4096

_TOKENS = re.compile(r"[^\W_]+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, as `ClipTokenizer.chunks` gives it."""

    ids: NDArray[np.int64]
    kept: str


@dataclass
class Side:
    """The text side of a pipeline: what `Guard.apply` takes, and how far its scores may be believed."""

    name: str
    text: Callable[[str], Floats]
    keys_values: Callable[[Floats], tuple[Floats, Floats]]
    widths: tuple[int, ...]
    words: Callable[[str], Sequence[Tokens]]
    semantic: bool
    about: str
    _kept: dict[str, Floats] = field(default_factory=dict)

    def encoded(self, prompt: str) -> Floats:
        """`text`, kept: an evaluation asks for the same prompts again and again."""
        if prompt not in self._kept:
            self._kept[prompt] = self.text(prompt)
        return self._kept[prompt]


def pieces(text: str, rows: int) -> list[Piece]:
    """`text` in stretches of at most `rows` - 2 words and signs, each as ids between START and END, filled up with END."""
    found = _TOKENS.findall(text.lower())
    stretches = [found[first : first + rows - 2] for first in range(0, len(found), rows - 2)] or [[]]
    result = []
    for stretch in stretches:
        ids = np.full(rows, END, np.int64)
        ids[0] = START
        ids[1 : 1 + len(stretch)] = [
            FIRST + zlib.crc32(word.encode("utf-8", "surrogatepass")) % (VOCABULARY - FIRST) for word in stretch
        ]
        result.append(Piece(ids, " ".join(stretch)))
    return result


def linear_map(
    rng: np.random.Generator, width: int, widths: Sequence[int]
) -> Callable[[Floats], tuple[Floats, Floats]]:
    """Random keys and values, in float32: each layer a Gaussian map, which keeps angles but for 1/sqrt of its width."""
    k, v = (
        np.concatenate([rng.standard_normal((width, each)) / np.sqrt(each) for each in widths], axis=1).astype(
            np.float32
        )
        for _ in range(2)
    )
    return lambda states: (states @ k, states @ v)


class Causal:
    """A causal transformer with random weights, fixed by its seed: right for algebra, and knows no language at all."""

    def __init__(self, seed: int, rows: int, width: int, depth: int = 2, heads: int = 4) -> None:
        rng = np.random.Generator(np.random.Philox(seed))
        self.rows, self.heads = rows, heads
        self._tokens = rng.standard_normal((VOCABULARY, width))
        self._places = rng.standard_normal((rows, width)) * 0.3
        self._layers = [
            [
                rng.standard_normal((a, b)) / np.sqrt(a)
                for a, b in ((width, 3 * width), (width, width), (width, 4 * width))
            ]
            + [rng.standard_normal((4 * width, width)) / np.sqrt(4 * width)]
            for _ in range(depth)
        ]

    def __call__(self, text: str) -> Floats:
        """The last hidden states of the first stretch of `text`, float32 [rows, width]."""
        x = self._tokens[pieces(text, self.rows)[0].ids] + self._places
        later = np.triu(np.full((self.rows, self.rows), -np.inf), 1)
        for qkv, out, up, down in self._layers:
            parts = (_normal(x) @ qkv).reshape(self.rows, 3, self.heads, -1).transpose(1, 2, 0, 3)
            logits = parts[0] @ parts[1].transpose(0, 2, 1) / np.sqrt(parts.shape[-1]) + later
            weights = np.exp(logits - logits.max(axis=-1, keepdims=True))
            mixed = (weights / weights.sum(axis=-1, keepdims=True)) @ parts[2]
            x = x + mixed.transpose(1, 0, 2).reshape(self.rows, -1) @ out
            x = x + np.maximum(_normal(x) @ up, 0) @ down
        states: Floats = _normal(x).astype(np.float32)
        return states


def _normal(x: NDArray[np.float64]) -> NDArray[np.float64]:
    centred = x - x.mean(axis=-1, keepdims=True)
    normal: NDArray[np.float64] = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)
    return normal


def random_side(seed: int = 0, rows: int = 77, width: int = 64, widths: tuple[int, ...] = (40, 40, 80)) -> Side:
    """The random causal transformer with random keys and values."""
    return Side(
        "random transformer",
        lru_cache(4096)(Causal(seed, rows, width)),
        linear_map(np.random.Generator(np.random.Philox(seed + 1)), width, widths),
        widths,
        lambda text: pieces(text, rows),
        semantic=False,
        about="random weights: algebra only, its scores mean nothing about language",
    )


def sentence_side(rows: int = 77, widths: tuple[int, ...] = (320, 640)) -> Side:
    """Sentence vectors of growing beginnings, as if they were a causal encoder's states: a proxy of a proxy.

    Row j is the bundled all-MiniLM-L6-v2's vector of the first j words, the filling that of all of them: so row 0 is the
    same for every text, and the filling has seen the whole prompt, as CLIP's has. Scores mean something about language,
    and nothing about CLIP.
    """
    from engines.text import Encoder

    encoder = Encoder.open()

    @lru_cache(65_536)
    def vector(text: str) -> Floats:
        return encoder.encode_one(text)

    @lru_cache(8192)
    def states(text: str) -> Floats:
        words = pieces(text, rows)[0].kept.split()
        beginnings = [vector(" ".join(words[:count])) for count in range(len(words) + 1)]
        beginnings += [beginnings[-1]] * (rows - len(beginnings))
        return np.array(beginnings, np.float32)

    return Side(
        "sentence vectors",
        states,
        linear_map(np.random.Generator(np.random.Philox(1)), encoder.dimensions, widths),
        widths,
        lambda text: pieces(text, rows),
        semantic=True,
        about="all-MiniLM-L6-v2 of growing beginnings, random keys and values: a proxy of a proxy, not CLIP",
    )


def pipeline_side(folder: Path) -> Side:
    """The text encoder, and the keys and values, of an exported pipeline."""
    from engines.diffusion import ClipTokenizer, Parts
    from engines.runtime import Mode
    from models.pipelines import read_pipeline

    pipeline = read_pipeline(folder)
    parts, tokenizer = Parts(pipeline, mode=Mode.BALANCED), ClipTokenizer.of(pipeline)
    return Side(
        pipeline.id,
        lru_cache(8192)(lambda text: parts.text(tokenizer.tokens(text).ids)),
        parts.keys_values,
        pipeline.widths,
        tokenizer.chunks,
        semantic=True,
        about=f"the text encoder of {pipeline.title} in {folder}; meaningful only if its weights were trained",
    )
