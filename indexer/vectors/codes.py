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
    words = np.empty((rows.shape[1] // 64, len(rows)), np.uint64)
    # A whole number is above a threshold just when it is above the threshold's floor; bytes compare faster than floats.
    floor = np.clip(np.floor(mean * np.float32(scale)), -128, 127).astype(np.int8)
    for start in range(0, len(rows), BLOCK):
        part = rows[start : start + BLOCK]
        bits = np.packbits(part > floor, axis=1)
        words[:, start : start + len(part)] = bits.view(np.uint64).T
    return words


def pack_query(query: NDArray[np.float32], mean: NDArray[np.float32]) -> NDArray[np.uint64]:
    """The code uint64 [d / 64] of one float32 [d]."""
    return np.packbits(query > mean).view(np.uint64)


def distances(codes: NDArray[np.uint64], query: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """Hamming distances uint16 [n] of codes [words, n] to one code [words]."""
    total = np.empty(codes.shape[1], np.uint16)
    _measure(codes, query, None, total)
    return total


def closest(
    codes: NDArray[np.uint64], query: NDArray[np.uint64], k: int, out: NDArray[np.bool_] | None = None
) -> NDArray[np.int64]:
    """The places int64, rising, of the `k` codes nearest to `query`, and of what ties with the last (up to `k` more).

    `out` bool [n] marks codes that don't take part. One thread: a second one saves 2.5 of 6.6 ms at a million codes on a
    quiet machine, and makes 100,000 take three times as long on a busy one.
    """
    count = codes.shape[1]
    found = np.empty(count, np.uint16)
    counts = _measure(codes, query, out, found)
    upto = np.cumsum(counts[:-1])
    last = min(int(np.searchsorted(upto, k)), len(upto) - 1)
    places = np.flatnonzero(found <= last)
    if len(places) <= 2 * k:
        return places
    nearer = found[places] < last  # thousands of copies of one text tie: the first of them will do
    ties = places[~nearer][: k - int(nearer.sum())]
    return np.sort(np.concatenate((places[nearer], ties)))


def _measure(
    codes: NDArray[np.uint64],
    query: NDArray[np.uint64],
    out: NDArray[np.bool_] | None,
    found: NDArray[np.uint16],
) -> NDArray[np.int64]:
    """Write the distances into `found`; returns how many there are of each, the last being of those left out."""
    words = len(codes)
    farther = 64 * words + 1
    counts = np.zeros(farther + 1, np.int64)
    longest = min(BLOCK, codes.shape[1])
    differing, bits = np.empty((words, longest), np.uint64), np.empty((words, longest), np.uint8)
    for start in range(0, codes.shape[1], BLOCK):
        part = codes[:, start : start + BLOCK]
        size = part.shape[1]
        here = found[start : start + size]
        np.bitwise_xor(part, query[:, None], out=differing[:, :size])
        np.bitwise_count(differing[:, :size], out=bits[:, :size])
        np.sum(bits[:, :size], axis=0, dtype=np.uint16, out=here)
        if out is not None:
            np.copyto(here, np.uint16(farther), where=out[start : start + size])
        counts += np.bincount(here, minlength=farther + 1)
    return counts
