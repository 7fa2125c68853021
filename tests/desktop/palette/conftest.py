"""English words, and a palette among fakes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.words import speak
from tests.desktop.palette.fakes import Desk
from tests.desktop.palette.fakes import desk as made


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """What is said is compared with English."""
    speak("en")
    yield
    speak("en")


@pytest.fixture
def desk() -> Desk:
    """A palette's state whose every surrounding is a fake."""
    return made()
