"""How tensors lie in a piece of shared memory, and the check that a description of them can be true.

Both ends check before they touch the memory: name, dtype, shape, offset and length, one after the other.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np

from engines.runtime.workers.frames import BrokenFrame

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALIGNED = 64
"""Every tensor begins at a multiple of this many bytes: a line of the processor's cache, the widest vector there is."""

MOST_TENSORS = 10_000
MOST_DIMENSIONS = 32
LONGEST_NAME = 1_000
MOST_ELEMENTS = 1 << 36
"""Of the dimensions that are not 0: NumPy multiplies them even where another one is."""

DTYPES = {
    name: np.dtype(name)
    for name in (
        "float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "bool",
    )
}  # fmt: skip
"""What a tensor may hold. Texts (object arrays) have no place in shared memory."""


@dataclass(frozen=True, slots=True)
class Lying:
    """One tensor in a slot."""

    name: str
    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    offset: int

    @property
    def size(self) -> int:
        """Bytes."""
        return math.prod(self.shape) * self.dtype.itemsize


def lay_out(tensors: Mapping[str, NDArray[Any]]) -> tuple[list[Lying], int]:
    """A place for each of `tensors`, and the bytes that all need. Raises `BrokenFrame` for a dtype that can't travel."""
    places: list[Lying] = []
    end = 0
    for name, tensor in tensors.items():
        dtype = DTYPES.get(tensor.dtype.name)
        if dtype is None or len(name) > LONGEST_NAME or tensor.ndim > MOST_DIMENSIONS or len(places) >= MOST_TENSORS:
            raise BrokenFrame(f"a tensor {name[:80]!r} of {tensor.dtype} and shape {tensor.shape}")
        places.append(Lying(name, dtype, tensor.shape, end))
        end += -(-tensor.nbytes // ALIGNED) * ALIGNED
    return places, end


def fill(memory: memoryview, places: list[Lying], tensors: Mapping[str, NDArray[Any]]) -> None:
    """Write `tensors` into their places."""
    for place in places:
        view(memory, place)[...] = tensors[place.name]


def view(memory: memoryview, place: Lying) -> NDArray[Any]:
    """The tensor at `place`, without a copy."""
    if not place.size:
        return np.empty(place.shape, place.dtype)
    flat = np.frombuffer(memory, place.dtype, math.prod(place.shape), place.offset)
    return flat.reshape(place.shape)


def told(places: list[Lying]) -> list[dict[str, Any]]:
    """`places` as they travel."""
    return [{"name": p.name, "dtype": p.dtype.name, "shape": list(p.shape), "offset": p.offset} for p in places]


def heard(described: Any, size: int) -> list[Lying]:
    """The places that somebody describes in a slot of `size` bytes; raises `BrokenFrame` for what can't be."""
    if not isinstance(described, list) or len(described) > MOST_TENSORS:
        raise BrokenFrame("no list of tensors")
    places = [_heard(one, size) for one in described]
    if len({place.name for place in places}) < len(places):
        raise BrokenFrame("two tensors of one name")
    end = 0
    for place in sorted(places, key=lambda place: (place.offset, place.size)):
        if place.offset < end:
            raise BrokenFrame(f"tensor {place.name[:80]!r} begins before the one before it ends")
        end = place.offset + place.size
    return places


def _heard(one: Any, size: int) -> Lying:
    """One place in a slot of `size` bytes."""
    if not isinstance(one, dict):
        raise BrokenFrame("a tensor that is no object")
    name, dtype, shape, offset = (one.get(key) for key in ("name", "dtype", "shape", "offset"))
    if not isinstance(name, str) or len(name) > LONGEST_NAME:
        raise BrokenFrame("a tensor without a name")
    known = DTYPES.get(dtype) if isinstance(dtype, str) else None
    if known is None:
        raise BrokenFrame(f"tensor {name[:80]!r} has no dtype that we know")
    if not isinstance(shape, list) or len(shape) > MOST_DIMENSIONS or not all(map(_is_size, shape)):
        raise BrokenFrame(f"tensor {name[:80]!r} has no shape")
    if not _is_size(offset) or offset % ALIGNED:
        raise BrokenFrame(f"tensor {name[:80]!r} has no offset")
    place = Lying(name, known, tuple(shape), offset)
    if math.prod(filter(None, shape)) > MOST_ELEMENTS or place.offset + place.size > size:
        raise BrokenFrame(f"tensor {name[:80]!r} reaches beyond the memory")
    return place


def _is_size(number: Any) -> TypeGuard[int]:
    """Whether `number` is a whole number that is not negative (True is not one)."""
    return type(number) is int and number >= 0
