"""What must hold on every screen, whatever it shows. Each rule gives sentences about what breaks it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from desktop.window.kit import Chip, KeyCap, Segmented, Tick
from tests.desktop.devices.controls import said_name

WORDED = (QLabel, QPushButton, QToolButton, Segmented, Tick, KeyCap, Chip)
"""Controls whose `sizeHint` is the room that their words need. `Elided` gives up words on purpose, and shows that it does."""

SLACK = 1
"""Pixels that rounding takes at 1.5×."""


def seen(window: QWidget) -> list[QWidget]:
    """The widgets of a window that a person sees; what is scrolled away is looked at too."""
    return [one for one in window.findChildren(QWidget) if one.isVisible() and one.width() > 0 and one.height() > 0]


def called(widget: QWidget) -> str:
    """Something to find it by."""
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    parents = [type(one).__name__ for one in _up(widget)][:3]
    return f"{type(widget).__name__} {words[:60]!r} in {' < '.join(parents)}"


def clipped(window: QWidget) -> list[str]:
    """Words that do not fit into the control that says them."""
    found = []
    for one in seen(window):
        if not isinstance(one, WORDED) or (isinstance(one, QLabel | QAbstractButton) and not one.text().strip()):
            continue
        wide, high = one.sizeHint().width(), one.sizeHint().height()
        if isinstance(one, QPushButton | QToolButton):
            high = one.fontMetrics().height()  # above and below are the design's
        if isinstance(one, QLabel) and one.wordWrap():
            wide, high = min(wide, one.width()), one.heightForWidth(one.width())
            longest = max((one.fontMetrics().horizontalAdvance(word) for word in one.text().split()), default=0)
            wide = max(wide, longest)
        if wide > one.width() + SLACK or high > one.height() + SLACK:
            found.append(f"{called(one)} needs {wide} × {high} and has {one.width()} × {one.height()}")
    return found


def outside(window: QWidget) -> list[str]:
    """Widgets that reach out of the one that they are in, where nothing scrolls."""
    found = []
    for one in seen(window):
        parent = one.parentWidget()
        if parent is None or one.isWindow() or _scrolled(one):
            continue
        if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(one.geometry()):
            found.append(f"{called(one)} at {_words(one.geometry())} is outside {_words(parent.rect())}")
    return found


def unnamed(window: QWidget) -> list[str]:
    """What takes the focus and could not be named by a screen reader."""
    return [called(one) for one in focusable(window) if not said_name(one).strip()]


def focusable(window: QWidget) -> list[QWidget]:
    """What the keyboard can get to with Tab."""
    return [
        one
        for one in seen(window)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isEnabled()
        and one.focusProxy() is None
        and not (isinstance(one, QAbstractScrollArea) and _only_scrolls(one))
    ]


def accents(window: QWidget) -> list[str]:
    """The accent buttons in sight, if there is more than the one next step."""
    found = [one for one in seen(window) if isinstance(one, QPushButton | QToolButton) and one.property("accent")]
    return [called(one) for one in found] if len(found) > 1 else []


def unreached(window: QWidget) -> list[str]:
    """What can take the focus and Tab never comes to."""
    window.activateWindow()
    QApplication.processEvents()
    wanted = focusable(window)
    if not wanted:
        return []
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    here = QApplication.focusWidget()
    reached: list[QWidget] = []
    for _ in range(3 * len(wanted) + 10):
        if here is None:
            break
        reached.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
    groups = {_group(one) for one in reached} - {None}
    return [called(one) for one in wanted if one not in reached and one.isVisible() and _group(one) not in groups]


RULES = {
    "its words are cut": clipped,
    "it reaches out of its place": outside,
    "it has no name": unnamed,
    "there is more than one next step": accents,
    "Tab does not come to it": unreached,
}


def broken(window: QWidget) -> list[str]:
    """All that is wrong with a screen."""
    return [f"{rule}: {words}" for rule, look in RULES.items() for words in look(window)]


def _group(widget: QWidget) -> int | None:
    """Of buttons of which one is chosen Tab comes to that one, and the arrows to the others."""
    if isinstance(widget, QAbstractButton) and (group := widget.group()) is not None and group.exclusive():
        return hash(group)
    return None


def _up(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def _scrolled(widget: QWidget) -> bool:
    """Whether its place is that of something that scrolls, or a viewport's own."""
    parent = widget.parentWidget()
    area = parent.parentWidget() if parent is not None else None
    return isinstance(parent, QAbstractScrollArea) or (
        isinstance(area, QAbstractScrollArea) and area.viewport() is parent
    )


def _only_scrolls(area: QAbstractScrollArea) -> bool:
    """A page that scrolls its controls: the controls have the names."""
    return type(area).__name__ in ("Rows", "QScrollArea")


def _words(rect: QRect) -> str:
    corner: QPoint = rect.topLeft()
    return f"{corner.x()},{corner.y()} {rect.width()} × {rect.height()}"
