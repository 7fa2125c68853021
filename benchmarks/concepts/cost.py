"""What the guard's own arithmetic costs at Stable Diffusion 1.5's sizes: the encoder and the map of keys and values left out."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.concepts.encoders import Floats, linear_map, pieces
from engines.concepts import Concept, Guard, Method, Policy, read_policy

WIDTHS = (320,) * 5 + (640,) * 5 + (1280,) * 6
PROMPT = "a photo of a tree on a hill beside a house"
RUNS = 9


def cost() -> Iterator[str]:
    """A line for each policy: milliseconds of processor time for a prompt, the median of nine, concepts already encoded."""
    names = tuple(f"Firstname{number} Lastname{number}" for number in range(50))
    yield f"The guard's own arithmetic at 77 x 768 and {sum(WIDTHS):,} wide, processor time of a prompt:"
    for title, policy in (
        ("the policy that ships", read_policy(Path(os.devnull))),
        ("50 names, surgery", Policy((Concept("people", names, threshold=0.3),))),
        ("50 names, surgery and values", Policy((Concept("people", names, threshold=0.3, method=Method.STRICT),))),
        (
            "4 concepts present, closed form",
            Policy((Concept("all", names[:4], threshold=-1.0, method=Method.CLOSED_FORM),), words=0.0),
        ),
        (
            "4 concepts in every token's values",
            Policy((Concept("all", names[:4], gate=-1.0, method=Method.VALUES),), words=0.0),
        ),
    ):
        yield f"  {title}: {_milliseconds(policy):.0f} ms"


def _milliseconds(policy: Policy) -> float:
    rng = np.random.Generator(np.random.Philox(0))
    project = linear_map(rng, 768, WIDTHS)
    mapping: list[float] = []

    @cache
    def text(_prompt: str) -> Floats:
        states: Floats = rng.standard_normal((77, 768), dtype=np.float32)
        return states

    def keys_values(states: Floats) -> tuple[Floats, Floats]:
        begun = time.process_time()
        found = project(states)
        mapping.append(time.process_time() - begun)
        return found

    guard, times = Guard(policy), []
    for _ in range(RUNS + 1):
        mapping.clear()
        begun = time.process_time()
        guard.apply(PROMPT, text=text, keys_values=keys_values, widths=WIDTHS, words=lambda asked: pieces(asked, 77))
        times.append(time.process_time() - begun - sum(mapping))
    return 1000 * statistics.median(times[1:])
