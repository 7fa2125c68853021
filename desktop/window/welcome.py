"""The first run's window: three steps, each of which may be skipped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from desktop.state.welcome import TRY, WelcomeState
from desktop.state.welcome_parts import FolderChoice, WelcomeSnapshot
from desktop.window import tokens as t
from desktop.window.bound import Bound
from desktop.window.kit import (
    Bar,
    Card,
    Elided,
    ProgressLine,
    Rows,
    Segmented,
    Sign,
    Tick,
    button,
    column,
    empty,
    label,
    row,
)
from desktop.window.main.setting_controls import KeyField, native_parts
from desktop.window.notices import show_notice
from desktop.window.theme import Theme
from desktop.window.welcome_parts import Caps, Dots, Photo
from desktop.words import say

WIDTH, HEIGHT = 640, 420


class WelcomeWindow(QWidget):
    """One head, one sentence, one thing to do."""

    def __init__(self, theme: Theme, state: WelcomeState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._state = theme, state
        self._step = -1
        self.setWindowTitle(say("welcome.title"))
        self.setFixedSize(WIDTH, HEIGHT)
        self._head = label(theme, size=t.TITLE, weight=t.SEMIBOLD)
        self._lead = label(theme, colour="text2", wrap=True)
        self._bar = Bar(theme)
        self.folders = _Folders(theme, state)
        self.key = _Key(theme, state)
        self.trying = _Trying(theme)
        self._steps = QStackedWidget()
        for one in (self.folders, self.key, self.trying):
            self._steps.addWidget(one)
        self.skip = button("", quiet=True)
        self.skip.clicked.connect(state.skip)
        self.back = button(say("welcome.back"), quiet=True)
        self.back.clicked.connect(state.back)
        self.next = button("", accent=True)
        self.next.setMinimumWidth(140)
        self.next.clicked.connect(state.next)
        self._dots = Dots(theme)
        self._dots.setParent(self)
        self._dots.move((WIDTH - self._dots.width()) // 2, HEIGHT - 42)
        foot = row(self.skip, None, self.back, self.next, space=8)
        whole = column(self._head, self._lead, 12, self._bar, self._steps, 16, foot, space=4, margins=(36, 28, 36, 20))
        whole.setStretch(4, 1)
        self.setLayout(whole)
        theme.dress(self)
        self._bound = Bound(state, self)
        self._bound.changed.connect(self._show)
        theme.changed.connect(self.update)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """From the first step."""
        super().showEvent(event)
        if not event.spontaneous():
            self._state.begin()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """However it is closed, it doesn't come by itself again."""
        self._state.finish()
        super().closeEvent(event)

    def event(self, event: QEvent) -> bool:
        """The key that is to be tried may come here, where no system grabs it for us."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            wanted = QKeySequence.fromString(self._state.snapshot().key)
            if not wanted.isEmpty() and QKeySequence(event.keyCombination()) == wanted:
                self._state.pressed()
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on, Esc skips."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.next.isEnabled():
            self._state.next()
        elif event.key() == Qt.Key.Key_Escape:
            self._state.skip()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        snapshot = self._state.snapshot()
        if snapshot.left:
            if self.isVisible():
                self.close()
            return
        self._head.setText(snapshot.head)
        self._lead.setText(snapshot.lead)
        show_notice(self._bar, snapshot.notice, self._state.act)
        self.folders.show_choices(snapshot.choices)
        self.key.show_key(snapshot)
        self.trying.show_stage(snapshot)
        self._dots.show_step(snapshot.step)
        self.skip.setText(snapshot.skip)
        self.skip.setVisible(bool(snapshot.skip))
        self.back.setVisible(snapshot.can_go_back)
        words, enabled = snapshot.next
        self.next.setText(words)
        self.next.setEnabled(enabled)
        if snapshot.step != self._step:
            self._step = snapshot.step
            self._steps.setCurrentIndex(snapshot.step)
            (self.next if enabled else self.folders).setFocus(Qt.FocusReason.OtherFocusReason)


class _Folders(QWidget):
    """Boxes to tick."""

    def __init__(self, theme: Theme, state: WelcomeState) -> None:
        super().__init__()
        self._theme, self._state = theme, state
        self._shown: tuple[FolderChoice, ...] = ()
        self._lines: dict[str, _FolderTick] = {}
        self._rows = Rows(space=0)
        self._other = button(say("welcome.other"), quiet=True)
        self._other.clicked.connect(self._choose)
        self._none = label(theme, say("welcome.no_folders"), colour="text2", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = Card(theme)
        card.setLayout(column(self._none, self._rows, margins=(4, 4, 4, 4)))
        whole = column(card, row(self._other, None), space=8)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def show_choices(self, choices: tuple[FolderChoice, ...]) -> None:
        """Show what may be chosen; lines stay as long as their folder does, so that the focus does."""
        if choices == self._shown and self._lines:
            return
        if [one.path for one in choices] != [one.path for one in self._shown]:
            empty(self._rows.body)
            self._lines = {one.path: _FolderTick(self._theme, one, self._state) for one in choices}
            for line in self._lines.values():
                self._rows.body.addWidget(line)
            self._rows.body.addStretch(1)
        self._shown = choices
        self._none.setVisible(not choices)
        self._rows.setVisible(bool(choices))
        for one in choices:
            self._lines[one.path].show_choice(one)

    def _choose(self) -> None:
        path = QFileDialog.getExistingDirectory(self, say("welcome.choose"), str(Path.home()))
        if path:
            self._state.add(path)


class _FolderTick(QWidget):
    """One box with a folder's name and how much is in it."""

    def __init__(self, theme: Theme, choice: FolderChoice, state: WelcomeState) -> None:
        super().__init__()
        self.box = Tick(theme, choice.name)
        self.box.toggled.connect(lambda on: state.tick(choice.path, on=on))
        self._place = Elided(theme, choice.place, size=t.NOTE, colour="text3", middle=True)
        self._count = label(theme, size=t.BUTTON, colour="text2")
        self.setFixedHeight(40)
        whole = row(self.box, self._place, self._count, space=12, margins=(14, 0, 14, 0))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The whole line is the box."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.click()

    def show_choice(self, choice: FolderChoice) -> None:
        """Show the count when it is known."""
        self._count.setText(choice.count)
        self.box.setEnabled(not choice.searched)
        self.box.setChecked(choice.ticked or choice.searched)
        self.box.setAccessibleName(f"{choice.name}, {choice.count}")


