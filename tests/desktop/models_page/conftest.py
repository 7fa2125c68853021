"""Every test begins and ends in English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.words import speak


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    speak("en")
    yield
    speak("en")
