"""The real encoder, loaded once, and a folder of real files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engines.text import Encoder


@pytest.fixture(scope="session")
def encoder() -> Iterator[Encoder]:
    """The bundled sentence encoder, for tests where meaning matters."""
    with Encoder.open(threads=1) as opened:
        yield opened


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """An empty folder for a person's files."""
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder
