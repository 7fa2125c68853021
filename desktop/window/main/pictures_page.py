"""All pictures of the index, to look at and to take one further."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QWidget

from desktop.jobs.walk import SUFFIXES
from desktop.state.doors import Doors
from desktop.state.pictures import PicturesSnapshot, PicturesState
from desktop.window import tokens as t
from desktop.window.bound import Bound
from desktop.window.kit import Bar, Sign, button, column, label, row, tool_button
from desktop.window.main.grid import PictureGrid
from desktop.window.main.page import shortcut
from desktop.window.main.searchfield import SearchField
from desktop.window.main.sections import EDGE
from desktop.window.notices import show_notice
from desktop.window.theme import Theme
from desktop.window.thumbnails import Pixmaps
from desktop.words import say

TYPING = 150
"""Milliseconds without a key after which words are searched."""


class PicturesPage(QWidget):
    """A field for words, the grid, and what can be done with the pictures that are chosen."""

    def __init__(
        self, theme: Theme, state: PicturesState, doors: Doors, pixmaps: Pixmaps, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._state, self._doors = theme, state, doors
        self._generation = -1
        title = label(theme, say("pictures.title"), size=t.TITLE, weight=t.SEMIBOLD)
        self._month = label(theme, size=t.HEAD, colour="text3")
        self.field = SearchField(theme, say("pictures.field"))
        self.field.setMaximumWidth(360)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(lambda: state.search(self.field.text()))
        self.field.textChanged.connect(self._typed)
        head = row(title, self._month, None, self.field, space=16, margins=(EDGE, 28, EDGE, 8))
        head.setStretch(3, 1)
        self._bar = Bar(theme)
        self._said = QWidget()
        self._said.setLayout(row(self._bar, margins=(EDGE, 0, EDGE, 8)))
        self.grid: PictureGrid = PictureGrid(theme, state, pixmaps)
        self.field.returnPressed.connect(lambda: self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.grid.setAccessibleName(say("pictures.grid"))
        self.grid.opened.connect(state.open)
        self.grid.passed.connect(self._month.setText)
        self.grid.menu_wanted.connect(self._menu)
        self.grid.selectionModel().selectionChanged.connect(self._chosen)
        self._blank = _Blank(theme, self.open_picture, lambda: doors.show("folders"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._blank)
        self.setLayout(column(head, self._said, self._stack, space=0))
        self._tray = _Chosen(theme, self)
        self._tray.erase.clicked.connect(lambda: state.erase(self.grid.rows()))
        self._tray.enlarge.clicked.connect(lambda: state.enlarge(self.grid.rows()))
        self._tray.clear.clicked.connect(self.grid.clearSelection)
        shortcut(self, QKeySequence.StandardKey.Find, self.field.take)
        shortcut(self, "Ctrl+O", self.open_picture)
        shortcut(self.grid, "Ctrl+E", lambda: state.erase(self.grid.rows()))
        shortcut(self.grid, "Ctrl+U", lambda: state.enlarge(self.grid.rows()))
        shortcut(self.grid, QKeySequence.StandardKey.Copy, lambda: state.copy(self.grid.rows()))
        shortcut(self.grid, "Ctrl+Shift+C", lambda: state.copy_path(self.grid.rows()))
        shortcut(self.grid, "Ctrl+Return", lambda: state.show_in_folder(self.grid.rows()))
        self._bound = Bound(state, self)
        self._bound.changed.connect(self._show)
        self._show()

    def shown(self) -> None:
        """Somebody looks."""
        self._state.shown()

    def hidden(self) -> None:
        """Nobody does."""
        self._state.hidden()

    def open_picture(self) -> None:
        """Choose one from anywhere, in the system's own dialog."""
        suffixes = f"{say('pictures.files')} ({' '.join(f'*{suffix}' for suffix in sorted(SUFFIXES))})"
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        paths, _ = QFileDialog.getOpenFileNames(self, say("pictures.dialog"), place, suffixes)
        if paths:
            self._doors.edit([Path(path) for path in paths])

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """To the pictures; where there are none, to the next step. A focus proxy would hide the field from Tab."""
        target = self.grid if self._stack.currentWidget() is self.grid else self._blank.next_step
        target.setFocus(event.reason())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The tray floats in the middle below."""
        super().resizeEvent(event)
        self._place_tray()

    def _typed(self, text: str) -> None:
        if text.strip():
            self._typing.start()
        else:
            self._typing.stop()
            self._state.search("")

    def _show(self) -> None:
        snapshot = self._state.snapshot()
        show_notice(self._bar, snapshot.notice, self._state.act)
        self._said.setVisible(snapshot.notice is not None)
        if snapshot.generation != self._generation:
            self._generation = snapshot.generation
            self.grid.show_sections(snapshot.sections, snapshot.total)
        self.grid.viewport().update()
        self.field.setVisible(bool(snapshot.total or snapshot.text))
        blank = snapshot.blank
        self._stack.setCurrentWidget(self._blank if blank is not None else self.grid)
        if blank is not None:
            self._blank.show_words(blank, snapshot)

    def _chosen(self) -> None:
        count = self.grid.count()
        self._tray.setVisible(count > 0)
        if count:
            self._tray.show_count(count)
            self._place_tray()
        self.grid.viewport().update()

    def _place_tray(self) -> None:
        size = self._tray.sizeHint()
        width = min(size.width(), self.width() - EDGE)  # in a narrow window closer to its sides than the page is
        self._tray.setGeometry((self.width() - width) // 2, self.height() - size.height() - 24, width, size.height())
        self._tray.raise_()

    def _menu(self, where: QPoint) -> None:
        rows, state = self.grid.rows(), self._state
        menu = QMenu(self)

        def add(icon: str, words: str, act: Callable[[], None]) -> None:
            menu.addAction(self._theme.icon(icon, "text2"), words).triggered.connect(act)

        if len(rows) == 1:
            add("brush", say("pictures.edit"), lambda: state.open(rows[0]))
        add("erase", say("pictures.erase"), lambda: state.erase(rows))
        add("enlarge", say("pictures.enlarge"), lambda: state.enlarge(rows))
        menu.addSeparator()
        if len(rows) == 1:
            add("open", say("pictures.open"), lambda: state.open_in_viewer(rows))
            add("more", say("pictures.open_with"), lambda: state.open_with(rows))
            add("folder-open", say("pictures.show"), lambda: state.show_in_folder(rows))
            menu.addSeparator()
        add("copy", say("pictures.copy"), lambda: state.copy(rows))
        add("link", say("pictures.copy_path", count=len(rows)), lambda: state.copy_path(rows))
        menu.exec(where)
        menu.deleteLater()


class _Chosen(QWidget):
    """A bar that floats over the grid while pictures are chosen."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = label(theme, weight=t.MEDIUM)
        self.erase = button(say("pictures.erase"), accent=True)
        self.enlarge = button(say("pictures.enlarge"))
        self.clear = tool_button(theme, "close", say("pictures.clear"))
        self.setLayout(row(self._words, 16, self.enlarge, self.erase, self.clear, space=8, margins=(20, 12, 12, 12)))
        theme.changed.connect(self.update)
        self.hide()

    def show_count(self, count: int) -> None:
        """How many are chosen."""
        self._words.setText(say("pictures.chosen", count=count))
        self.setAccessibleName(self._words.text())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A raised ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("edge" if self._theme.tokens.dark else "line"), 1))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), t.RADIUS_BAR, t.RADIUS_BAR)


