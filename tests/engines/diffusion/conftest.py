"""Tiny pipelines that are written once, and a picture with a hole of their size."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from models.pipelines import Pipeline
from tests.engines.diffusion.tiny import Sizes, tiny_pipeline


@pytest.fixture(scope="session")
def nine(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """A pipeline that sees mask and picture; self-attention over 24 and over 6 tokens."""
    return tiny_pipeline(tmp_path_factory.mktemp("nine") / "tiny", Sizes(channels=9, grids=(1, 2)))


@pytest.fixture(scope="session")
def four(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """A pipeline that knows nothing of a hole; self-attention over 24 tokens alone."""
    return tiny_pipeline(tmp_path_factory.mktemp("four") / "tiny", Sizes(channels=4))


@pytest.fixture
def pixels() -> NDArray[np.float32]:
    """float32 [32, 48, 3] in 0..1."""
    return np.random.default_rng(7).random((32, 48, 3), dtype=np.float32)


@pytest.fixture
def mask() -> NDArray[np.bool_]:
    """bool [32, 48]: a box that lies across squares of 8, and touches the right border."""
    hole = np.zeros((32, 48), dtype=bool)
    hole[10:20, 30:48] = True
    return hole
