"""The queue: what runs, what failed and why, and where pictures are dropped. It asks nothing that stops the work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from desktop.jobs.walk import SUFFIXES
from desktop.state.queue import Queue, QueueState
from desktop.window.bound import Bound
from desktop.window.kit import Bar, Tone, button, column, row, tool_button
from desktop.window.queue.ask import AskCard
from desktop.window.queue.head import Head
from desktop.window.queue.list import RowList
from desktop.window.queue.places import DropVeil, EmptyPlace
from desktop.window.theme import Theme, mark
from desktop.window.thumbnails import Pixmaps
from desktop.window.urls import files_in
from desktop.words import say


class QueueWindow(QWidget):
    """The window; closing it only hides it, and the work goes on."""

    def __init__(self, theme: Theme, state: QueueState, pixmaps: Pixmaps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._state = theme, state
        self.setWindowTitle(f"{say('queue.title')} – {say('common.app')}")
        self.setAcceptDrops(True)
        self.setMinimumSize(600, 400)
        self.resize(760, 620)
        self._head = Head(theme, state)
        self._bar = Bar(theme)
        self._ask: AskCard | None = None
        self._asking = column(margins=(16, 0, 16, 16))
        self._list = RowList(theme, state, pixmaps)
        self._empty = EmptyPlace(theme)
        self._empty.pictures.clicked.connect(self.choose_pictures)
        self._empty.folder.clicked.connect(self.choose_folder)
        self._middle = QStackedWidget()
        self._middle.addWidget(self._empty)
        self._middle.addWidget(self._list)
        self._veil = DropVeil(theme, self)
        self._build_foot()
        self._said, self._question = QWidget(), QWidget()
        self._said.setLayout(row(self._bar, margins=(16, 0, 16, 12)))
        self._question.setLayout(self._asking)
        whole = column(self._head, self._said, self._question, self._middle, self._foot, space=0)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        theme.dress(self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        for keys, act in (
            (QKeySequence.StandardKey.Open, self.choose_pictures),
            (QKeySequence.StandardKey.Close, self.close),
        ):
            QShortcut(QKeySequence(keys), self, act)
        self._bound = Bound(state, self)
        self._bound.changed.connect(self._follow)
        theme.changed.connect(self._list.rows.repaint_all)
        self._follow()

    def choose_pictures(self) -> None:
        """Ask the system's dialog for pictures."""
        self._dialog(say("queue.choose.pictures"), QFileDialog.FileMode.ExistingFiles, self._state.add)

    def choose_folder(self) -> None:
        """Ask it for a folder."""
        self._dialog(say("queue.choose.folder"), QFileDialog.FileMode.Directory, self._state.add)

    def choose_mask(self) -> None:
        """Ask it for the mask of all pictures."""
        mode = QFileDialog.FileMode.ExistingFile
        self._dialog(say("queue.choose.mask"), mode, lambda paths: self._state.choose(mask=paths[0]))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ground, and the lines between head, list and foot."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("window"))
        if self._middle.currentWidget() is self._list:
            painter.fillRect(self._middle.geometry(), self._theme.colour("surface"))
            painter.fillRect(0, self._middle.geometry().top() - 1, self.width(), 1, self._theme.colour("line"))
            painter.fillRect(0, self._foot.geometry().top(), self.width(), 1, self._theme.colour("line"))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The keys belong to the rows; no button stands out by its focus."""
        super().showEvent(event)
        if self._ask is None:
            (self._list if self._list.rows.rowCount() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The veil is as large."""
        super().resizeEvent(event)
        self._veil.setGeometry(self.rect())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc answers the question with "not now"; it never stops work."""
        if event.key() == Qt.Key.Key_Escape and self._ask is not None:
            self._state.dismiss()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Only the window goes."""
        event.ignore()
        self.hide()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files and folders may come in."""
        if event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._over(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        """They went elsewhere."""
        self._over(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Here they are."""
        self._over(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        paths = files_in(event.mimeData())
        if paths:
            self._state.add(paths)
        else:
            self._state.refuse()

    def _over(self, over: bool) -> None:
        if self._middle.currentWidget() is self._empty:
            self._empty.set_over(over)
        else:
            self._veil.setVisible(over)
            self._veil.raise_()

    def _build_foot(self) -> None:
        self._foot = QWidget()
        self._add = button(say("queue.add"), quiet=True)
        self._add.clicked.connect(self.choose_pictures)
        self._add_folder = tool_button(self._theme, "folder", say("queue.add.folder"))
        self._add_folder.clicked.connect(self.choose_folder)
        self._retry = button("")
        self._retry.clicked.connect(lambda _checked=False: self._state.retry())
        self._folder = button("")
        self._folder.clicked.connect(lambda: self._state.show_in_folder(next(iter(self._list.chosen()), None)))
        self._foot.setLayout(
            row(self._add, self._add_folder, None, self._retry, self._folder, space=8, margins=(14, 10, 16, 10))
        )

    def _follow(self) -> None:
        shown = self._state.snapshot()
        self._list.rows.follow(shown)
        self._head.show_queue(shown)
        empty = not shown.count
        self._middle.setCurrentWidget(self._empty if empty else self._list)
        self._empty.set_asking(shown.ask is not None)
        self._head.setVisible(not empty)
        self._foot.setVisible(not empty)
        for made, one in ((self._retry, shown.retry), (self._folder, shown.folder)):
            made.setText(one.words)
            made.setVisible(one.shown)
        if shown.problem and shown.problem != self._bar.words:
            self._bar.say(Tone.WARN, shown.problem, [(say("common.close"), self._state.settle)])
        self._said.setVisible(bool(shown.problem))
        self._show_question(shown)
        self._question.setVisible(shown.ask is not None)
        self._asking.setContentsMargins(16, 16 if empty else 0, 16, 16)
        over = shown.finished and not shown.held and shown.ask is None
        mark(self._folder, "accent", over and shown.folder.shown)
        mark(self._retry, "accent", over and not shown.folder.shown)
        self.update()

    def _show_question(self, shown: Queue) -> None:
        if shown.ask is None:
            if self._ask is not None:
                self._ask.hide()
                self._asking.removeWidget(self._ask)
                self._ask.deleteLater()
                self._ask = None
                self._list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._ask is not None:
            self._ask.show_ask(shown.ask)
            return
        self._ask = AskCard(self._theme, shown.ask)
        self._ask.chosen.connect(lambda name, value: self._state.choose(**{name: value}))
        self._ask.mask_wanted.connect(self.choose_mask)
        self._ask.go.connect(self._state.go)
        self._ask.not_now.connect(self._state.dismiss)
        self._asking.addWidget(self._ask)
        self._ask.focus_next_step()

    def _dialog(self, title: str, mode: QFileDialog.FileMode, take: Callable[[list[Path]], None]) -> None:
        """The system's dialog, beside the work and not before it."""
        dialog = QFileDialog(self, title)
        dialog.setFileMode(mode)
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        if mode is not QFileDialog.FileMode.Directory:
            kinds = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
            dialog.setNameFilter(f"{say('queue.choose.filter')} ({kinds})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: take([Path(name) for name in names]))
        dialog.open()
