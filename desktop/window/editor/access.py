"""What a screen reader is told of the canvas: that it is a picture. Its name and size are the widget's own."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget

PICTURE = "picture"
"""The property of widgets that are one."""


@cache
def know_pictures() -> None:
    """Have Qt ask us about every widget from now on; once for the process."""
    QAccessible.installFactory(_interface)


def _interface(_name: str, thing: QObject) -> QAccessibleWidget | None:
    if isinstance(thing, QWidget) and thing.property(PICTURE):
        return QAccessibleWidget(thing, QAccessible.Role.Graphic)
    return None
