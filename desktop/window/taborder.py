"""Tab goes through the window as the eye does: by the layouts, not by the order in which things were made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QStackedWidget, QWidget


def set_order(parts: Iterable[QWidget]) -> None:
    """Tab visits these one after the other."""
    for one, other in pairwise(parts):
        QWidget.setTabOrder(one, other)


def focusable(part: QWidget) -> Iterator[QWidget]:
    """The part itself if it takes the focus, then what lies in its layout."""
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield part
    if isinstance(part, QStackedWidget):
        for at in range(part.count()):
            inside = part.widget(at)
            if inside is not None:
                yield from focusable(inside)
        return
    inner = part.widget() if isinstance(part, QScrollArea) else part
    layout = inner.layout() if inner is not None else None
    if layout is not None:
        yield from _of_layout(layout)


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from focusable(widget)
        elif inner is not None:
            yield from _of_layout(inner)
