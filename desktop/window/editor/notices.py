"""The bar above the tools: what was done and what else could be, or what went wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from desktop.state.editing.snapshot import Done, Notice
from desktop.window import tokens as t
from desktop.window.editor.intents import EditorIntents
from desktop.window.editor.raised import AROUND, Raised
from desktop.window.editor.shortcuts import shown
from desktop.window.kit import Sign, Tone, button, column, label, row, tool_button
from desktop.window.theme import Theme
from desktop.words import say

TONES = {"info": Tone.PLAIN, "good": Tone.GOOD, "warning": Tone.WARN, "danger": Tone.DANGER}


class NoticeBar(Raised):
    """One sentence and what can be done about it."""

    dismissed = Signal()

    def __init__(self, theme: Theme, state: EditorIntents, parent: QWidget | None = None) -> None:
        super().__init__(theme, radius=t.RADIUS_WINDOW, parent=parent)
        self._state = state
        self._shown: Notice | Done | None = None
        self._icon = Sign(theme, size=20)
        self._words = label(theme, size=t.BUTTON, wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._note = label(theme, size=t.NOTE, colour="text2", wrap=True)
        self._made: list[QWidget] = []
        self._row: QHBoxLayout = row(
            self._icon,
            column(None, self._words, self._note, None, space=2),
            space=10,
            margins=(AROUND + 16, AROUND + 7, AROUND + 8, AROUND + 7),
        )
        self._row.setStretch(1, 1)
        self.setLayout(self._row)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_notice(self, notice: Notice | None, done: Done | None, *, own: bool = False) -> None:
        """Show the first that there is; `own` is a notice of the window itself."""
        wanted = notice or done
        if wanted == self._shown:
            return
        self._shown = wanted
        self._clear()
        if wanted is None:
            self.hide()
            return
        if isinstance(wanted, Notice):
            tone = TONES.get(wanted.tone, Tone.PLAIN)
            for name, words in wanted.actions:
                self._add_button(words, lambda name=name: self._state.do_notice(name))  # type: ignore[misc]
        else:
            tone = Tone.GOOD
            self._add_done(wanted)
        close = tool_button(self._theme, "close", say("common.close"), parent=self)
        close.clicked.connect(lambda: self._taken_away(wanted, own=own))
        self._add(close)
        self._words.setText(wanted.words)
        note = wanted.note if isinstance(wanted, Done) else ""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setAccessibleName(f"{wanted.words} {note}".strip())
        self._icon.show_icon(tone.icon, tone)
        self.show()

    def height_at(self, width: int) -> int:
        """How high it must be at that width: long sentences take a second line."""
        need = self._row.heightForWidth(width) if self._row.hasHeightForWidth() else self._row.sizeHint().height()
        return max(need, 48 + 2 * AROUND)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click beside the buttons is not one on the picture."""
        event.accept()

    def _taken_away(self, shown: Notice | Done, *, own: bool) -> None:
        if own:
            self.dismissed.emit()
        elif isinstance(shown, Notice):
            self._state.do_notice("dismiss")
        else:
            self.hide()  # until there is something else to say

    def _add_done(self, done: Done) -> None:
        if len(done.variants) > 1:
            before = tool_button(
                self._theme, "chevron-left", say("editor.previous"), tip=f"{say('editor.previous')}  ,"
            )
            after = tool_button(self._theme, "chevron-right", say("editor.next"), tip=f"{say('editor.next')}  .")
            before.clicked.connect(self._state.previous_variant)
            after.clicked.connect(self._state.next_variant)
            before.setEnabled(done.current > 0)
            after.setEnabled(done.current < len(done.variants) - 1)
            self._add(before)
            self._add(label(self._theme, f"{done.current + 1} / {len(done.variants)}", size=t.NOTE, colour="text2"))
            self._add(after)
        if done.again:
            self._add_button(say("editor.again"), self._state.again)
        if done.other_ways:
            other = QToolButton(self)
            other.setText(say("editor.other_way"))
            other.setAccessibleName(say("editor.other_way"))
            other.setIcon(self._theme.icon("chevron-down", size=16))
            other.setIconSize(QSize(16, 16))
            other.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            other.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow follows the words
            menu = QMenu(other)
            for name, words in done.other_ways:
                action = menu.addAction(words)
                action.triggered.connect(lambda _on=False, name=name: self._state.other_way(name))
            other.setMenu(menu)
            other.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            self._add(other)
        self.setToolTip(say("editor.done.tip", key=shown("original")))

    def _add_button(self, words: str, act: Callable[[], None]) -> None:
        made = button(words, quiet=True, parent=self)
        made.clicked.connect(lambda _on=False: act())
        self._add(made)

    def _add(self, widget: QWidget) -> None:
        self._row.addWidget(widget)
        self._made.append(widget)

    def _clear(self) -> None:
        self.setToolTip("")
        for old in self._made:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._made = []
