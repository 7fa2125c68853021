"""Enlarges pictures with bundled networks: `upscale(picture, factor=2)` gives an `Enlarged`."""

from engines.upscale.enlarge import Enlarged, shrink, upscale
from engines.upscale.plan import LARGEST, Fit, Style

__all__ = ["LARGEST", "Enlarged", "Fit", "Style", "shrink", "upscale"]
