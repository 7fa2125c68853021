"""Checking what is fed to a model before the runtime sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.runtime.contract import Port


class WrongInput(ValueError):
    """The caller fed a model something that it does not take: a bug of the caller's."""


def check_inputs(ports: Sequence[Port], inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """`inputs` made C-contiguous. Raises `WrongInput` that names what is missing, unknown, or of another dtype or shape.

    Dimensions with a name vary, but the same name is the same size in all inputs.
    """
    known = {port.name for port in ports}
    if unknown := sorted(set(inputs) - known):
        raise WrongInput(f"The model has no input {unknown[0]!r}; it takes {', '.join(sorted(known))}.")
    sizes: dict[str, int] = {}
    checked = {}
    for port in ports:
        if port.name not in inputs:
            raise WrongInput(f"Input {port.name!r} is missing.")
        array = inputs[port.name]
        if not isinstance(array, np.ndarray):
            raise WrongInput(f"Input {port.name!r} is a {type(array).__name__}, not an array.")
        if array.dtype != port.dtype:
            raise WrongInput(f"Input {port.name!r} is {array.dtype}; the model takes {port.dtype}.")
        if not fits(array.shape, port.shape, sizes):
            raise WrongInput(
                f"Input {port.name!r} has shape {shown(array.shape)}; the model takes {shown(port.shape)}."
            )
        checked[port.name] = np.ascontiguousarray(array)
    return checked


def fits(shape: tuple[int, ...], wanted: tuple[int | str, ...], sizes: dict[str, int]) -> bool:
    """Whether `shape` is one that `wanted` allows; `sizes` remembers the named dimensions seen so far."""
    if len(shape) != len(wanted) or 0 in shape:
        return False
    return all(
        sizes.setdefault(w, s) == s if isinstance(w, str) else w == s for s, w in zip(shape, wanted, strict=True)
    )


def shown(shape: Sequence[int | str]) -> str:
    """`[batch, 3, 224]`."""
    return f"[{', '.join(map(str, shape))}]"
