"""One warm reader process for the tests that only need its answers."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.document import Document, Limits
from indexer.readers import Readers
from indexer.readers.families import read_document

Read = Callable[[str, bytes], Document]


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    """A reader process with the limits that the app uses."""
    with Readers() as warm:
        yield warm


@pytest.fixture
def read() -> Read:
    """Reads bytes under a name, in this process: for what a reader makes of a file."""

    def reading(name: str, data: bytes, folder: str = "", limits: Limits | None = None) -> Document:
        return read_document(io.BytesIO(data), name, folder, limits or Limits())[0]

    return reading


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], bytes]:
    """Writes a file and gives its path as the readers take it."""

    def writing(name: str, data: bytes) -> bytes:
        path = tmp_path / name
        path.write_bytes(data)
        return bytes(path)

    return writing
