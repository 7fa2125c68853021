"""A palette among fakes."""

from __future__ import annotations

import pytest

from tests.desktop.palette.fakes import Desk
from tests.desktop.palette.fakes import desk as made


@pytest.fixture
def desk() -> Desk:
    """A palette's state whose every surrounding is a fake."""
    return made()
