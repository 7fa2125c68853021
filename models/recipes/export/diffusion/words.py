"""A small vocabulary in CLIP's form, learned from a text of our own: for pipelines that are made up.

CLIP's own has 49,408 tokens, which would be most of a tiny text encoder. The rules are the same (byte-level pairs with
`</w>` at the end of a word), so whoever reads CLIP's files reads these.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

START, END = "<|startoftext|>", "<|endoftext|>"

CLOSE = "</w>"

MERGES = 500
"""Pairs that are learned. With the 512 single letters and two signs this makes 1,014 tokens at most."""

TEXT = """
a photo of a cat on a red sofa, a dog that sleeps on green grass, a black horse in the snow, two birds on a branch.
a street in the rain at night, cars and bicycles, a yellow taxi, a bridge over the river, a train in the station.
an empty beach with white sand, waves and blue sky, clouds above the mountains, a small boat on a calm lake.
a wooden table with a bowl of fruit, apples, bread and cheese, a glass of water, flowers in a vase by the window.
a portrait of an old man with a hat, a young woman with long hair, a smiling child, a crowd of people in the city.
a brick wall, a stone floor, a wall with peeling paint, a tiled roof, a meadow with wild flowers, autumn leaves.
an oil painting of a house, a drawing in pencil, a watercolour of a garden, the style of an impressionist, a poster.
high quality, sharp, detailed, soft light, natural colours, background, nothing but the background, plain, seamless.
blurry, low quality, watermark, text, logo, signature, deformed, extra fingers, ugly, worst quality, noise.
an airplane in the sky, an automobile on the road, a deer in the forest, a frog in a pond, a ship on the sea, a truck.
a naked person, nude, explicit, violence, blood, a weapon, a gun on the table, a famous actor, a politician's face.
remove the person, fill with grass, extend the sky, replace the car with a tree, without people, clean and empty.
it's the dog's toy; they're here, we've seen it, I'm sure you'll like what he'd made. 1 2 3 4 5 6 7 8 9 0, in 2024.
"""

PIECES = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d|[^\W\d_]+|\d|[^\s\w]+")
"""What CLIP splits on, for a text that holds nothing else."""


def letters() -> list[str]:
    """The printable stand-ins of the 256 bytes, in the order in which byte-level vocabularies list them."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return [*map(chr, plain), *(chr(256 + i) for i in range(len(others)))]


@functools.cache
def learned(text: str, merges: int) -> tuple[tuple[str, str], ...]:
    """The pairs that are met most often, one after another, each joined before the next is counted."""
    counted = Counter(PIECES.findall(text.lower()))
    words = {word: (*word[:-1], word[-1] + CLOSE) for word in counted}
    found: list[tuple[str, str]] = []
    while len(found) < merges:
        pairs: Counter[tuple[str, str]] = Counter()
        for word, symbols in words.items():
            for pair in pairwise(symbols):
                pairs[pair] += counted[word]
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))  # ties by the letters, not by the order of a dict
        found.append(best)
        words = {word: joined(symbols, best) for word, symbols in words.items()}
    return tuple(found)


def joined(symbols: tuple[str, ...], pair: tuple[str, str]) -> tuple[str, ...]:
    """`symbols` with every `pair` made one."""
    out: list[str] = []
    for symbol in symbols:
        if out and (out[-1], symbol) == pair:
            out[-1] += symbol
        else:
            out.append(symbol)
    return tuple(out)


def vocabulary(pairs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Token → id, in CLIP's order: letters, letters that end a word, pairs, start, end."""
    single = letters()
    tokens = [*single, *(letter + CLOSE for letter in single), *("".join(pair) for pair in pairs), START, END]
    return {token: i for i, token in enumerate(dict.fromkeys(tokens))}


def write_tokenizer(folder: Path, longest: int) -> dict[str, int]:
    """Write vocab.json, merges.txt and what transformers wants beside them; returns the vocabulary."""
    folder.mkdir(parents=True, exist_ok=True)
    pairs = learned(TEXT, MERGES)
    ids = vocabulary(pairs)
    lines = ["#version: 0.2", *(" ".join(pair) for pair in pairs)]
    special = {"bos_token": START, "eos_token": END, "unk_token": END, "pad_token": END}
    written = {
        "vocab.json": json.dumps(ids, ensure_ascii=False, separators=(",", ":")),
        "merges.txt": "\n".join(lines) + "\n",
        "special_tokens_map.json": json.dumps(special, indent=1),
        "tokenizer_config.json": json.dumps(
            {**special, "tokenizer_class": "CLIPTokenizer", "model_max_length": longest, "do_lower_case": True},
            indent=1,
        ),
    }
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return ids
