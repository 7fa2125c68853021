"""Vectors as one byte a number: one scale for all, so that scores stay comparable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_QUANTILE = 0.9999
_LEAST = 0.15
"""The quantile is never taken smaller: a handful of vectors says little, and a clipped number is worse than a coarse one."""


@dataclass(frozen=True)
class Quantizer:
    """`mean` float32 [d] centres the 1-bit codes, `scale` makes the int8 numbers: int8 = clip(round(x · scale))."""

    mean: NDArray[np.float32]
    scale: float

    @classmethod
    def fit(cls, sample: NDArray[np.float32]) -> Quantizer:
        """From a sample float32 [n, d] of L2-normalised vectors: mean, and 127 over the 99.99 % quantile of |x|."""
        largest = max(float(np.quantile(np.abs(sample), _QUANTILE)), _LEAST)
        return cls(sample.mean(axis=0, dtype=np.float64).astype(np.float32), 127.0 / largest)

    def encode(self, vectors: NDArray[np.float32]) -> NDArray[np.int8]:
        """int8 [n, d] of float32 [n, d]."""
        rows: NDArray[np.int8] = np.clip(np.rint(vectors * self.scale), -127, 127).astype(np.int8)
        return rows

    def decode(self, rows: NDArray[np.int8]) -> NDArray[np.float32]:
        """float32 [n, d] of int8 [n, d]."""
        return rows.astype(np.float32) / np.float32(self.scale)

    def to_bytes(self) -> bytes:
        """The scale, then the mean, as little-endian floats."""
        return bytes(np.array([self.scale], "<f8").tobytes() + self.mean.astype("<f4").tobytes())

    @classmethod
    def from_bytes(cls, data: bytes) -> Quantizer:
        """What `to_bytes` wrote."""
        return cls(np.frombuffer(data[8:], "<f4").astype(np.float32), float(np.frombuffer(data[:8], "<f8")[0]))
