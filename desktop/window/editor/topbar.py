"""The bar above the picture: what it is, what was done to it, and how to keep it."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from desktop.state.editing.snapshot import EditorSnapshot
from desktop.state.editor_line import EditorLine
from desktop.window import tokens as t
from desktop.window.editor.dragging import FileHandle
from desktop.window.editor.shortcuts import shown
from desktop.window.editor.waiting import Waiting
from desktop.window.kit import Elided, button, row, tool_button
from desktop.window.theme import Theme
from desktop.words import say

HEIGHT = 52

CLICK = 0.3
"""Seconds up to which a press was a click."""


class TopBar(QWidget):
    """`done(name)` names a row of the table of shortcuts; `held` is the Original button, down or up."""

    done = Signal(str)
    held = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        handle: FileHandle,
        menu: QMenu,
        parent: QWidget | None = None,
        *,
        line: EditorLine | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(HEIGHT)
        self._handle = handle
        self._title = Elided(theme, size=t.BODY, weight=t.SEMIBOLD, middle=True)
        self._subtitle = Elided(theme, size=t.NOTE, colour="text2")
        for part in (self._title, self._subtitle):
            part.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._undo = tool_button(theme, "undo", say("editor.undo"), tip=f"{say('editor.undo')}  {shown('undo')}")
        self._redo = tool_button(theme, "redo", say("editor.redo"), tip=f"{say('editor.redo')}  {shown('redo')}")
        tip = say("editor.original.tip", key=shown("original"))
        self._original = tool_button(theme, "compare", say("editor.original"), words=True, tip=tip)
        self._original.setText(f" {say('editor.original')}")
        self._more = tool_button(theme, "more", say("editor.more"))
        self._more.setMenu(menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._save = button(say("editor.save"), parent=self)
        self._save.setToolTip(shown("save"))
        self._undo.clicked.connect(lambda: self.done.emit("undo"))
        self._redo.clicked.connect(lambda: self.done.emit("redo"))
        self._save.clicked.connect(lambda: self.done.emit("save"))
        self.waiting = Waiting(theme, line)
        self._compare, self._slid, self._pressed = "off", False, 0.0
        self._original.pressed.connect(self._press)
        self._original.released.connect(self._let_go)
        layout = row(
            handle, 8, self._title, 12, self._subtitle, None, 16, self.waiting, 16, self._undo, self._redo, 16, self._original, 12,
            self._more, 8, self._save, space=0, margins=(16, 0, 16, 1),
        )  # fmt: skip
        self.setLayout(layout)
        theme.changed.connect(self.update)

    def show_snapshot(self, snapshot: EditorSnapshot) -> None:
        """Show this."""
        self._compare = snapshot.compare
        there = snapshot.stage != "empty"
        self._title.set_text(snapshot.title if there else say("common.app"))
        self._subtitle.set_text(snapshot.subtitle)
        self._handle.setVisible(there)
        for part in (self._undo, self._redo, self._original, self._save):
            part.setVisible(there)
        self._undo.setEnabled(snapshot.can_undo)
        self._redo.setEnabled(snapshot.can_redo)
        self._original.setEnabled(snapshot.stage == "ready" and snapshot.edited)
        self._save.setEnabled(snapshot.stage == "ready")

    def _press(self) -> None:
        self._pressed, self._slid = perf_counter(), self._compare == "slider"
        self.held.emit(True)

    def _let_go(self) -> None:
        """Whoever only clicks would see nothing but a flicker: that shows both pictures, and once more ends it."""
        self.held.emit(False)
        if perf_counter() - self._pressed < CLICK and not self._slid:
            self.done.emit("compare")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the window."""
        return QSize(600, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The window's ground and a line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("window"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))
