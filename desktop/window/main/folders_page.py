"""The folders that are searched: chosen, read, let go of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from desktop.state.folder_rows import FolderRow, FoldersSnapshot, ProblemRow
from desktop.state.folders import FoldersState
from desktop.window import tokens as t
from desktop.window.bound import Bound
from desktop.window.kit import Bar, Card, Elided, ProgressLine, Sign, button, column, empty, label, row, tool_button
from desktop.window.main.page import PageFrame
from desktop.window.main.page_parts import Hairline
from desktop.window.notices import show_notice
from desktop.window.theme import Theme
from desktop.window.urls import files_in
from desktop.words import say

PHASE_ICONS = {
    "watching": ("check", "good"),
    "paused": ("pause", "warn"),
    "battery": ("battery", "warn"),
    "held": ("clock", "warn"),
    "failed": ("warn", "danger"),
}


class FoldersPage(QWidget):
    """Folders with counts, how far reading is, what could not be read, and why a file is not found."""

    def __init__(self, theme: Theme, state: FoldersState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._state = theme, state
        self._seen: FoldersSnapshot | None = None
        self._frame = PageFrame(theme, say("folders.title"), say("folders.lead"))
        self._add = button(say("folders.add"), accent=True)
        self._add.clicked.connect(self.choose_folder)
        self._more = tool_button(theme, "more", say("folders.more", name=say("folders.title")))
        self._more.clicked.connect(self._page_menu)
        self._frame.buttons.addWidget(self._more)
        self._frame.buttons.addWidget(self._add)
        self._bar = Bar(theme)
        self._progress = _ReadingCard(theme, state.act)
        self._folders = _ListCard(theme)
        self._empty = _EmptyCard(theme, self.choose_folder)
        self._facts = label(theme, size=t.NOTE, colour="text3", wrap=True)
        self._problems = _ProblemsCard(theme, state)
        self._why = _WhyCard(theme, state)
        for part in (self._bar, self._progress, self._empty, self._folders, self._facts, self._problems, self._why):
            self._frame.body.addWidget(part)
        self.setLayout(column(self._frame, space=0))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAcceptDrops(True)
        self._bound = Bound(state, self)
        self._bound.changed.connect(self._show)
        self._show()

    def shown(self) -> None:
        """Somebody looks: so does the state."""
        self._state.look()

    def choose_folder(self) -> None:
        """Let the person choose, in the system's own dialog."""
        path = QFileDialog.getExistingDirectory(self, say("folders.choose"), str(Path.home()))
        if path:
            self._state.add([path])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Folders may be dropped anywhere on the page."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """What is dropped is added; the state judges it."""
        self._state.add([str(path) for path in files_in(event.mimeData())])
        event.acceptProposedAction()

    def _show(self) -> None:
        snapshot = self._state.snapshot()
        before, self._seen = self._seen, snapshot
        show_notice(self._bar, snapshot.notice, self._state.act)
        any_folder = bool(snapshot.rows)
        self._progress.setVisible(any_folder)
        self._progress.show_line(snapshot)
        self._empty.setVisible(snapshot.known and not any_folder)
        self._add.setVisible(any_folder)
        self._more.setVisible(any_folder)
        self._folders.setVisible(any_folder)
        if before is None or before.rows != snapshot.rows:
            self._folders.show_rows([_FolderLine(self._theme, one, self._menu) for one in snapshot.rows])
        self._facts.setVisible(bool(snapshot.facts))
        self._facts.setText(snapshot.facts)
        self._problems.setVisible(any_folder)
        if before is None or _problems_of(before) != _problems_of(snapshot):
            self._problems.show_problems(snapshot)
        self._why.setVisible(any_folder)
        self._why.show_answer(snapshot)

    def _menu(self, path: str, where: QPoint) -> None:
        menu = QMenu(self)
        for icon, words, act in (
            ("folder-open", say("folders.show"), lambda: self._state.show(path)),
            ("trash", say("folders.remove"), lambda: self._state.ask_to_remove(path)),
        ):
            menu.addAction(self._theme.icon(icon, "text2"), words).triggered.connect(act)
        menu.exec(where)
        menu.deleteLater()

    def _page_menu(self) -> None:
        menu = QMenu(self)
        forget = menu.addAction(self._theme.icon("trash", "text2"), say("folders.forget"))
        forget.triggered.connect(self._choose_to_forget)
        menu.exec(self._more.mapToGlobal(QPoint(0, self._more.height() + 4)))
        menu.deleteLater()

    def _choose_to_forget(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, say("folders.forget"), str(Path.home()))
        if path:
            self._state.ask_to_forget(path)


def _problems_of(snapshot: FoldersSnapshot) -> tuple[object, ...]:
    return (
        snapshot.problem_count,
        snapshot.all_read,
        snapshot.problems,
        snapshot.problems_open,
        snapshot.problems_more,
    )


class _ReadingCard(Card):
    """What goes on now, how far it is, and the button that stops it."""

    def __init__(self, theme: Theme, act: Callable[[str], None]) -> None:
        super().__init__(theme)
        self._act = act
        self._icon = Sign(theme, size=24)
        self._words = label(theme, weight=t.MEDIUM, wrap=True)
        self._note = label(theme, size=t.NOTE, colour="text2", wrap=True)
        self._button = button("")
        self._action: str = ""
        self._button.clicked.connect(lambda: self._act(self._action))
        self._line = ProgressLine(theme)
        self._line.setFixedHeight(4)
        words = column(self._words, self._note, space=2)
        head = row(self._icon, words, self._button, space=14)
        head.setStretch(1, 1)
        self.setLayout(column(head, self._line, space=12, margins=(18, 14, 14, 14)))

    def show_line(self, snapshot: FoldersSnapshot) -> None:
        """Show what the state says."""
        line = snapshot.line
        self._words.setText(line.words)
        self._note.setText(line.note)
        self._note.setVisible(bool(line.note))
        self.setAccessibleName(f"{line.words} {line.note}".strip())
        self._line.setVisible(line.busy)
        self._line.show_share(line.share)
        self._button.setVisible(line.button is not None)
        if line.button is not None:
            self._action = line.button[0]
            self._button.setText(line.button[1])
        self._icon.show_icon(*PHASE_ICONS.get(line.phase, ("retry", "accent")))


class _ListCard(Card):
    """Rows with a line between them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._rows = column(space=0, margins=(0, 4, 0, 4))
        self.setLayout(self._rows)

    def show_rows(self, rows: list[QWidget]) -> None:
        """Show these instead."""
        empty(self._rows)
        for number, one in enumerate(rows):
            if number:
                self._rows.addWidget(Hairline(self._theme, left=56))  # as the words are
            self._rows.addWidget(one)


