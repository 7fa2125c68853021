"""What changes painting from outside: rectified attention, and the guard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engines.concepts.findings import Finding, Stage
from engines.diffusion.latents import drawn
from engines.diffusion.parts import Parts
from engines.diffusion.pipeline import Wish, inpaint
from engines.diffusion.rectify import HIDDEN, Rectify
from models.pipelines import SCHEDULERS, Pipeline
from tests.engines.diffusion.spied import Spied, same
from tests.engines.diffusion.tiny import Sizes, tiny_pipeline

Floats = NDArray[np.float32]
Hole = NDArray[np.bool_]


# --- rectified ---


def test_rectified_attention_that_hides_nothing_changes_no_bit(nine: Pipeline, pixels: Floats, mask: Hole) -> None:
    nothing = np.zeros_like(mask)
    with Parts(nine) as parts:
        for hole, rectify in ((nothing, Rectify()), (mask, Rectify(strength=0.0)), (mask, Rectify(until=0.0))):
            spied = Spied(parts)
            plain = inpaint(parts, pixels, hole, Wish("a wall"))
            rectified = inpaint(parts, pixels, hole, Wish("a wall"), rectify=rectify)
            assert all(call.biases is None for call in spied.calls)
            assert same(plain.pixels[0], rectified.pixels[0])


def test_rectified_attention_is_told_both_halves_of_guidance_until_its_time_is_over(
    nine: Pipeline, pixels: Floats, mask: Hole
) -> None:
    with Parts(nine) as parts:
        spied = Spied(parts)
        inpaint(parts, pixels, mask, Wish("a wall"), rectify=Rectify(until=0.5))
    assert [call.biases is not None for call in spied.calls] == [True] * 4 + [False] * 4
    assert spied.calls[0].biases is not None
    assert spied.calls[0].biases[24].min() == HIDDEN


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1), name=st.sampled_from(SCHEDULERS), strength=st.sampled_from([0.5, 1.0]))
def test_over_all_steps_no_bit_of_the_hole_reaches_the_background(
    nine_alone: Parts, pixels: Floats, seed: int, name: str, strength: float
) -> None:
    random = np.random.default_rng(seed)
    squares = random.random((4, 6)) < 0.4
    squares[0, 0], squares[3, 5] = True, False
    mask = np.kron(squares, np.ones((8, 8), dtype=bool))
    outside = ~np.broadcast_to(squares, (1, 4, 4, 6))

    def fed(hole_seed: int) -> Callable[[Pipeline, int], Callable[[], Floats]]:
        def of(pipeline: Pipeline, own: int) -> Callable[[], Floats]:
            shared, other = drawn(pipeline, own), drawn(pipeline, hole_seed)
            return lambda: np.where(outside, shared(), other())

        return of

    found = []
    for hole_seed, picture in ((1, pixels), (2, np.where(mask[..., None], 1 - pixels, pixels).astype(np.float32))):
        spied = Spied(nine_alone)
        wish = Wish("a wall", scheduler=name, strength=strength)
        inpaint(nine_alone, picture, mask, wish, rectify=Rectify(), draw=fed(hole_seed))
        found.append(spied.decoded[-1])
    assert found[0][outside].tobytes() == found[1][outside].tobytes()
    assert not np.array_equal(found[0][~outside], found[1][~outside])


@pytest.fixture(scope="module")
def nine_alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """Parts of a network that looks from place to place on its finest grid alone."""
    with Parts(tiny_pipeline(tmp_path_factory.mktemp("alone") / "tiny", Sizes(channels=9, grids=(1,)))) as parts:
        yield parts


# --- guarded ---


FOUND = Finding("a wall", 0.9, 0.5, Stage.NONE)


class StandIn:
    """A guard that does what the test wants with what the prompt's encoding gave."""

    def __init__(self, change: Callable[[Floats], Floats]) -> None:
        self.change = change
        self.seen: dict[str, Any] = {}

    def apply(self, prompt: str, **given: Any) -> Any:
        self.seen = {"prompt": prompt, **given}
        embedding = given["text"](prompt)
        k, v = given["keys_values"](embedding)
        return SimpleNamespace(prompt=prompt, embedding=embedding, k=k, v=self.change(v), findings=(FOUND,))


def test_a_guard_that_finds_nothing_changes_no_bit(nine: Pipeline, pixels: Floats, mask: Hole) -> None:
    guard: Any = StandIn(lambda v: v)
    with Parts(nine) as parts:
        plain = inpaint(parts, pixels, mask, Wish("a wall"))
        guarded = inpaint(parts, pixels, mask, Wish("a wall"), guard=guard)
    assert same(plain.pixels[0], guarded.pixels[0])
    assert guarded.findings == (FOUND,)
    assert guard.seen["widths"] == nine.widths
    assert [tokens.kept for tokens in guard.seen["words"]("a wall of bricks")] == ["a wall of bri", "cks"]


def test_a_guard_changes_what_the_prompt_says_and_never_the_negative_one(
    nine: Pipeline, pixels: Floats, mask: Hole
) -> None:
    guard: Any = StandIn(np.zeros_like)
    with Parts(nine) as parts:
        spied = Spied(parts)
        inpaint(parts, pixels, mask, Wish("a wall", negative="a dog"), guard=guard)
    assert all(call.v.any() for call in spied.calls[::2])
    assert not any(call.v.any() for call in spied.calls[1::2])


def test_a_guard_is_given_the_same_callables_each_time_so_that_it_may_keep_what_it_learned(
    nine: Pipeline, pixels: Floats, mask: Hole
) -> None:
    guard: Any = StandIn(lambda v: v)
    with Parts(nine) as parts:
        inpaint(parts, pixels, mask, Wish("a wall", steps=1), guard=guard)
        first = dict(guard.seen)
        inpaint(parts, pixels, mask, Wish("a wall", steps=1), guard=guard)
    assert all(guard.seen[name] == first[name] for name in ("text", "keys_values", "widths", "words"))
