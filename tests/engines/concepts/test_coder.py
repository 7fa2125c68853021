"""What the guard knows of a text side: tokens, the concept's last one, and encodings that are made once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.concepts.encoders import END, Side, pieces
from engines.concepts import Coder


@dataclass(frozen=True)
class Piece:
    ids: NDArray[np.int64]
    kept: str


def padded(text: str, rows: int, pad: int) -> list[Piece]:
    """As `pieces`, filled up with another id, as Stable Diffusion 2 does."""
    found = []
    for piece in pieces(text, rows):
        ids = piece.ids.copy()
        ids[int(np.flatnonzero(ids == END)[0]) + 1 :] = pad
        found.append(Piece(ids, piece.kept))
    return found


@pytest.mark.parametrize("pad", [END, 0])
@pytest.mark.parametrize(("text", "last"), [("", 0), ("car", 1), ("a red car", 3), ("one two three four", 4)])
def test_the_last_token_is_the_one_before_the_end_whatever_fills_up(side: Side, pad: int, text: str, last: int) -> None:
    given = replace(side, words=lambda asked: padded(asked, 24, pad))
    coder = Coder(given.text, given.keys_values, given.widths, given.words)

    assert coder.subject(text) == last
    np.testing.assert_array_equal(coder.state(text), side.text(text)[last])


def test_a_text_that_fills_the_encoder_has_all_its_tokens(given: dict[str, Any]) -> None:
    coder = Coder(**given)

    assert [chunk.tokens for chunk in coder.chunks("x " * 50)] == [22, 22, 6]
    assert coder.subject("x " * 50) == 22


def test_values_of_new_concepts_are_mapped_in_one_go(given: dict[str, Any], side: Side) -> None:
    maps: list[int] = []

    def keys_values(states: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        maps.append(len(states))
        return side.keys_values(states)

    coder = Coder(**{**given, "keys_values": keys_values})
    found = coder.values(["car", "bus", "car"])
    coder.values(["bus"])

    assert maps == [24]
    np.testing.assert_allclose(found[0], side.keys_values(coder.state("car")[None])[1][0], atol=1e-5)
    np.testing.assert_array_equal(found[0], found[2])
