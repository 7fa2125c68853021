"""Pictures to enlarge."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image


def noise(height: int, width: int) -> np.ndarray:
    """A random picture, uint8 RGB."""
    return np.random.default_rng(height * 1000 + width).integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.fixture(scope="session")
def photo(shared: Path) -> np.ndarray:
    """A piece of a photo, uint8 (150, 200, 3)."""
    with Image.open(shared / "data" / "photos" / "fox-statue.jpg") as opened:
        return np.asarray(opened.convert("RGB").crop((400, 200, 600, 350)))
