"""Buttons. One accent button on a screen: the next step."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from desktop.window.theme import Theme


def button(
    text: str,
    *,
    accent: bool = False,
    quiet: bool = False,
    danger: bool = False,
    parent: QWidget | None = None,
) -> QPushButton:
    """A button with words; `accent` is the screen's next step, `quiet` has no frame, `danger` loses something."""
    made = QPushButton(text, parent)
    for name, wanted in (("accent", accent), ("quiet", quiet), ("danger", danger)):
        if wanted:
            made.setProperty(name, True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    return made


def entry_words(words: str, keys: str = "") -> str:
    """The text of a menu's entry. Under a stylesheet Qt leaves nothing between the longest words and the keys."""
    return f"{words}\u2003\t{keys}" if keys else f"{words}\u2003"


def tool_button(
    theme: Theme,
    icon: str,
    name: str,
    *,
    words: bool = False,
    checkable: bool = False,
    tip: str = "",
    parent: QWidget | None = None,
) -> QToolButton:
    """An icon to click; `name` is what a screen reader says and, with `words`, what stands beside it."""
    made = _ToolButton(theme, icon, parent)
    made.setCheckable(checkable)
    made.setAccessibleName(name)
    made.setToolTip(tip or ("" if words else name))
    made.setIconSize(QSize(20, 20))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if words:
        made.setText(name)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.tint()
    return made


class _ToolButton(QToolButton):
    """Its own class, because only a slot of a QObject is let go of when that object goes: a closure would stay."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._theme, self._icon_name = theme, icon
        self.toggled.connect(self.tint)
        theme.changed.connect(self.tint)

    def tint(self) -> None:
        """The icon in the colour of what it is now."""
        self.setIcon(self._theme.icon(self._icon_name, "accent" if self.isChecked() else "text"))
