"""What was found, as a table: name, folder, date, size."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.state.browse import COLUMNS, BrowseSnapshot, Line
from desktop.window import tokens as t
from desktop.window.theme import Theme
from desktop.window.urls import data_of
from desktop.words import say

ROW = 40
_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
FOLDER = 0.36
"""Share of the folder's column in what the name and it have together."""
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class _Lines(QAbstractTableModel):
    """The lines, from a tuple."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lines: tuple[Line, ...] = ()
        self._heads = (say("browse.name"), say("browse.folder"), say("browse.date"), say("browse.size"))
        self._sorted = ("", False)
        self._icons: dict[str, QIcon] = {}
        theme.changed.connect(self._forget_icons)

    def show(self, lines: tuple[Line, ...]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def show_order(self, column: str, *, falling: bool) -> None:
        """Say in the heads how the lines are sorted."""
        if (column, falling) != self._sorted:
            self._sorted = (column, falling)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def rowCount(self, parent: _Index = _TOP) -> int:  # noqa: N802 - Qt's name
        """As many as there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = _TOP) -> int:  # noqa: N802 - Qt's name
        """Four."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Words, the kind's icon, and how they stand."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (line.row.title, line.folder, line.date, line.size)[column]
        if role == Qt.ItemDataRole.AccessibleTextRole and not column:
            return line.row.spoken or line.row.title
        if role == Qt.ItemDataRole.TextAlignmentRole and column == 3:
            return _RIGHT
        if role == Qt.ItemDataRole.DecorationRole and not column:
            return self._icon(line.row.icon)
        if role == Qt.ItemDataRole.ForegroundRole and (column or line.row.gone):
            return self._theme.colour("text2")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802 - Qt's name
        """What a column holds."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            column, falling = self._sorted
            return (
                f"{self._heads[section]} {'↓' if falling else '↑'}"
                if column == COLUMNS[section]
                else self._heads[section]
            )
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == 3 else int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A file can be dragged out."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.isValid() and not self.lines[index.row()].row.gone:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        """Files."""
        return ["text/uri-list"]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override] # noqa: N802 - Qt's name
        """The files of the lines that are dragged."""
        rows = dict.fromkeys(index.row() for index in indexes)
        paths = [path for row in rows if (path := self.lines[row].row.path) is not None]
        return data_of(paths)

    def _forget_icons(self) -> None:
        self._icons.clear()

    def _icon(self, name: str) -> QIcon:
        found = self._icons.get(name)
        if found is None:
            found = self._icons[name] = self._theme.icon(name, "text2")
        return found


class HitTable(QTableView):
    """The same signals as the list has; places are those of the list."""

    activated_at = Signal(int)
    selected = Signal(int)
    asked_for_menu = Signal(int, QPoint)
    sort_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = _Lines(theme, self)
        self._showing = False
        self.setModel(self._model)
        self.setAccessibleName(say("palette.list"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setIconSize(QSize(20, 20))
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setMinimumSectionSize(ROW)
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 160), (2, 112), (3, 88)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(column, width)
        head.setFixedHeight(36)
        head.sectionClicked.connect(lambda column: self.sort_wanted.emit(COLUMNS[column]))
        self.doubleClicked.connect(lambda index: self.activated_at.emit(self._model.lines[index.row()].place))
        self.selectionModel().currentRowChanged.connect(self._moved)
        theme.changed.connect(self._dress)
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The name gets most of the room: it is what one looks for."""
        head = self.horizontalHeader()
        both = self.viewport().width() - head.sectionSize(2) - head.sectionSize(3)
        head.resizeSection(1, max(96, min(320, round(both * FOLDER))))
        super().resizeEvent(event)

    def show_lines(self, snapshot: BrowseSnapshot) -> None:
        """Show these, the chosen one chosen."""
        self._showing = True
        changed = snapshot.lines != self._model.lines
        if changed:
            self._model.show(snapshot.lines)
        self._model.show_order(snapshot.sorted_by, falling=snapshot.falling)
        chosen = snapshot.palette.selected
        row = next((row for row, line in enumerate(snapshot.lines) if line.place == chosen), -1)
        flag = QItemSelectionModel.SelectionFlag
        if row >= 0:
            index = self._model.index(row, 0)
            self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        else:
            self.clearSelection()
        if changed:
            self.scrollToTop()
        self._showing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens; letters go to the field above."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated_at.emit(self._model.lines[self.currentIndex().row()].place)
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The lines, and the list's bar at the chosen one: not by colour alone."""
        super().paintEvent(event)
        if self.selectionModel().hasSelection() and self.currentIndex().isValid():
            cell = self.visualRect(self._model.index(self.currentIndex().row(), 0))
            bar = QRectF(0, cell.top() + cell.height() / 2 - 10, 3, 20)
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent"))
            painter.drawRoundedRect(bar, 1.5, 1.5)

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not self._showing and current.isValid():
            self.selected.emit(self._model.lines[current.row()].place)

    def _menu(self, where: QPoint) -> None:
        index = self.indexAt(where)
        if index.isValid():
            self.asked_for_menu.emit(self._model.lines[index.row()].place, self.viewport().mapToGlobal(where))

    def _dress(self) -> None:
        c = self._theme.tokens
        note = self._theme.font(t.NOTE).pixelSize()
        self.setStyleSheet(
            f"QTableView::item {{ padding: 0 8px; border: none; border-bottom: 1px solid {c.line}; }}"
            f"QTableView::item:selected {{ background: {c.select}; color: {c.text}; }}"
            f"QHeaderView {{ background: transparent; border: none; }}"
            f"QHeaderView::section {{ background: transparent; color: {c.text2}; border: none; border-bottom: 1px solid"
            f" {c.line}; padding: 0 11px; font-size: {note}px; font-weight: {t.SEMIBOLD}; }}"
            f"QHeaderView::section:hover {{ color: {c.text}; }}"
        )
