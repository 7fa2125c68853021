"""The rows as a model: as many as were scrolled to, kept in step with the state."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.state.queue import Queue, QueueState
from desktop.state.queue_rows import Row
from desktop.state.sizes import screen_text
from desktop.window.kit import plain_tip

PAGE = 200
"""Rows that are taken in at a time: 22,000 at once would hold up the window."""

ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class RowsModel(QAbstractListModel):
    """`ROW` gives the `Row`; the display role its name, the description what a screen reader says."""

    def __init__(self, state: QueueState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._ids: list[int] = []
        self._rows: dict[int, Row] = {}
        self._count = 0
        self._layout = -1

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        """The rows that were taken in."""
        return 0 if parent.isValid() else len(self._ids)

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's name
        """Whether there are more below."""
        return not parent.isValid() and len(self._ids) < self._count

    def fetchMore(self, _parent: Index) -> None:  # noqa: N802 - Qt's name
        """Take in the next ones."""
        start = len(self._ids)
        more = self._state.ids(start, start + PAGE)
        if more:
            self.beginInsertRows(QModelIndex(), start, start + len(more) - 1)
            self._ids += more
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One row."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        if role == ROW:
            return self.row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.row(index.row()).name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self.row(index.row()).spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            row = self.row(index.row())
            return plain_tip(f"{screen_text(str(row.picture))}\n{row.step}")
        return None

    def row(self, place: int) -> Row:
        """The row at a place; kept until it changes, because the view holds on to it while it paints."""
        number = self._ids[place]
        found = self._rows.get(number)
        if found is None:
            found = self._rows[number] = self._state.row(number)
        return found

    def id_at(self, place: int) -> int:
        """The job at a place."""
        return self._ids[place]

    def follow(self, shown: Queue) -> None:
        """Take over what changed since the last time."""
        self._count = shown.count
        if shown.layout != self._layout:
            self._layout = shown.layout
            self._rows.clear()
            self._rearrange(self._state.ids(0, max(PAGE, len(self._ids))))
            if self._ids:
                self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))
        elif shown.running is not None and self._rows.pop(shown.running, None) is not None:
            place = self._ids.index(shown.running)  # the first one: what runs stands on top
            self.dataChanged.emit(self.index(place), self.index(place))

    def repaint_all(self) -> None:
        """Words or pictures changed everywhere."""
        self._rows.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def _rearrange(self, wanted: list[int]) -> None:
        """From the old rows to the new ones so that what is chosen stays chosen, wherever it moves."""
        staying = set(wanted) & set(self._ids)
        if len(staying) < len(self._ids):
            kept = [number for number in self._ids if number in staying]
            self._permute(kept + [number for number in self._ids if number not in staying])
            self.beginRemoveRows(QModelIndex(), len(kept), len(self._ids) - 1)
            self._ids = kept
            self.endRemoveRows()
        if len(wanted) > len(self._ids):
            added = [number for number in wanted if number not in staying]
            self.beginInsertRows(QModelIndex(), len(self._ids), len(wanted) - 1)
            self._ids = self._ids + added
            self.endInsertRows()
        self._permute(wanted)

    def _permute(self, wanted: list[int]) -> None:
        if wanted == self._ids:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = {number: place for place, number in enumerate(wanted)}
        after = [self.index(places[self._ids[index.row()]]) for index in before]
        self._ids = list(wanted)
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
