"""Every screen in every state by its name; `catalogue` has them all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.window.theme import Theme

Made = tuple[QWidget, list[object]]
"""The window, and what has to live as long as it does."""

Maker = Callable[[Theme, Path], Made]
SCREENS: dict[str, Maker] = {}
"""Name (screen, then state) → what builds it; the path is an empty folder."""


def screen(name: str) -> Callable[[Maker], Maker]:
    """Enter a maker under that name."""

    def enter(maker: Maker) -> Maker:
        SCREENS[name] = maker
        return maker

    return enter
