"""One screen on no screen: built, laid out, and let go of again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.window.theme import Theme
from desktop.window.tokens import DARK, LIGHT
from tests.desktop.screens.catalogue import SCREENS

_THEMES: dict[str, Theme] = {}


@contextmanager
def shown(qt: QApplication, name: str, look: str, folder: Path) -> Iterator[QWidget]:
    """The window of that screen, with everything done that it does by itself."""
    theme = _theme(qt, look)
    window, kept = SCREENS[name](theme, folder)
    for _ in range(6):
        QCoreApplication.processEvents()
        window.repaint()
    yield window
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    kept.clear()


def _theme(qt: QApplication, look: str) -> Theme:
    """One for the whole process: a theme belongs to the application."""
    tokens = DARK if look == "dark" else LIGHT
    if "one" not in _THEMES:
        _THEMES["one"] = Theme(qt, tokens, motion=False)
    theme = _THEMES["one"]
    if theme.tokens is not tokens:
        theme.use(tokens)
    return theme


def forget_theme() -> None:
    """The next screen gets a new one."""
    for theme in _THEMES.values():
        theme.deleteLater()
    _THEMES.clear()
