"""The row of filters above what was found."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from desktop.state.browse import FilterView
from desktop.window import tokens as t
from desktop.window.theme import Theme

WIDEST = 200


class FilterButton(QPushButton):
    """Says what is chosen and opens the list of what can be; tinted while it limits the search."""

    chosen = Signal(str, str)

    def __init__(self, theme: Theme, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._name, self._words = theme, name, words
        self._view: FilterView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._open)
        theme.changed.connect(self.update)

    def show_view(self, view: FilterView) -> None:
        """Show what is chosen."""
        if view != self._view:
            self._view = view
            self.setAccessibleName(f"{self._words}: {view.words}")
            self.setToolTip(self._words)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Words and a chevron."""
        words = self._view.words if self._view is not None else ""
        width = self._theme.metrics(t.BUTTON, t.MEDIUM).horizontalAdvance(words) + 46
        return QSize(min(WIDEST, width), self._theme.target)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A rounded word."""
        view = self._view
        if view is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, on = self._theme, bool(view.sign)
        ground = "accent_bg" if on else "hover" if self.underMouse() or self.isDown() else "surface"
        colour = "accent" if on else "text2"
        painter.setPen(
            QPen(theme.colour("accent"), 2) if self.hasFocus() else QPen(theme.colour(ground if on else "line"), 1)
        )
        painter.setBrush(theme.colour(ground))
        half = self.height() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), half - 1, half - 1)
        painter.setFont(theme.font(t.BUTTON, t.MEDIUM))
        painter.setPen(theme.colour(colour))
        room = self.rect().adjusted(14, 0, -28, 0)
        words = painter.fontMetrics().elidedText(view.words, Qt.TextElideMode.ElideRight, room.width() + 2)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, words)
        icon = theme.pixmap("chevron-down", colour, 16, self.devicePixelRatioF())
        painter.drawPixmap(QRectF(self.width() - 27, half - 8, 16, 16), icon, QRectF(icon.rect()))

    def _open(self) -> None:
        if self._view is None:
            return
        menu = QMenu(self)
        menu.setAccessibleName(self._words)
        for number, choice in enumerate(self._view.choices):
            action = menu.addAction(choice.words)
            if choice.sign.lower() == self._view.sign.lower():
                action.setIcon(self._theme.icon("check", "accent", 16))
            action.triggered.connect(lambda _on=False, sign=choice.sign: self.chosen.emit(self._name, sign))
            if not number and len(self._view.choices) > 1:
                menu.addSeparator()
        menu.exec(self.mapToGlobal(QPoint(0, self.height() + 4)))
        menu.deleteLater()
