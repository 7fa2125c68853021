"""A slider."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.window.theme import Theme, shows_focus


class Slider(QWidget):
    """A whole number from `least` to `most`; `curve` > 1 gives small numbers more of the way."""

    moved = Signal(int)

    def __init__(
        self, theme: Theme, least: int, most: int, *, curve: float = 1.0, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._least, self._most, self._curve = theme, least, most, curve
        self._value = least
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def value(self) -> int:
        """Where it stands."""
        return self._value

    def set_value(self, value: int) -> None:
        """Move it without telling."""
        value = min(self._most, max(self._least, value))
        if value != self._value:
            self._value = value
            self.setAccessibleDescription(str(value))
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the knob."""
        return QSize(150, self._theme.target)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Jump there."""
        self._to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._to(event.position().x())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """One step a notch."""
        self._step(1 if event.angleDelta().y() > 0 else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows, Page keys, Home and End."""
        key = event.key()
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_PageDown: -5,
            Qt.Key.Key_PageUp: 5,
        }
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._move(self._least if key == Qt.Key.Key_Home else self._most)
        elif Qt.Key(key) in steps:
            self._step(steps[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A line, filled up to the knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, middle = self._theme, self.height() / 2
        knob = self._left + self._share * self._way
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(QRectF(self._left, middle - 2, self._way, 4), 2, 2)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(self._left, middle - 2, knob - self._left, 4), 2, 2)
        if shows_focus(self):
            painter.setBrush(theme.colour("accent_bg"))
            painter.drawEllipse(QRectF(knob - 13, middle - 13, 26, 26))
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(QRectF(knob - 8, middle - 8, 16, 16))

    @property
    def _left(self) -> float:
        return 13.0

    @property
    def _way(self) -> float:
        return max(1.0, self.width() - 26.0)

    @property
    def _share(self) -> float:
        whole = (self._value - self._least) / max(1, self._most - self._least)
        return float(whole ** (1 / self._curve))

    def _to(self, x: float) -> None:
        share = min(1.0, max(0.0, (x - self._left) / self._way))
        self._move(self._least + round((self._most - self._least) * share**self._curve))

    def _step(self, steps: int) -> None:
        share = min(1.0, max(0.0, self._share + steps * 0.02))
        value = self._least + round((self._most - self._least) * share**self._curve)
        self._move(value if value != self._value else self._value + (1 if steps > 0 else -1))

    def _move(self, value: int) -> None:
        before = self._value
        self.set_value(value)
        if self._value != before:
            self.moved.emit(self._value)
