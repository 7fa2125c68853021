"""What every page of the main window has: a place in the rail, a head, and a column that scrolls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.window import tokens as t
from desktop.window.kit import Rows, column, label, row
from desktop.window.theme import Theme

MARGIN = 32
WIDEST = 856
"""Logical pixels of a column of rows: longer lines are hard to follow. In a window of the first size, beside the rail,
it begins where Search and Pictures do, so that no title jumps from page to page."""


@dataclass(frozen=True)
class Page:
    """One entry of the rail. `name` is what `MainWindow.show_page` takes, `words_id` what the rail says.

    `widget` may be what makes it: it is asked when the page is first shown, or when there is nothing else to do.
    """

    name: str
    icon: str
    words_id: str
    widget: QWidget | Callable[[], QWidget]


def shortcut(where: QWidget, keys: QKeySequence | QKeySequence.StandardKey | str, act: Callable[[], object]) -> None:
    """A key that does something while the keyboard is in `where`."""
    made = QShortcut(QKeySequence(keys), where)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(act)


class PageFrame(QWidget):
    """A head with title and sentence, and below it `body`, a column that is not wider than one can read and scrolls.

    What stands in `buttons` is at the right of the title.
    """

    def __init__(self, theme: Theme, title: str, lead: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: QHBoxLayout = row(space=8)
        self.title = label(theme, title, size=t.TITLE, weight=t.SEMIBOLD)
        self.lead = label(theme, lead, colour="text2", wrap=True)
        self.lead.setVisible(bool(lead))
        self.rows = Rows()
        self.body = column(space=12)
        head = row(self.title, None, self.buttons, space=16)
        content = QWidget()
        content.setMaximumWidth(WIDEST)
        content.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        content.setLayout(column(head, self.lead, 12, self.body, None, space=4))
        middle = row(None, content, None, space=0)
        middle.setStretch(1, 100_000)  # all that there is, up to its widest
        self.rows.body.setContentsMargins(MARGIN, 28, MARGIN, MARGIN)
        self.rows.body.addLayout(middle)
        self.setLayout(column(self.rows, space=0))
