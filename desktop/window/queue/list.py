"""The list of rows: keys, the menu, and what follows the pointer."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget

from desktop.jobs.job import State
from desktop.state.queue import QueueState
from desktop.window.queue.painting import RowDelegate
from desktop.window.queue.rows import RowsModel
from desktop.window.theme import Theme
from desktop.window.thumbnails import Pixmaps
from desktop.words import say


class RowList(QListView):
    """Del takes rows out, R tries them again, Enter shows the result."""

    def __init__(self, theme: Theme, state: QueueState, pixmaps: Pixmaps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._state = theme, state
        self.rows = RowsModel(state, self)
        self.setModel(self.rows)
        self._delegate = RowDelegate(theme, pixmaps, self)
        self.setItemDelegate(self._delegate)
        self._delegate.retry.connect(lambda number: state.retry([number]))
        self._delegate.skip.connect(lambda number: state.remove([number]))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName(say("queue.list"))
        self.doubleClicked.connect(lambda index: state.open(self.rows.id_at(index.row())))
        pixmaps.arrived.connect(self.viewport().update)
        theme.changed.connect(self.viewport().update)

    def chosen(self) -> list[int]:
        """The jobs of the chosen rows."""
        return [self.rows.id_at(index.row()) for index in sorted(self.selectedIndexes(), key=QModelIndex.row)]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The keys of a row; the rest moves."""
        chosen, key = self.chosen(), event.key()
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and chosen:
            self._remove(chosen)
        elif key == Qt.Key.Key_R and not event.modifiers() and chosen:
            self._state.retry(chosen)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen:
            self._state.open(chosen[0])
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A hand over what can be clicked."""
        where = event.position().toPoint()
        index = self.indexAt(where)
        hand = self._delegate.point(index, self.visualRect(index), where)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """What can be done with the chosen rows."""
        chosen = self.chosen()
        if chosen:
            menu = self.menu(chosen)
            menu.exec(event.globalPos() if not event.globalPos().isNull() else self.mapToGlobal(QPoint(0, 0)))
            menu.deleteLater()

    def menu(self, chosen: list[int]) -> QMenu:
        """The menu for these jobs."""
        rows = [self._state.row(number) for number in chosen]
        menu = QMenu(self)
        first = rows[0]
        if first.state is State.DONE:
            menu.addAction(self._theme.icon("open"), say("queue.menu.open"), lambda: self._state.open(first.id))
        menu.addAction(self._theme.icon("folder"), say("queue.menu.show"), lambda: self._state.show_in_folder(first.id))
        if any(row.state in (State.FAILED, State.CANCELLED) for row in rows):
            menu.addAction(self._theme.icon("retry"), say("common.retry"), lambda: self._state.retry(chosen))
        if first.details:
            menu.addAction(
                self._theme.icon("copy"), say("common.copy_details"), lambda: self._state.copy_details(first.id)
            )
        menu.addSeparator()
        running = any(row.state is State.RUNNING for row in rows)
        words = say("queue.menu.stop") if running and len(rows) == 1 else say("queue.menu.remove")
        menu.addAction(self._theme.icon("stop" if running else "trash"), words, lambda: self._remove(chosen))
        return menu

    def _remove(self, chosen: list[int]) -> None:
        """Take them out, and choose the row that stands there then: the next Del takes the next."""
        place = min(index.row() for index in self.selectedIndexes())
        self._state.remove(chosen)
        self.rows.follow(self._state.snapshot())
        if self.rows.rowCount():
            index = self.rows.index(min(place, self.rows.rowCount() - 1))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
