"""Vectors → the nearest passages: 1-bit codes in memory, int8 rows in a disposable cache file. Pure NumPy, no SQL."""

from __future__ import annotations

from indexer.vectors.cache import remove as remove_cache
from indexer.vectors.quantizer import Quantizer
from indexer.vectors.scan import Near, Vectors, VectorSource

__all__ = ["Near", "Quantizer", "VectorSource", "Vectors", "remove_cache"]
