"""What a screen says without stopping anybody: a bar with a reason and a next step, and a thin line of progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.window import tokens as t
from desktop.window.kit.buttons import button
from desktop.window.kit.labels import Sign, label
from desktop.window.kit.panels import Card, row
from desktop.window.theme import Theme

Action = tuple[str, Callable[[], None]]


class Tone(StrEnum):
    """How serious it is; the value is the colour's name."""

    PLAIN = "text2"
    GOOD = "good"
    WARN = "warn"
    DANGER = "danger"

    @property
    def icon(self) -> str:
        """The icon that says the same."""
        return {Tone.PLAIN: "info", Tone.GOOD: "check"}.get(self, "warn")


class Bar(Card):
    """One sentence and at most three things to do about it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, radius=t.RADIUS, parent=parent)
        self._about: object = None
        self._icon = Sign(theme, size=20)
        self._words = label(theme, wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._buttons: list[QPushButton] = []
        self._row = row(self._icon, self._words, space=10, margins=(14, 8, 8, 8))
        self._row.setStretch(1, 1)
        self.setLayout(self._row)
        self.setMinimumHeight(48)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def say(self, tone: Tone, words: str, actions: Sequence[Action] = (), *, about: object = None) -> None:
        """Show a sentence; the first action is the likeliest next step.

        While it says something `about` the same, nothing changes: a button that is made anew loses its focus, and a press.
        """
        if about is not None and about == self._about and not self.isHidden():
            return
        self._about = about
        self._icon.show_icon(tone.icon, tone)
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
        self.show()


def paint_share(painter: QPainter, theme: Theme, bed: QRectF, share: float, colour: str = "accent") -> None:
    """A bed with round ends, filled as far as 0 to 1 says; the least that is done is a dot."""
    round_by = bed.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("line"))
    painter.drawRoundedRect(bed, round_by, round_by)
    if share > 0:
        done = QRectF(bed.left(), bed.top(), max(bed.height(), bed.width() * share), bed.height())
        painter.setBrush(theme.colour(colour))
        painter.drawRoundedRect(done, round_by, round_by)


class Wandering(QWidget):
    """A line of progress: while nobody knows how far it is, a piece wanders through it.

    It does as long as somebody sees it, and not for who wants no motion.
    """

    PACE = (40, 0.02)
    """Milliseconds between two steps, and how far a step goes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wanders, self._place = False, 0.0
        every, self._step = self.PACE
        self._timer = QTimer(self)
        self._timer.setInterval(every)
        self._timer.timeout.connect(self._go_on)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _wander(self, on: bool) -> None:
        """Whether a piece wanders; `_place` is how far it came, 0 to 1."""
        self._wanders = on
        if on and self._theme.motion and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Wander while it is seen."""
        super().showEvent(event)
        self._wander(self._wanders)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """And no longer."""
        super().hideEvent(event)
        self._timer.stop()

    def _go_on(self) -> None:
        self._place = (self._place + self._step) % 1.0
        self.update()


class ProgressLine(Wandering):
    """Two pixels under a top bar: how far the work is; None = nobody knows, 2 = nothing is done."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._share: float | None = 2.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two pixels high."""
        return QSize(100, 2)

    def show_share(self, share: float | None) -> None:
        """0 to 1; None while nobody knows; above 1 = gone."""
        if share != self._share:
            self._share = share
            self._wander(share is None)
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
            left = self._place * (1 + share) - share if self._theme.motion else 0.0
        part = QRectF(self.width() * left, 0, self.width() * share, self.height())
        painter.fillRect(part, self._theme.colour("accent"))
