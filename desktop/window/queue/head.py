"""The head of the queue: how far everything is, and the two buttons that hold it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.state.queue import Queue, QueueState
from desktop.window import tokens as t
from desktop.window.kit import Elided, button, column, label, row
from desktop.window.kit.bars import paint_share
from desktop.window.theme import Theme, mark


class WholeBar(QWidget):
    """How much of all is done: six pixels."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._share, self._calm = theme, 0.0, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Six pixels high."""
        return QSize(100, 6)

    def show_share(self, share: float, *, calm: bool) -> None:
        """0 to 1; `calm` while it stands."""
        if (share, calm) != (self._share, self._calm):
            self._share, self._calm = share, calm
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A line, filled as far."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_share(painter, self._theme, QRectF(self.rect()), self._share, "edge" if self._calm else "accent")


class Head(QWidget):
    """Words, bar, Pause and Stop all."""

    def __init__(self, theme: Theme, state: QueueState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label(theme, size=t.HEAD, weight=t.SEMIBOLD, wrap=True)
        self._note = Elided(theme, size=t.BUTTON, colour="text2")
        self._bar = WholeBar(theme)
        self._hold, self._stop = button(""), button("")
        self._hold.clicked.connect(state.hold)
        self._stop.clicked.connect(state.stop_all)
        words = row(column(self._words, self._note, space=2), self._hold, self._stop, space=8)
        words.setStretch(0, 1)
        words.setAlignment(self._hold, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(column(words, self._bar, space=14, margins=(24, 18, 24, 16)))
        self._theme = theme
        self._worn: tuple[str, bool, bool] | None = None

    def show_queue(self, shown: Queue) -> None:
        """Say how far it is."""
        if shown.head != self._words.text():
            self._words.setText(shown.head)
        self._note.colour = shown.note_tone
        self._note.set_text(shown.note)
        self._note.update()
        self._bar.show_share(shown.share, calm=shown.held)
        self._bar.setVisible(shown.bar)
        self._bar.setAccessibleName(shown.head)
        for made, one in ((self._hold, shown.hold), (self._stop, shown.stop)):
            made.setText(one.words)
            made.setVisible(one.shown)
        accent = shown.held and shown.hold.shown and shown.ask is None
        mark(self._hold, "accent", accent)
        icon = "play" if shown.held else "pause"
        worn = (icon, accent, self._theme.tokens.dark)
        if worn != self._worn:  # icons are made when they change, not with every tick
            self._worn = worn
            self._hold.setIcon(self._theme.icon(icon, "on_accent" if accent else "text"))
