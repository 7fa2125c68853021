"""One of a few words, and yes or no."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.window import tokens as t
from desktop.window.theme import Theme, shows_focus


class Segmented(QWidget):
    """A few words side by side, one of them chosen; arrow keys move."""

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, options: Sequence[tuple[str, str]], *, name: str = "", parent: QWidget | None = None
    ) -> None:
        """`options`: (value, words)."""
        super().__init__(parent)
        self._theme = theme
        self._options = list(options)
        self._value = self._options[0][0]
        self._off: frozenset[str] = frozenset()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)
        self._describe()

    @property
    def value(self) -> str:
        """The chosen one."""
        return self._value

    def set_value(self, value: str) -> None:
        """Choose without telling."""
        if value != self._value and any(value == one for one, _ in self._options):
            self._value = value
            self._describe()
            self.update()

    def set_off(self, values: frozenset[str]) -> None:
        """Values that can't be chosen now."""
        self._off = values
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All words."""
        return QSize(sum(self._widths()) + 4, self._theme.target)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose what is under the pointer."""
        for (value, _), where in zip(self._options, self._places(), strict=True):
            if where.contains(event.position().toPoint()):
                self._choose(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Left and right."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        values = [value for value, _ in self._options if value not in self._off]
        if self._value in values:
            self._choose(values[(values.index(self._value) + step) % len(values)])

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A sunken bed, the chosen word raised on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        focus = shows_focus(self)
        painter.setPen(QPen(theme.colour("accent"), 2) if focus else QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), t.RADIUS, t.RADIUS)
        for (value, words), where in zip(self._options, self._places(), strict=True):
            on = value == self._value
            if on:
                painter.setPen(QPen(theme.colour("line"), 1))
                painter.setBrush(theme.colour("surface"))
                painter.drawRoundedRect(QRectF(where).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)
            painter.setFont(theme.font(t.BUTTON, t.SEMIBOLD if on else t.REGULAR))
            off = value in self._off or not self.isEnabled()
            painter.setPen(theme.colour("edge" if off else "text" if on else "text2"))
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)

    def _choose(self, value: str) -> None:
        if value != self._value and value not in self._off:
            self.set_value(value)
            self.chosen.emit(value)

    def _widths(self) -> list[int]:
        metrics = self._theme.metrics(t.BUTTON, t.SEMIBOLD)
        return [metrics.horizontalAdvance(words) + 24 for _, words in self._options]

    def _places(self) -> list[QRect]:
        places, left = [], 2
        for width in self._widths():
            places.append(QRect(left, 2, width, self.height() - 4))
            left += width
        return places

    def _describe(self) -> None:
        self.setAccessibleDescription(dict(self._options)[self._value])


class Switch(QAbstractButton):
    """On or off, at once; the words stand beside it and are its accessible name."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A track of 40 by 24 in a target of 32."""
        return QSize(44, self._theme.target)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A track and a knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, on = self._theme, self.isChecked()
        track = QRectF(2, (self.height() - 22) / 2, 40, 22)
        if shows_focus(self):
            painter.setPen(QPen(theme.colour("text" if on else "accent"), 2))
        else:
            painter.setPen(QPen(theme.colour("accent" if on else "edge"), 1))
        painter.setBrush(theme.colour("accent" if on and self.isEnabled() else "sunken"))
        painter.drawRoundedRect(track, 11, 11)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("on_accent" if on else "edge"))
        painter.drawEllipse(QRectF(track.right() - 18 if on else track.left() + 4, track.top() + 4, 14, 14))
