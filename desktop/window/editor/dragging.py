"""Dragging the picture out of the window, as a file, by the icon beside its name."""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QDrag, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop.state.editing.snapshot import EditorSnapshot
from desktop.window import tokens as t
from desktop.window.editor.intents import EditorIntents
from desktop.window.theme import Theme
from desktop.window.urls import data_of
from desktop.words import say

LOOK = 30
"""Milliseconds between two looks whether the file is written."""


class FileHandle(QWidget):
    """A press has the file made, a movement takes it along once it is there; nothing waits for it."""

    def __init__(
        self, theme: Theme, state: EditorIntents, picture: Callable[[], QPixmap], parent: QWidget | None = None
    ) -> None:
        """`picture` gives the small picture that hangs at the pointer."""
        super().__init__(parent)
        self._theme, self._state, self._picture = theme, state, picture
        self._snapshot = EditorSnapshot()
        self._pressed: QPoint | None = None
        self._file: Path | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK)
        self._looking.timeout.connect(self._look)
        self._wants = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(say("editor.drag_out"))
        self.setAccessibleName(say("editor.drag_out"))
        theme.changed.connect(self.update)

    def show_snapshot(self, snapshot: EditorSnapshot) -> None:
        """The picture that is dragged."""
        self._snapshot = snapshot

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """An icon, and room around it to be hit."""
        return QSize(28, t.TARGET)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Have the file made."""
        if event.button() == Qt.MouseButton.LeftButton and self._snapshot.stage == "ready":
            self._pressed, self._wants = event.position().toPoint(), False
            self._file = self.file()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Far enough: take it along."""
        if self._pressed is None or self._wants:
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._wants = True
            self._looking.start()
            self._look()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        self._pressed, self._wants = None, False
        self._looking.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A picture."""
        pixmap = self._theme.pixmap("picture", "text2", 20, self.devicePixelRatioF())
        QPainter(self).drawPixmap((self.width() - 20) // 2, (self.height() - 20) // 2, pixmap)

    def file(self) -> Path:
        """Where the file is or will be: the opened one as long as it is what is shown, else one that the state writes."""
        opened = Path(self._snapshot.path)
        if self._snapshot.path and not self._snapshot.edited and opened.is_file():
            return opened
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="homespun-", ignore_cleanup_errors=True)
            atexit.register(self._folder.cleanup)  # not with the window: whoever got the file may still be reading it
        number = sum(1 for _ in Path(self._folder.name).iterdir())
        inside = Path(self._folder.name) / str(number)
        inside.mkdir()
        path = inside / f"{Path(self._snapshot.title).stem or 'picture'}.png"
        self._state.export(path)
        return path

    def drag(self, path: Path) -> QDrag:
        """The drag with that file."""
        made = QDrag(self)
        made.setMimeData(data_of([path]))
        made.setPixmap(self._picture())
        return made

    def _look(self) -> None:
        if self._wants and self._file is not None and self._file.is_file():
            self._looking.stop()
            path, self._pressed, self._wants = self._file, None, False
            self.drag(path).exec(Qt.DropAction.CopyAction)
