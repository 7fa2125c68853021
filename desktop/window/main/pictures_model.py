"""The rows of the pictures' grid, as Qt asks for them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.state.pictures import PicturesState
from desktop.window.kit import plain_tip

Index = QModelIndex | QPersistentModelIndex


class PicturesModel(QAbstractListModel):
    """Rows of the state; the state loads them when they are asked for."""

    def __init__(self, state: PicturesState) -> None:
        super().__init__()
        self._state = state
        self._total = 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's name
        """As many as there are."""
        return 0 if parent.isValid() else self._total

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, for tool tips and who can't see."""
        if role not in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        picture = self._state.at(index.row())
        if picture is None:
            return None
        return plain_tip(picture.words) if role == Qt.ItemDataRole.ToolTipRole else picture.words

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All can be chosen and dragged out."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def show_total(self, total: int) -> None:
        """Other pictures stand in the rows."""
        self.beginResetModel()
        self._total = total
        self.endResetModel()
