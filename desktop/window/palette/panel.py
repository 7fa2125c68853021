"""The list of actions that lies over the palette's lower right corner (Ctrl+K)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from desktop.state.actions import Action
from desktop.window import tokens as t
from desktop.window.kit import Elided
from desktop.window.kit.labels import CAP, keycap_width, paint_keycap
from desktop.window.palette.ground import Ground
from desktop.window.theme import Theme
from desktop.words import say

MARGIN = 20
WIDTH = 320
LINE = 36
HEAD = 34
PAD = 6

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_ACTION = int(Qt.ItemDataRole.UserRole) + 1


class _Actions(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.actions: tuple[Action, ...] = ()

    def show(self, actions: tuple[Action, ...]) -> None:
        self.beginResetModel()
        self.actions = actions
        self.endResetModel()

    def rowCount(self, parent: _Index = _TOP) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.actions)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.actions):
            return None
        action = self.actions[index.row()]
        if role == _ACTION:
            return action
        if role == Qt.ItemDataRole.DisplayRole:
            return action.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{action.words}, {action.keys}" if action.keys else action.words
        return None


class _Line(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(100, LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        action = index.data(_ACTION)
        if not isinstance(action, Action):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("select"))
            painter.drawRoundedRect(QRectF(rect), t.RADIUS, t.RADIUS)
        density = painter.device().devicePixelRatioF()
        icon = self._theme.pixmap(action.icon, "text2", 20, density)
        painter.drawPixmap(rect.left() + 10, rect.center().y() - 9, icon)
        right = rect.right() - 10
        if action.keys:
            width = keycap_width(self._theme, action.keys)
            paint_keycap(painter, self._theme, QRect(right - width, rect.center().y() - 9, width, CAP), action.keys)
            right -= width + 8
        painter.setFont(self._theme.font(t.BUTTON))
        painter.setPen(self._theme.colour("text"))
        room = QRect(rect.left() + 40, rect.top(), right - rect.left() - 40, rect.height())
        shown = painter.fontMetrics().elidedText(action.words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class ActionPanel(QWidget):
    """What can be done with one file. The keyboard stays in the query; the mouse may point and click here."""

    pointed = Signal(int)
    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = Ground(theme, margin=MARGIN)
        self._head = Elided(theme, size=t.NOTE, colour="text3")
        self._model = _Actions(self)
        self._line = _Line(theme, self)
        self._view = view = QListView()
        view.setModel(self._model)
        view.setItemDelegate(self._line)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(say("palette.actions"))
        view.entered.connect(lambda index: self.pointed.emit(index.row()))
        view.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self._head.setFixedHeight(HEAD - PAD)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(MARGIN + PAD, MARGIN + PAD, MARGIN + PAD, MARGIN + PAD)
        inner.setSpacing(0)
        heading = QVBoxLayout()
        heading.setContentsMargins(10, 0, 10, 0)
        heading.addWidget(self._head)
        inner.addLayout(heading)
        inner.addWidget(view)
        theme.changed.connect(self.update)
        self.hide()

    def show_actions(self, name: str, actions: tuple[Action, ...], acting: int, corner: tuple[int, int]) -> None:
        """Show the actions for a file, one of them chosen; `corner` is where the lower right corner of the card lies."""
        if acting < 0:
            self.hide()
            return
        if actions != self._model.actions:
            self._model.show(actions)
        self._head.set_text(say("palette.actions_for", name=name))
        self._view.setCurrentIndex(self._model.index(min(acting, len(actions) - 1), 0))
        height = HEAD + LINE * len(actions) + PAD + 2 * MARGIN
        right, bottom = corner
        self.setGeometry(right - WIDTH - MARGIN, bottom - height + MARGIN, WIDTH + 2 * MARGIN, height)
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A card with a shadow."""
        painter = QPainter(self)
        card = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        self._ground.paint(painter, card, shadow=True, density=self.devicePixelRatioF())