class _Blank(QWidget):
    """Nothing to show, and what to do about it."""

    def __init__(self, theme: Theme, open_one: Callable[[], None], folders: Callable[[], None]) -> None:
        super().__init__()
        icon = Sign(theme, "picture", colour="text3", size=48)
        self._head = label(theme, size=t.HEAD, weight=t.SEMIBOLD)
        self._words = label(theme, colour="text2", wrap=True)
        self._words.setFixedWidth(400)
        for one in (self._head, self._words):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._open = button(say("pictures.open_one"))
        self._open.clicked.connect(open_one)
        self._folders = button(say("pictures.choose_folders"), accent=True)
        self._folders.clicked.connect(folders)
        buttons = row(None, self._open, self._folders, None, space=12)
        middle = column(None, icon, 8, self._head, row(None, self._words, None), 12, buttons, None, 48, space=8)
        self.setLayout(middle)

    @property
    def next_step(self) -> QWidget:
        """The button that most people want."""
        return self._folders

    def show_words(self, words: tuple[str, str], snapshot: PicturesSnapshot) -> None:
        """Say why there is nothing."""
        self._head.setText(words[0])
        self._words.setText(words[1])
        self._words.setVisible(bool(words[1]))
        self._open.setVisible(not snapshot.text)
        self._folders.setVisible(not snapshot.text)
