"""What the window's keys, menu and buttons do, each under its name in the table of shortcuts or of the menu."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.state.doors import Doors
from desktop.state.editing.choices import TOOLS
from desktop.state.editing.snapshot import EditorSnapshot
from desktop.window.editor.asking import SizeQuestion, ask_to_open, ask_where
from desktop.window.editor.canvas import CanvasView
from desktop.window.editor.dropping import Brought, brought
from desktop.window.editor.intents import EditorIntents
from desktop.window.editor.keysheet import KeySheet
from desktop.window.editor.menu import ALWAYS
from desktop.window.editor.painting import resized
from desktop.window.theme import Theme
from desktop.words import say

WITHOUT_PICTURE = ALWAYS | {"close", "stop"}
WRITTEN = (".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff")
"""Kinds of files that we write; a picture of another kind is proposed as the first."""


class Deeds:
    """Belongs to one window; `notice` says something in its bar, `dismiss` takes that away, `want_words` has the person
    write what should be there.
    """

    def __init__(
        self,
        theme: Theme,
        state: EditorIntents,
        doors: Doors,
        window: QWidget,
        canvas: CanvasView,
        notice: Callable[[str, str], None],
        dismiss: Callable[[], bool],
        want_words: Callable[[], None],
    ) -> None:
        self._theme, self._state, self._doors, self._window, self._canvas = theme, state, doors, window, canvas
        self._notice, self._dismiss, self._want_words = notice, dismiss, want_words
        self._sheet: KeySheet | None = None
        self._acts = self._table()

    @property
    def names(self) -> set[str]:
        """All that can be done."""
        return set(self._acts)

    @property
    def _snapshot(self) -> EditorSnapshot:
        """As it is now: a key that repeats is quicker than the window."""
        return self._state.snapshot()

    def do(self, name: str) -> None:
        """Do it, if it makes sense now. Raises `KeyError`."""
        act = self._acts[name]
        if self._snapshot.stage != "empty" or name in WITHOUT_PICTURE:
            act()

    def _act(self) -> None:
        if self._snapshot.button.enabled and not self._snapshot.button.stops:
            self._state.act()

    def _fill(self) -> None:
        """The tool, and with it the line to write in."""
        if "fill" in self._snapshot.tools:
            self._want_words()
            self._state.set_tool("fill")

    def _escape(self) -> None:
        """The nearest thing first: a drag, the slider, the work, the mask, the full screen."""
        if self._canvas.cancel_drag():
            return
        if self._snapshot.compare == "slider":
            self._state.compare_slider(False)
        elif self._snapshot.button.stops:
            self._state.act()
        elif not self._snapshot.mask_empty:
            self._state.clear_mask()
        elif not self._dismiss() and self._window.isFullScreen():
            self._full_screen()

    def _compare(self) -> None:
        if self._snapshot.edited or self._snapshot.compare == "slider":
            self._state.want_original()
            self._state.compare_slider(self._snapshot.compare != "slider")

    def _resize_brush(self, notches: float) -> None:
        self._state.set_brush(resized(self._snapshot.brush, notches))

    def _full_screen(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _show_keys(self) -> None:
        left_out = frozenset(self._snapshot.tools) ^ frozenset(TOOLS)
        if self._sheet is None or self._sheet.left_out != left_out:
            if self._sheet is not None:
                self._sheet.close()
                self._sheet.deleteLater()
            self._sheet = KeySheet(self._theme, self._window, left_out=left_out)
        self._sheet.show()
        self._sheet.raise_()
        self._sheet.activateWindow()

    # files

    def open(self) -> None:
        """Ask for a picture and open it."""
        beside = Path(self._snapshot.path) if self._snapshot.path else None
        ask_to_open(self._window, say("editor.menu.open"), lambda path: self.take(Brought(files=(path,))), beside)

    def paste(self) -> None:
        """Open what is on the clipboard."""
        found = brought(QGuiApplication.clipboard().mimeData())
        if found.nothing or found.address:
            self._notice(say("editor.paste.nothing"), "info")
        else:
            self.take(found)

    def _copy(self) -> None:
        picture = self._canvas.picture
        if picture is not None and self._snapshot.stage == "ready":
            QGuiApplication.clipboard().setImage(picture.whole())
            self._notice(say("editor.copied"), "info")

    def _save_as(self) -> None:
        ask_where(self._window, say("editor.menu.save_as"), self._proposed("editor.file.copy"), self._state.save_as)

    def _export(self) -> None:
        size = (self._snapshot.width, self._snapshot.height)
        SizeQuestion(self._theme, size, self._export_to, self._window).open()

    def _export_to(self, size: tuple[int, int]) -> None:
        proposed = self._proposed("editor.file.copy")
        proposed = proposed.with_stem(f"{Path(self._snapshot.title).stem} {size[0]}×{size[1]}")
        ask_where(self._window, say("editor.export"), proposed, lambda path: self._state.export(path, size))

    def _export_mask(self) -> None:
        proposed = self._proposed("editor.file.mask").with_suffix(".png")
        ask_where(self._window, say("editor.menu.export_mask"), proposed, self._state.export_mask)

    def _proposed(self, words: str) -> Path:
        """Beside the opened file, under a name of its own."""
        opened = (
            Path(self._snapshot.path) if self._snapshot.path else Path.home() / (self._snapshot.title or "picture.png")
        )
        suffix = opened.suffix if opened.suffix.lower() in WRITTEN else ".png"
        return opened.with_name(f"{opened.stem} {say(words)}{suffix}")

    def take(self, found: Brought) -> None:
        """Open what was brought: here if nothing would be lost, else in a window of its own."""
        if found.address:
            self._notice(say("editor.drop.address"), "warning")
        elif found.files:
            files = list(found.files)
            if not self._snapshot.unsaved and self._snapshot.working is None:
                self._state.open(files.pop(0))
            if files:
                self._doors.edit(files)
        elif found.pixels:
            if self._snapshot.unsaved or self._snapshot.working is not None:
                self._notice(say("editor.paste.unsaved"), "warning")
            else:
                self._state.open_pixels(found.pixels, say("editor.pasted"))

    def _table(self) -> dict[str, Callable[[], object]]:
        state = self._state
        return {
            "erase": lambda: state.set_tool("erase"),
            "fill": self._fill,
            "enlarge": lambda: state.set_tool("enlarge"),
            "select": lambda: state.set_tool("select"),
            "act": self._act,
            "stop": self._escape,
            "previous_variant": state.previous_variant,
            "next_variant": state.next_variant,
            "smaller": lambda: self._resize_brush(-1),
            "larger": lambda: self._resize_brush(1),
            "colour": lambda: state.set_colour("b" if self._snapshot.mask_colour == "a" else "a"),
            "undo": state.undo,
            "redo": state.redo,
            "zoom_in": lambda: self._canvas.zoom_by(1),
            "zoom_out": lambda: self._canvas.zoom_by(-1),
            "fit": lambda: self._canvas.zoom_to(None),
            "whole": lambda: self._canvas.zoom_to(1.0),
            "double": lambda: self._canvas.zoom_to(2.0),
            "compare": self._compare,
            "full_screen": self._full_screen,
            "open": self.open,
            "paste": self.paste,
            "copy": self._copy,
            "save": state.save,
            "save_as": self._save_as,
            "export": self._export,
            "enqueue": state.enqueue,
            "invert": state.invert_mask,
            "clear": state.clear_mask,
            "import_mask": lambda: ask_to_open(self._window, say("editor.menu.import_mask"), state.import_mask),
            "export_mask": self._export_mask,
            "shortcuts": self._show_keys,
            "close": self._window.close,
        }
