"""Self-Rectifying Attention: what is hidden, from whom, and when."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engines.diffusion.latents import covered
from engines.diffusion.parts import Parts
from engines.diffusion.rectify import HIDDEN, Rectify, Rule, bias_of, grid_of, hole_tokens
from homespun.errors import Damaged, UsageError
from models.pipelines import Pipeline

Floats = NDArray[np.float32]
Hole = NDArray[np.bool_]

holes = st.lists(st.booleans(), min_size=1, max_size=24).map(lambda flags: np.array(flags, dtype=bool))
partial = st.integers(2, 24).flatmap(
    lambda n: st.integers(1, 2**n - 2).map(lambda bits: np.array([bits >> i & 1 for i in range(n)], dtype=bool))
)
seeds = st.integers(0, 2**32 - 1)
rules = st.sampled_from(["key_mask", "paper"])


def attention(x: Floats, bias: Floats | None, seed: int = 0) -> Floats:
    """One head over tokens [n, 8], float32 throughout; `bias` is added to the logits."""
    random = np.random.default_rng(seed)
    q, k, v = (x @ random.standard_normal((8, 8), dtype=np.float32) for _ in range(3))
    logits = q @ k.T
    if bias is not None:
        logits = logits + bias
    # Sums by `cumsum`: a matrix product may add up in another order when other rows change.
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    weights = weights / np.cumsum(weights, axis=1)[:, -1:]
    return np.asarray(np.cumsum(weights[:, :, None] * v[None], axis=1)[:, -1], np.float32)


def tokens(n: int, seed: int) -> Floats:
    return np.random.default_rng(seed).standard_normal((n, 8), dtype=np.float32)


@given(partial, seeds)
def test_what_is_in_the_hole_reaches_no_background_token_by_key_mask(hole: Hole, seed: int) -> None:
    bias = bias_of(hole, "key_mask")
    before = tokens(len(hole), seed)
    after = np.where(hole[:, None], tokens(len(hole), seed + 1) * 3, before)
    one, two = attention(before, bias), attention(after, bias)
    assert one[~hole].tobytes() == two[~hole].tobytes()


@given(partial, seeds)
def test_by_key_mask_hole_tokens_look_at_the_background_alone(hole: Hole, seed: int) -> None:
    x = tokens(len(hole), seed)
    other = x.copy()
    place = int(np.flatnonzero(hole)[0])
    other[hole] = tokens(len(hole), seed + 1)[hole]
    other[place] = x[place]
    bias = bias_of(hole, "key_mask")
    assert attention(x, bias)[place].tobytes() == attention(other, bias)[place].tobytes()


@given(partial, seeds)
def test_by_the_paper_s_rule_hole_tokens_don_t_see_each_other(hole: Hole, seed: int) -> None:
    x = tokens(len(hole), seed)
    other = x.copy()
    place = int(np.flatnonzero(hole)[0])
    other[hole] = tokens(len(hole), seed + 1)[hole]
    other[place] = x[place]
    bias = bias_of(hole, "paper")
    assert attention(x, bias)[place].tobytes() == attention(other, bias)[place].tobytes()


def test_by_the_paper_s_rule_the_background_still_sees_the_hole() -> None:
    hole = np.array([False, True, False, True])
    x = tokens(4, 1)
    other = np.where(hole[:, None], tokens(4, 2), x)
    bias = bias_of(hole, "paper")
    assert np.abs(attention(x, bias) - attention(other, bias))[~hole].max() > 0.1


@given(holes, rules)
def test_what_is_added_is_nothing_or_hidden_and_nothing_for_no_hole_or_all_hole(hole: Hole, rule: Rule) -> None:
    bias = bias_of(hole, rule)
    assert bias.dtype == np.float32
    assert bias.shape == ((1, len(hole)) if rule == "key_mask" else (len(hole), len(hole)))
    assert set(np.unique(bias)) <= {np.float32(0), np.float32(HIDDEN)}
    assert bias.any() == (hole.any() and not hole.all())
    if bias.any():
        pairs = hole[:, None] & hole[None]
        assert np.array_equal(bias < 0, hole[None] if rule == "key_mask" else pairs)


@given(partial, rules)
def test_every_token_has_something_left_to_look_at(hole: Hole, rule: Rule) -> None:
    bias = np.broadcast_to(bias_of(hole, rule), (len(hole), len(hole)))
    assert (bias == 0).any(axis=1).all()


@given(holes, seeds, rules)
def test_attention_is_finite_whatever_is_hidden(hole: Hole, seed: int, rule: Rule) -> None:
    assert np.isfinite(attention(tokens(len(hole), seed), bias_of(hole, rule))).all()


@given(holes, rules)
def test_what_is_added_fits_half_floats(hole: Hole, rule: Rule) -> None:
    half = bias_of(hole, rule).astype(np.float16)
    assert np.isfinite(half).all()
    assert np.exp(half[half < 0]).sum() == 0


@given(partial, seeds)
def test_key_mask_is_the_attention_over_the_background_alone(hole: Hole, seed: int) -> None:
    x = tokens(len(hole), seed)
    alone = attention(x[~hole], None)
    assert attention(x, bias_of(hole, "key_mask"))[~hole] == pytest.approx(alone, abs=1e-5)


# --- grids ---


def sized(nine: Pipeline, height: int, width: int, *bias: int) -> Pipeline:
    return replace(nine, height=height, width=width, shrink=8, bias=bias)


def test_the_grids_of_stable_diffusion_are_found(nine: Pipeline) -> None:
    pipeline = sized(nine, 512, 768)
    found = [grid_of(pipeline, n) for n in (6144, 1536, 384, 96)]
    assert found == [(64, 96, 1), (32, 48, 2), (16, 24, 4), (8, 12, 8)]


def test_a_grid_that_was_halved_by_rounding_up_is_found(nine: Pipeline) -> None:
    assert grid_of(sized(nine, 8 * 9, 8 * 13), 5 * 7) == (5, 7, 2)
    assert grid_of(sized(nine, 8 * 9, 8 * 13), 3 * 4) == (3, 4, 4)


def test_a_number_of_tokens_that_no_grid_has_is_named(nine: Pipeline) -> None:
    with pytest.raises(Damaged, match="over 25 tokens, which don't cover latents of 6 × 4"):
        Rectify().biases(np.ones((32, 48), dtype=bool), replace(nine, bias=(25,)), 0.0)


@settings(max_examples=50)
@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from([1, 2, 4]), seeds)
def test_a_token_is_of_the_hole_exactly_when_any_of_its_pixels_is(h: int, w: int, factor: int, seed: int) -> None:
    pipeline = Pipeline(  # only its size counts
        **{name: None for name in Pipeline.__dataclass_fields__ if name not in ("height", "width", "shrink")},  # type: ignore[arg-type]
        height=8 * h,
        width=8 * w,
        shrink=8,
    )
    rows, columns = -(-h // factor), -(-w // factor)
    mask = np.random.default_rng(seed).random((8 * h, 8 * w)) < 0.02
    found = hole_tokens(mask, pipeline, rows * columns).reshape(rows, columns)
    side = 8 * grid_of(pipeline, rows * columns)[2]
    for y, x in np.ndindex(found.shape):
        assert found[y, x] == mask[y * side : (y + 1) * side, x * side : (x + 1) * side].any()


# --- when ---


def test_without_a_hole_nothing_is_given_at_all(nine: Pipeline) -> None:
    assert Rectify().biases(np.zeros((32, 48), dtype=bool), nine, 0.0) is None


def test_strength_zero_gives_nothing_at_all(nine: Pipeline, mask: Hole) -> None:
    assert Rectify(strength=0.0).biases(mask, nine, 0.0) is None


def test_grids_that_are_hole_all_over_are_left_alone_and_others_not(nine: Pipeline) -> None:
    mask = np.zeros((32, 48), dtype=bool)
    mask[::16, ::16] = True  # each square of 2 × 2 latent pixels has one that is hit
    found = Rectify().biases(mask, nine, 0.0)
    assert found is not None
    assert set(found) == {24}
    assert Rectify().biases(np.ones((32, 48), dtype=bool), nine, 0.0) is None


def test_the_hole_s_tokens_are_hidden_on_every_grid(nine: Pipeline, mask: Hole) -> None:
    found = Rectify().biases(mask, nine, 0.0)
    assert found is not None
    assert {n: bias.shape for n, bias in found.items()} == {24: (1, 1, 1, 24), 6: (1, 1, 1, 6)}
    assert np.array_equal(found[24].reshape(4, 6) == HIDDEN, covered(mask, 8)[0, 0] == 1)
    assert np.array_equal(found[6].reshape(2, 3) == HIDDEN, covered(mask, 16)[0, 0] == 1)


def test_it_acts_until_its_share_of_the_steps_is_done(nine: Pipeline, mask: Hole) -> None:
    half = Rectify(until=0.5)
    assert [half.biases(mask, nine, i / 4) is not None for i in range(4)] == [True, True, False, False]
    assert Rectify(until=0.0).biases(mask, nine, 0.0) is None
    assert Rectify(until=1.0).biases(mask, nine, 0.999) is not None


def test_it_acts_on_the_named_grids_alone(nine: Pipeline, mask: Hole) -> None:
    found = Rectify(grids=frozenset({6})).biases(mask, nine, 0.0)
    assert found is not None
    assert set(found) == {6}
    with pytest.raises(ValueError, match="no self-attention over 7 tokens"):
        Rectify(grids=frozenset({7})).biases(mask, nine, 0.0)


def test_a_strength_of_three_quarters_leaves_a_quarter_of_a_token_s_weight(nine: Pipeline, mask: Hole) -> None:
    found = Rectify(strength=0.75).biases(mask, nine, 0.0)
    assert found is not None
    assert np.exp(found[24].min()) == pytest.approx(0.25)


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_strength_never_hides_less(one: float, other: float) -> None:
    amounts = []
    for strength in sorted((one, other)):
        pipeline = Pipeline(
            **{
                name: None
                for name in Pipeline.__dataclass_fields__
                if name not in ("height", "width", "shrink", "bias")
            },  # type: ignore[arg-type]
            height=16,
            width=16,
            shrink=8,
            bias=(4,),
        )
        mask = np.zeros((16, 16), dtype=bool)
        mask[0, 0] = True
        found = Rectify(strength=strength).biases(mask, pipeline, 0.0)
        amounts.append(0.0 if found is None else float(found[4].min()))
    assert amounts[0] >= amounts[1] >= HIDDEN


@pytest.mark.parametrize("wrong", [{"strength": 1.1}, {"strength": -0.1}, {"until": 2.0}, {"rule": "both"}])
def test_what_can_t_be_meant_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="is"):
        Rectify(**wrong)  # type: ignore[arg-type]


# --- through a real network ---


def noise(pipeline: Pipeline, seed: int) -> Floats:
    return np.random.default_rng(seed).standard_normal((1, pipeline.channels, *pipeline.latent[2:]), dtype=np.float32)


def test_through_a_network_the_hole_reaches_no_background_bit(four: Pipeline, mask: Hole) -> None:
    hole = np.broadcast_to(covered(mask, 8) == 1, four.latent)
    with Parts(four) as parts:
        k, v = parts.keys_values(parts.said("a wall"))
        before, other = noise(four, 1), noise(four, 2)
        after = np.where(hole, other, before)
        biases = Rectify().biases(mask, four, 0.0)
        hidden = [parts.unet(x, 500.0, k, v, biases) for x in (before, after)]
        seen = [parts.unet(x, 500.0, k, v) for x in (before, after)]
    assert hidden[0][~hole].tobytes() == hidden[1][~hole].tobytes()
    assert np.abs(hidden[0][hole] - hidden[1][hole]).max() > 0.1
    assert np.abs(seen[0][~hole] - seen[1][~hole]).max() > 1e-3


def test_a_bias_of_nothing_changes_no_bit_of_a_network_s_answer(nine: Pipeline) -> None:
    with Parts(nine) as parts:
        k, v = parts.keys_values(parts.said("a wall"))
        zeros = {n: np.zeros((1, 1, 1, n), np.float32) for n in nine.bias}
        answers = [parts.unet(noise(nine, 1), 500.0, k, v, biases) for biases in (None, {}, zeros)]
    assert answers[0].tobytes() == answers[1].tobytes() == answers[2].tobytes()


def test_the_paper_s_rule_is_refused_by_a_network_without_room_for_pairs(nine: Pipeline, mask: Hole) -> None:
    with Parts(nine) as parts:
        k, v = parts.keys_values(parts.said(""))
        with pytest.raises(UsageError, match="no bias of pairs"):
            parts.unet(noise(nine, 1), 1.0, k, v, Rectify(rule="paper").biases(mask, nine, 0.0))
