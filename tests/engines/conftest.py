"""An encoder that is open for all tests, and small real ONNX models written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engines.text import Encoder
from tests.engines.onnx_file import matmul_chain


@pytest.fixture(scope="session")
def encoder() -> Iterator[Encoder]:
    """The bundled encoder with two texts at once."""
    with Encoder.open(threads=2) as opened:
        yield opened


@pytest.fixture(scope="session")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that takes `x`, float32 [rows, 64], and gives `y` of the same shape: 40 matrices of a half, then a copy."""
    file = tmp_path_factory.mktemp("chain") / "model.onnx"
    file.write_bytes(matmul_chain(width=64, depth=40))
    return file
