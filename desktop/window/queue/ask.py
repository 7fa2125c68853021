"""The card that asks, once and in its place, what should be done with new pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from desktop.state.queue_ask import Ask
from desktop.state.sizes import screen_text
from desktop.window import tokens as t
from desktop.window.kit import Card, Segmented, button, column, label, plain_tip, row
from desktop.window.theme import Theme
from desktop.words import say


class AskCard(Card):
    """Shows an `Ask`; tells what was chosen by the names that `QueueState.choose` takes."""

    chosen = Signal(str, str)
    mask_wanted = Signal()
    go = Signal()
    not_now = Signal()

    def __init__(self, theme: Theme, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._title = label(theme, size=t.HEAD, weight=t.SEMIBOLD, wrap=True)
        self._note = label(theme, size=t.NOTE, colour="text2", wrap=True)
        self._kind = self._segmented(theme, "kind", ask.kinds, say("queue.ask.kind"))
        self._factor = self._segmented(theme, "factor", ask.factors, say("queue.ask.size"))
        self._style = self._segmented(theme, "style", ask.styles, say("queue.ask.style"))
        self._quality = self._segmented(theme, "quality", ask.qualities, say("queue.ask.quality"))
        self._mask = button(say("queue.ask.mask.choose"))
        self._mask.setIcon(theme.icon("picture"))
        self._mask.clicked.connect(self.mask_wanted)
        self._go = button(ask.go, accent=True)
        self._go.clicked.connect(self.go)
        not_now = button(say("queue.ask.not_now"), quiet=True)
        not_now.clicked.connect(self.not_now)

        enlarge, erase = QWidget(), QWidget()
        size, style = _named(theme, say("queue.ask.size")), _named(theme, say("queue.ask.style"))
        enlarge.setLayout(row(size, self._factor, 16, style, self._style, None))
        mask, quality = _named(theme, say("queue.ask.mask")), _named(theme, say("queue.ask.quality"))
        erase.setLayout(row(mask, self._mask, 16, quality, self._quality, None))
        self._options = QStackedLayout()
        self._options.addWidget(enlarge)
        self._options.addWidget(erase)
        head = row(self._title, self._kind, space=16)
        head.setStretch(0, 1)
        last = row(self._note, not_now, self._go, space=8)
        last.setStretch(0, 1)
        self.setLayout(column(head, self._options, last, space=14, margins=(20, 16, 16, 16)))
        self.show_ask(ask)

    def show_ask(self, ask: Ask) -> None:
        """Show the question as it stands."""
        self._title.setText(ask.title)
        self.setAccessibleName(ask.title)
        self._note.setText(ask.note)
        for control, value in ((self._kind, ask.kind), (self._factor, ask.factor), (self._style, ask.style)):
            control.set_value(value)
        self._quality.set_value(ask.quality)
        self._options.setCurrentIndex(0 if ask.kind == "enlarge" else 1)
        metrics = self._mask.fontMetrics()
        self._mask.setText(metrics.elidedText(ask.mask_words, Qt.TextElideMode.ElideMiddle, 220))
        self._mask.setToolTip(plain_tip(screen_text(str(ask.mask))) if ask.mask is not None else "")
        self._go.setText(ask.go)
        self._go.setEnabled(ask.ready)

    def focus_next_step(self) -> None:
        """Give the keyboard to the likeliest button."""
        (self._go if self._go.isEnabled() else self._kind).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes, Esc dismisses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._go.isEnabled():
            self.go.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.not_now.emit()
        else:
            super().keyPressEvent(event)

    def _segmented(self, theme: Theme, name: str, options: Sequence[tuple[str, str]], words: str) -> Segmented:
        made = Segmented(theme, options, name=words)
        made.chosen.connect(lambda value: self.chosen.emit(name, value))
        return made


def _named(theme: Theme, words: str) -> QLabel:
    """What stands before a control."""
    return label(theme, words, size=t.BUTTON, colour="text2")
