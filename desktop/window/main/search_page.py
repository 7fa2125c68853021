"""Searching at leisure: the palette's search on a page, with filters, a table, and a look at the chosen file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from desktop.state.browse import LIST, TABLE, BrowseSnapshot, BrowseState
from desktop.state.palette import PaletteState
from desktop.window import tokens as t
from desktop.window.bound import Bound
from desktop.window.kit import Bar, Card, Elided, Segmented, Sign, column, entry_words, label, row
from desktop.window.main.filters import FilterButton
from desktop.window.main.page import shortcut
from desktop.window.main.searchfield import SearchField
from desktop.window.main.table import HitTable
from desktop.window.notices import show_notice
from desktop.window.palette import HitList
from desktop.window.palette.preview import PreviewPane
from desktop.window.palette.strips import ChipStrip
from desktop.window.theme import Theme
from desktop.window.thumbnails import Pixmaps
from desktop.words import say

EDGE = 32
WITH_PREVIEW = 860
"""Logical pixels of the page from which there is room for a look at the file."""


class SearchPage(QWidget):
    """`palette` is a search of its own: the palette's window has another. `folders` gives names for the folder filter."""

    def __init__(
        self,
        theme: Theme,
        palette: PaletteState,
        pixmaps: Pixmaps,
        *,
        folders: Callable[[], Sequence[str]] = tuple,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._palette = theme, palette
        self.state = BrowseState(palette, folders=folders)
        self.field = SearchField(theme, say("browse.field"), size=t.HEAD, height=44)
        self.field.textEdited.connect(palette.type)
        self.field.emptied.connect(lambda: palette.type(""))
        self.field.returnPressed.connect(palette.enter)
        names = {
            "kind": say("browse.filter_kind"),
            "when": say("browse.filter_when"),
            "folder": say("browse.filter_folder"),
        }
        self.filters = {name: FilterButton(theme, name, words) for name, words in names.items()}
        for each in self.filters.values():
            each.chosen.connect(self.state.choose)
        self.view = Segmented(
            theme, [(LIST, say("browse.list")), (TABLE, say("browse.table"))], name=say("browse.view")
        )
        self.view.chosen.connect(self.state.show_as)
        self._chips = ChipStrip(theme)
        self._chips.removed.connect(self.state.remove_chip)
        self._bar = Bar(theme)
        self._heading = label(theme, size=t.NOTE, weight=t.SEMIBOLD, colour="text3")
        self.list = HitList(theme, pixmaps)
        self.table = HitTable(theme)
        self._blank = _Nothing(theme)
        self._stack = QStackedWidget()
        for one in (self.list, self.table, self._blank):
            self._stack.addWidget(one)
        self._preview = PreviewPane(theme, pixmaps)
        self._footer = Elided(theme, size=t.NOTE, colour="text2")
        self._arrange(theme)
        for shown in (self.list, self.table):
            shown.selected.connect(palette.select)
            shown.asked_for_menu.connect(self._menu)
        self.list.activated.connect(self._open)
        self.table.activated_at.connect(self._open)
        self.table.sort_wanted.connect(self.state.sort)
        shortcut(self, QKeySequence.StandardKey.Find, self.field.take)
        shortcut(self, "Ctrl+Return", lambda: palette.do("show"))
        shortcut(self, "Ctrl+E", lambda: palette.do("erase"))
        shortcut(self, "Ctrl+K", self._menu_of_chosen)
        shortcut(self, "Ctrl+Shift+C", lambda: palette.do("copy_path"))
        self.setFocusProxy(self.field)
        self._bound = Bound(self.state, self)
        self.destroyed.connect(self.state.close)
        self._bound.changed.connect(self._show)
        self._show()

    def shown(self) -> None:
        """Somebody looks: the newest files, if nothing was asked."""
        self._palette.summon()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A narrow page is for the list alone."""
        super().resizeEvent(event)
        self._fit_side()

    def _fit_side(self) -> None:
        """The preview needs a file, and room."""
        self._side.setVisible(self.width() >= WITH_PREVIEW and bool(self._palette.snapshot().rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """From the field the arrows move in the list; letters typed over the list go to the field."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if Qt.Key(event.key()) in steps and not event.modifiers():
            self._palette.move(steps[Qt.Key(event.key())])
        elif event.text() and event.text().isprintable() and not self.field.hasFocus():
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.field.insert(event.text())
            self._palette.type(self.field.text())
        else:
            super().keyPressEvent(event)

    def _arrange(self, theme: Theme) -> None:
        tools = row(*self.filters.values(), None, self.view, space=8)
        head = column(self.field, tools, self._chips, self._bar, space=12)
        found = column(self._heading, self._stack, space=4)
        self._card = Card(theme)
        self._card.setLayout(column(found, margins=(4, 10, 4, 4), space=0))
        self._side = Card(theme)
        self._side.setFixedWidth(300)
        self._side.setLayout(column(self._preview, margins=(1, 1, 1, 1), space=0))
        middle = row(self._card, self._side, space=12)
        middle.setStretch(0, 1)
        foot = row(Sign(theme, "shield"), self._footer, space=8)
        foot.setStretch(1, 1)
        self._heading.setContentsMargins(20, 0, 0, 2)
        whole = column(head, middle, foot, space=14, margins=(EDGE, 28, EDGE, 16))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _show(self) -> None:
        snapshot = self.state.snapshot()
        palette = snapshot.palette
        if self.field.text() != palette.text:
            self.field.setText(palette.text)
        for view in snapshot.filters:
            self.filters[view.name].show_view(view)
        self.view.set_value(snapshot.view)
        self._chips.show_chips(snapshot.chips, everything=False)
        self._chips.setVisible(bool(snapshot.chips))
        show_notice(self._bar, palette.notice, self._palette.answer_notice)
        self._heading.setText(palette.heading)
        self._heading.setVisible(bool(palette.heading))
        self._footer.set_text(palette.footer)
        self._preview.show_preview(palette.preview)
        self._fit_side()
        self._show_found(snapshot)

    def _show_found(self, snapshot: BrowseSnapshot) -> None:
        palette = snapshot.palette
        if any(palette.nothing):
            self._blank.show_words(*palette.nothing)
            self._stack.setCurrentWidget(self._blank)
        elif snapshot.view == TABLE:
            self.table.show_lines(snapshot)
            self._stack.setCurrentWidget(self.table)
        else:
            self.list.show_rows(palette.rows, palette.selected)
            self.list.set_dimmed(palette.dimmed)
            self._stack.setCurrentWidget(self.list)

    def _open(self, place: int) -> None:
        self._palette.select(place)
        self._palette.do("open")

    def _menu(self, place: int, where: QPoint) -> None:
        self._palette.select(place)
        menu = QMenu(self)
        for action in self._palette.snapshot().actions:
            made = menu.addAction(self._theme.icon(action.icon, "text2"), entry_words(action.words, action.keys))
            made.triggered.connect(lambda _on=False, name=action.name: self._palette.do(name))
        menu.exec(where)
        menu.deleteLater()

    def _menu_of_chosen(self) -> None:
        chosen = self._palette.snapshot().selected
        if chosen >= 0:
            self._menu(chosen, self._stack.mapToGlobal(QPoint(self._stack.width() // 3, 40)))


class _Nothing(QWidget):
    """Nothing was found, and what may be tried."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        icon = Sign(theme, "search", colour="text3", size=40)
        self._head = label(theme, size=t.HEAD, weight=t.SEMIBOLD, wrap=True)
        self._words = label(theme, colour="text2", wrap=True)
        for one in (self._head, self._words):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(column(None, icon, 8, self._head, self._words, None, 24, space=8, margins=(40, 0, 40, 0)))

    def show_words(self, head: str, words: str) -> None:
        """Say it."""
        self._head.setText(head)
        self._words.setText(words)
        self._words.setVisible(bool(words))
