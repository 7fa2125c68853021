"""The list of what was found, for the palette and for other screens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QScrollBar, QVBoxLayout, QWidget

from desktop.state.rows import Row
from desktop.window.kit import plain_tip
from desktop.window.palette.painting import ROW_ROLE, Pictures, RowPainter, thin_bar
from desktop.window.theme import Theme
from desktop.window.urls import data_of
from desktop.words import say

BAR = 8
"""The scroll bar is as wide as the rows' margin, so that it never covers one."""

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class Hits(QAbstractListModel):
    """The rows of a list, from a tuple."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _TOP) -> int:  # noqa: N802 - Qt's name
        """As many as there are rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The row itself for the painter; its name, and what a screen reader says."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken or row.title
        if role == Qt.ItemDataRole.ToolTipRole and row.path is not None:
            return plain_tip(f"{row.title}\n{row.place}")
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A file can be dragged to where it is wanted."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.isValid() and (row := self.rows[index.row()]).path is not None and not row.gone:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        """Files."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """The files of the rows that are dragged."""
        paths = [row.path for row in (self.rows[index.row()] for index in indexes) if row.path is not None]
        return data_of(paths)


class _View(QListView):
    """The list proper: one row a file."""

    keyed = Signal(str)
    dragging = False

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802 - Qt's name
        """Note that a file is on its way: the window must not go meanwhile."""
        self.dragging = True
        try:
            super().startDrag(actions)
        finally:
            self.dragging = False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter and Space do something; letters are left to whoever stands above (the query)."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.keyed.emit("enter")
        elif key == Qt.Key.Key_Space and not event.modifiers():
            self.keyed.emit("space")
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)


class HitList(QWidget):
    """Rows of files. `activated`: a row was opened; `selected`: chosen by the person; `looked`: Space was pressed on it."""

    activated = Signal(int)
    selected = Signal(int)
    asked_for_menu = Signal(int, QPoint)
    looked = Signal(int)

    def __init__(self, theme: Theme, thumbnails: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = Hits(self)
        self._painter = RowPainter(theme, thumbnails, self)
        self._view = view = _View(self)
        view.setModel(self._model)
        view.setItemDelegate(self._painter)
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setDragEnabled(True)
        view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setAccessibleName(say("palette.list"))
        view.verticalScrollBar().setSingleStep(self._painter.height)
        self._bar = _Over(view, theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(view)
        self.setFocusProxy(view)
        self._showing = False
        view.selectionModel().currentChanged.connect(self._moved)
        view.doubleClicked.connect(lambda index: self.activated.emit(index.row()))
        view.customContextMenuRequested.connect(self._menu)
        view.keyed.connect(self._keyed)
        thumbnails.arrived.connect(view.viewport().update)
        theme.changed.connect(view.viewport().update)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._model.rows

    @property
    def view(self) -> QListView:
        """The list proper, for who must know its places."""
        return self._view

    @property
    def dragging(self) -> bool:
        """Whether a file is being dragged out just now."""
        return self._view.dragging

    def show_rows(self, rows: Sequence[Row], selected: int) -> None:
        """Show these rows, one of them chosen (-1: none); where they begin as before, nothing scrolls."""
        self._showing = True
        before, scroll = self._model.rows, self._view.verticalScrollBar().value()
        shown = tuple(rows)
        if shown != before:
            self._model.show(shown)
        if 0 <= selected < len(shown):
            index = self._model.index(selected, 0)
            if selected and shown[:1] == before[:1]:
                self._view.verticalScrollBar().setValue(scroll)
            self._view.setCurrentIndex(index)
            if selected == 0:
                self._view.scrollToTop()
            else:
                self._view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        else:
            self._view.clearSelection()
        self._showing = False

    def set_dimmed(self, dimmed: bool) -> None:
        """Show that the rows are those of an older question."""
        if dimmed != self._painter.dimmed:
            self._painter.dimmed = dimmed
            self._view.viewport().update()

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """The scroll bar lies over the right edge."""
        super().resizeEvent(event)
        self._bar.setGeometry(self.width() - BAR, 0, BAR, self.height())
        if self._view.currentIndex().isValid():
            self._view.scrollTo(self._view.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not self._showing and current.isValid():
            self.selected.emit(current.row())

    def _menu(self, place: QPoint) -> None:
        index = self._view.indexAt(place)
        if index.isValid():
            self.asked_for_menu.emit(index.row(), self._view.viewport().mapToGlobal(place))

    def _keyed(self, what: str) -> None:
        row = self._view.currentIndex().row()
        if row >= 0:
            (self.activated if what == "enter" else self.looked).emit(row)


class _Over(QScrollBar):
    """A scroll bar that lies over the rows, so that they are as wide with it as without."""

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._theme, self._hidden = theme, view.verticalScrollBar()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hidden.rangeChanged.connect(self._fit)
        self._hidden.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._hidden.setValue)
        theme.changed.connect(self._dress)
        self._dress()
        self._fit()

    def _dress(self) -> None:
        self.setStyleSheet(thin_bar(self._theme, BAR))

    def _fit(self) -> None:
        hidden = self._hidden
        self.setRange(hidden.minimum(), hidden.maximum())
        self.setPageStep(hidden.pageStep())
        self.setSingleStep(hidden.singleStep())
        self.setVisible(hidden.maximum() > hidden.minimum())
