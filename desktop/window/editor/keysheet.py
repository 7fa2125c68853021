"""All shortcuts on one page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.window import tokens as t
from desktop.window.editor.shortcuts import GROUPS, SHORTCUTS, Shortcut, key_words
from desktop.window.kit import KeyCap, label, row
from desktop.window.theme import Theme
from desktop.words import say

_COLUMNS = (("tools", "file"), ("mask",), ("view",))


class KeySheet(QWidget):
    """A window of its own; Esc closes it. `listed` are the names of what it shows, `left_out` those that can't be had."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, left_out: frozenset[str] = frozenset()) -> None:
        super().__init__(parent, Qt.WindowType.Dialog)
        self._theme, self.left_out = theme, left_out
        self.setWindowTitle(say("editor.keys"))
        self.setAutoFillBackground(True)
        self.listed: list[str] = []
        across = QHBoxLayout()
        across.setSpacing(40)
        across.setContentsMargins(28, 24, 28, 28)
        for groups in _COLUMNS:
            down = QVBoxLayout()
            down.setSpacing(8)
            for group in groups:
                if down.count():
                    down.addSpacing(16)
                down.addWidget(label(theme, say(GROUPS[group]), size=t.BODY, weight=t.SEMIBOLD))
                down.addLayout(self._group(group))
            down.addStretch(1)
            across.addLayout(down)
        self.setLayout(across)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _group(self, group: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        for at, shortcut in enumerate(one for one in SHORTCUTS if one.group == group and one.name not in self.left_out):
            grid.addWidget(label(self._theme, say(shortcut.words), size=t.BUTTON), at, 0)
            grid.addLayout(self._caps(shortcut), at, 1, Qt.AlignmentFlag.AlignRight)
            self.listed.append(shortcut.name)
        return grid

    def _caps(self, shortcut: Shortcut) -> QHBoxLayout:
        caps: list[QWidget] = []
        words: list[str] = []
        for key in shortcut.keys:
            if key_words(key) not in words:
                words.append(key_words(key))
        lead = _common(words)
        if lead:
            caps += [KeyCap(self._theme, part) for part in lead.split("+") if part]
            words = [text.removeprefix(lead) for text in words]
        for at, text in enumerate(words):
            if at and len(words) == 2:
                caps.append(label(self._theme, say("editor.or"), size=t.NOTE, colour="text3"))
            caps += [KeyCap(self._theme, part) for part in (text.split("+") if len(text) > 1 else [text])]
        for gesture in shortcut.gestures:
            if caps:
                caps.append(label(self._theme, say("editor.or"), size=t.NOTE, colour="text3"))
            caps.append(KeyCap(self._theme, say(gesture)))
        layout = row(*caps, space=4)
        layout.setAlignment(Qt.AlignmentFlag.AlignRight)
        return layout


def _common(words: list[str]) -> str:
    """What several keys begin with ("Shift+"): it is shown once."""
    lead = words[0].rpartition("+")[0] + "+" if len(words) > 2 and "+" in words[0] else ""
    return lead if lead and all(text.startswith(lead) for text in words) else ""
