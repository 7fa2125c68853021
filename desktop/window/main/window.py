"""The window around the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.state.doors import Doors
from desktop.window.kit import Bar, Tone, column, row
from desktop.window.main.page import Page
from desktop.window.main.rail import Rail
from desktop.window.theme import Theme
from desktop.words import say

NARROW_UNDER = 900
SMALLEST = (640, 480)
FIRST = (1120, 740)
PAUSE = 30
"""Milliseconds before each page that is made while there is nothing else to do: what is seen is painted first."""


class MainWindow(QWidget):
    """The rail and one page at a time; the pages are the app's, and may have `shown()` and `hidden()` to be told.

    `first` is the page that is shown first, "" for the first in the rail. `on_close` decides what the cross does: True = the window closes (and the app ends with it), False = it only hides.
    """

    page_shown = Signal(str)

    def __init__(
        self,
        theme: Theme,
        pages: Sequence[Page],
        doors: Doors,
        *,
        first: str = "",
        on_close: Callable[[], bool] = lambda: True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._doors = theme, doors
        self._on_close = on_close
        self._pages = list(pages)
        self._here = -1
        self.setWindowTitle(say("main.title"))
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)
        keys = [QKeySequence(f"Ctrl+{number}") for number in range(1, len(self._pages) + 1)]
        places = [
            (page.icon, say(page.words_id), key.toString(QKeySequence.SequenceFormat.NativeText))
            for page, key in zip(self._pages, keys, strict=True)
        ]
        self.rail = Rail(theme, places, name=say("main.pages"))
        self._stack = QStackedWidget()
        self._made: dict[int, QWidget] = {}
        for number, page in enumerate(self._pages):
            if isinstance(page.widget, QWidget):
                self._made[number] = self._added(number, page.widget)
        self._bar = Bar(theme)
        self._said = QWidget()
        self._said.setLayout(row(self._bar, margins=(32, 16, 32, 0)))
        self._said.hide()
        layout = row(self.rail, column(self._said, self._stack, space=0), space=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        for root in (self.rail, self._said):  # each page is one too: a change costs what is seen of them
            theme.dress(root)
        self.rail.chosen.connect(self._go)
        self._shortcuts = [QShortcut(key, self) for key in keys]
        for number, shortcut in enumerate(self._shortcuts):
            shortcut.activated.connect(lambda number=number: self._by_key(number))
        close = QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self)
        close.activated.connect(self.close)
        self._shortcuts.append(close)
        self.show_page(first or self._pages[0].name)
        self._idle = QTimer(self)
        self._idle.setInterval(PAUSE)
        self._idle.timeout.connect(self._make_one)
        self._idle.start()

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return self._pages[self._here].name

    def show_page(self, name: str) -> None:
        """Show the page of that name. Raises `ValueError`."""
        self.rail.choose([page.name for page in self._pages].index(name))

    def bring_up(self, name: str = "") -> None:
        """Show the window, in front of others, at that page."""
        if name:
            self.show_page(name)
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def say(self, words: str, details: str = "") -> None:
        """Say something that belongs to no page; with `details` they can be copied."""
        actions = [(say("common.close"), self._said.hide)]
        if details:
            actions.insert(0, (say("common.copy_details"), lambda: self._doors.copy_text(details)))
        self._bar.say(Tone.DANGER if details else Tone.WARN, words, actions)
        self._said.show()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A narrow window gives its width to the page."""
        super().resizeEvent(event)
        self.rail.set_narrow(narrow=self.width() < NARROW_UNDER)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The page may look again at what it shows."""
        super().showEvent(event)
        self._widget(self._here).setFocus(Qt.FocusReason.OtherFocusReason)
        _tell(self._widget(self._here), "shown")

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """And need not while nobody sees it."""
        super().hideEvent(event)
        _tell(self._widget(self._here), "hidden")

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Close, or only hide: the app knows whether there is a tray or work."""
        if self._on_close():
            event.accept()
        else:
            event.ignore()
            self.hide()

    def _by_key(self, number: int) -> None:
        self.rail.choose(number)
        self._widget(number).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go(self, number: int) -> None:
        before, self._here = self._here, number
        self._stack.setCurrentWidget(self._widget(number))
        if self.isVisible() and before != number:
            if before >= 0:
                _tell(self._widget(before), "hidden")
            _tell(self._widget(number), "shown")
        self.page_shown.emit(self.page)

    def _widget(self, number: int) -> QWidget:
        """The page, made if it isn't yet."""
        made = self._made.get(number)
        if made is None:
            given = self._pages[number].widget
            made = self._made[number] = self._added(number, given if isinstance(given, QWidget) else given())
        return made

    def _added(self, number: int, widget: QWidget) -> QWidget:
        widget.setAccessibleName(say(self._pages[number].words_id))
        self._stack.addWidget(widget)
        self._theme.dress(widget)
        return widget

    def _make_one(self) -> None:
        """One page that nobody has seen yet, so that it is there at once when somebody does."""
        number = next((one for one in range(len(self._pages)) if one not in self._made), None)
        if number is None:
            self._idle.stop()
        else:
            self._widget(number)


def _tell(widget: QWidget, name: str) -> None:
    told = getattr(widget, name, None)
    if callable(told):
        told()
