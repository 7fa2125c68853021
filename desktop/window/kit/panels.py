"""Rows, columns and cards."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.window import tokens as t
from desktop.window.theme import Theme


def row(
    *parts: QWidget | QLayout | int | None, space: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Parts from left to right; a number is a gap, None takes what is left."""
    layout = QHBoxLayout()
    _fill(layout, parts, space, margins)
    return layout


def column(
    *parts: QWidget | QLayout | int | None, space: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Parts from top to bottom; a number is a gap, None takes what is left."""
    layout = QVBoxLayout()
    _fill(layout, parts, space, margins)
    return layout


def _fill(
    layout: QHBoxLayout | QVBoxLayout,
    parts: tuple[QWidget | QLayout | int | None, ...],
    space: int,
    margins: tuple[int, int, int, int],
) -> None:
    layout.setSpacing(space)
    layout.setContentsMargins(*margins)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, what lies in its layouts too."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            empty(inner)
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Card(QWidget):
    """A raised ground with round corners, for what belongs together."""

    def __init__(
        self, theme: Theme, *, ground: str = "surface", radius: int = t.RADIUS_WINDOW, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._ground, self._radius = theme, ground, radius
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ground and its line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(self._theme.colour(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._radius, self._radius)


class Rows(QScrollArea):
    """A column of widgets that scrolls; `body` is its layout."""

    def __init__(
        self, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), space: int = 12, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        inside = self._inside = QWidget()  # before Qt filters its first event
        self.body = column(space=space, margins=margins)
        inside.setLayout(self.body)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)  # what it stands on shows through
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Give the inside the height that its words need at this width: a scroll area by itself asks for no such thing."""
        if watched is self._inside and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width, another height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.body.hasHeightForWidth():
            needed = self.body.totalHeightForWidth(self.viewport().width())
            if needed != self._inside.minimumHeight():
                self._inside.setMinimumHeight(needed)