class _FolderLine(QWidget):
    """One folder."""

    def __init__(self, theme: Theme, shown: FolderRow, menu: Callable[[str, QPoint], None]) -> None:
        super().__init__()
        icon = Sign(theme, "folder", colour="accent", size=24)
        name = Elided(theme, shown.name, weight=t.MEDIUM)
        place = Elided(theme, shown.place, size=t.NOTE, colour="text3", middle=True)
        detail = label(theme, shown.detail, size=t.BUTTON, colour=shown.tone, wrap=shown.tone == "warn")
        detail.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if shown.tone == "warn":
            detail.setFixedWidth(220)
        more = tool_button(theme, "more", say("folders.more", name=shown.name))
        more.clicked.connect(lambda: menu(shown.path, more.mapToGlobal(QPoint(0, more.height() + 4))))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda where: menu(shown.path, self.mapToGlobal(where)))
        self.setAccessibleName(f"{shown.name}, {shown.detail}")
        whole = row(icon, column(name, place, space=2), detail, more, space=14, margins=(18, 10, 12, 10))
        whole.setStretch(1, 1)
        self.setLayout(whole)


class _EmptyCard(Card):
    """No folder yet: one sentence and the next step."""

    def __init__(self, theme: Theme, choose: Callable[[], None]) -> None:
        super().__init__(theme)
        icon = Sign(theme, "folder", colour="text3", size=40)
        head = label(theme, say("folders.empty"), size=t.HEAD, weight=t.SEMIBOLD)
        words = label(theme, say("folders.empty_next"), colour="text2", wrap=True)
        words.setFixedWidth(400)
        for one in (head, words):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
        add = button(say("folders.add"), accent=True)
        add.clicked.connect(choose)
        middle = row(None, column(icon, 4, head, words, 8, row(None, add, None), space=8), None)
        self.setLayout(column(middle, margins=(24, 48, 24, 48)))


