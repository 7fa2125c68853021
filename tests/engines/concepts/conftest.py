"""A small text side with random weights, and a policy about cars."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.concepts.encoders import Side, random_side
from engines.concepts import Concept, Method, Policy


@pytest.fixture(scope="session")
def side() -> Side:
    """24 tokens, states of 16 numbers, three layers of 8, 8 and 12."""
    return random_side(seed=5, rows=24, width=16, widths=(8, 8, 12))


@pytest.fixture(scope="session")
def given(side: Side) -> dict[str, Any]:
    """What `Guard.apply` takes of it."""
    return {"text": side.text, "keys_values": side.keys_values, "widths": side.widths, "words": side.words}


def about(*texts: str, method: Method = Method.SURGERY, threshold: float = 0.12, **kept: Any) -> Policy:
    """A policy with a concept for each text; `words` off unless asked for, so that the later stages are seen."""
    concepts = tuple(Concept(text, (text,), method=method, threshold=threshold) for text in texts)
    return Policy(concepts, **{"words": 0.0, **kept})
