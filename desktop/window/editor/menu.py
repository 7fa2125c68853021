"""What is behind the three dots."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.state.editing.snapshot import EditorSnapshot
from desktop.window.editor.shortcuts import BY_NAME, shown
from desktop.window.kit import entry_words
from desktop.words import say

ALWAYS = {"open", "paste", "full_screen", "shortcuts"}
"""What makes sense without a picture."""
MASKED = {"clear", "invert", "export_mask"}
"""What needs something painted; inverting nothing marks everything, which nobody wants from a menu."""


class MoreMenu(QMenu):
    """Each action is named; the window does it."""

    def __init__(self, do: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._do = do
        self._made: dict[str, QAction] = {}
        self._add("open", say("editor.menu.open"))
        self._add("paste", say("editor.menu.paste"))
        self._add("copy", say("editor.menu.copy"))
        self.addSeparator()
        self._add("save_as", say("editor.menu.save_as"))
        self._add("export", say("editor.menu.export"))
        self._add("enqueue", say("editor.menu.enqueue"))
        self.addSeparator()
        self._add("invert", say("editor.menu.invert"))
        self._add("clear", say("editor.menu.clear"))
        self._add("import_mask", say("editor.menu.import_mask"))
        self._add("export_mask", say("editor.menu.export_mask"))
        self.addSeparator()
        self._add("compare", say("editor.menu.compare"))
        self._add("full_screen", say("editor.menu.full_screen"))
        self._add("shortcuts", say("editor.menu.shortcuts"))

    def show_snapshot(self, snapshot: EditorSnapshot) -> None:
        """What can be done now."""
        for name, action in self._made.items():
            ready = snapshot.stage == "ready"
            if name in MASKED:
                ready = ready and not snapshot.mask_empty
            if name == "compare":
                ready = ready and snapshot.edited
            if name == "enqueue":
                ready = ready and bool(snapshot.path)
            action.setEnabled(name in ALWAYS or ready)

    def named(self, name: str) -> QAction:
        """One of the actions. Raises `KeyError`."""
        return self._made[name]

    def _add(self, name: str, words: str) -> None:
        action = self.addAction(entry_words(words, shown(name) if name in BY_NAME else ""))
        action.triggered.connect(lambda _on=False: self._do(name))
        self._made[name] = action
