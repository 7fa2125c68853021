"""UCE as a low-rank edit at run time (papers.md §5)."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.concepts.encoders import Side
from engines.concepts.coder import Coder
from engines.concepts.uce import ClosedForm, closed_form, solved

D, W = 12, 9
seeds = st.integers(0, 2**32 - 1)


def parts(seed: int, erased: int, kept: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A map W, D → W wide, concepts' states [k, D], and the values they shall have."""
    rng = np.random.default_rng(seed)
    old, states = rng.standard_normal((W, D)), rng.standard_normal((erased + kept, D)) * 3
    wanted = states @ old.T
    wanted[:erased] = rng.standard_normal((erased, W))
    return old, states, wanted


def weights(old: np.ndarray, edit: ClosedForm) -> np.ndarray:
    """The edited map as a matrix, W x D, as the public code would store it."""
    return old + edit.keys.T @ edit.reach


@settings(max_examples=50, deadline=None)
@given(seeds, st.integers(1, 4), st.integers(0, 4), st.sampled_from([1e-3, 0.5, 50.0]), st.sampled_from([0.5, 1.0]))
def test_the_low_rank_form_is_the_minimiser(seed: int, erased: int, kept: int, weight: float, scale: float) -> None:
    old, states, wanted = parts(seed, erased, kept)
    change = wanted - states @ old.T

    edit = solved(states, change, change, scale=scale, weight=weight)

    whole = (weight * old + scale * wanted.T @ states) @ np.linalg.inv(weight * np.eye(D) + scale * states.T @ states)
    np.testing.assert_allclose(weights(old, edit), whole, atol=1e-8)


@settings(deadline=None)
@given(seeds)
def test_no_small_change_of_the_edited_map_is_better(seed: int) -> None:
    old, states, wanted = parts(seed, 2, 2)
    change = wanted - states @ old.T
    best = weights(old, solved(states, change, change))

    def loss(matrix: np.ndarray) -> float:
        return float(((states @ matrix.T - wanted) ** 2).sum() + 0.5 * ((matrix - old) ** 2).sum())

    for step in range(4):
        nudge = np.random.default_rng(step).standard_normal((W, D)) * 1e-3
        assert loss(best) <= loss(best + nudge)


@settings(deadline=None)
@given(seeds, st.integers(1, 3), st.integers(0, 3))
def test_its_rank_is_at_most_the_number_of_erased_concepts(seed: int, erased: int, kept: int) -> None:
    old, states, wanted = parts(seed, erased, kept)
    change = wanted - states @ old.T
    change[erased:] = 0  # rounding

    assert np.linalg.matrix_rank(weights(old, solved(states, change, change)) - old, tol=1e-9) <= erased


@settings(deadline=None)
@given(seeds)
def test_a_smaller_lambda_erases_more_and_none_at_all_leaves_the_map(seed: int) -> None:
    old, states, wanted = parts(seed, 2, 1)
    change = wanted - states @ old.T

    left = [
        np.abs(states[:2] @ weights(old, solved(states, change, change, weight=weight)).T - wanted[:2]).max()
        for weight in (50.0, 0.5, 1e-3)
    ]

    assert left[0] >= left[1] >= left[2]
    assert left[2] < 1e-2
    np.testing.assert_allclose(weights(old, solved(states, change, change, weight=1e12)), old, atol=1e-6)


@settings(deadline=None)
@given(seeds, st.sampled_from([0.3, 0.6, 0.8, 0.95]))
def test_a_neighbour_drifts_far_less_when_it_is_kept(seed: int, cosine: float) -> None:
    rng = np.random.default_rng(seed)
    erased, other = np.linalg.qr(rng.standard_normal((D, 2)))[0].T * 28  # the norm of CLIP's states
    neighbour = cosine * erased + np.sqrt(1 - cosine**2) * other
    old = rng.standard_normal((W, D))
    change = rng.standard_normal((1, W)) * np.linalg.norm(old @ erased) / np.sqrt(W)

    alone = solved(erased[None], change, change)
    held = solved(np.stack([erased, neighbour]), *[np.concatenate([change, np.zeros((1, W))])] * 2)

    drift = [np.linalg.norm((weights(old, edit) - old) @ neighbour) for edit in (alone, held)]
    assert drift[0] > 0.9 * cosine * np.linalg.norm(change)
    assert drift[1] < 0.1 * drift[0]


def coder(side: Side) -> Coder:
    return Coder(side.text, side.keys_values, side.widths, side.words)


def test_the_concept_gets_its_guide_s_keys_and_values_and_the_kept_keep_theirs(side: Side) -> None:
    one = coder(side)
    edit = closed_form(one, {"car": "tree"}, ["bus", "boat"], weight=1e-4)
    states = np.array([one.state(name) for name in ("car", "tree", "bus", "boat")])
    k, v = one.projected(states)

    keys, values = edit.edited(states, k, v)

    np.testing.assert_allclose(keys[0], k[1], atol=1e-3)
    np.testing.assert_allclose(values[0], v[1], atol=1e-3)
    np.testing.assert_allclose(keys[2:], k[2:], atol=1e-3)
    np.testing.assert_allclose(values[2:], v[2:], atol=1e-3)


def test_without_a_guide_it_leads_to_the_state_of_the_start(side: Side) -> None:
    one = coder(side)
    states = np.array([one.state("car"), one.states("")[0]])
    k, v = one.projected(states)

    keys, _ = closed_form(one, {"car": ""}, [], weight=1e-5).edited(states[:1], k[:1], v[:1])

    np.testing.assert_allclose(keys[0], k[1], atol=1e-3)


def test_a_concept_that_is_its_own_guide_leaves_the_same_objects(side: Side) -> None:
    one = coder(side)
    k, v = one.keys_values(one.states("car"))

    edited = closed_form(one, {"car": "car"}, ["bus"]).edited(one.states("car"), k, v)

    assert edited[0] is k
    assert edited[1] is v


def test_the_joint_edit_is_not_the_sum_of_two(side: Side) -> None:
    one = coder(side)
    states = one.states("a car and a bus")
    k, v = one.keys_values(states)

    joint = closed_form(one, {"car": "", "bus": ""}, []).edited(states, k, v)[0]
    stacked = closed_form(one, {"bus": ""}, []).edited(states, *closed_form(one, {"car": ""}, []).edited(states, k, v))[
        0
    ]

    assert np.abs(joint - stacked).max() > 1e-3


def test_the_order_of_concepts_is_no_matter_to_the_bit(side: Side) -> None:
    one = coder(side)
    states = one.states("a car and a bus")
    k, v = one.keys_values(states)

    first = closed_form(one, {"car": "", "bus": ""}, ["dog", "cat"]).edited(states, k, v)
    second = closed_form(one, {"bus": "", "car": ""}, ["cat", "dog"]).edited(states, k, v)

    np.testing.assert_array_equal(first[0], second[0])


def test_more_concepts_than_the_map_has_rows_are_mapped_in_parts(side: Side) -> None:
    one = coder(side)
    states = np.random.default_rng(1).standard_normal((60, 16)).astype(np.float32)

    k, v = one.projected(states)

    expected = side.keys_values(states)
    np.testing.assert_allclose(k, expected[0], atol=1e-5)
    np.testing.assert_allclose(v, expected[1], atol=1e-5)
