"""A ledger in a folder of its own, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engines.runtime.proof import Ledger
from tests.engines.runtime.proof.made import Clock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "devices" / "ledger.sqlite"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(path: Path, clock: Clock) -> Iterator[Ledger]:
    with Ledger(path, clock=clock) as opened:
        assert opened.note == ""
        yield opened
