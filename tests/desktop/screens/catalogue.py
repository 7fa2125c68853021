"""Every screen in every state that it has: empty, typical, extreme, and in trouble. Built by what a person would do."""

from tests.desktop.screens import of_editor, of_pages, of_palette, of_queue, of_welcome  # noqa: F401 - they enter theirs
from tests.desktop.screens.registry import SCREENS

__all__ = ["SCREENS"]
