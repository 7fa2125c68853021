"""AdaVD's algebra in value space (papers.md §2)."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.concepts.coder import Floats
from engines.concepts.valuespace import OVERSTEER, PAPER, Shift, basis, closest, paper_code, remove

WIDTHS = (6, 10)
TOKENS, ALL = 7, sum(WIDTHS)

seeds = st.integers(0, 2**32 - 1)
counts = st.integers(1, 4)


def made(seed: int, *shape: int) -> Floats:
    """Random values, float32."""
    return np.random.default_rng(seed).standard_normal(shape).astype(np.float32)


def layers() -> list[slice]:
    return [slice(0, 6), slice(6, 16)]


@settings(deadline=None)
@given(seeds, counts)
def test_without_a_shift_every_component_is_gone_and_no_value_grows(seed: int, count: int) -> None:
    values, targets = made(seed, TOKENS, ALL), made(seed + 1, count, ALL)

    left = remove(values, targets, WIDTHS, None)

    for layer in layers():
        assert np.abs(left[1:, layer] @ targets[:, layer].T).max() < 1e-4
        lengths = np.linalg.norm(left[:, layer], axis=1), np.linalg.norm(values[:, layer], axis=1)
        assert (lengths[0] <= lengths[1] * (1 + 1e-6)).all()


@settings(deadline=None)
@given(seeds, counts)
def test_removing_again_changes_nothing_without_a_shift(seed: int, count: int) -> None:
    values, targets = made(seed, TOKENS, ALL), made(seed + 1, count, ALL)

    once = remove(values, targets, WIDTHS, None)

    np.testing.assert_allclose(remove(once, targets, WIDTHS, None), once, atol=2e-6)


@settings(deadline=None)
@given(seeds, st.floats(-50, 50).filter(lambda scale: abs(scale) > 1e-3))
def test_a_target_s_length_and_sign_are_no_matter_without_a_shift(seed: int, scale: float) -> None:
    values, targets = made(seed, TOKENS, ALL), made(seed + 1, 2, ALL)
    other = targets * np.array([[scale], [1]], np.float32)

    np.testing.assert_allclose(remove(values, targets, WIDTHS, None), remove(values, other, WIDTHS, None), atol=1e-5)


@settings(deadline=None)
@given(seeds, st.permutations(range(4)))
def test_the_order_of_concepts_is_no_matter(seed: int, order: list[int]) -> None:
    values, targets = made(seed, TOKENS, ALL), made(seed + 1, 4, ALL)
    values[2] = targets[1] * 2 + 0.1 * values[2]
    for shift in (None, Shift()):
        np.testing.assert_allclose(
            remove(values, targets, WIDTHS, shift), remove(values, targets[order], WIDTHS, shift), atol=1e-5
        )


@settings(deadline=None)
@given(seeds, st.permutations(range(6)), st.permutations(range(6, 16)))
def test_the_order_of_heads_is_no_matter(seed: int, first: list[int], second: list[int]) -> None:
    values, targets = made(seed, TOKENS, ALL), made(seed + 1, 2, ALL)
    order = [*first, *second]

    np.testing.assert_allclose(
        remove(values[:, order], targets[:, order], WIDTHS, None),
        remove(values, targets, WIDTHS, None)[:, order],
        atol=1e-5,
    )


@settings(deadline=None)
@given(seeds)
def test_values_at_a_right_angle_to_the_target_come_back_as_the_same_object(seed: int) -> None:
    targets = made(seed, 1, ALL)
    values = remove(made(seed + 1, TOKENS, ALL), targets, WIDTHS, None)

    assert remove(values, targets, WIDTHS) is values
    np.testing.assert_allclose(remove(values, targets, WIDTHS, None), values, atol=2e-6)


@settings(deadline=None)
@given(seeds)
def test_the_first_row_stays_whatever_it_holds(seed: int) -> None:
    targets = made(seed, 1, ALL)
    values = np.repeat(targets, TOKENS, axis=0)

    for shift in (None, Shift(), OVERSTEER):
        np.testing.assert_array_equal(remove(values, targets, WIDTHS, shift)[0], values[0])


@settings(deadline=None)
@given(seeds)
def test_a_token_that_is_the_target_becomes_exactly_nothing(seed: int) -> None:
    targets = made(seed, 1, ALL)
    values = made(seed + 1, TOKENS, ALL)
    values[3] = targets[0]

    for shift in (None, Shift()):
        left = remove(values, targets, WIDTHS, shift)
        assert not left[3].any()


def test_oversteering_reflects_what_removing_takes_out() -> None:
    targets = made(1, 1, ALL)
    values = np.repeat(targets, TOKENS, axis=0)

    turned = remove(values, targets, WIDTHS, OVERSTEER)

    np.testing.assert_allclose(turned[1:], -values[1:], rtol=5e-3)  # the factor is 1.998


def test_only_the_gate_of_a_token_that_is_near_enough_opens() -> None:
    targets = np.zeros((1, ALL), np.float32)
    targets[0, 0] = targets[0, 6] = 1
    values = np.zeros((TOKENS, ALL), np.float32)
    values[1, :2] = 0.99, np.sqrt(1 - 0.99**2)
    values[2, :2] = 0.60, np.sqrt(1 - 0.60**2)
    values[:, 6:] = 0

    left = remove(values, targets, WIDTHS)

    assert abs(left[1, 0]) < 1e-6
    np.testing.assert_array_equal(left[2], values[2])


@settings(deadline=None)
@given(seeds)
def test_a_near_duplicate_is_dropped_and_the_rest_spans_the_same(seed: int) -> None:
    one, other = made(seed, 6).astype(np.float64), made(seed + 1, 6).astype(np.float64)
    doubled = np.stack([one, other, one * 3 + 1e-9, np.zeros(6)])

    found = basis(doubled)

    assert len(found) == 2
    np.testing.assert_allclose(found @ found.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(one @ found.T @ found, one, atol=1e-8)


@pytest.mark.parametrize("near", [0.5, 0.9])
def test_ten_similar_concepts_are_all_gone_by_qr_and_not_by_the_public_code(near: float) -> None:
    rng = np.random.default_rng(3)
    shared, width = rng.standard_normal(64), 64
    parts = rng.standard_normal((10, width))
    parts -= np.outer(parts @ shared, shared) / (shared @ shared)
    unit = shared / np.linalg.norm(shared)
    targets = np.sqrt(near) * unit + np.sqrt(1 - near) * parts / np.linalg.norm(parts, axis=1, keepdims=True)
    targets = targets.astype(np.float32)
    values = rng.standard_normal((3, width)).astype(np.float32) + targets.sum(axis=0)

    ours = remove(values, targets, (width,), None)
    theirs, _ = paper_code(values, np.zeros_like(values), targets, (width,), None)

    def worst(left: Floats) -> float:
        return max(abs(closest(left, sign * one, (width,))) for one in targets for sign in (1, -1))

    assert worst(ours) < 1e-5
    assert worst(theirs) > 0.1


def test_the_public_code_changes_a_value_that_has_nothing_of_the_target() -> None:
    neutral = np.ones((TOKENS, ALL), np.float32)
    targets = np.zeros((1, ALL), np.float32)
    targets[0, [0, 6]] = np.sqrt([6, 10])  # as long as the neutral value, in each layer
    values = np.zeros((TOKENS, ALL), np.float32)
    values[:, [1, 7]] = np.sqrt([6, 10])

    conditional, unconditional = paper_code(values, neutral, targets, WIDTHS, None)

    assert remove(values, targets, WIDTHS) is values
    np.testing.assert_allclose(conditional[1:, 0], -np.sqrt(6) / 2, atol=1e-5)
    assert not np.array_equal(unconditional, neutral)
    np.testing.assert_array_equal(conditional[0], values[0])


@settings(deadline=None)
@given(seeds, st.floats(0, 1))
def test_a_smaller_strength_takes_out_that_share(seed: int, share: float) -> None:
    targets = made(seed, 1, ALL)
    values = np.repeat(targets, TOKENS, axis=0) * 2

    left = remove(values, targets, WIDTHS, None, [share])

    np.testing.assert_allclose(left[1:], (1 - share) * values[1:], atol=1e-5)
    assert (left is values) == (share == 0)


@pytest.mark.parametrize("shift", [Shift(), OVERSTEER, PAPER])
def test_the_shift_neither_overflows_nor_falls(shift: Shift) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = shift.of(np.linspace(-1, 1, 2001))

    assert (np.diff(found) >= 0).all()
    assert found[0] >= 0
    assert found[-1] <= shift.most


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([8.0, 300.0, 1e4]))
def test_large_values_are_cleaned_as_well_as_small_ones(scale: float) -> None:
    values, targets = (made(seed, rows, 1280) * np.float32(scale) for seed, rows in ((2, TOKENS), (3, 1)))

    left = remove(values, targets, (1280,), None)

    assert np.isfinite(left).all()
    assert np.abs(left[1:] @ targets.T).max() / scale**2 < 1e-3


def test_no_targets_leave_the_same_object() -> None:
    values = made(1, TOKENS, ALL)

    assert remove(values, np.zeros((0, ALL), np.float32), WIDTHS) is values
    assert remove(values, np.zeros((2, ALL), np.float32), WIDTHS, None) is values
