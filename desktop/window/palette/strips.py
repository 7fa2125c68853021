"""The strips above and below the list: what was understood, how many were found, and what the keys do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.state.understood import Chip as Understood
from desktop.window import tokens as t
from desktop.window.kit import Chip, Elided
from desktop.window.kit.labels import CAP, keycap_width, paint_keycap
from desktop.window.theme import Theme
from desktop.words import say


class ChipStrip(QWidget):
    """Chips that can be taken away; those that don't fit are counted."""

    removed = Signal(int)
    made = Signal()
    """There are other chips, which Tab must come by."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Understood, ...] = ()
        self._everything = False
        self._chips: list[Chip] = []
        self._more = Elided(theme, size=t.NOTE, colour="text3", parent=self)
        self.setFixedHeight(26)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The chips, from the left."""
        return tuple(self._chips)

    def show_chips(self, chips: tuple[Understood, ...], *, everything: bool) -> None:
        """Show what was understood; `everything` says that nothing limits the search."""
        if chips != self._shown:
            self._shown = chips
            for old in self._chips:
                old.hide()
                old.deleteLater()
            self._chips = [self._made(place, chip) for place, chip in enumerate(chips)]
            self.made.emit()
        self._everything = everything
        self._place()

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As many as fit."""
        self._place()

    def _made(self, place: int, chip: Understood) -> Chip:
        made = Chip(self._theme, chip.words, parent=self)
        made.setAccessibleName(say("palette.chip_remove", words=chip.words))
        made.removed.connect(lambda: self.removed.emit(place))
        return made

    def _place(self) -> None:
        left, hidden = 0, 0
        for number, chip in enumerate(self._chips):
            width = chip.sizeHint().width()
            rest = len(self._chips) - number - 1
            fits = not hidden and left + width <= self.width() - (40 if rest else 0)
            chip.setVisible(fits)
            if fits:
                chip.setGeometry(left, 0, width, 26)
                left += width + 8
            else:
                hidden += 1
        words = f"+ {hidden}" if hidden else say("palette.everything") if self._everything else ""
        self._more.set_text(words)
        self._more.setVisible(bool(words))
        self._more.setGeometry(left, 0, max(0, self.width() - left), 26)


class KeyHint(QWidget):
    """What a key does: words and a key cap, to click as well."""

    clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words, self._keys = theme, "", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def say(self, words: str, keys: str) -> None:
        """Show other words."""
        if (words, keys) != (self._words, self._keys):
            self._words, self._keys = words, keys
            self.setAccessibleName(f"{words}, {keys}")
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Words, cap, and room round them."""
        return QSize(self._word_width() + 6 + self._cap_width() + 16, t.TARGET)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The words and the cap."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), t.RADIUS, t.RADIUS)
        painter.setFont(self._theme.font(t.NOTE, t.SEMIBOLD))
        painter.setPen(self._theme.colour("text"))
        words = QRect(8, 0, self._word_width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words)
        cap = QRect(words.right() + 7, (self.height() - CAP) // 2, self._cap_width(), CAP)
        paint_keycap(painter, self._theme, cap, self._keys)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click does it."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """It takes no focus; keys go on."""
        event.ignore()

    def _word_width(self) -> int:
        return self._theme.metrics(t.NOTE, t.SEMIBOLD).horizontalAdvance(self._words)

    def _cap_width(self) -> int:
        return keycap_width(self._theme, self._keys)


class Footer(QWidget):
    """The promise and the counts at the left, what the keys do at the right. Where there is little room the hints give way."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = Elided(theme, size=t.NOTE, colour="text2", parent=self)
        self._hints: dict[str, KeyHint] = {}
        self._order: tuple[str, ...] = ()
        for name in ("open", "erase", "actions"):
            hint = KeyHint(theme, self)
            hint.clicked.connect(lambda name=name: self.wanted.emit(name))
            self._hints[name] = hint
        self.setFixedHeight(40)
        theme.changed.connect(self.update)

    def show_words(self, words: str, hints: Sequence[tuple[str, str, str]]) -> None:
        """Show words, and (name, words, keys) of up to three hints; the last one stays longest."""
        self._words.set_text(words)
        for name, said, keys in hints:
            self._hints[name].say(said, keys)
        self._order = tuple(name for name, _, _ in hints)
        self._place()

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As many hints as fit beside the words."""
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A line above, and the shield."""
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(0, 0, self.width(), 0)
        icon = self._theme.pixmap("shield", "text2", 16, self.devicePixelRatioF())
        painter.drawPixmap(20, (self.height() - 16) // 2, icon)

    def _place(self) -> None:
        left = 44
        need = self._words.sizeHint().width() + 16
        shown = list(self._order)
        widths = {name: self._hints[name].sizeHint().width() for name in self._order}

        def room() -> int:
            return self.width() - 12 - sum(widths[name] + 4 for name in shown) - left

        for name in ("erase", "open"):
            if name in shown and len(shown) > 1 and room() < need:
                shown.remove(name)
        right = self.width() - 10
        for name in self._hints:
            self._hints[name].setVisible(name in shown)
        for name in reversed(shown):
            self._hints[name].setGeometry(right - widths[name], (self.height() - t.TARGET) // 2, widths[name], t.TARGET)
            right -= widths[name] + 4
        self._words.setGeometry(left, 0, max(0, right - left - 8), self.height())
