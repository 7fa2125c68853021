"""The smallest cut: as small as SciPy's largest flow, whatever the graph."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_flow

from engines.select.cut import smallest_cut


@given(st.integers(0, 2**32 - 1), st.integers(2, 40), st.integers(1, 120))
@settings(max_examples=60, deadline=None)
def test_the_cut_costs_what_the_largest_flow_carries(seed: int, count: int, edges: int) -> None:
    chance = np.random.default_rng(seed)
    terminals = np.where(chance.random(count) < 0.4, 0, chance.integers(-50, 50, count)).astype(np.float32)
    pairs = np.sort(chance.integers(0, count, (edges, 2)), axis=1)
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    weights = chance.integers(0, 40, len(pairs)).astype(np.float32)
    chosen = smallest_cut(terminals, pairs.astype(np.int32), weights)
    up, down = np.flatnonzero(terminals > 0), np.flatnonzero(terminals < 0)
    rows = np.concatenate([pairs[:, 0], pairs[:, 1], np.full(len(up), count), down])
    columns = np.concatenate([pairs[:, 1], pairs[:, 0], up, np.full(len(down), count + 1)])
    values = np.concatenate([weights, weights, terminals[up], -terminals[down]]).astype(np.int32)
    flow = maximum_flow(csr_matrix((values, (rows, columns)), (count + 2, count + 2)), count, count + 1).flow_value
    separated = weights[chosen[pairs[:, 0]] != chosen[pairs[:, 1]]].sum()
    cost = terminals[(terminals > 0) & ~chosen].sum() - terminals[(terminals < 0) & chosen].sum() + separated
    assert cost == flow


def test_without_edges_each_node_goes_where_it_wants() -> None:
    none = np.zeros((0, 2), np.int32)
    chosen = smallest_cut(np.array([1, -1, 0], np.float32), none, np.zeros(0, np.float32))
    assert chosen.tolist() == [True, False, False]


@pytest.mark.parametrize(("weight", "expected"), [(2, [True, True]), (0.5, [True, False])])
def test_a_strong_edge_pulls_a_weak_node_along(weight: float, expected: list[bool]) -> None:
    pair = np.array([[0, 1]], np.int32)
    assert smallest_cut(np.array([9, -1], np.float32), pair, np.array([weight], np.float32)).tolist() == expected
