"""The rail at the left: where one can go. Under 900 pixels the icons stand alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from desktop.window import tokens as t
from desktop.window.kit import column
from desktop.window.theme import Theme

WIDE, NARROW = 200, 64
ROW = 40

_BY_KEYBOARD = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)


class RailButton(QAbstractButton):
    """One place: an icon and its word, with the accent's bar where one is."""

    def __init__(self, theme: Theme, icon: str, words: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._words, self._key = theme, icon, words, key
        self._narrow = self._ring = False
        self.setText(words)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show the icon alone; the word is then in the tool tip."""
        self._narrow = narrow
        self.setToolTip(f"{self._words} ({self._key})" if narrow or self._elided() else self._key)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A row."""
        return QSize(WIDE - 24, ROW)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The ring is for who uses the keyboard."""
        self._ring = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Painted differently under the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """And as before."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Ground, bar, icon, word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, on = self._theme, self.isChecked()
        where = QRectF(self.rect())
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("surface" if on else "hover"))
            painter.drawRoundedRect(where, t.RADIUS, t.RADIUS)
        if on:
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(0, (ROW - 18) / 2, 3, 18), 1.5, 1.5)
        if self.hasFocus() and self._ring:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(where.adjusted(1, 1, -1, -1), t.RADIUS - 1, t.RADIUS - 1)
        pixmap = theme.pixmap(self._icon, "accent" if on else "text2", 20, self.devicePixelRatioF())
        left = (where.width() - 20) / 2 if self._narrow else 12.0
        painter.drawPixmap(QRectF(left, (ROW - 20) / 2, 20, 20), pixmap, QRectF(pixmap.rect()))
        if not self._narrow:
            painter.setFont(theme.font(t.BODY, t.SEMIBOLD if on else t.REGULAR))
            painter.setPen(theme.colour("text" if on else "text2"))
            room = where.adjusted(44, 0, -8, 0)
            text = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)

    def _elided(self) -> bool:
        metrics = self._theme.metrics(t.BODY, t.SEMIBOLD)
        return metrics.horizontalAdvance(self._words) > WIDE - 24 - 52


class Rail(QWidget):
    """All places; the last stands apart at the bottom. Up and down move, as in every group of buttons of which one is on."""

    chosen = Signal(int)

    def __init__(
        self,
        theme: Theme,
        places: Sequence[tuple[str, str, str]],
        *,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        """`places`: (icon, words, key)."""
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.buttons = [RailButton(theme, *place, parent=self) for place in places]
        self._group = QButtonGroup(self)
        for number, button in enumerate(self.buttons):
            self._group.addButton(button, number)
        self._group.idToggled.connect(self._toggled)
        *above, last = self.buttons
        self.setLayout(column(*above, None, last, space=4, margins=(12, 16, 12, 16)))
        self.set_narrow(narrow=False)
        theme.changed.connect(self.update)

    def choose(self, number: int) -> None:
        """Be at another place."""
        self.buttons[number].setChecked(True)

    def set_narrow(self, *, narrow: bool) -> None:
        """Icons alone, or with words."""
        self.setFixedWidth(NARROW if narrow else WIDE)
        for button in self.buttons:
            button.set_narrow(narrow=narrow)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A sunken ground, and a line where the page begins."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("sunken"))
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), self._theme.colour("line"))

    def _toggled(self, number: int, on: bool) -> None:
        if on:
            self.chosen.emit(number)
