"""One bit a number: signs after centring, packed in 64-bit words, column by column.

Hamming distance of sign codes estimates the angle (Charikar 2002); the best are scored again on their bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 65_536
"""Rows of a block: six columns of it (3 MB) stay in the cache while they are scanned (search.md §3)."""


def pack(rows: NDArray[np.int8], mean: NDArray[np.float32], scale: float) -> NDArray[np.uint64]:
    """Codes uint64 [d / 64, n] of int8 rows [n, d]: bit set where the number is above the mean's."""
    threshold = (mean * np.float32(scale)).astype(np.float32)
    words = np.empty((rows.shape[1] // 64, len(rows)), np.uint64)
    for start in range(0, len(rows), BLOCK):
        part = rows[start : start + BLOCK]
        bits = np.packbits(part > threshold, axis=1)
        words[:, start : start + len(part)] = bits.view(np.uint64).T
    return words


def pack_query(query: NDArray[np.float32], mean: NDArray[np.float32]) -> NDArray[np.uint64]:
    """The code uint64 [d / 64] of one float32 [d]."""
    return np.packbits(query > mean).view(np.uint64)


def distances(codes: NDArray[np.uint64], query: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """Hamming distances uint16 [n] of codes [words, n] to one code [words]."""
    count = codes.shape[1]
    total = np.empty(count, np.uint16)
    for start in range(0, count, BLOCK):
        part = codes[:, start : start + BLOCK]
        here = total[start : start + part.shape[1]]
        np.copyto(here, np.bitwise_count(part[0] ^ query[0]))
        for column, word in zip(part[1:], query[1:], strict=True):
            here += np.bitwise_count(column ^ word)
    return total
