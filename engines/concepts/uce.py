"""UCE as a low-rank edit at run time: the concept's keys and values become its guide's (Gandikota et al., WACV 2024).

The published edit solves, for each Wk and Wv, sum s ||W c - v*||^2 + lambda ||W - W_old||^2. The minimiser equals
W_old + R A S^½ C^T with R = (V* - W_old C) S^½ and A = (lambda I + S^½ C^T C S^½)^-1 (ours, `papers.md` §5): a solve of the
size of the number of concepts. As the map from states to keys and values is linear, R is what the map makes of the guides'
states less the concepts', and no weight is touched: K += R A S^½ C^T e for each row e. Kept concepts have R = 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engines.concepts.coder import BLANK, Coder, Floats

LAMBDA = 0.5
"""How much the old map counts (the public code's)."""


@dataclass(frozen=True)
class ClosedForm:
    """One joint edit: `reach` float64 [k, D] says how much of each concept is in a state, `keys` and `values` [k, W] what
    that adds. Apply it to what the untouched map gave; two edits are never added up, since a joint one differs (`closed_form`)."""

    reach: NDArray[np.float64]
    keys: NDArray[np.float64]
    values: NDArray[np.float64]

    def edited(self, states: Floats, k: Floats, v: Floats) -> tuple[Floats, Floats]:
        """`k` and `v` [T, W] of `states` [T, D] after the edit; the same objects when there is nothing to add."""
        if not len(self.reach) or not (self.keys.any() or self.values.any()):
            return k, v
        shares = states.astype(np.float64) @ self.reach.T
        return (k + shares @ self.keys).astype(np.float32), (v + shares @ self.values).astype(np.float32)


def closed_form(
    coder: Coder,
    guides: Mapping[str, str],
    keep: Sequence[str],
    *,
    strengths: Mapping[str, float] | None = None,
    scale: float = 1.0,
    weight: float = LAMBDA,
) -> ClosedForm:
    """The joint edit that leads each concept of `guides` to its guide ("" = to nothing) and holds the concepts of `keep`.

    `strengths`, 0 to 1, say how far each goes on the way to its guide (1 where they don't). `scale` is the weight of every
    concept, `weight` lambda. Concepts that are to be erased are not kept.
    """
    erased = sorted(guides)
    kept = sorted(set(keep) - set(erased))
    old = [coder.state(name) for name in erased]
    wanted = [coder.states(BLANK)[0] if not guides[name] else coder.state(guides[name]) for name in erased]
    columns = np.array([*old, *(coder.state(name) for name in kept)]).reshape(
        len(erased) + len(kept), coder.states(BLANK).shape[1]
    )
    way = np.array([(strengths or {}).get(name, 1.0) for name in erased])[:, None]
    return solved(
        columns.astype(np.float64),
        *(
            _padded(way * (new - was), len(kept))
            for new, was in zip(_both(coder, wanted), _both(coder, old), strict=True)
        ),
        scale=scale,
        weight=weight,
    )


def solved(
    columns: NDArray[np.float64],
    keys: NDArray[np.float64],
    values: NDArray[np.float64],
    *,
    scale: float = 1.0,
    weight: float = LAMBDA,
) -> ClosedForm:
    """The edit for states `columns` [k, D] whose keys and values shall change by `keys` and `values` [k, W]."""
    scaled = columns * np.sqrt(scale)
    gram = scaled @ scaled.T + weight * np.eye(len(columns))
    reach = np.linalg.solve(gram, scaled) if len(columns) else scaled
    return ClosedForm(reach, keys * np.sqrt(scale), values * np.sqrt(scale))


def _both(coder: Coder, states: Sequence[Floats]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if not states:
        nothing = np.zeros((0, sum(coder.widths)))
        return nothing, nothing
    k, v = coder.projected(np.array(states))
    return k.astype(np.float64), v.astype(np.float64)


def _padded(change: NDArray[np.float64], kept: int) -> NDArray[np.float64]:
    return np.concatenate([change, np.zeros((kept, change.shape[1]))])
