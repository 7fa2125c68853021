"""What a screen says without stopping anybody: a bar with a reason and a next step, and a thin line of progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from desktop.window import tokens as t
from desktop.window.kit.buttons import button
from desktop.window.kit.labels import label
from desktop.window.kit.panels import row
from desktop.window.theme import Theme

Action = tuple[str, Callable[[], None]]


class Tone(StrEnum):
    """How serious it is; the value is the colour's name."""

    PLAIN = "text2"
    GOOD = "good"
    WARN = "warn"
    DANGER = "danger"


_ICONS = {Tone.PLAIN: "info", Tone.GOOD: "check", Tone.WARN: "warn", Tone.DANGER: "warn"}


class Bar(QWidget):
    """One sentence and at most three things to do about it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = Tone.PLAIN
        self._icon = QLabel(self)
        self._words = label(theme, wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._buttons: list[QPushButton] = []
        self._row = row(self._icon, self._words, space=10, margins=(14, 8, 8, 8))
        self._row.setStretch(1, 1)
        self.setLayout(self._row)
        self.setMinimumHeight(48)
        theme.changed.connect(self._dress)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def say(self, tone: Tone, words: str, actions: Sequence[Action] = ()) -> None:
        """Show a sentence; the first action is the likeliest next step."""
        self._tone = tone
        self._words.setText(words)
        self.setAccessibleName(words)
        for old in self._buttons:
            self._row.removeWidget(old)
            old.deleteLater()
        self._buttons = []
        for text, act in actions:
            made = button(text, quiet=True, parent=self)
            made.clicked.connect(lambda _checked=False, act=act: act())
            self._row.addWidget(made)
            self._buttons.append(made)
        self._dress()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A raised ground with the tone at its left edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), t.RADIUS, t.RADIUS)

    def _dress(self) -> None:
        self._icon.setPixmap(self._theme.icons.pixmap(_ICONS[self._tone], getattr(self._theme.tokens, self._tone), 20))
        self.update()


class ProgressLine(QWidget):
    """Two pixels under a top bar: how far the work is; None = nobody knows, 2 = nothing is done."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share: float | None = 2.0
        self._turn = 0.0
        self._turning = QTimer(self)
        self._turning.setInterval(40)
        self._turning.timeout.connect(self._go_on)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two pixels high."""
        return QSize(100, 2)

    def show_share(self, share: float | None) -> None:
        """0 to 1; None while nobody knows; above 1 = gone."""
        if share != self._share:
            self._share = share
            if share is None and self._theme.motion:
                self._turning.start()
            else:
                self._turning.stop()
            self.update()

    def _go_on(self) -> None:
        if self.isVisible():
            self._turn = (self._turn + 0.02) % 1.0
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The line."""
        if self._share is not None and self._share > 1:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("line"))
        left, share = 0.0, self._share
        if share is None:  # a piece that wanders through; it stands still with reduced motion
            share = 0.33
            left = self._turn * (1 + share) - share if self._theme.motion else 0.0
        part = QRectF(self.width() * left, 0, self.width() * share, self.height())
        painter.fillRect(part, self._theme.colour("accent"))
