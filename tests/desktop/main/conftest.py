"""English words and a theme."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop.window.theme import Theme
from desktop.window.tokens import LIGHT
from desktop.words import speak


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """What is said is compared with English."""
    speak("en")
    yield
    speak("en")


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme, without motion."""
    return Theme(qapp, LIGHT, motion=False)
