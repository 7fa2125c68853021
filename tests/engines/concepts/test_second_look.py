"""The second look: at most two pictures, the second from the prompt's own encoding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engines.concepts import Guard, Guarded, with_second_look
from engines.concepts.coder import Floats

from .conftest import about

POLICY = about("car", threshold=1.0)


@pytest.mark.parametrize(
    ("score", "weight", "pictures"), [(0.9, 1.0, 2), (0.5, 1.0, 2), (0.4, 1.0, 1), (0.9, 0.0, 1), (0.0, 1.0, 1)]
)
def test_a_picture_is_drawn_again_only_where_the_detector_is_sure(
    given: dict[str, Any], score: float, weight: float, pictures: int
) -> None:
    policy = replace(POLICY, second_look=weight)
    guard = Guard(policy)
    drawn: list[Guarded] = []

    def draw(guarded: Guarded) -> int:
        drawn.append(guarded)
        return len(drawn)

    def detector(pixels: Floats) -> Mapping[str, float]:
        return {"car": score, "something else": 1.0}

    picture, last = with_second_look(
        policy,
        lambda seen: guard.apply("a tree", **given, seen=seen),
        draw,
        lambda _: np.zeros((8, 8, 3), np.float32),
        detector,
    )

    assert picture == pictures == len(drawn)
    assert last is drawn[-1]
    assert drawn[0].embedding is given["text"]("a tree")
    if pictures == 2:
        fresh = guard.apply("a tree", **given, seen={"car": score})
        np.testing.assert_array_equal(last.embedding, fresh.embedding)


def test_without_a_detector_there_is_one_picture(given: dict[str, Any]) -> None:
    guard = Guard(POLICY)

    picture, guarded = with_second_look(
        POLICY,
        lambda seen: guard.apply("a tree", **given, seen=seen),
        lambda _: "drawn",
        lambda _: np.zeros((1, 1, 3), np.float32),
        None,
    )

    assert picture == "drawn"
    assert guarded.findings == ()
