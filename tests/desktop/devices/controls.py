"""What holds for every control of a page: the keyboard gets there, and a screen reader can say what it is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.window.kit import Segmented
from desktop.window.main.page_parts import LivePage


def controls(page: QWidget) -> list[QWidget]:
    """Everything on the page that a person can use now."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, Segmented)
    return [one for one in page.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible() and one.isEnabled()]


def unnamed(page: QWidget) -> list[QWidget]:
    """Controls that a screen reader could not name."""
    return [one for one in controls(page) if not said_name(one)]


def said_name(widget: QWidget) -> str:
    """What a screen reader says of a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else widget.accessibleName()


def reached_by_tab(qtbot: QtBot, page: QWidget) -> list[QWidget]:
    """The controls that Tab comes to, from the first on, until it comes round."""
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=5_000)
    wanted = controls(page)
    first = min(wanted, key=lambda one: one.mapTo(page, QPoint()).y())
    first.setFocus()
    seen: list[QWidget] = []
    while (here := QApplication.focusWidget()) is not None and here not in seen:
        seen.append(here)
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    return seen


def unreached(qtbot: QtBot, page: QWidget) -> list[str]:
    """The names of controls that Tab never comes to."""
    seen = reached_by_tab(qtbot, page)
    return [said_name(one) for one in controls(page) if one not in seen]


def out_of_order(qtbot: QtBot, page: LivePage) -> list[str]:
    """Controls to which Tab goes up the page: the eye goes down."""
    seen = reached_by_tab(qtbot, page)
    inside = page.frame.rows.widget()
    assert inside is not None
    tops = [one.mapTo(inside, one.rect().center()).y() for one in seen]
    return [said_name(one) for one, top, before in zip(seen[1:], tops[1:], tops, strict=False) if top < before - 24]


def stray_windows(page: QWidget) -> list[QWidget]:
    """What is on the screen beside the page: a part that was shown before it had its place."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not page]