class _Key(QWidget):
    """The key as caps, whether it can be had, and another instead."""

    def __init__(self, theme: Theme, state: WelcomeState) -> None:
        super().__init__()
        self._theme = theme
        words = {
            "record": say("welcome.key_record"),
            "recording": say("welcome.key_recording"),
            "clear": say("welcome.key_clear"),
            "no_key": say("welcome.key_no"),
        }
        self.field = KeyField(theme, say("welcome.key"), words)  # its caps are small; here they are the picture
        self.field.recorded.connect(state.record)
        self._caps = Caps(theme)
        self._icon = Sign(theme, size=20)
        self._words = label(theme, wrap=True)
        self._reading = label(theme, size=t.NOTE, colour="text3")
        self.menus = Tick(theme, say("welcome.menus"))
        self.menus.toggled.connect(lambda on: state.tick_menus(on=on))
        self._written = label(theme, size=t.NOTE, colour="text2", wrap=True)
        self._offer = QWidget()
        self._offer.setLayout(column(self.menus, self._written, space=2, margins=(2, 0, 2, 0)))
        said = row(None, self._icon, self._words, None, space=8)
        buttons = row(None, self.field.button, self.field.clear, None, space=4)
        card = Card(theme)
        card.setLayout(column(None, self._caps, 10, said, 6, buttons, None, space=8, margins=(18, 12, 18, 12)))
        whole = column(card, self._offer, self._reading, space=8)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def show_key(self, snapshot: WelcomeSnapshot) -> None:
        """Show the key and what is known of it."""
        self.field.show_value(snapshot.key)
        self._caps.show_parts(native_parts(snapshot.key) or [say("welcome.key_no")])
        self._words.setText(snapshot.key_words)
        width = self._theme.metrics(t.BODY).horizontalAdvance(snapshot.key_words) + 4
        self._words.setFixedWidth(min(420, width))  # else a label that wraps takes a square
        icon = {"good": "check", "warn": "warn"}.get(snapshot.key_tone, "key")
        self._icon.show_icon(icon, snapshot.key_tone)
        offer = snapshot.menus
        self._offer.setVisible(offer is not None)
        if offer is not None:
            self._written.setText(offer.note)
            self.menus.setAccessibleDescription(offer.note)
            self.menus.setChecked(offer.ticked)
        self._reading.setText(say("welcome.reading") if any(one.ticked for one in snapshot.choices) else "")


class _Trying(QWidget):
    """The photo at the left, what happens at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.photo = Photo(theme)
        self._words = label(theme, size=t.HEAD, weight=t.SEMIBOLD, wrap=True)
        self._note = label(theme, colour="text2", wrap=True)
        self._line = ProgressLine(theme)
        self._line.setFixedHeight(4)
        options = [("before", say("welcome.before")), ("after", say("welcome.after"))]
        self.view = Segmented(theme, options, name=say("welcome.view"))
        self.view.chosen.connect(lambda value: self.photo.show_after(after=value == "after"))
        right = column(None, self._words, self._note, 8, self._line, row(self.view, None), None, space=8)
        whole = row(self.photo, right, space=24)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._stage = ""

    def show_stage(self, snapshot: WelcomeSnapshot) -> None:
        """Show how far it is."""
        if snapshot.step != TRY and snapshot.sheets.before is None:
            self.photo.drop()
        self.photo.show_sheets(snapshot)
        self._words.setText(snapshot.words)
        self._words.setVisible(bool(snapshot.words))
        self._note.setText(snapshot.note)
        self._note.setVisible(bool(snapshot.note))
        self._line.setVisible(snapshot.stage == "working")
        self._line.show_share(snapshot.share)
        self.view.setVisible(snapshot.stage == "done")
        if snapshot.stage == "done" and self._stage != "done":
            self.view.set_value("after")
            self.photo.show_after(after=True)
        self._stage = snapshot.stage
