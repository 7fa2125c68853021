"""A grid of pictures in sections: any number of them, because every place is computed and none is kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.state.pictures import PicturesState, Section
from desktop.window import tokens as t
from desktop.window.main.cells import Cell, paint_cell
from desktop.window.main.pictures_model import Index, PicturesModel
from desktop.window.main.sections import EDGE, GAP, HEAD, Layout
from desktop.window.theme import Theme
from desktop.window.thumbnails import Pixmaps
from desktop.window.urls import data_of

DRAGGED = 500
"""Files that are dragged at most: other programs choke on more."""

ROOM = 20_000_000
"""Bytes of what is seen at once; above that half of the density is asked for, or what is kept would not suffice."""


class PictureGrid(QAbstractItemView):
    """Chosen with the mouse as everywhere (Ctrl, Shift), with arrows, Home, End, Page keys and Ctrl+A."""

    opened = Signal(int)
    menu_wanted = Signal(QPoint)
    passed = Signal(str)
    """The section whose head is no longer seen above the pictures, "" at the top."""

    def __init__(self, theme: Theme, state: PicturesState, pixmaps: Pixmaps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._state, self._pixmaps = theme, state, pixmaps
        self._pictures = PicturesModel(state)
        self._layout = Layout((), 0)
        self._anchor = -1
        self._pressed: QPoint | None = None
        self._passed = ""
        self._chosen: list[Path] = []
        self.setModel(self._pictures)
        self.selectionModel().selectionChanged.connect(self._note_chosen)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu_at)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        pixmaps.arrived.connect(self.viewport().update)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.changed.connect(self.viewport().update)

    # what the page calls

    def show_sections(self, sections: Sequence[Section], total: int) -> None:
        """Show other pictures; the place in the list stays, and what was chosen stays chosen if it is still known."""
        chosen = self._chosen
        place = self.verticalScrollBar().value()
        self._pictures.show_total(total)
        self._layout = Layout(tuple(sections), self._width())
        self._arrange()
        self.verticalScrollBar().setValue(place)
        for path in chosen:
            row = self._state.row_of(path)
            if row is not None:
                self._select(row, row, keep=True)

    def rows(self) -> list[int]:
        """The chosen rows, in their order."""
        return sorted(row for first, last in self._ranges() for row in range(first, last + 1))

    def count(self) -> int:
        """How many are chosen."""
        return sum(last - first + 1 for first, last in self._ranges())

    def _note_chosen(self) -> None:
        """By path: rows move when pictures come or go."""
        near = (self._state.at(row) for row in islice(self.rows(), DRAGGED))
        self._chosen = [one.path for one in near if one is not None]

    def _ranges(self) -> list[tuple[int, int]]:
        selection = self.selectionModel().selection()
        return [(part.top(), part.bottom()) for part in (selection.at(place) for place in range(selection.count()))]

    @property
    def columns(self) -> int:
        """Pictures side by side now."""
        return self._layout.columns

    # where things are

    def _arrange(self) -> None:
        height = self._layout.tops[-1] + EDGE
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, height - self.viewport().height()))
        bar.setPageStep(max(1, self.viewport().height() - HEAD))
        bar.setSingleStep(max(24, self._layout.step // 3))
        self.viewport().update()

    def _scrolled(self, height: int) -> None:
        number = self._layout.section_of(self._layout.row_at(height)) if height > HEAD // 2 else -1
        title = self._layout.sections[number].title if 0 <= number < len(self._layout.sections) else ""
        if title != self._passed:
            self._passed = title
            self.passed.emit(title)

    def _width(self) -> int:
        """The scroll bar lies in the edge, so that the last column ends where the page's head does."""
        return self.viewport().width() + self.verticalScrollBar().width()

    def _where(self, row: int) -> QRect:
        left, top = self._layout.place(row)
        return QRect(left, top - self.verticalOffset(), self._layout.side, self._layout.side)

    # Qt's questions

    def visualRect(self, index: Index) -> QRect:  # noqa: N802 - Qt's name
        """Where a picture is in the window."""
        return self._where(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 - Qt's name
        """The picture there."""
        height = point.y() + self.verticalOffset()
        for row in self._layout.rows_between(height, height):
            if self._where(row).contains(point):
                return self._pictures.index(row)
        return QModelIndex()

    def scrollTo(  # noqa: N802 - Qt's name
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a picture into view, with a little around it."""
        where = self.visualRect(index).adjusted(0, -HEAD, 0, GAP)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + where.center().y() - height // 2)
        elif where.top() < 0:
            bar.setValue(bar.value() + where.top())
        elif where.bottom() > height:
            bar.setValue(bar.value() + where.bottom() - height)

    def horizontalOffset(self) -> int:  # noqa: N802 - Qt's name
        """It only scrolls up and down."""
        return 0

    def verticalOffset(self) -> int:  # noqa: N802 - Qt's name
        """How far it is scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: Index) -> bool:  # noqa: N802 - Qt's name
        """None is."""
        return False

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where a key leads; from one section into the next, the column stays."""
        total, row = self._layout.firsts[-1], self.currentIndex().row()
        if row < 0:
            return self._pictures.index(0)
        move = QAbstractItemView.CursorAction
        lines = max(1, self.viewport().height() // self._layout.step)
        if action in (move.MoveLeft, move.MovePrevious):
            row -= 1
        elif action in (move.MoveRight, move.MoveNext):
            row += 1
        elif action is move.MoveHome:
            row = 0
        elif action is move.MoveEnd:
            row = total - 1
        else:
            down = action in (move.MoveDown, move.MovePageDown)
            for _ in range(lines if action in (move.MovePageUp, move.MovePageDown) else 1):
                row = self._layout.beside(row, 1 if down else -1)
        return self._pictures.index(min(max(0, row), total - 1)) if total else QModelIndex()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:  # noqa: N802 - Qt's name
        """Choose what a key or click chose; ranges are made by `_select`."""
        index = self.indexAt(rect.center())
        if index.isValid():
            self.selectionModel().select(index, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802 - Qt's name
        """What must be painted anew; all that is seen is cheap enough."""
        return QRegion(self.viewport().rect()) if selection.count() else QRegion()

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """The scroll bar."""
        super().updateGeometries()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Other columns, the same picture at the top."""
        top = self._layout.row_at(self.verticalOffset() + HEAD) if self._layout.firsts[-1] else 0
        at_top = self.verticalOffset() == 0
        super().resizeEvent(event)
        width = self._width()
        if width != self._layout.width:
            self._layout = Layout(self._layout.sections, width)
            self._arrange()
            if not at_top:
                self.verticalScrollBar().setValue(self._where(top).top() + self.verticalOffset() - HEAD)
        else:
            self._arrange()

    # choosing

    def _select(self, first: int, last: int, *, keep: bool = False) -> None:
        low, high = sorted((first, last))
        both = QItemSelection(self._pictures.index(low), self._pictures.index(high))
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(both, flag.Select if keep else flag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move, with Shift they choose a range; Enter opens, Esc chooses none."""
        action = _ACTIONS.get(Qt.Key(event.key()))
        flag = QItemSelectionModel.SelectionFlag
        if action is not None and self._layout.firsts[-1]:
            index = self.moveCursor(action, event.modifiers())
            if self._anchor < 0:  # the first key chooses what the focus is at
                index = self._pictures.index(max(0, self.currentIndex().row()))
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._anchor >= 0:
                self._select(self._anchor, index.row())
            elif not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._anchor = index.row()
                self._select(index.row(), index.row())
            self.selectionModel().setCurrentIndex(index, flag.NoUpdate)
            self.scrollTo(index)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape and self.rows():
            self.clearSelection()
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.selectionModel().select(self.currentIndex(), flag.Toggle)
        elif event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self._layout.firsts[-1]:
                self._select(0, self._layout.firsts[-1] - 1)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click chooses one, with Ctrl one more, with Shift all between."""
        index = self.indexAt(event.position().toPoint())
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        flag = QItemSelectionModel.SelectionFlag
        self._pressed = None
        if not index.isValid():
            if not (shift or control):
                self.clearSelection()
            return
        chosen = self.selectionModel().isSelected(index)
        if shift and self._anchor >= 0:
            self._select(self._anchor, index.row(), keep=bool(control))
        elif control:
            self.selectionModel().select(index, flag.Toggle)
            self._anchor = index.row()
        else:
            if not chosen:
                self._select(index.row(), index.row())
            self._anchor = index.row()
            if event.button() == Qt.MouseButton.LeftButton:
                self._pressed = event.position().toPoint()
        self.selectionModel().setCurrentIndex(index, flag.NoUpdate)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drag out what is chosen."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() > _DRAG_DISTANCE:
            self._pressed = None
            self._drag()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click on one of several that are chosen chooses it alone."""
        if self._pressed is not None:
            self._pressed = None
            index = self.indexAt(event.position().toPoint())
            if index.isValid():
                self._select(index.row(), index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Edit it."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None
            self.opened.emit(index.row())

    def _drag(self) -> None:
        pictures = [self._state.at(row) for row in self.rows()[:DRAGGED]]
        paths = [one.path for one in pictures if one is not None]
        if not paths:
            return
        drag = QDrag(self)
        drag.setMimeData(data_of(paths))
        pixmap = self._pixmaps.pixmap(paths[0], 96, self.devicePixelRatioF())
        if pixmap is not None:
            drag.setPixmap(pixmap.scaledToWidth(round(96 * self.devicePixelRatioF())))
        drag.exec(Qt.DropAction.CopyAction)

    def _menu_at(self, point: QPoint) -> None:
        index = self.indexAt(point)
        if index.isValid() and not self.selectionModel().isSelected(index):
            self._select(index.row(), index.row())
        if self.rows():
            self.menu_wanted.emit(self.viewport().mapToGlobal(point))

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """What is seen, and nothing else."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.colour("window"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top, height = self.verticalOffset(), self.viewport().height()
        if not self._layout.sections:
            return
        self._paint_heads(painter, top, top + height)
        rows = self._layout.rows_between(top, top + height)
        density = self._density(len(rows))
        selected = self.selectionModel()
        for row in rows:
            where = self._where(row)
            if where.bottom() < 0 or where.top() > height:
                continue
            picture = self._state.at(row)
            pixmap = None if picture is None else self._pixmaps.pixmap(picture.path, where.width(), density)
            name = picture.name if picture is not None and self._pixmaps.missing(picture.path) else ""
            cell = Cell(
                QRectF(where),
                pixmap,
                name,
                chosen=selected.isSelected(self._pictures.index(row)),
                here=self.hasFocus() and row == self.currentIndex().row(),
            )
            paint_cell(painter, self._theme, cell)

    def _paint_heads(self, painter: QPainter, top: int, bottom: int) -> None:
        first = max(0, bisect_right(self._layout.tops, top) - 1)
        painter.setFont(self._theme.font(t.HEAD, t.SEMIBOLD))
        painter.setPen(self._theme.colour("text"))
        for section in range(first, len(self._layout.sections)):
            if self._layout.tops[section] > bottom:
                break
            if title := self._layout.sections[section].title:
                room = QRect(EDGE, self._layout.tops[section] - top, self.viewport().width() - 2 * EDGE, HEAD - 8)
                painter.drawText(room, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading, title)

    def _density(self, seen: int) -> float:
        """The screen's, as long as what is seen at once can be kept at it."""
        density = self.devicePixelRatioF()
        pixels = 512 if self._layout.side * density > 256 else 256
        if pixels == 512 and seen * pixels * pixels * 3 > ROOM:
            return 256 / self._layout.side if self._layout.side else 1.0
        return density


_DRAG_DISTANCE = 10
_ACTIONS = {
    Qt.Key.Key_Left: QAbstractItemView.CursorAction.MoveLeft,
    Qt.Key.Key_Right: QAbstractItemView.CursorAction.MoveRight,
    Qt.Key.Key_Up: QAbstractItemView.CursorAction.MoveUp,
    Qt.Key.Key_Down: QAbstractItemView.CursorAction.MoveDown,
    Qt.Key.Key_Home: QAbstractItemView.CursorAction.MoveHome,
    Qt.Key.Key_End: QAbstractItemView.CursorAction.MoveEnd,
    Qt.Key.Key_PageUp: QAbstractItemView.CursorAction.MovePageUp,
    Qt.Key.Key_PageDown: QAbstractItemView.CursorAction.MovePageDown,
}
