"""How a row of the list is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.state.rows import Marks, Row
from desktop.window import tokens as t
from desktop.window.kit.rows import paint_row_ground
from desktop.window.theme import Theme
from desktop.window.thumbnails import paint_cover

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QObject, SignalInstance

ROW = 56
SIDE = 8
THUMB = 40
GAP = "  ·  "
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class Pictures(Protocol):
    """Where small pictures come from: `Pixmaps`, or a test's own."""

    @property
    def arrived(self) -> SignalInstance:
        """Asking again may give more."""
        ...

    def pixmap(self, path: Path, size: int, density: float = 1.0) -> QPixmap | None:
        """The picture, or None while there is none."""
        ...


class RowPainter(QStyledItemDelegate):
    """Paints `Row`s: a small picture, name and date, reason and folder."""

    def __init__(self, theme: Theme, pictures: Pictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._pictures = theme, pictures
        self.dimmed = False
        self._edge = QPen()
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        edge = QColor(self._theme.colour("text"))
        edge.setAlpha(26)
        self._edge = QPen(edge, 1)

    @property
    def height(self) -> int:
        """Of every row; more than usual only where the person's system has larger text."""
        lines = self._theme.metrics(t.BODY).height() + self._theme.metrics(t.NOTE).height()
        return max(ROW, lines + 16)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        """All rows are of one height; the first and the last carry the list's margin, which scrolls with them."""
        above, below = _margins(index)
        return QSize(120, self.height + above + below)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        above, below = _margins(index)
        rect: QRect = option.rect.adjusted(0, above, 0, -below)
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        paint_row_ground(painter, self._theme, QRectF(rect).adjusted(SIDE, 0, -SIDE, 0), chosen=chosen, over=over)
        painter.setOpacity(0.6 if self.dimmed or row.gone else 1.0)
        thumb = QRectF(rect.left() + SIDE + 12, rect.top() + (rect.height() - THUMB) / 2, THUMB, THUMB)
        self._thumb(painter, thumb, row)
        left = int(thumb.right()) + 12
        room = QRect(left, rect.top(), rect.right() - SIDE - 12 - left, rect.height())
        self._words(painter, room, row)
        painter.restore()

    def _thumb(self, painter: QPainter, where: QRectF, row: Row) -> None:
        density = painter.device().devicePixelRatioF()
        if row.pictured and row.path is not None:
            pixmap = self._pictures.pixmap(row.path, THUMB, density)
            if pixmap is not None:
                # a page says most at its top
                paint_cover(painter, where, pixmap, t.RADIUS_THUMB, middle=row.kind != "pdf")
                painter.setPen(self._edge)  # a white page would have no end on a white ground
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), t.RADIUS_THUMB, t.RADIUS_THUMB)
                return
        to_do = row.path is None
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent_bg" if to_do else "sunken"))
        painter.drawRoundedRect(where, t.RADIUS_THUMB, t.RADIUS_THUMB)
        icon = self._theme.pixmap(row.icon, "accent" if to_do else "text2", 20, density)
        painter.drawPixmap(where.center() - QRectF(0, 0, 20, 20).center(), icon)

    def _words(self, painter: QPainter, room: QRect, row: Row) -> None:
        first, second = self._theme.metrics(t.BODY).height(), self._theme.metrics(t.NOTE).height()
        between = 3
        if not (row.detail or row.place):
            second = between = 0
        top = room.top() + (room.height() - first - second - between) // 2
        upper = QRect(room.left(), top, room.width(), first)
        lower = QRect(room.left(), top + first + between, room.width(), second)
        if row.date:
            width = self._theme.metrics(t.NOTE).horizontalAdvance(row.date)
            painter.setFont(self._theme.font(t.NOTE))
            painter.setPen(self._theme.colour("text2"))
            painter.drawText(upper, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.date)
            upper.setWidth(max(40, upper.width() - width - 16))
        self._marked(painter, upper, row.title, row.marks, t.BODY, "text")
        self._second(painter, lower, row)

    def _second(self, painter: QPainter, room: QRect, row: Row) -> None:
        """The reason and the folder; the folder gives up its middle first, and takes at most half of the line."""
        notes = self._theme.metrics(t.NOTE)
        gap = notes.horizontalAdvance(GAP) if row.detail and row.place else 0
        wanted = self._width(row.detail, row.detail_marks, t.NOTE)
        place = notes.horizontalAdvance(row.place)
        free = room.width() - gap
        if wanted + place > free:
            place = min(place, max(free * 45 // 100, free - wanted))
        detail = min(wanted, free - place)
        if row.detail:
            self._marked(
                painter,
                QRect(room.left(), room.top(), detail, room.height()),
                row.detail,
                row.detail_marks,
                t.NOTE,
                "text2",
            )
        if not row.place:
            return
        painter.setFont(self._theme.font(t.NOTE))
        painter.setPen(self._theme.colour("text2"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        at = room.left() + detail
        if gap:
            painter.drawText(QRect(at, room.top(), gap, room.height()), middle, GAP)
        shown = notes.elidedText(row.place, Qt.TextElideMode.ElideMiddle, place + 1)
        painter.drawText(QRect(at + gap, room.top(), place + 1, room.height()), middle, shown)

    def _width(self, text: str, marks: Marks, size: int) -> int:
        return sum(
            self._theme.metrics(size, t.SEMIBOLD if on else t.REGULAR).horizontalAdvance(part)
            for part, on in runs(text, marks)
        )

    def _marked(self, painter: QPainter, room: QRect, text: str, marks: Marks, size: int, colour: str) -> None:
        """Text with its marks in bold, cut at its end where there is no room."""
        painter.setPen(self._theme.colour(colour))
        left = room.left()
        for part, on in runs(text, marks):
            weight = t.SEMIBOLD if on else t.REGULAR
            metrics = self._theme.metrics(size, weight)
            free = room.right() + 1 - left
            width = metrics.horizontalAdvance(part)
            painter.setFont(self._theme.font(size, weight))
            shown = part if width <= free else metrics.elidedText(part, Qt.TextElideMode.ElideRight, free)
            place = QRect(left, room.top(), max(width, free), room.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            left += width
            if width > free or left > room.right():
                return


def thin_bar(theme: Theme, width: int, colour: str = "line") -> str:
    """The style of a scroll bar that is hardly there until it is needed."""
    return (
        f"QScrollBar:vertical {{ width: {width}px; }}"
        f" QScrollBar::handle:vertical {{ background: {getattr(theme.tokens, colour)}; border-radius: 2px; margin: 4px 2px;"
        f" min-width: 0; min-height: 32px; }} QScrollBar::handle:vertical:hover {{ background: {theme.tokens.edge}; }}"
    )


def _margins(index: QModelIndex | QPersistentModelIndex) -> tuple[int, int]:
    """Pixels above and below a row that belong to the list."""
    last = index.model().rowCount() - 1
    return (SIDE if index.row() == 0 else 0, SIDE if index.row() == last else 0)


def runs(text: str, marks: Marks) -> list[tuple[str, bool]]:
    """The text in pieces, each marked or not; marks that overlap or overshoot are cut."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for first, last in sorted(marks):
        start, stop = max(first, at), min(last, len(text))
        if start >= stop:
            continue
        if start > at:
            pieces.append((text[at:start], False))
        pieces.append((text[start:stop], True))
        at = stop
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces
