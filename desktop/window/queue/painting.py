"""How a row is painted, and where its two words can be clicked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop.state.queue_rows import Row
from desktop.window import tokens as t
from desktop.window.kit.bars import paint_share
from desktop.window.kit.rows import paint_row_ground
from desktop.window.queue.rows import ROW
from desktop.window.theme import Theme
from desktop.window.thumbnails import Pixmaps, paint_cover
from desktop.words import say

HEIGHT = 56
EDGE = 16
"""Between the window's edge and what a row shows."""
THUMB = 40
PACE = 132
"""Width of the row's own bar and of the words below it."""
ICON = 20

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Thumbnail, name and step; then the row's bar and time, or its device, or what can be done about a failure."""

    retry = Signal(int)
    skip = Signal(int)

    def __init__(self, theme: Theme, pixmaps: Pixmaps, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme, self._pixmaps, self._view = theme, pixmaps, view
        self._over: tuple[int, str] | None = None

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Every row is as high."""
        return QSize(option.rect.width(), HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        row: Row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option)
        left, right, middle = option.rect.left() + EDGE, option.rect.right() - EDGE, option.rect.center().y()
        self._thumb(painter, QRectF(left, option.rect.top() + (HEIGHT - THUMB) / 2, THUMB, THUMB), row)
        self._mark(painter, QPoint(right - ICON // 2, middle), row)
        end = self._right_side(painter, option.rect, row) - 12
        self._words(painter, QRect(left + THUMB + 12, option.rect.top(), end - left - THUMB - 12, HEIGHT), row)
        painter.restore()

    def editorEvent(  # noqa: N802 - Qt's name
        self, event: QEvent, _model: QObject, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A click on one of the two words of a failed row."""
        if event.type() != QEvent.Type.MouseButtonRelease or not isinstance(event, QMouseEvent):
            return False
        row: Row = index.data(ROW)
        hit = self._hit(option.rect, row, event.position().toPoint())
        if hit and event.button() == Qt.MouseButton.LeftButton:
            (self.retry if hit == "retry" else self.skip).emit(row.id)
            return True
        return False

    def point(self, index: Index, rect: QRect, where: QPoint) -> bool:
        """Note what the pointer is over; whether it can be clicked."""
        row: Row | None = index.data(ROW) if index.isValid() else None
        hit = self._hit(rect, row, where) if row is not None else ""
        over = (row.id, hit) if row is not None and hit else None
        if over != self._over:
            self._over = over
            self._view.viewport().update()
        return over is not None

    def helpEvent(  # noqa: N802 - Qt's name
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """The whole path and the whole sentence."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), index.data(Qt.ItemDataRole.ToolTipRole), view)
        return True

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        state = option.state
        selected, over = bool(state & QStyle.StateFlag.State_Selected), bool(state & QStyle.StateFlag.State_MouseOver)
        ground = QRectF(option.rect).adjusted(8, 0, -8, 0)
        paint_row_ground(painter, self._theme, ground, chosen=selected, over=over)
        if selected and state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), t.RADIUS, t.RADIUS)

    def _mark(self, painter: QPainter, middle: QPoint, row: Row) -> None:
        """How it stands: an icon; for the one under way a dot, because an icon would look like a button."""
        if row.share is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent"))
            painter.drawEllipse(QRectF(middle.x() - 4, middle.y() - 4, 8, 8))
            return
        mark = self._theme.pixmap(row.icon, row.tone, ICON, self._density())
        painter.drawPixmap(QPoint(middle.x() - ICON // 2, middle.y() - ICON // 2), mark)

    def _thumb(self, painter: QPainter, where: QRectF, row: Row) -> None:
        # Rows show 40 pixels of 128: the system's own cache has those.
        pixmap = self._pixmaps.pixmap(row.picture, THUMB, self._density())
        if pixmap is not None:
            paint_cover(painter, where, pixmap, t.RADIUS_THUMB)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("sunken"))
        painter.drawRoundedRect(where, t.RADIUS_THUMB, t.RADIUS_THUMB)
        icon = self._theme.pixmap("picture", "text3", ICON, self._density())
        painter.drawPixmap(QPoint(int(where.center().x() - ICON / 2), int(where.center().y() - ICON / 2)), icon)

    def _words(self, painter: QPainter, where: QRect, row: Row) -> None:
        upper = QRect(where.left(), where.top() + 8, where.width(), 20)
        lower = QRect(where.left(), where.top() + 28, where.width(), 18)
        painter.setFont(self._theme.font(t.BODY, t.MEDIUM))
        painter.setPen(self._theme.colour("text"))
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(
            upper, side, painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideMiddle, upper.width())
        )
        painter.setFont(self._theme.font(t.NOTE))
        painter.setPen(self._theme.colour("danger" if row.failed else "text2"))
        painter.drawText(
            lower, side, painter.fontMetrics().elidedText(row.step, Qt.TextElideMode.ElideRight, lower.width())
        )

    def _right_side(self, painter: QPainter, rect: QRect, row: Row) -> int:
        """Paint what stands left of the mark; gives where it begins."""
        edge = rect.right() - EDGE - ICON - 12
        if row.share is not None:
            self._pace(painter, QRect(edge - PACE, rect.top(), PACE, HEIGHT), row)
            return edge - PACE
        if row.failed:
            places = self._places(rect)
            painter.setFont(self._theme.font(t.BUTTON, t.MEDIUM))
            for name, (where, words) in places.items():
                over = self._over == (row.id, name)
                if over:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(self._theme.colour("sunken"))
                    painter.drawRoundedRect(where, t.RADIUS, t.RADIUS)
                painter.setPen(self._theme.colour("text" if over else "accent" if name == "retry" else "text2"))
                painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)
            return places["retry"][0].left()
        if row.device:
            painter.setFont(self._theme.font(t.NOTE))
            painter.setPen(self._theme.colour("text3"))
            width = painter.fontMetrics().horizontalAdvance(row.device)
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRect(edge - width, rect.top(), width + 1, HEIGHT), side, row.device)
            return edge - width
        return edge + 12

    def _pace(self, painter: QPainter, where: QRect, row: Row) -> None:
        with_words = bool(row.left)
        middle = where.top() + (20 if with_words else HEIGHT // 2)
        paint_share(painter, self._theme, QRectF(where.left(), middle - 2, where.width(), 4), row.share or 0.0)
        if with_words:
            painter.setFont(self._theme.font(t.NOTE))
            painter.setPen(self._theme.colour("text3"))
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRect(where.left(), where.top() + 28, where.width(), 18), side, row.left)

    def _places(self, rect: QRect) -> dict[str, tuple[QRect, str]]:
        """Where the two words of a failed row are."""
        metrics = self._theme.metrics(t.BUTTON, t.MEDIUM)
        edge = rect.right() - EDGE - ICON - 8
        places: dict[str, tuple[QRect, str]] = {}
        for name, words in (("skip", say("queue.row.skip")), ("retry", say("queue.row.retry"))):
            width = metrics.horizontalAdvance(words) + 20
            places[name] = (QRect(edge - width, rect.top() + (HEIGHT - t.TARGET) // 2, width, t.TARGET), words)
            edge -= width
        return places

    def _hit(self, rect: QRect, row: Row, where: QPoint) -> str:
        if not row.failed:
            return ""
        return next((name for name, (place, _) in self._places(rect).items() if place.contains(where)), "")

    def _density(self) -> float:
        return self._view.devicePixelRatioF()