class _ProblemsCard(Card):
    """What could not be read wholly; opened on demand."""

    def __init__(self, theme: Theme, state: FoldersState) -> None:
        super().__init__(theme)
        self._state = state
        self._icon = Sign(theme, size=24)
        self._words = label(theme, weight=t.MEDIUM, wrap=True)
        self._note = label(theme, say("folders.problems_note"), size=t.NOTE, colour="text2", wrap=True)
        self._toggle: QPushButton = button(say("folders.problems_show"))
        self._open: bool = False
        self._toggle.clicked.connect(lambda: state.show_problems(shown=not self._open))
        self._rows = column(space=0)
        head = row(self._icon, column(self._words, self._note, space=2), self._toggle, space=14)
        head.setStretch(1, 1)
        self.setLayout(column(head, self._rows, space=8, margins=(18, 14, 14, 14)))

    def show_problems(self, snapshot: FoldersSnapshot) -> None:
        """Show the count and, opened, the files."""
        count, self._open = snapshot.problem_count, snapshot.problems_open
        none = say("folders.problems_none") if snapshot.all_read else say("folders.problems_so_far")
        self._words.setText(say("folders.problems", count=count) if count else none)
        self._icon.show_icon(*(("warn", "warn") if count else ("check", "good" if snapshot.all_read else "text3")))
        self._note.setVisible(count > 0)
        self._toggle.setVisible(count > 0 or self._open)
        self._toggle.setText(say("folders.problems_hide") if self._open else say("folders.problems_show"))
        empty(self._rows)
        for one in snapshot.problems:
            self._rows.addWidget(_ProblemLine(self._theme, one, self._state))
        if snapshot.problems_more:
            self._rows.addWidget(label(self._theme, snapshot.problems_more, size=t.NOTE, colour="text3"))


class _ProblemLine(QWidget):
    """One file, why, and what can be done."""

    def __init__(self, theme: Theme, shown: ProblemRow, state: FoldersState) -> None:
        super().__init__()
        name = Elided(theme, shown.name)
        why = label(theme, shown.reason, size=t.NOTE, colour="text2", wrap=True)
        place = Elided(theme, shown.place, size=t.NOTE, colour="text3", middle=True)
        read: QToolButton = tool_button(theme, "open", f"{say('folders.open')}: {shown.name}")
        read.setToolTip(say("folders.open"))
        read.clicked.connect(lambda: state.open(shown.path))
        show: QToolButton = tool_button(theme, "folder-open", f"{say('folders.show')}: {shown.name}")
        show.setToolTip(say("folders.show"))
        show.clicked.connect(lambda: state.show(shown.path))
        leave: QToolButton = tool_button(theme, "hide", f"{say('folders.exclude')}: {shown.name}")
        leave.setToolTip(say("folders.exclude"))
        leave.clicked.connect(lambda: state.exclude(shown.path))
        whole = row(column(name, why, place, space=2), read, show, leave, space=4, margins=(38, 8, 0, 8))
        whole.setStretch(0, 1)
        self.setLayout(whole)


class _WhyCard(Card):
    """Why is this file not found?"""

    def __init__(self, theme: Theme, state: FoldersState) -> None:
        super().__init__(theme)
        self._state = state
        head = label(theme, say("folders.why"), weight=t.MEDIUM)
        self.field = QLineEdit()
        self.field.setPlaceholderText(say("folders.why_field"))
        self.field.setAccessibleName(say("folders.why"))
        self.field.setMinimumHeight(t.TARGET + 4)
        self.field.returnPressed.connect(self._ask)
        self.field.textChanged.connect(lambda text: None if text else state.ask_why(""))
        choose = tool_button(theme, "folder-open", say("folders.why_choose"))
        choose.clicked.connect(self._choose)
        ask = button(say("folders.why_ask"))
        ask.clicked.connect(self._ask)
        self._icon = Sign(theme, size=20)
        self._head = label(theme, weight=t.SEMIBOLD)
        self._words = label(theme, colour="text2", wrap=True)
        self._act = button("")
        self._action: str = ""
        self._act.clicked.connect(lambda: state.act(self._action))
        self._answer = QWidget()
        answer = row(self._icon, column(self._head, self._words, space=2), self._act, space=12)
        answer.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        answer.setStretch(1, 1)
        self._answer.setLayout(answer)
        asking = row(self.field, choose, ask, space=8)
        asking.setStretch(0, 1)
        self.setLayout(column(head, asking, self._answer, space=10, margins=(18, 16, 14, 16)))

    def show_answer(self, snapshot: FoldersSnapshot) -> None:
        """Show what the index says of the path."""
        why = snapshot.why
        self._answer.setVisible(why is not None)
        if why is None:
            return
        self._icon.show_icon(*(("check", "good") if why.found else ("info", "warn")))
        self._head.setText(why.head)
        self._words.setText(why.words)
        self._act.setVisible(why.action is not None)
        if why.action is not None:
            self._action = why.action[0]
            self._act.setText(why.action[1])

    def _ask(self) -> None:
        self._state.ask_why(self.field.text())

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, say("folders.why"), str(Path.home()))
        if path:
            self.field.setText(path)
            self._ask()
